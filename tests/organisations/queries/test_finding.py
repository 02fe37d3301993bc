"""Finding organisations of a release, on a table of a few."""

from collections.abc import Iterator

import duckdb
import pytest

from opencompact.organisations.queries.finding import COLUMNS, beginning_with, by_ids, by_numbers

ROWS = [
    ("GB-CHC-1", "Nowhere Carers", "charity", True, "GB-COH-10;GB-COH-11"),
    ("GB-CHC-2", "Carers of Nowhere", "charity", True, "GB-COH-12"),
    ("GB-CHC-3", "The Carers", "charity", True, "GB-COH-12"),
    ("GB-COH-10", "Nowhere Carers Ltd", "company", False, None),
    ("GB-COH-13", "Carers Cars Ltd", "company", False, None),
    ("GB-CHC-4", "withheld", "charity", True, None),
]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("CREATE TABLE organisations (organisation_id VARCHAR, name VARCHAR, kind VARCHAR, is_voluntary BOOLEAN, other_ids VARCHAR)")
        made.execute("ALTER TABLE organisations ADD COLUMN size_band VARCHAR DEFAULT 'not_held'")
        for column, kind in (("income", "DECIMAL(18,2)"), ("income_year_ends_on", "DATE"), ("on_register", "BOOLEAN"), ("kind_because", "VARCHAR")):
            made.execute(f"ALTER TABLE organisations ADD COLUMN {column} {kind}")
        made.executemany("INSERT INTO organisations (organisation_id, name, kind, is_voluntary, other_ids) VALUES (?, ?, ?, ?, ?)", ROWS)
        yield made


def test_by_ids_gives_the_public_columns_of_those_held(con):
    found = by_ids(con, ["GB-CHC-1", "GB-CHC-4", "GB-CHC-99", "GB-CHC-1"])
    assert list(found) == ["GB-CHC-1"]
    assert tuple(found["GB-CHC-1"]) == COLUMNS


def test_by_numbers_leads_to_the_charity_that_a_company_is(con):
    asked = ["GB-CHC-1", "GB-COH-10", "GB-COH-11", "GB-COH-13"]
    assert by_numbers(con, asked) == {"GB-CHC-1": "GB-CHC-1", "GB-COH-10": "GB-CHC-1", "GB-COH-11": "GB-CHC-1", "GB-COH-13": "GB-COH-13"}


def test_by_numbers_leaves_out_what_several_bear_or_nobody(con):
    assert by_numbers(con, ["GB-COH-12", "GB-COH-99", "GB-CHC-4"]) == {}
    assert by_numbers(con, []) == {}


def _ids(con, text, *, types=(), limit=10, offset=0):
    return [row["organisation_id"] for row in beginning_with(con, text, types=types, limit=limit, offset=offset)]


def test_beginning_with_has_beginnings_first_and_the_voluntary_before_others(con):
    assert _ids(con, "CARERS") == ["GB-CHC-2", "GB-COH-13", "GB-CHC-1", "GB-CHC-3", "GB-COH-10"]
    assert _ids(con, "arers") == []
    assert _ids(con, "gb-chc-3") == ["GB-CHC-3"]
    assert _ids(con, "withheld") == []


def test_beginning_with_goes_on_where_it_stopped(con):
    assert _ids(con, "carers", limit=2, offset=1) == ["GB-COH-13", "GB-CHC-1"]


def test_beginning_with_keeps_to_types(con):
    assert _ids(con, "carers", types=["company"]) == ["GB-COH-13", "GB-COH-10"]
    assert _ids(con, "carers", types=["voluntary"]) == ["GB-CHC-2", "GB-CHC-1", "GB-CHC-3"]
    assert _ids(con, "carers", types=["organisation"]) == _ids(con, "carers")
    assert _ids(con, "carers", types=["no-such"]) == []
