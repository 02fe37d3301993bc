"""Which body stands for which on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.organisations.rules.succession import NotASuccession, Step, check, lineage, successors_on

MERGER = (Step("energy", "net-zero", date(2031, 2, 1), "merged"), Step("climate", "net-zero", date(2031, 2, 1), "merged"))


def test_a_body_stands_for_itself_until_another_continues_it():
    assert successors_on("energy", steps=MERGER, on=date(2031, 1, 31)) == ("energy",)
    assert successors_on("energy", steps=MERGER, on=date(2031, 2, 1)) == ("net-zero",)


def test_a_split_leaves_two_and_a_moved_duty_leaves_the_old_one_in_being():
    split = (Step("trade", "business", date(2031, 1, 1), "split"), Step("trade", "exports", date(2031, 1, 1), "split"))
    assert successors_on("trade", steps=split, on=date(2031, 6, 1)) == ("business", "exports")
    moved = (Step("centre", "culture", date(2031, 1, 1), "moved"),)
    assert successors_on("centre", steps=moved, on=date(2031, 6, 1)) == ("centre", "culture")


def test_lines_are_followed_to_their_end_and_lineage_back_to_the_start():
    steps = (*MERGER, Step("net-zero", "power", date(2033, 1, 1)))
    assert successors_on("climate", steps=steps, on=date(2034, 1, 1)) == ("power",)
    assert lineage("power", steps=steps, on=date(2034, 1, 1)) == ("climate", "energy", "net-zero", "power")
    assert lineage("power", steps=steps, on=date(2032, 1, 1)) == ("power",)


def test_two_ways_to_one_successor_name_it_once():
    steps = (
        Step("a", "b", date(2031, 1, 1), "split"),
        Step("a", "c", date(2031, 1, 1), "split"),
        Step("b", "d", date(2031, 2, 1)),
        Step("c", "d", date(2031, 2, 1)),
    )
    assert successors_on("a", steps=steps, on=date(2032, 1, 1)) == ("d",)
    assert lineage("d", steps=steps, on=date(2032, 1, 1)) == ("a", "b", "c", "d")


def test_a_body_never_comes_to_continue_itself_nor_another_twice():
    with pytest.raises(NotASuccession, match=r"^net-zero itself continues energy: a body cannot come to continue itself"):
        check(Step("net-zero", "energy", date(2033, 1, 1)), steps=MERGER)
    with pytest.raises(NotASuccession, match=r"^net-zero continues energy already"):
        check(Step("energy", "net-zero", date(2033, 1, 1)), steps=MERGER)
    check(Step("trade", "net-zero", date(2033, 1, 1)), steps=MERGER)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.dates(date(2030, 1, 1), date(2033, 1, 1)))), st.dates(date(2029, 1, 1), date(2034, 1, 1)))
def test_a_promise_always_has_somebody_to_answer_for_it_and_they_know_where_it_came_from(pairs, on):
    steps: list[Step] = []
    for first, second, day in pairs:
        if first == second:
            continue
        step = Step(f"b{first}", f"b{second}", day)
        try:
            check(step, steps=steps)
        except NotASuccession:
            continue
        steps.append(step)
    for body in (f"b{number}" for number in range(7)):
        answering = successors_on(body, steps=steps, on=on)
        assert answering
        assert all(body in lineage(each, steps=steps, on=on) for each in answering)
