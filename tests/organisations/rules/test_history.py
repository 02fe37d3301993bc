from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.organisations.rules import history
from opencompact.registry import load_catalogue, load_shapes

ON = date(2014, 3, 31)
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def line(kind, word="main", told="Sample", *, from_on=None, to_on=None, **more):
    return {"line": kind, "word": word, "told": told, "other_id": None, "from_on": from_on, "to_on": to_on, "income": None, **more}


def test_dated_name_of_the_day_outranks_the_undated_main_one():
    old = line("name", "former", "Sample Old", from_on=date(2001, 1, 1), to_on=date(2015, 1, 1))
    names = [line("name"), old, line("name", "former", "Sample Older", to_on=date(2001, 1, 1)), line("name", "working", "Sample W")]
    assert history.names_on(names, on=ON) == [old]
    assert history.names_on(names, on=date(2020, 1, 1)) == [names[0]]
    assert history.undated_names([*names, line("name", "other", "SAMPLE")]) == [names[3]]


@given(first=DAYS, length=st.integers(0, 3000), on=DAYS)
def test_name_is_borne_from_its_first_day_to_its_last(first, length, on):
    name = line("name", "former", from_on=first, to_on=first + timedelta(length))
    assert (history.names_on([name], on=on) == [name]) == (first <= on <= first + timedelta(length))


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], "not_held"),
        ([("registered", date(2001, 1, 1))], "registered"),
        ([("registered", ON)], "registered"),
        ([("registered", date(2020, 1, 1))], "not_yet_registered"),
        ([("registered", date(2001, 1, 1)), ("removed", ON)], "removed"),
        ([("registered", date(2001, 1, 1)), ("removed", date(2005, 1, 1)), ("reregistered", date(2006, 1, 1))], "registered"),
        ([("registered", date(2001, 1, 1)), ("merged_into", date(2013, 1, 1))], "removed"),
        ([("removed", date(2020, 1, 1))], "not_held"),
        ([("removed", None)], "not_held"),
    ],
)
def test_status_is_what_happened_last_before_the_day(events, status):
    assert history.status_on([line("event", word, from_on=day) for word, day in events], on=ON) == status


def test_accounts_are_those_of_the_year_the_day_falls_in():
    years = [
        line("income", from_on=date(2012, 4, 1), to_on=date(2013, 3, 31), income=Decimal(1)),
        line("income", from_on=None, to_on=ON, income=Decimal(2)),
        line("income", from_on=date(2014, 4, 1), to_on=date(2015, 3, 31), income=None),
    ]
    assert [history.accounts_on(years, on=day) for day in (date(2012, 4, 1), ON, date(2014, 4, 1))] == [years[0], years[1], None]


def test_pair_holds_as_far_as_its_days_are_told():
    pairs = [line("number", "parent", from_on=date(2014, 4, 1)), line("number", "parent", to_on=ON), line("number", "company")]
    assert history.others_on(pairs, words=("parent",), on=ON) == [pairs[1]]


def test_steps_are_those_that_name_a_successor_the_earliest_first():
    lines = [
        line("event", "merged_into", from_on=None, other_id="GB-CHC-980003"),
        line("number", "reregistered_as", from_on=ON, other_id="GB-CHC-980002"),
        line("event", "registered", from_on=ON),
        line("name", "merged_into"),
    ]
    assert history.steps_from(lines) == [lines[1], lines[0]]


@pytest.mark.parametrize(("income", "band"), [(None, "not_held"), (Decimal(100_000), "medium"), (Decimal("99999.99"), "small"), (10**9, "super-major")])
def test_band_begins_at_its_lower_bound(income, band):
    assert history.band_of(income, load_catalogue().vocabularies["size-bands"].terms) == band


def test_income_below_every_band_is_in_none():
    assert history.band_of(Decimal(-1), load_catalogue().vocabularies["size-bands"].terms) == "not_held"


ORIGIN = {"source": "s", "standing": "sample", "source_file": "f.csv", "source_row": 2}


def lines_of(**tables):
    con = duckdb.connect()
    for table in ("register_names", *history.LINES):
        shape = load_shapes()[table]
        con.execute(f"CREATE TABLE {table} ({', '.join(f'{column.name} {column.type}' for column in shape.columns)})")
        for row in tables.get(table, []):
            given = {**ORIGIN, **row}
            con.execute(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join('?' for _ in given)})", list(given.values()))
    select = f"SELECT organisation_id, line, word, told, other_id, from_on FROM ({history.lines_sql('sample')}) ORDER BY ALL"
    return con, con.execute(select).fetchall()


A, B = "GB-CHC-980001", "GB-CHC-980002"


def test_merger_is_told_on_both_sides():
    event = {"organisation_id": A, "event": "merged_into", "happened_on": ON, "name": "Sample A", "other_id": B, "other_name": "Sample B"}
    _, lines = lines_of(register_events=[event])
    assert lines == [(A, "event", "merged_into", "Sample B", B, ON), (B, "event", "took_over", "Sample A", A, ON)]


def test_parent_is_the_branch_s_other_side_and_a_federation_has_none():
    pairs = [
        {"organisation_id": A, "relation": "parent", "other_id": B, "name": "Sample A", "other_name": "Sample B"},
        {"organisation_id": A, "relation": "company", "other_id": "GB-COH-98000001"},
        {"organisation_id": A, "relation": "federation", "other_name": "Sample Guides"},
    ]
    _, lines = lines_of(register_numbers=pairs)
    assert [(line[0], line[2], line[4]) for line in lines] == [
        (A, "company", "GB-COH-98000001"),
        (A, "federation", None),
        (A, "parent", B),
        (B, "branch", A),
        ("GB-COH-98000001", "company", A),
    ]


def test_days_on_the_register_are_events_and_bodies_have_no_lines():
    names = [
        {"organisation_id": A, "name": "Sample A", "register": "r", "registered_on": date(2001, 1, 1), "removed_on": ON},
        {"organisation_id": "GB-GOR-D98", "name": "Sample Office", "register": "r", "slug": "sample-office", "registered_on": ON},
    ]
    _, lines = lines_of(register_names=names)
    assert [line[:3] + line[5:] for line in lines] == [
        (A, "event", "registered", date(2001, 1, 1)),
        (A, "event", "removed", ON),
        (A, "name", "main", None),
    ]


def test_same_line_of_two_files_is_one_and_examples_are_none():
    area = {"organisation_id": A, "area_kind": "scale", "area_name": "Local", "within": "Sampletown"}
    _, lines = lines_of(register_areas=[area, {**area, "source_file": "g.csv"}, {**area, "standing": "example", "area_name": "National"}])
    assert lines == [(A, "area", "scale", "Local, Sampletown", None, None)]


def test_what_was_reached_follows_a_circle_of_mergers_once():
    events = [{"organisation_id": one, "event": "merged_into", "other_id": other} for one, other in ((A, B), (B, A))]
    con, _ = lines_of(register_events=events)
    con.execute(
        "CREATE TABLE links AS SELECT * FROM (VALUES (?, 'exact'), ('GB-CHC-980009', 'probable'), (NULL, 'none')) AS t(organisation_id, link_stage)", [A]
    )
    assert sorted(con.execute(history.reached_sql("sample")).fetchall()) == [(A,), (B,)]
