"""What is done about meetings afterwards: minutes and what bodies say of them, actions and offers, the poll, and calendars of one's own."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import NotAllowed, Viewer, require
from opencompact.asking.actions import ask, withdraw_ask
from opencompact.asking.queries import owed
from opencompact.audit.actions import record
from opencompact.convening.actions.meetings import CannotMeet, draft_of, named, step, tell
from opencompact.convening.models import Action, CalendarFeed, Meeting, PollMark, PollReply, Word
from opencompact.convening.rules.meetings import ACTIONS, HELD, POLL, STATES, THERE, WRITING, poll_closes


@transaction.atomic
def write_minutes(key: str, *, minutes: str, held_text: str, version: int, by: Viewer, at: datetime) -> Meeting:
    """Write the minutes in draft; what bodies said or are asked of an earlier draft no longer stands. Raises NotAllowed, CannotMeet, ChangedMeanwhile."""
    if not minutes.strip():
        raise CannotMeet("Minutes say what was said: nothing is written.")
    row = step(key, "draft_minutes", version=version, by=by, at=at)
    for asked in owed(by).filter(kind="minutes_agreement", subject=draft_of(row)):
        withdraw_ask(asked, by=by, at=at, because="the minutes were written anew")
    row.minutes, row.held_text, row.draft = minutes.strip(), held_text.strip(), row.draft + 1
    row.save(update_fields=["minutes", "held_text", "draft"])
    row.words.all().delete()
    return row


@transaction.atomic
def ask_of_minutes(key: str, *, due_on: date, by: Viewer, at: datetime) -> None:
    """Ask every body that had a place whether the draft is right; past the day its silence holds nothing up. Raises NotAllowed, CannotMeet."""
    require(by, "write_minutes")
    row = Meeting.objects.get(key=key)
    if row.state != "minutes_drafted" or due_on < timezone.localdate(at):
        raise CannotMeet(f"Bodies are asked of minutes in draft, by a day to come; it stands at “{STATES[row.state]}”, and the day is {due_on:%-d %B %Y}.")
    bodies = [place.body for place in row.places.order_by("body")]
    for body in bodies:
        ask(body, kind="minutes_agreement", subject=draft_of(row), title=f"Are the minutes right: {row.title}", due_on=due_on, by=by, at=at, because="drafted")
    tell(bodies, text=f"You are asked whether the minutes are right: {row.title}.", address="/asks/", at=at)


@transaction.atomic
def say_of_minutes(draft: str, *, body: str, agrees: bool, text: str, by: Viewer, at: datetime) -> Word:
    """A body agrees to the draft (`council-2031-05-06/1`), or says what should change. Raises NotAllowed, CannotMeet."""
    require(by, "agree_minutes", body=body)
    row = Meeting.objects.select_for_update().get(key=draft.partition("/")[0])
    if row.state != "minutes_drafted" or draft_of(row) != draft:
        raise CannotMeet("This draft no longer stands: it was written anew, or the minutes are agreed.")
    if not agrees and not text.strip():
        raise CannotMeet("Say in words what should change.")
    word, _ = Word.objects.update_or_create(meeting=row, body=body, defaults={"agrees": agrees, "text": text.strip(), "on": timezone.localdate(at)})
    record(verb="say_of_minutes", subject=named(row), by=by.account, at=at, because="", detail={"body": body, "agrees": agrees})
    return word


@transaction.atomic
def raise_action(key: str, *, kind: str, body: str, text: str, due_on: date | None, by: Viewer, at: datetime) -> Action:
    """Put down what the meeting asked of a body, or what was offered there. Raises NotAllowed, CannotMeet."""
    require(by, "write_minutes")
    row = Meeting.objects.get(key=key)
    if row.state not in HELD or kind not in ACTIONS or not text.strip():
        raise CannotMeet("An action comes of a meeting that was held, and says in words what is to be done.")
    made = Action.objects.create(meeting=row, kind=kind, body=body, text=text.strip(), due_on=due_on)
    record(verb="raise_action", subject=named(row), by=by.account, at=at, because="", detail={"action": made.pk, "body": body, "text": made.text})
    return made


@transaction.atomic
def strike_action(pk: int, *, by: Viewer, at: datetime) -> None:
    """Strike out an action put down in error, while the minutes are written and it is no commitment. Raises NotAllowed, CannotMeet."""
    require(by, "write_minutes")
    row = Action.objects.select_for_update().select_related("meeting").filter(pk=pk).first()
    if row is None or row.commitment or row.meeting.state not in WRITING:
        raise CannotMeet("Only an action that is no commitment yet is struck out, and only until the minutes are agreed.")
    row.delete()
    record(verb="strike_action", subject=named(row.meeting), by=by.account, at=at, because="", detail={"action": pk, "body": row.body, "text": row.text})


def origin_of(action: Action) -> str:
    """What the ledger calls where a commitment came from: `meeting/council/council-2031-05-06/action/7`."""
    return f"{origins_of(action.meeting.series)}{action.meeting.key}/action/{action.pk}"


def origins_of(series: str) -> str:
    """How the origin of every commitment that came of the series begins."""
    return f"meeting/{series}/"


@transaction.atomic
def became_commitment(pk: int, *, commitment: str, by: Viewer, at: datetime) -> Action:
    """Keep the key of the commitment that an action became. Raises NotAllowed, CannotMeet."""
    require(by, "write_minutes")
    row = Action.objects.select_for_update().select_related("meeting").get(pk=pk)
    if row.commitment not in ("", commitment):
        raise CannotMeet(f"It is in the ledger already, as {row.commitment}.")
    row.commitment = commitment
    row.save(update_fields=["commitment"])
    record(verb="became_commitment", subject=named(row.meeting), by=by.account, at=at, because="", detail={"action": pk, "commitment": commitment})
    return row


@transaction.atomic
def answer_poll(key: str, *, body: str, use: int, topical: int, by: Viewer, at: datetime) -> None:
    """Answer the two questions for a body that came, once. Raises NotAllowed, CannotMeet.

    Only counts are kept, and the trail has no event of it: an event's place and hour would tell what was answered.
    """
    require(by, "answer_poll", body=body)
    row = Meeting.objects.select_for_update().get(key=key)
    if row.state not in HELD or not row.places.filter(body=body, came__in=sorted(THERE)).exists():
        raise CannotMeet("The poll is for bodies that came to a meeting that was held.")
    if timezone.localdate(at) > poll_closes(timezone.localdate(row.starts_at)):
        raise CannotMeet(f"The poll closed on {poll_closes(timezone.localdate(row.starts_at)):%-d %B %Y}.")
    if not {use, topical} <= set(range(1, 6)):
        raise CannotMeet("Both marks are from 1 to 5.")
    if not PollReply.objects.get_or_create(meeting=row, body=body)[1]:
        raise CannotMeet("Your body answered this poll already; answers cannot be found again to be changed.")
    if not row.marks.exists():
        PollMark.objects.bulk_create([PollMark(meeting=row, question=question, mark=mark) for question in POLL for mark in range(1, 6)])
    for question, mark in (("use", use), ("topical", topical)):
        row.marks.filter(question=question, mark=mark).update(answers=F("answers") + 1)


@transaction.atomic
def make_feed(*, by: Viewer, at: datetime) -> str:
    """A private calendar address for whoever signed in; the former one opens no longer. Gives its token. Raises NotAllowed."""
    revoke_feed(by=by, at=at)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(account=by.account, token_hash=token_hash(token), made_at=at)
    record(verb="make_feed", subject=f"account/{by.account}", by=by.account, at=at, because="", detail={})
    return token


@transaction.atomic
def revoke_feed(*, by: Viewer, at: datetime) -> None:
    """Let the private calendar address of whoever signed in open nothing from now on. Raises NotAllowed."""
    if not by.account or by.only:
        raise NotAllowed("A calendar of your own is for those who sign in.")
    if CalendarFeed.objects.filter(account=by.account, revoked_at=None).update(revoked_at=at):
        record(verb="revoke_feed", subject=f"account/{by.account}", by=by.account, at=at, because="", detail={})
