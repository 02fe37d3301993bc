"""Owners asked for updates, and what a body answers: by page, one-time link or spreadsheet alike."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import CannotStep, ask
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries.office import successors_on
from opencompact.promises.actions.ledger import record_update
from opencompact.promises.queries import ledger as queries
from opencompact.promises.rules.commitments import DELIVERY, STEPS, CannotUpdate
from opencompact.web.asking.kinds import Kind
from opencompact.web.office import Asked

QUESTIONS = (
    Question("delivery", "Where it stands", "choice", choices=tuple((word, DELIVERY[word]) for word in STEPS), help="Leave it empty where nothing moved."),
    Question("text", "What happened since the last update, or why nothing did", "text", required=True),
    Question("due_on", "New day it is due, if that moves", "day"),
    Question("held_text", "Anything the office should know that is not published", "text", held=True),
)
# That a body is asked is shared among those who work on the agreement, so what is asked about is shown as far as they all see it.
_OFFICE = Viewer(grants=(Grant("lead"),))
ASKING = (Question("due_on", "An answer by", "day", required=True, help="After that day silence is published as silence."),)


def too_soon(answers: Mapping[str, str], *, today: date) -> list[Refusal]:
    """The refusal of a day that gives no time to answer; none where it does."""
    return [] if date.fromisoformat(answers["due_on"]) > today else [Refusal("due_on", answers["due_on"], "a day after today")]


def _questions(_: Ask) -> tuple[Question, ...]:
    return QUESTIONS


def _known(ask: Ask) -> Mapping[str, str]:
    """Nothing is claimed for the body: only the day that stands is filled in."""
    held = queries.commitment(_OFFICE, _key(ask))
    return {"due_on": str(held.state.due_on)} if held and held.state.due_on else {}


def _key(ask: Ask) -> str:
    """The commitment asked about: the subject is its key and the day an answer is due, so that each asking stands alone."""
    return ask.subject.partition("/")[0]


def _read_first(ask: Ask) -> tuple[str, ...]:
    held = queries.commitment(_OFFICE, _key(ask))
    return (held.row.title, held.row.text, f"Where it stands: {DELIVERY[held.state.delivery].lower()}.") if held else ()


@transaction.atomic
def ask_owners(who: Asked, held: queries.Line | queries.Shown, *, due_on: date) -> int:
    """Ask each owner of a commitment, or who answers for it now, for an update by a day; gives how many were asked. Raises NotAllowed."""
    bodies = sorted({body for owner in held.owners for body in successors_on(owner.body, on=who.today)})
    for body in bodies:
        # silence is published with its title, so the title names only what is public
        title = f"An update of: {held.row.title}" if held.row.visibility == "public" else "An update of a commitment that is not published"
        subject = f"{held.row.key}/{due_on}"
        ask(body, kind="update", subject=subject, title=title, due_on=due_on, by=who.viewer, at=who.at, because="an update is wanted")
    return len(bodies)


def _take(submission: Submission, by: Viewer, at: datetime) -> None:
    answers = submission.answers
    due = date.fromisoformat(answers["due_on"]) if "due_on" in answers else None
    try:
        record_update(
            _key(submission.ask),
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
    except CannotUpdate as refusal:  # the commitment moved since it was drafted
        raise CannotStep(f"{refusal} Send the answer back to be changed.") from refusal


KINDS = {"update": Kind("An update of a commitment", _questions, _known, _take, _read_first)}
