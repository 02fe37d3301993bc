"""The fold of dated updates into the two states, and what is derived from them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.promises.rules.commitments import (
    ACCEPTED_WORDS,
    DELIVERY,
    ENDED,
    FINDINGS,
    STEPS,
    CannotUpdate,
    Counts,
    State,
    Told,
    acceptance,
    check_update,
    count,
    days_overdue,
    fold,
    how_counted,
    is_closed,
    is_overdue,
    opens_again,
)

DAY = date(2031, 5, 6)
TOLD = st.builds(
    Told,
    st.dates(date(2031, 1, 1), date(2031, 3, 1)),
    st.sampled_from(["", *STEPS]),
    st.sampled_from(["", *FINDINGS]),
    st.none() | st.dates(date(2031, 2, 1), date(2032, 1, 1)),
)


def later(days: int) -> date:
    return DAY + timedelta(days=days)


@given(st.none() | st.dates(date(2031, 1, 1), date(2031, 12, 31)), st.lists(TOLD, max_size=8), st.dates(date(2031, 1, 1), date(2031, 3, 2)))
def test_state_on_a_day_is_the_fold_of_what_was_told_up_to_it(due, told, day) -> None:
    assert fold(due, told, on=day) == fold(due, [each for each in told if each.on <= day])


@given(st.none() | st.dates(date(2031, 1, 1), date(2031, 12, 31)), st.lists(TOLD, max_size=8))
def test_state_says_the_latest_told_on_each_axis(due, told) -> None:
    state, ordered = fold(due, told), sorted(told, key=lambda each: each.on)
    assert state.delivery == next((each.delivery for each in reversed(ordered) if each.delivery), "not_started")
    assert state.due_on == next((each.due_on for each in reversed(ordered) if each.due_on), due)
    assert state.moved_on == next((each.on for each in reversed(ordered) if each.delivery or each.finding or each.due_on), None)


@given(st.builds(State, st.sampled_from(list(DELIVERY)), st.sampled_from(list(FINDINGS)), st.none() | st.dates()), st.dates())
def test_overdue_is_past_its_day_and_still_owed(state, today) -> None:
    late = is_overdue(state, today=today)
    assert late is (state.due_on is not None and today > state.due_on and not is_closed(state))
    assert (days_overdue(state, today=today) > 0) is late


def test_opening_again_forgets_the_finding_and_is_counted() -> None:
    told = [Told(DAY, "claimed_done"), Told(later(1), "", "delivered"), Told(later(2), "in_progress")]
    assert fold(None, told) == State("in_progress", "not_assessed", None, later(2), 1, 0)
    assert opens_again(State("withdrawn"), "in_progress")
    assert not opens_again(State("partly_done"), "in_progress")


def test_moving_the_day_back_is_counted_and_forward_is_not() -> None:
    told = [Told(DAY, due_on=later(20)), Told(later(1), due_on=later(10))]
    assert (fold(later(5), told).due_on, fold(later(5), told).put_off) == (later(10), 1)


@pytest.mark.parametrize("claim", STEPS)
@pytest.mark.parametrize("before", DELIVERY)
def test_claim_follows_from_its_states_alone(claim: str, before: str) -> None:
    told = Told(DAY, claim, due_on=later(9) if claim == "deferred" else None)
    if before in STEPS[claim]:
        check_update(State(before), told, text="Words.")
    else:
        with pytest.raises(CannotUpdate, match="does not follow"):
            check_update(State(before), told, text="Words.")


@pytest.mark.parametrize(
    ("state", "told", "text", "words"),
    [
        (State(), Told(DAY, "done"), "w", "expected one of in_progress"),
        (State(), Told(DAY, "", "good"), "w", "expected one of not_assessed"),
        (State(), Told(DAY, "deferred"), "w", "names a later day"),
        (State(due_on=DAY), Told(DAY, "deferred", due_on=DAY), "w", "names a later day"),
        (State(), Told(DAY), " ", "says in words"),
        (State(moved_on=later(1)), Told(DAY, "in_progress"), "w", "cannot be put before"),
    ],
)
def test_update_that_says_too_little_or_does_not_follow_is_refused(state, told, text, words) -> None:
    with pytest.raises(CannotUpdate, match=words):
        check_update(state, told, text=text)


def test_words_alone_may_be_of_any_day() -> None:
    check_update(State(moved_on=later(9)), Told(DAY), text="Remembered late.")


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        (State("in_progress", "delivered"), True),
        (State("claimed_done"), True),
        (State("claimed_done", "not_delivered"), False),
        (State("withdrawn"), True),
        (State("withdrawn", "delivered_in_part"), False),
        (State("partly_done"), False),
        (State("claimed_done", "cannot_be_assessed"), True),
    ],
)
def test_closed_is_found_delivered_or_ended_without_a_finding_against_it(state, closed) -> None:
    assert is_closed(state) is closed
    assert state.delivery in ENDED or not closed or state.finding == "delivered"


def test_how_an_overdue_count_came_about_is_a_sum_in_words() -> None:
    assert how_counted(State(due_on=date(2031, 4, 30)), today=DAY) == "6 May 2031 − 30 April 2031 = 6 days; the due day itself still counts."
    assert how_counted(State(due_on=DAY), today=DAY) == "Due on 6 May 2031."
    assert how_counted(State(), today=DAY) == "It has no day by which it is due, so it is never overdue."


@given(st.lists(st.builds(State, st.sampled_from(list(DELIVERY)), st.sampled_from(list(FINDINGS)), st.none() | st.dates(date(2031, 1, 1), date(2031, 12, 1)))))
def test_counts_add_up_and_each_is_counted_once(states) -> None:
    found = count(states, today=DAY)
    assert found.all == len(states) == found.closed + found.overdue + found.claimed + found.open
    assert found.overdue == sum(is_overdue(state, today=DAY) for state in states)


def test_counts_of_nothing_are_nothing() -> None:
    assert count([], today=DAY) == Counts()


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        (["agreed", "agreed"], "agreed_by_all"),
        (["agreed", "proposed"], "partly_agreed"),
        (["not_agreed"], "not_agreed"),
        (["not_agreed", "proposed"], "proposed"),
        ([], "proposed"),
    ],
)
def test_acceptance_of_joint_owners(answers, word) -> None:
    assert acceptance(answers) == word
    assert word in ACCEPTED_WORDS
