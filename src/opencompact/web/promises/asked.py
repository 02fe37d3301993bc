"""What a body answers when it is asked for an update: by page, one-time link or spreadsheet alike."""

from collections.abc import Mapping
from datetime import date, datetime

from opencompact.accounts.rules import PUBLIC, Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.promises.actions.ledger import record_update
from opencompact.promises.queries import ledger as queries
from opencompact.promises.rules.commitments import DELIVERY, STEPS
from opencompact.web.asking.kinds import Kind

QUESTIONS = (
    Question("delivery", "Where it stands", "choice", choices=tuple((word, DELIVERY[word]) for word in STEPS), help="Leave it empty where nothing moved."),
    Question("text", "What happened since the last update, or why nothing did", "text", required=True),
    Question("due_on", "New day it is due, if that moves", "day"),
    Question("held_text", "Anything the office should know that is not published", "text", held=True),
)


def _questions(_: Ask) -> tuple[Question, ...]:
    return QUESTIONS


def _known(ask: Ask) -> Mapping[str, str]:
    """Nothing is claimed for the body: only the day that stands is filled in."""
    held = queries.commitment(PUBLIC, ask.subject)
    return {"due_on": str(held.state.due_on)} if held and held.state.due_on else {}


def _take(submission: Submission, by: Viewer, at: datetime) -> None:
    answers = submission.answers
    due = date.fromisoformat(answers["due_on"]) if "due_on" in answers else None
    record_update(
        submission.ask.subject,
        body=submission.ask.body,
        on=at.date(),
        text=answers["text"],
        held_text=answers.get("held_text", ""),
        delivery=answers.get("delivery", ""),
        due_on=due,
        by=by,
        at=at,
        because=f"cleared by {submission.cleared_by_name}",
    )


KINDS = {"update": Kind("An update of a commitment", _questions, _known, _take)}
