"""The invented accounts: true columns, several bands, years that differ, and some that are not there."""

import random

from tests.sample import slow_reader

from opencompact.sample import country as land
from opencompact.sample.accounts import RETURNS_HEADER, YEARS, income_of, write_accounts


def test_accounts_are_of_charities_of_england_and_wales_each_year_once(tmp_path) -> None:
    country = land.settle(random.Random("accounts"), charities=land.CHARITIES_A_SCALE)
    write_accounts(tmp_path / "returns.csv", country)
    header, *rows = slow_reader.rows_of(tmp_path / "returns.csv")
    assert tuple(header) == RETURNS_HEADER
    told = {(row[2], row[3]) for row in rows}
    numbers = {number for number, _ in told}
    assert len(told) == len(rows)
    assert 0 < len(numbers) < len(country.charities)
    assert 0 < sum(start.startswith(str(YEARS[-1])) for _, start in told) < len(numbers)


def test_income_changes_from_year_to_year_and_runs_through_the_bands() -> None:
    incomes = [income_of(drawn * 7919, YEARS[0]) for drawn in range(400)]
    assert (min(incomes) < 10_000, max(incomes) > 10**7) == (True, True)
    assert len({income_of(123_456_789, year) for year in YEARS}) == len(YEARS)
