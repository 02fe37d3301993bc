"""What is done about names: a person settles one, takes it back, or brings a file of decisions; an organisation says that a payee is not it."""

import csv
import io
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from opencompact.accounts.actions import notify
from opencompact.accounts.queries import accounts_with
from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import ChangedMeanwhile, record
from opencompact.organisations.models import Dispute, NameDecision
from opencompact.organisations.queries.decisions import settlement_of
from opencompact.organisations.rules.decisions import MOST_WRITTEN, OUTCOMES, UNDONE, Settlement, Trouble, faults, missing_columns, payee_key, read_rows
from opencompact.organisations.rules.names import NameRules, name_rules, normalised
from opencompact.registry import load_catalogue

MOST_IN_AN_HOUR = 60  # disputes taken from everybody together; no address of a machine is kept, so none can be counted apart
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class CannotSettle(CannotStep):
    """The decision cannot stand; the message says which field, what was found and what was expected."""


class TooMany(RuntimeError):
    """More disputes came in the last hour than are taken; nothing was kept."""


@dataclass(frozen=True)
class Imported:
    """What came of a file of decisions: how many were made, how many stood already, and the cells that could not be taken."""

    made: int
    known: int
    troubles: tuple[Trouble, ...] = ()


@transaction.atomic
def settle_name(settlement: Settlement, *, seen: Collection[str], by: Viewer, at: datetime) -> NameDecision:
    """Decide who a payee is. `seen` are the keys of the decisions about it that stood when the page was opened.

    Open disputes about the name are settled with it. Raises NotAllowed, CannotSettle, ChangedMeanwhile.
    """
    require(by, "settle_name", body=settlement.body)
    plain = normalised(settlement.payee_name, _rules())
    if wrong := faults(settlement, normalised_name=plain):
        field, found, expected = wrong[0]
        raise CannotSettle(f"{field}: found {found!r}; expected {expected}.")
    held = _held(payee_key(settlement, plain))
    if held and held.key not in seen:
        raise ChangedMeanwhile(f"Somebody decided about {settlement.payee_name} since you opened it. Nothing of yours was kept: look at what was decided.")
    return _settle(settlement, plain, held, by=by, at=at, origin="")


@transaction.atomic
def undo_decision(key: str, *, because: str, by: Viewer, at: datetime) -> NameDecision:
    """Take the decision back, so that the payee waits again. Raises NotAllowed, CannotSettle, ChangedMeanwhile."""
    held = NameDecision.objects.select_for_update().filter(key=key).first()
    if held is None:
        raise CannotSettle(f"There is no decision {key}.")
    require(by, "settle_name", body=held.body)
    if not held.is_in_force or held.outcome == UNDONE:
        raise ChangedMeanwhile("That decision no longer stands: somebody decided anew, or took it back. Nothing was changed.")
    told = settlement_of(held)
    undone = Settlement(told.payee_name, UNDONE, because.strip(), "", told.published_org_id, told.body, told.vendor_number)
    if not undone.because:
        raise CannotSettle("because: found nothing; expected the reason, in a few words.")
    return _settle(undone, held.normalised_name, held, by=by, at=at, origin="")


@transaction.atomic
def import_decisions(text: str, *, file: str, by: Viewer, at: datetime) -> Imported:
    """Take the decisions of a file; what stands already is left as it is, and cells that cannot be taken are named. Raises NotAllowed, CannotSettle."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restval="")
    if lacking := missing_columns(reader.fieldnames or ()):
        raise CannotSettle(f"{file}: found the columns {', '.join(reader.fieldnames or ()) or '(none)'}; expected {', '.join(lacking)} too.")
    rows = [(number, row) for number, row in enumerate(reader, start=2)]
    read, troubles = read_rows(rows, file=file)
    rules, given, made = _rules(), dict(rows), 0
    for number, settlement in read:
        require(by, "settle_name", body=settlement.body)
        plain = normalised(settlement.payee_name, rules)
        if wrong := faults(settlement, normalised_name=plain):
            troubles += [Trouble(file, number, *fault) for fault in wrong]
            continue
        held = _held(payee_key(settlement, plain))
        if held is None or (held.outcome, held.organisation_id) != (settlement.outcome, settlement.organisation_id):
            row = given[number]
            told = ", ".join(part for part in (row.get("decision", ""), row.get("decided_by", ""), row.get("decided_at", "")) if part)
            _settle(settlement, plain, held, by=by, at=at, origin=f"{file}, row {number}{f' ({told})' if told else ''}")
            made += 1
    detail = {"file": file, "made": made, "troubles": len(troubles)}
    record(verb="import_decisions", subject=f"decisions/{file}", by=by.account, at=at, because="", detail=detail)
    return Imported(made, len(read) - made - len({trouble.row for trouble in troubles} & {number for number, _ in read}), tuple(troubles))


@transaction.atomic
def remember_vendors(settlements: Iterable[Settlement], *, by: Viewer, at: datetime) -> int:
    """Remember a body's vendors by their numbers; those that stand already are left as they are. Gives how many were made. Raises NotAllowed, CannotSettle."""
    rules, made = _rules(), 0
    for settlement in settlements:
        require(by, "settle_name", body=settlement.body)
        plain = normalised(settlement.payee_name, rules)
        if wrong := faults(settlement, normalised_name=plain):
            field, found, expected = wrong[0]
            raise CannotSettle(f"Vendor {settlement.vendor_number}, {field}: found {found!r}; expected {expected}.")
        held = _held(payee_key(settlement, plain))
        if held is None or held.outcome == UNDONE:
            _settle(settlement, plain, held, by=by, at=at, origin="")
            made += 1
    return made


