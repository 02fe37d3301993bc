"""What decisions teach: nothing where there are none, little where there are few, the right way, and the same in any order."""

import math
from itertools import pairwise
from random import Random

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.organisations.rules.learned import BANDS, LEAST_SLOPE, SHIFT_WIDTH, SLOPE_WIDTH, UNLEARNED, Learned, bands, learn, learned_of

EVIDENCE = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40)


def planted(count: int, *, shift: float, slope: float, seed: int):
    """Names whose scores say too much: how likely each is right is another line of the same log-odds."""
    chance = Random(seed)
    said = [round(chance.uniform(0.3, 0.99), 4) for _ in range(count)]
    return [(each, chance.random() < 1 / (1 + math.exp(-(shift + slope * math.log(each / (1 - each)))))) for each in said]


def brier(evidence, learned: Learned) -> float:
    return sum((learned.of(said) - is_right) ** 2 for said, is_right in evidence) / len(evidence)


def loss(evidence, shift: float, slope: float) -> float:
    """Minus the log of how likely the decisions are, written out slowly."""
    prior = shift**2 / (2 * SHIFT_WIDTH**2) + (slope - 1) ** 2 / (2 * SLOPE_WIDTH**2)
    odds = [(shift + slope * math.log(max(min(p, 0.99995), 0.00005) / (1 - max(min(p, 0.99995), 0.00005))), right) for p, right in evidence]
    return prior + sum(math.log1p(math.exp(-each if right else each)) for each, right in odds)


@given(st.floats(0, 1))
def test_no_decisions_change_nothing_at_all(probability):
    assert learn([]) is UNLEARNED
    assert UNLEARNED.of(probability) == probability
    assert UNLEARNED.of_sql("p") == "p"


@pytest.mark.parametrize("said", [0.3, 0.5, 0.7, 0.9, 0.97, 0.993])
@pytest.mark.parametrize("is_right", [True, False])
def test_one_decision_changes_little_and_the_right_way(said, is_right):
    moved = learn([(said, is_right)]).of(0.9) - 0.9
    assert 0 < (moved if is_right else -moved) < 0.035


def test_one_decision_against_what_was_certain_changes_little_too():
    assert 0.86 < learn([(1.0, False)]).of(0.9) < 0.9


def test_many_decisions_say_most_of_what_is_to_be_said():
    heeded = [learn([(0.85, place % 2 == 0) for place in range(count)]).of(0.85) for count in (2, 10, 100, 1000)]
    assert heeded == sorted(heeded, reverse=True)
    assert heeded[0] > 0.8
    assert heeded[-1] == pytest.approx(0.5, abs=0.02)


@given(EVIDENCE, st.randoms(use_true_random=False))
def test_order_of_decisions_does_not_matter_and_a_likelier_name_stays_likelier(evidence, chance):
    learned = learn(evidence)
    assert learn(chance.sample(evidence, len(evidence))) == learned
    assert learned.slope >= LEAST_SLOPE
    heeded = [learned.of(place / 100) for place in range(101)]
    assert heeded == sorted(heeded)


@given(EVIDENCE.filter(bool))
def test_no_other_shift_and_slope_are_likelier(evidence):
    learned = learn(evidence)
    rounded = [(round(probability, 4), is_right) for probability, is_right in evidence]
    best = loss(rounded, learned.shift, learned.slope)
    for by_shift, by_slope in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)):
        if learned.slope + by_slope >= LEAST_SLOPE:
            assert loss(rounded, learned.shift + by_shift, learned.slope + by_slope) >= best


def test_decisions_against_all_likeness_still_leave_the_likelier_name_the_likelier():
    learned = learn([(0.95, False)] * 300 + [(0.3, True)] * 300)
    assert learned.slope == LEAST_SLOPE
    assert learned.of(0.95) > learned.of(0.3)


@pytest.mark.parametrize(("shift", "slope"), [(-1.0, 1.0), (0.8, 1.0), (-0.5, 1.4)])
def test_held_out_names_of_a_skewed_file_are_said_better_after_learning(shift, slope):
    evidence = planted(600, shift=shift, slope=slope, seed=7)
    learned = learn(evidence[:200])
    assert brier(evidence[200:], learned) < brier(evidence[200:], UNLEARNED) - 0.002


def test_what_is_learned_is_near_what_was_planted():
    learned = learn(planted(4000, shift=-0.7, slope=1.1, seed=5))
    assert (learned.shift, learned.slope) == (pytest.approx(-0.7, abs=0.15), pytest.approx(1.1, abs=0.15))


def test_sql_says_the_same():
    learned = learn(planted(50, shift=-1, slope=1, seed=3))
    said = [place / 500 for place in range(501)]
    with duckdb.connect() as con:
        found = con.execute(f"SELECT p, {learned.of_sql('p')} FROM (SELECT unnest(?::DOUBLE[]) AS p)", [said]).fetchall()
    assert found == [(each, learned.of(each)) for each in said]


def test_bands_have_every_decision_once_and_carry_what_was_learned():
    evidence = [(0.3, True), (0.5, False), (0.7, True), (0.75, False), (0.95, True), (1.0, True)]
    learned = learn(evidence)
    rows = bands(evidence, learned)
    assert [(row["probability_from"], row["probability_to"]) for row in rows] == list(pairwise(BANDS))
    assert [(row["decisions"], row["right"]) for row in rows] == [(1, 1), (1, 0), (2, 1), (0, 0), (0, 0), (2, 2)]
    assert rows[2]["scored"] == 0.725
    assert rows[2]["heeded"] == pytest.approx((learned.of(0.7) + learned.of(0.75)) / 2, abs=1e-4)
    assert "scored" not in rows[3]
    assert learned_of(rows) == learned


def test_without_decisions_there_are_no_bands():
    assert bands([], UNLEARNED) == []
    assert learned_of([]) is UNLEARNED
