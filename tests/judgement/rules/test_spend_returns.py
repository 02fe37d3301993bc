"""When a return of spending is due, which target is in force, in what order it is signed, and whether it is met."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.judgement.rules.spend_returns import BadStep, Spent, against, check_step, due_of, in_force, last_ended, state, year_ends_on

ORDER = ("presented", "approved", "published")


@dataclass(frozen=True)
class Step:
    place: int
    done: dict[str, date] = field(default_factory=dict)


def test_results_of_a_year_are_due_on_30_september_and_the_sum_says_how() -> None:
    found = due_of(2026, months=6)
    assert (found.on, found.sum) == (date(2027, 9, 30), "31 March 2027 + 6 months = 30 September 2027 (that month has 30 days)")


@pytest.mark.parametrize(
    ("today", "published", "expected"),
    [
        (date(2027, 3, 31), None, "not_ended"),
        (date(2027, 4, 1), None, "open"),
        (date(2027, 9, 30), None, "open"),
        (date(2027, 10, 1), None, "overdue"),
        (date(2027, 10, 1), date(2027, 9, 30), "published"),
        (date(2027, 10, 9), date(2027, 10, 1), "published_late"),
    ],
)
def test_overdue_is_derived_and_the_last_day_still_counts(today: date, published: date | None, expected: str) -> None:
    assert state(2026, months=6, published_on=published, today=today) == expected


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(2090, 1, 1)))
def test_year_that_ended_last_has_ended_and_the_next_has_not(today: date) -> None:
    assert year_ends_on(last_ended(today)) < today <= year_ends_on(last_ended(today) + 1)


def test_target_is_in_force_only_when_every_step_is_taken_and_the_latest_such_one_is() -> None:
    whole = dict.fromkeys(ORDER, date(2026, 1, 1))
    first, second, third = Step(1, whole), Step(2, whole), Step(3, {"presented": date(2026, 2, 1), "approved": date(2026, 2, 1)})
    assert in_force([first, second, third], order=ORDER) is second
    assert in_force([third], order=ORDER) is None
    assert in_force([], order=ORDER) is None


@pytest.mark.parametrize(
    ("step", "done", "on", "says"),
    [
        ("approved", {}, date(2026, 1, 5), "expected 'presented' first"),
        ("presented", {"presented": date(2026, 1, 1)}, date(2026, 1, 5), "expected 'approved', the next step"),
        ("presented", dict.fromkeys(ORDER, date(2026, 1, 1)), date(2026, 1, 5), "every step is taken already"),
        ("presented", {}, date(2026, 1, 6), "has not come"),
        ("approved", {"presented": date(2026, 1, 4)}, date(2026, 1, 3), "expected 4 January 2026 or later"),
    ],
)
def test_step_out_of_order_or_time_is_refused(step: str, done: dict[str, date], on: date, says: str) -> None:
    with pytest.raises(BadStep, match=says):
        check_step(step, order=ORDER, done=done, on=on, today=date(2026, 1, 5))


def test_next_step_may_be_taken_on_the_day_of_the_one_before() -> None:
    check_step("approved", order=ORDER, done={"presented": date(2026, 1, 5)}, on=date(2026, 1, 5), today=date(2026, 1, 5))


SPENT = Spent(Decimal(40), Decimal(30), Decimal(30), Decimal(0))


@pytest.mark.parametrize(
    ("unit", "amount", "expected"),
    [
        ("pounds", 40, "met"),
        ("pounds", 71, "not_met"),
        ("pounds", 70, "cannot_tell"),
        ("share", 40, "met"),
        ("share", 71, "not_met"),
        ("share", 41, "cannot_tell"),
    ],
)
def test_target_is_met_or_not_only_where_the_unidentified_cannot_change_it(unit: str, amount: int, expected: str) -> None:
    assert against(SPENT, unit=unit, amount=Decimal(amount), least=0.4, most=0.7) == expected


def test_target_in_pounds_is_not_met_by_links_that_are_only_likely() -> None:
    likely = Spent(Decimal(40), Decimal(30), Decimal(30), Decimal(5))
    assert [against(likely, unit="pounds", amount=Decimal(amount), least=None, most=None) for amount in (35, 36)] == ["met", "cannot_tell"]


def test_nobody_can_tell_without_the_record_or_without_a_share() -> None:
    assert against(None, unit="pounds", amount=Decimal(1), least=None, most=None) == "cannot_tell"
    assert against(SPENT, unit="share", amount=Decimal(1), least=None, most=None) == "cannot_tell"
