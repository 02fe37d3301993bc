"""What a body answers to an audit and to a verdict: what it is shown, and what becomes of what it sends."""

from collections.abc import Mapping

import pytest
from tests.judgement.invented import AUDITOR, CELL, LEAD, audit_round, put, sent
from tests.office import AT, EXAMPLES, viewer

from opencompact.accounts.rules import Viewer
from opencompact.asking import actions as asking
from opencompact.asking.models import Ask, Submission
from opencompact.judgement.actions import audits_letters
from opencompact.judgement.models import Finding, Letter, Round, Verdict
from opencompact.web.asking.kinds import kinds

pytestmark = pytest.mark.django_db


def answered(given: Mapping[str, str], *, by: Viewer = LEAD, official: Viewer | None = None) -> Submission:
    """The ask that stands, drafted, cleared, sent and taken."""
    ask = Ask.objects.get()
    kind = kinds()[ask.kind]
    row = asking.draft(ask, given=given, questions=kind.questions(ask), version=None, by=by, at=AT)
    row = asking.clear(row, name="Sample Official", post="Director", version=row.version, by=official or viewer("official"), at=AT)
    row = asking.send(row, version=row.version, by=by, at=AT)
    kind.take(row, by, AT)
    return row


def test_reply_to_a_finding_is_asked_beside_its_words_and_taken() -> None:
    audit_round()
    sent()
    kind, ask = kinds()["finding_reply"], Ask.objects.get()
    first = kind.questions(ask)[0]
    assert ("Some was done." in first.help, "Grade: Limited." in first.help, "zq-held" in first.help, kind.known(ask)) == (True, True, False, {})
    answered({"reply": "We did more.", "held_reply": "Held words."})
    row = Finding.objects.get()
    assert (row.state, row.reply, row.held_reply, row.steps.order_by("-pk")[0].because) == (
        "replied",
        "We did more.",
        "Held words.",
        "cleared by Sample Official, Director",
    )


def test_one_time_link_replies_without_an_account() -> None:
    audit_round()
    sent()
    token = asking.make_link(Ask.objects.get(), email="somebody@example.org", role="official", by=AUDITOR, at=AT)
    _, by = asking.open_link(token, at=AT)
    answered({"reply": "We did more."}, by=by, official=by)
    assert (Finding.objects.get().state, Finding.objects.get().replied_by) == ("replied", by.account)


def test_finding_taken_back_shows_nothing_of_it() -> None:
    audit_round()
    sent()
    ask = Ask.objects.get()
    Finding.objects.all().delete()
    assert kinds()["finding_reply"].questions(ask)[0].help == ""


def test_evidence_for_a_letter_is_taken() -> None:
    audit_round()
    audits_letters.send_letter(*CELL, text="Please send.", due_on=AT.date(), how_counted="counted", by=AUDITOR, at=AT, because="")
    kind, ask = kinds()[audits_letters.KIND], Ask.objects.get()
    assert (kind.questions(ask)[0].help, kind.known(ask), {question.held for question in kind.questions(ask)}) == ("Name one official.", {}, {True})
    answered({"answer": "We keep one.", "address": "https://example.org/list", "held_answer": "Held."})
    row = Letter.objects.get()
    assert (row.answer, row.address, row.held_answer) == ("We keep one.", "https://example.org/list", "Held.")


def test_reply_to_a_verdict_is_asked_beside_its_words_and_taken() -> None:
    put()
    kind, ask = kinds()["verdict_reply"], Ask.objects.get()
    first = kind.questions(ask)[0]
    assert ("Proposed: Unexplained." in first.help, "No reason was found." in first.help, kind.known(ask)) == (True, True, {})
    answered({"reply": "We gave one.", "held_reply": "Held words."})
    row = Verdict.objects.get()
    assert (row.state, row.body, row.reply, row.held_reply) == ("replied", EXAMPLES, "We gave one.", "Held words.")


def test_verdict_taken_back_shows_nothing_of_it() -> None:
    put()
    ask = Ask.objects.get()
    Verdict.objects.all().delete()
    assert kinds()["verdict_reply"].questions(ask)[0].help == ""


def test_evidence_for_a_round_that_is_gone_is_asked_without_words() -> None:
    audit_round()
    audits_letters.send_letter(*CELL, text="Please send.", due_on=AT.date(), how_counted="counted", by=AUDITOR, at=AT, because="")
    ask = Ask.objects.get()
    Round.objects.all().delete()
    assert kinds()[audits_letters.KIND].questions(ask)[0].help == ""
