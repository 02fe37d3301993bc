from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.judgement.rules.measuring import FUNCTIONS, BadMeasure, check_columns, measure
from opencompact.values.period import periods_of


def row(**given):
    return {"body": "examples", "period": "2031", "n": 20, "population": 25, **given}


def graded(interval="wilson", not_enough_below=10, **given):
    return measure(row(**given), indicator="sample", interval=interval, not_enough_below=not_enough_below)


def figures(**given):
    found = graded(**given)
    return found["value"], found["low"], found["high"], found["why_missing"]


def test_share_has_value_interval_counts_and_coverage():
    assert graded(hits=9) == {
        "indicator": "sample",
        "body": "examples",
        "period": "2031",
        "value": 0.45,
        "low": pytest.approx(0.2582, abs=1e-4),
        "high": pytest.approx(0.6579, abs=1e-4),
        "n": 20,
        "hits": 9,
        "coverage": 0.8,
        "why_missing": None,
    }


def test_median_has_an_interval_from_six_observations():
    assert figures(interval="order_statistics", not_enough_below=1, n=6, observations=[1, 2, 3, 4, 5, 60]) == (3.5, 1, 60, None)


def test_median_of_fewer_has_no_interval():
    assert figures(interval="order_statistics", not_enough_below=1, n=2, observations=[1, 2]) == (1.5, None, None, None)


def test_sum_has_no_interval():
    assert figures(interval="none", value=Decimal("12.50")) == (12.5, None, None, None)


def test_nought_is_a_value():
    assert figures(interval="none", value=0) == (0.0, None, None, None)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"n": 9, "hits": 1}, "too few to say: 9 cases, 10 wanted"),
        ({"n": 1, "hits": 1}, "too few to say: 1 case, 10 wanted"),
        ({"n": 0, "hits": 0}, "what is needed is not held for any of 25 cases"),
        ({"n": 0, "hits": 0, "why_missing": "no page is held"}, "no page is held"),
        ({"n": 0, "hits": 0, "population": 0}, "no case in this period"),
        ({"interval": "none", "value": None, "why_missing": "credits outweigh payments"}, "credits outweigh payments"),
    ],
)
def test_missing_value_says_why_and_is_never_nought(given, why):
    assert figures(**given) == (None, None, None, why)


def test_reason_is_dropped_where_there_is_a_value():
    assert graded(hits=9, why_missing="no page is held")["why_missing"] is None


def test_coverage_of_the_select_comes_first_and_is_unknown_without_population():
    assert (graded(hits=1, coverage=0.1)["coverage"], graded(hits=0, n=0, population=0)["coverage"]) == (0.1, None)


@pytest.mark.parametrize(
    "given",
    [
        {"hits": 21},
        {"hits": 1, "population": 19},
        {"hits": -1},
        {"interval": "order_statistics", "observations": [1]},
        {"interval": "order_statistics", "observations": None},
    ],
)
def test_counts_that_contradict_one_another_are_refused(given):
    with pytest.raises(BadMeasure, match=r"Indicator sample, examples, 2031: found hits .*; expected hits ≤ n ≤ population, and n observations\."):
        graded(**given)


@pytest.mark.parametrize(("interval", "figure"), [("wilson", "hits"), ("order_statistics", "observations"), ("none", "value")])
def test_columns_of_the_contract_are_accepted(interval, figure):
    check_columns(["body", "period", "n", "population", figure, "coverage", "hits", "why_missing"], indicator="sample", interval=interval)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (
            ["body", "period", "n", "hits"],
            "Indicator sample, measure.sql: column population is missing; interval wilson wants body, period, n, population, hits.",
        ),
        (
            ["body", "n", "population"],
            "Indicator sample, measure.sql: column period, hits is missing; interval wilson wants body, period, n, population, hits.",
        ),
        (
            ["body", "period", "n", "population", "hits", "hit"],
            "Indicator sample, measure.sql: column hit is not known; interval wilson wants body, period, n, population, hits.",
        ),
    ],
)
def test_columns_missing_or_unknown_are_refused(columns, says):
    with pytest.raises(BadMeasure) as refusal:
        check_columns(columns, indicator="sample", interval="wilson")
    assert str(refusal.value) == says


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        for function in FUNCTIONS:
            con.execute(function)
        yield con


@settings(deadline=None)
@given(day=st.dates(date(1900, 4, 1), date(2200, 1, 1)) | st.none())
def test_periods_in_sql_are_those_in_python(con, day):
    assert con.execute("SELECT periods_of(CAST(? AS DATE))", [day]).fetchone() == (list(periods_of(day)),)


def test_bodies_in_sql_are_the_body_and_all(con):
    assert con.execute("SELECT bodies_of('examples')").fetchone() == (["examples", "all"],)
