"""What the pages for reviewers of names ask of the lake: the queue, one payee with its candidates side by side, and the rows it stands on."""

from collections.abc import Sequence
from typing import Any

from opencompact.lake import Connection

Row = dict[str, Any]
MOST_CANDIDATES = 6  # a key each
_COMPARED = ("register_name", "because", "register_file", "register_sha256")
# Of each kind of line: the body, the day, the name, the number, the amount and what it was for.
_LINES = (
    ("payments", "payment_lines", "coalesce(CAST(paid_on AS VARCHAR), paid_in_month)", "payee_name", "payee_org_id", "payee_code", "purpose"),
    ("grants", "grant_lines", "CAST(awarded_on AS VARCHAR)", "recipient_name", "recipient_org_id", "NULL", "title"),
    ("contracts", "contract_lines", "CAST(awarded_on AS VARCHAR)", "supplier_name", "supplier_org_id", "NULL", "title"),
)


def has_queue(con: Connection) -> bool:
    """Whether the lake was built by a version that keeps a queue."""
    return _has(con, "review_queue")


def standing(con: Connection) -> dict[str, Any]:
    """How far the names are settled: pounds and payees waiting by state, and pounds of all money by `identified` or not."""
    waiting = con.execute("SELECT state, count(*), coalesce(sum(greatest(amount, 0)), 0) FROM review_queue GROUP BY state").fetchall()
    money = " UNION ALL ".join(f"SELECT organisation_id, amount FROM {table}" for table in ("payments", "grants", "contracts"))
    total, identified = con.execute(
        f"SELECT coalesce(sum(greatest(amount, 0)), 0), coalesce(sum(greatest(amount, 0)) FILTER (organisation_id IS NOT NULL), 0) FROM ({money})"
    ).fetchall()[0]
    return {"waiting": {state: (payees, pounds) for state, payees, pounds in waiting}, "total": total, "identified": identified}


def queue(
    con: Connection, *, states: Sequence[str], bodies: Sequence[str] | None, settled: Sequence[str], first: Sequence[str], limit: int, offset: int
) -> list[Row]:
    """A stretch of the queue, disputed names (`first`) before the rest and the largest sum first; each with `running`, the pounds of all down to it.

    `settled` are names as compared that were decided since the build, and are left out; `bodies` None means every body.
    """
    where, given = _where(states, bodies, settled)
    return _rows(
        con,
        f"""SELECT * FROM (SELECT *, list_contains(?, normalised_name) AS is_disputed,
          sum(greatest(amount, 0)) OVER (ORDER BY list_contains(?, normalised_name) DESC, amount DESC, payee ROWS UNBOUNDED PRECEDING) AS running
        FROM review_queue WHERE {where}) ORDER BY is_disputed DESC, amount DESC, payee LIMIT ? OFFSET ?""",
        [list(first), list(first), *given, limit, offset],
    )


def queue_keys(con: Connection, *, states: Sequence[str], bodies: Sequence[str] | None, settled: Sequence[str], first: Sequence[str]) -> list[str]:
    """The keys of the payees of the queue, in its order."""
    where, given = _where(states, bodies, settled)
    query = f"SELECT payee FROM review_queue WHERE {where} ORDER BY list_contains(?, normalised_name) DESC, amount DESC, payee"
    return [key for (key,) in con.execute(query, [*given, list(first)]).fetchall()]


def count_queue(con: Connection, *, states: Sequence[str], bodies: Sequence[str] | None, settled: Sequence[str]) -> tuple[int, Any]:
    """How many payees of the queue are wanted, and the pounds that wait in them."""
    where, given = _where(states, bodies, settled)
    count, pounds = con.execute(f"SELECT count(*), coalesce(sum(greatest(amount, 0)), 0) FROM review_queue WHERE {where}", given).fetchall()[0]
    return int(count), pounds


def payee(con: Connection, key: str) -> Row | None:
    """One payee by its key, in the queue or linked: its name in every spelling, how it is linked, and why; None where there is none."""
    found = _rows(
        con,
        """SELECT payee, any_value(normalised_name) AS normalised_name, any_value(published_org_id) AS published_org_id,
          list(published_name ORDER BY published_name) AS spellings, max_by(organisation_id, link_stage) AS organisation_id, min(link_stage) AS link_stage,
          min(because) AS because, min(probability) AS probability, min(register_file) AS register_file, min(register_sha256) AS register_sha256
        FROM links WHERE payee = ? GROUP BY payee""",
        [key],
    )
    return found[0] if found else None


def payee_of_name(con: Connection, published_name: str, organisation_id: str) -> str:
    """The key of the payee that bears a published name and is linked to the organisation; empty where there is none."""
    found = con.execute("SELECT payee FROM links WHERE published_name = ? AND organisation_id = ? ORDER BY payee", [published_name, organisation_id]).fetchall()
    return str(found[0][0]) if found else ""


