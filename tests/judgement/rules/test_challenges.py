"""How challenges pass."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from opencompact.judgement.rules import challenges


def test_every_step_starts_and_ends_in_a_state_that_is_known() -> None:
    froms = {state for states, _ in challenges.STEPS.values() for state in states}
    assert (froms - {""}, {to for _, to in challenges.STEPS.values()}, challenges.SETTLED) == (
        set(challenges.STATES),
        set(challenges.STATES),
        {"corrected", "not_upheld"},
    )


def test_nothing_is_settled_that_nobody_looked_at() -> None:
    assert {froms for froms, to in challenges.STEPS.values() if to in challenges.SETTLED} == {frozenset({"looking"})}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_days_open_stop_when_it_is_settled(received_on: date, days: int, later: int) -> None:
    settled_on = received_on + timedelta(days=days)
    today = settled_on + timedelta(days=later)
    assert (challenges.days_open(received_on, settled_on, today=today), challenges.days_open(received_on, None, today=today)) == (days, days + later)


def test_letters_are_not_read_as_one_another() -> None:
    assert set(challenges.LETTERS) & set("01OILU") == set()


def test_may_step_follows_the_table() -> None:
    assert [challenges.may_step("look", state) for state in ("", "received", "looking")] == [False, True, False]
