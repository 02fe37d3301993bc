"""What pages ask of returns and campaigns: each body's response and answers as the viewer may see them, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from opencompact.accounts.rules import Viewer, may, sees
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound
from opencompact.judgement.rules.returns import response

__all__ = ["Addressee", "Line", "ReturnAnswer", "ReturnRound"]  # the rows, so that a door can name them


@dataclass(frozen=True)
class Line:
    """One body of a round: its row, its response, and its answers by question."""

    row: Addressee
    response: str
    answers: Mapping[str, ReturnAnswer]

    def number(self, question: str) -> Decimal | None:
        """The answer as a number; none where there is none."""
        held = self.answers.get(question)
        return Decimal(held.text) if held and held.outcome == "answered" else None

    def answered(self, questions: Sequence[str]) -> int:
        """How many of the questions have an answer."""
        return sum(name in self.answers and self.answers[name].outcome == "answered" for name in questions)


def rounds(kind: str) -> QuerySet[Any]:
    """Rounds of a kind, the latest first, each with how many are `asked` and how many `replied`; public."""
    counted: QuerySet[Any] = ReturnRound.objects.filter(kind=kind).annotate(
        asked=Count("addressees"), replied=Count("addressees", filter=Q(addressees__replied_on__isnull=False)), last_due_on=Max("addressees__due_on")
    )
    return counted.order_by("-year", "-opened_on", "pk")


def return_round(key: str, *, kind: str = "return") -> ReturnRound | None:
    """One of them."""
    return ReturnRound.objects.filter(key=key, kind=kind).first()


def lines(viewer: Viewer, row: ReturnRound, *, asked: Sequence[str], today: date, bodies: Sequence[str] = ()) -> list[Line]:
    """Every body of a round by name, or those named, in two queries; held answers and addresses left out but for those who may see them."""
    found = row.addressees.filter(body__in=list(bodies)) if bodies else row.addressees.all()
    rows = {each.pk: _masked(viewer, each) for each in found.order_by("name", "pk")}
    answers: dict[int, dict[str, ReturnAnswer]] = {pk: {} for pk in rows}
    wanted = ReturnAnswer.objects.filter(addressee__round=row)
    for answer in (wanted.filter(addressee__body__in=list(bodies)) if bodies else wanted).order_by("pk"):
        if answer.addressee_id in rows and (not answer.is_held or sees(viewer, "held", bodies={rows[answer.addressee_id].body})):
            answers[answer.addressee_id][answer.question] = answer
    return [_line(each, answers[pk], asked, today) for pk, each in rows.items()]


def _masked(viewer: Viewer, row: Addressee) -> Addressee:
    """An address of somebody is for those who write to it; the row must not be saved."""
    if not may(viewer, "run_campaign"):
        row.email = ""
    return row


def _line(row: Addressee, answers: Mapping[str, ReturnAnswer], asked: Sequence[str], today: date) -> Line:
    outcomes = [answer.outcome for name, answer in answers.items() if name in asked]
    said = response(len(asked), outcomes, has_replied=row.replied_on is not None, due_on=row.due_on, today=today, is_sent=row.state != "unsent")
    return Line(row, said, answers)


def line(viewer: Viewer, row: ReturnRound, body: str, *, asked: Sequence[str], today: date) -> Line | None:
    """One body of a round; none where it is not asked."""
    return next(iter(lines(viewer, row, asked=asked, today=today, bodies=(body,))), None)


def last_numbers(viewer: Viewer, row: ReturnRound, *, asked: Sequence[str], today: date) -> dict[str, tuple[int, Line]]:
    """Of each body of a standing return, its own return of the latest earlier year in which it answered anything, with that year; in two queries."""
    earlier = ReturnAnswer.objects.filter(
        addressee__round__kind="return", addressee__round__questions=row.questions, addressee__round__year__lt=row.year, is_held=False
    )
    found: dict[str, tuple[int, Addressee, dict[str, ReturnAnswer]]] = {}
    for answer in earlier.select_related("addressee__round").order_by("addressee__round__year", "pk"):
        its, year = answer.addressee, answer.addressee.round.year
        if its.body not in found or found[its.body][0] != year:
            found[its.body] = (year, _masked(viewer, its), {})
        found[its.body][2][answer.question] = answer
    return {body: (year, _line(its, answers, asked, today)) for body, (year, its, answers) in found.items()}


def last_answers(viewer: Viewer, bodies: Sequence[str], *, questions: Sequence[str]) -> dict[tuple[str, str], str]:
    """What each body answered to the questions in the last standing return in which it answered any: (body, question) → the text; in one query."""
    rows = ReturnAnswer.objects.filter(addressee__body__in=list(bodies), addressee__round__kind="return", question__in=list(questions), outcome="answered")
    last: dict[str, tuple[int, dict[str, str]]] = {}
    for answer in rows.select_related("addressee__round").order_by("addressee__round__year", "pk"):
        body, year = answer.addressee.body, answer.addressee.round.year
        if answer.is_held and not sees(viewer, "held", bodies={body}):
            continue
        if last.get(body, (0, {}))[0] != year:
            last[body] = (year, {})
        last[body][1][answer.question] = answer.text
    return {(body, question): text for body, (_, said) in last.items() for question, text in said.items()}
