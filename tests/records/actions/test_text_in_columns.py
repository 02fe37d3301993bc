"""Large texts are read in columns; the same texts read row by row are the oracle."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.records.actions.decoding import text
from opencompact.records.actions.decoding.columns import table_of
from opencompact.records.actions.decoding.text import TextSheet

PIECES = st.sampled_from(
    ["a", "é", "1,5", '"', '""', "\n", "\r", "\r\n", ",", ",,", " ", "\t", "\u00a0", "x,y", '"q,\n"', "\u2028", "\x1c", "\x85", ";", "\x00"]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)


@pytest.fixture(autouse=True, scope="module")
def small_steps():
    """Every text is a large one, parsed in blocks of a few bytes."""
    before = text.BEGINNING, text.BLOCK, text.MOST_ODD
    text.BEGINNING, text.BLOCK, text.MOST_ODD = 1, 64, 1.0
    yield
    text.BEGINNING, text.BLOCK, text.MOST_ODD = before


def told(sheet):
    return sorted((notice.source_row, notice.kind, notice.found) for notice in sheet.notices if notice.source_row)


def in_columns(content, width, *, delimiter=","):
    sheet = TextSheet(content, delimiter=delimiter)
    sheet.notices = []
    found = sheet._in_columns(width, -1)
    return found and (found[0].to_pydict(), found[1], told(sheet))


def by_row(content, width, *, delimiter=","):
    sheet = TextSheet(content, delimiter=delimiter)
    sheet.notices = []
    table, blank = table_of([""] * width, sheet.rows, first_row=1, notices=sheet.notices)
    return table.to_pydict(), blank, told(sheet)


@settings(max_examples=1500)
@given(TEXTS, st.integers(2, 4), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_text_in_columns_is_what_it_is_by_row(body, width, encoding):
    content = body.encode(encoding, errors="replace")
    found = in_columns(content, width)
    if found is not None:  # else it is read by row
        assert found == by_row(content, width)


@settings(max_examples=300)
@given(st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=3), min_size=1, max_size=9))
def test_table_written_by_a_spreadsheet_is_read_in_columns(rows):
    held = io.StringIO(newline="")
    csv.writer(held).writerows(rows)
    content = held.getvalue().encode("utf-8", errors="replace")
    text.BLOCK = 2**12
    try:
        assert in_columns(content, 3) == by_row(content, 3)
    finally:
        text.BLOCK = 64


def test_ragged_rows_are_put_back_in_their_places_and_blank_ones_counted(monkeypatch):
    monkeypatch.setattr(text, "BEGINNING", 12)
    sheet = TextSheet(b"Title\na,b\n1,2\n3\n\n4,5,6\n,\n , ,\n7,8\n")
    table, blank = sheet.raw(["a", "b"], place=1)
    assert table.to_pydict() == {"source_row": [3, 4, 6, 9], "c0": ["1", "3", "4", "7"], "c1": ["2", "", "5", "8"]}
    assert (blank, told(sheet)) == (3, [(4, "ragged_row", "1 cells"), (6, "ragged_row", "3 cells")])


@pytest.mark.parametrize(
    ("body", "rows", "cut", "kinds"),
    [
        ('a,b\n1,2\n3,"x\n', [["1", "2"]], 1, ["unclosed_quote"]),
        ("a,b\n1,2\n3", [["1", "2"]], 1, ["cut_short"]),
        ("a,b\n1,2\n3,4", [["1", "2"], ["3", "4"]], 0, []),
        ('a,b\n1,"' + "x" * 500 + '"\n', [["1", "x" * 500]], 0, []),
    ],
)
def test_text_only_python_reads_right_is_read_by_row(monkeypatch, body, rows, cut, kinds):
    monkeypatch.setattr(text, "BEGINNING", 6)
    sheet = TextSheet(body.encode())
    table, _ = sheet.raw(["a", "b"], place=0)
    assert [list(row) for row in zip(*(table.column(at).to_pylist() for at in (1, 2)), strict=True)] == rows
    assert (sheet.rows_cut, [notice.kind for notice in sheet.notices]) == (cut, kinds)


def test_table_of_one_column_is_read_by_row():
    table, blank = TextSheet(b"a\n1\n\n2\n").raw(["a"], place=0)
    assert (table.to_pydict(), blank) == ({"source_row": [2, 4], "c0": ["1", "2"]}, 1)


def test_text_with_many_ragged_rows_is_read_by_row(monkeypatch):
    monkeypatch.setattr(text, "MOST_ODD", 0.1)
    table, _ = TextSheet(b"a,b\n1\n2\n3,4\n").raw(["a", "b"], place=0)
    assert table.to_pydict() == {"source_row": [2, 3, 4], "c0": ["1", "2", "3"], "c1": ["", "", "4"]}


def test_beginning_of_a_large_text_leaves_out_the_row_that_may_be_cut(monkeypatch):
    monkeypatch.setattr(text, "BEGINNING", 9)
    assert TextSheet(b"a,b\n1,2\n3,4\n").beginning == [["a", "b"], ["1", "2"]]


def test_text_below_the_header_ends_with_a_mark(monkeypatch):
    monkeypatch.setattr(text, "BEGINNING", 8)
    assert b"".join(TextSheet(b"\xef\xbb\xbfa,b\r\n1,2\n")._rest(0)) == b"1,2\n\0\n"
    assert b"".join(TextSheet("a,é\n1,é".encode("cp1252"))._rest(0)) == "1,é\n\0\n".encode()


def test_steps_of_bytes_are_a_stream():
    assert io.BufferedReader(text._Stream(iter([b"abc", b"", b"d"])), 2).read() == b"abcd"
