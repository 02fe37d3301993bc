"""The pool as drawn, as a file of text without names: its checksum is published, and whoever has the file can make the draw again."""

import csv
import hashlib
from collections.abc import Iterable
from datetime import date
from io import StringIO

from opencompact.convening.rules.draw import Candidate, Quota

WANTED = ("attribute", "value", "least", "most", "weight")
COLUMNS = ("number", "region", "size_band", "sub_sector", "role", "last_invited_on")


class NotAPool(ValueError):
    """The text is no pool as drawn; the message names the row, what was found and what was expected."""


def pool_file(pool: Iterable[Candidate]) -> str:
    """The candidates, a line each by number, under a line of the columns' names; lines end with LF."""
    said = StringIO()
    lines = csv.writer(said, lineterminator="\n")
    lines.writerow(COLUMNS)
    for each in sorted(pool, key=lambda each: each.name):
        lines.writerow([each.name, *(each.counts_as.get(name, "") for name in COLUMNS[1:-1]), each.last_invited_on or ""])
    return said.getvalue()


def checksum(text: str) -> str:
    """Its SHA-256, as `sha256sum` gives it of the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_pool_file(text: str) -> list[Candidate]:
    """The candidates of such a file. Raises NotAPool."""
    rows = list(csv.reader(StringIO(text)))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise NotAPool(f"Row 1: found {','.join(rows[0]) if rows else 'nothing'}; expected {','.join(COLUMNS)}.")
    return [_candidate(number, row) for number, row in enumerate(rows[1:], start=2)]


def read_wanted(text: str) -> tuple[Quota, ...]:
    """The quotas of the file of what was wanted. Raises NotAPool."""
    rows = list(csv.reader(StringIO(text)))
    if not rows or tuple(rows[0]) != WANTED:
        raise NotAPool(f"Row 1: found {','.join(rows[0]) if rows else 'nothing'}; expected {','.join(WANTED)}.")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(WANTED) or not all(cell.isascii() and cell.isdigit() for cell in row[2:]):
            raise NotAPool(f"Row {number}: found {','.join(row)}; expected an attribute, a value, and three whole numbers.")
    return tuple(Quota(row[0], row[1], *map(int, row[2:])) for row in rows[1:])


def without_number(text: str, name: str) -> str:
    """The file without one person, who is erased; its checksum is then no longer the one published."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{name},"))


def _candidate(number: int, row: list[str]) -> Candidate:
    if len(row) != len(COLUMNS) or not row[0]:
        raise NotAPool(f"Row {number}: found {len(row)} cells; expected {len(COLUMNS)}, the first a number.")
    try:
        last = date.fromisoformat(row[-1]) if row[-1] else None
    except ValueError as fault:
        raise NotAPool(f"Row {number}, last_invited_on: found {row[-1]!r}; expected a day such as 2031-09-30, or nothing.") from fault
    return Candidate(row[0], {name: value for name, value in zip(COLUMNS[1:-1], row[1:-1], strict=True) if value}, last)
