"""The audits' figures, each from invented rows that have the margins published in 2012 and 2015."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judgement.invented import SCALE

from opencompact.judgement.rules.audits_figures import (
    Case,
    Share,
    at_best,
    at_the_boundary,
    by_body,
    by_period,
    having,
    over_twelve_weeks,
    share_of_spend,
    short,
    unexplained,
)

cases = st.lists(
    st.builds(
        Case,
        st.sampled_from(["a", "b"]),
        st.dates(date(2011, 1, 1), date(2013, 12, 31)) | st.none(),
        st.integers(0, 120) | st.none(),
        st.booleans() | st.none(),
    )
)


def rows(*, short_of: int, all_of: int, opened_on: date = date(2011, 3, 1), body: str = "one") -> list[Case]:
    return [Case(body, opened_on, 42, explained=True)] * short_of + [Case(body, opened_on, 90)] * (all_of - short_of)


def test_209_consultations_of_which_40_per_cent_are_short_and_54_per_cent_of_those_unexplained() -> None:
    held = [Case("one", None, 40, explained=place >= 45) for place in range(84)] + [Case("one", None, 84)] * 125
    assert (short(held), short(held).percent) == (Share(84, 209), 40)
    assert (unexplained(held), unexplained(held).percent) == (Share(45, 84), 54)


def test_over_twelve_weeks_gives_the_independent_counts() -> None:
    first = [Case("one", None, 85)] * 143 + [Case("one", None, 84)] * 10 + [Case("one", None, 30)] * 100
    second = [Case("one", None, 91)] * 54 + [Case("one", None, 60)] * 153
    assert (over_twelve_weeks(first), round(1000 * (over_twelve_weeks(first).value or 0))) == (Share(143, 253), 565)
    assert (over_twelve_weeks(second), over_twelve_weeks(second).percent) == (Share(54, 207), 26)


def test_exactly_84_days_is_neither_short_nor_over_so_the_two_ways_of_counting_differ() -> None:
    held = [Case("one", None, 84)] * 4 + [Case("one", None, 83), Case("one", None, 85)]
    assert (short(held).hits, over_twelve_weeks(held).hits, at_the_boundary(held)) == (1, 1, 4)


def test_40_then_76_then_81_per_cent_by_period() -> None:
    held = [
        *rows(short_of=84, all_of=209),
        *rows(short_of=76, all_of=100, opened_on=date(2012, 9, 1)),
        *rows(short_of=81, all_of=100, opened_on=date(2013, 2, 1)),
    ]
    periods = {
        "2011": (date(2011, 1, 1), date(2011, 12, 31)),
        "July to December 2012": (date(2012, 7, 1), date(2012, 12, 14)),
        "December 2012 to May 2013": (date(2012, 12, 15), date(2013, 5, 15)),
    }
    assert [share.percent for share in by_period(held, periods).values()] == [40, 76, 81]


def test_case_without_a_day_is_in_no_period() -> None:
    assert by_period([Case("one", None, 40)], {"all": (date(2000, 1, 1), date(2040, 1, 1))}) == {"all": Share(0, 0)}


@pytest.mark.parametrize(("yes", "no", "percent"), [(2, 7, 22), (9, 5, 64), (1, 13, 7)])
def test_bodies_having_a_thing(yes: int, no: int, percent: int) -> None:
    answers = {f"yes-{place}": True for place in range(yes)} | {f"no-{place}": False for place in range(no)}
    assert (having(answers), having(answers).percent) == (Share(yes, yes + no), percent)


def test_body_that_cannot_be_told_is_in_neither_number() -> None:
    assert having({"a": True, "b": None, "c": False}) == Share(1, 2, missing=1)


def test_nine_bodies_spend_98_per_cent() -> None:
    spend = {f"body-{place}": 1_000_000 for place in range(9)} | {"a": 100_000, "b": 60_000, "c": 23_673}
    share = share_of_spend(spend, [f"body-{place}" for place in range(9)])
    assert (share, share.percent) == (Share(9_000_000, 9_183_673), 98)


def test_at_best_adequate_against_each_recommendation() -> None:
    findings = {"leadership": ["adequate", "limited"], "monitoring": ["none", "adequate", "cannot_tell"], "reasons": ["cannot_tell"]}
    assert at_best(findings, scale=SCALE) == {"leadership": "adequate", "monitoring": "adequate", "reasons": ""}


def test_nothing_to_divide_by_is_not_zero() -> None:
    assert (short([Case("one", None, None)]), short([]).value, short([]).percent) == (Share(0, 0, missing=1), None, None)


def test_short_ones_nobody_searched_are_missing_from_the_unexplained() -> None:
    held = [Case("one", None, 40, explained=None), Case("one", None, 40, explained=False), Case("one", None, 90, explained=False)]
    assert unexplained(held) == Share(1, 1, missing=1)


@given(cases)
def test_bodies_add_up_to_the_whole(held: list[Case]) -> None:
    parts = [share for share, _ in by_body(held).values()]
    whole = short(held)
    assert (sum(part.hits for part in parts), sum(part.of for part in parts), sum(part.missing for part in parts)) == (whole.hits, whole.of, whole.missing)


@given(cases)
def test_short_over_and_boundary_are_all_that_is_known(held: list[Case]) -> None:
    assert short(held).hits + over_twelve_weeks(held).hits + at_the_boundary(held) == short(held).of


@given(st.integers(0, 500), st.integers(1, 500))
def test_percent_is_the_nearest_whole(hits: int, more: int) -> None:
    share = Share(hits, hits + more)
    assert share.percent is not None
    assert abs(share.percent - 100 * hits / (hits + more)) <= 0.5
