"""Sums of money by body, financial year and how the payee was identified: made of the rows once for a release, and read of them by pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opencompact.lake import Connection
from opencompact.records.queries import MONEY, Row, Span, holds, not_public_sql, public_only, rows
from opencompact.values.shares import Between, between

# How a payee was identified, the surest first. `settled` was looked at by a person and is on no register; after `review` nobody is identified.
STAGES = ("identifier", "exact", "reviewed", "settled", "probable", "review", "none")
UNIDENTIFIED = ("review", "none")
SUMS = "money_sums"
_STAGE = "CASE WHEN m.link_stage = 'reviewed' AND m.organisation_id IS NULL THEN 'settled' ELSE m.link_stage END"

_PARTS = """
    CAST(sum(m.rows) AS BIGINT) AS rows,
    coalesce(sum(m.amount) FILTER (m.is_voluntary), 0) AS voluntary,
    coalesce(sum(m.amount) FILTER (NOT m.is_voluntary), 0) AS other,
    coalesce(sum(m.amount) FILTER (m.is_voluntary IS NULL), 0) AS unidentified,
    coalesce(sum(m.amount), 0) AS total,
    coalesce(CAST(sum(m.rows) FILTER (m.is_voluntary IS NOT NULL) AS BIGINT), 0) AS identified_rows,
    coalesce(CAST(sum(m.rows) FILTER (m.is_voluntary) AS BIGINT), 0) AS voluntary_rows,
    coalesce(CAST(sum(m.rows) FILTER (m.link_stage = 'probable') AS BIGINT), 0) AS probable_rows,
    coalesce(sum(m.amount) FILTER (m.link_stage = 'probable'), 0) AS probable,
    coalesce(sum(m.amount) FILTER (m.link_stage = 'probable' AND m.is_voluntary), 0) AS likely,
    coalesce(sum(m.amount) FILTER (m.link_stage = 'review'), 0) AS review
"""


def sums_sql(record: str, where: str = "true") -> str:
    """The rows of the table `money_sums` for one kind of money; `where` is a condition on its rows, a table called m."""
    day = MONEY[record][0]
    return f"""
SELECT '{record}' AS record, m.body, CASE WHEN month({day}) >= 4 THEN year({day}) ELSE year({day}) - 1 END AS began, {_STAGE} AS link_stage, o.is_voluntary,
  count(*) AS "rows", sum(m.amount) AS amount, sum(abs(m.amount)) AS size
