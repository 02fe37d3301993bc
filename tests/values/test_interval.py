from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.values.interval import median_interval, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # 81 of 263 and 0 of 20: Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718), (9, 20, 0.2582, 0.6579)],
)
def test_wilson_gives_published_values(hits, n, low, high):
    assert wilson(hits, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_lies_between_nought_and_one(case):
    hits, n = case
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_of_the_rest_is_its_mirror(case):
    hits, n = case
    low, high = wilson(hits, n)
    assert wilson(n - hits, n) == (pytest.approx(1 - high), pytest.approx(1 - low))


@pytest.mark.parametrize(("n", "low", "high"), [(6, 1, 6), (8, 1, 8), (9, 2, 8), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)])
def test_median_interval_gives_tabled_ranks(n, low, high):
    assert median_interval(range(1, n + 1)) == (low, high)


@pytest.mark.parametrize("n", range(6))
def test_median_interval_is_unknown_below_six(n):
    assert median_interval(range(n)) is None


@given(st.lists(st.integers(0, 1000), min_size=6, max_size=200))
def test_median_interval_reaches_95_percent_and_no_narrower_pair_does(observations):
    n, held = len(observations), sorted(observations)
    rank = max(rank for rank in range(1, n + 1) if 40 * sum(comb(n, below) for below in range(rank)) <= 2**n)
    assert median_interval(observations) == (held[rank - 1], held[n - rank])


def test_median_interval_of_a_hundred_thousand_has_the_ranks_of_whole_number_sums():
    assert median_interval(range(1, 100_001)) == (49_690, 50_311)
