"""What a body answers to an audit: its reply to a finding, and the evidence a letter asks for; by page, one-time link or spreadsheet alike."""

from collections.abc import Mapping
from datetime import datetime

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import named
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import audits, audits_letters
from opencompact.judgement.queries import audits as queries
from opencompact.web.asking.kinds import Kind
from opencompact.web.judgement.audits_grades import grade
from opencompact.web.words import day


def _of_body(ask: Ask) -> Viewer:
    """Somebody of the body that is asked: the questions show no more than the body may see."""
    return Viewer("", (Grant("official", ask.body),))


def _cell(ask: Ask) -> queries.Cell | None:
    round_key, recommendation, _ = ask.subject.split("/")
    return queries.cell(_of_body(ask), round_key, recommendation, ask.body)


def _reply_questions(ask: Ask) -> tuple[Question, ...]:
    held = _cell(ask)
    row = held.finding if held else None
    found = f"We found, on evidence up to {day(row.cut_off_on)}: {row.text} Grade: {grade(row.grade).label}. {grade(row.grade).rule}" if row else ""
    return (
        Question("reply", "Your reply to the finding", "text", required=True, help=found),
        Question("held_reply", "Anything the office should know that is not published", "text", held=True),
    )


def _evidence_questions(ask: Ask) -> tuple[Question, ...]:
    held = _cell(ask)
    about = held.recommendation.text if held else ""
    return (
        Question("answer", "What has been done about it, since when, and who answers for it", "text", required=True, held=True, help=about),
        Question("address", "Where the papers or pages stand that show it", "address", held=True),
        Question("held_answer", "Anything else for the auditors alone", "text", held=True),
    )


def _known(_: Ask) -> Mapping[str, str]:
    """Nothing is written for the body."""
    return {}


def _take_reply(submission: Submission, by: Viewer, at: datetime) -> None:
    ask, answers = submission.ask, submission.answers
    round_key, recommendation, sending = ask.subject.split("/")
    audits.reply(
        round_key,
        recommendation,
        ask.body,
        sending=int(sending),
        text=answers["reply"],
        held_text=answers.get("held_reply", ""),
        by=by,
        at=at,
        because=f"cleared by {submission.cleared_by_name}, {submission.cleared_by_post}",
        subject=named(ask),
    )


def _take_evidence(submission: Submission, by: Viewer, at: datetime) -> None:
    ask, answers = submission.ask, submission.answers
    round_key, recommendation, number = ask.subject.split("/")
    audits_letters.answer_letter(
        round_key,
        recommendation,
        ask.body,
        number=int(number),
        text=answers["answer"],
        address=answers.get("address", ""),
        held_text=answers.get("held_answer", ""),
        by=by,
        at=at,
        because=f"cleared by {submission.cleared_by_name}, {submission.cleared_by_post}",
        subject=named(ask),
    )


KINDS = {
    audits.KIND: Kind("A reply to an audit's finding", _reply_questions, _known, _take_reply),
    audits_letters.KIND: Kind("Evidence for an audit", _evidence_questions, _known, _take_evidence),
}
