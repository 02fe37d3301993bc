"""Letters that ask for evidence, and their answers."""

from datetime import date

import pytest
from tests.judgement.invented import AUDITOR, CELL, LEAD, audit_round
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import Grant, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.asking.models import Ask
from opencompact.judgement.actions import audits_letters as letters
from opencompact.judgement.models import Letter

pytestmark = pytest.mark.django_db
DUE = date(2031, 5, 28)


def letter(text: str = "Please send your list.", body: str = EXAMPLES, by: Viewer = AUDITOR) -> Letter:
    return letters.send_letter("audit", "lead", body, text=text, due_on=DUE, how_counted="counted", by=by, at=AT, because="")


def answer(by: Viewer, subject: str = "") -> Letter:
    told = {"text": "We keep one.", "address": "https://example.org/list", "held_text": "Held.", "because": "", "subject": subject}
    return letters.answer_letter(*CELL, number=1, by=by, at=AT, **told)


def test_letter_is_an_ask_and_the_next_is_another() -> None:
    audit_round()
    assert [str(letter()), str(letter())] == [f"letter 1 to {EXAMPLES}", f"letter 2 to {EXAMPLES}"]
    assert sorted(Ask.objects.values_list("kind", "subject", "due_on")) == [(letters.KIND, "audit/lead/1", DUE), (letters.KIND, "audit/lead/2", DUE)]


def test_answer_stands_beside_the_letter_once() -> None:
    audit_round()
    letter()
    row = answer(LEAD)
    assert (row.answer, row.address, row.held_answer, row.answered_by) == ("We keep one.", "https://example.org/list", "Held.", LEAD.account)
    with pytest.raises(CannotStep, match="has its answer already"):
        answer(LEAD)


def test_one_time_link_answers_only_what_it_was_made_for() -> None:
    audit_round()
    letter()
    subject = f"ask/{letters.KIND}/audit/lead/1/{EXAMPLES}"
    link = Viewer("link-1", (Grant("official", EXAMPLES),), only=subject)
    with pytest.raises(NotAllowed):
        answer(link, "ask/another")
    assert answer(link, subject).answered_by == "link-1"


def test_only_auditors_write_and_only_the_body_answers() -> None:
    audit_round()
    with pytest.raises(NotAllowed):
        letter(by=viewer("central"))
    letter()
    for by in (AUDITOR, viewer("lead", SAMPLES)):
        with pytest.raises(NotAllowed):
            answer(by)


def test_letter_without_words_or_to_a_body_not_looked_at_is_refused() -> None:
    audit_round(bodies=(SAMPLES,))
    with pytest.raises(CannotStep, match="does not look at"):
        letter()
    with pytest.raises(CannotStep, match="Nothing is written for letter"):
        letter(text=" ", body=SAMPLES)
