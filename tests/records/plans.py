"""Runs a plan over a few literal rows or records, for tests of the rules that make plans."""

import json
from typing import Any

import duckdb
import pyarrow as pa

from opencompact.organisations.rules.bodies import lookup
from opencompact.records.rules.plan import Found, Plan, problems_sql, tidy_sql
from opencompact.registry import load_catalogue

WORDS = ("n/a", "nil", "not yet available")


def found(slug: str, headers: tuple[str, ...] = (), *, body: str = "") -> Found:
    catalogue = load_catalogue()
    return Found(catalogue.sources[slug], headers, body or catalogue.sources[slug].body, WORDS, vocabularies=catalogue.vocabularies)


def table(*rows: tuple[str, ...]) -> pa.Table:
    columns = {f"c{place}": [row[place] for row in rows] for place in range(len(rows[0]))}
    return pa.table({"source_row": list(range(2, len(rows) + 2)), **columns})


def records(*items: Any) -> pa.Table:
    texts, told = [json.dumps(item) for item in items], pa.nulls(len(items), pa.list_(pa.string()))
    return pa.table({"source_row": list(range(1, len(items) + 1)), "record": texts, "told": told})


def run(plan: Plan, raw: pa.Table, *, bodies: dict[str, str] | None = None) -> tuple[list[dict[str, Any]], list[tuple[int, str, str, str]]]:
    """The rows kept, without their empty values, and each problem's row, field, kind and consequence."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    con.execute("CREATE TABLE body_names (name VARCHAR, slug VARCHAR)")
    for name, slug in lookup((bodies or {}).items(), []).items():
        con.execute("INSERT INTO body_names VALUES (?, ?)", [name, slug])
    con.register("raw", raw)
    con.execute(f"CREATE TABLE tidied AS {tidy_sql(plan)}")
    names = [field.name for field in plan.fields]
    answer = con.execute("SELECT {} FROM tidied WHERE is_kept".format(", ".join(f'"{name}"' for name in names)))
    rows = [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in answer.fetchall()]
    problems = [(row[0], row[1], row[4], row[5]) for select in problems_sql(plan) for row in con.execute(select).fetchall()]
    return rows, sorted(problems)
