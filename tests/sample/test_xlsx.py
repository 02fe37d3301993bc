"""Workbooks written by hand read back as they were meant."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from opencompact.sample.xlsx import Workbook

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="￾￿"), max_size=20)


def written(path, rows, sheet="grants"):
    with Workbook(path, sheet=sheet) as book:
        numbers = [book.write(row) for row in rows]
    return numbers, CalamineWorkbook.from_path(path)


def test_kinds_of_cells_keep_their_kind(tmp_path):
    _, book = written(tmp_path / "a.xlsx", [["text", 7, Decimal("12.34"), date(2031, 7, 16), None, "last"]])
    assert book.get_sheet_by_index(0).to_python() == [["text", 7.0, 12.34, date(2031, 7, 16), "", "last"]]


def test_rows_are_numbered_as_a_spreadsheet_does_empty_ones_too(tmp_path):
    numbers, book = written(tmp_path / "a.xlsx", [["a"], [], [None], ["b\nc"]])
    assert numbers == [1, 2, 3, 4]
    assert book.get_sheet_by_index(0).to_python(skip_empty_area=False) == [["a"], [""], [""], ["b\nc"]]


def test_the_sheet_has_its_name(tmp_path):
    assert written(tmp_path / "a.xlsx", [["a"]], sheet="A & <B>")[1].sheet_names == ["A & <B>"]


def test_columns_beyond_z_stand_in_their_place(tmp_path):
    cells = [str(place) for place in range(703)]
    assert written(tmp_path / "a.xlsx", [cells])[1].get_sheet_by_index(0).to_python() == [cells]


def test_same_rows_give_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        written(tmp_path / name, [["x", date(2031, 1, 1)]])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@settings(max_examples=50)
@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=4))
def test_any_text_comes_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    assert written(path, [texts])[1].get_sheet_by_index(0).to_python() == [texts]
