"""What is done about meetings before and on the day: series, plans, invitations, the round of returns, agendas, attendance; all of it in the audit trail."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from opencompact.accounts.actions import notify
from opencompact.accounts.queries import accounts_with
from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep, ask, withdraw_ask
from opencompact.asking.queries import asks, owed
from opencompact.audit.actions import record, unchanged
from opencompact.convening.models import AgendaItem, Meeting, Place, Series
from opencompact.convening.rules.meetings import ATTENDANCE, COMING, ITEMS, RIGHTS, STATES, STEPS, WRITING, may_step, waits_for

DAYS_BEFORE = 5  # before the meeting, by which returns and answers to invitations are due
ORDER = {"carried": 10, "item": 40, "insight": 90}  # where each kind of item begins on an agenda
TOLD = ("lead", "sro", "sector")  # who hears of it where their body is asked


class CannotMeet(CannotStep):
    """The step does not follow from where the meeting stands, or says too little; the message says what was found and expected."""


@transaction.atomic
def record_series(slug: str, *, title: str, about: str, a_year: int | None, quorum: int | None, version: int | None, by: Viewer, at: datetime) -> Series:
    """Put a new series of meetings (`version` None), or its words anew. Raises NotAllowed, CannotMeet, ChangedMeanwhile."""
    require(by, "plan_meeting")
    held = Series.objects.filter(series=slug)
    if version is None and held.exists():
        raise CannotMeet(f"There is a series {slug} already.")
    row = Series(series=slug) if version is None else unchanged(held, version=version)
    row.title, row.about, row.a_year, row.quorum = title.strip(), about.strip(), a_year, quorum
    row.save()
    record(verb="record_series", subject=f"series/{slug}", by=by.account, at=at, because="", detail={"title": title, "a_year": a_year, "quorum": quorum})
    return row


@transaction.atomic
def plan_meeting(key: str, *, series: str, title: str, starts_at: datetime, ends_at: datetime, where: str, by: Viewer, at: datetime) -> Meeting:
    """Plan a meeting: who had a place at the last of the series has one, and local insight its standing item. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    if not Series.objects.filter(series=series).exists():
        raise CannotMeet(f"There is no series {series!r}: put it first.")
    if Meeting.objects.filter(key=key).exists():
        raise CannotMeet(f"There is a meeting {key} already.")
    _check_times(starts_at, ends_at)
    last = Meeting.objects.filter(series=series).exclude(state="cancelled").order_by("-starts_at", "-pk").first()
    row = Meeting.objects.create(
        key=key, series=series, title=title, starts_at=starts_at, ends_at=ends_at, where=where, state="planned", planned_by=by.account, planned_at=at,
        changed_at=at,
    )  # fmt: skip
    if last:
        Place.objects.bulk_create([Place(meeting=row, body=place.body, post=place.post) for place in last.places.order_by("pk")])
    insight = "What is seen away from the capital: a standing item, kept free for whoever brings it."
    AgendaItem.objects.create(meeting=row, place=ORDER["insight"], kind="insight", title="Local insight", text=insight)
    record(verb="plan_meeting", subject=named(row), by=by.account, at=at, because="", detail={"starts_at": starts_at.isoformat(), "where": where})
    return row


@transaction.atomic
def move_meeting(key: str, *, starts_at: datetime, ends_at: datetime, where: str, version: int, by: Viewer, at: datetime, because: str) -> Meeting:
    """Another time or place: calendars take it over by the raised sequence, and what is asked before it falls due later with it.

    Raises NotAllowed, CannotMeet, ChangedMeanwhile.
    """
    require(by, "plan_meeting")
    row = unchanged(Meeting.objects.filter(key=key), version=version)
    if row.state not in COMING:
        raise CannotMeet(f"Only a meeting still to come is moved; this one stands at “{STATES[row.state]}”.")
    _check_times(starts_at, ends_at)
    row.starts_at, row.ends_at, row.where, row.sequence, row.changed_at = starts_at, ends_at, where, row.sequence + 1, at
    row.save()
    for held in owed(by).filter(subject=key):
        ask(held.body, kind=held.kind, subject=key, title=held.title, due_on=_due(row, at), by=by, at=at, because=because)
    record(verb="move_meeting", subject=named(row), by=by.account, at=at, because=because, detail={"starts_at": starts_at.isoformat(), "where": where})
    return row


