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
    if found is not None:
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
