"""The rows of a pool's spreadsheet, XLSX or CSV."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES, MOST_ROWS = 10 * 2**20, 20_000


class CannotReadPool(ValueError):
    """The file holds no rows; the message names it, what was found and what was expected."""


def rows_of(content: bytes, name: str) -> Sequence[Sequence[object]]:
    """The rows of its first sheet; raises CannotReadPool."""
    if len(content) > MOST_BYTES:
        raise CannotReadPool(f"{name}: found {len(content) / 2**20:.1f} MB; expected at most {MOST_BYTES // 2**20} MB.")
    if not content.startswith(b"PK"):
        try:
            return list(csv.reader(StringIO(content.decode("utf-8-sig"))))[:MOST_ROWS]
        except (UnicodeDecodeError, csv.Error) as fault:
            raise CannotReadPool(f"{name}: found a file that is neither XLSX nor CSV in UTF-8; expected one of them.") from fault
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return [row for _, row in zip(range(MOST_ROWS), book.worksheets[0].iter_rows(values_only=True), strict=False)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError, SyntaxError) as fault:
        raise CannotReadPool(f"{name}: found a damaged workbook; expected a whole one. Save it as .xlsx and give it again.") from fault
