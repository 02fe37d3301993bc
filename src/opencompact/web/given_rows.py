"""The rows of a spreadsheet that somebody gave on a page, XLSX or CSV."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from opencompact.values.rows import first_rows

MOST_BYTES = 10 * 2**20


class CannotReadRows(ValueError):
    """The file holds no rows that can be taken; the message names it, what was found and what was expected."""


def rows_of(content: bytes, name: str, *, most: int) -> list[Sequence[object]]:
    """The rows of its first sheet; raises CannotReadRows, also where there are more than `most`: nothing is left out without a word."""
    if len(content) > MOST_BYTES:
        raise CannotReadRows(f"{name}: found {len(content) / 2**20:.1f} MB; expected at most {MOST_BYTES // 2**20} MB.")
    rows = _of_workbook(content, name, most) if content.startswith(b"PK") else _of_text(content, name, most)
    if len(rows) > most:
        raise CannotReadRows(f"{name}: found more than {most:,} rows; expected at most so many. Give them in several files.")
    return rows


def _of_text(content: bytes, name: str, most: int) -> list[Sequence[object]]:
    try:
        return first_rows(csv.reader(StringIO(content.decode("utf-8-sig"))), most)
    except (UnicodeDecodeError, csv.Error) as fault:
        raise CannotReadRows(f"{name}: found a file that is neither XLSX nor CSV in UTF-8; expected one of them.") from fault


def _of_workbook(content: bytes, name: str, most: int) -> list[Sequence[object]]:
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return first_rows(book.worksheets[0].iter_rows(values_only=True), most)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError, SyntaxError) as fault:
        raise CannotReadRows(f"{name}: found a damaged workbook; expected a whole one. Save it as .xlsx and give it again.") from fault
