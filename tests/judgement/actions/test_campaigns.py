"""What is done in a campaign: every state, verb and role tried, the clock counted anew by each step."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.judgement.invented_returns import CENTRAL, DUE, FULL, KEY, LATE, TOWN, campaign, follow, request_in, row
from tests.office import AT, viewer

from opencompact.accounts.rules import MAY, ROLES, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.judgement.actions import campaigns, returns
from opencompact.judgement.models import Addressee, ReturnAnswer
from opencompact.judgement.rules.campaigns import STATES, STEPS

pytestmark = pytest.mark.django_db
GIVEN: dict[str, dict[str, Any]] = {
    "remind": {},
    "ask_review": {},
    "extend": {"until": date(2031, 9, 1)},
    "answer_review": {"text": "It stands."},
    "record_reply": {"answers": FULL, "held": ()},
}


def attempt(verb: str, version: int, by: Viewer) -> Addressee:
    given = GIVEN.get(verb, {})
    day = {} if verb in ("remind", "ask_review") else {"on": LATE.date()}
    return getattr(campaigns, verb)(KEY, TOWN, **day, **given, version=version, by=by, at=LATE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_every_state_verb_and_role_follows_the_two_tables(state: str, verb: str, role: str) -> None:
    version = request_in(state).version
    by = viewer(role) if role != "public" else Viewer()
    if role not in MAY[campaigns.MAY_WORD]:
        with pytest.raises(NotAllowed):
            attempt(verb, version, by)
    elif state not in STEPS[verb][0]:
        with pytest.raises(CannotStep):
            attempt(verb, version, by)
    else:
        assert attempt(verb, version, by).state == STEPS[verb][1] == row().state
        return
    assert (row().state, row().version) == (state, version)


def test_request_is_due_on_the_20th_working_day_and_its_sum_is_kept() -> None:
    held = request_in("sent")
    assert (held.due_on, held.due_sum) == (DUE, "20 working days after 6 May 2031, without 26 May 2031 = 4 June 2031")


def test_clock_stands_still_while_a_request_is_unclear_and_begins_anew() -> None:
    held = request_in("unclear")
    assert (held.due_on, held.due_sum) == (None, "the clock does not run until the request is made clear")
    held = campaigns.make_clear(KEY, TOWN, on=date(2031, 5, 20), version=held.version, by=CENTRAL, at=LATE)
    assert held.due_on == date(2031, 6, 18)


def test_fee_that_is_paid_moves_the_day() -> None:
    held = request_in("fee")
    held = campaigns.pay_fee(KEY, TOWN, on=date(2031, 5, 8), version=held.version, by=CENTRAL, at=LATE)
    assert held.due_on == date(2031, 6, 6)


def test_extension_names_a_later_day_or_is_refused() -> None:
    held = request_in("sent")
    with pytest.raises(CannotStep, match="expected a day after the one it owes the answer by, 4 June 2031"):
        campaigns.extend(KEY, TOWN, on=LATE.date(), until=DUE, version=held.version, by=CENTRAL, at=LATE)
    held = campaigns.extend(KEY, TOWN, on=LATE.date(), until=date(2031, 7, 9), version=row().version, by=CENTRAL, at=LATE)
    assert (held.due_on, held.extended_to, held.state) == (date(2031, 7, 9), date(2031, 7, 9), "sent")


def test_extension_of_a_clock_that_does_not_run_is_refused() -> None:
    held = request_in("unclear")
    with pytest.raises(CannotStep, match="expected a day after the one it owes the answer by\\."):
        campaigns.extend(KEY, TOWN, on=LATE.date(), until=date(2031, 9, 1), version=held.version, by=CENTRAL, at=LATE)


def test_days_out_of_order_or_to_come_are_refused() -> None:
    held = request_in("sent")
    for on in (AT.date() - timedelta(days=1), LATE.date() + timedelta(days=1)):
        with pytest.raises(CannotStep, match="expected a day from 6 May 2031 up to today"):
            campaigns.record_unclear(KEY, TOWN, on=on, version=held.version, by=CENTRAL, at=LATE)
    campaign("Sample City", key="other")
    with pytest.raises(CannotStep, match="expected a day up to today"):
        campaigns.send_request("other", "sample-city", on=LATE.date() + timedelta(days=1), version=1, by=CENTRAL, at=LATE)


@pytest.mark.parametrize(("state", "verb"), [("unclear", "make_clear"), ("fee", "pay_fee")])
def test_what_ends_a_pause_comes_after_it_began(state: str, verb: str) -> None:
    held = request_in(state)
    Addressee.objects.update(unclear_on=date(2031, 5, 8), fee_asked_on=date(2031, 5, 8))
    with pytest.raises(CannotStep, match="expected a day from 8 May 2031"):
        getattr(campaigns, verb)(KEY, TOWN, on=date(2031, 5, 7), version=held.version, by=CENTRAL, at=LATE)


def test_review_of_silence_waits_for_the_last_day() -> None:
    """Asked for on 5 July 2031: 14 July is a bank holiday in Northern Ireland and 4 August one in Scotland."""
    held = request_in("sent")
    with pytest.raises(CannotStep, match="its last day is 4 June 2031 \\(20 working days after"):
        campaigns.ask_review(KEY, TOWN, version=held.version, by=CENTRAL, at=AT)
    assert campaigns.ask_review(KEY, TOWN, version=held.version, by=CENTRAL, at=LATE).review_due_on == date(2031, 8, 5)


def test_reply_is_kept_question_by_question_and_may_be_put_right() -> None:
    request_in("sent")
    told = {"grants": ("answered", "12500.00"), "notice": ("not_held", ""), "consulted": ("answered", "Between us.")}
    campaigns.record_reply(KEY, TOWN, answers=told, held=["consulted"], on=date(2031, 5, 20), version=row().version, by=CENTRAL, at=LATE)
    campaigns.record_reply(KEY, TOWN, answers={"notice": ("answered", "90")}, held=(), on=date(2031, 5, 28), version=row().version, by=CENTRAL, at=LATE)
    assert list(ReturnAnswer.objects.order_by("question").values_list("question", "outcome", "text", "is_held")) == [
        ("consulted", "answered", "Between us.", True),
        ("grants", "answered", "12500.00", False),
        ("notice", "answered", "90", False),
    ]
    assert row().replied_on == date(2031, 5, 20)


def test_reply_without_an_answer_or_with_a_word_that_is_none_is_refused_whole() -> None:
    held = request_in("sent")
    with pytest.raises(CannotStep, match="Nothing is written of what it answered"):
        campaigns.record_reply(KEY, TOWN, answers={}, held=(), on=LATE.date(), version=held.version, by=CENTRAL, at=LATE)
    with pytest.raises(CannotStep, match="Found the outcome 'secret'"):
        campaigns.record_reply(KEY, TOWN, answers={"grants": ("secret", "")}, held=(), on=LATE.date(), version=held.version, by=CENTRAL, at=LATE)
    assert (row().state, ReturnAnswer.objects.count()) == ("sent", 0)


def test_second_of_two_people_is_told() -> None:
    held = request_in("sent")
    campaigns.remind(KEY, TOWN, version=held.version, by=CENTRAL, at=LATE)
    with pytest.raises(ChangedMeanwhile):
        campaigns.remind(KEY, TOWN, version=held.version, by=viewer("auditor"), at=LATE)
    assert (row().reminders, row().reminded_on) == (1, LATE.date())


def test_authorities_are_put_on_the_list_once() -> None:
    campaign("Sample Town")
    more = [returns.Asked(TOWN, "Sample Town"), returns.Asked("sample-city", "Sample City"), returns.Asked("sample-city", "Sample City")]
    assert campaigns.add_authorities(KEY, more, by=CENTRAL, at=AT) == 1
    assert campaigns.add_authorities(KEY, more, by=CENTRAL, at=AT) == 0
    assert list(Addressee.objects.order_by("body").values_list("body", "state")) == [("sample-city", "unsent"), (TOWN, "unsent")]
    assert list(Event.objects.order_by("sequence").values_list("verb", flat=True)) == ["open_return_round", "add_authorities"]


def test_campaign_asks_somebody_once_with_a_letter_and_a_name_of_its_own() -> None:
    with pytest.raises(CannotStep, match="Nobody is asked"):
        campaigns.open_campaign("x", title="X", questions="councils-2012", year=2030, letter="We ask.", bodies=(), by=CENTRAL, at=AT)
    with pytest.raises(CannotStep, match="sample-town stands twice"):
        campaign("Sample Town", "Sample Town")
    with pytest.raises(CannotStep, match="Nothing is written for letter"):
        campaigns.open_campaign("x", title="X", questions="councils-2012", year=2030, letter=" ", bodies=(), by=CENTRAL, at=AT)
    campaign()
    with pytest.raises(CannotStep, match="There is a round councils-2030 already"):
        campaign("Sample City")


def test_table_keeps_what_the_steps_keep() -> None:
    request_in("sent")
    for fields in ({"clarified_on": DUE}, {"fee_paid_on": DUE}, {"extended_to": DUE}, {"reviewed_on": DUE}, {"sent_on": None}, {"state": "replied"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Addressee.objects.update(**fields)


def test_late_reply_while_a_review_runs_is_taken() -> None:
    request_in("sent")
    follow("review")
    follow("reply")
    assert (row().state, str(row()), str(row().answers.first()), str(row().round)) == ("replied", "Sample Town", "grants_before", "Councils")
