import csv
import io
import json
import os
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from opencompact.records.actions.decoding import CannotRead, decode, document, read_bytes, sheets, table_of, table_of_records

CSV, BOOK = Path("sample.csv"), Path("sample.xlsx")


def refusal(ask, *given, **named):
    with pytest.raises(CannotRead) as caught:
        ask(*given, **named)
    return caught.value.kind, caught.value.found


def one(content, name="sample.csv"):
    (sheet,) = sheets(Path(name), content if isinstance(content, bytes) else content.encode())
    return sheet


def told(sheet):
    return [(notice.source_row, notice.kind, notice.found, notice.consequence) for notice in sheet.notices]


def workbook(*rows, chart=False):
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "payments"
    for row in rows:
        book.active.append(row)
    if chart:
        book.create_chartsheet("chart").add_chart(BarChart())
    book.save(held)
    return held.getvalue()


def test_file_is_read_whole(tmp_path):
    (tmp_path / "a").write_bytes(b"\x00\xff")
    assert read_bytes(tmp_path / "a") == b"\x00\xff"


def test_file_that_is_gone_a_folder_and_a_pipe_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(read_bytes, tmp_path / "gone") == ("unreadable_file", "No such file or directory")
    assert refusal(read_bytes, tmp_path) == ("unreadable_file", "a folder that may not be listed")
    assert refusal(read_bytes, tmp_path / "pipe") == ("unreadable_file", "a pipe or device")


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("café £".encode(), "café £", "utf-8"),
        ("\ufeffcafé".encode(), "café", "utf-8"),
        ("café £ – ’".encode("cp1252"), "café £ – ’", "cp1252"),
        (b"caf\xe9 \x81", "café \x81", "latin-1"),
        ("café".encode("utf-16"), "café", "utf-16"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é", "utf-16"),
        (b"\xff\xfea", "\ufffd", "utf-16"),
        (b"", "", "utf-8"),
    ],
)
def test_text_is_decoded_and_its_encoding_told(content, text, encoding):
    assert decode(content) == (text, encoding)


@given(st.binary(max_size=40))
def test_any_bytes_are_some_text(content):
    assert decode(content)[1] in {"utf-8", "utf-16", "cp1252", "latin-1"}


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ('a,b\n"1\n, ""x""",2\n', [["a", "b"], ['1\n, "x"', "2"]]),
        ('a\n5" pipe\n', [["a"], ['5" pipe']]),
        ("a\tb\n1\t2,5\n", [["a", "b"], ["1", "2,5"]]),
        ("Title\na;b\n1;2,5\n", [["Title"], ["a", "b"], ["1", "2,5"]]),
        ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ("a, b; c\n1,2;3\n", [["a", " b; c"], ["1", "2;3"]]),
        ("a\n\nb\n", [["a"], [], ["b"]]),
        ("\n", [[]]),
    ],
)
def test_text_table_is_read_whatever_its_line_ends(content, rows):
    sheet = one(content)
    assert (sheet.rows, sheet.notices) == (rows, [])


@pytest.mark.parametrize("name", ["sample.tsv", "sample.tab"])
def test_table_named_for_tabs_is_parted_at_them(name):
    assert one("a,b\t\u00a31\n", name).rows == [["a,b", "£1"]]


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=2, max_size=4), min_size=1, max_size=6))
def test_table_written_by_a_spreadsheet_is_read_back(rows):
    held = io.StringIO(newline="")
    csv.writer(held).writerows(rows)
    sheet = one(held.getvalue().encode("utf-8-sig"))
    assert (sheet.rows, sheet.notices) == (rows, [])


def test_nul_characters_are_taken_out_and_told():
    sheet = one(b"a,b\n1\x00,\x002\n")
    assert sheet.rows == [["a", "b"], ["1", "2"]]
    assert told(sheet) == [(None, "nul_characters", "2 NUL characters", "repaired")]


@pytest.mark.parametrize(
    ("content", "last", "found"),
    [
        ('a,b\n1,"x', ["1", "x"], "a quoted cell that never ends, 1 line long"),
        ('a,b\n1,"x\n2,3\n', ["1", "x\n2,3\n"], "a quoted cell that never ends, 3 lines long"),
    ],
)
def test_quote_that_never_closes_is_told_with_what_it_swallowed(content, last, found):
    sheet = one(content)
    assert sheet.rows[-1] == last
    assert told(sheet) == [(2, "unclosed_quote", found, "row_refused")]


def test_row_with_an_unclosed_quote_or_cut_by_the_end_of_the_file_is_left_out():
    unclosed, cut, whole = one('a,b\n1,2\n3,"x\n'), one("a,b\n1,2\n3"), one("a,b\n1,2\n3,4")
    assert [sheet.whole_rows(2)[1:] for sheet in (unclosed, cut, whole)] == [[["1", "2"]], [["1", "2"]], [["1", "2"], ["3", "4"]]]
    assert told(cut) == [(3, "cut_short", "a row of 1 cells where the file ends", "row_refused")]
    assert told(whole) == []


def test_huge_cell_is_read():
    assert len(one(f'a\n"{"x" * 1_000_000}"\n').rows[1][0]) == 1_000_000


def test_empty_file_is_refused():
    assert refusal(sheets, CSV, b"") == ("empty_file", "a file of no bytes")


@pytest.mark.parametrize(("name", "content", "found"), [("sample.XLSX", b"a,b\n", "text named .xlsx"), ("sample.csv", "a workbook", "a workbook named .csv")])
def test_file_whose_name_says_another_thing_is_read_as_what_it_is(name, content, found):
    sheet = one(workbook(["a", "b"]) if content == "a workbook" else content, name)
    assert (sheet.rows, told(sheet)) == ([["a", "b"]], [(None, "wrong_extension", found, "kept")])


