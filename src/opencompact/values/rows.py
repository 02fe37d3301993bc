"""Rows of a spreadsheet that somebody gave."""

from collections.abc import Iterable, Sequence
from itertools import islice


def first_rows(rows: Iterable[Sequence[object]], most: int) -> list[Sequence[object]]:
    """At most one row more than `most`, so that too many are seen, without blank ones at the end: a sheet may say it has a million, nearly all blank."""
    held = list(islice(rows, most + 1))
    while held and not any(value not in (None, "") for value in held[-1]):
        held.pop()
    return held
