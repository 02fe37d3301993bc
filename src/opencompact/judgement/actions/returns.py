"""What is done about the standing return: a year's round opened, and each body's answers taken as it sent them; in the audit trail."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import record
from opencompact.judgement.actions.trail import needed
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound
from opencompact.judgement.rules.returns import OUTCOMES

KIND = "data_return"


@dataclass(frozen=True)
class Asked:
    """A body to ask: its slug, name, nation (whose bank holidays count) and where the letter goes."""

    body: str
    name: str
    nation: str = "england-and-wales"
    email: str = ""


@transaction.atomic
def open_return(
    key: str, *, title: str, questions: str, year: int, bodies: Collection[Asked], due_on: date, by: Viewer, at: datetime, because: str = ""
) -> ReturnRound:
    """Open the standing return of a financial year; the door asks each body, in the same transaction. Raises NotAllowed, CannotStep."""
    require(by, "open_return")
    needed(title=title)
    if due_on < localdate(at):
        raise CannotStep(f"Found {due_on:%-d %B %Y} as the day it is due; expected today or a day to come.")
    if ReturnRound.objects.filter(kind="return", questions=questions, year=year).exists():
        raise CannotStep(f"The return of {year} is open already: there is one a year.")
    row = put_round(key, title=title, kind="return", questions=questions, year=year, letter="", bodies=bodies, by=by, at=at, because=because)
    row.addressees.update(state="sent", sent_on=localdate(at), due_on=due_on, due_sum="the day set for every body")
    return row


def put_round(
    key: str, *, title: str, kind: str, questions: str, year: int, letter: str, bodies: Collection[Asked], by: Viewer, at: datetime, because: str
) -> ReturnRound:
    """Put a round and everybody it asks, nobody asked yet; for actions that checked who may. Raises CannotStep."""
    slugs = [each.body for each in bodies]
    if not slugs or len(set(slugs)) < len(slugs):
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        raise CannotStep(f"{', '.join(twice)} stands twice: each is asked once." if twice else "Nobody is asked: name at least one body.")
    if ReturnRound.objects.filter(key=key).exists():
        raise CannotStep(f"There is a round {key} already; give this one another title.")
    today = localdate(at)
    row = ReturnRound.objects.create(
        key=key, title=title.strip(), kind=kind, questions=questions, year=year, letter=letter, opened_on=today, opened_by=by.account, opened_at=at
    )
    Addressee.objects.bulk_create([addressee_of(row, each) for each in bodies])
    record(verb="open_return_round", subject=named(row), by=by.account, at=at, because=because, detail={"bodies": slugs, "questions": questions, "year": year})
    return row


def addressee_of(row: ReturnRound, asked: Asked) -> Addressee:
    """The row of a body nobody asked yet; not saved."""
    return Addressee(round=row, body=asked.body, name=asked.name, nation=asked.nation, email=asked.email, state="unsent", due_sum="not sent yet")


@transaction.atomic
def take_return(
    key: str, body: str, *, answers: Mapping[str, tuple[str, str]], held: Iterable[str], by: Viewer, at: datetime, because: str, subject: str = ""
) -> Addressee:
    """Put what a body sent: by question (outcome, text); a question it left empty stays without an answer.

    `subject` is the ask a one-time link was made for. Raises NotAllowed, CannotStep.
    """
    require(by, "send", body=body, subject=subject)
    row = Addressee.objects.select_for_update().select_related("round").get(round__key=key, body=body)
    if row.round.kind != "return" or row.state != "sent":
        raise CannotStep("This return was sent already. What was sent stands; ask the central team to put right what is wrong in it.")
    row.state, row.replied_on, row.version = "replied", localdate(at), row.version + 1
    row.save()
    put_answers(row, answers=answers, held=held, on=localdate(at), by=by, at=at)
    detail = {"body": body, "outcomes": {question: outcome for question, (outcome, _) in answers.items()}}
    record(verb="take_return", subject=named(row.round), by=by.account, at=at, because=because, detail=detail)
    return row


def put_answers(row: Addressee, *, answers: Mapping[str, tuple[str, str]], held: Iterable[str], on: date, by: Viewer, at: datetime) -> None:
    """Put answers in the place of those that stand; for actions that checked who may. Raises CannotStep for an outcome that is none."""
    if wrong := [outcome for outcome, _ in answers.values() if outcome not in OUTCOMES]:
        raise CannotStep(f"Found the outcome {wrong[0]!r}; expected one of {', '.join(OUTCOMES)}.")
    kept = set(held)
    for question, (outcome, text) in answers.items():
        told = {"outcome": outcome, "text": text, "is_held": question in kept, "on": on, "recorded_by": by.account, "recorded_at": at}
        ReturnAnswer.objects.update_or_create(addressee=row, question=question, defaults=told)


def named(row: ReturnRound) -> str:
    """What the audit trail calls a round."""
    return f"return/{row.key}"
