"""What the pages of spending ask: money by year, size band of that year, length and recipient, of one body or of all public ones."""

from collections.abc import Sequence
from typing import Any

from opencompact.lake import Connection
from opencompact.records.queries import MONEY, Row, holds, public_only, rows, sums

ACCOUNTS = "organisation_accounts"
# Grants and contracts say how long they run; payments do not. Whole months, so that a year from 1 April to 1 April is one year.
MONTHS = {
    "payments": "CAST(NULL AS BIGINT)",
    "grants": "CAST(round(m.months) AS BIGINT)",
    "contracts": "CAST(round((date_diff('day', m.starts_on, m.ends_on) + 1) / 30.4375) AS BIGINT)",
}
ONE_YEAR = 12


def members(con: Connection, *, body: str) -> list[str]:
    """The body with those whose record it carries on, where it stands for its history; itself alone otherwise. Empty where there is no such body."""
    found = con.execute(
        "SELECT m.body FROM bodies b JOIN bodies m ON m.body = b.body OR (b.history = b.body AND m.history = b.body) WHERE b.body = ? ORDER BY m.body", [body]
    ).fetchall()
    return [row[0] for row in found]


def body_named(con: Connection, *, body: str) -> Row | None:
    """The body's row; None where there is none."""
    found = rows(con, "SELECT * FROM bodies WHERE body = ?", [body])
    return found[0] if found else None


