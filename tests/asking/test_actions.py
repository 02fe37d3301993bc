"""Every step of an answer by every role from every state, by account and by link; nothing is lost between two people."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import MAY, OF_A_BODY, PUBLIC, ROLES, NotAllowed
from opencompact.asking import actions, queries
from opencompact.asking.actions import CannotStep, NotAnswers
from opencompact.asking.models import Submission
from opencompact.asking.rules.questions import Question
from opencompact.asking.rules.steps import STATES, STEPS
from opencompact.audit.actions import ChangedMeanwhile

pytestmark = pytest.mark.django_db
CENTRAL, LEAD, OFFICIAL = viewer("central"), viewer("lead"), viewer("official")
QUESTIONS = (Question("text", "Words", required=True), Question("on", "Day", "day"))
DUE = date(2031, 6, 2)
RIGHTS = {"draft": "draft", "clear": "clear", "return": "clear", "send": "send"}


def asked(body: str = EXAMPLES, subject: str = "x"):
    return actions.ask(body, kind="update", subject=subject, title="How is it?", due_on=DUE, by=CENTRAL, at=AT, because="a test")


def drafted(found, text: str = "Well.", version: int | None = None):
    return actions.draft(found, given={"text": text}, questions=QUESTIONS, version=version, by=LEAD, at=AT)


def at_state(found, state: str):
    """An answer brought to a state by those who may."""
    if not state:
        return None
    row = drafted(found)
    if state == "returned":
        row = actions.send_back(row, note="Say more.", version=row.version, by=OFFICIAL, at=AT)
    if state in ("cleared", "sent"):
        row = actions.clear(row, name="A Director", post="Director", version=row.version, by=OFFICIAL, at=AT)
    if state == "sent":
        row = actions.send(row, version=row.version, by=OFFICIAL, at=AT)
    assert row.state == state
    return row


def do(verb: str, found, row, by) -> Submission:
    version = row.version if row else 0
    if verb == "draft":
        return actions.draft(found, given={"text": "Anew."}, questions=QUESTIONS, version=row.version if row else None, by=by, at=AT)
    row = row or Submission(ask=found, pk=0)
    if verb == "clear":
        return actions.clear(row, name="A Director", post="Director", version=version, by=by, at=AT)
    if verb == "return":
        return actions.send_back(row, note="Say more.", version=version, by=by, at=AT)
    return actions.send(row, version=version, by=by, at=AT)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["", *STATES])
@pytest.mark.parametrize("verb", STEPS)
def test_step_is_taken_by_whom_and_from_where_the_tables_say_and_by_nobody_else(verb: str, state: str, role: str) -> None:
    found = asked()
    row = at_state(found, state)
    by = PUBLIC if role == "public" else viewer(role)
    if role not in MAY[RIGHTS[verb]] or role not in OF_A_BODY:
        with pytest.raises(NotAllowed):
            do(verb, found, row, by)
    elif state in STEPS[verb][0]:
        assert do(verb, found, row, by).state == STEPS[verb][1]
    else:
        with pytest.raises((CannotStep, ChangedMeanwhile)):
            do(verb, found, row, by)


def test_no_body_steps_in_anothers_answer() -> None:
    with pytest.raises(NotAllowed):
        actions.draft(asked(), given={"text": "x"}, questions=QUESTIONS, version=None, by=viewer("lead", SAMPLES), at=AT)


def test_asking_twice_is_one_ask_due_on_the_later_day() -> None:
    asked()
    again = actions.ask(EXAMPLES, kind="update", subject="x", title="How is it?", due_on=DUE + timedelta(days=9), by=CENTRAL, at=AT, because="more time")
    assert (queries.asks(CENTRAL).count(), again.due_on) == (1, DUE + timedelta(days=9))
    assert asked().due_on == DUE + timedelta(days=9)


def test_ask_taken_back_is_owed_no_more_until_asked_again() -> None:
    found = asked()
    actions.withdraw_ask(found, by=CENTRAL, at=AT, because="in error")
    assert queries.owed(CENTRAL).count() == 0
    assert queries.silences(today=DUE + timedelta(days=9)).count() == 0
    asked()
    assert queries.owed(CENTRAL).count() == 1


def test_answer_that_cannot_be_read_is_not_kept() -> None:
    found = asked()
    with pytest.raises(NotAnswers) as refusal:
        actions.draft(found, given={"on": "soon"}, questions=QUESTIONS, version=None, by=LEAD, at=AT)
    assert [each.name for each in refusal.value.refusals] == ["text", "on"]
    assert Submission.objects.count() == 0


def test_second_of_two_people_is_told_and_the_first_stands() -> None:
    found = asked()
    first = drafted(found)
    drafted(found, "Mine.", version=first.version)
    with pytest.raises(ChangedMeanwhile):
        drafted(found, "Also mine.", version=first.version)
    with pytest.raises(ChangedMeanwhile):
        drafted(found, "A second answer.")
    assert [row.answers for row in Submission.objects.all()] == [{"text": "Mine."}]


def test_nothing_is_cleared_without_a_name() -> None:
    row = drafted(asked())
    with pytest.raises(CannotStep, match="name of the official"):
        actions.clear(row, name=" ", post="", version=row.version, by=OFFICIAL, at=AT)


def test_draft_after_being_sent_back_forgets_the_clearing() -> None:
    row = at_state(asked(), "cleared")
    row = actions.send_back(row, note="Say more.", version=row.version, by=OFFICIAL, at=AT)
    assert (row.cleared_by, row.cleared_by_name, row.cleared_at, row.note) == ("", "", None, "Say more.")


def test_nothing_is_sent_that_nobody_cleared_even_past_the_action() -> None:
    row = drafted(asked())
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=row.pk).update(state="sent", sent_by="x", sent_at=AT)


def test_link_drafts_its_own_ask_and_is_spent_by_the_sending() -> None:
    found = asked()
    token = actions.make_link(found, email="somebody@sample.invalid", role="official", by=CENTRAL, at=AT)
    opened, who = actions.open_link(token, at=AT)
    assert (opened.pk, who.bodies, who.only) == (found.pk, {EXAMPLES}, actions.named(found))
    with pytest.raises(NotAllowed):
        actions.draft(asked(subject="y"), given={"text": "x"}, questions=QUESTIONS, version=None, by=who, at=AT)
    row = actions.draft(opened, given={"text": "By link."}, questions=QUESTIONS, version=None, by=who, at=AT)
    row = actions.clear(row, name="A Director", post="Director", version=row.version, by=who, at=AT)
    actions.send(row, version=row.version, by=who, at=AT)
    with pytest.raises(NotAllowed, match="does not open"):
        actions.open_link(token, at=AT)


def test_link_of_a_lead_never_clears() -> None:
    found = asked()
    _, who = actions.open_link(actions.make_link(found, email="l@sample.invalid", role="lead", by=CENTRAL, at=AT), at=AT)
    row = actions.draft(found, given={"text": "x"}, questions=QUESTIONS, version=None, by=who, at=AT)
    with pytest.raises(NotAllowed):
        actions.clear(row, name="A", post="B", version=row.version, by=who, at=AT)


def test_link_opens_until_thirty_days_after_it_is_due() -> None:
    token = actions.make_link(asked(), email="l@sample.invalid", role="lead", by=CENTRAL, at=AT)
    last = AT.replace(year=2031, month=7, day=2, hour=23, minute=58)
    assert actions.open_link(token, at=last)[0].body == EXAMPLES
    with pytest.raises(NotAllowed):
        actions.open_link(token, at=last + timedelta(minutes=2))
    with pytest.raises(NotAllowed, match="lead, an official"):
        actions.make_link(asked(), email="l@sample.invalid", role="central", by=CENTRAL, at=AT)


def test_link_of_an_ask_taken_back_opens_no_more() -> None:
    found = asked()
    token = actions.make_link(found, email="l@sample.invalid", role="lead", by=CENTRAL, at=AT)
    actions.withdraw_ask(found, by=CENTRAL, at=AT, because="in error")
    with pytest.raises(NotAllowed):
        actions.open_link(token, at=AT)


def test_silence_is_what_is_past_its_day_without_an_answer_sent() -> None:
    at_state(asked(), "sent")
    at_state(asked(subject="y"), "cleared")
    assert [ask.subject for ask in queries.silences(today=DUE)] == []
    assert [ask.subject for ask in queries.silences(today=DUE + timedelta(days=1))] == ["y"]
    assert [ask.subject for ask in queries.silent(kind="update", subjects=["x", "y"], today=DUE + timedelta(days=1))] == ["y"]
    assert [row.ask.subject for row in queries.sent(kind="update", subjects=["x", "y"])] == ["x"]


def test_drafts_are_seen_by_their_body_alone_and_what_is_sent_by_the_office_too() -> None:
    found = asked()
    at_state(found, "drafted")
    seen = {role: queries.submissions(viewer(role), ask=found).count() for role in ("lead", "official", "central", "auditor", "charity")}
    assert seen == {"lead": 1, "official": 1, "central": 0, "auditor": 0, "charity": 0}
    row = Submission.objects.get()
    row = actions.clear(row, name="A", post="B", version=row.version, by=OFFICIAL, at=AT)
    actions.send(row, version=row.version, by=OFFICIAL, at=AT)
    assert queries.submissions(CENTRAL, ask=found).count() == 1
    assert queries.submissions(viewer("lead", SAMPLES), ask=found).count() == 0
    assert queries.owed(LEAD, bodies=[EXAMPLES]).count() == 0


def test_reminders_are_taken_once_a_day_that_counts_and_not_for_what_is_answered() -> None:
    asked()
    at_state(asked(subject="y"), "sent")
    by_day = [[ask.subject for ask in actions.take_reminders(today=DUE - timedelta(days=days), by=CENTRAL, at=AT)] for days in (11, 10, 9, 2, 1, 0, -1, -2)]
    assert by_day == [[], ["x"], [], ["x"], [], [], ["x"], []]