@transaction.atomic
def step(key: str, verb: str, *, version: int, by: Viewer, at: datetime, carried: Iterable[str] = (), because: str = "") -> Meeting:
    """Take a step of STEPS, with what belongs to it: invitations are asked, a cancelled meeting asks no more.

    `carried` are keys of commitments still owed that go on the agenda. Raises NotAllowed, CannotMeet, ChangedMeanwhile.
    """
    require(by, RIGHTS[verb])
    row = unchanged(Meeting.objects.filter(key=key), version=version)
    if not may_step(verb, row.state):
        raise CannotMeet(f"It stands at “{STATES[row.state]}”; found the step {verb.replace('_', ' ')}, which does not follow.")
    _check_step(row, verb, because=because, by=by, at=at)
    row.state, row.changed_at = STEPS[verb][1], at
    if verb in ("cancel", "invite"):
        row.sequence += 1
    if verb == "cancel":
        row.cancelled_because = because.strip()
    if verb == "publish_minutes":
        row.published_by, row.published_at = by.account, at
    row.save()
    items = [AgendaItem(meeting=row, place=ORDER["carried"] + place, kind="carried", commitment=each) for place, each in enumerate(carried)]
    AgendaItem.objects.bulk_create(items, ignore_conflicts=True)
    record(verb=verb, subject=named(row), by=by.account, at=at, because=because, detail={"carried": len(items)})
    _follow(row, verb, by, at)
    return row


def _check_step(row: Meeting, verb: str, *, because: str, by: Viewer, at: datetime) -> None:
    """What a step needs beside the state it starts from."""
    if verb == "invite" and not row.places.exists():
        raise CannotMeet("Nobody has a place yet: invite a body first.")
    if verb == "hold" and row.starts_at > at:
        raise CannotMeet(f"It begins on {timezone.localdate(row.starts_at):%-d %B %Y}; it cannot have been held yet.")
    if verb == "cancel" and not because.strip():
        raise CannotMeet("Say why it is cancelled: those invited read it.")
    if verb == "agree_minutes":
        _check_agreed(row, by, at)


def _check_agreed(row: Meeting, by: Viewer, at: datetime) -> None:
    asked = {each.body: each for each in asks(by).filter(kind="minutes_agreement", subject=draft_of(row), withdrawn_at=None)}
    if not asked:
        raise CannotMeet("Nobody was asked whether the minutes are right: ask those who had a place first.")
    wants = [word.body for word in row.words.filter(agrees=False).order_by("body")]
    if wants:
        raise CannotMeet(f"A change was asked for by {', '.join(wants)}: write the minutes anew, and it is asked again.")
    answered = {body for body, each in asked.items() if getattr(each, "answered", False)}  # which `asks` says of each
    waiting = waits_for({body: each.due_on for body, each in asked.items()}, answered, today=timezone.localdate(at))
    if waiting:
        raise CannotMeet(f"{', '.join(waiting)} may still answer. Past their day their silence holds nothing up.")


def _follow(row: Meeting, verb: str, by: Viewer, at: datetime) -> None:
    """What a step brings with it: who is asked, and what is asked no more."""
    if verb == "invite":
        for place in row.places.order_by("body"):
            _ask_whether(row, place.body, by, at)
    if verb == "cancel":
        _ask_no_more(row, ("attendance", "meeting_return"), by, at, because="the meeting is cancelled")
        tell([place.body for place in row.places.order_by("body")], text=f"Cancelled: {row.title}.", address=f"/meetings/{row.key}/", at=at)
    if verb == "hold":
        _ask_no_more(row, ("attendance",), by, at, because="the meeting was held: who came is put down")


def _ask_whether(row: Meeting, body: str, by: Viewer, at: datetime) -> None:
    ask(body, kind="attendance", subject=row.key, title=f"Do you come to: {row.title}", due_on=_due(row, at), by=by, at=at, because="invited")
    tell([body], text=f"You are invited: {row.title}.", address=f"/meetings/{row.key}/", at=at)


def _ask_no_more(row: Meeting, kinds: Iterable[str], by: Viewer, at: datetime, *, because: str, bodies: Sequence[str] | None = None) -> None:
    """Take back what is still owed around the meeting, so that no silence is published of it."""
    for held in owed(by, bodies=bodies).filter(subject=row.key, kind__in=list(kinds)):
        withdraw_ask(held, by=by, at=at, because=because)


@transaction.atomic
def open_round(key: str, *, by: Viewer, at: datetime) -> None:
    """Ask every body that has a place for its return before the meeting. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.get(key=key)
    if row.state not in ("invited", "agenda_published"):
        raise CannotMeet(f"A round of returns follows the invitations and comes before the day; it stands at “{STATES[row.state]}”.")
    bodies = [place.body for place in row.places.order_by("body")]
    for body in bodies:
        ask(body, kind="meeting_return", subject=key, title=f"Return before: {row.title}", due_on=_due(row, at), by=by, at=at, because="the round before it")
    tell(bodies, text=f"You are asked for your return before: {row.title}.", address="/asks/", at=at)


@transaction.atomic
def invite_body(key: str, *, body: str, post: str, by: Viewer, at: datetime) -> Place:
    """Give a body a place, for whoever is in `post`; asked at once where the others were. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.select_for_update().get(key=key)
    if row.state not in COMING | WRITING:
        raise CannotMeet(f"Places are given until the minutes are agreed; it stands at “{STATES[row.state]}”.")
    place, _ = Place.objects.update_or_create(meeting=row, body=body, defaults={"post": post})
    if row.state in ("invited", "agenda_published"):
        _ask_whether(row, body, by, at)
    record(verb="invite_body", subject=named(row), by=by.account, at=at, because="", detail={"body": body, "post": post})
    return place


