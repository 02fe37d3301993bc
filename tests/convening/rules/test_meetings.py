"""Where a meeting stands, who came, whether enough come, what its poll says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.accounts.rules import MAY
from opencompact.convening.rules import meetings as rules
from opencompact.convening.rules.meetings import Poll, Record, attendance, needs_them, poll, poll_closes, waits_for

ON = date(2031, 5, 6)


def test_every_step_leads_from_and_to_a_state_that_there_is():
    starts = {state for start, _ in rules.STEPS.values() for state in start}
    assert starts | {end for _, end in rules.STEPS.values()} == set(rules.STATES)
    assert set(rules.RIGHTS) == set(rules.STEPS)
    assert set(rules.RIGHTS.values()) - set(MAY) == set()


def test_published_and_cancelled_meetings_stay_so():
    assert [verb for verb in rules.STEPS if rules.may_step(verb, "minutes_published") or rules.may_step(verb, "cancelled")] == []


def test_a_meeting_is_to_come_or_held_or_cancelled():
    assert rules.COMING | rules.HELD | {"cancelled"} == set(rules.STATES)
    assert frozenset() == rules.COMING & rules.HELD
    assert rules.WRITING <= rules.HELD


@pytest.mark.parametrize(("quorum", "missing"), [(None, None), (1, 0), (2, 0), (3, 1), (5, 3)])
def test_a_deputy_counts_towards_the_quorum_and_apologies_do_not(quorum, missing):
    assert needs_them({"a": "attended", "b": "deputy", "c": "apologies", "d": ""}, quorum) == missing


def test_minutes_wait_for_who_may_still_answer_and_for_nobody_past_their_day():
    asked = {"a": ON, "b": ON, "c": ON - timedelta(days=1)}
    assert waits_for(asked, {"a"}, today=ON) == ["b"]
    assert waits_for(asked, {"a"}, today=ON + timedelta(days=1)) == []


def test_attendance_says_who_came_and_who_never_did():
    meetings = [{"a": "attended", "b": "absent"}, {"a": "deputy", "b": "apologies"}, {"a": "apologies", "c": ""}]
    held = attendance(["a", "b", "c"], meetings)
    assert held == [Record("a", ("attended", "deputy", "apologies")), Record("b", ("absent", "apologies", "")), Record("c", ("", "", ""))]
    assert [(each.times, each.recorded, each.never) for each in held] == [(2, 3, False), (0, 2, True), (0, 0, False)]


@given(st.lists(st.sampled_from(sorted(rules.CAME)), max_size=8))
def test_times_never_pass_what_is_recorded(words):
    record = Record("a", tuple(words))
    assert 0 <= record.times <= record.recorded <= len(words)
    assert not (record.never and record.times)


def marks(use: list[int], topical: list[int]) -> dict[tuple[str, int], int]:
    return {(question, mark): given.count(mark) for question, given in (("use", use), ("topical", topical)) for mark in range(1, 6)}


def test_a_closed_poll_of_enough_says_the_means():
    said = poll(marks([1, 2, 3, 4, 5], [5, 5, 5, 5, 4]), answers=5, asked=7, held_on=ON, today=poll_closes(ON) + timedelta(days=1))
    assert said == Poll(5, 7, {"use": 3.0, "topical": 4.8}, is_open=False)


def test_an_open_poll_says_only_how_many_answered():
    assert poll(marks([5] * 9, [5] * 9), answers=9, asked=9, held_on=ON, today=poll_closes(ON)) == Poll(9, 9, {}, is_open=True)


@given(st.integers(0, rules.LEAST_ANSWERS - 1))
def test_fewer_than_enough_never_show_a_mean(answers):
    assert poll(marks([3] * answers, [3] * answers), answers=answers, asked=9, held_on=ON, today=ON + timedelta(days=99)).means == {}
