"""What changed between two releases, against a slow second count."""

from collections import Counter

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.publication.rules.changes import Moved, TableChange, change_note, changes_select, moved_select

cells = st.none() | st.sampled_from(["a", "b"])
keyed = st.dictionaries(st.integers(0, 5), cells, max_size=5)


def count(before, after, *, key):
    with duckdb.connect() as con:
        for name, rows in (("o", before), ("n", after)):
            con.execute(f"CREATE TABLE {name} (place BIGINT, cell VARCHAR)")
            for row in rows:
                con.execute(f"INSERT INTO {name} VALUES (?, ?)", row)
        return con.execute(changes_select(before="o", after="n", key=key, columns=("place", "cell"))).fetchall()


@given(keyed, keyed)
def test_keyed_rows_are_counted_by_key(before, after):
    expected = (len(after.keys() - before.keys()), len(before.keys() - after.keys()), sum(before[key] != after[key] for key in before.keys() & after.keys()))
    assert count(list(before.items()), list(after.items()), key=("place",)) == [expected]


@given(*[st.lists(st.tuples(st.integers(0, 1), cells), max_size=5)] * 2)
def test_rows_without_a_key_are_counted_by_content(before, after):
    old, new = Counter(before), Counter(after)
    assert count(before, after, key=()) == [((new - old).total(), (old - new).total(), 0)]


def test_moved_measures_are_those_in_both_with_another_value():
    with duckdb.connect() as con:
        for name, rows in (
            ("o", "('a', 'x', 'all', 1.5), ('b', 'x', 'all', NULL), ('c', 'x', 'all', 2), ('d', 'x', 'all', NULL)"),
            ("n", "('a', 'x', 'all', 2), ('b', 'x', 'all', 0), ('c', 'x', 'all', 2), ('e', 'x', 'all', 1), ('d', 'x', 'all', NULL)"),
        ):
            con.execute(f"CREATE TABLE {name} AS SELECT * FROM (VALUES {rows}) AS t(indicator, body, period, value)")
        assert con.execute(moved_select(before="o", after="n")).fetchall() == [("a", "x", "all", 1.5, 2.0), ("b", "x", "all", None, 0.0)]


def test_note_of_the_first_release():
    assert (
        change_note("Title", before=None, tables=[], moved=[], because="")
        == "# What changed: Title\n\nRevised because: first release.\n\nThere is no release before this one.\n"
    )


def test_note_of_a_release_without_change():
    assert change_note("Title", before="2031-10", tables=[TableChange("bodies", 0, 0, 0)], moved=[], because="") == (
        "# What changed: Title\n\nRevised because: no reason was given.\n\nCompared with release 2031-10.\n\n"
        "## Tables\n\nNo table changed.\n\n## Figures that moved\n\nNo figure moved.\n"
    )


def test_note_names_tables_and_figures():
    note = change_note(
        "Title",
        before="2031-10",
        tables=[TableChange("bodies", 1, 0, 0), TableChange("payments", 0, 1200, 3, ("purpose",)), TableChange("signs", 0, 0, 0)],
        moved=[Moved("length", "sample-body", "2031", None, 0.1 + 0.2)],
        because="A file was read again.",
    )
    assert note.splitlines()[2:] == [
        "Revised because: A file was read again.",
        "",
        "Compared with release 2031-10.",
        "",
        "## Tables",
        "",
        "| table | rows added | rows removed | rows changed | columns that came or went |",
        "|---|--:|--:|--:|---|",
        "| bodies | 1 | 0 | 0 |  |",
        "| payments | 0 | 1,200 | 3 | purpose |",
        "",
        "## Figures that moved",
        "",
        "| indicator | body | period | from | to |",
        "|---|---|---|--:|--:|",
        "| length | sample-body | 2031 | no value | 0.30000000000000004 |",
    ]


@pytest.mark.parametrize(
    ("change", "expected"), [(TableChange("a", 0, 0, 0), False), (TableChange("a", 0, 0, 1), True), (TableChange("a", 0, 0, 0, ("b",)), True)]
)
def test_is_change(change, expected):
    assert change.is_change == expected
