"""The data return as a body answers it: filled in from what the release and its own last return know, each with where it is from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import named
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.rules.returns import OUTCOMES
from opencompact.web.asking.kinds import Kind
from opencompact.web.judgement import returns_known
from opencompact.web.judgement import returns_tables as tables
from opencompact.web.judgement.returns_sets import STANDING, asked_of, names_of, questions_of

INSTEAD = "Figures, or the words: not held; refused on cost. Left empty it counts as not answered."


def _questions(ask: Ask) -> tuple[Question, ...]:
    """Those of the round, each saying where what is filled in is from."""
    row = queries.return_round(ask.subject)
    origins = returns_known.filled(ask.body, row.year).origins if row else {}
    asked = questions_of(row.questions if row else STANDING)
    return tuple(replace(each, help=" ".join(filter(None, (each.help, origins.get(each.name, ""), "" if each.held else INSTEAD)))) for each in asked)


def _known(ask: Ask) -> Mapping[str, str]:
    row = queries.return_round(ask.subject)
    return returns_known.filled(ask.body, row.year).answers if row else {}


def _take(submission: Submission, by: Viewer, at: datetime) -> None:
    """Each answer as it was sent; a question left empty stays without an answer: missing is no `not held`, and no nought."""
    ask = submission.ask
    row = queries.return_round(ask.subject)
    asked = questions_of(row.questions if row else STANDING)
    told = {name: (text, "") if text in OUTCOMES else ("answered", text) for name, text in submission.answers.items()}
    actions.take_return(
        ask.subject,
        ask.body,
        answers=told,
        held=[question.name for question in asked if question.held],
        by=by,
        at=at,
        because=f"cleared by {submission.cleared_by_name}, {submission.cleared_by_post}",
        subject=named(ask),
    )


def _read_first(ask: Ask) -> Sequence[str]:
    """What the body answered last time, to compare with: it is not filled in, since a year's answers are of that year alone."""
    row = queries.return_round(ask.subject)
    if row is None:
        return ()
    of_body = Viewer("", (Grant("official", ask.body),))
    year, then = queries.last_numbers(of_body, row, asked=names_of(row.questions), today=ask.asked_on).get(ask.body, (0, None))
    if then is None:
        return (f"For the financial year {returns_known.year_words(row.year)}. No earlier return of yours is held.",)
    told = [f"{each.label}: {tables.plain(then, each)}" for each in asked_of(row.questions) if each.name in then.answers]
    return (f"For the financial year {returns_known.year_words(row.year)}. In your last return, for {returns_known.year_words(year)}, you said:", *told)


KINDS = {actions.KIND: Kind("The yearly data return", _questions, _known, _take, _read_first)}
