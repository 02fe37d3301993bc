"""What is done about returns and campaigns: a round opened, bodies asked, their answers recorded, reminded, made clear; each in the audit trail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record, unchanged
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound
from opencompact.judgement.rules.returns import OUTCOMES, foi_due


class CannotReturn(ValueError):
    """The round or answer cannot be recorded so; the message says what was found and expected."""


@dataclass(frozen=True)
class Asked:
    """A body to ask: its slug, name, nation (whose bank holidays count) and where the letter goes."""

    body: str
    name: str
    nation: str = "england-and-wales"
    email: str = ""


@transaction.atomic
def open_round(
    key: str, *, title: str, kind: str, questions: str, year: int, letter: str, bodies: Iterable[Asked], due_on: date | None, by: Viewer, at: datetime
) -> ReturnRound:
    """Open a round and put everybody it asks; a campaign's days are counted for each, a standing return is due on the day given.

    Raises NotAllowed, CannotReturn.
    """
    require(by, "run_campaign")
    held = list(bodies)
    if ReturnRound.objects.filter(key=key).exists() or not held or (kind == "return") != (due_on is not None):
        raise CannotReturn(f"A round has a name of its own and asks at least one body; a return has a day it is due. Found {key!r}, {len(held)} bodies.")
    row = ReturnRound.objects.create(
        key=key, title=title, kind=kind, questions=questions, year=year, letter=letter, opened_on=at.date(), opened_by=by.account, opened_at=at
    )
    Addressee.objects.bulk_create([_addressee(row, each, due_on, at.date()) for each in held])
    record(verb="open_round", subject=_named(row), by=by.account, at=at, because="", detail={"bodies": [each.body for each in held], "questions": questions})
    return row


def _addressee(row: ReturnRound, asked: Asked, due_on: date | None, sent_on: date) -> Addressee:
    counted = None if due_on else foi_due(sent_on, clarified_on=None, is_unclear=False, nation=asked.nation)
    on, how = (counted.on, counted.sum) if counted else (due_on, "the day given for every body")
    return Addressee(round=row, body=asked.body, name=asked.name, nation=asked.nation, email=asked.email, sent_on=sent_on, due_on=on, due_sum=how)


@transaction.atomic
def record_answers(
    pk: int, *, answers: Mapping[str, tuple[str, str]], held: Iterable[str], on: date, version: int | None, by: Viewer, at: datetime, sent: bool = False
) -> Addressee:
    """Put what a body answered: by question (outcome, text). `sent` by the body itself needs its own right to send; else whoever runs the round.

    Raises NotAllowed, CannotReturn, ChangedMeanwhile.
    """
    rows = Addressee.objects.filter(pk=pk).select_related("round")
    row = rows.get() if version is None else unchanged(rows, version=version)
    if sent:
        require(by, "send", body=row.body)
    else:
        require(by, "run_campaign")
    if wrong := [outcome for outcome, _ in answers.values() if outcome not in OUTCOMES]:
        raise CannotReturn(f"Found the outcome {wrong[0]!r}; expected one of {', '.join(OUTCOMES)}.")
    kept = set(held)
    for question, (outcome, text) in answers.items():
        told = {"outcome": outcome, "text": text, "is_held": question in kept, "on": on, "recorded_by": by.account, "recorded_at": at}
        ReturnAnswer.objects.update_or_create(addressee=row, question=question, defaults=told)
    if version is not None:
        row.save(update_fields=["version"])
    detail = {"body": row.body, "outcomes": {question: outcome for question, (outcome, _) in answers.items()}}
    record(verb="record_answers", subject=_named(row.round), by=by.account, at=at, because="", detail=detail)
    return row


@transaction.atomic
def record_unclear(pk: int, *, on: date, clarified_on: date | None, version: int, by: Viewer, at: datetime) -> Addressee:
    """The body asked what is meant, and perhaps was told: its days are counted anew from that day. Raises NotAllowed, CannotReturn, ChangedMeanwhile."""
    require(by, "run_campaign")
    row = unchanged(Addressee.objects.filter(pk=pk).select_related("round"), version=version)
    if on < row.sent_on or (clarified_on and clarified_on < on):
        raise CannotReturn("A body asks what is meant after it was asked, and is told after that.")
    counted = foi_due(row.sent_on, clarified_on=clarified_on, is_unclear=True, nation=row.nation)
    row.unclear_on, row.clarified_on = on, clarified_on
    row.due_on, row.due_sum = (counted.on, counted.sum) if counted else (None, "the clock does not run until the request is made clear")
    row.save()
    record(verb="record_unclear", subject=_named(row.round), by=by.account, at=at, because="", detail={"body": row.body, "on": str(on)})
    return row


@transaction.atomic
def remind(pk: int, *, asks_review: bool, by: Viewer, at: datetime) -> Addressee:
    """Put that the body was reminded, or asked for an internal review. Raises NotAllowed."""
    require(by, "run_campaign")
    row = Addressee.objects.select_for_update().select_related("round").get(pk=pk)
    if asks_review:
        row.review_on = at.date()
    else:
        row.reminded_on = at.date()
    row.save(update_fields=["review_on", "reminded_on"])
    record(verb="ask_review" if asks_review else "remind", subject=_named(row.round), by=by.account, at=at, because="", detail={"body": row.body})
    return row


def _named(row: ReturnRound) -> str:
    return f"return/{row.key}"
