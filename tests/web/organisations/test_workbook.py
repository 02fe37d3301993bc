from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from opencompact.web.organisations.workbook import MOST_TEXT, workbook


def read(content):
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(BytesIO(content))}


def test_sheets_have_their_names_and_rows():
    content = workbook({"A & B": [["Payee", "Amount"], ["<b>Sample</b> & Co", -1.5], ["", 2.0]], "Said": [["One."]]})
    assert read(content) == {"A & B": [["Payee", "Amount"], ["<b>Sample</b> & Co", -1.5], [None, 2]], "Said": [["One."]]}
    assert CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("A & B").to_python()[1] == ["<b>Sample</b> & Co", -1.5]


def test_header_of_the_first_sheet_is_bold_and_stays():
    book = load_workbook(BytesIO(workbook({"One": [["Payee"], ["x"]], "Two": [["y"]]})))
    assert [book["One"][place].font.b for place in ("A1", "A2")] == [True, False]
    assert (book["One"].freeze_panes, book["Two"].freeze_panes, book["Two"]["A1"].font.b) == ("A2", None, False)


@pytest.mark.parametrize("text", ["=1+1", "@x", "007", "1e5", "TRUE", " a ", "line\nline"])
def test_text_is_never_a_formula_or_a_number(text):
    cell = load_workbook(BytesIO(workbook({"One": [["x"], [text]]})))["One"]["A2"]
    assert (cell.value, cell.data_type in ("s", "inlineStr")) == (text, True)


def test_text_too_long_is_cut():
    assert len(read(workbook({"One": [["x" * 40_000]]}))["One"][0][0]) == MOST_TEXT


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=3), max_size=4))
def test_whatever_text_is_given_the_workbook_opens(rows):
    assert list(read(workbook({"One": rows}))) == ["One"]


def test_workbook_without_rows_opens():
    assert read(workbook({"One": []})) == {"One": []}
