"""Tables of convening: meetings and roundtables."""

from opencompact.convening.models.meetings import Action, AgendaItem, CalendarFeed, Meeting, Place, PollAnswer, Series, Voted, Word

__all__ = ["Action", "AgendaItem", "CalendarFeed", "Meeting", "Place", "PollAnswer", "Series", "Voted", "Word"]
