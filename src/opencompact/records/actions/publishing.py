"""Publishes what was read: copies set aside, lines joined to links, consultations with their sums, coverage."""

import hashlib
from pathlib import Path

from opencompact.lake import Change, Part, parquet_select
from opencompact.records.queries import MONEY, spending, sums
from opencompact.records.rules import publishing
from opencompact.records.rules.copies import LEAST_ROWS, copies_sql


def set_copies_aside(change: Change, *, digest: str) -> None:
    """Put sources: every file given, a copy named with the file it repeats. Tables with the same lines as before are not compared again."""
    change.put_parts("copies", [_copies(change, table, f"{digest} {change.made_of(table)}") for table in LEAST_ROWS])
    change.con.execute("CREATE OR REPLACE TEMP TABLE readings_now AS SELECT * FROM readings")  # a part for each file given: opened once
    change.put(
        "sources",
        """SELECT r.* EXCLUDE (state, because, made_from), coalesce(c.copy_of, b.copy_of) AS copy_of,
          CASE WHEN r.state = 'read' AND coalesce(c.copy_of, b.copy_of) IS NOT NULL THEN 'copy' ELSE r.state END AS state,
          CASE WHEN c.copy_of IS NOT NULL THEN r.because || '; ' || c.rows || ' of its ' || c.size || ' rows stand in ' || c.copy_of
            WHEN b.copy_of IS NOT NULL THEN r.because || '; byte for byte the same as ' || b.copy_of ELSE r.because END AS because
        FROM readings_now r LEFT JOIN copies c ON c.source_file = r.source_file
        LEFT JOIN (SELECT source_file, min(source_file) OVER (PARTITION BY sha256, because) AS copy_of FROM readings_now WHERE state = 'read') b
          ON b.source_file = r.source_file AND b.copy_of <> r.source_file
        ORDER BY r.source_file""",
    )


def _copies(change: Change, table: str, made_from: str) -> Part:
    return change.part_once("copies", copies_sql(table), made_from=made_from)


def publish_money(change: Change, *, standing: str, digest: str) -> None:
    """Put payments, grants, grant schemes and contracts from the lines and links; what no changed line, link or copy touches stands as it was made.

    `digest` is a checksum of the code that decides how they are made.
    """
    if "own_links" not in change.after:
        change.put_parts("own_links", [])
    copies = {file for (file,) in change.con.execute("SELECT source_file FROM sources WHERE copy_of IS NOT NULL").fetchall()}
    for money in publishing.MONEY:
        files = _linked_files(change, money, copies)
        runs = publishing.runs(files) if money.by_file else [sorted(files)]
        change.put_parts(money.table, [_part(change, money, {file: files[file] for file in run}, f"{digest} {standing}", standing) for run in runs])
    if "grant_scheme_lines" in change.after:
        change.put("grant_schemes", publishing.schemes_sql(standing))
    else:
        change.put_parts("grant_schemes", [])


# What the rows of a file are made from: the Parquet files of its lines, and what tells that they, or their links, have changed.
_File = tuple[list[Path], list[str]]


def _linked_files(change: Change, money: publishing.Money, copies: set[str]) -> dict[str, _File]:
    parts = {change.lake.folder / part.path: part.sha256 for part in change.after[money.lines]}
    files: dict[str, _File] = {}
    if parts:
        for file, path, linked in change.con.execute(publishing.linked_files_sql(money, f"({parquet_select(parts, named=True)})")).fetchall():
            paths, facts = files.setdefault(file, ([], [file, str(file in copies)]))
            paths.append(Path(path))
            facts += [parts[Path(path)], linked]
    return files


def _part(change: Change, money: publishing.Money, files: dict[str, _File], digest: str, standing: str) -> Part:
    made_from = hashlib.sha256(f"{money.table} {digest} {[facts for _, facts in files.values()]}".encode()).hexdigest()
    lines = f"({parquet_select(sorted({path for paths, _ in files.values() for path in paths}))})" if money.by_file else money.lines
    return change.part_once(money.table, _SELECTS[money.table](standing, lines), made_from=made_from)


_SELECTS = {"payments": publishing.payments_sql, "grants": publishing.grants_sql, "contracts": publishing.contracts_sql}


def publish_problems(change: Change, *, standing: str) -> None:
    """Add to problems what only the whole record shows: rows counted once though they stand twice."""
    change.put_parts("problems", [*change.after["problems"], change.part("problems", f"SELECT * FROM ({publishing.repeats_sql(standing)}) ORDER BY ALL")])


def publish_sums(change: Change) -> None:
    """Put the sums of payments, grants and contracts that pages read, so that no page adds up whole tables."""
    change.put("money_sums", f"SELECT * FROM ({' UNION ALL '.join(sums.sums_sql(record) for record in MONEY)}) ORDER BY ALL")
    change.put_rows("money_bands", [{"record": record, **row} for record in MONEY for row in spending.by_band(change.con, record=record)])


def publish_coverage(change: Change) -> None:
    """Put coverage: the months held of each body's record."""
    change.put("coverage", publishing.coverage_sql())
