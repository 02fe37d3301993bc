"""Turns raw rows into parts of the lake by the plans for them, with every problem on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from opencompact.lake import Change
from opencompact.lake.part import Part
from opencompact.records.actions.decoding import CannotRead, Notice
from opencompact.records.actions.reading.knowing import Known
from opencompact.records.rules.plan import Plan, problem_tests, problems_sql, tidy_sql
from opencompact.registry.cards import Source
from opencompact.values.sql import quoted

_PROBLEM = "source_row, field, found, expected, kind, consequence, fix"
_NOTICES = pa.schema(
    [("source_row", pa.int64()), *((name, pa.string()) for name in ("field", "found", "expected", "kind", "consequence", "fix"))],
)


@dataclass(frozen=True)
class Tidied:
    """What came of a known table: the parts made, by table, and what its reading tells of its rows."""

    parts: tuple[tuple[str, Part], ...]
    facts: Mapping[str, Any]


def tidy(change: Change, known: Known, *, standing: str, made_from: str, any_size: bool) -> Tidied:
    """Parts of the lines and problems of a known table; raises CannotRead where it has fewer or more rows than its card says."""
    con, parts = change.con, []
    start_problems(change)
    con.register("raw", known.raw)
    try:
        # the first plan, which the reading tells of, is tidied last
        for plan in reversed(known.plans):
            table = plan.table or known.card.table
            parts.append((table, _lines(change, known, plan, table, standing, made_from)))
    finally:
        con.unregister("raw")
    loaded = parts[-1][1].rows
    if not any_size:
        _check_rows(known.card, loaded)
    found, refused = _counts(change, known.plans[0])
    first, last = _first_and_last(change, known.plans[0])
    parts += put_problems(change, known.name, known.notices, standing=standing, made_from=made_from)
    facts = {
        "rows_found": known.raw.num_rows + known.rows_cut,
        "rows_loaded": loaded,
        "rows_refused": refused + known.rows_cut,
        "rows_blank": known.rows_blank,
        "rows_not_of_kind": known.raw.num_rows - found,
        "first_on": first,
        "last_on": last,
    }
    return Tidied(tuple(parts), facts)


def start_problems(change: Change) -> None:
    """An empty temporary table `found_problems`."""
    columns = ", ".join(f"{name} {'BIGINT' if name == 'source_row' else 'VARCHAR'}" for name in _PROBLEM.split(", "))
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE found_problems ({columns})")


def put_problems(change: Change, name: str, notices: Iterable[Notice], *, standing: str, made_from: str) -> list[tuple[str, Part]]:
    """A part of what stands in `found_problems` and of the notices, as the problems of the file named; none where there are none."""
    con, held = change.con, [vars(notice) for notice in notices]
    if held:
        con.register("noticed", pa.Table.from_pylist(held, schema=_NOTICES))
        con.execute(f"INSERT INTO found_problems SELECT {_PROBLEM} FROM noticed")
        con.unregister("noticed")
    if con.execute("SELECT count(*) FROM found_problems").fetchall() == [(0,)]:
        return []
    select = f"SELECT {quoted(name)} AS source_file, {_PROBLEM}, {quoted(standing)} AS standing FROM found_problems ORDER BY ALL"
    return [("problems", change.part("problems", select, made_from=made_from))]


def _lines(change: Change, known: Known, plan: Plan, table: str, standing: str, made_from: str) -> Part:
    """Tidy the registered `raw` by one plan into a part of the table, and add to `found_problems`."""
    con = change.con
    con.execute(f"CREATE OR REPLACE TEMP TABLE tidied AS {tidy_sql(plan)}")
    _find_problems(change, plan)
    wanted = set(change.lake.shapes[table].column_names)
    fields = ", ".join(f'"{field.name}"' for field in plan.fields if field.name in wanted)
    origin = f"{quoted(known.card.slug)} AS source, {quoted(standing)} AS standing, {quoted(known.name)} AS source_file, source_row"
    return change.part(table, f"SELECT {fields}, {origin} FROM tidied WHERE is_kept", made_from=made_from)


def _find_problems(change: Change, plan: Plan) -> None:
    """Add the problems of `tidied` to `found_problems`: one look says of which kinds there are any, and only those are asked for."""
    tests = problem_tests(plan)
    if not tests:
        return
    counts = change.con.execute(f"SELECT {', '.join(f'count(*) FILTER (WHERE {test})' for test in tests)} FROM tidied").fetchall()[0]
    selects = [select for select, count in zip(problems_sql(plan), counts, strict=True) if count]
    if selects:
        change.con.execute("INSERT INTO found_problems " + " UNION ALL ".join(selects))


def _check_rows(card: Source, rows: int) -> None:
    if rows < card.least_rows:
        raise CannotRead(f"{rows} rows that can be used", f"{card.least_rows} or more", kind="too_few_rows")
    if card.most_rows is not None and rows > card.most_rows:
        raise CannotRead(f"{rows} rows", f"{card.most_rows} or fewer", kind="too_many_rows")


def _counts(change: Change, plan: Plan) -> tuple[int, int]:
    """Of the rows in `tidied`: how many different rows of the file they come from, and how many are not kept."""
    different = "count(*)" if plan.relation == "raw" else "count(DISTINCT source_row)"
    found, refused = change.con.execute(f"SELECT {different}, count(*) FILTER (NOT is_kept) FROM tidied").fetchall()[0]
    return found, refused


def _first_and_last(change: Change, plan: Plan) -> tuple[Any, Any]:
    dated = next((field.name for field in plan.fields if field.name in ("paid_on", "awarded_on", "opened_on")), None)
    if dated is None:
        return None, None
    first, last = change.con.execute(f"SELECT min({dated}), max({dated}) FROM tidied WHERE is_kept").fetchall()[0]
    return first, last