def test_workbook_column_of_words_and_numbers_keeps_both_in_their_rows():
    (sheet,) = sheets(BOOK, workbook(["a"], [12.0], ["a thousand"], [0.5], [1e20], [True]))
    assert sheet.raw(["a"], place=0)[0].column("c0").to_pylist() == ["12", "a thousand", "0.5", "100000000000000000000", "True"]
    (sheet,) = sheets(BOOK, workbook(["a", "b"], [12.0, "x"], ["a thousand", "x"], [None, "x"], [0.5, "x"]))
    assert sheet.raw(["a", "b"], place=0)[0].column("c0").to_pylist() == ["12", "a thousand", "", "0.5"]


def test_workbook_rows_of_nothing_or_of_blanks_are_left_out_and_counted():
    (sheet,) = sheets(BOOK, workbook(["a", "b"], [None, None], [None, "x"], [" ", "\u00a0"], [None, None], ["y", None]))
    raw, blank = sheet.raw(["a", "b"], place=0)
    assert (raw.to_pylist(), blank) == ([{"source_row": 3, "c0": "", "c1": "x"}, {"source_row": 6, "c0": "y", "c1": ""}], 3)


def test_workbook_cells_are_the_text_a_person_would_write():
    row = ["café", 12, 12.5, 1e15, datetime.fromisoformat("2031-07-16T09:30:00"), date(2031, 7, 16), time(9, 30), True]
    (sheet,) = sheets(BOOK, workbook(row))
    assert sheet.name == "payments"
    assert sheet.rows == [["café", "12", "12.5", "1000000000000000", "2031-07-16 09:30:00", "2031-07-16", "09:30:00", "True"]]


def test_blank_rows_and_columns_before_a_table_keep_their_places():
    (sheet,) = sheets(BOOK, workbook([], [None, "a"]))
    assert sheet.rows == [["", ""], ["", "a"]]


def test_sheet_that_is_a_chart_is_passed_over():
    assert [sheet.name for sheet in sheets(BOOK, workbook(["a"], chart=True))] == ["payments"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_workbook_cut_short_is_refused(share):
    content = workbook(["a"], ["b"])
    assert refusal(sheets, Path("sample.xlsx"), content[: int(len(content) * share)])[0] == "broken_workbook"


def test_old_workbook_that_is_none_is_refused():
    assert refusal(sheets, Path("sample.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)[0] == "broken_workbook"


def test_document_keeps_numbers_out_of_reach_as_their_text():
    assert document(b'{"a": 1e9999, "b": -1e9999, "c": NaN, "d": -Infinity, "e": 1.5, "f": 1e300, "g": null}') == {
        "a": "1e9999",
        "b": "-1e9999",
        "c": "NaN",
        "d": "-Infinity",
        "e": 1.5,
        "f": 1e300,
        "g": None,
    }


@pytest.mark.parametrize("text", ['{"a": 1', '{"a": 1,}', "<html>", "", '{"a": 1}\n{"a": 2}'])
def test_broken_document_is_refused_with_the_place(text):
    kind, found = refusal(document, text.encode())
    assert kind == "broken_json"
    assert found.startswith("JSON that breaks off or goes wrong at line ")


def test_document_with_a_number_too_long_is_refused():
    assert refusal(document, b'{"a": ' + b"9" * 5000 + b"}") == ("broken_json", "JSON with a whole number of thousands of digits")


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_document_too_deep_is_refused(depth):
    assert refusal(document, b"[" * depth + b"]" * depth) == ("broken_json", "JSON nested too deep to read")


def test_record_too_deep_to_write_is_refused():
    record: list[object] = []
    for _ in range(5_000):
        record = [record]
    assert refusal(table_of_records, [record]) == ("broken_json", "JSON nested too deep to read")


def test_records_keep_their_places_and_their_text():
    records = [{"a": "é"}, None, "x", {"half": "\ud800"}]
    table = table_of_records(records)
    written = ['{"a":"é"}', "null", '"x"', '{"half": "?"}']
    assert table.to_pydict() == {"source_row": [1, 2, 3, 4], "record": written, "is_plain": [False] * 4}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_records_survive_being_written(record):
    text = table_of_records(document(json.dumps([record]).encode()))["record"][0].as_py()
    clean = json.loads(json.dumps(record, ensure_ascii=False).encode("utf-8", errors="replace"))
    assert json.loads(text) == clean


def test_table_counts_blank_rows_and_keeps_the_numbers_of_the_others():
    notices = []
    table, blank = table_of(["a", "b"], [["1", "2"], [], ["\u00a0", " "], ["3", "4"]], first_row=2, notices=notices)
    assert table.to_pydict() == {"source_row": [2, 5], "c0": ["1", "3"], "c1": ["2", "4"]}
    assert (blank, notices) == (2, [])


def test_ragged_rows_are_padded_or_cut_and_told():
    notices = []
    table, _ = table_of(["a", "b"], [["1"], ["1", "2", "left over"], ["1", "2", " ", ""]], first_row=2, notices=notices)
    assert table.to_pydict() == {"source_row": [2, 3, 4], "c0": ["1", "1", "1"], "c1": ["", "2", "2"]}
    assert [(notice.source_row, notice.kind, notice.found, notice.expected) for notice in notices] == [
        (2, "ragged_row", "1 cells", "2 cells, as the header has"),
        (3, "ragged_row", "3 cells", "2 cells, as the header has"),
    ]
