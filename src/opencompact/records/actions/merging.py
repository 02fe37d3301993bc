"""Merges the releases of each procurement process and puts what the merged processes say: contract lines, processes, notices, lots and problems."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opencompact.lake import Change, Connection, Part
from opencompact.records.rules import plain_merging as plain
from opencompact.records.rules import process_tables as tables
from opencompact.records.rules.merging import rule_tree
from opencompact.records.rules.notices import notice_kinds
from opencompact.records.rules.plain_releases import are_usual, structure
from opencompact.records.rules.plan import Plan, problems_sql, tidy_sql
from opencompact.records.rules.processes import AWARD, LOT, NOTICE, PROCESS, WHOLE_NUMBERS, Found, Known, read_process
from opencompact.records.rules.publishing import counted
from opencompact.registry import Catalogue
from opencompact.values.collector import without_collector
from opencompact.values.sql import quoted

# The tables a merge fills: the rows read into each, its plan, and its order
_TABLES = {
    "process_lines": ("raw_processes", tables.processes_plan, "ocid"),
    "notices": ("raw_notices", tables.notices_plan, "ocid, place"),
    "lots": ("raw_lots", tables.lots_plan, "ocid, lot_id"),
    "contract_lines": ("raw_awards", tables.awards_plan, "ocid, award_id, supplier_place"),
}


def _schema(columns: Sequence[str]) -> pa.Schema:
    return pa.schema([(column, pa.int64() if column in WHOLE_NUMBERS else pa.string()) for column in columns])


_RAWS = {"raw_processes": _schema(PROCESS), "raw_notices": _schema(NOTICE), "raw_lots": _schema(LOT), "raw_awards": _schema(AWARD)}
_BUYERS = _schema(("id", "scheme", "number", "name", "buyer"))
_VOCABULARIES = ("release-merge-rules", "notice-kinds", "process-kinds", "register-schemes", "missing-words")
_AT_ONCE = 2_000  # releases fetched, and rows of processes held as they are found
_SAID_AT_ONCE = 30_000  # plain releases, of which all that is read stands in memory: about 2 KB each


def merge(change: Change, *, catalogue: Catalogue, standing: str, digest: str, at: datetime) -> None:
    """Put `process_lines`, `contract_lines`, `notices`, `lots` and `processes` from `release_lines`, and add to `problems`.

    A process whose releases stand as they stood in the build before keeps its rows; `digest` is of the code. Examples and copies are left out.
    """
    made_from = _made_from(change, catalogue, standing, digest)
    before = {table: change.known_part(table, made_from) for table in (*_TABLES, "problems")}
    _gather(change, standing, before["process_lines"])
    if _nothing_changed(change, before):
        parts: dict[str, Part | None] = before
    else:
        with without_collector(), _in_one_heap():
            _read(change, _known(catalogue))
        parts = _tidy(change, catalogue, standing, made_from, before)
    for table in _TABLES:
        change.put_parts(table, [part for part in (parts[table],) if part])
    repeats = change.part("problems", tables.repeats_sql())
    change.put_parts("problems", [*change.after.get("problems", ()), *(part for part in (parts["problems"], repeats) if part and part.rows)])
    change.put("processes", tables.processes_sql(at.date().isoformat()))


def _made_from(change: Change, catalogue: Catalogue, standing: str, digest: str) -> str:
    """The key of everything but the releases that the tables depend on."""
    bodies = change.con.execute("SELECT bit_xor(hash(name, slug)) FROM body_names").fetchall()[0][0]
    words = json.dumps([catalogue.vocabularies[slug].terms for slug in _VOCABULARIES], default=str)
    return hashlib.sha256(f"merging {digest} {standing} {bodies} {words}".encode()).hexdigest()


def _known(catalogue: Catalogue) -> Known:
    terms = {slug: catalogue.vocabularies[slug].terms for slug in _VOCABULARIES}
    return Known(
        rule_tree(terms["release-merge-rules"]),
        notice_kinds(terms["notice-kinds"]),
        tuple((str(term["words"]).casefold(), str(term["kind"])) for term in terms["process-kinds"]),
        tuple(str(term["scheme"]) for term in terms["register-schemes"]),
    )


def _gather(change: Change, standing: str, before: Part | None) -> None:
    """The temporary tables `gathered`, each release that counts, and `stories`, each process with what it is merged from and whether that changed."""
    former = _former(change, "process_lines", before)
    change.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE gathered AS
        SELECT ocid, release_id, released_at, content, is_plain, source, standing, source_file, source_row, coalesce(nth > 1, false) AS differs FROM (
          SELECT *, CASE WHEN release_id IS NOT NULL THEN row_number() OVER (
            PARTITION BY ocid, release_id ORDER BY released_at DESC NULLS LAST, source_file DESC, source_row DESC, content DESC) END AS nth
          FROM (SELECT * EXCLUDE (release) FROM {counted("release_lines", standing)}
            QUALIFY row_number() OVER (PARTITION BY ocid, content ORDER BY source_file, source_row) = 1))"""
    )
    change.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE stories AS
        SELECT row_number() OVER (ORDER BY s.ocid) AS process, s.ocid, s.digest, s.is_plain, f.merged_from IS NOT DISTINCT FROM s.digest AS is_known FROM (
          SELECT ocid, CAST(bit_xor(hash(content, source_file, source_row)) >> 1 AS BIGINT) AS digest, bool_and(is_plain) AS is_plain
          FROM gathered WHERE NOT differs GROUP BY ocid
        ) s LEFT JOIN ({former}) f ON f.ocid = s.ocid"""
    )


def _former(change: Change, table: str, part: Part | None) -> str:
    """The rows of the build before, where they were made from the same; else none."""
    if part is not None:
        return f"SELECT * FROM read_parquet({quoted(change.lake.folder / part.path)})"
    columns = ", ".join(f'CAST(NULL AS {column.type}) AS "{column.name}"' for column in change.lake.shapes[table].columns)
    return f"SELECT {columns} WHERE false"


def _nothing_changed(change: Change, before: dict[str, Part | None]) -> bool:
    processes = before["process_lines"]
    known, total = change.con.execute("SELECT count(*) FILTER (is_known), count(*) FROM stories").fetchall()[0]
    return processes is not None and bool(known == total == processes.rows)


@contextmanager
def _in_one_heap() -> Iterator[None]:
    """Arrow takes its memory from the heap that DuckDB takes from: what one has let go the other can have, which the pool of Arrow's own would keep."""
    pool = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(pool)


