import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.records.actions.decoding import CannotRead, sheets, workbooks
from opencompact.records.actions.decoding.workbooks import cell_text, column_texts

NUMBERS = st.floats() | st.integers(-(10**15), 10**15).map(float) | st.decimals(-(10**9), 10**9, places=2).map(float)
CELLS = st.one_of(NUMBERS, st.just(""), st.text(max_size=3), st.booleans(), st.integers(), st.datetimes(), st.dates())


def book(fill):
    held, made = io.BytesIO(), openpyxl.Workbook()
    fill(made.active)
    made.save(held)
    return held.getvalue()


def one(content):
    (sheet,) = sheets(Path("sample.xlsx"), content)
    return sheet


@settings(deadline=None)
@given(st.lists(NUMBERS | st.just(""), max_size=6) | st.lists(CELLS, max_size=6))
def test_column_is_written_as_its_cells_are(cells):
    assert column_texts(cells).to_pylist() == [cell_text(value) for value in cells]


def test_cells_are_what_a_person_would_write():
    values = [1.0, 12.5, -0.0, 1e22, True, datetime.fromisoformat("2031-07-16T09:30:00"), date(2031, 7, 16), "x"]
    assert [cell_text(value) for value in values] == ["1", "12.5", "0", "10000000000000000000000", "True", "2031-07-16 09:30:00", "2031-07-16", "x"]


def test_rows_below_the_header_are_columns_and_blank_ones_counted():
    def fill(sheet):
        for row in (["Title"], ["a", "b"], [1, "x"], [], [None, " "], [2.5, None]):
            sheet.append(row)

    sheet = one(book(fill))
    raw, blank = sheet.raw(sheet.beginning[1], place=1)
    assert raw.to_pydict() == {"source_row": [3, 6], "c0": ["1", "2.5"], "c1": ["x", ""]}
    assert blank == 2


def test_table_without_rows_has_its_columns():
    sheet = one(book(lambda sheet: sheet.append(["a", "b"])))
    assert [table.to_pydict() for table, _ in [sheet.raw(["a", "b"], place=0)]] == [{"source_row": [], "c0": [], "c1": []}]


def test_sheet_with_nothing_in_it_has_no_rows():
    assert one(book(lambda sheet: None)).rows == []


def test_header_cells_that_are_merged_all_have_the_text_and_values_do_not():
    def fill(sheet):
        sheet["B2"], sheet["D2"], sheet["D3"], sheet["E3"] = "Name", "Dates", "From", "To"
        sheet.merge_cells("B2:C3")
        sheet.merge_cells("D2:E2")
        sheet["B40"] = "sample"
        sheet.merge_cells("B40:B41")

    sheet = one(book(fill))
    assert sheet.beginning[1:3] == [["", "Name", "Name", "Dates", "Dates"], ["", "Name", "Name", "From", "To"]]
    assert [row[1] for row in sheet.beginning[39:]] == ["sample"]
    assert sheet.rows[1] == ["", "Name", "", "Dates", ""]


def stray(sheet):
    sheet["A1"], sheet["XFD1048576"] = "a", "b"


def test_sheet_with_a_stray_cell_far_off_is_refused_before_it_fills_the_memory():
    with pytest.raises(CannotRead) as caught:
        sheets(Path("sample.xlsx"), book(stray))
    assert (caught.value.kind, caught.value.found) == ("too_large", "a sheet that spans 1,048,576 rows and 16,384 columns")


def test_stray_cell_the_sheet_does_not_own_to_is_found():
    with zipfile.ZipFile(io.BytesIO(book(stray))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"A1:XFD1048576", b"A1:B2")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(CannotRead, match="spans"):
        sheets(Path("sample.xlsx"), held.getvalue())


def test_workbook_that_would_unpack_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    with pytest.raises(CannotRead) as caught:
        sheets(Path("sample.xlsx"), book(lambda sheet: sheet.append(["a"])))
    assert caught.value.kind == "zip_bomb"
