"""Which yearly accounts stand for which days, against a slow second way of finding them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.organisations.rules.yearly import accounts_sql
from opencompact.registry import load_catalogue

BANDS = load_catalogue().vocabularies["size-bands"].terms
Told = tuple[date | None, date | None, int | None]


CON = duckdb.connect()
COLUMNS = (
    "organisation_id VARCHAR, year_starts_on DATE, {last} DATE, income DECIMAL(18,2), source VARCHAR, standing VARCHAR, source_file VARCHAR, source_row BIGINT"
)


def accounts(incomes: list[Told], latest: list[Told] | None = None, standing: str = "sample") -> list[tuple[Any, ...]]:
    for table, last, rows in (("register_incomes", "year_ends_on", incomes), ("register_names", "income_year_ends_on", latest or [])):
        CON.execute(f"CREATE OR REPLACE TABLE {table} ({COLUMNS.format(last=last)})")
        for place, (start, end, income) in enumerate(rows):
            CON.execute(f"INSERT INTO {table} VALUES ('GB-CHC-1', ?, ?, ?, 's', ?, 'f', ?)", [start, end, income, standing, place])
    return CON.execute(f"SELECT from_on, to_on, income, size_band FROM ({accounts_sql('sample', BANDS)}) ORDER BY from_on").fetchall()


def test_band_is_of_its_own_year_and_begins_at_its_lower_bound() -> None:
    assert accounts([(date(2030, 4, 1), date(2031, 3, 31), 9_999), (date(2031, 4, 1), date(2032, 3, 31), 10_000)]) == [
        (date(2030, 4, 1), date(2031, 3, 31), Decimal("9999.00"), "micro"),
        (date(2031, 4, 1), date(2032, 3, 31), Decimal("10000.00"), "small"),
    ]


def test_year_told_by_its_last_day_alone_is_the_year_that_ended_then() -> None:
    assert [row[:2] for row in accounts([(None, date(2032, 2, 29), 1)])] == [(date(2031, 3, 1), date(2032, 2, 29))]


def test_latest_income_of_the_register_stands_for_its_year_and_one_without_a_day_for_none() -> None:
    assert [row[:3] for row in accounts([], [(None, date(2031, 3, 31), 7), (None, None, 8)])] == [(date(2030, 4, 1), date(2031, 3, 31), Decimal("7.00"))]


def test_year_told_twice_counts_once_and_the_telling_with_its_first_day_is_taken() -> None:
    told = accounts([(date(2030, 10, 1), date(2031, 3, 31), 5)], [(None, date(2031, 3, 31), 900_000)])
    assert told == [(date(2030, 10, 1), date(2031, 3, 31), Decimal("5.00"), "micro")]


def test_moved_accounting_day_leaves_the_earlier_year_its_days() -> None:
    assert [row[:2] for row in accounts([(date(2030, 4, 1), date(2031, 3, 31), 1), (date(2031, 1, 1), date(2031, 12, 31), 2)])] == [
        (date(2030, 4, 1), date(2031, 3, 31)),
        (date(2031, 4, 1), date(2031, 12, 31)),
    ]


@pytest.mark.parametrize("told", [(None, date(2031, 3, 31), None), (None, date(2031, 3, 31), -5), (None, None, 5)])
def test_what_has_no_income_or_no_day_enters_none(told: Told) -> None:
    assert accounts([], [told]) == []


def test_accounts_of_another_standing_enter_none() -> None:
    assert accounts([(None, date(2031, 3, 31), 5)], standing="example") == []


DAYS = st.dates(min_value=date(2028, 1, 1), max_value=date(2034, 12, 31))


@settings(max_examples=15)
@given(st.lists(st.tuples(DAYS, st.integers(min_value=30, max_value=500), st.integers(min_value=0, max_value=10**8)), max_size=5))
def test_every_day_has_at_most_one_year_and_it_is_one_that_holds_it(years: list[tuple[date, int, int]]) -> None:
    told = {end: (end - timedelta(days=days), end, income) for end, days, income in years}
    found = accounts(list(told.values()))
    for day in (date(2027, 6, 1) + timedelta(days=97 * step) for step in range(30)):
        held = [row for row in found if row[0] <= day <= row[1]]
        could = [one for one in told.values() if one[0] <= day <= one[1]]
        assert len(held) <= 1
        if held:
            assert held[0][1] == min(one[1] for one in could)
        elif could:  # a year inside a longer one takes the days before it too: no real year is inside another
            assert any(one[0] > other[0] and one[1] < other[1] for one in told.values() for other in told.values())
