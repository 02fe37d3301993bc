"""How findings pass, when a reply is finished, and how cells move."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judgement.invented import SCALE

from opencompact.accounts.rules import MAY, SEES
from opencompact.judgement.rules import audits

DUE = date(2031, 5, 28)


def test_every_step_starts_and_ends_in_a_state_that_is_known_and_has_somebody_who_may() -> None:
    froms = {state for states, _ in audits.STEPS.values() for state in states}
    tos = {to for _, to in audits.STEPS.values()}
    assert (froms - {""} <= set(audits.STATES), tos == set(audits.STATES), set(audits.KEPT) == set(audits.STATES)) == (True, True, True)
    assert set(audits.MAY_WORDS) == set(audits.STEPS)
    assert (set(audits.MAY_WORDS.values()) <= set(MAY), set(audits.KEPT.values()) <= set(SEES)) == (True, True)


def test_nothing_is_published_that_was_not_with_its_body() -> None:
    assert audits.STEPS["publish"] == (frozenset({"with_body", "replied"}), "published")
    assert [verb for verb, (_, to) in audits.STEPS.items() if to == "published"] == ["publish", "late_reply"]
    assert {state for state, kept in audits.KEPT.items() if kept == "public"} == {"published", "retracted"}


@pytest.mark.parametrize(
    ("replied", "due_on", "today", "finished"),
    [(True, DUE, DUE, True), (False, DUE, DUE, False), (False, DUE, DUE + timedelta(days=1), True), (False, None, DUE, False), (True, None, DUE, True)],
)
def test_reply_is_finished_once_made_or_after_its_last_day(replied: bool, due_on: date | None, today: date, finished: bool) -> None:
    assert audits.reply_is_finished(replied=replied, reply_due_on=due_on, today=today) is finished


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("limited", "good", "up"),
        ("good", "none", "down"),
        ("good", "good", "same"),
        ("", "good", "new"),
        ("cannot_tell", "good", "new"),
        ("good", "", "gone"),
        ("good", "cannot_tell", "gone"),
        ("", "", "none"),
        ("cannot_tell", "", "none"),
    ],
)
def test_movement_ranks_only_what_ranks(before: str, now: str, moved: str) -> None:
    assert audits.movement(before, now, scale=SCALE) == moved
    assert moved in audits.MOVEMENTS


@given(st.sampled_from([grade.grade for grade in SCALE]), st.sampled_from([grade.grade for grade in SCALE]))
def test_movement_back_is_the_other_way(before: str, now: str) -> None:
    other = {"up": "down", "down": "up", "same": "same", "new": "gone", "gone": "new", "none": "none"}
    assert audits.movement(now, before, scale=SCALE) == other[audits.movement(before, now, scale=SCALE)]


def test_best_leaves_out_what_does_not_rank() -> None:
    assert [audits.best(grades, scale=SCALE) for grades in (["limited", "adequate", "cannot_tell"], ["cannot_tell"], [])] == ["adequate", "", ""]


def test_counts_leave_no_grade_out() -> None:
    assert audits.count_grades(["limited", "limited", "good"], scale=SCALE) == {"none": 0, "limited": 2, "adequate": 0, "good": 1, "cannot_tell": 0}
