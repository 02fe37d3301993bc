"""Tables of convening: meetings and roundtables."""

from opencompact.convening.models.meetings import Action, AgendaItem, CalendarFeed, Meeting, Place, PollAnswer, Series, Voted, Word
from opencompact.convening.models.roundtables import Draw, Invitee, Point, PoolContact, Roundtable

__all__ = ["Action", "AgendaItem", "CalendarFeed", "Draw", "Invitee", "Meeting", "Place", "Point", "PollAnswer", "PoolContact", "Roundtable", "Series", "Voted", "Word"]
