"""What pages ask of returns and campaigns: each body's response and answers as the viewer may see them, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from opencompact.accounts.rules import Viewer, sees
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound
from opencompact.judgement.rules.returns import response

__all__ = ["Addressee", "ReturnAnswer", "ReturnRound"]  # the rows, so that a door can name them


@dataclass(frozen=True)
class Line:
    """One body of a round: its row, its response, and its answers by question."""

    row: Addressee
    response: str
    answers: Mapping[str, ReturnAnswer]

    def number(self, question: str) -> Decimal | None:
        """The answer as a number; none where there is none."""
        held = self.answers.get(question)
        return Decimal(held.text) if held and held.outcome == "answered" and held.text else None


def rounds(kind: str) -> QuerySet[ReturnRound]:
    """Rounds of a kind, the latest first; public."""
    return ReturnRound.objects.filter(kind=kind).order_by("-year", "-opened_on", "pk")


def return_round(key: str) -> ReturnRound | None:
    """One of them."""
    return ReturnRound.objects.filter(key=key).first()


def lines(viewer: Viewer, row: ReturnRound, *, asked: Sequence[str], today: date) -> list[Line]:
    """Every body of a round by name, in two queries; held answers emptied but for those who may see them."""
    rows = list(row.addressees.order_by("name", "pk"))
    answers: dict[int, dict[str, ReturnAnswer]] = {each.pk: {} for each in rows}
    bodies = {each.pk: each.body for each in rows}
    for answer in ReturnAnswer.objects.filter(addressee__in=list(bodies)).order_by("pk"):
        if answer.is_held and not sees(viewer, "held", bodies={bodies[answer.addressee_id]}):
            continue
        answers[answer.addressee_id][answer.question] = answer
    return [_line(each, answers[each.pk], asked, today) for each in rows]


def _line(row: Addressee, answers: Mapping[str, ReturnAnswer], asked: Sequence[str], today: date) -> Line:
    outcomes = [answer.outcome for name, answer in answers.items() if name in asked]
    return Line(row, response(len(asked), outcomes, due_on=row.due_on, today=today), answers)


def addressee(pk: int) -> Addressee | None:
    """One body of a round."""
    return Addressee.objects.select_related("round").filter(pk=pk).first()


def before(row: ReturnRound) -> ReturnRound | None:
    """The standing return of the year before."""
    return ReturnRound.objects.filter(kind=row.kind, questions=row.questions, year=row.year - 1).first()
