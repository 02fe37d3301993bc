"""A lake of a few rows for tests: required columns that a row leaves out are filled with invented values."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from opencompact.lake import Change, Lake
from opencompact.registry import load_shapes
from opencompact.shapes.shape import Column

Rows = Sequence[Mapping[str, Any]]
_SOME = {"BIGINT": 0, "DOUBLE": 0.0, "DATE": date(2031, 1, 1), "BOOLEAN": False, "DECIMAL(18,2)": Decimal(0)}


@contextmanager
def tiny_lake(folder: Path, tables: Mapping[str, Rows]) -> Iterator[Change]:
    """A change in which each table named has the rows given."""
    with Lake(folder, load_shapes()).change() as change:
        for table, rows in tables.items():
            put(change, table, rows)
        yield change


def put(change: Change, table: str, rows: Rows) -> None:
    """Put the rows, completed, as the table."""
    columns = load_shapes()[table].columns
    change.put_rows(table, [{**row, **{column.name: _value(row, column, place) for column in columns}} for place, row in enumerate(rows, start=1)])


def _value(row: Mapping[str, Any], column: Column, place: int) -> Any:
    value = row.get(column.name)
    if value is None and column.required:
        if column.type == "VARCHAR":
            return column.words[0] if column.words else f"sample-{place}"
        return place if column.name == "source_row" else _SOME[column.type]
    return Decimal(str(value)) if value is not None and column.type.startswith("DECIMAL") else value
