"""What was done to one thing, for whoever may see it: days and verbs; who did it, why and the detail stay with those who read the trail."""

from opencompact.audit.queries import events_of
from opencompact.web.blocks import Table
from opencompact.web.words import label

MOST = 200


def history(subject: str) -> Table:
    """The block of a page whose view has decided that the reader sees the subject."""
    rows = [(event.at, label(event.verb), f"event {event.sequence:,}") for event in events_of(subject, limit=MOST)]
    empty = "Nothing was done here since the trail began."
    return Table("What was done here, the latest first", ("When", "What", "In the trail"), rows, empty, "The audit trail's own record, chained; see /trail/.")
