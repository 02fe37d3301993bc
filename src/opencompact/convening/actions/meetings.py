"""What is done about meetings: planned, invited to, held, minuted, agreed, published; each step in the audit trail."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record, unchanged
from opencompact.convening.models import Action, AgendaItem, CalendarFeed, Meeting, Place, PollAnswer, Series, Voted, Word
from opencompact.convening.queries.meetings import voter_hash
from opencompact.convening.rules.meetings import ACTIONS, ATTENDANCE, HELD, ITEMS, RIGHTS, STATES, STEPS, may_step


class CannotMeet(ValueError):
    """The step does not follow from where the meeting stands, or says too little; the message says what was found and expected."""


@transaction.atomic
def record_series(slug: str, *, title: str, about: str, a_year: int | None, by: Viewer, at: datetime) -> Series:
    """Put a series of meetings, or its words anew. Raises NotAllowed."""
    require(by, "plan_meeting")
    row, _ = Series.objects.update_or_create(series=slug, defaults={"title": title, "about": about, "a_year": a_year})
    record(verb="record_series", subject=f"series/{slug}", by=by.account, at=at, because="", detail={"title": title, "a_year": a_year})
    return row


@transaction.atomic
def plan_meeting(key: str, *, series: str, title: str, starts_at: datetime, ends_at: datetime, where: str, by: Viewer, at: datetime) -> Meeting:
    """Plan a meeting; local insight has its standing item. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    if ends_at <= starts_at:
        raise CannotMeet(f"Found the end {ends_at:%H:%M}; expected a time after it begins, {starts_at:%H:%M}.")
    if Meeting.objects.filter(key=key).exists():
        raise CannotMeet(f"There is a meeting {key} already.")
    row = Meeting.objects.create(
        key=key, series=series, title=title, starts_at=starts_at, ends_at=ends_at, where=where, state="planned", planned_by=by.account, planned_at=at,
        changed_at=at,
    )  # fmt: skip
    AgendaItem.objects.create(meeting=row, place=90, kind="insight", title="Local insight", text="A standing item: what is seen away from the capital.")
    record(verb="plan_meeting", subject=_named(row), by=by.account, at=at, because="", detail={"starts_at": starts_at.isoformat(), "where": where})
    return row


@transaction.atomic
def move_meeting(key: str, *, starts_at: datetime, ends_at: datetime, where: str, version: int, by: Viewer, at: datetime, because: str) -> Meeting:
    """Another time or place: calendars take it over by the raised sequence. Raises NotAllowed, CannotMeet, ChangedMeanwhile."""
    require(by, "plan_meeting")
    row = unchanged(Meeting.objects.filter(key=key), version=version)
    if not may_step("cancel", row.state) or ends_at <= starts_at:
        raise CannotMeet("Only a meeting still to come is moved, and it ends after it begins.")
    row.starts_at, row.ends_at, row.where, row.sequence, row.changed_at = starts_at, ends_at, where, row.sequence + 1, at
    row.save()
    record(verb="move_meeting", subject=_named(row), by=by.account, at=at, because=because, detail={"starts_at": starts_at.isoformat(), "where": where})
    return row


@transaction.atomic
def step(key: str, verb: str, *, version: int, by: Viewer, at: datetime, bodies: Iterable[str] = (), carried: Sequence[tuple[str, str]] = ()) -> Meeting:
    """Take a step of STEPS: `bodies` are those invited; `carried` are (address, title) of actions still owed that go on the agenda.

    Raises NotAllowed, CannotMeet, ChangedMeanwhile.
    """
    require(by, RIGHTS[verb])
    row = unchanged(Meeting.objects.filter(key=key), version=version)
    if not may_step(verb, row.state):
        raise CannotMeet(f"It stands at “{STATES[row.state]}”; found the step {verb.replace('_', ' ')}, which does not follow.")
    if verb == "hold" and row.starts_at > at:
        raise CannotMeet(f"It begins on {row.starts_at:%-d %B %Y}; it cannot have been held yet.")
    if verb == "agree_minutes" and row.words.filter(agrees=False).exists():
        raise CannotMeet("A body asked for a change of the minutes: write them anew, and it is asked again.")
    row.state, row.changed_at = STEPS[verb][1], at
    if verb in ("cancel", "invite"):
        row.sequence += 1
    if verb == "publish_minutes":
        row.published_by, row.published_at = by.account, at
    row.save()
    Place.objects.bulk_create([Place(meeting=row, body=body) for body in bodies], ignore_conflicts=True)
    AgendaItem.objects.bulk_create(
        [AgendaItem(meeting=row, place=10 + place, kind="carried", title=title, address=address) for place, (address, title) in enumerate(carried)]
    )
    record(verb=verb, subject=_named(row), by=by.account, at=at, because="", detail={"bodies": sorted(bodies), "carried": len(carried)})
    return row


