"""From the rows of a flattened table to grants as the standard's JSON has them, so that one schema checks both."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opencompact.records.rules.grant_headings import Path, Schema, leaf_of

Grant = dict[str, Any]
Reads = Callable[[str], Any]

# Instants as spreadsheets hold days, when they are written out.
_INSTANT = re.compile(r"^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?$")


@dataclass
class _Branch:
    """One object: its own values as (key, the column of them), and the objects and lists below it."""

    values: list[tuple[str, Sequence[Any]]] = field(default_factory=list)
    objects: dict[str, "_Branch"] = field(default_factory=dict)
    lists: dict[str, dict[int, "_Branch"]] = field(default_factory=dict)


def grants_of(
    columns: Sequence[Sequence[str | None]], paths: Sequence[Path | None], headings: Sequence[str], schema: Schema, *, is_workbook: bool
) -> list[Grant]:
    """One grant for each row of the columns, whose empty cells are None and leave no trace; what the standard does not know stays under its heading.

    Numbers are read where the schema wants one and the cell is one, else the text stays, for the schema to name. In a workbook an instant in a
    field for days is how the program holds a day, so it becomes one.
    """
    root = _Branch()
    for column, path, heading in zip(columns, paths, headings, strict=False):
        if path or heading:
            reads = _reader(leaf_of(path, schema), is_workbook=is_workbook) if path else None
            _plant(root, path or (heading,), column if reads is None else [cell and reads(cell) for cell in column])
    return _grown(root)


def merged(grants: list[Grant], others: Iterable[Grant]) -> list[Grant]:
    """The grants of the first sheet with what other sheets add: lists grow, and fields the first left empty are filled. Known by `id`."""
    by_id = {grant["id"]: grant for grant in reversed(grants) if "id" in grant}
    for other in others:
        grant = by_id.get(other.get("id"))
        if grant is None:
            continue
        for key, value in other.items():
            if isinstance(value, list) and isinstance(grant.get(key), list):
                grant[key] = [*grant[key], *value]
            else:
                grant.setdefault(key, value)
    return grants


def _plant(branch: _Branch, path: Path, column: Sequence[Any]) -> None:
    key, *rest = path
    if not rest or (len(rest) == 1 and isinstance(rest[0], int)):  # a list of words has no objects: `Grant Purpose:0`
        branch.values.append((str(key), column))
    elif isinstance(rest[0], int):
        _plant(branch.lists.setdefault(str(key), {}).setdefault(rest[0], _Branch()), tuple(rest[1:]), column)
    else:
        _plant(branch.objects.setdefault(str(key), _Branch()), tuple(rest), column)


def _grown(branch: _Branch) -> list[Grant]:
    """The objects of all rows, column by column: what is below a branch is made first, for all of them, and is a column of it then."""
    keys = [key for key, _ in branch.values]
    columns: list[Sequence[Any]] = [column for _, column in branch.values]
    for key, below in branch.objects.items():
        keys.append(key)
        columns.append([inner or None for inner in _grown(below)])
    for key, items in branch.lists.items():
        keys.append(key)
        columns.append(_listed([_grown(items[place]) for place in sorted(items)]))
    rows = zip(*columns, strict=True)
    if len(set(keys)) < len(keys):  # of headings that stand twice, the last that says something counts
        return [{key: value for key, value in zip(keys, row, strict=True) if value is not None} for row in rows]
    grown = [dict(zip(keys, row, strict=True)) for row in rows]
    for key, column in zip(keys, columns, strict=True):
        if None in column:  # few are: it takes half the time of asking for each cell
            for grant, value in zip(grown, column, strict=True):
                if value is None:
                    del grant[key]
    return grown


def _listed(items: list[list[Grant]]) -> list[list[Grant] | None]:
    """For each row the list of its items that hold something; None where none does."""
    if len(items) == 1:
        return [[item] if item else None for item in items[0]]
    return [[item for item in row if item] or None for row in zip(*items, strict=True)]


def _reader(leaf: Mapping[str, Any], *, is_workbook: bool) -> Reads | None:
    """How the text of a cell is read; None where it stays as it is."""
    kinds = leaf.get("type", "string")
    if "number" in kinds:
        return _number
    if kinds == "array" and leaf.get("items", {}).get("type") == "string":
        return _words
    if is_workbook and ("oneOf" in leaf or leaf.get("format") == "date-time"):
        return _instant if leaf.get("format") else _day
    return None


def _number(text: str) -> int | float | str:
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 19 else text
    try:
        value = float(text)
    except ValueError:
        return text
    return value if math.isfinite(value) and "_" not in text else text


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split("[;,]", text) if word.strip()]


def _day(text: str) -> str:
    found = _INSTANT.match(text)
    return found[1] if found else text


def _instant(text: str) -> str:
    found = _INSTANT.match(text)
    return f"{found[1]}T{found[2]}Z" if found else text
