"""What a body owes, what it sent, who is silent: by whom it is seen, in which order, on which day."""

from datetime import date, timedelta

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, viewer

from opencompact.accounts.rules import OF_A_BODY, PUBLIC, ROLES, SEES
from opencompact.asking import actions, queries
from opencompact.asking.models import Ask
from opencompact.asking.rules.questions import Question

pytestmark = pytest.mark.django_db
CENTRAL, LEAD, OFFICIAL = viewer("central"), viewer("lead"), viewer("official")
QUESTIONS = (Question("text", "Words"),)
DUE = date(2031, 6, 2)


def asked(subject: str = "x", body: str = EXAMPLES, *, days: int = 0, kind: str = "update") -> Ask:
    due = DUE + timedelta(days=days)
    return actions.ask(body, kind=kind, subject=subject, title=subject, due_on=due, by=CENTRAL, at=AT, because="a test")


def sent(found: Ask, *, minutes: int = 0):
    at = AT + timedelta(minutes=minutes)
    row = actions.draft(found, given={"text": "Well."}, questions=QUESTIONS, version=None, by=LEAD, at=at)
    row = actions.clear(row, name="A", post="B", version=row.version, by=OFFICIAL, at=at)
    return actions.send(row, version=row.version, by=OFFICIAL, at=at)


@pytest.mark.parametrize("role", ROLES)
def test_that_a_body_was_asked_is_shared_among_those_who_work_on_the_agreement(role: str) -> None:
    asked()
    asked(body=SAMPLES)
    assert queries.asks(PUBLIC if role == "public" else viewer(role)).count() == (2 if role in SEES["shared"] else 0)


def test_asks_are_the_earliest_due_first_and_know_whether_they_are_answered() -> None:
    asked("later", days=3)
    asked("b", VOICE)
    sent(asked("a"))
    actions.withdraw_ask(asked("back", days=1), by=CENTRAL, at=AT, because="")
    assert [(row.subject, row.answered) for row in queries.asks(CENTRAL)] == [("a", True), ("b", False), ("back", False), ("later", False)]


def test_what_is_owed_is_neither_answered_nor_taken_back_and_of_the_bodies_named() -> None:
    asked("owed")
    asked("other", SAMPLES)
    sent(asked("sent"))
    actions.draft(asked("begun"), given={"text": "x"}, questions=QUESTIONS, version=None, by=LEAD, at=AT)
    actions.withdraw_ask(asked("back"), by=CENTRAL, at=AT, because="")
    assert sorted(row.subject for row in queries.owed(CENTRAL)) == ["begun", "other", "owed"]
    assert sorted(row.subject for row in queries.owed(CENTRAL, bodies=[EXAMPLES])) == ["begun", "owed"]
    assert list(queries.owed(CENTRAL, bodies=[])) == []
    assert list(queries.owed(viewer("charity"), bodies=[EXAMPLES])) == []


@pytest.mark.parametrize(("days", "subjects"), [(0, []), (1, ["x"]), (4, ["x", "y"])])
def test_silence_is_public_from_the_day_after(days: int, subjects: list[str]) -> None:
    asked("y", days=3)
    asked("x")
    sent(asked("sent"))
    today = DUE + timedelta(days=days)
    assert [row.subject for row in queries.silences(today=today)] == subjects
    assert sorted(row.subject for row in queries.silent(kind="update", subjects=["x", "y", "sent"], today=today)) == subjects
    assert list(queries.silent(kind="reply", subjects=["x"], today=today)) == []
    assert list(queries.silent(kind="update", subjects=[], today=today)) == []


def test_what_was_sent_is_the_earliest_first_of_one_kind_and_its_subjects() -> None:
    for minutes, subject in ((2, "b"), (1, "a"), (0, "c")):
        sent(asked(subject), minutes=minutes)
    sent(asked("a", kind="reply"))
    assert [row.ask.subject for row in queries.sent(kind="update", subjects=["a", "b"])] == ["a", "b"]


@pytest.mark.parametrize("role", ROLES)
def test_answer_is_seen_on_its_way_by_its_body_and_once_sent_by_whom_held_things_are(role: str) -> None:
    found, who = asked(), PUBLIC if role == "public" else viewer(role, EXAMPLES if role in OF_A_BODY else "")
    actions.draft(found, given={"text": "x"}, questions=QUESTIONS, version=None, by=LEAD, at=AT)
    assert queries.submissions(who, ask=found).count() == (role in SEES["own"])
    other = asked("other")
    sent(other)
    assert queries.submissions(who, ask=other).count() == (role in SEES["held"])
    assert queries.submissions(viewer("lead", SAMPLES), ask=other).count() == 0