def _read(change: Change, known: Known) -> None:
    """Merge every process that changed, and register the raw rows found as tables: the plain ones in columns, all others one by one."""
    con = change.con
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE merging AS SELECT s.process, g.ocid, g.content, g.source_file, g.source_row, s.digest,
          s.is_plain AND {are_usual(known.rules)} AS is_plain,
          row_number() OVER (ORDER BY s.process, g.released_at NULLS FIRST, g.source_file, g.source_row, g.content) AS nth
        FROM gathered g JOIN stories s ON s.ocid = g.ocid WHERE NOT g.differs AND NOT s.is_known"""
    )
    found = Found([], [], [], [], {})
    raws = {name: [schema.empty_table()] for name, schema in _RAWS.items()}
    are_all_plain = con.execute("SELECT bool_and(is_plain) FROM merging").fetchall()[0][0]
    for digest, texts, places in () if are_all_plain else _stories(con):
        read_process(found, texts, places, digest=digest, known=known)
        if len(found.processes) >= _AT_ONCE:
            _hand_on(found, raws)
    _hand_on(found, raws)
    for first, last in _portions(con):
        for name, rows in plain.plainly_merged(_plain_releases(con, first, last), known, found.buyers).items():
            raws[name].append(rows)
    con.execute("DROP TABLE merging")
    for name, held in raws.items():
        rows = pa.concat_tables(held, promote_options="default")
        con.register(name, rows.append_column("number", pa.array(range(rows.num_rows), pa.int64())))
    con.register("raw_buyers", _table_of([(*buyer, number) for buyer, number in found.buyers.items()], _BUYERS))


def _plain_releases(con: Connection, first: int, last: int) -> pa.RecordBatch:
    told = con.sql(plain.tellings_sql(structure(), first=first, last=last)).to_arrow_table().combine_chunks().to_batches()[0]
    return told.take(pc.sort_indices(told.column("nth")))  # sorted by DuckDB, the texts would be sorted before they are read


def _portions(con: Connection) -> list[tuple[int, int]]:
    """The first and last number of processes that are merged at once: all that is said in their releases is held."""
    return con.execute(
        f"""SELECT min(process), max(process) FROM (
          SELECT process, (sum(count(*)) OVER (ORDER BY process) - 1) // {_SAID_AT_ONCE} AS portion FROM merging WHERE is_plain GROUP BY process
        ) GROUP BY portion ORDER BY portion"""
    ).fetchall()


def _stories(con: Connection) -> Iterator[tuple[int, list[str], list[tuple[str, str, int]]]]:
    """Each process that is merged by itself: what it is merged from, its releases in order of date, and where each stands."""
    yield from _grouped(
        con.execute(
            """SELECT m.ocid, m.digest, r.source, r.source_file, r.source_row, r.release FROM release_lines r
            JOIN merging m ON m.source_file = r.source_file AND m.source_row = r.source_row AND m.content = r.content
            WHERE NOT m.is_plain ORDER BY m.nth"""
        )
    )


def _grouped(reader: Connection) -> Iterator[tuple[int, list[str], list[tuple[str, str, int]]]]:
    at, was = None, 0
    texts: list[str] = []
    places: list[tuple[str, str, int]] = []
    while held := reader.fetchmany(_AT_ONCE):
        for ocid, digest, source, source_file, source_row, release in held:
            if ocid != at:
                if texts:
                    yield was, texts, places
                at, was, texts, places = ocid, digest, [], []
            texts.append(release)
            places.append((source, source_file, source_row))
    if texts:
        yield was, texts, places


def _hand_on(found: Found, raws: Mapping[str, list[pa.Table]]) -> None:
    """Move the rows found so far into columns."""
    for (name, schema), rows in zip(_RAWS.items(), (found.processes, found.notices, found.lots, found.awards), strict=True):
        raws[name].append(_table_of(rows, schema))
        rows.clear()


def _table_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema)


def _tidy(change: Change, catalogue: Catalogue, standing: str, made_from: str, before: dict[str, Part | None]) -> dict[str, Part | None]:
    """A part of each table: the rows read now, and those of the processes that stand as they stood."""
    con = change.con
    words = tuple(str(term["word"]) for term in catalogue.vocabularies["missing-words"].terms)
    con.execute(f"CREATE OR REPLACE TEMP TABLE buyers AS {tables.BUYERS}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE suppliers AS {tables.suppliers_sql(words)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE merge_problems AS SELECT * FROM ({_former(change, 'problems', before['problems'])}) {_OF_KNOWN}")
    parts: dict[str, Part | None] = {}
    for table, (raw, plan, order) in _TABLES.items():
        tidied = _tidied(change, table, plan(), standing)
        con.unregister(raw)
        kept = f"SELECT f.* FROM ({_former(change, table, before[table])}) f JOIN stories s ON s.ocid = f.ocid WHERE s.is_known"
        parts[table] = change.part(table, f"SELECT * FROM ({tidied} UNION ALL BY NAME {kept}) ORDER BY {order}", made_from=made_from)
        con.execute("DROP TABLE tidied")
    parts["problems"] = change.part("problems", "SELECT * FROM merge_problems ORDER BY ALL", made_from=made_from)
    return parts


# A problem knows no process; the row it is of does
_OF_KNOWN = "SEMI JOIN (SELECT g.source_file, g.source_row FROM gathered g JOIN stories s ON s.ocid = g.ocid WHERE s.is_known) USING (source_file, source_row)"


def _tidied(change: Change, table: str, plan: Plan, standing: str) -> str:
    """The SELECT of the rows of a plan that are kept; adds those of its problems to `merge_problems`."""
    con = change.con
    con.execute(f"CREATE TEMP TABLE tidied AS {tidy_sql(plan)}")
    if told := " UNION ALL ".join(problems_sql(plan)):
        con.execute(
            f"""INSERT INTO merge_problems BY NAME SELECT t.source_file, t.file_row AS source_row, p.* EXCLUDE (source_row), {quoted(standing)} AS standing
            FROM ({told}) p JOIN tidied t ON t.source_row = p.source_row"""
        )
    fields = {field.name for field in plan.fields}
    names = ", ".join(f'"{column.name}"' for column in change.lake.shapes[table].columns if column.name in fields)
    return f"SELECT {names}, file_row AS source_row, {quoted(standing)} AS standing FROM tidied WHERE is_kept"
