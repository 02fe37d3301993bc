"""What the organisation pages ask of the release: voluntary organisations that occur in it, over accepted links alone."""

from typing import Any

from opencompact.lake import Connection
from opencompact.records.queries import ACCEPTED, MONEY, Row, holds, public_only, rows

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


def money(con: Connection, organisation_id: str) -> list[Row]:
    """Money by `record`, `body` and financial year (`began`), over accepted links only.

    `rows`, `amount` in pounds, the giver's `name`, and whether its money `is_public`.
    """
    union = " UNION ALL ".join(
        f"""SELECT '{record}' AS record, m.body, {day} AS d, m.amount, {public_only(record)} AS is_public
        FROM {record} m WHERE m.organisation_id = ? AND list_contains(?, m.link_stage)"""
        for record, (day, _, _) in MONEY.items()
    )
    return rows(
        con,
        f"""SELECT * FROM (SELECT t.record, t.body, coalesce(any_value(b.name), t.body) AS name, bool_and(t.is_public) AS is_public,
            CASE WHEN month(d) >= 4 THEN year(d) ELSE year(d) - 1 END AS began,
            count(*) AS rows, sum(t.amount) AS amount
        FROM ({union}) t LEFT JOIN bodies b ON b.body = t.body GROUP BY t.record, t.body, began)
        ORDER BY began DESC NULLS LAST, record, lower(name)""",
        [organisation_id, list(ACCEPTED)] * len(MONEY),
    )


def latest(con: Connection, organisation_id: str, *, limit: int = 100) -> list[Row]:
    """The latest money rows of an organisation over accepted links, with where each stands."""
    union = " UNION ALL ".join(
        f"""SELECT '{record}' AS record, m.body, {day} AS day, {name} AS name, {title} AS title, m.amount, m.link_stage, m.source_file, m.source_row
        FROM {record} m WHERE m.organisation_id = ? AND list_contains(?, m.link_stage)"""
        for record, (day, name, title) in MONEY.items()
    )
    return rows(
        con,
        f"""SELECT t.*, coalesce(b.name, t.body) AS body_name FROM ({union}) t LEFT JOIN bodies b ON b.body = t.body
        ORDER BY day DESC NULLS LAST, source_file, source_row LIMIT ?""",
        [*([organisation_id, list(ACCEPTED)] * len(MONEY)), limit],
    )


def disputed(con: Connection, organisation_id: str) -> dict[tuple[str, str, int], str]:
    """The reference of the dispute about each row linked to the organisation, by record, file and row; none in a release made before they were kept."""
    if not holds(con, "disputed_links"):
        return {}
    found = con.execute(
        "SELECT record, source_file, source_row, min(reference) FROM disputed_links WHERE organisation_id = ? GROUP BY ALL ORDER BY ALL", [organisation_id]
    )
    return {(record, file, row): reference for record, file, row, reference in found.fetchall()}


def declared(con: Connection, organisation_id: str) -> list[Row]:
    """What sources declare the organisation to be, beyond its register: `declared`, `evidence`, `said_by`, `said_on`, and the first row that says so."""
    if not holds(con, "organisation_declarations"):
        return []
    return rows(con, "SELECT * FROM organisation_declarations WHERE organisation_id = ? ORDER BY declared, evidence", [organisation_id])


def count_probable(con: Connection, organisation_id: str) -> int:
    """Rows linked to the organisation by probability alone, which no page about it counts."""
    union = " UNION ALL ".join(f"SELECT 1 FROM {record} WHERE organisation_id = ? AND link_stage = 'probable'" for record in MONEY)
    row = con.execute(f"SELECT count(*) FROM ({union})", [organisation_id] * len(MONEY)).fetchone()
    return row[0] if row else 0


def _where(text: str, band: str) -> tuple[str, list[Any]]:
    where = ""
    given: list[Any] = [list(ACCEPTED)]
    for word in text.split():
        where += " AND contains(lower(concat_ws(' ', o.name, o.organisation_id, o.other_ids)), lower(?))"
        given.append(word)
    if band:
        where += " AND o.size_band = ?"
        given.append(band)
    return where, given


def kinds_of_bodies(con: Connection) -> list[tuple[str, int]]:
    """Each kind of public body with how many of it are in being."""
    return con.execute("SELECT kind, count(*) FROM bodies WHERE ended_on IS NULL GROUP BY kind ORDER BY kind").fetchall()


def bodies_of_kind(con: Connection, kind: str) -> list[Row]:
    """The bodies of a kind in being, by name."""
    return rows(con, "SELECT body, name FROM bodies WHERE ended_on IS NULL AND kind = ? ORDER BY lower(name), body", [kind])
