"""Workbooks: each sheet of an xlsx, xls, xlsb or ods, its cells as the text a person would write."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from itertools import compress
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from opencompact.records.actions.decoding.archives import BROKEN
from opencompact.records.actions.decoding.columns import LOOKED_AT, Sheet, blank_rows, raw_table
from opencompact.records.actions.decoding.content import CannotRead, Content
from opencompact.values.collector import without_collector

MOST_CELLS = (
    100_000_000  # of the rectangle a sheet spans, which stands in memory whole: 24 bytes each. A lone cell in the last corner spans 17 thousand million
)
MOST_UNPACKED = 4 * 2**30  # bytes: the text of the largest sheet a spreadsheet can open is less
_HEADER_WITHIN = 25
_SMALL = 2**22  # bytes of a sheet's text that are looked through for stray cells
_ADDRESS = re.compile(rb'c r="([A-Z]{1,3})([0-9]{1,7})"')
_DIMENSION = re.compile(rb'dimension ref="(?:[A-Z0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')


class BookSheet(Sheet):
    """A sheet of a workbook. Cells beyond the header are left out, blank rows counted and held but once."""

    def __init__(self, sheet: CalamineSheet, *, is_hidden: bool) -> None:
        super().__init__(sheet.name)
        self.is_hidden = is_hidden
        before: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
        width = sheet.width
        blank: list[Any] = []
        with without_collector():
            self._cells = [row if row and row[0] != "" else blank if row.count("") == len(row) else row for row in sheet.iter_rows()]
            if before:
                self._cells = [before + row if row else row for row in self._cells]
        self._blank: list[Any] = [""] * (width + len(before))
        self._merged = sheet.merged_cell_ranges or ()

    @cached_property
    def beginning(self) -> list[list[str]]:
        """The first rows; those a header may stand in with the text of merged cells in each of them."""
        first = [self._text_row(row) for row in self._cells[:LOOKED_AT]]
        for (top, left), (bottom, right) in self._merged:
            for row in first[top : bottom + 1] if bottom < _HEADER_WITHIN else ():
                row[left : right + 1] = [first[top][left]] * (min(right + 1, len(row)) - left)
        return first

    @property
    def rows(self) -> list[list[str]]:
        """Every row, as text."""
        return [self._text_row(row) for row in self._cells]

    def raw(self, header: Sequence[str], *, place: int) -> tuple[pa.Table, int]:
        """The rows below the header as raw columns, and how many were blank."""
        below = self._cells[place + 1 :]
        places = pa.array(compress(range(place + 2, place + 2 + len(below)), below), pa.int64())
        with without_collector():
            columns: list[Any] = [column_texts(column) for column in zip(*filter(None, below), strict=True)]
        raw = raw_table(places, columns or [pa.array([], pa.string())] * len(header))
        if columns and len(blank := blank_rows(columns)):  # such as hold blanks alone
            raw = raw.filter(pc.invert(pc.is_in(pa.array(range(len(places)), pa.int64()), blank.cast(pa.int64()))))
        return raw, len(below) - raw.num_rows

    def _text_row(self, row: list[Any]) -> list[str]:
        return [cell_text(value) for value in row or self._blank]


def book_sheets(content: Content) -> list[Sheet]:
    """Every sheet of a workbook, those people see first; raises CannotRead."""
    try:
        _refuse_giant(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        listed = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        listed.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
        return [BookSheet(book.get_sheet_by_name(sheet.name), is_hidden=sheet.visible != SheetVisibleEnum.Visible) for sheet in listed]
    except CannotRead:
        raise
    except BaseException as error:  # a fault deep in the reader of workbooks is raised as a panic, which is no Exception
        if isinstance(error, (CalamineError, ValueError, KeyError, OSError)) or type(error).__name__ == "PanicException":
            found = "a zip or workbook that cannot be opened; it may be cut short, locked, or hold other files"
            raise CannotRead(found, "a whole workbook; fetch it again, or unpack it", kind="broken_workbook") from error
        raise


def column_texts(cells: Sequence[Any]) -> pa.Array:
    """A column of cells as text: texts as they are and numbers all at once, other values each different one once."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pa.array(cells, pa.string())
    if kinds <= {float, str} and (written := _numbers([value if type(value) is float else None for value in cells])) is not None:
        return pc.coalesce(pa.array([value if type(value) is str else None for value in cells], pa.string()), written)
    if bool in kinds:  # True equals 1
        return pa.array([cell_text(value) for value in cells], pa.string())
    texts = {value: cell_text(value) for value in set(cells)}
    return pa.array([texts[value] for value in cells], pa.string())


def _numbers(cells: Sequence[Any]) -> pa.Array | None:
    """Numbers as `cell_text` has them, null where there is none; None where one is so large or small that Arrow writes it another way."""
    values = pa.array(cells, pa.float64())
    size = pc.abs(values)
    if not pc.all(pc.or_(pc.equal(size, 0), pc.and_(pc.greater(size, 1e-4), pc.less(size, 1e15))), min_count=0).as_py():
        return None
    whole = pc.equal(pc.floor(values), values)
    return pc.if_else(whole, pc.cast(pc.cast(pc.floor(values), pa.int64()), pa.string()), pc.cast(values, pa.string()))


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value,
    float: lambda value: str(int(value)) if value.is_integer() else repr(value),
    datetime: lambda value: value.isoformat(sep=" "),
    date: lambda value: value.isoformat(),
}


def cell_text(value: Any) -> str:
    """What a person would write for the value of a cell: whole numbers without a point, days as ISO has them."""
    return _WRITERS.get(type(value), str)(value)


def _refuse_giant(content: Content) -> None:
    """Raises CannotRead for a zip bomb, and for a sheet whose cells stand so far apart that what lies between fills the memory: no error would be left."""
    unpacked, spans = 0, []
    with suppress(*BROKEN, RuntimeError, OSError), zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        unpacked = sum(info.file_size for info in infos)
        for info in infos if unpacked <= MOST_UNPACKED else ():
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                with archive.open(info) as stream:
                    spans.append(_spanned(stream))
    if unpacked > MOST_UNPACKED:
        raise CannotRead(f"a workbook that would unpack to {unpacked / 2**30:,.1f} GB", f"at most {MOST_UNPACKED / 2**30:,.1f} GB", kind="zip_bomb")
    for rows, columns in spans:
        if rows * columns > MOST_CELLS:
            found = f"a sheet that spans {rows:,} rows and {columns:,} columns"
            raise CannotRead(found, f"at most {MOST_CELLS:,} cells; a stray cell may stand far off", kind="too_large")


def _spanned(stream: IO[bytes]) -> tuple[int, int]:
    """The last row and column with a cell: as a small sheet's addresses have them, as a large one says of itself."""
    text = stream.read(_SMALL)
    said = _DIMENSION.search(text, 0, 4096)
    found = [(said[1], said[2])] if said else []
    if len(text) < _SMALL or not said:
        found += _ADDRESS.findall(text)
    return max(map(int, {row for _, row in found}), default=0), max(map(_column, {column for column, _ in found}), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
