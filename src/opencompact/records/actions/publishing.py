"""Publishes what was read: copies set aside, lines joined to links, consultations with their sums, coverage."""

from opencompact.lake import Change
from opencompact.records.rules import publishing
from opencompact.records.rules.copies import LEAST_ROWS, copies_sql


def set_copies_aside(change: Change) -> None:
    """Put sources: every file given, a copy named with the file it repeats."""
    pairs = " UNION ALL ".join(f"SELECT * FROM ({copies_sql(table)})" for table in LEAST_ROWS)
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE copies AS {pairs}")
    change.put(
        "sources",
        """SELECT r.* EXCLUDE (state, because), coalesce(c.copy_of, b.copy_of) AS copy_of,
          CASE WHEN r.state = 'read' AND coalesce(c.copy_of, b.copy_of) IS NOT NULL THEN 'copy' ELSE r.state END AS state,
          CASE WHEN c.copy_of IS NOT NULL THEN r.because || '; ' || c.rows || ' of its ' || c.size || ' rows stand in ' || c.copy_of
            WHEN b.copy_of IS NOT NULL THEN r.because || '; byte for byte the same as ' || b.copy_of ELSE r.because END AS because
        FROM readings r LEFT JOIN copies c ON c.source_file = r.source_file
        LEFT JOIN (SELECT source_file, min(source_file) OVER (PARTITION BY sha256) AS copy_of FROM readings WHERE state = 'read') b
          ON b.source_file = r.source_file AND b.copy_of <> r.source_file
        ORDER BY r.source_file""",
    )


def publish_money(change: Change, *, standing: str) -> None:
    """Put payments, grants and contracts from the lines and links."""
    change.put("payments", publishing.payments_sql(standing))
    change.put("grants", publishing.grants_sql(standing))
    change.put("contracts", publishing.contracts_sql(standing))


def publish_problems(change: Change, *, standing: str) -> None:
    """Add to problems what only the whole record shows: rows counted once though they stand twice."""
    change.put_parts("problems", [*change.after["problems"], change.part("problems", f"SELECT * FROM ({publishing.repeats_sql(standing)}) ORDER BY ALL")])


def publish_coverage(change: Change) -> None:
    """Put coverage: the months held of each body's record."""
    change.put("coverage", publishing.coverage_sql())
