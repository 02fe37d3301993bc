"""What a body answers to a proposed verdict, on the record; by page, one-time link or spreadsheet alike."""

from collections.abc import Mapping
from datetime import datetime

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import named
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import verdicts
from opencompact.judgement.queries import verdicts as queries
from opencompact.web.asking.kinds import Kind
from opencompact.web.words import VERDICT_MEANINGS, VERDICT_WORDS


def _questions(ask: Ask) -> tuple[Question, ...]:
    held = queries.verdict(Viewer("", (Grant("official", ask.body),)), ask.subject.rsplit("/", 1)[0])
    said = f"Proposed: {VERDICT_WORDS[held.row.grade]}. {VERDICT_MEANINGS[held.row.grade]} {held.row.text}" if held else ""
    return (
        Question("reply", "Your reply to the proposed verdict", "text", required=True, help=said),
        Question("held_reply", "Anything the office should know that is not published", "text", held=True),
    )


def _known(_: Ask) -> Mapping[str, str]:
    """Nothing is written for the body."""
    return {}


def _take(submission: Submission, by: Viewer, at: datetime) -> None:
    ask, answers = submission.ask, submission.answers
    key, putting = ask.subject.rsplit("/", 1)
    verdicts.reply(
        key,
        putting=int(putting),
        text=answers["reply"],
        held_text=answers.get("held_reply", ""),
        by=by,
        at=at,
        because=f"cleared by {submission.cleared_by_name}, {submission.cleared_by_post}",
        subject=named(ask),
    )


KINDS = {verdicts.KIND: Kind("A reply to a proposed verdict", _questions, _known, _take)}
