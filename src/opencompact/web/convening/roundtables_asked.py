"""What a body answers after a roundtable: its reply to a point, and later what changed because of it."""

from collections.abc import Mapping
from datetime import datetime

from opencompact.accounts.rules import Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries.roundtables import Point
from opencompact.web.asking.kinds import Kind

_HELD = Question("held_text", "Anything the office should know that is not published", "text", held=True)


def _point(ask: Ask) -> Point | None:
    key, pk = ask.subject.split("/")[:2]
    return queries.point(key, int(pk))


def _reply_questions(ask: Ask) -> tuple[Question, ...]:
    point = _point(ask)
    return (
        Question("reply", "Your reply", "text", required=True, help=f"The point: {point.text}" if point else ""),
        Question("changed", "What has changed because of it, if anything has", "text"),
        _HELD,
    )


def _change_questions(ask: Ask) -> tuple[Question, ...]:
    point = _point(ask)
    said = f"The point: {point.text} Your reply: {point.reply}" if point else ""
    return Question("changed", "What has changed since, or that nothing has and why", "text", required=True, help=said), _HELD


def _nothing(_: Ask) -> Mapping[str, str]:
    return {}


def _known_change(ask: Ask) -> Mapping[str, str]:
    """What was told before is filled in, to be added to."""
    point = _point(ask)
    return {"changed": point.changed} if point and point.changed else {}


def _reply(submission: Submission, by: Viewer, at: datetime) -> None:
    pk = int(submission.ask.subject.split("/")[1])
    actions.reply(pk, text=submission.answers["reply"], by=by, at=at)
    if "changed" in submission.answers:
        actions.tell_change(pk, text=submission.answers["changed"], by=by, at=at)


def _change(submission: Submission, by: Viewer, at: datetime) -> None:
    actions.tell_change(int(submission.ask.subject.split("/")[1]), text=submission.answers["changed"], by=by, at=at)


KINDS = {
    "point_reply": Kind("A reply to a point made at a roundtable", _reply_questions, _nothing, _reply),
    "point_change": Kind("What changed after a point", _change_questions, _known_change, _change),
}
