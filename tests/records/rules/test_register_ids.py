import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.plans import found, records

from opencompact.records.rules.plan import Field, Plan
from opencompact.records.rules.register_ids import extract_id_sql, id_sql, org_id_sql, rows_or_records


def told(sql: str, *values: object) -> object:
    names = ", ".join(f"CAST(? AS VARCHAR) AS v{place}" for place in range(len(values)))
    return duckdb.execute(f"SELECT {sql} FROM (SELECT {names})", list(values)).fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "org_id"),
    [("GB-CHC-980001", "GB-CHC-980001"), ("XI-GRID-grid.98.1", "XI-GRID-grid.98.1"), ("GB-CHC-000", None), ("980001", None), (None, None)],
)
def test_org_id_is_taken_as_written_or_not_at_all(text, org_id):
    assert told(org_id_sql("v0"), text) == org_id


@pytest.mark.parametrize(
    ("scheme", "text", "org_id"),
    [
        ("org_id", "GB-EDU-980001", "GB-EDU-980001"),
        ("charity", "SC098001", "GB-SC-SC098001"),
        ("charity", "NI198001", "GB-NIC-198001"),
        ("charity", "none", None),
        ("company", "CE980001", "GB-COH-CE980001"),
        ("GB-SHPE-", "C9801", "GB-SHPE-C9801"),
    ],
)
def test_number_is_read_as_its_scheme_says(scheme, text, org_id):
    assert told(id_sql("v0", scheme), text) == org_id


@given(number=st.integers(100_000, 9_999_999), linked=st.integers(0, 999))
def test_branch_has_its_linked_number_behind_the_charity_s(number, linked):
    assert told(extract_id_sql("v0", "v1"), str(number), str(linked)) == f"GB-CHC-{number}" + (f"-{linked}" if linked else "")


@pytest.mark.parametrize("number", ["98", "0980001", "x", "", None])
def test_extract_gives_no_id_for_what_is_no_charity_number(number):
    assert told(extract_id_sql("v0", "v1"), number, None) is None


def test_records_are_read_by_the_plan_of_the_table():
    def plan(of):
        column = of.column("registered_charity_number") or "NULL"
        made = f"SELECT source_row, unnest([{column}, {column}]) AS told FROM raw"
        return Plan((Field("number", column),)), Plan((Field("number", "told"),), relation=made)

    about = found("charity-commission-other-names-json")
    con = duckdb.connect()
    con.register("raw", records({"registered_charity_number": 980001}))
    one, both = rows_or_records(plan)(about)
    selects = [f"SELECT {each.fields[0].sql} FROM ({each.relation})" for each in (one, both)]
    assert [con.execute(select).fetchall() for select in selects] == [[("980001",)], [("980001",), ("980001",)]]
