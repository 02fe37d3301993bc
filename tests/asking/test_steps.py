"""When an answer may take a step, is silent, or is reminded of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.asking.rules.steps import REMINDED, STATES, STEPS, is_reminder_due, is_silent, may_step

DUE = date(2031, 5, 20)


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", ["", *STATES])
def test_step_follows_from_its_states_alone(verb: str, state: str) -> None:
    assert may_step(verb, state) is (state in STEPS[verb][0])
    assert STEPS[verb][1] in STATES


@pytest.mark.parametrize(
    ("answered", "withdrawn", "late", "silent"), [(False, False, 1, True), (False, False, 0, False), (True, False, 9, False), (False, True, 9, False)]
)
def test_silence_is_the_day_after_the_due_day(answered: bool, withdrawn: bool, late: int, silent: bool) -> None:
    assert is_silent(DUE, answered=answered, withdrawn=withdrawn, today=DUE + timedelta(days=late)) is silent


@given(st.lists(st.integers(-20, 20), unique=True).map(sorted))
def test_reminders_on_whatever_days_it_runs_come_once_for_each_day_passed(days: list[int]) -> None:
    reminded, sent = None, 0
    for day in days:
        if is_reminder_due(DUE, reminded_on=reminded, today=DUE + timedelta(days=day)):
            reminded, sent = DUE + timedelta(days=day), sent + 1
    assert sent == len({next((i for i, each in enumerate(days) if each >= -before), None) for before in REMINDED} - {None})