def _settle(settlement: Settlement, plain: str, held: NameDecision | None, *, by: Viewer, at: datetime, origin: str) -> NameDecision:
    if held:
        held.is_in_force = False
        held.save(update_fields=["is_in_force"])
    told = {name: getattr(settlement, name) for name in ("payee_name", "published_org_id", "body", "vendor_number", "outcome", "organisation_id")}
    row = NameDecision.objects.create(
        key=f"n-{secrets.token_hex(6)}",
        payee_key=payee_key(settlement, plain),
        normalised_name=plain,
        because=settlement.because.strip(),
        decided_by=by.account,
        decided_at=at,
        origin=origin,
        **told,
    )
    if held:
        held.superseded_by = row
        held.save(update_fields=["superseded_by"])
    detail = {"outcome": row.outcome, "organisation": row.organisation_id, "body": row.body, "vendor_number": row.vendor_number, "origin": origin}
    verb = "undo_decision" if row.outcome == UNDONE else "settle_name"
    record(verb=verb, subject=f"name-decision/{row.key}", by=by.account, at=at, because=row.because, detail=detail)
    if row.outcome != UNDONE:
        _settle_disputes(row, by=by, at=at)
    return row


def _settle_disputes(row: NameDecision, *, by: Viewer, at: datetime) -> None:
    for dispute in Dispute.objects.filter(normalised_name=row.normalised_name, settled_at=None):
        dispute.because, dispute.settled_by, dispute.settled_at, dispute.email = f"{OUTCOMES[row.outcome]}. {row.because}", by.account, at, ""
        dispute.save()
        record(verb="settle_dispute", subject=f"dispute/{dispute.reference}", by=by.account, at=at, because=row.because, detail={"decision": row.key})


@transaction.atomic
def object_to_link(form: str, *, organisation_id: str, payee_name: str, words: str, email: str, at: datetime) -> Dispute:
    """Take from anybody that a payee is not the organisation it was linked to; the same form sent again gives the one made. Raises CannotSettle, TooMany."""
    if held := Dispute.objects.filter(form=form).first():
        return held
    if not words.strip() or len(words) > MOST_WRITTEN:
        raise CannotSettle(f"words: found {len(words.strip()):,} letters; expected what is wrong in at most {MOST_WRITTEN:,}.")
    if Dispute.objects.filter(received_at__gt=at - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
        raise TooMany(f"We take {MOST_IN_AN_HOUR} of these an hour, and that many came. Nothing was kept: please send yours again in an hour.")
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    row = Dispute.objects.create(
        reference=f"{letters[:4]}-{letters[4:]}",
        form=form,
        organisation_id=organisation_id,
        payee_name=payee_name,
        normalised_name=normalised(payee_name, _rules()),
        words=words.strip(),
        email=email,
        received_at=at,
    )
    record(verb="object_to_link", subject=f"dispute/{row.reference}", by="public", at=at, because="", detail={"organisation": organisation_id})
    told = [account for role in ("reviewer", "central") for account in accounts_with(role, on=at.date())]
    notify(told, text=f"A link is disputed: {row.reference}.", address=f"/review/disputes/{row.reference}/", at=at)
    return row


def _held(key: str) -> NameDecision | None:
    return NameDecision.objects.select_for_update().filter(payee_key=key, is_in_force=True).first()


def _rules() -> NameRules:
    return name_rules(load_catalogue().vocabularies["name-rules"].terms)