def candidates(con: Connection, names: Sequence[str]) -> list[Row]:
    """The organisations a payee may be, the likeliest first, each once: with name, former names, areas, status, income band and what decided."""
    areas = "SELECT organisation_id, list(DISTINCT area_name ORDER BY area_name) AS areas FROM register_areas GROUP BY organisation_id"
    return _rows(
        con,
        f"""WITH found AS (
          SELECT organisation_id, max(probability) AS probability, {", ".join(f"max_by({name}, probability) AS {name}" for name in _COMPARED)}
          FROM link_candidates WHERE list_contains(?, published_name) AND organisation_id IS NOT NULL GROUP BY organisation_id),
        names AS (SELECT organisation_id, list(DISTINCT name ORDER BY name) FILTER (coalesce(name_kind, 'main') <> 'main') AS other_names,
            max(status) AS status, max(registered_on) AS registered_on, max(removed_on) AS removed_on
          FROM register_names WHERE organisation_id IN (SELECT organisation_id FROM found) GROUP BY organisation_id),
        places AS ({areas if _has(con, "register_areas") else "SELECT '' AS organisation_id, CAST([] AS VARCHAR[]) AS areas WHERE false"})
        SELECT f.*, coalesce(o.name, f.register_name) AS name, o.kind, o.is_voluntary, o.size_band, o.income, o.income_year_ends_on, o.other_ids, n.other_names,
          n.status, n.registered_on, n.removed_on, p.areas
        FROM found f LEFT JOIN organisations o USING (organisation_id) LEFT JOIN names n USING (organisation_id) LEFT JOIN places p USING (organisation_id)
        ORDER BY f.probability DESC, f.organisation_id LIMIT {MOST_CANDIDATES}""",
        [list(names)],
    )


def learning(con: Connection) -> list[Row]:
    """What decisions had taught the matcher at the last build, by bands of what the scorer said: rows of `match_learning`; none where nothing was learned."""
    held = con.execute("SELECT 1 FROM information_schema.tables WHERE table_name = 'match_learning'").fetchall()
    return _rows(con, "SELECT * FROM match_learning ORDER BY probability_from", []) if held else []


def rows_of(con: Connection, *, names: Sequence[str], published_org_id: str, bodies: Sequence[str] | None, limit: int) -> list[Row]:
    """The largest payments, grants and contracts in a payee's name, with file and row: `record`, `body`, `day`, `amount`, `code`, `purpose`.

    Those of some `bodies` alone where they are given; None means of every body.
    """
    union = " UNION ALL ".join(
        f"""SELECT '{record}' AS record, body, {day} AS day, {name} AS name, amount, {code} AS code, {purpose} AS purpose, source_file, source_row FROM {table}
        WHERE list_contains($names, trim({name})) AND coalesce({number}, '') = $number AND ($bodies IS NULL OR list_contains($bodies::VARCHAR[], body))"""
        for record, table, day, name, number, code, purpose in _LINES
    )
    query = f"SELECT * FROM ({union}) ORDER BY amount DESC NULLS LAST, source_file, source_row LIMIT {int(limit)}"
    found = con.execute(query, {"names": list(names), "number": published_org_id, "bodies": None if bodies is None else list(bodies)})
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def body_names(con: Connection) -> dict[str, str]:
    """The name of each body of the record by its slug."""
    return dict(con.execute("SELECT body, name FROM bodies").fetchall())


def bodies_with_vendors(con: Connection) -> list[Row]:
    """The bodies whose payments carry vendor numbers of their own, and how many: `body`, `vendors`."""
    return _rows(
        con, "SELECT body, count(DISTINCT payee_code) AS vendors FROM payment_lines WHERE payee_code IS NOT NULL GROUP BY body ORDER BY vendors DESC, body", []
    )


def vendor_lines(con: Connection, *, body: str) -> list[Row]:
    """The vendor numbers that a body's payments carry: the name in its commonest spelling, and how all its names are linked, if they agree."""
    return _rows(
        con,
        """SELECT l.payee_code AS vendor_number, mode(k.published_name ORDER BY k.published_name) AS payee_name, count(*) AS rows, sum(l.amount) AS amount,
          CASE WHEN count(DISTINCT coalesce(k.organisation_id, '')) = 1 THEN max(k.link_stage) ELSE 'none' END AS link_stage,
          CASE WHEN count(DISTINCT coalesce(k.organisation_id, '')) = 1 THEN min(k.organisation_id) END AS organisation_id,
          max_by(m.organisation_id, m.probability) AS candidate, max(m.probability) FILTER (m.organisation_id IS NOT NULL) AS probability,
          min(k.payee) AS payee
        FROM payment_lines l JOIN links k ON k.published_name = coalesce(trim(l.payee_name), '') AND k.published_org_id = coalesce(l.payee_org_id, '')
        LEFT JOIN link_candidates m ON m.published_name = k.published_name AND m.place = 1
        WHERE l.body = ? AND l.payee_code IS NOT NULL GROUP BY l.payee_code ORDER BY amount DESC NULLS LAST, l.payee_code""",
        [body],
    )


def _has(con: Connection, table: str) -> bool:
    return bool(con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [table]).fetchall())


def _where(states: Sequence[str], bodies: Sequence[str] | None, settled: Sequence[str]) -> tuple[str, list[Any]]:
    where, given = "list_contains(?, state) AND NOT list_contains(?, normalised_name)", [list(states), list(settled)]
    if bodies is not None:
        where += " AND len(list_intersect(string_split(bodies, ';'), CAST(? AS VARCHAR[]))) > 0"
        given.append(list(bodies))
    return where, given


def _rows(con: Connection, query: str, given: Sequence[Any]) -> list[Row]:
    answer = con.execute(query, list(given))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
