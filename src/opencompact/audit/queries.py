"""What was done, and whether the record of it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from opencompact.audit.models import Event
from opencompact.audit.rules import Broken, Fields, Head, Link, first_broken, parse_head


@dataclass(frozen=True)
class DayHead:
    """The last event of one day in the office's time zone: its sequence and hash, when it was, and how many events the day has."""

    on: date
    events: int
    sequence: int
    hash: str
    at: datetime


def head_file() -> Path:
    """Where the last event's sequence and hash are kept beside the database."""
    return Path(settings.OPENCOMPACT_WORKSPACE) / "audit-head.txt"


def events(limit: int) -> list[Event]:
    """The latest events, newest first."""
    return list(Event.objects.order_by("-sequence")[:limit])


def latest(*, verb: str, subject: str) -> Event | None:
    """The latest event of this verb on this subject."""
    return Event.objects.filter(verb=verb, subject=subject).order_by("-sequence").first()


def events_of(subject: str, *, limit: int) -> list[Event]:
    """The latest events on one subject, newest first."""
    return list(Event.objects.filter(subject=subject).order_by("-sequence")[:limit])


def found(*, subject: str, verb: str, from_on: date) -> QuerySet[Event]:
    """Events from that day on, newest first: on subjects that begin so, of that verb; an empty word narrows nothing."""
    rows = Event.objects.filter(at__date__gte=from_on, subject__startswith=subject).order_by("-sequence")
    return rows.filter(verb=verb) if verb else rows


def verbs() -> list[str]:
    """Every verb of the trail."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def heads(*, limit: int) -> list[DayHead]:
    """The head of each of the latest days on which something was done, newest first."""
    rows = Event.objects.annotate(on=TruncDate("at")).values("on").annotate(events=Count("sequence"), last=Max("sequence")).order_by("-on")[:limit]
    held = Event.objects.in_bulk([row["last"] for row in rows])
    return [DayHead(row["on"], row["events"], row["last"], held[row["last"]].hash, held[row["last"]].at) for row in rows]


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
