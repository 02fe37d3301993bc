"""What is done about roundtables: planned, invitations sent and answered, held, points put down, replied to and closed; each step in the audit trail."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.actions import notify_followers, token_hash
from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record, unchanged
from opencompact.convening.models import Invitee, Point, Roundtable
from opencompact.convening.rules.draw import Quota
from opencompact.convening.rules.roundtables import ANSWERS, RIGHTS, STATES, STEPS, WHEN, may_step, waiting

MOST_SEATS = 500


class CannotConvene(ValueError):
    """The step does not follow from where the roundtable stands, or says too little; the message says what was found and expected."""


@transaction.atomic
def plan_roundtable(
    key: str, *, subject: str, on: date, where: str, seats: int, profile: str, quotas: Sequence[Quota], replies_due_on: date, held_text: str,
    by: Viewer, at: datetime,
) -> Roundtable:  # fmt: skip
    """Plan a roundtable; what its places are drawn to is public from now on, before any draw. Raises NotAllowed, CannotConvene."""
    require(by, "draw_invitations")
    if not 1 <= seats <= MOST_SEATS or not subject.strip():
        raise CannotConvene(f"Found {seats} seats; expected a subject, and between 1 and {MOST_SEATS} seats.")
    if replies_due_on <= on:
        raise CannotConvene(f"Found replies due on {replies_due_on:%-d %B %Y}; expected a day after it is held, {on:%-d %B %Y}.")
    if Roundtable.objects.filter(key=key).exists():
        raise CannotConvene(f"There is a roundtable {key} already.")
    row = Roundtable.objects.create(
        key=key, subject=subject.strip(), on=on, where=where.strip(), seats=seats, profile=profile, quotas=[vars(quota) for quota in quotas],
        state="planned", replies_due_on=replies_due_on, held_text=held_text.strip(), planned_by=by.account, planned_at=at,
    )  # fmt: skip
    detail = {"on": str(on), "seats": seats, "profile": profile, "quotas": row.quotas, "replies_due_on": str(replies_due_on)}
    record(verb="plan_roundtable", subject=named(row), by=by.account, at=at, because="", detail=detail)
    return row


@transaction.atomic
def move(key: str, *, on: date, where: str, replies_due_on: date, version: int, by: Viewer, at: datetime, because: str) -> list[str]:
    """Another day or place, before it was held; gives the addresses of those invited who had not declined, for the door to write to.

    Raises NotAllowed, CannotConvene, ChangedMeanwhile.
    """
    require(by, RIGHTS["move"])
    row = unchanged(Roundtable.objects.filter(key=key), version=version)
    _check(row, "move")
    if replies_due_on <= on or on < at.date():
        raise CannotConvene(f"Found {on:%-d %B %Y} with replies due on {replies_due_on:%-d %B %Y}; expected a day to come, and replies due after it.")
    row.on, row.where, row.replies_due_on = on, where.strip(), replies_due_on
    row.save()
    detail = {"on": str(on), "where": row.where, "replies_due_on": str(replies_due_on)}
    record(verb="move_roundtable", subject=named(row), by=by.account, at=at, because=because, detail=detail)
    _tell(row, at)
    return _invited(row)


@transaction.atomic
def send_invitations(key: str, *, version: int, by: Viewer, at: datetime) -> list[tuple[str, str]]:
    """Invite everybody with a place who was not invited yet; gives (e-mail address, token) for the door to send.

    Raises NotAllowed, CannotConvene, ChangedMeanwhile.
    """
    require(by, RIGHTS["send"])
    row = take(key, "send", version)
    row.save()
    sent = [_invite(place, at) for place in row.invitees.filter(answer="", token_hash="").exclude(contact=None).select_related("contact")]
    record(verb="send_invitations", subject=named(row), by=by.account, at=at, because="", detail={"places": len(sent)})
    return sent


def _invite(place: Invitee, at: datetime) -> tuple[str, str]:
    contact = place.contact
    if contact is None:
        raise CannotConvene("Whoever had this place was erased at their request: there is nobody to send to.")
    token = secrets.token_urlsafe(24)
    place.token_hash, contact.last_invited_on = token_hash(token), at.date()
    place.save(update_fields=["token_hash"])
    contact.save(update_fields=["last_invited_on"])
    return contact.email, token


@transaction.atomic
def send_again(key: str, pk: int, *, by: Viewer, at: datetime) -> tuple[str, str]:
    """A new link for a place; the one sent before opens nothing more. Gives (e-mail address, token). Raises NotAllowed, CannotConvene."""
    require(by, RIGHTS["resend"])
    place = _place(key, pk, "resend")
    if not place.token_hash:
        raise CannotConvene("This place was not sent an invitation yet: send the invitations first.")
    sent = _invite(place, at)
    record(verb="send_again", subject=named(place.roundtable), by=by.account, at=at, because="", detail={"place": pk})
    return sent


@transaction.atomic
def answer_place(place: Invitee, *, accepts: bool, at: datetime) -> None:
    """Somebody with a place takes it or not, by the link they were sent. Raises CannotConvene once the roundtable was held."""
    _answer(_place(place.roundtable.key, place.pk, "answer"), "accepted" if accepts else "declined", by="link", at=at)


@transaction.atomic
def put_answer(key: str, pk: int, *, answer: str, by: Viewer, at: datetime) -> None:
    """The central team puts down what somebody told it. Raises NotAllowed, CannotConvene."""
    require(by, RIGHTS["answer"])
    _answer(_place(key, pk, "answer"), answer, by=by.account, at=at)


def _answer(place: Invitee, answer: str, *, by: str, at: datetime) -> None:
    if answer not in ANSWERS or not place.token_hash:
        raise CannotConvene(f"Found the answer {answer!r} to a place; expected comes or does not come, to an invitation that was sent.")
    place.answer = answer
    place.save(update_fields=["answer"])
    record(verb="answer_place", subject=named(place.roundtable), by=by, at=at, because="", detail={"answer": answer})


def _place(key: str, pk: int, verb: str) -> Invitee:
    place = Invitee.objects.select_for_update(of=("self",)).select_related("roundtable", "contact").filter(roundtable__key=key, pk=pk).first()
    if place is None:
        raise CannotConvene(f"Found the place {pk}; expected one of this roundtable. It may have been drawn anew meanwhile.")
    _check(place.roundtable, verb)
    return place


@transaction.atomic
def hold(key: str, *, came: Collection[int], version: int, by: Viewer, at: datetime) -> Roundtable:
    """It was held: which places came, also those that had not answered. Raises NotAllowed, CannotConvene, ChangedMeanwhile."""
    require(by, RIGHTS["hold"])
    row = take(key, "hold", version)
    if row.on > at.date():
        raise CannotConvene(f"It is on {row.on:%-d %B %Y}; it cannot have been held yet.")
    row.save()
    row.invitees.filter(pk__in=came).update(came=True)
    row.invitees.exclude(pk__in=came).update(came=False)
    row.invitees.update(token_hash="")  # no link opens any more
    record(verb="hold", subject=named(row), by=by.account, at=at, because="", detail={"came": len(came)})
    _tell(row, at)
    return row


@transaction.atomic
def close(key: str, *, version: int, by: Viewer, at: datetime) -> list[str]:
    """Close it once every point has its reply or the day has passed; gives the addresses of those who were in the room, for the door to write to.

    Raises NotAllowed, CannotConvene, ChangedMeanwhile.
    """
    require(by, RIGHTS["close"])
    row = take(key, "close", version)
    if number := waiting(row.points.values_list("reply", flat=True), row.replies_due_on, at.date()):
        raise CannotConvene(f"Found {number} without a reply; expected every point replied to, or the day {row.replies_due_on:%-d %B %Y} past.")
    row.save()
    record(verb="close", subject=named(row), by=by.account, at=at, because="", detail={})
    return [place.contact.email for place in row.invitees.filter(came=True).select_related("contact").order_by("pk") if place.contact]


@transaction.atomic
def cancel(key: str, *, version: int, by: Viewer, at: datetime) -> list[str]:
    """Cancel it; gives the addresses of those who were invited and had not declined. Raises NotAllowed, CannotConvene, ChangedMeanwhile."""
    require(by, RIGHTS["cancel"])
    row = take(key, "cancel", version)
    row.save()
    record(verb="cancel", subject=named(row), by=by.account, at=at, because="", detail={})
    return _invited(row)


def _invited(row: Roundtable) -> list[str]:
    """The addresses of those invited who had not declined."""
    told = row.invitees.exclude(answer="declined").exclude(token_hash="").select_related("contact").order_by("pk")
    return [place.contact.email for place in told if place.contact]


@transaction.atomic
def make_point(key: str, *, text: str, body: str, agreed: bool, speaker: int | None, by: Viewer, at: datetime) -> Point:
    """Put down a point for a body to reply to. `speaker` is the place of who made it, dropped unless they `agreed` to be named.

    Raises NotAllowed, CannotConvene.
    """
    require(by, RIGHTS["point"])
    row = Roundtable.objects.select_for_update().get(key=key)
    _check(row, "point")
    if not text.strip():
        raise CannotConvene("A point is put down in words: nothing is written.")
    place = row.invitees.filter(pk=speaker, came=True).first() if agreed and speaker else None
    made = Point.objects.create(roundtable=row, text=text.strip(), body=body, agreed=place is not None, speaker=place, made_on=at.date())
    record(verb="make_point", subject=named(row), by=by.account, at=at, because="", detail={"point": made.pk, "body": body})
    return made


@transaction.atomic
def reply(pk: int, *, text: str, by: Viewer, at: datetime) -> Point:
    """The body's reply to a point; it has one. Raises NotAllowed, CannotConvene."""
    row = _point(pk, "reply", by)
    if not text.strip() or row.reply:
        raise CannotConvene("A point has one reply, in words; what changes afterwards is told as a change.")
    row.reply, row.replied_on = text.strip(), at.date()
    row.save(update_fields=["reply", "replied_on"])
    record(verb="reply", subject=named(row.roundtable), by=by.account, at=at, because="", detail={"point": pk})
    _tell(row.roundtable, at)
    return row