@transaction.atomic
def add_item(key: str, *, kind: str, title: str, text: str, address: str, by: Viewer, at: datetime) -> AgendaItem:
    """Put an item on the agenda, after those of its kind. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.select_for_update().get(key=key)
    if kind not in ITEMS or not title.strip() or row.state in HELD:
        raise CannotMeet("An item has a title, and goes on the agenda of a meeting still to come.")
    place = {"carried": 10, "item": 40, "insight": 90}[kind] + row.items.filter(kind=kind).count()
    made = AgendaItem.objects.create(meeting=row, place=place, kind=kind, title=title.strip(), text=text, address=address)
    record(verb="add_item", subject=_named(row), by=by.account, at=at, because="", detail={"title": made.title})
    return made


@transaction.atomic
def write_minutes(key: str, *, minutes: str, held_text: str, version: int, by: Viewer, at: datetime) -> Meeting:
    """Write the minutes in draft; whatever bodies said of an earlier draft no longer stands. Raises NotAllowed, CannotMeet, ChangedMeanwhile."""
    if not minutes.strip():
        raise CannotMeet("Minutes say what was said: nothing is written.")
    row = step(key, "draft_minutes", version=version, by=by, at=at)
    row.minutes, row.held_text = minutes.strip(), held_text.strip()
    row.save(update_fields=["minutes", "held_text"])
    row.words.all().delete()
    return row


@transaction.atomic
def say_of_minutes(key: str, *, body: str, agrees: bool, text: str, by: Viewer, at: datetime) -> Word:
    """A body agrees to the minutes, or says what should change. Raises NotAllowed, CannotMeet."""
    require(by, "agree_minutes", body=body)
    row = Meeting.objects.select_for_update().get(key=key)
    if row.state != "minutes_drafted" or (not agrees and not text.strip()):
        raise CannotMeet("Minutes in draft are agreed to, or a change is asked for in words.")
    word, _ = Word.objects.update_or_create(meeting=row, body=body, defaults={"agrees": agrees, "text": text.strip(), "on": at.date()})
    record(verb="say_of_minutes", subject=_named(row), by=by.account, at=at, because="", detail={"body": body, "agrees": agrees})
    return word


@transaction.atomic
def answer_invitation(key: str, *, body: str, answer: str, who: str, by: Viewer, at: datetime) -> Place:
    """A body says whether it comes, and who. Raises NotAllowed, CannotMeet."""
    require(by, "answer_invitation", body=body)
    if answer not in ("attended", "deputy", "apologies"):
        raise CannotMeet(f"Found the answer {answer!r}; expected attends, sends a deputy, or apologies.")
    place = Place.objects.select_for_update().filter(meeting__key=key, body=body).first()
    if place is None:
        raise CannotMeet(f"{body} is not invited to {key}.")
    place.answer, place.who = answer, who.strip()
    place.save(update_fields=["answer", "who"])
    record(verb="answer_invitation", subject=f"meeting/{key}", by=by.account, at=at, because="", detail={"body": body, "answer": answer})
    return place


@transaction.atomic
def record_attendance(key: str, *, came: dict[str, str], by: Viewer, at: datetime) -> None:
    """Put down who came, body by body. Raises NotAllowed, CannotMeet."""
    require(by, "plan_meeting")
    row = Meeting.objects.select_for_update().get(key=key)
    if row.state not in HELD or not set(came.values()) <= set(ATTENDANCE):
        raise CannotMeet("Who came is put down once the meeting was held: attended, deputy, apologies or absent.")
    for body, word in came.items():
        Place.objects.update_or_create(meeting=row, body=body, defaults={"came": word})
    record(verb="record_attendance", subject=_named(row), by=by.account, at=at, because="", detail=came)


@transaction.atomic
def raise_action(key: str, *, kind: str, body: str, text: str, due_on: date | None, by: Viewer, at: datetime) -> Action:
    """Put down what the meeting asked of a body, or what was offered there. Raises NotAllowed, CannotMeet."""
    require(by, "write_minutes")
    row = Meeting.objects.get(key=key)
    if row.state not in HELD or kind not in ACTIONS or not text.strip():
        raise CannotMeet("An action comes of a meeting that was held, and says in words what is to be done.")
    made = Action.objects.create(meeting=row, kind=kind, body=body, text=text.strip(), due_on=due_on)
    record(verb="raise_action", subject=_named(row), by=by.account, at=at, because="", detail={"action": made.pk, "body": body, "text": made.text})
    return made


def origin_of(action: Action) -> str:
    """What the ledger calls where a commitment came from: `meeting/council-2031-q2/action/7`."""
    return f"meeting/{action.meeting.series}/{action.meeting.key}/action/{action.pk}"


@transaction.atomic
def became_commitment(pk: int, *, commitment: str, by: Viewer) -> Action:
    """Keep the key of the commitment that an action became. Raises NotAllowed."""
    require(by, "write_minutes")
    row = Action.objects.select_for_update().select_related("meeting").get(pk=pk)
    row.commitment = commitment
    row.save(update_fields=["commitment"])
    return row


@transaction.atomic
def answer_poll(key: str, *, use: int, topical: int, text: str, by: Viewer) -> None:
    """Answer the two questions once; who answered is kept apart from what, and neither from when. Raises NotAllowed, CannotMeet."""
    require(by, "answer_poll", body=min(by.bodies, default=""))
    row = Meeting.objects.get(key=key)
    if row.state not in HELD or not (1 <= use <= 5 and 1 <= topical <= 5):
        raise CannotMeet("The poll follows a meeting that was held; both marks are from 1 to 5.")
    _, new = Voted.objects.get_or_create(meeting=row, who_hash=voter_hash(row, by.account))
    if not new:
        raise CannotMeet("You answered this poll already; answers cannot be found again to be changed.")
    PollAnswer.objects.create(meeting=row, use=use, topical=topical, text=text.strip())


@transaction.atomic
def make_feed(by: Viewer, *, at: datetime) -> str:
    """A private calendar address for whoever signed in; the former one opens no longer. Gives its token."""
    CalendarFeed.objects.filter(account=by.account, revoked_at=None).update(revoked_at=at)
    token = secrets.token_urlsafe(24)
    CalendarFeed.objects.create(account=by.account, token_hash=token_hash(token), made_at=at)
    return token


def _named(row: Meeting) -> str:
    return f"meeting/{row.key}"
