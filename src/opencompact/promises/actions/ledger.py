"""What is done in the ledger: commitments recorded and accepted, updates told; nothing is changed afterwards, and all of it is in the audit trail."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction

from opencompact.accounts.actions import notify_followers
from opencompact.accounts.rules import NotAllowed, Viewer, may, require
from opencompact.audit.actions import record
from opencompact.lake import write_whole
from opencompact.organisations.queries.office import steps
from opencompact.organisations.rules.succession import successors_on
from opencompact.promises.models import Commitment, Evidence, Feedback, Owner, Update
from opencompact.promises.rules.commitments import KINDS, CannotUpdate, Told, check_update, fold, opens_again


class CannotRecord(ValueError):
    """The commitment cannot be recorded so; the message says what was found and expected."""


@dataclass(frozen=True)
class Resting:
    """Evidence to be kept with an update: a title, an address, when it was looked at, and the bytes of a copy where there is one."""

    title: str
    seen_on: date
    address: str = ""
    copy: bytes = b""


@dataclass(frozen=True)
class Wording:
    """Where a commitment stands in its plan, and how well it is worded; None where nobody has judged."""

    plan: str = ""
    objective: str = ""
    place: str = ""
    undertaking: str = ""
    is_specific: bool | None = None
    has_owner: bool | None = None
    has_date: bool | None = None
    measurable: str = ""
    money_promised: Decimal | None = None
    stage: str = ""
    said_on: date | None = None
    carried_from: str = ""


NO_WORDING = Wording()


@transaction.atomic
def record_commitment(
    *,
    key: str,
    kind: str,
    title: str,
    text: str,
    owners: Sequence[str],
    due_on: date | None,
    by: Viewer,
    at: datetime,
    because: str,
    visibility: str = "public",
    origin: str = "",
    address: str = "",
    parent: str = "",
    wording: Wording = NO_WORDING,
) -> Commitment:
    """Record what was promised; the same origin again gives the commitment that stands. Raises NotAllowed, CannotRecord."""
    _may_record(by, owners)
    held = Commitment.objects.filter(origin=origin).first() if origin else None
    if held:
        return held
    _check_new(key, kind, title, owners)
    told = {name: value for name, value in vars(wording).items() if name != "carried_from"}
    row = Commitment.objects.create(
        key=key,
        kind=kind,
        title=title.strip(),
        text=text.strip(),
        due_on=due_on,
        visibility=visibility,
        origin=origin,
        address=address,
        parent=_named(parent),
        carried_from=_named(wording.carried_from),
        recorded_by=by.account,
        recorded_at=at,
        **told,
    )
    Owner.objects.bulk_create([Owner(commitment=row, body=body) for body in dict.fromkeys(owners)])
    detail = {"kind": kind, "title": row.title, "text": row.text, "owners": list(owners), "due_on": str(due_on or ""), "visibility": visibility}
    record(verb="record_commitment", subject=f"commitment/{key}", by=by.account, at=at, because=because, detail=detail)
    return row


@transaction.atomic
def publish_commitments(origins: str, *, by: Viewer, at: datetime, because: str) -> int:
    """Make public what is shared and whose origin begins so, as when a meeting's minutes are published; gives how many. Raises NotAllowed."""
    require(by, "record_commitment")
    rows = list(Commitment.objects.select_for_update().filter(origin__startswith=origins, visibility="shared").order_by("pk"))
    for row in rows:
        row.visibility = "public"
        row.save(update_fields=["visibility"])
        record(verb="publish_commitment", subject=f"commitment/{row.key}", by=by.account, at=at, because=because, detail={"visibility": "public"})
    return len(rows)


@transaction.atomic
def answer_commitment(key: str, *, body: str, acceptance: str, on: date, because: str, by: Viewer, at: datetime) -> Owner:
    """An owner agrees, or does not and says why. Raises NotAllowed, CannotRecord."""
    require(by, "accept_commitment", body=body)
    row = Owner.objects.select_for_update().filter(commitment__key=key, body=body).first()
    if row is None:
        raise CannotRecord(f"{body} is no owner of {key}.")
    if acceptance not in ("agreed", "not_agreed") or (acceptance == "not_agreed" and not because.strip()):
        raise CannotRecord(f"Found the answer {acceptance!r}; expected agreed, or not_agreed with the reason.")
    row.acceptance, row.answered_on, row.because = acceptance, on, because
    row.save()
    record(verb="answer_commitment", subject=f"commitment/{key}", by=by.account, at=at, because=because, detail={"body": body, "acceptance": acceptance})
    return row


