"""Tables of convening: meetings and roundtables."""

from opencompact.convening.models.meetings import Action, AgendaItem, CalendarFeed, Meeting, Place, PollMark, PollReply, Series, Word
from opencompact.convening.models.roundtables import Draw, Invitee, Point, PoolContact, Roundtable

__all__ = [
    "Action",
    "AgendaItem",
    "CalendarFeed",
    "Draw",
    "Invitee",
    "Meeting",
    "Place",
    "Point",
    "PollMark",
    "PollReply",
    "PoolContact",
    "Roundtable",
    "Series",
    "Word",
]
