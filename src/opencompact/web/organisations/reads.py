"""What the organisation pages ask of the release: voluntary organisations that occur in it, over accepted links alone."""

from typing import Any

from opencompact.lake import Connection
from opencompact.records.queries import ACCEPTED, MONEY, Row, rows

# Kept to voluntary organisations: no other payee has a page.
_FOUND = f"""
    FROM organisations o JOIN (
        SELECT organisation_id, count(*) AS rows FROM (
            {" UNION ALL ".join(f"SELECT organisation_id, link_stage FROM {record}" for record in MONEY)}
        ) WHERE list_contains(?, link_stage) GROUP BY organisation_id
    ) m USING (organisation_id)
    WHERE o.is_voluntary AND o.name <> 'withheld'
"""


def organisations(con: Connection, *, text: str, band: str, limit: int, offset: int) -> list[Row]:
    """A stretch of the list in the order of the alphabet, with each one's kind, size band and number of `rows`."""
    where, given = _where(text, band)
    return rows(con, f"SELECT o.*, m.rows {_FOUND} {where} ORDER BY lower(o.name), o.organisation_id LIMIT ? OFFSET ?", [*given, limit, offset])


def count(con: Connection, *, text: str, band: str) -> int:
    """How many the list has."""
    where, given = _where(text, band)
    row = con.execute(f"SELECT count(*) {_FOUND} {where}", given).fetchone()
    return row[0] if row else 0


def organisation(con: Connection, organisation_id: str) -> Row | None:
    """One voluntary organisation; None where there is none, or where it is not voluntary."""
    found = rows(con, "SELECT * FROM organisations WHERE organisation_id = ? AND is_voluntary AND name <> 'withheld'", [organisation_id])
    return found[0] if found else None


def _where(text: str, band: str) -> tuple[str, list[Any]]:
    where, given = "", [list(ACCEPTED)]
    for word in text.split():
        where += " AND contains(lower(concat_ws(' ', o.name, o.organisation_id, o.other_ids)), lower(?))"
        given.append(word)
    if band:
        where += " AND o.size_band = ?"
        given.append(band)
    return where, given
