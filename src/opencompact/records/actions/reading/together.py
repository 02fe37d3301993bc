"""Tidies the rows of many small files of one kind in one go: their plans are the same, and planning costs more than reading them."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opencompact.lake import Change
from opencompact.lake.part import Part
from opencompact.records.actions.reading.knowing import MANY_ROWS, Known
from opencompact.records.actions.reading.tidying import PROBLEMS, Look, Tidied, facts_of, look_sql, noticed, tidied_by
from opencompact.records.rules.plan import FILE_BITS, Plan, order_sql, problems_at_sql
from opencompact.values.sql import quoted

_FILE = f"source_row >> {FILE_BITS}"
_ROW = f"source_row & {2**FILE_BITS - 1}"


def is_small(known: Known) -> bool:
    """Whether its rows may be tidied together with those of other files."""
    return known.lines is None and known.raw.num_rows < MANY_ROWS and all(plan.by_row for plan in known.plans)


def kind_of(known: Known) -> tuple[Any, ...]:
    """What is the same of files that are tidied together."""
    return (known.card.slug, known.plans, *known.raw.schema.names)


def tidy_together(change: Change, files: Sequence[Known], *, standing: str, made_from: Sequence[str]) -> list[Tidied]:
    """What came of each of these tables, all of one kind. The checks of how many rows there are stay with whoever asks."""
    change.con.register("raw", pa.concat_tables([_placed(known.raw, place) for place, known in enumerate(files)]))
    parts: list[list[tuple[str, Part]]] = [[] for _ in files]
    problems = [_noticed(files)]
    try:
        # the first plan, which the reading tells of, is tidied last
        for plan in reversed(files[0].plans):
            table = plan.table or files[0].card.table
            with tidied_by(change, plan):
                looks, told = _look(change, plan, len(files))
                rows = _lines(change, files, plan, table, standing)
            problems += told
            for made, of_file, key in zip(parts, _by_file(rows, len(files)), made_from, strict=True):
                made.append((table, change.part_of(table, of_file, made_from=key)))
    finally:
        change.con.unregister("raw")
    loaded = [made[-1][1].rows for made in parts]
    _put_problems(change, files, problems, standing, made_from, parts)
    return [
        Tidied(tuple(made), facts_of(known, look, found=known.raw.num_rows, loaded=rows))
        for made, known, look, rows in zip(parts, files, looks, loaded, strict=True)
    ]


def _placed(raw: pa.Table, place: int) -> pa.Table:
    """The rows with their file's place above their own."""
    return raw.set_column(0, "source_row", pc.add(raw.column(0), pa.scalar(place << FILE_BITS, pa.int64())))


def _look(change: Change, plan: Plan, files: int) -> tuple[list[Look], list[pa.Table]]:
    """What one look at the rows of `tidied` says of each file, and the problems of all, with the places of their files."""
    looks, places = [Look(0, 0, None, None)] * files, set()
    for place, rows, refused, first, last, *found in change.con.execute(look_sql(plan, of=f"{_FILE}, ", groups=" GROUP BY 1")).fetchall():
        looks[place] = Look(rows, refused, first, last)
        places |= {at for at, count in enumerate(found) if count}
    if not places:
        return looks, []
    select = f"SELECT {_FILE} AS file_at, * REPLACE ({_ROW} AS source_row) FROM ({problems_at_sql(plan, sorted(places))})"
    return looks, [change.con.sql(select).to_arrow_table().cast(_PLACED)]


def _lines(change: Change, files: Sequence[Known], plan: Plan, table: str, standing: str) -> pa.Table:
    """The rows that are kept, in the columns of their table, and the places of their files."""
    names = {field.name: f'"{field.name}"' for field in plan.fields}
    names |= {"source": quoted(files[0].card.slug), "standing": quoted(standing), "source_row": _ROW}
    columns = ", ".join(f'CAST({names.get(column.name, "NULL")} AS {column.type}) AS "{column.name}"' for column in change.shapes[table].columns)
    rows = change.con.sql(f"SELECT {columns}, {_FILE} AS file_at FROM tidied WHERE is_kept{order_sql(plan, [])}").to_arrow_table()
    names_of_files = pa.array([known.name for known in files], pa.string()).take(pc.cast(rows.column("file_at"), pa.int64()).combine_chunks())
    return rows.set_column(rows.schema.get_field_index("source_file"), "source_file", names_of_files)


def _by_file(rows: pa.Table, files: int) -> Iterator[pa.Table]:
    """The rows of each file, in their order."""
    places = rows.column("file_at")
    counts = dict(zip(*(column.to_pylist() for column in pc.value_counts(places.combine_chunks()).flatten()), strict=True)) if len(places) else {}
    start, ordered = 0, rows.take(pc.sort_indices(places)).drop_columns("file_at")
    for place in range(files):
        yield ordered.slice(start, counts.get(place, 0))
        start += counts.get(place, 0)


_PLACED = pa.schema([("file_at", pa.int64()), *PROBLEMS])


def _noticed(files: Sequence[Known]) -> pa.Table:
    each = [noticed(known.notices) for known in files]
    places = [place for place, table in enumerate(each) for _ in range(table.num_rows)]
    return pa.concat_tables(each).add_column(0, "file_at", pa.array(places, pa.int64()))


def _put_problems(
    change: Change, files: Sequence[Known], problems: Sequence[pa.Table], standing: str, made_from: Sequence[str], parts: Sequence[list[tuple[str, Part]]]
) -> None:
    """A part of the problems of each file that has any, ordered as `put_problems` has them."""
    found = pa.concat_tables(problems)
    if not found.num_rows:
        return
    files_found = pa.array([known.name for known in files], pa.string()).take(found.column("file_at").combine_chunks())
    change.con.register("found_problems", found.append_column("source_file", files_found))
    columns = ", ".join(f'"{column.name}"' for column in change.shapes["problems"].columns)
    select = f"SELECT file_at, source_file, * EXCLUDE (file_at, source_file), {quoted(standing)} AS standing FROM found_problems ORDER BY ALL"
    ordered = change.con.sql(f"SELECT {columns}, file_at FROM ({select})").to_arrow_table()
    change.con.unregister("found_problems")
    for made, of_file, key in zip(parts, _by_file(ordered, len(files)), made_from, strict=True):
        if of_file.num_rows:
            made.append(("problems", change.part_of("problems", of_file, made_from=key)))
