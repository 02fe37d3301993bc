"""What bodies answer around a meeting: the return before it, whether they come, and whether its minutes are right."""

from collections.abc import Mapping
from datetime import datetime

from opencompact.accounts.rules import PUBLIC, Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.convening.actions import meetings as actions
from opencompact.convening.rules.meetings import ATTENDANCE
from opencompact.promises.queries import ledger
from opencompact.registry import load_catalogue
from opencompact.web.asking.kinds import Kind

COMING = (
    Question("answer", "Do you come?", "choice", required=True, choices=tuple(ATTENDANCE.items())[:3]),
    Question("who", "Who comes", "line", held=True),
)
RIGHT = (Question("agrees", "Are the minutes right?", "yes_no", required=True), Question("text", "What should change", "text", held=True))


def _return(_: Ask) -> tuple[Question, ...]:
    return tuple(Question(**term) for term in load_catalogue().vocabularies["meeting-return-questions"].terms)


def _known_return(ask: Ask) -> Mapping[str, str]:
    """What the ledger says of the body's own commitments is filled in, to be kept or changed."""
    rows = ledger.owned_by(ledger.commitments(PUBLIC), [ask.body]).exclude(delivery_now="not_started").order_by("key")[:10]
    said = [f"{line.row.title}: {line.state.delivery.replace('_', ' ')}" for line in ledger.lines(list(rows))]
    return {"done": "\n".join(said)} if said else {}


def _nothing(_: Ask) -> Mapping[str, str]:
    return {}


def _keep(submission: Submission, by: Viewer, at: datetime) -> None:
    """A return stands as it was sent; the cockpit and the meeting read it there."""


def _coming(submission: Submission, by: Viewer, at: datetime) -> None:
    told = submission.answers
    actions.answer_invitation(submission.ask.subject, body=submission.ask.body, answer=told["answer"], who=told.get("who", ""), by=by, at=at)


def _right(submission: Submission, by: Viewer, at: datetime) -> None:
    told = submission.answers
    actions.say_of_minutes(submission.ask.subject, body=submission.ask.body, agrees=told["agrees"] == "yes", text=told.get("text", ""), by=by, at=at)


KINDS = {
    "meeting_return": Kind("The return before a meeting", _return, _known_return, _keep),
    "attendance": Kind("Whether you come to a meeting", lambda _: COMING, _nothing, _coming),
    "minutes_agreement": Kind("Whether the minutes are right", lambda _: RIGHT, _nothing, _right),
}
