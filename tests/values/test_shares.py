"""The least and most a share can be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.values.shares import Between, between

SUMS = st.decimals(min_value=0, max_value=10**9, places=2)


def test_unknown_part_makes_a_range() -> None:
    assert between(Decimal(20), Decimal(30), Decimal(50)) == Between(0.2, 0.7)


@pytest.mark.parametrize("sums", [(0, 0, 0), (-1, 5, 5), (5, -1, 5), (5, 5, -1)])
def test_credits_or_nothing_make_no_share(sums: tuple[int, int, int]) -> None:
    assert between(*map(Decimal, sums)) is None


@given(SUMS, SUMS, SUMS)
def test_range_holds_whatever_the_unknown_turns_out_to_be(part: Decimal, other: Decimal, unknown: Decimal) -> None:
    found = between(part, other, unknown)
    if found:
        half = float((part + unknown / 2) / (part + other + unknown))
        assert 0 <= found.least <= half <= found.most <= 1
