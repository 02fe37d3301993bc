"""A file of authorities, XLSX or CSV, taken into a campaign: new ones onto its list, answers of those on it as their replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from opencompact.asking.actions import CannotStep
from opencompact.judgement.actions import campaigns as actions
from opencompact.judgement.actions.returns import Asked as Authority
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.queries.returns import ReturnRound
from opencompact.judgement.rules.campaigns_sheet import Authority as Row
from opencompact.judgement.rules.campaigns_sheet import Trouble, read_sheet
from opencompact.judgement.rules.returns import OUTCOMES
from opencompact.registry import load_catalogue
from opencompact.values.clocks import NATIONS
from opencompact.web.given_rows import rows_of
from opencompact.web.judgement.returns_sets import questions_of
from opencompact.web.office import Asked

MOST_ROWS = 5_000


@dataclass(frozen=True)
class Taken:
    """What a file brought: authorities that were new, replies recorded, and what could not be read."""

    new: int
    replies: int
    troubles: Sequence[Trouble]


def read_list(content: bytes, name: str, *, questions: str) -> tuple[list[Row], list[Trouble]]:
    """The authorities of a file, and what could not be read; raises CannotReadRows."""
    headers = {str(term["field"]): [str(each) for each in term["headers"]] for term in load_catalogue().vocabularies["campaign-columns"].terms}
    return read_sheet(rows_of(content, name, most=MOST_ROWS), headers=headers, questions=questions_of(questions), nations=NATIONS)


def authorities(rows: Sequence[Row]) -> list[Authority]:
    """Whom the rows say to ask."""
    return [Authority(slugify(row.name)[:120], row.name, row.nation, row.email) for row in rows]


@transaction.atomic
def take(who: Asked, row: ReturnRound, content: bytes, name: str) -> Taken:
    """Take a file into a campaign; raises CannotReadRows, NotAllowed."""
    rows, troubles = read_list(content, name, questions=row.questions)
    new = actions.add_authorities(row.key, authorities(rows), by=who.viewer, at=who.at)
    states = {line.row.body: line.row for line in queries.lines(who.viewer, row, asked=(), today=who.today)}
    replies = 0
    for each in (each for each in rows if each.answers):
        its = states[slugify(each.name)[:120]]
        try:
            _reply(who, row, each, its.body, its.version, its.state)
            replies += 1
        except CannotStep as refusal:
            troubles.append(Trouble(each.row, "replied_on", str(each.replied_on or ""), str(refusal)))
    return Taken(new, replies, troubles)


@transaction.atomic
def _reply(who: Asked, row: ReturnRound, each: Row, body: str, version: int, state: str) -> None:
    """Put a reply; an authority that was not asked yet counts as asked on the day the campaign opened."""
    if state == "unsent":
        version = actions.send_request(row.key, body, on=row.opened_on, version=version, by=who.viewer, at=who.at).version
    held = [question.name for question in questions_of(row.questions) if question.held]
    on: date = each.replied_on or who.today
    actions.record_reply(row.key, body, answers=told(each.answers), held=held, on=on, version=version, by=who.viewer, at=who.at)


def told(answers: dict[str, str] | object) -> dict[str, tuple[str, str]]:
    """Answers as (outcome, text): the words of an outcome stand for it."""
    held = answers if isinstance(answers, dict) else {}
    return {name: (text, "") if text in OUTCOMES and text != "answered" else ("answered", text) for name, text in held.items()}
