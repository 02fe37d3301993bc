"""The data return as a body answers it: filled in from what the release and last year's return know."""

from collections.abc import Mapping
from datetime import date, datetime

from opencompact.accounts.rules import PUBLIC, Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.queries import returns as queries
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import known_of_year
from opencompact.registry import load_catalogue
from opencompact.web.asking.kinds import Kind
from opencompact.web.showing import in_force

APRIL = 4  # the financial year of public bodies begins in April


def questions_of(name: str) -> tuple[Question, ...]:
    """The questions of a set, in their order."""
    terms = [term for term in load_catalogue().vocabularies["return-questions"].terms if term["set"] == name]
    return tuple(Question(str(term["name"]), str(term["label"]), term["kind"], held=bool(term["held"])) for term in terms)


def sets() -> dict[str, str]:
    """The sets of questions there are."""
    return {str(term["set"]): str(term["set"]).capitalize() for term in load_catalogue().vocabularies["return-questions"].terms}


def known(body: str, year: int) -> Mapping[str, str]:
    """What the release in force says of a body's financial year: nothing of what it does not hold, so that nobody is told a nought."""
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return {}
    return known_of_year(con, body=body, first=date(year, APRIL, 1), last=date(year + 1, APRIL - 1, 31))


def _questions(ask: Ask) -> tuple[Question, ...]:
    row = queries.return_round(ask.subject)
    return questions_of(row.questions if row else "standing")


def _known(ask: Ask) -> Mapping[str, str]:
    row = queries.return_round(ask.subject)
    return known(ask.body, row.year) if row else {}


def _take(submission: Submission, by: Viewer, at: datetime) -> None:
    """Every question left empty stands as not held: the body had it before it and sent none."""
    row = queries.return_round(submission.ask.subject)
    if row is None:
        return
    asked = questions_of(row.questions)
    line = next(
        each for each in queries.lines(PUBLIC, row, asked=[question.name for question in asked], today=at.date()) if each.row.body == submission.ask.body
    )
    told = {
        question.name: ("answered", submission.answers[question.name]) if question.name in submission.answers else ("not_held", "")
        for question in asked
        if question.name in submission.answers or not question.held
    }
    held = [question.name for question in asked if question.held]
    actions.record_answers(line.row.pk, answers=told, held=held, on=at.date(), version=None, by=by, at=at, sent=True)


KINDS = {"data_return": Kind("The yearly data return", _questions, _known, _take)}