@transaction.atomic
def take_back_place(key: str, *, body: str, by: Viewer, at: datetime) -> None:
    """Take back a body's place at a meeting still to come, and what was asked of it. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.select_for_update().get(key=key)
    if row.state not in COMING or not row.places.filter(body=body).exists():
        raise CannotMeet(f"{body} has no place that could be taken back.")
    row.places.filter(body=body).delete()
    _ask_no_more(row, ("attendance", "meeting_return"), by, at, because="the place was taken back", bodies=[body])
    record(verb="take_back_place", subject=named(row), by=by.account, at=at, because="", detail={"body": body})


@transaction.atomic
def add_item(key: str, *, kind: str, title: str, text: str, address: str, by: Viewer, at: datetime) -> AgendaItem:
    """Put an item on the agenda, after those of its kind. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.select_for_update().get(key=key)
    if kind not in ITEMS or kind == "carried" or not title.strip() or row.state not in COMING:
        raise CannotMeet("An item has a title, and goes on the agenda of a meeting still to come.")
    place = ORDER[kind] + row.items.filter(kind=kind).count()
    made = AgendaItem.objects.create(meeting=row, place=place, kind=kind, title=title.strip(), text=text, address=address)
    record(verb="add_item", subject=named(row), by=by.account, at=at, because="", detail={"title": made.title})
    return made


@transaction.atomic
def take_off_item(key: str, *, item: int, by: Viewer, at: datetime) -> None:
    """Take an item off the agenda of a meeting still to come. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.select_for_update().get(key=key)
    held = row.items.filter(pk=item).first()
    if row.state not in COMING or held is None:
        raise CannotMeet("Only what stands on the agenda of a meeting still to come is taken off.")
    held.delete()
    record(verb="take_off_item", subject=named(row), by=by.account, at=at, because="", detail={"title": str(held)})


@transaction.atomic
def answer_invitation(key: str, *, body: str, answer: str, who: str, by: Viewer, at: datetime) -> Place:
    """A body says whether it comes, and who. Raises NotAllowed, CannotMeet."""
    require(by, "answer_invitation", body=body)
    if answer not in ("attended", "deputy", "apologies"):
        raise CannotMeet(f"Found the answer {answer!r}; expected attends, sends a deputy, or apologies.")
    place = Place.objects.select_for_update().filter(meeting__key=key, meeting__state__in=["invited", "agenda_published"], body=body).first()
    if place is None:
        raise CannotMeet(f"{body} has no invitation to {key} that is open.")
    place.answer, place.who = answer, who.strip()
    place.save(update_fields=["answer", "who"])
    record(verb="answer_invitation", subject=f"meeting/{key}", by=by.account, at=at, because="", detail={"body": body, "answer": answer})
    return place


@transaction.atomic
def record_attendance(key: str, *, came: Mapping[str, str], version: int, by: Viewer, at: datetime) -> Meeting:
    """Put down who came: body with a place → word of ATTENDANCE. Raises NotAllowed, CannotMeet, ChangedMeanwhile."""
    require(by, "plan_meeting")
    row = unchanged(Meeting.objects.filter(key=key), version=version)
    if row.state not in WRITING or not set(came.values()) <= set(ATTENDANCE):
        raise CannotMeet("Who came is put down once the meeting was held and until its minutes are agreed: attended, deputy, apologies or absent.")
    places = {place.body: place for place in row.places.all()}
    if not set(came) <= set(places):
        raise CannotMeet(f"{', '.join(sorted(set(came) - set(places)))} had no place: invite them first, even if they came unasked.")
    for body, word in came.items():
        places[body].came = word
    Place.objects.bulk_update(places.values(), ["came"])
    row.save()
    record(verb="record_attendance", subject=named(row), by=by.account, at=at, because="", detail=came)
    return row


def tell(bodies: Iterable[str], *, text: str, address: str, at: datetime) -> None:
    """Notify those who act for the bodies; `text` holds no secret."""
    day = timezone.localdate(at)
    notify([account for body in bodies for role in TOLD for account in accounts_with(role, body=body, on=day)], text=text, address=address, at=at)


def draft_of(row: Meeting) -> str:
    """The draft of the minutes that stands, which is what bodies are asked of."""
    return f"{row.key}/{row.draft}"


def named(row: Meeting) -> str:
    """What the audit trail calls a meeting."""
    return f"meeting/{row.key}"


def _due(row: Meeting, at: datetime) -> date:
    """Some days before the meeting, or today where that has passed."""
    return max(timezone.localdate(row.starts_at) - timedelta(days=DAYS_BEFORE), timezone.localdate(at))


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise CannotMeet(f"Found the end {ends_at:%H:%M}; expected a time after it begins, {starts_at:%H:%M}.")
