"""From bytes to rows: text, workbooks and JSON, whatever their dirt, with the place of every row kept."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

TABLE_NAMES = {".csv": ",", ".tsv": "\t", ".txt": ",", ".tab": "\t"}
WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
csv.field_size_limit(2**31 - 1)


class CannotRead(ValueError):
    """The file cannot be read as what it says it is; `expected` says what to give instead."""

    def __init__(self, found: str, expected: str, *, kind: str) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found, self.expected, self.kind = found, expected, kind


@dataclass(frozen=True)
class Notice:
    """Something about a row or the whole file that was mended or is odd."""

    source_row: int | None
    field: str
    found: str
    expected: str
    kind: str
    consequence: str
    fix: str


@dataclass
class Sheet:
    """A table as read: its rows as text (row 1 first), their encoding, and notices. A `cut` one ends in the middle of a row, or of a quote."""

    name: str
    rows: list[list[str]]
    encoding: str = ""
    cut: bool = False
    notices: list[Notice] = field(default_factory=list)


def read_bytes(path: Path) -> bytes:
    """The file's bytes; raises CannotRead for one gone or without rights, and for what is no file: reading a pipe would never end."""
    try:
        mode = path.stat().st_mode
        if S_ISREG(mode):
            return path.read_bytes()
    except OSError as error:
        raise CannotRead(error.strerror or str(error), "a file this account may read", kind="unreadable_file") from error
    if S_ISDIR(mode):
        raise CannotRead("a folder that may not be listed", "a folder this account may read", kind="unreadable_file")
    raise CannotRead("a pipe or device", "a file", kind="unreadable_file")


def decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 by its mark, else Windows-1252 as Excel writes it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def sheets(path: Path, content: bytes) -> list[Sheet]:
    """Every table of the file; raises CannotRead."""
    if not content:
        raise CannotRead("a file of no bytes", "a file with rows; fetch it again", kind="empty_file")
    if content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _workbook(content)
    if path.suffix.lower() in WORKBOOKS:
        raise CannotRead(
            f"{path.suffix} in the name, but bytes that are no workbook", "a workbook saved again, or the name its content asks for", kind="wrong_extension"
        )
    return [_text_table(content, delimiter=TABLE_NAMES.get(path.suffix.lower(), ","))]


def document(content: bytes) -> Any:
    """A JSON document; numbers beyond a computer's reach (`1e9999`, `NaN`) become text, a problem where one is read. Raises CannotRead naming the line."""
    text, _ = decode(content)
    try:
        return json.loads(text, parse_float=_float, parse_constant=str)
    except json.JSONDecodeError as error:
        raise CannotRead(
            f"JSON that breaks off or goes wrong at line {error.lineno}, column {error.colno}", "a whole JSON document; fetch it again", kind="broken_json"
        ) from error
    except ValueError as error:
        raise CannotRead("JSON with a whole number of thousands of digits", "numbers a computer can hold", kind="broken_json") from error
    except RecursionError as error:
        raise _too_deep() from error


def without_cut_row(sheet: Sheet, *, width: int) -> list[list[str]]:
    """The rows without a last one that the file's end cut short: its values may be parts of values, so it is refused, with a notice."""
    if not sheet.cut or not sheet.rows or (len(sheet.rows[-1]) >= width and not _is_unclosed(sheet)):
        return sheet.rows
    if not _is_unclosed(sheet):
        found = f"a row of {len(sheet.rows[-1])} cells where the file ends"
        sheet.notices.append(Notice(len(sheet.rows), "", found, f"{width} cells and the end of a line", "cut_short", "row_refused", "Fetch the file again."))
    return sheet.rows[:-1]


def _is_unclosed(sheet: Sheet) -> bool:
    return any(notice.kind == "unclosed_quote" for notice in sheet.notices)


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]], *, first_row: int, notices: list[Notice]) -> tuple[pa.Table, int]:
    """Raw columns c0, c1… with `source_row`, and how many rows were blank. Ragged rows are padded, or cut with a notice."""
    width = len(header)
    columns: list[list[str]] = [[] for _ in range(width)]
    places: list[int] = []
    blank = 0
    for number, row in enumerate(rows, start=first_row):
        if not any(cell.strip() for cell in row):
            blank += 1
            continue
        if len(row) != width:
            beyond = [cell for cell in row[width:] if cell.strip()]
            if beyond or len(row) < width:
                notices.append(
                    Notice(number, "", f"{len(row)} cells", f"{width} cells, as the header has", "ragged_row", "kept", "Check the row's separators and quotes.")
                )
        places.append(number)
        for place in range(width):
            columns[place].append(row[place] if place < len(row) else "")
    arrays = {"source_row": pa.array(places, pa.int64())} | {f"c{place}": pa.array(values, pa.string()) for place, values in enumerate(columns)}
    return pa.table(arrays), blank


def table_of_records(records: Sequence[Any]) -> pa.Table:
    """Raw column `record` with each record's JSON, and `source_row`; half characters, which no text can hold, become `?`. Raises CannotRead."""
    try:
        texts = [json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8", errors="replace").decode() for record in records]
    except RecursionError as error:
        raise _too_deep() from error
    return pa.table({"source_row": pa.array(range(1, len(texts) + 1), pa.int64()), "record": pa.array(texts, pa.string())})


def _too_deep() -> CannotRead:
    return CannotRead("JSON nested too deep to read", "a document nested less than 1,000 deep", kind="broken_json")


def _float(text: str) -> float | str:
    value = float(text)
    return value if isfinite(value) else text


def _text_table(content: bytes, *, delimiter: str) -> Sheet:
    text, encoding = decode(content)
    notices = []
    if "\0" in text:
        notices.append(
            Notice(None, "", f"{text.count(chr(0))} NUL characters", "text without them", "nul_characters", "repaired", "Save the file again as UTF-8.")
        )
        text = text.replace("\0", "")
    if delimiter == "," and "\t" in text.split("\n", 1)[0] and "," not in text.split("\n", 1)[0]:
        delimiter = "\t"
    end = "\0" if text.endswith(("\n", "\r")) else "\n\0"  # a row of its own, unless a quote swallows it
    rows = list(csv.reader(io.StringIO(text + end, newline=""), delimiter=delimiter))
    rows_cut = not text.endswith(("\n", "\r"))
    if rows[-1] == ["\0"]:
        rows.pop()
    else:
        rows[-1][-1] = rows[-1][-1].removesuffix(end)
        rows_cut = True
        lines = rows[-1][-1].count("\n") + 1
        found = f"a quoted cell that never ends, {lines} {'line' if lines == 1 else 'lines'} long"
        notices.append(Notice(len(rows), "", found, "a closing quote", "unclosed_quote", "row_refused", "The file may be cut short: fetch it again."))
    return Sheet("", rows, encoding, cut=rows_cut, notices=notices)


def _workbook(content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [Sheet(name, list(_cells(book.get_sheet_by_name(name).to_python(skip_empty_area=False)))) for name in names]
    except (CalamineError, ValueError, KeyError, OSError) as error:
        found = "a zip or workbook that cannot be opened; it may be cut short, or hold other files"
        raise CannotRead(found, "a whole workbook; fetch it again, or unpack it", kind="broken_workbook") from error


def _cells(rows: list[list[Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(value) for value in row]


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value,
    float: lambda value: str(int(value)) if value.is_integer() else repr(value),
    datetime: lambda value: value.isoformat(sep=" "),
    date: lambda value: value.isoformat(),
}


def _cell(value: Any) -> str:
    return _WRITERS.get(type(value), str)(value)
