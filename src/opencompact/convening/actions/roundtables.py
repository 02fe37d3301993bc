"""What is done about roundtables: a pool read and people erased from it, places drawn, invitations, points, replies and what changed."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record, unchanged
from opencompact.convening.models import Invitee, Point, PoolContact, Roundtable
from opencompact.convening.queries.roundtables import candidates, pool_sha256
from opencompact.convening.rules.draw import Drawn, Quota, draw, reason
from opencompact.convening.rules.roundtables import ATTRIBUTES, STATES, STEPS, Contact, Trouble, may_step, read_pool


class CannotConvene(ValueError):
    """The step does not follow from where the roundtable stands, or says too little; the message says what was found and expected."""


@transaction.atomic
def plan_roundtable(
    key: str, *, subject: str, on: date, where: str, seats: int, profile: str, held_text: str, replies_due_on: date | None, by: Viewer, at: datetime
) -> Roundtable:
    """Plan a roundtable; its profile is public from now on, before any draw. Raises NotAllowed, CannotConvene."""
    require(by, "draw_invitations")
    if seats < 1 or not subject.strip() or Roundtable.objects.filter(key=key).exists():
        raise CannotConvene(f"A roundtable has a subject, at least one seat, and a name of its own; found {seats} seats and the name {key!r}.")
    row = Roundtable.objects.create(
        key=key, subject=subject.strip(), on=on, where=where, seats=seats, profile=profile, state="planned", held_text=held_text,
        replies_due_on=replies_due_on, planned_by=by.account, planned_at=at,
    )  # fmt: skip
    record(verb="plan_roundtable", subject=_named(row), by=by.account, at=at, because="", detail={"seats": seats, "profile": profile})
    return row


@transaction.atomic
def import_pool(
    rows: Sequence[Sequence[object]], *, headers: Mapping[str, Sequence[str]], values: Mapping[str, Mapping[str, str]], by: Viewer, at: datetime
) -> tuple[int, list[Trouble]]:
    """Read contacts into the pool, one an e-mail address; gives how many, and what could not be read. Raises NotAllowed."""
    require(by, "draw_invitations")
    contacts, troubles = read_pool(rows, headers=headers, values=values)
    for contact in contacts:
        _put_contact(contact, at)
    record(verb="import_pool", subject="pool", by=by.account, at=at, because="", detail={"contacts": len(contacts), "troubles": len(troubles)})
    return len(contacts), troubles


def _put_contact(contact: Contact, at: datetime) -> None:
    told = {"name": contact.name, "organisation": contact.organisation, "imported_at": at, **{name: getattr(contact, name) for name in ATTRIBUTES}}
    if contact.last_invited_on:
        told["last_invited_on"] = contact.last_invited_on
    PoolContact.objects.update_or_create(email=contact.email, defaults=told)


@transaction.atomic
def erase_contact(pk: int, *, by: Viewer, at: datetime) -> None:
    """Erase somebody at their request: their places stay as counts alone, and the trail says no more than that it was done. Raises NotAllowed."""
    require(by, "erase_contact")
    PoolContact.objects.filter(pk=pk).delete()
    record(verb="erase_contact", subject="pool", by=by.account, at=at, because="at their request", detail={})


@transaction.atomic
def draw_places(key: str, *, quotas: Sequence[Quota], words: Mapping[str, str], seed: int, version: int, by: Viewer, at: datetime) -> tuple[Roundtable, Drawn]:
    """Draw the places, or draw anew those declined; who accepted keeps theirs. The same seed and pool give the same places.

    Raises NotAllowed, CannotConvene, CannotDraw, ChangedMeanwhile.
    """
    require(by, "draw_invitations")
    row = _step(key, "draw", version)
    held = candidates(row.on)
    had = {f"{place.contact_id:08}": place for place in row.invitees.exclude(contact=None)}
    keep = [name for name, place in had.items() if place.answer == "accepted"]
    declined = [name for name, place in had.items() if place.answer == "declined"]
    drawn = draw(held, quotas, seats=row.seats, seed=seed, keep=keep, without=declined)
    row.invitees.filter(answer="").exclude(contact__in=[int(name) for name in drawn.names]).delete()
    known = {each.name: each for each in held}
    Invitee.objects.bulk_create(
        Invitee(
            roundtable=row, contact_id=int(name), reason=reason(known[name], quotas, words),
            **{attribute: known[name].counts_as.get(attribute, "") for attribute in ATTRIBUTES},
        )
        for name in drawn.names
        if name not in had
    )  # fmt: skip
    row.seed, row.pool_sha256 = seed, pool_sha256(held)
    row.relaxed = [vars(missed) for missed in drawn.missed]
    row.save()
    record(verb="draw", subject=_named(row), by=by.account, at=at, because="", detail={"seed": seed, "pool": row.pool_sha256, "missed": row.relaxed})
    return row, drawn


@transaction.atomic
def send_invitations(key: str, *, version: int, by: Viewer, at: datetime) -> list[tuple[str, str]]:
    """Invite everybody with a place who was not invited yet; gives (e-mail address, token) for the door to send. Raises as `draw_places`."""
    require(by, "draw_invitations")
    row = _step(key, "send", version)
    row.save()
    sent = []
    for place in row.invitees.filter(answer="", token_hash="").exclude(contact=None).select_related("contact"):
        token = secrets.token_urlsafe(24)
        place.token_hash = token_hash(token)
        place.save(update_fields=["token_hash"])
        if place.contact:
            place.contact.last_invited_on = at.date()
            place.contact.save(update_fields=["last_invited_on"])
            sent.append((place.contact.email, token))
    record(verb="send_invitations", subject=_named(row), by=by.account, at=at, because="", detail={"places": len(sent)})
    return sent


@transaction.atomic
def answer_place(place: Invitee, *, accepts: bool, at: datetime) -> None:
    """Somebody with a place takes it or not, by the link they were sent. Raises CannotConvene once the roundtable was held."""
    row = Invitee.objects.select_for_update().select_related("roundtable").get(pk=place.pk)
    if row.roundtable.state != "invited":
        raise CannotConvene("This roundtable no longer waits for answers.")
    row.answer = "accepted" if accepts else "declined"
    row.save(update_fields=["answer"])
    record(verb="answer_place", subject=_named(row.roundtable), by="link", at=at, because="", detail={"answer": row.answer})


@transaction.atomic
def hold(key: str, *, came: Sequence[int], version: int, by: Viewer, at: datetime) -> Roundtable:
    """It was held: who of those with a place came. Raises NotAllowed, CannotConvene, ChangedMeanwhile."""
    require(by, "draw_invitations")
    row = _step(key, "hold", version)
    if row.on > at.date():
        raise CannotConvene(f"It is on {row.on:%-d %B %Y}; it cannot have been held yet.")
    row.save()
    for place in row.invitees.select_related("contact"):
        place.came = place.pk in came
        place.save(update_fields=["came"])
        if place.came and place.contact:
            place.contact.last_attended_on = row.on
            place.contact.save(update_fields=["last_attended_on"])
    record(verb="hold", subject=_named(row), by=by.account, at=at, because="", detail={"came": len(came)})
    return row


@transaction.atomic
def step(key: str, verb: str, *, version: int, by: Viewer, at: datetime) -> Roundtable:
    """Close or cancel. Raises NotAllowed, CannotConvene, ChangedMeanwhile."""
    require(by, "draw_invitations")
    row = _step(key, verb, version)
    row.save()
    record(verb=verb, subject=_named(row), by=by.account, at=at, because="", detail={})
    return row


@transaction.atomic
def make_point(key: str, *, text: str, body: str, speaker: str, by: Viewer, at: datetime) -> Point:
    """Put down a point for a body to reply to; `speaker` only where they agreed to be named. Raises NotAllowed, CannotConvene."""
    require(by, "draw_invitations")
    row = Roundtable.objects.get(key=key)
    if row.state != "held" or not text.strip():
        raise CannotConvene("Points are put down in words once the roundtable was held, and before it is closed.")
    made = Point.objects.create(roundtable=row, text=text.strip(), body=body, speaker=speaker.strip())
    record(verb="make_point", subject=_named(row), by=by.account, at=at, because="", detail={"point": made.pk, "body": body})
    return made


@transaction.atomic
def reply(pk: int, *, text: str, by: Viewer, at: datetime) -> Point:
    """The body's reply to a point. Raises NotAllowed, CannotConvene."""
    row = Point.objects.select_for_update().select_related("roundtable").get(pk=pk)
    require(by, "draft", body=row.body)
    if not text.strip() or row.reply:
        raise CannotConvene("A point has one reply, in words; what changes afterwards is told as a change.")
    row.reply, row.replied_on = text.strip(), at.date()
    row.save(update_fields=["reply", "replied_on"])
    record(verb="reply", subject=_named(row.roundtable), by=by.account, at=at, because="", detail={"point": pk})
    return row


@transaction.atomic
def tell_change(pk: int, *, text: str, by: Viewer, at: datetime) -> Point:
    """What changed because of a point. Raises NotAllowed, CannotConvene."""
    row = Point.objects.select_for_update().select_related("roundtable").get(pk=pk)
    require(by, "record_update", body=row.body)
    if not text.strip():
        raise CannotConvene("A change is told in words.")
    row.changed, row.changed_on = text.strip(), at.date()
    row.save(update_fields=["changed", "changed_on"])
    record(verb="tell_change", subject=_named(row.roundtable), by=by.account, at=at, because="", detail={"point": pk})
    return row


def _step(key: str, verb: str, version: int) -> Roundtable:
    row = unchanged(Roundtable.objects.filter(key=key), version=version)
    if not may_step(verb, row.state):
        raise CannotConvene(f"It stands at “{STATES[row.state]}”; found the step {verb}, which does not follow.")
    row.state = STEPS[verb][1]
    return row


def _named(row: Roundtable) -> str:
    return f"roundtable/{row.key}"
