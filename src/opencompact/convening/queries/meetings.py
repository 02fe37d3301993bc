"""What pages ask of meetings: the next and the past, who came, what the polls say, whose calendar a feed is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from opencompact.accounts.queries import masked
from opencompact.accounts.rules import Viewer, sees
from opencompact.convening.models import Action, AgendaItem, CalendarFeed, Meeting, Place, PollAnswer, Series, Word
from opencompact.convening.rules.meetings import HELD, Poll, Record, attendance, poll

LAST = 4  # meetings over which attendance is shown
__all__ = ["Meeting", "Past", "Place", "Series", "agenda", "feed_of", "follow_ups", "meeting", "meetings", "pasts", "places", "series", "words"]


def series() -> QuerySet[Series]:
    """Every series, by title."""
    return Series.objects.order_by("title", "pk")


def meetings(*, of: str = "") -> QuerySet[Meeting]:
    """Meetings of a series or of all, the latest first. That and when they are is public; read minutes by `meeting`."""
    rows = Meeting.objects.filter(series=of) if of else Meeting.objects.all()
    return rows.order_by("-starts_at", "pk")


def upcoming(at: datetime) -> QuerySet[Meeting]:
    """Meetings still to come, the next first."""
    return Meeting.objects.filter(starts_at__gte=at).exclude(state="cancelled").order_by("starts_at", "pk")


def meeting(viewer: Viewer, key: str) -> Meeting | None:
    """One meeting: its minutes only once published, but to those who work on the agreement; held text to those alone."""
    row = Meeting.objects.filter(key=key).first()
    if row is None:
        return None
    if row.state != "minutes_published":
        masked(viewer, row, bodies=(), kept="shared", fields=("minutes",))
    return masked(viewer, row, bodies=(), kept="shared", fields=("held_text",))


def works_on_it(viewer: Viewer) -> bool:
    """Whether the viewer sees what is shared among those who work on the agreement."""
    return sees(viewer, "shared", bodies=frozenset())


def agenda(viewer: Viewer, row: Meeting) -> list[AgendaItem]:
    """Its items in their order: shared until the minutes are published."""
    if row.state != "minutes_published" and not works_on_it(viewer):
        return []
    return list(row.items.order_by("place", "pk"))


def places(viewer: Viewer, row: Meeting) -> list[Place]:
    """Bodies and whether they come or came; who came for them is shared."""
    rows = list(row.places.order_by("body"))
    return [masked(viewer, place, bodies=(place.body,), kept="shared", fields=("who",)) for place in rows]


def follow_ups(viewer: Viewer, row: Meeting) -> list[Action]:
    """Actions and offers of a meeting: shared until its minutes are published."""
    if row.state != "minutes_published" and not works_on_it(viewer):
        return []
    return list(row.actions.order_by("pk"))


def words(viewer: Viewer, row: Meeting) -> list[Word]:
    """What bodies say of the minutes; shared."""
    return list(row.words.order_by("body")) if works_on_it(viewer) else []


@dataclass(frozen=True)
class Past:
    """A series with its last meetings held, the latest first, each body's record over them, and what the poll of each says, by the meeting's row."""

    series: Series
    held: tuple[Meeting, ...]
    records: tuple[Record, ...]
    polls: Mapping[int, Poll]


def pasts(*, before: datetime, of: str = "") -> list[Past]:
    """The past of every series, or of one, in four queries."""
    every = [each for each in series() if not of or each.series == of]
    held: dict[str, list[Meeting]] = {each.series: [] for each in every}
    rows = Meeting.objects.filter(state__in=sorted(HELD), starts_at__lt=before, series__in=list(held)).order_by("-starts_at", "pk")
    for row in rows[: LAST * 50]:
        if len(held[row.series]) < LAST:
            held[row.series].append(row)
    chosen = [row.pk for each in held.values() for row in each]
    came: dict[int, dict[str, str]] = {pk: {} for pk in chosen}
    marks: dict[int, list[tuple[int, int]]] = {pk: [] for pk in chosen}
    for place in Place.objects.filter(meeting__in=chosen):
        came[place.meeting_id][place.body] = place.came
    for pk, use, topical in PollAnswer.objects.filter(meeting__in=chosen).values_list("meeting", "use", "topical"):
        marks[pk].append((use, topical))
    return [_past(each, held[each.series], came, marks) for each in every]


def _past(each: Series, held: list[Meeting], came: Mapping[int, Mapping[str, str]], marks: Mapping[int, list[tuple[int, int]]]) -> Past:
    bodies = sorted({body for row in held for body in came[row.pk]})
    polls = {row.pk: poll(marks[row.pk], asked=sum(word in ("attended", "deputy") for word in came[row.pk].values())) for row in held}
    return Past(each, tuple(held), tuple(attendance(bodies, [came[row.pk] for row in held])), polls)


def voter_hash(row: Meeting, account: str) -> str:
    """By which a second answer of one account is known, without what it answered."""
    return hashlib.sha256(f"poll/{row.key}/{account}".encode()).hexdigest()


def has_voted(row: Meeting, account: str) -> bool:
    """Whether the account answered the poll."""
    return row.voted.filter(who_hash=voter_hash(row, account)).exists()


def feed_of(token_hash: str) -> str:
    """The account whose calendar a private address is, empty where none opens."""
    row = CalendarFeed.objects.filter(token_hash=token_hash, revoked_at=None).first()
    return row.account if row else ""


def has_feed(account: str) -> bool:
    """Whether the account has a private calendar address."""
    return CalendarFeed.objects.filter(account=account, revoked_at=None).exists()


def invited(bodies: frozenset[str]) -> QuerySet[Meeting]:
    """Meetings these bodies have a place at, by day."""
    return Meeting.objects.filter(places__body__in=sorted(bodies)).distinct().order_by("starts_at", "pk")
