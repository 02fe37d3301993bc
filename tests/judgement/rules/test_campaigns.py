"""The clock of a request: hand-worked days of the three nations, what stops it and what moves it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.judgement.rules.campaigns import STATES, STEPS, Days, calendar_of, clock_words, foi_due, late_by, may_step, review_due
from opencompact.values.clocks import NATIONS, is_working_day


@pytest.mark.parametrize(
    ("sent_on", "nation", "on", "how"),
    [
        # the Jubilee of 2012: 4 and 5 June
        ("2012-05-18", "england-and-wales", "2012-06-19", "20 working days after 18 May 2012, without 4 June 2012, 5 June 2012 = 19 June 2012"),
        # the state funeral of 2022
        ("2022-09-01", "england-and-wales", "2022-09-30", "20 working days after 1 September 2022, without 19 September 2022 = 30 September 2022"),
        # a leap day counts as a day
        ("2028-02-01", "england-and-wales", "2028-02-29", "20 working days after 1 February 2028 = 29 February 2028"),
        # the Twelfth is no working day anywhere the Act of 2000 holds, but is one in Scotland
        ("2031-07-01", "england-and-wales", "2031-07-30", "20 working days after 1 July 2031, without 14 July 2031 = 30 July 2031"),
        ("2031-07-01", "northern-ireland", "2031-07-30", "20 working days after 1 July 2031, without 14 July 2031 = 30 July 2031"),
        ("2031-07-01", "scotland", "2031-07-29", "20 working days after 1 July 2031 = 29 July 2031"),
    ],
)
def test_last_day_of_a_request(sent_on: str, nation: str, on: str, how: str) -> None:
    counted = foi_due(Days(date.fromisoformat(sent_on)), nation=nation)
    assert counted is not None
    assert (counted.on, counted.sum) == (date.fromisoformat(on), how)


def test_clock_does_not_run_before_sending_while_unclear_or_while_a_fee_is_awaited() -> None:
    sent, later = date(2026, 11, 3), date(2026, 11, 9)
    held = (Days(None), Days(sent, unclear_on=later), Days(sent, fee_asked_on=later))
    assert [foi_due(each, nation=NATIONS[0]) for each in held] == [None, None, None]
    assert [clock_words(each) for each in held] == [
        "not sent yet",
        "the clock does not run until the request is made clear",
        "the clock does not run until a fee is paid",
    ]


def test_days_are_counted_anew_once_a_request_is_made_clear() -> None:
    counted = foi_due(Days(date(2026, 11, 3), unclear_on=date(2026, 11, 7), clarified_on=date(2026, 11, 12)), nation=NATIONS[0])
    said = (
        "20 working days after 12 November 2026, without 30 November 2026 = 11 December 2026; counted from the day the request was made clear, 12 November 2026"
    )
    assert counted is not None
    assert (counted.on, counted.sum) == (date(2026, 12, 11), said)


def test_working_days_from_the_fee_notice_to_the_payment_do_not_count() -> None:
    """Asked on Saturday 7 November, paid on Thursday 12: four working days more."""
    counted = foi_due(Days(date(2026, 11, 3), fee_asked_on=date(2026, 11, 7), fee_paid_on=date(2026, 11, 12)), nation=NATIONS[0])
    said = "24 working days after 3 November 2026, without 30 November 2026 = 8 December 2026; 20 and 4 more, while a fee was awaited"
    assert counted is not None
    assert (counted.on, counted.sum) == (date(2026, 12, 8), said)


def test_later_day_named_for_the_public_interest_stands_with_the_day_it_moved() -> None:
    counted = foi_due(Days(date(2026, 11, 3), extended_to=date(2026, 12, 23)), nation=NATIONS[0])
    said = (
        "23 December 2026, the day it named to weigh the public interest; else 20 working days after 3 November 2026, "
        "without 30 November 2026 = 2 December 2026"
    )
    assert counted is not None
    assert (counted.on, counted.sum) == (date(2026, 12, 23), said)


def test_review_is_due_after_20_working_days() -> None:
    assert review_due(date(2028, 2, 1), nation="scotland").on == date(2028, 2, 29)


@given(st.dates(date(2011, 1, 1), date(2035, 1, 1)), st.sampled_from(NATIONS), st.integers(0, 60), st.integers(0, 40))
def test_fee_moves_the_day_by_the_working_days_it_took(sent: date, nation: str, after: int, took: int) -> None:
    asked = sent + timedelta(days=1 + after)
    paid = asked + timedelta(days=took)
    plain, moved = foi_due(Days(sent), nation=nation), foi_due(Days(sent, fee_asked_on=asked, fee_paid_on=paid), nation=nation)
    span = [asked + timedelta(days=number) for number in range(took + 1)]
    between = [plain.on + timedelta(days=number + 1) for number in range((moved.on - plain.on).days)] if plain and moved else []
    calendar = calendar_of(nation)
    assert sum(is_working_day(day, nation=calendar) for day in between) == sum(is_working_day(day, nation=calendar) for day in span)


def test_steps_lead_only_to_states_there_are() -> None:
    assert {state for froms, to in STEPS.values() for state in (*froms, to)} == set(STATES)
    assert may_step("remind", "sent")
    assert not may_step("remind", "unsent")
    assert late_by(date(2031, 6, 3), date(2031, 6, 4)) == "1 day past it"
