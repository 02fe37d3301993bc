"""What pages ask of meetings: the next and the past, who came, what the polls say, whose calendar a feed is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from opencompact.accounts.queries import masked
from opencompact.accounts.rules import Viewer, sees
from opencompact.convening.models import Action, AgendaItem, CalendarFeed, Meeting, Place, PollMark, PollReply, Series, Word
from opencompact.convening.rules.meetings import HELD, THERE, Poll, Record, attendance, poll

LAST = 4  # meetings over which attendance is shown
# The rows too, so that a door can name them.
__all__ = ["Action", "AgendaItem", "Meeting", "Past", "Place", "Series", "Word"]


def series() -> QuerySet[Series]:
    """Every series, by title."""
    return Series.objects.order_by("title", "pk")


def meetings(*, of: str = "") -> QuerySet[Meeting]:
    """Meetings of a series or of all, the latest first. That and when they are is public; read minutes by `meeting`."""
    rows = Meeting.objects.filter(series=of) if of else Meeting.objects.all()
    return rows.defer("minutes", "held_text").order_by("-starts_at", "pk")


def upcoming(at: datetime, *, of: str = "") -> QuerySet[Meeting]:
    """Meetings still to come, the next first."""
    return meetings(of=of).filter(ends_at__gte=at).exclude(state="cancelled").order_by("starts_at", "pk")


def held_before(at: datetime, *, of: str) -> QuerySet[Meeting]:
    """Meetings of a series that were held before the instant, the latest first."""
    return meetings(of=of).filter(state__in=sorted(HELD), starts_at__lt=at)


def invited(bodies: frozenset[str]) -> QuerySet[Meeting]:
    """Meetings these bodies have a place at, by day, the cancelled ones too."""
    return meetings().filter(places__body__in=sorted(bodies)).distinct().order_by("starts_at", "pk")


def meeting(viewer: Viewer, key: str) -> Meeting | None:
    """One meeting: its minutes only once published, but to those who work on the agreement; notes beside them are the central team's own."""
    row = Meeting.objects.filter(key=key).first()
    if row is None:
        return None
    if row.state != "minutes_published":
        masked(viewer, row, bodies=(), kept="shared", fields=("minutes",))
    return masked(viewer, row, bodies=(), kept="central", fields=("held_text",))


def works_on_it(viewer: Viewer) -> bool:
    """Whether the viewer sees what is shared among those who work on the agreement."""
    return sees(viewer, "shared", bodies=frozenset())


def is_open_to(viewer: Viewer, row: Meeting) -> bool:
    """Whether agenda, places and actions of a meeting are the viewer's to see: to everybody once its minutes are published."""
    return row.state == "minutes_published" or works_on_it(viewer)


def agenda(viewer: Viewer, row: Meeting) -> list[AgendaItem]:
    """Its items in their order; a carried one is the key of a commitment alone, which the ledger shows to who may see it."""
    return list(row.items.order_by("place", "pk")) if is_open_to(viewer, row) else []


def places(viewer: Viewer, row: Meeting) -> list[Place]:
    """Bodies with a place and whether they came; what they answered is shared, and who comes for them is between them and the office."""
    rows = list(row.places.order_by("body")) if is_open_to(viewer, row) else []
    for place in rows:
        masked(viewer, place, bodies=(place.body,), fields=("who",))
    return [masked(viewer, place, bodies=(), kept="shared", fields=("answer",)) for place in rows]


def follow_ups(viewer: Viewer, row: Meeting) -> list[Action]:
    """Actions and offers of a meeting."""
    return list(row.actions.select_related("meeting").order_by("pk")) if is_open_to(viewer, row) else []


def words(viewer: Viewer, row: Meeting) -> list[Word]:
    """Whether bodies say the minutes are right, which is shared; what should change is between each and the office."""
    rows = list(row.words.order_by("body")) if works_on_it(viewer) else []
    return [masked(viewer, word, bodies=(word.body,), fields=("text",)) for word in rows]


@dataclass(frozen=True)
class Past:
    """The last meetings held of a series, the latest first, and each body's record over them."""

    held: tuple[Meeting, ...]
    records: tuple[Record, ...]


def pasts(viewer: Viewer, *, before: datetime) -> dict[str, Past]:
    """By series, the last meetings held with who came, in two queries; the public sees only those whose minutes are published."""
    states = sorted(HELD) if works_on_it(viewer) else ["minutes_published"]
    place = Window(RowNumber(), partition_by=[F("series")], order_by=[F("starts_at").desc(), F("pk").desc()])
    held: dict[str, list[Meeting]] = {}
    for row in meetings().filter(state__in=states, starts_at__lt=before).annotate(number=place).filter(number__lte=LAST):
        held.setdefault(row.series, []).append(row)
    came: dict[int, dict[str, str]] = {row.pk: {} for rows in held.values() for row in rows}
    for pk, body, word in Place.objects.filter(meeting__in=list(came)).values_list("meeting", "body", "came"):
        came[pk][body] = word
    return {each: _past(rows, came) for each, rows in held.items()}


def _past(held: Sequence[Meeting], came: Mapping[int, Mapping[str, str]]) -> Past:
    bodies = sorted({body for row in held for body in came[row.pk]})
    return Past(tuple(held), tuple(attendance(bodies, [came[row.pk] for row in held])))


def polls(rows: Sequence[Meeting], *, today: date) -> dict[int, Poll]:
    """What the poll of each of these meetings says, by the meeting's row, in three queries."""
    keys = [row.pk for row in rows]
    marks: dict[int, dict[tuple[str, int], int]] = {pk: {} for pk in keys}
    for pk, question, mark, given in PollMark.objects.filter(meeting__in=keys).values_list("meeting", "question", "mark", "answers"):
        marks[pk][question, mark] = given
    answered = list(PollReply.objects.filter(meeting__in=keys).values_list("meeting", flat=True))
    there = list(Place.objects.filter(meeting__in=keys, came__in=sorted(THERE)).values_list("meeting", flat=True))
    return {
        row.pk: poll(
            marks[row.pk], answers=answered.count(row.pk), asked=there.count(row.pk), held_on=timezone.localdate(row.starts_at), today=today
        )
        for row in rows
    }  # fmt: skip


def may_still_answer(row: Meeting, bodies: Iterable[str]) -> list[str]:
    """Which of these bodies came to the meeting and did not answer its poll."""
    there = row.places.filter(body__in=list(bodies), came__in=sorted(THERE)).exclude(body__in=row.poll_replies.values("body"))
    return list(there.order_by("body").values_list("body", flat=True))


def feed_of(token_hash: str) -> str:
    """The account whose calendar a private address is, empty where none opens."""
    row = CalendarFeed.objects.filter(token_hash=token_hash, revoked_at=None).first()
    return row.account if row else ""


def feed_made_at(account: str) -> datetime | None:
    """When the private calendar address of an account that is open was made; None where none is."""
    row = CalendarFeed.objects.filter(account=account, revoked_at=None).first()
    return row.made_at if row else None