@transaction.atomic
def record_update(
    key: str,
    *,
    body: str,
    on: date,
    text: str,
    by: Viewer,
    at: datetime,
    because: str,
    held_text: str = "",
    delivery: str = "",
    finding: str = "",
    due_on: date | None = None,
    stage: str = "",
    evidence: Sequence[Resting] = (),
) -> Update:
    """Tell what happened: an owner's claim, an independent finding, or words alone. Raises NotAllowed, CannotUpdate.

    A finding comes from an auditor or assessor who acts for none of the owners; a claim from an owner, or from the centre for one.
    """
    row = Commitment.objects.select_for_update().get(key=key)
    owners = set(row.owners.values_list("body", flat=True))
    held = steps()
    answering = owners.union(*(successors_on(owner, steps=held, on=at.date()) for owner in owners))  # who continues an owner answers for it
    _may_update(by, body=body, owners=answering, finding=finding, delivery=delivery)
    if on > at.date():
        raise CannotUpdate(f"An update tells what happened: found the day {on:%-d %B %Y}, which is still to come.")
    state = fold(row.due_on, [Told(*values) for values in row.updates.order_by("pk").values_list("on", "delivery", "finding", "due_on")])
    told = Told(on, delivery, finding, due_on)
    check_update(state, told, text=text)
    update = Update.objects.create(
        commitment=row,
        body=body,
        on=on,
        text=text.strip(),
        held_text=held_text.strip(),
        delivery=delivery,
        finding=finding,
        due_on=due_on,
        stage=stage,
        opens_again=opens_again(state, delivery),
        by=by.account,
        at=at,
    )
    kept = [_keep(update, each) for each in evidence]
    detail = {"body": body, "on": str(on), "text": update.text, "delivery": delivery, "finding": finding, "due_on": str(due_on or ""), "evidence": kept}
    record(verb="record_update", subject=f"commitment/{key}", by=by.account, at=at, because=because, detail=detail)
    if row.visibility == "public":
        notify_followers(f"/ledger/{key}/", text=f"There is something new on: {row.title}", at=at)
    return update


@transaction.atomic
def record_feedback(key: str, *, body: str, on: date, text: str, held_text: str = "", by: Viewer, at: datetime) -> Feedback:
    """What a sector body says of an announcement. Raises NotAllowed."""
    require(by, "give_feedback", body=body)
    row = Commitment.objects.get(key=key)
    said = Feedback.objects.create(commitment=row, body=body, on=on, text=text.strip(), held_text=held_text.strip(), by=by.account, at=at)
    record(verb="give_feedback", subject=f"commitment/{key}", by=by.account, at=at, because="", detail={"body": body, "text": said.text})
    return said


def _may_record(by: Viewer, owners: Sequence[str]) -> None:
    """Who acts for a body records only what that body, perhaps with others, is to do."""
    if not any(may(by, "record_commitment", body=body) for body in owners):
        require(by, "record_commitment")


def _may_update(by: Viewer, *, body: str, owners: set[str], finding: str, delivery: str) -> None:
    if finding:
        require(by, "record_finding")
        if by.bodies & owners or body in owners:
            raise NotAllowed("Whoever owns a commitment never finds on it: an auditor or assessor who acts for none of its owners does.")
    else:
        require(by, "record_update", body=body)
    if delivery and body not in owners:
        raise NotAllowed(f"{body} is no owner of this commitment; only an owner's claim moves it. Owners: {', '.join(sorted(owners)) or 'none'}.")


def _check_new(key: str, kind: str, title: str, owners: Sequence[str]) -> None:
    if kind not in KINDS:
        raise CannotRecord(f"Found the kind {kind!r}; expected one of {', '.join(KINDS)}.")
    if not title.strip() or not owners:
        raise CannotRecord("A commitment has a title and at least one owner.")
    if Commitment.objects.filter(key=key).exists():
        raise CannotRecord(f"There is a commitment {key} already. Record an update to it, or give this one another key.")


def _named(key: str) -> Commitment | None:
    """The commitment of a key; none for an empty one. Raises CannotRecord."""
    if not key:
        return None
    found = Commitment.objects.filter(key=key).first()
    if found is None:
        raise CannotRecord(f"There is no commitment {key}.")
    return found


def _keep(update: Update, resting: Resting) -> str:
    """Put the evidence, its copy under its own checksum; gives the checksum, or the address where no copy was given."""
    digest = hashlib.sha256(resting.copy).hexdigest() if resting.copy else ""
    if digest:
        folder = Path(settings.OPENCOMPACT_WORKSPACE) / "evidence"
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / digest, resting.copy)
    Evidence.objects.create(update=update, title=resting.title, address=resting.address, seen_on=resting.seen_on, sha256=digest)
    return digest or resting.address
