"""What was done, and whether the record of it still holds."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from opencompact.audit.models import Event
from opencompact.audit.rules import Broken, Fields, Head, Link, first_broken, parse_head


def head_file() -> Path:
    """Where the last event's sequence and hash are kept beside the database."""
    return Path(settings.OPENCOMPACT_WORKSPACE) / "audit-head.txt"


def events(limit: int) -> list[Event]:
    """The latest events, newest first."""
    return list(Event.objects.order_by("-sequence")[:limit])


def latest(*, verb: str, subject: str) -> Event | None:
    """The latest event of this verb on this subject."""
    return Event.objects.filter(verb=verb, subject=subject).order_by("-sequence").first()


def verify() -> Broken | None:
    """The first event that was changed, removed, put elsewhere or cut off, and what is wrong with it; null where the chain holds."""
    return first_broken(_links(), _head())


def _links() -> Iterator[Link]:
    for event in Event.objects.order_by("sequence").iterator():
        yield Link(Fields(event.sequence, event.at, event.by, event.verb, event.subject, event.because, event.detail), event.previous_hash, event.hash)


def _head() -> Head | None:
    try:
        return parse_head(head_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError):
        return None