def years_with_medians(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """The sums by financial year, each with `voluntary_median`, the median row to voluntary organisations, which no sums can tell."""
    money, given = _money(con, record, bodies, columns="o.is_voluntary")
    medians = dict(con.execute(f"SELECT began, median(amount) FROM ({money}) WHERE is_voluntary GROUP BY began", given).fetchall())
    return [{**row, "voluntary_median": medians.get(row["began"])} for row in sums.money_by_year(con, record=record, bodies=bodies)]


def by_year_and_band(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """Money to voluntary organisations by financial year (`began`) and `size_band` of the accounts of the day it was paid: `rows`, `amount`, `organisations`.

    `not_held` where no accounts of that day are held, or no day. No bodies means all public ones.
    """
    money, given = _money(con, record, bodies, columns="o.is_voluntary, coalesce(a.size_band, 'not_held') AS size_band", accounts=True)
    return rows(
        con,
        f"""SELECT began, size_band, count(*) AS rows, count(DISTINCT organisation_id) AS organisations, coalesce(sum(amount), 0) AS amount,
            median(amount) AS median
        FROM ({money}) WHERE is_voluntary GROUP BY began, size_band ORDER BY began NULLS LAST, size_band""",
        given,
    )


def bands_held(con: Connection) -> dict[str, list[Row]]:
    """By kind of money what `by_band` gives for all public bodies, as the release keeps it; a release made before it was kept is asked anew."""
    if not holds(con, "money_bands"):
        return {record: by_band(con, record=record) for record in MONEY}
    held: dict[str, list[Row]] = {record: [] for record in MONEY}
    for row in rows(con, "SELECT * FROM money_bands ORDER BY record, size_band"):
        held[row.pop("record")].append(row)
    return held


def by_band(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """The same over all years: `organisations` counts one in each band it was in."""
    money, given = _money(con, record, bodies, columns="o.is_voluntary, coalesce(a.size_band, 'not_held') AS size_band", accounts=True)
    return rows(
        con,
        f"""SELECT size_band, count(*) AS rows, count(DISTINCT organisation_id) AS organisations, coalesce(sum(amount), 0) AS amount, median(amount) AS median
        FROM ({money}) WHERE is_voluntary GROUP BY size_band ORDER BY size_band""",
        given,
    )


def by_length(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """Grants or contracts to voluntary organisations by financial year and `length`: `one` year or less, `several`, `not_held`; `rows`, `amount`, `median`."""
    money, given = _money(con, record, bodies, columns=f"o.is_voluntary, {MONTHS[record]} AS run")
    return rows(
        con,
        f"""SELECT began, CASE WHEN run IS NULL THEN 'not_held' WHEN run > {ONE_YEAR} THEN 'several' ELSE 'one' END AS length, count(*) AS rows,
            coalesce(sum(amount), 0) AS amount, median(amount) AS median
        FROM ({money}) WHERE is_voluntary GROUP BY ALL ORDER BY began NULLS LAST, length DESC""",
        given,
    )


def recipients(con: Connection, *, record: str, bodies: Sequence[str] = (), limit: int = 25) -> list[Row]:
    """The voluntary organisations that got most: ids, `name`, `kind`, `rows`, net `amount` and `median` in pounds, `probable_rows` nobody reviewed.

    `works_in` is where it says it works, as its register has it; null where not held. It is not its head office, which no table shows.
    """
    money, given = _money(con, record, bodies, columns="o.is_voluntary, o.name, o.kind, m.link_stage")
    areas = _areas(con)
    return rows(
        con,
        f"""WITH most AS (
          SELECT organisation_id, any_value(name) AS name, any_value(kind) AS kind, count(*) AS rows, sum(amount) AS amount, median(amount) AS median,
            count(*) FILTER (link_stage = 'probable') AS probable_rows
          FROM ({money}) WHERE is_voluntary GROUP BY organisation_id HAVING sum(amount) IS NOT NULL ORDER BY amount DESC, organisation_id LIMIT ?)
        SELECT most.*, w.works_in FROM most LEFT JOIN ({areas}) w USING (organisation_id) ORDER BY amount DESC, organisation_id""",
        [*given, limit],
    )


def concentration(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """How far the money gathers in few hands, among `voluntary` organisations and among `identified` ones: `organisations`, `amount`, `top_ten`, `hhi`.

    Of each organisation the net sum; those at nought or below are left out of all four. `hhi` is the sum of squared shares, from 0 to 1.
    """
    money, given = _money(con, record, bodies, columns="o.is_voluntary")
    return rows(
        con,
        f"""WITH sums AS (
          SELECT organisation_id, any_value(is_voluntary) AS is_voluntary, sum(amount) AS amount FROM ({money})
          WHERE is_voluntary IS NOT NULL GROUP BY organisation_id HAVING sum(amount) > 0),
        ranked AS (
          SELECT 'voluntary' AS among, amount, row_number() OVER (ORDER BY amount DESC, organisation_id) AS place FROM sums WHERE is_voluntary
          UNION ALL SELECT 'identified', amount, row_number() OVER (ORDER BY amount DESC, organisation_id) FROM sums)
        SELECT among, count(*) AS organisations, sum(amount) AS amount, sum(amount) FILTER (place <= 10) AS top_ten,
          CAST(sum(CAST(amount AS DOUBLE) * amount) / (CAST(sum(amount) AS DOUBLE) * sum(amount)) AS DOUBLE) AS hhi
        FROM ranked GROUP BY among ORDER BY among DESC""",
        given,
    )


def compared(con: Connection, *, record: str, began: int | None = None) -> list[Row]:
    """Public bodies beside one another, each with its coverage: `kind`, `name`, `rows`, `months` held of those `between` its first and last, sums, median.

    Of one financial year, or of all. `median` is of its rows to voluntary organisations.
    """
    money, given = _money(con, record, (), columns="o.is_voluntary, m.link_stage")
    year, more = ("began = ?", [began]) if began is not None else ("true", [])
    first, last = (f"{began}-04", f"{(began or 0) + 1}-03") if began is not None else ("0000-00", "9999-99")
    return rows(
        con,
        f"""WITH held AS (
          SELECT body, count(*) AS "rows", coalesce(sum(amount), 0) AS total, coalesce(sum(amount) FILTER (is_voluntary), 0) AS voluntary,
            coalesce(sum(amount) FILTER (NOT is_voluntary), 0) AS other, coalesce(sum(amount) FILTER (is_voluntary IS NULL), 0) AS unidentified,
            coalesce(sum(amount) FILTER (is_voluntary AND link_stage = 'probable'), 0) AS likely, median(amount) FILTER (is_voluntary) AS median
          FROM ({money}) WHERE {year} GROUP BY body),
        covered AS (
          SELECT body, count(*) FILTER (state = 'held') AS months, count(*) AS "between" FROM coverage
          WHERE record = ? AND month BETWEEN ? AND ? GROUP BY body)
        SELECT h.*, coalesce(b.name, h.body) AS name, coalesce(b.kind, 'other') AS kind, coalesce(c.months, 0) AS months, coalesce(c."between", 0) AS "between"
        FROM held h LEFT JOIN bodies b USING (body) LEFT JOIN covered c USING (body) ORDER BY kind, lower(name), h.body""",
        [*given, *more, record, first, last],
    )


def months_of(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """Of each financial year (`began`) the months `held` and those not, over the bodies together: a month of a body each."""
    who, given = ("list_contains(?, m.body)", [list(bodies)]) if bodies else (public_only(record), [])
    return rows(
        con,
        f"""SELECT CAST(left(m.month, 4) AS BIGINT) - CASE WHEN right(m.month, 2) < '04' THEN 1 ELSE 0 END AS began,
            count(*) FILTER (state = 'held') AS held, count(*) FILTER (state <> 'held') AS missing
        FROM coverage m WHERE m.record = ? AND {who} GROUP BY began ORDER BY began""",
        [record, *given],
    )


def spent_by_year(con: Connection, *, record: str, bodies: Sequence[str]) -> list[Row]:
    """What bodies paid by financial year, for a return of spending: `rows`, `total`, `voluntary`, `other` and `unidentified` in pounds.

    Of the voluntary, `by_number`, `by_name`, `by_person` and `likely` (nobody has looked) say on what they stand; `review` is the part of the unidentified
    that waits for a person. `declared` is of others that more notices than not call a VCSE, or a list a social enterprise; `sme` of anybody that more notices
    than not call a small or medium business; both null where none is declared.
    """
    money, given = _money(con, record, bodies, columns="o.is_voluntary, m.link_stage")
    return rows(
        con,
        f"""WITH said AS (
          SELECT organisation_id, bool_or(declared IN ('vcse', 'social_enterprise')) AS is_vcse, bool_or(declared = 'sme') AS is_sme
          FROM {_declarations(con)} WHERE "rows" > denied GROUP BY organisation_id)
        SELECT began, count(*) AS "rows", coalesce(sum(amount), 0) AS total, coalesce(sum(amount) FILTER (is_voluntary), 0) AS voluntary,
          coalesce(sum(amount) FILTER (NOT is_voluntary), 0) AS other, coalesce(sum(amount) FILTER (is_voluntary IS NULL), 0) AS unidentified,
          coalesce(sum(amount) FILTER (is_voluntary AND link_stage = 'probable'), 0) AS likely,
          coalesce(sum(amount) FILTER (link_stage = 'review'), 0) AS review,
          coalesce(sum(amount) FILTER (is_voluntary AND link_stage = 'identifier'), 0) AS by_number,
          coalesce(sum(amount) FILTER (is_voluntary AND link_stage = 'exact'), 0) AS by_name,
          coalesce(sum(amount) FILTER (is_voluntary AND link_stage = 'reviewed'), 0) AS by_person,
          sum(amount) FILTER (NOT is_voluntary AND is_vcse) AS declared, sum(amount) FILTER (is_sme) AS sme
        FROM ({money}) LEFT JOIN said USING (organisation_id) GROUP BY began ORDER BY began NULLS LAST""",
        given,
    )


def spent_by_body(con: Connection, *, record: str, began: int) -> dict[str, Row]:
    """The same sums of one financial year for every body: `voluntary`, `other`, `unidentified`, `rows`, and `months` held, by body."""
    return {row["body"]: row for row in compared(con, record=record, began=began)}


def _declarations(con: Connection) -> str:
    """The table of declared kinds; an empty one in a release made before there was one."""
    if holds(con, "organisation_declarations"):
        return "organisation_declarations"
    return """(SELECT '' AS organisation_id, '' AS declared, 0 AS "rows", 0 AS denied WHERE false)"""


def _money(con: Connection, record: str, bodies: Sequence[str], *, columns: str, accounts: bool = False) -> tuple[str, list[Any]]:
    """SQL of each money row with the day's financial year, `body`, `organisation_id`, `amount` and the columns asked for, over m, o and a."""
    day = MONEY[record][0]
    who, given = ("list_contains(?, m.body)", [list(bodies)]) if bodies else (public_only(record), [])
    joined = f"LEFT JOIN {_accounts(con)} a ON a.organisation_id = m.organisation_id AND {day} BETWEEN a.from_on AND a.to_on" if accounts else ""
    return (
        f"""SELECT m.body, m.organisation_id, m.amount, CASE WHEN month({day}) >= 4 THEN year({day}) ELSE year({day}) - 1 END AS began, {columns}
        FROM {record} m LEFT JOIN organisations o ON o.organisation_id = m.organisation_id {joined} WHERE {who}""",
        given,
    )


def _accounts(con: Connection) -> str:
    """The table of yearly accounts; an empty one in a release made before there was one."""
    if holds(con, ACCOUNTS):
        return ACCOUNTS
    return "(SELECT '' AS organisation_id, DATE '1900-01-01' AS from_on, DATE '1900-01-01' AS to_on, '' AS size_band WHERE false)"


def _areas(con: Connection) -> str:
    """Where organisations say they work, as their registers have it."""
    history = holds(con, "organisation_history")
    where = "organisation_history WHERE line = 'area' AND told <> ''" if history else "(SELECT '' AS organisation_id, '' AS told WHERE false)"
    return f"SELECT organisation_id, string_agg(DISTINCT told, '; ' ORDER BY told) AS works_in FROM {where} GROUP BY organisation_id"
