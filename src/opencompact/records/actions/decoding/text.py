"""Tables as text: their encoding, what parts their cells, and their rows, read in columns and exactly as Python's csv module reads them."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from opencompact.records.actions.decoding.columns import LOOKED_AT, Sheet, blank_rows, is_ragged, ragged, raw_table, table_of
from opencompact.records.actions.decoding.content import Content, Notice

BEGINNING = 2**18  # bytes looked at to know a text; a table no longer is read row by row
BLOCK = 2**24  # bytes parsed at a time; a row longer than that is left to Python's reader
WHOLE = 2**26  # bytes of a text that is copied once more rather than taken in steps
MOST_ODD = 0.1  # of the rows: a text with more ragged ones is read row by row
_END = "\0"  # a row of its own after the last, unless an unclosed quote swallows it
_OTHERS = ("\t", ";", "|")
_FIRST_ROWS = 25
_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # no characters of Windows-1252


def decode(content: Content) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 by its mark, else Windows-1252 as Excel writes it."""
    encoding = text_encoding(content)
    if encoding == "utf-16":
        return content.decode("utf-16", errors="replace"), encoding
    return content.decode("utf-8-sig" if encoding == "utf-8" else encoding), encoding


class TextSheet(Sheet):
    """A text of rows. Its beginning is read first, the whole only once it is known what it is."""

    def __init__(self, content: Content, *, delimiter: str = ",") -> None:
        super().__init__("", text_encoding(content))
        self._content = content if self.encoding != "utf-16" else decode(content)[0].encode()
        self._has_nuls = bool(nuls := self._content.count(b"\0"))
        if nuls:
            self.notices.append(Notice(None, "", f"{nuls} NUL characters", "text without them", "nul_characters", "repaired", "Save the file again as UTF-8."))
        self._begins = bytes(next(self._steps(BEGINNING), b"")).decode(errors="ignore")  # a character may be cut in two
        self._ends = self._content[-1:] in (b"\n", b"\r")
        self.delimiter = min((delimiter, *_OTHERS), key=self._parted_at)

    @cached_property
    def beginning(self) -> list[list[str]]:
        """The first rows, as text."""
        if len(self._content) <= BEGINNING:
            return self.rows
        return list(islice(self._first_rows(self.delimiter), LOOKED_AT + 1))[:-1]  # the last may be cut

    @cached_property
    def rows(self) -> list[list[str]]:
        """Every row, as Python's csv module reads it."""
        end = _END if self._ends else f"\n{_END}"
        text = b"".join(self._steps(BLOCK)).decode() + end
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))
        if rows[-1] == [_END]:
            rows.pop()
        else:
            rows[-1][-1] = rows[-1][-1].removesuffix(end)
            lines = rows[-1][-1].count("\n") + 1
            found = f"a quoted cell that never ends, {lines} {'line' if lines == 1 else 'lines'} long"
            self.notices.append(Notice(len(rows), "", found, "a closing quote", "unclosed_quote", "row_refused", "The file may be cut short: fetch it again."))
        return rows

    def raw(self, header: Sequence[str], *, place: int) -> tuple[pa.Table, int]:
        """The rows below the header as raw columns, a last one that was cut short left out, and how many were blank."""
        if len(self._content) > BEGINNING and (found := self._in_columns(len(header), place)) is not None:
            return found
        rows = self.whole_rows(len(header))
        self.rows_cut = len(self.rows) - len(rows)
        return table_of(header, rows[place + 1 :], first_row=place + 2, notices=self.notices)

    def whole_rows(self, width: int) -> list[list[str]]:
        """The rows without a last one that the file's end cut short: its values may be parts of values, so it is refused, with a notice."""
        rows = self.rows
        if any(notice.kind == "unclosed_quote" for notice in self.notices):
            return rows[:-1]
        if self._ends or not rows or len(rows[-1]) >= width:
            return rows
        found = f"a row of {len(rows[-1])} cells where the file ends"
        self.notices.append(Notice(len(rows), "", found, f"{width} cells and the end of a line", "cut_short", "row_refused", "Fetch the file again."))
        return rows[:-1]

    def _in_columns(self, width: int, place: int) -> tuple[pa.Table, int] | None:
        """The same by Arrow's parser; None where only Python's reader knows what the text's quotes mean.

        Both part rows and cells alike, which a test of properties holds them to. Ragged rows are handed to Python one by one.
        """
        odd: list[tuple[int, str]] = []

        def ask(row: Any) -> str:
            odd.append((row.number, row.text))
            return "skip"

        names = [f"c{at}" for at in range(width)]
        try:
            good = arrow_csv.read_csv(
                self._stream(place),
                read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK),
                parse_options=arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=ask),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None
        rows = good.num_rows + len(odd)
        if not odd or odd.pop() != (rows, _END) or len(odd) > MOST_ODD * rows:  # the end is a row too short, as long as there are two columns
            return None
        if not self._ends and odd and odd[-1][0] == rows - 1:
            return None  # the last row may be cut short
        return self._with_odd(good, odd, first_row=place + 2)

    def _with_odd(self, good: pa.Table, odd: list[tuple[int, str]], *, first_row: int) -> tuple[pa.Table, int]:
        """The table with its ragged rows padded or cut and put in their places, blank rows left out and counted."""
        width, rows = good.num_columns, good.num_rows + len(odd)
        places = pa.array(np.arange(first_row, first_row + rows))
        if odd:
            places = places.filter(pc.invert(pc.is_in(places, pa.array([first_row + number - 1 for number, _ in odd], pa.int64()))))
        if len(blank := blank_rows(good.columns)):
            is_filled = pc.invert(pc.is_in(pa.array(np.arange(len(places))), blank))
            places, good = places.filter(is_filled), good.filter(is_filled)
        parted = [(first_row + number - 1, next(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))) for number, text in odd]
        filled = [(number, row) for number, row in parted if any(map(str.strip, row))]
        if filled:
            self.notices.extend(ragged(number, row, width) for number, row in filled if is_ragged(row, width))
            columns = zip(*([*row, *[""] * width][:width] for _, row in filled), strict=True)
            mended = pa.table([pa.array(column, pa.string()) for column in columns], schema=good.schema)
            places = pa.concat_arrays([places, pa.array([number for number, _ in filled], pa.int64())])
            order = pc.sort_indices(places)
            places, good = places.take(order), pa.concat_tables([good, mended]).take(order)
        return raw_table(places, good.columns), rows - len(places)

    def _stream(self, place: int) -> Any:
        """The text below the header for Arrow: at once where it is short, else in steps."""
        if len(self._content) <= WHOLE:
            return pa.BufferReader(b"".join(self._rest(place)))
        return pa.PythonFile(io.BufferedReader(_Stream(self._rest(place)), BLOCK), mode="r")

    def _rest(self, place: int) -> Iterator[bytes | memoryview]:
        """The text below the header, in UTF-8 and in steps, with its end marked."""
        above = io.StringIO(self._begins, newline="")
        for _ in islice(csv.reader(above, delimiter=self.delimiter), place + 1):
            pass
        left = len(self._begins[: above.tell()].encode())
        for step in self._steps(BLOCK):
            yield step[left:]
            left = max(0, left - len(step))
        yield f"{_END}\n".encode() if self._ends else f"\n{_END}\n".encode()

    def _steps(self, size: int) -> Iterator[bytes | memoryview]:
        """The text without its mark and NUL characters, in UTF-8 and in steps of about `size` bytes."""
        first, held = 3 if self._content[:3] == codecs.BOM_UTF8 else 0, memoryview(self._content)
        for start in range(first, len(self._content), size):
            step: bytes | memoryview = held[start : start + size]
            if self.encoding in ("cp1252", "latin-1"):
                step = bytes(step).decode(self.encoding).encode()
            yield bytes(step).replace(b"\0", b"") if self._has_nuls else step

    def _first_rows(self, delimiter: str) -> Iterator[list[str]]:
        return csv.reader(io.StringIO(self._begins, newline=""), delimiter=delimiter)

    def _parted_at(self, delimiter: str) -> int:
        """The first row the delimiter parts, or one beyond those it has to show in: titles and notes above a header are of one cell."""
        rows = enumerate(islice(self._first_rows(delimiter), _FIRST_ROWS))
        return next((place for place, row in rows if len(row) > 1), _FIRST_ROWS)


class _Stream(io.RawIOBase):
    """Steps of bytes as a stream."""

    def __init__(self, steps: Iterator[bytes | memoryview]) -> None:
        self._steps, self._held = steps, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._held and (step := next(self._steps, None)) is not None:
            self._held = memoryview(step)
        size = min(len(into), len(self._held))
        into[:size] = self._held[:size]
        self._held = self._held[size:]
        return size


def text_encoding(content: Content) -> str:
    """The encoding of a text: utf-8, utf-16, cp1252 or latin-1."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if content.isascii() or _is_utf8(content):
        return "utf-8"
    return "latin-1" if any(sign in content for sign in _UNDEFINED) else "cp1252"


def _is_utf8(content: Content) -> bool:
    """Whether the bytes are UTF-8, without making a text of them."""
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, pa.array([0, len(content)], pa.int64()).buffers()[1], pa.py_buffer(content)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
