"""The draw against a second one that tries every list there is."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.convening.rules.draw import SEATS, Candidate, CannotDraw, Drawn, Missed, Quota, draw, in_order

DAYS = (None, date(2029, 1, 1), date(2030, 6, 1))
REGIONS, SIZES = ("north", "south"), ("small", "large")
QUOTAS = tuple((attribute, value) for attribute, values in (("region", (*REGIONS, "east")), ("size", SIZES)) for value in values)


@st.composite
def pools(draw_from) -> list[Candidate]:
    """At most nine people, so that every list can be tried."""
    people = draw_from(st.lists(st.tuples(st.sampled_from((*REGIONS, "")), st.sampled_from((*SIZES, "")), st.sampled_from(DAYS)), max_size=9))
    return [Candidate(f"{number:08}", {"region": region, "size": size}, last) for number, (region, size, last) in enumerate(people)]


@st.composite
def quotas(draw_from) -> tuple[Quota, ...]:
    """Some of the groups, once each, also such as contradict one another."""
    lines = draw_from(st.lists(st.sampled_from(QUOTAS), unique=True, max_size=5))
    return tuple(Quota(attribute, value, *sorted(draw_from(st.tuples(COUNT, COUNT))), draw_from(st.integers(1, 3))) for attribute, value in lines)


COUNT = st.integers(0, 5)


def missing(people, asked, seats: int) -> int:
    """What a list misses, weighted, by counting."""
    total = seats - len(people)
    for quota in asked:
        number = sum(each.counts_as.get(quota.attribute) == quota.value for each in people)
        total += quota.weight * max(quota.least - number, number - quota.most, 0)
    return total


def every_list(pool, seats: int, keep=()):
    """Every list that fills at most the seats and keeps whom it must."""
    for size in range(seats + 1):
        for people in combinations(pool, size):
            if {each.name for each in people} >= set(keep):
                yield people


def first_of_the_least(pool, asked, seats: int, seed: int, keep=(), without=()) -> tuple[str, ...]:
    """Of the lists that miss least, the first in the order: whoever comes earlier in the order and can be in, is in."""
    there = [each for each in pool if each.name not in without]
    ordered = [each.name for each in in_order(there, seed)]
    lists = list(every_list(there, seats, keep))
    least = min(missing(people, asked, seats) for people in lists)
    good = [{each.name for each in people} for people in lists if missing(people, asked, seats) == least]
    # those who have a place are not offered one
    return tuple(sorted(max(good, key=lambda names: [name in names for name in ordered])))


@given(pools(), quotas(), st.integers(1, 5), st.integers(0, 3))
def test_draw_is_the_first_in_order_of_all_lists_that_miss_least(pool, asked, seats, seed) -> None:
    drawn = draw(pool, asked, seats=seats, seed=seed)
    assert drawn.names == first_of_the_least(pool, asked, seats, seed)


@given(pools(), quotas(), st.integers(1, 5), st.integers(0, 3), st.data())
def test_draw_anew_keeps_those_who_accepted_and_leaves_out_those_who_declined(pool, asked, seats, seed, data) -> None:
    names = [each.name for each in pool]
    keep = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=seats)) if names else []
    others = [name for name in names if name not in keep]
    without = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    drawn = draw(pool, asked, seats=seats, seed=seed, keep=keep, without=without)
    assert drawn.names == first_of_the_least(pool, asked, seats, seed, keep, without)


@given(pools(), quotas(), st.integers(1, 5), st.integers(0, 3))
def test_draw_says_exactly_what_its_list_misses(pool, asked, seats, seed) -> None:
    drawn = draw(pool, asked, seats=seats, seed=seed)
    people = [each for each in pool if each.name in drawn.names]
    weights = {(quota.attribute, quota.value): quota.weight for quota in asked} | {(SEATS, ""): 1}
    assert sum(weights[each.attribute, each.value] * abs(each.by) for each in drawn.missed) == missing(people, asked, seats)


@given(pools(), quotas(), st.integers(1, 5), st.integers(0, 3), st.randoms(use_true_random=False))
def test_draw_is_the_same_whatever_the_order_of_the_pool(pool, asked, seats, seed, random) -> None:
    shuffled = random.sample(pool, len(pool))
    assert draw(shuffled, asked, seats=seats, seed=seed) == draw(pool, asked, seats=seats, seed=seed)


def hundred() -> list[Candidate]:
    """Enough people that the seed decides."""
    return [Candidate(f"{number:08}", {"region": REGIONS[number % 2], "size": SIZES[number % 3 % 2]}) for number in range(100)]


def test_draw_of_one_seed_is_the_same_list_for_ever() -> None:
    """Fixed here: another release of the solver must not change who is invited."""
    asked = (Quota("region", "north", 3, 4), Quota("size", "large", 3, 8), Quota("region", "east", 1, 2))
    drawn = draw(hundred(), asked, seats=8, seed=2031)
    assert drawn.names == FIXED
    assert drawn.missed == (Missed("region", "east", 1, 0),)


FIXED = ("00000003", "00000036", "00000041", "00000061", "00000064", "00000072", "00000085", "00000092")


def test_draw_of_another_seed_is_another_list() -> None:
    assert draw(hundred(), (), seats=8, seed=1).names != draw(hundred(), (), seats=8, seed=2).names


def test_draw_prefers_the_never_invited_then_the_longest_not_invited() -> None:
    pool = [Candidate("a", {}, date(2031, 1, 1)), Candidate("b", {}, date(2029, 1, 1)), Candidate("c", {}), Candidate("d", {}, date(2030, 1, 1))]
    assert [draw(pool, (), seats=seats, seed=5).names for seats in (1, 2, 3)] == [("c",), ("b", "c"), ("b", "c", "d")]


def test_draw_of_an_empty_pool_leaves_every_seat_empty() -> None:
    asked = (Quota("region", "north", 2, 3),)
    assert draw([], asked, seats=4, seed=1) == Drawn((), (Missed("region", "north", 2, 0), Missed(SEATS, "", 4, 0)))


def test_draw_one_too_many_weighs_as_an_empty_seat_so_the_order_decides_and_it_is_said() -> None:
    pool = [Candidate(name, {"region": "north"}) for name in "abc"]
    drawn = draw(pool, (Quota("region", "north", 0, 1),), seats=3, seed=1)
    assert (drawn.names, drawn.missed) == (("a", "b", "c"), (Missed("region", "north", -2, 3),))


def test_draw_a_heavier_quota_is_missed_last() -> None:
    pool = [Candidate("a", {"region": "north"}), Candidate("b", {"size": "small"})]
    light, heavy = Quota("region", "north", 1, 1), Quota("size", "small", 1, 1, 2)
    assert draw(pool, (light, heavy), seats=1, seed=1).names == ("b",)


def test_draw_more_people_with_a_place_than_seats_is_refused() -> None:
    pool = [Candidate("a", {}), Candidate("b", {})]
    with pytest.raises(CannotDraw, match="Found 2 people with a place and 1 seats"):
        draw(pool, (), seats=1, seed=1, keep=("a", "b"))


def test_draw_somebody_twice_in_the_pool_is_refused() -> None:
    with pytest.raises(CannotDraw, match="nobody twice"):
        draw([Candidate("a", {}), Candidate("a", {})], (), seats=1, seed=1)


def test_draw_the_order_is_told_of_everybody() -> None:
    assert sorted(draw(hundred(), (), seats=8, seed=1).order.values()) == list(range(1, 101))
