"""What pages ask of who-is-who: one organisation, what it received by payer and year, and who received most; plain rows, never written."""

from typing import Any

from opencompact.lake import Connection

Row = dict[str, Any]

# The three kinds of money are told apart everywhere; what is only probable is left out, because nobody has confirmed it.
_RECEIVED = """
  SELECT 'payments' AS record, body, coalesce(paid_on, try_cast(paid_in_month || '-01' AS DATE)) AS received_on, amount, organisation_id, link_stage
  FROM payments
  UNION ALL SELECT 'grants', body, awarded_on, amount, organisation_id, link_stage FROM grants
  UNION ALL SELECT 'contracts', body, awarded_on, amount, organisation_id, link_stage FROM contracts"""
_ACCEPTED = "link_stage IN ('identifier', 'exact', 'reviewed')"


def organisation(con: Connection, *, organisation_id: str) -> Row | None:
    """The organisation's row; None where there is none."""
    found = _rows(con, "SELECT * FROM organisations WHERE organisation_id = ?", organisation_id)
    return found[0] if found else None


def received(con: Connection, *, organisation_id: str) -> list[Row]:
    """What it received: record, body, name of the body, calendar year (null where no day is known), rows and amount in pounds; latest year first."""
    return _rows(
        con,
        f"""SELECT r.record, r.body, coalesce(any_value(b.name), r.body) AS name, year(r.received_on) AS year, count(*) AS rows, sum(r.amount) AS amount
        FROM ({_RECEIVED}) r LEFT JOIN bodies b USING (body) WHERE r.organisation_id = ? AND {_ACCEPTED}
        GROUP BY r.record, r.body, year(r.received_on) ORDER BY year DESC NULLS LAST, r.record, r.body""",
        organisation_id,
    )


def most_received(con: Connection, *, record: str, body: str, limit: int) -> list[Row]:
    """The identified organisations that received most of a body's `payments`, `grants` or `contracts`: ids, names, kinds, rows and pounds."""
    return _rows(
        con,
        f"""SELECT o.organisation_id, o.name, o.kind, o.is_voluntary, count(*) AS rows, sum(r.amount) AS amount
        FROM ({_RECEIVED}) r JOIN organisations o USING (organisation_id) WHERE r.record = ? AND r.body = ? AND {_ACCEPTED}
        GROUP BY ALL ORDER BY amount DESC NULLS LAST, o.organisation_id LIMIT ?""",
        record,
        body,
        limit,
    )


def _rows(con: Connection, query: str, *given: object) -> list[Row]:
    answer = con.execute(query, list(given))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
