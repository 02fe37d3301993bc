import csv
from io import BytesIO

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from opencompact.web.organisations.matched_file import ADDED, Answer, CannotUse, Matched, as_csv, as_workbook, file_name, safe, sealed, unsealed

CARERS = Answer("GB-CHC-1", "Nowhere Carers", "charity", "small", True, 0.98, "accepted", "exact", "The same name.")
NOBODY = Answer(why="No organisation here has a name like enough.")
ROWS = (("Nowhere Carers", "1,200.50"), ("=cmd|' /C calc'!A0", "-3.00"), ("Nowhere Carers", "much"))
FILE = Matched("march.csv", ("Payee", "Amount"), ROWS, {"payee_name": 0, "amount": 1}).with_answers(
    [CARERS, NOBODY, CARERS], note="One.\n=Two.", is_sample=False
)


def test_each_different_answer_is_held_once():
    assert (FILE.answers, FILE.places, FILE.by_row) == ((CARERS, NOBODY), (0, 1, 0), [CARERS, NOBODY, CARERS])


def test_sealed_file_comes_back_as_it_was():
    assert unsealed(sealed(FILE)) == FILE
    assert unsealed(sealed(Matched("a.csv", ("x",), (), {}))) == Matched("a.csv", ("x",), (), {})


@pytest.mark.parametrize("change", [lambda text: "", lambda text: f"A{text}", lambda text: text[:-1], lambda text: text.split(":")[0]])
def test_changed_file_is_refused(change):
    with pytest.raises(CannotUse):
        unsealed(change(sealed(FILE)))


def test_file_of_the_day_before_is_refused(monkeypatch):
    held = sealed(FILE)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 25 * 3600)
    with pytest.raises(CannotUse, match="more than a day old"):
        unsealed(held)


def test_csv_has_every_row_in_order_with_columns_added_and_runs_no_formula():
    header, *rows = csv.reader("".join(as_csv(FILE)).splitlines())
    assert header == ["Payee", "Amount", *ADDED]
    assert [row[:3] for row in rows] == [
        ["Nowhere Carers", "1,200.50", "GB-CHC-1"],
        ["'=cmd|' /C calc'!A0", "-3.00", ""],
        ["Nowhere Carers", "much", "GB-CHC-1"],
    ]
    assert rows[0][2:] == ["GB-CHC-1", "Nowhere Carers", "charity", "small", "0.9800", "accepted", "exact", "The same name."]


def test_workbook_has_numbers_as_numbers_and_no_formula():
    book = load_workbook(BytesIO(as_workbook(FILE)))
    cells = [[cell.value for cell in row] for row in book["Matched"].rows]
    assert cells[0] == ["Payee", "Amount", *ADDED]
    assert [row[:2] for row in cells[1:]] == [["Nowhere Carers", 1200.5], ["'=cmd|' /C calc'!A0", -3], ["Nowhere Carers", "much"]]
    assert cells[1][6] == 0.98
    assert "f" not in {cell.data_type for sheet in book for row in sheet.rows for cell in row}
    assert [row[0].value for row in book["How it was made"].rows] == ["One.", "'=Two."]


def test_workbook_takes_whatever_a_cell_holds():
    odd = Matched("a.csv", ("x",), (("a\x00b\x1f",), ("y" * 40_000,)), {}).with_answers([NOBODY, NOBODY], note="", is_sample=False)
    (_, (one, *_), (two, *_)) = load_workbook(BytesIO(as_workbook(odd)))["Matched"].rows
    assert (one.value, len(two.value)) == ("a b ", 32_767)


@pytest.mark.parametrize("text", ["=1", "+SUM(A1)", "-2+3", "@x", "\tx", "\rx", "\nx", " =1", "-", "+44 20 7946", "-1,5e3", "=", "--1"])
def test_text_that_would_run_is_kept_from_it(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3.00", "+1", "-£1,200.50", " -5 ", "a=b", "", "Nowhere Carers", "'x"])
def test_other_text_stays(text):
    assert safe(text) == text


@given(st.text())
def test_whatever_is_safe_begins_as_no_formula_or_is_a_number(text):
    held = safe(text)
    assert not held.lstrip(" ").startswith(("=", "@", "\t", "\r", "\n"))
    if held.lstrip(" ").startswith(("+", "-")):
        float(held.replace(",", "").replace("£", ""))


@pytest.mark.parametrize(
    ("name", "is_sample", "called"),
    [("March 2031.xlsx", False, "matched-March-2031.csv"), ("a.csv", True, "INVENTED-SAMPLE-matched-a.csv"), ("..", False, "matched-file.csv")],
)
def test_file_name_is_of_the_file_given(name, is_sample, called):
    assert file_name(Matched(name, (), (), {}, is_sample=is_sample), "csv") == called
