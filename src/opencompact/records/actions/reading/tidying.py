"""Turns raw rows into parts of the lake by the plans for them, with every problem on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from opencompact.lake import Change
from opencompact.lake.part import Part
from opencompact.records.actions.decoding import CannotRead, Notice
from opencompact.records.actions.reading.knowing import Known
from opencompact.records.rules.plan import Plan, order_sql, problem_tests, problems_at_sql, tidy_sql
from opencompact.registry.cards import Source
from opencompact.values.sql import quoted

PROBLEMS = pa.schema(
    [("source_row", pa.int64()), *((name, pa.string()) for name in ("field", "found", "expected", "kind", "consequence", "fix"))],
)


@dataclass(frozen=True)
class Tidied:
    """What came of a known table: the parts made, by table, and what its reading tells of its rows."""

    parts: tuple[tuple[str, Part], ...]
    facts: Mapping[str, Any]


def tidy(change: Change, known: Known, *, standing: str, made_from: str, any_size: bool) -> Tidied:
    """Parts of the lines and problems of a known table; raises CannotRead where it has fewer or more rows than its card says."""
    parts: list[tuple[str, Part]] = []
    problems: list[pa.Table] = []
    looks: list[Look] = []
    loaded, found = 0, 0
    for raw in known.raws:
        found += raw.num_rows
        change.con.register("raw", raw)
        try:
            # the first plan, which the reading tells of, is tidied last
            for place, plan in reversed(list(enumerate(known.plans))):
                table = plan.table or known.card.table
                with tidied_by(change, plan):
                    looked, told = _look(change, plan)
                    parts.append((table, _lines(change, known, plan, table, standing, made_from)))
                problems += told
                if place == 0 or plan.is_told:
                    loaded += parts[-1][1].rows
                    looks.append(looked)
        finally:
            change.con.unregister("raw")
    known.tell_of_lines()
    if not any_size:
        check_rows(known.card, loaded)
    parts += _put_problems(change, known.name, [noticed(known.notices), *problems], standing=standing, made_from=made_from)
    return Tidied(tuple(parts), facts_of(known, together(looks), found=found, loaded=loaded))


@contextmanager
def tidied_by(change: Change, plan: Plan) -> Iterator[None]:
    """The rows of `raw` as `tidied`, for as long as the block runs: written down once, or, by a plan of texts, made at each look."""
    kind = "VIEW" if plan.is_of_texts else "TABLE"
    change.con.execute(f"CREATE TEMP {kind} tidied AS {tidy_sql(plan)}")
    try:
        yield
    finally:
        change.con.execute(f"DROP {kind} tidied")


def facts_of(known: Known, look: "Look", *, found: int, loaded: int) -> dict[str, Any]:
    """What the reading of a table tells of its rows."""
    return {
        "rows_found": found + known.rows_cut,
        "rows_loaded": loaded,
        "rows_refused": look.refused + known.rows_cut,
        "rows_blank": known.rows_blank,
        "rows_not_of_kind": found - look.rows,
        "first_on": look.first,
        "last_on": look.last,
    }


def put_notices(change: Change, name: str, notices: Iterable[Notice], *, standing: str) -> list[tuple[str, Part]]:
    """A part of these notices as the problems of the file named, made from nothing that could be known again."""
    return _put_problems(change, name, [noticed(notices)], standing=standing, made_from="")


@dataclass(frozen=True)
class Look:
    """What one look at the rows of `tidied` says: how many rows of the file they are of, how many are refused, first and last day."""

    rows: int
    refused: int
    first: Any
    last: Any


def together(looks: Sequence[Look]) -> Look:
    """What the looks at the tables of one file say together."""
    firsts, lasts = ([day for each in looks if (day := getattr(each, end)) is not None] for end in ("first", "last"))
    return Look(sum(each.rows for each in looks), sum(each.refused for each in looks), min(firsts, default=None), max(lasts, default=None))


def look_sql(plan: Plan, *, of: str = "", groups: str = "") -> str:
    """One look at `tidied`: the rows of the file, those refused, first and last day, and for each SELECT of `problems_sql` how many rows it finds."""
    dated = next((field.name for field in plan.fields if field.name in ("paid_on", "awarded_on", "opened_on")), None)
    span = [f"{end}({dated}) FILTER (is_kept)" for end in ("min", "max")] if dated else ["NULL", "NULL"]
    tests = [f"count(*) FILTER ({test})" for test in problem_tests(plan)]
    different = "count(*)" if plan.by_row or plan.relation == "raw" else "count(DISTINCT source_row)"
    return f"SELECT {of}{', '.join([different, 'count(*) FILTER (NOT is_kept)', *span, *tests])} FROM tidied{groups}"


def _look(change: Change, plan: Plan) -> tuple[Look, list[pa.Table]]:
    """What there is to tell of the rows of `tidied`, and their problems."""
    rows, refused, first, last, *found = change.con.execute(look_sql(plan)).fetchall()[0]
    places = [place for place, count in enumerate(found) if count]
    problems = [change.con.sql(problems_at_sql(plan, places)).to_arrow_table().cast(PROBLEMS)] if places else []
    return Look(rows, refused, first, last), problems


def _lines(change: Change, known: Known, plan: Plan, table: str, standing: str, made_from: str) -> Part:
    wanted = set(change.lake.shapes[table].column_names)
    fields = ", ".join(f'"{field.name}"' for field in plan.fields if field.name in wanted)
    origin = f"{quoted(known.card.slug)} AS source, {quoted(standing)} AS standing, {quoted(known.name)} AS source_file, source_row"
    return change.part(table, f"SELECT {fields}, {origin} FROM tidied WHERE is_kept{order_sql(plan, [fields])}", made_from=made_from)


def noticed(notices: Iterable[Notice]) -> pa.Table:
    """The notices as a table of problems."""
    return pa.Table.from_pylist([vars(notice) for notice in notices], schema=PROBLEMS)


def _put_problems(change: Change, name: str, problems: Sequence[pa.Table], *, standing: str, made_from: str) -> list[tuple[str, Part]]:
    found = pa.concat_tables(problems)
    if not found.num_rows:
        return []
    change.con.register("found_problems", found)
    select = f"SELECT {quoted(name)} AS source_file, *, {quoted(standing)} AS standing FROM found_problems ORDER BY ALL"
    part = change.part("problems", select, made_from=made_from)
    change.con.unregister("found_problems")
    return [("problems", part)]


def check_rows(card: Source, rows: int) -> None:
    """Raises CannotRead where a table has fewer or more rows than its card says."""
    if rows < card.least_rows:
        raise CannotRead(f"{rows} rows that can be used", f"{card.least_rows} or more", kind="too_few_rows")
    if card.most_rows is not None and rows > card.most_rows:
        raise CannotRead(f"{rows} rows", f"{card.most_rows} or fewer", kind="too_many_rows")
