"""A spreadsheet given on a page is read whole, or refused in a sentence."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from opencompact.web.given_rows import MOST_BYTES, CannotReadRows, rows_of


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, kept = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"Name,Email\n\nA,a@sample.invalid\n", [["Name", "Email"], [], ["A", "a@sample.invalid"]]),
        ("\ufeffName\r\nCaf\u00e9\r\n".encode(), [["Name"], ["Caf\u00e9"]]),
        (b"", []),
        (workbook(("Name", 1), (None, None), ("A", 2), ("", None), (None, None)), [("Name", 1), (None, None), ("A", 2)]),
    ],
)
def test_rows_are_those_of_the_first_sheet_without_blank_ones_at_its_end(content, rows):
    assert rows_of(content, "list", most=9) == rows


@pytest.mark.parametrize("content", [b"a\n" * 3, workbook(("a",), ("b",), ("c",))])
def test_of_too_many_rows_none_is_left_out_without_a_word(content):
    assert len(rows_of(content, "list.csv", most=3)) == 3
    with pytest.raises(CannotReadRows, match=r"^list\.csv: found more than 2 rows; expected at most so many\. Give them in several files\.$"):
        rows_of(content, "list.csv", most=2)


def test_blank_rows_beyond_the_most_are_none():
    assert rows_of(b"a\n" + b"\n" * 50, "list.csv", most=2) == [["a"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (MOST_BYTES + 1), "found 10.0 MB; expected at most 10 MB"),
        (b"\xff\xfe\x00", "neither XLSX nor CSV in UTF-8"),
        (b"PK no workbook", "found a damaged workbook"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_name(content, said):
    with pytest.raises(CannotReadRows, match=rf"^list\.csv: .*{said}"):
        rows_of(content, "list.csv", most=9)
