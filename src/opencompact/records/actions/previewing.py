"""A look at a file nobody has seen before: the mapping proposed, ten rows as they would load, and what would be refused and why. Nothing is kept."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

import duckdb
import pyarrow.compute as pc

from opencompact.organisations.rules import bodies
from opencompact.records.actions.decoding import CannotRead, Content, blank_columns, sheets
from opencompact.records.rules.mapped_files import mapped_plan
from opencompact.records.rules.mapping import Proposal, card_of, propose
from opencompact.records.rules.plan import Found, Plan, problems_sql, tidy_sql
from opencompact.registry import Catalogue

SHOWN = 10
KEPT_ROWS = 60  # rows below the header that stand in for the file once it is gone
MOST_KEPT, MOST_CELL = 200_000, 2_000  # characters of those rows, and of a cell


@dataclass(frozen=True)
class Preview:
    """A proposal tried out: rows as they would load (text by field), how many of those found would, and each problem with its count and an example.

    `beginning` is the start of the table as CSV, by which a person's changes can be tried without the file.
    """

    proposal: Proposal
    rows: tuple[Mapping[str, str], ...]
    fields: tuple[str, ...]
    found: int
    loaded: int
    problems: tuple[Mapping[str, Any], ...]
    beginning: str

    @property
    def refused(self) -> int:
        """Rows that would be refused."""
        return self.found - self.loaded


def preview(content: Content, *, file_name: str, catalogue: Catalogue, table: str = "", fix: Mapping[str, str] | None = None) -> Preview:
    """Try the likeliest mapping, or the one a person chose (`fix`: field to header). Raises CannotRead for what is no table."""
    found_sheets = [sheet for sheet in sheets(PurePath(file_name), content) if any(map(any, sheet.beginning))]
    if not found_sheets:
        raise CannotRead("a file without rows", "a table with a header and rows", kind="empty_file")
    sheet = found_sheets[0]
    proposal = propose(sheet.rows, file_name=file_name, vocabularies=catalogue.vocabularies, table=table, fix=fix)
    raw, _ = sheet.raw(list(proposal.headers), place=proposal.place)
    card = card_of(proposal)
    words = tuple(str(term["word"]) for term in catalogue.vocabularies["missing-words"].terms)
    found = Found(
        card,
        proposal.headers,
        card.body,
        words,
        blank_columns(raw),
        catalogue.vocabularies,
        file_name,
        proposal.titles,
        lambda at: pc.unique(raw.column(at + 1)).to_pylist(),
    )
    plan = mapped_plan(found)
    with _database(catalogue) as con:
        con.register("raw", raw)
        rows, loaded, problems = _tried(con, plan)
    used = tuple(field.name for field in plan.fields if any(field.name in row for row in rows))
    return Preview(proposal, rows, used, raw.num_rows, loaded, problems, _beginning(sheet.rows, proposal.place))


def _tried(con: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[tuple[dict[str, str], ...], int, tuple[dict[str, Any], ...]]:
    con.execute(f"CREATE TEMP TABLE tidied AS {tidy_sql(plan)}")
    names = [field.name for field in plan.fields]
    listed = ", ".join(f'"{name}"' for name in names)
    kept = con.execute(f"SELECT {listed} FROM tidied WHERE is_kept ORDER BY source_row LIMIT {SHOWN}").fetchall()
    rows = tuple({name: str(value) for name, value in zip(names, row, strict=True) if value is not None} for row in kept)
    loaded = con.execute("SELECT count(*) FROM tidied WHERE is_kept").fetchall()[0][0]
    told = ("kind", "consequence", "field", "expected", "fix", "times", "first_row", "example")
    grouped = f"""SELECT kind, consequence, field, expected, fix, count(*), min(source_row), arg_min(found, source_row)
        FROM ({" UNION ALL ".join(problems_sql(plan))}) GROUP BY ALL"""
    return rows, loaded, tuple(dict(zip(told, row, strict=True)) for row in sorted(con.execute(grouped).fetchall(), key=_weight))


def _weight(row: tuple[Any, ...]) -> tuple[bool, int, str, str]:
    """Refusals first, then what is seen most."""
    return row[1] != "row_refused", -row[5], row[0], row[2]


def _database(catalogue: Catalogue) -> duckdb.DuckDBPyConnection:
    """A database of its own in memory, nothing outside within reach, with the names of bodies the vocabulary has."""
    con = duckdb.connect(config={"enable_external_access": "false", "threads": "2", "memory_limit": "1GB"})
    con.execute("CREATE TEMP TABLE body_names (name VARCHAR, slug VARCHAR)")
    names = bodies.lookup([], [(str(term["name"]), str(term["slug"])) for term in catalogue.vocabularies["body-names"].terms])
    con.executemany("INSERT INTO body_names VALUES (?, ?)", list(names.items()))
    return con


def _beginning(rows: list[list[str]], place: int) -> str:
    text = io.StringIO()
    for row in islice(rows, max(place, 0) + 1 + KEPT_ROWS):
        if text.tell() < MOST_KEPT:
            csv.writer(text, lineterminator="\n").writerow(cell[:MOST_CELL] for cell in row)
    return text.getvalue()