@transaction.atomic
def tell_change(pk: int, *, text: str, by: Viewer, at: datetime) -> Point:
    """What changed because of a point; the latest word stands. Raises NotAllowed, CannotConvene."""
    row = _point(pk, "change", by)
    if not text.strip() or not row.reply:
        raise CannotConvene("A change is told in words, after the point has its reply.")
    row.changed, row.changed_on = text.strip(), at.date()
    row.save(update_fields=["changed", "changed_on"])
    record(verb="tell_change", subject=named(row.roundtable), by=by.account, at=at, because="", detail={"point": pk})
    _tell(row.roundtable, at)
    return row


def _tell(row: Roundtable, at: datetime) -> None:
    notify_followers(f"/roundtables/{row.key}/", text=f"There is something new on: {row.subject}", at=at)


def _point(pk: int, verb: str, by: Viewer) -> Point:
    row = Point.objects.select_for_update(of=("self",)).select_related("roundtable").get(pk=pk)
    require(by, RIGHTS[verb], body=row.body)
    _check(row.roundtable, verb)
    return row


def take(key: str, verb: str, version: int) -> Roundtable:
    """The row in the state the verb leads to, locked and not saved. Raises CannotConvene, ChangedMeanwhile."""
    row = unchanged(Roundtable.objects.filter(key=key), version=version)
    _check(row, verb)
    row.state = STEPS[verb][1]
    return row


def _check(row: Roundtable, verb: str) -> None:
    if not may_step(verb, row.state):
        expected = ", ".join(STATES[state] for state in STATES if state in (STEPS[verb][0] if verb in STEPS else WHEN[verb]))
        raise CannotConvene(f"It stands at “{STATES[row.state]}”; expected one of: {expected}.")


def named(row: Roundtable) -> str:
    """What the audit trail calls it."""
    return f"roundtable/{row.key}"