FROM {record} m LEFT JOIN organisations o USING (organisation_id) WHERE {where} GROUP BY ALL"""


def money_by_year(con: Connection, *, record: str, bodies: Sequence[str] = ()) -> list[Row]:
    """Money by financial year: `began` (null where no day is held), `rows`, `voluntary`, `other`, `unidentified` and `total` in pounds.

    No bodies means all public ones. `probable_rows` and `probable` count links by probability, which stand in the identified parts; `likely` is the
    voluntary part of `probable`, and `review` the part of `unidentified` that waits for a person.
    """
    source, where, given = _of(con, record, bodies)
    return rows(con, f"SELECT began, {_PARTS} FROM {source} m WHERE {where} GROUP BY began ORDER BY began NULLS LAST", given)


def years_held(con: Connection, *, record: str, kinds: Sequence[str]) -> list[int]:
    """The financial years of which bodies of these kinds have any row, the earliest first."""
    query = f"SELECT DISTINCT began FROM {_source(con, record)} JOIN bodies USING (body) WHERE list_contains(?, kind) AND began IS NOT NULL ORDER BY began"
    return [year for (year,) in con.execute(query, [list(kinds)]).fetchall()]


def money_bodies(con: Connection) -> list[Row]:
    """Everybody with money rows: `record`, `body`, `name`, whether its money `is_public`, `rows`, `total`, `voluntary` and `unidentified` in pounds."""
    source = " UNION ALL ".join(f"SELECT * FROM {_source(con, record)}" for record in MONEY) if not holds(con, SUMS) else f"SELECT * FROM {SUMS}"
    return rows(
        con,
        f"""SELECT m.record, m.body, coalesce(any_value(b.name), m.body) AS name, CAST(sum(m.rows) AS BIGINT) AS rows, sum(m.amount) AS total,
          coalesce(sum(m.amount) FILTER (m.is_voluntary), 0) AS voluntary, coalesce(sum(m.amount) FILTER (m.is_voluntary IS NULL), 0) AS unidentified,
          NOT coalesce(any_value({not_public_sql("m.record")}), false) AS is_public
        FROM ({source}) m LEFT JOIN bodies b USING (body) GROUP BY m.record, m.body ORDER BY m.record, lower(coalesce(any_value(b.name), m.body)), m.body""",
    )


def standing_on(con: Connection, *, record: str, bodies: Sequence[str] = (), span: Span | None = None) -> list[Row]:
    """On which stage of identification the money stands: `stage`, `rows`, `amount`, `size` (credits counted as amounts), `voluntary` and its `share`.

    No bodies means all public ones. `settled` is what a person found to be on no register; the stages without rows are left out.
    """
    source, where, given = _of(con, record, bodies, span)
    return rows(
        con,
        f"""SELECT *, size / nullif(sum(size) OVER (), 0) AS share FROM (
          SELECT m.link_stage AS stage, CAST(sum(m.rows) AS BIGINT) AS rows, coalesce(sum(m.amount), 0) AS amount, coalesce(sum(m.size), 0) AS size,
            coalesce(sum(m.amount) FILTER (m.is_voluntary), 0) AS voluntary
          FROM {source} m WHERE {where} GROUP BY stage)
        ORDER BY list_position({list(STAGES)}, stage)""",
        given,
    )


@dataclass(frozen=True)
class CouldBe:
    """Between what and what the voluntary money could lie, in pounds, and all the money that it is part of.

    `least` is without every likely link that nobody looked at, `counted` with them; `reviewed` were everybody that waits for a person voluntary too, and
    `most` were everybody who is not identified.
    """

    least: Decimal
    counted: Decimal
    reviewed: Decimal
    most: Decimal
    total: Decimal

    @property
    def steps(self) -> list[Row]:
        """Each of the four by its `bound`, with its `amount` and its `share` of all the money; no share where credits make it one of nothing."""
        return [{"bound": name, "amount": getattr(self, name), "share": self._share(getattr(self, name))} for name in ("least", "counted", "reviewed", "most")]

    def _share(self, amount: Decimal) -> float | None:
        return float(amount / self.total) if 0 <= amount <= self.total and self.total else None


def could_be(stages: Sequence[Row]) -> CouldBe:
    """The range of the voluntary money whose stages these are. What is a credit on balance widens nothing."""

    def summed(name: str, *of: str) -> Decimal:
        return sum((Decimal(row[name]) for row in stages if not of or row["stage"] in of), Decimal(0))

    counted, waiting = summed("voluntary"), max(summed("amount", "review"), Decimal(0))
    most = counted + waiting + max(summed("amount", "none"), Decimal(0))
    return CouldBe(counted - max(summed("voluntary", "probable"), Decimal(0)), counted, counted + waiting, most, summed("amount"))


def range_of(row: Mapping[str, Any]) -> Between | None:
    """The least and the most share of voluntary organisations in a row of sums: without every likely link, and with all that is not identified."""
    return between(row["voluntary"] - row["likely"], row["other"], row["unidentified"] + row["likely"])


def _of(con: Connection, record: str, bodies: Sequence[str], span: Span | None = None) -> tuple[str, str, list[Any]]:
    """Where the sums of these bodies stand, or of all public ones, and how they are picked; those of days between two are made of their rows."""
    where, given = ("list_contains(?, m.body)", [list(bodies)]) if bodies else (public_only(record), [])
    if span is None:
        return _source(con, record), where, given
    return f"({sums_sql(record, f'{MONEY[record][0]} BETWEEN ? AND ?')})", where, [*span, *given]


def _source(con: Connection, record: str) -> str:
    """The sums of one kind of money; in a release made before they were kept, made of its rows."""
    if holds(con, SUMS):
        return f"(SELECT * FROM {SUMS} WHERE record = '{record}')"
    return f"({sums_sql(record)})"
