"""How a table is written out: its order, its cells made safe for spreadsheets, and what the dictionary says of its columns."""

from collections.abc import Iterable, Mapping

from opencompact.publication.rules.release import Standing
from opencompact.shapes.shape import Shape

# A spreadsheet runs a cell that begins so as a formula. Source: OWASP, "CSV Injection".
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
DICTIONARY_HEADER = ("table", "table_title", "column", "type", "meaning", "unit", "required", "words", "in_key", "privacy")


class MayNotPublish(ValueError):
    """The tables may not stand in a release; the message names the table, what was found and what to do."""


def public_shapes(shapes: Mapping[str, Shape]) -> list[Shape]:
    """The shapes a release holds, by name; internal ones never enter it."""
    return [shape for _, shape in sorted(shapes.items()) if shape.visibility == "public"]


def neutralised(cell: str) -> str:
    """A text cell that no spreadsheet runs: an apostrophe goes before one that would begin a formula."""
    return f"'{cell}" if cell and cell[0] in FORMULA_SIGNS else cell


def ordered_select(shape: Shape) -> str:
    """The table's rows in the order of a release: by its key, else by every column."""
    columns = ", ".join(f'"{name}"' for name in shape.column_names)
    order = ", ".join(f'"{name}"' for name in shape.key or shape.column_names)
    return f'SELECT {columns} FROM "{shape.name}" ORDER BY {order}'


def csv_select(shape: Shape, source: str) -> str:
    """The rows of `source` as `neutralised` would write them, text columns only: a negative number stays a number."""
    signs = ", ".join(f"chr({ord(sign)})" for sign in FORMULA_SIGNS)
    cells = (
        f"""CASE WHEN left("{column.name}", 1) IN ({signs}) THEN '''' || "{column.name}" ELSE "{column.name}" END AS "{column.name}\""""
        if column.type == "VARCHAR"
        else f'"{column.name}"'
        for column in shape.columns
    )
    return f"SELECT {', '.join(cells)} FROM {source}"


def dictionary_rows(shapes: Iterable[Shape]) -> list[tuple[str, ...]]:
    """The data dictionary, one row a column, under DICTIONARY_HEADER."""
    return [
        (
            shape.name,
            shape.title,
            column.name,
            column.type,
            column.meaning,
            column.unit,
            "yes" if column.required else "no",
            "; ".join(column.words),
            "yes" if column.name in shape.key else "no",
            column.privacy,
        )
        for shape in shapes
        for column in shape.columns
    ]


def states_rows_of_record(shape: Shape) -> bool:
    """Whether each row is a row of the record, whose standing is required; tables of files read may name example files beside it."""
    return any(column.name == "standing" and column.required for column in shape.columns)


def standing_of(found: Iterable[tuple[Shape, Iterable[str | None]]]) -> Standing:
    """The one standing of all tables, `real` or `sample`, from the standings found in each; raises MayNotPublish on an example row or a mix."""
    seen: dict[Standing, str] = {}
    for shape, standings in found:
        for standing in standings:
            if standing == "example" and states_rows_of_record(shape):
                raise MayNotPublish(
                    f"Table {shape.name}: found rows of standing example; expected none in a release. Examples may stand in the tables as read only."
                )
            if standing == "real":
                seen.setdefault("real", shape.name)
            if standing == "sample":
                seen.setdefault("sample", shape.name)
    if len(seen) > 1:
        raise MayNotPublish(
            f"Table {seen['real']} holds rows of the real record and table {seen['sample']} rows of the invented sample country; expected one or the other. "
            "Build them in separate workspaces."
        )
    return next(iter(seen), "real")
