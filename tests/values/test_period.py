from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.values.period import financial_year, period_kind, periods_of


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (date(2011, 8, 1), ("2011", "2011-Q3", "2011/12", "all")),
        (date(2012, 3, 31), ("2012", "2012-Q1", "2011/12", "all")),
        (date(2012, 4, 1), ("2012", "2012-Q2", "2012/13", "all")),
        (date(1999, 12, 31), ("1999", "1999-Q4", "1999/00", "all")),
        (None, ("all",)),
    ],
)
def test_periods_of_a_day(day, periods):
    assert periods_of(day) == periods


@given(st.dates(date(1000, 4, 1)))
def test_financial_year_begins_on_1_april(day):
    assert financial_year(day)[:4] == str(day.year - (day < date(day.year, 4, 1)))


@given(st.dates(date(1000, 4, 1)))
def test_kind_of_each_period(day):
    assert [period_kind(period) for period in periods_of(day)] == ["year", "quarter", "financial_year", "all"]
