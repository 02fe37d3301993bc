"""A table as read, and its rows as raw columns: padded where they are ragged, blank ones counted."""

import csv
from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import compress, zip_longest
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opencompact.records.actions.decoding.content import Notice

LOOKED_AT = 600  # rows that are looked at to know a table: the header is within the first 25, its values within 500 more
_FEW = 1_000  # rows that mostly show whether there is anything in a column
_LAST_BLANK = 0x20  # the space; signs before it cannot be seen
_NO_BREAK = "\u00a0".encode()
csv.field_size_limit(2**31 - 1)


class Sheet(ABC):
    """A table of a file: its name in a workbook, its encoding, and what is odd about it. Rows are numbered as a spreadsheet does, the first is 1."""

    is_hidden = False

    def __init__(self, name: str = "", encoding: str = "") -> None:
        self.name, self.encoding = name, encoding
        self.notices: list[Notice] = []
        self.rows_cut = 0  # rows left out because the end of the file cut them short; known once `raw` was asked

    @property
    @abstractmethod
    def beginning(self) -> list[list[str]]:
        """The first rows, as text."""

    @property
    @abstractmethod
    def rows(self) -> list[list[str]]:
        """Every row, as text."""

    @abstractmethod
    def raw(self, header: Sequence[str], *, place: int) -> tuple[pa.Table, int]:
        """The rows below the header, which stands at `place` (-1: there is none), as raw columns, and how many were blank."""


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]], *, first_row: int, notices: list[Notice]) -> tuple[pa.Table, int]:
    """Raw columns c0, c1… with `source_row`, and how many rows were blank. Ragged rows are padded, or cut with a notice."""
    width = len(header)
    filled = [any(map(str.strip, row)) for row in rows]
    places = list(compress(range(first_row, first_row + len(rows)), filled))
    held = list(compress(rows, filled))
    for number, row in zip(places, held, strict=True):
        if is_ragged(row, width):
            notices.append(ragged(number, row, width))
    columns = list(zip_longest(*held, fillvalue=""))[:width]
    columns += [("",) * len(held)] * (width - len(columns))
    return raw_table(places, [pa.array(column, pa.string()) for column in columns]), len(rows) - len(held)


def raw_table(places: Any, columns: Sequence[Any]) -> pa.Table:
    """The raw table of columns of text (arrays of Arrow), one after the other."""
    return pa.table({"source_row": pa.array(places, pa.int64())} | {f"c{place}": column for place, column in enumerate(columns)})


def is_ragged(row: Sequence[str], width: int) -> bool:
    """Whether a row has fewer cells than the header, or something in a cell beyond it."""
    return len(row) < width or (len(row) > width and any(map(str.strip, row[width:])))


def ragged(number: int, row: Sequence[str], width: int) -> Notice:
    """The notice of a ragged row."""
    expected = f"{width} cells, as the header has"
    return Notice(number, "", f"{len(row)} cells", expected, "ragged_row", "kept", "Check the row's separators and quotes.")


def blank_rows(columns: Sequence[Any]) -> pa.Array:
    """The places of rows that are blank in each of these columns (arrays of Arrow), from 0."""
    first, *others = columns
    places = pc.indices_nonzero(is_blank(first))
    for column in others:
        if not len(places):
            break
        places = places.filter(is_blank(column.take(places)))
    return places


def blank_columns(raw: pa.Table) -> frozenset[int]:
    """The places of columns of a raw table with nothing in them."""
    parts = (slice(_FEW), slice(_FEW, None))  # most columns have something in their first rows
    return frozenset(place for place, column in enumerate(raw.columns[1:]) if all(pc.all(is_blank(column[part]), min_count=0).as_py() for part in parts))


def neat_columns(raw: pa.Table) -> frozenset[int]:
    """The places of columns of a raw table of which no text begins or ends with a blank, a no-break space or a sign that cannot be seen."""
    return frozenset(place for place, column in enumerate(raw.columns[1:]) if all(map(_is_neat, column.chunks)))


def _is_neat(texts: Any) -> bool:
    _, ends, signs = texts.buffers()
    if texts.type != pa.string() or signs is None:
        return bool(texts.type == pa.string())
    places = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    filled = places[1:] > places[:-1]
    first, last, held = places[:-1][filled], places[1:][filled] - 1, np.frombuffer(signs, np.uint8)
    if not len(first):
        return True
    begins, ended = held[first], held[last]
    if min(begins.min(), ended.min()) <= _LAST_BLANK:
        return False
    twos = ((first, begins == _NO_BREAK[0]), (last - 1, ended == _NO_BREAK[1]))
    return not any(((held[at[maybe]] == _NO_BREAK[0]) & (held[at[maybe] + 1] == _NO_BREAK[1])).any() for at, maybe in twos)


def is_blank(column: Any) -> Any:
    """Whether each text is empty or blank, as Python's `str.strip` has it."""
    return pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
