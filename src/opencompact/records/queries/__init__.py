"""What pages ask of the public record: consultations, money, coverage, files, problems, and the rows behind a figure; plain rows, never written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from opencompact.lake import Connection

Row = dict[str, Any]
# First and last day, both inside.
Span = tuple[date, date]

# The three kinds of money, told apart everywhere: when each was paid, its name column, and what stands for the row.
MONEY = {
    "payments": ("coalesce(m.paid_on, try_cast(m.paid_in_month || '-01' AS DATE))", "m.payee_name", "NULL"),
    "grants": ("m.awarded_on", "m.recipient_name", "m.title"),
    "contracts": ("m.awarded_on", "m.supplier_name", "m.title"),
}
# Links a page about one organisation may rest on: a probable one is a guess until a person has looked at it.
ACCEPTED = ("identifier", "exact", "reviewed")

# Charitable funders publish their grants too, and some givers are on no register that shows what they are. Their money is not shown to be public,
# so no total of public money holds it. Who publishes payments or contracts is bound to by law, so only a charity is left out there.
_NOT_PUBLIC = {
    "payments": "kind = 'funder'",
    "grants": "kind = 'funder' OR (kind = 'other' AND organisation_id IS NULL)",
    "contracts": "kind = 'funder'",
}

_ORDERS = {
    "opened": "c.opened_on DESC NULLS LAST, c.consultation_id",
    "opened-first": "c.opened_on NULLS LAST, c.consultation_id",
    "shortest": "c.days_open NULLS LAST, c.consultation_id",
    "longest": "c.days_open DESC NULLS LAST, c.consultation_id",
    "title": "lower(c.title) NULLS LAST, c.consultation_id",
    "body": "lower(coalesce(b.name, c.body)), c.opened_on DESC NULLS LAST, c.consultation_id",
}
ORDERS = tuple(_ORDERS)

_VERDICTS = """
    SELECT v.consultation_id,
        min(v.verdict) FILTER (r.made_by = 'government') AS government,
        min(v.verdict) FILTER (r.made_by = 'compact') AS compact
    FROM consultation_verdicts v JOIN rule_sets r USING (rule_set) GROUP BY v.consultation_id
"""


@dataclass(frozen=True)
class Wanted:
    """Which consultations of the register are wanted; empty and None mean any. `short` is `under-84`, `under-42`, `84-or-more` or `unknown`."""

    text: str = ""
    bodies: tuple[str, ...] = ()
    span: Span | None = None
    short: str = ""
    verdict: str = ""
    made_by: str = "compact"
    kind: str = ""


def rows(con: Connection, query: str, given: Sequence[Any] = ()) -> list[Row]:
    """The rows of a query by column name."""
    answer = con.execute(query, list(given))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def holds(con: Connection, table: str) -> bool:
    """Whether the release, or the lake, has this table: one made by an older version may not."""
    return bool(con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [table]).fetchall())


def stream(con: Connection, query: str, given: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The header of a query, then its rows, a thousand held at a time."""
    answer = con.execute(query, list(given))
    yield tuple(column[0] for column in answer.description or ())
    while batch := answer.fetchmany(1000):
        yield from batch


def count_consultations(con: Connection, *, wanted: Wanted) -> Row:
    """`held`, `known` (with a length), `short` (under 84 days) and `calls` (for evidence) among those wanted."""
    where, given = _where(wanted)
    select = """SELECT count(*) AS held, count(c.days_open) AS known, count(*) FILTER (c.days_open < 84) AS short,
        count(*) FILTER (c.kind = 'call_for_evidence') AS calls"""
    return rows(con, f"{select} FROM {_FROM} WHERE {where}", given)[0]


def consultations_by_weeks(con: Connection, *, wanted: Wanted) -> dict[int, int]:
    """Consultations wanted by whole weeks open, those of unknown length left out."""
    where, given = _where(wanted)
    return dict(
        con.execute(
            f"SELECT c.days_open // 7 AS weeks, count(*) FROM {_FROM} WHERE {where} AND c.days_open IS NOT NULL GROUP BY weeks ORDER BY weeks", given
        ).fetchall()
    )


def consultations(con: Connection, *, wanted: Wanted, order: str = "opened", limit: int = 50, offset: int = 0) -> list[Row]:
    """A stretch of the register with body names and the verdicts by the government's rule and the Compact's."""
    where, given = _where(wanted)
    select = f"SELECT c.*, coalesce(b.name, c.body) AS body_name, v.government, v.compact FROM {_FROM} WHERE {where}"
    return rows(con, f"{select} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?", [*given, limit, offset])


def consultations_stream(con: Connection, *, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    """The same as `consultations` for a file: the header, then every row wanted."""
    where, given = _where(wanted)
    columns = """c.consultation_id, c.title, c.body, coalesce(b.name, c.body) AS body_name, c.kind, c.opened_on, c.first_closed_on, c.closed_on, c.days_open,
        c.working_days, c.holiday_days, v.government AS verdict_by_government_rule, v.compact AS verdict_by_compact, c.explanation, c.explanation_quote,
        c.explanation_found_in, c.responded_on, c.response_state, c.url, c.source_file, c.source_row, c.standing"""
    return stream(con, f"SELECT {columns} FROM {_FROM} WHERE {where} ORDER BY {_ORDERS['opened']}", given)


def consultation(con: Connection, consultation_id: str) -> Row | None:
    """One consultation with its body's name; None where there is none."""
    found = rows(
        con,
        "SELECT c.*, coalesce(b.name, c.body) AS body_name FROM consultations c LEFT JOIN bodies b ON b.body = c.body WHERE c.consultation_id = ?",
        [consultation_id],
    )
    return found[0] if found else None


def consultation_years(con: Connection) -> list[int]:
    """Years in which any consultation opened, the latest first."""
    return [row[0] for row in con.execute("SELECT DISTINCT year(opened_on) FROM consultations WHERE opened_on IS NOT NULL ORDER BY 1 DESC").fetchall()]


def consultation_bodies(con: Connection) -> list[Row]:
    """Bodies with consultations: `body`, `name`, `held`."""
    select = "SELECT c.body, coalesce(any_value(b.name), c.body) AS name, count(*) AS held FROM consultations c LEFT JOIN bodies b ON b.body = c.body"
    return rows(con, f"SELECT * FROM ({select} GROUP BY c.body) ORDER BY lower(name), body")


def coverage_of(con: Connection, *, bodies: Sequence[str]) -> list[Row]:
    """`record`, `month` and `state` over the bodies together: a month is held where any of them has it."""
    return rows(
        con,
        """SELECT record, month,
            CASE WHEN bool_or(state = 'held') THEN 'held' WHEN bool_or(state = 'not_published') THEN 'not_published' ELSE 'not_held' END AS state
        FROM coverage WHERE list_contains(?, body) GROUP BY record, month ORDER BY record, month""",
        [list(bodies)],
    )


def coverage_by_record(con: Connection) -> list[Row]:
    """For each kind of record: `bodies`, months `held`, `missing` (not held) and `not_published`."""
    return rows(
        con,
        """SELECT record, count(DISTINCT body) AS bodies, count(*) FILTER (state = 'held') AS held, count(*) FILTER (state = 'not_held') AS missing,
            count(*) FILTER (state = 'not_published') AS not_published
        FROM coverage GROUP BY record ORDER BY record""",
    )


def largest(con: Connection, *, record: str, bodies: Sequence[str] = (), span: Span | None = None, limit: int = 100) -> list[Row]:
    """The largest money rows: `day`, `body`, `name` as shown, `amount`, the organisation, how it was identified, and where the row stands."""
    query, given = _behind(record, bodies, span)
    return rows(con, f"{query} ORDER BY m.amount DESC, m.source_file, m.source_row LIMIT ?", [*given, limit])


def count_money(con: Connection, *, record: str, bodies: Sequence[str] = (), span: Span | None = None) -> Row:
    """`rows` and `files` behind a money figure."""
    query, given = _behind(record, bodies, span)
    return rows(con, f"SELECT count(*) AS rows, count(DISTINCT source_file) AS files, sum(amount) AS total FROM ({query})", given)[0]


def money_stream(con: Connection, *, record: str, bodies: Sequence[str] = (), span: Span | None = None) -> Iterator[tuple[Any, ...]]:
    """Every money row behind a figure for a file: the header, then the rows."""
    query, given = _behind(record, bodies, span)
    return stream(con, f"{query} ORDER BY m.source_file, m.source_row", given)


def _behind(record: str, bodies: Sequence[str], span: Span | None) -> tuple[str, list[Any]]:
    day, name, title = MONEY[record]
    where: list[str] = ["true"]
    given: list[Any] = []
    if bodies:
        where.append("list_contains(?, m.body)")
        given.append(list(bodies))
    if span:
        where.append(f"{day} BETWEEN ? AND ?")
        given += span
    select = f"""SELECT {day} AS day, m.body, {name} AS name, m.amount, {title} AS title, m.organisation_id, m.link_stage, o.name AS organisation_name,
        o.is_voluntary, m.source_file, m.source_row, m.standing FROM {record} m LEFT JOIN organisations o USING (organisation_id) WHERE {" AND ".join(where)}"""
    return select, given


def public_only(record: str) -> str:
    """The condition, on a table called m, that the money of a row is shown to be public; KeyError for anything but the three kinds of money."""
    return f"m.body NOT IN (SELECT body FROM bodies WHERE {_NOT_PUBLIC[record]})"


def not_public_sql(record: str) -> str:
    """The condition, on the columns of `bodies`, that money of a kind told by a column is not shown to be public."""
    return "CASE " + record + "".join(f" WHEN '{name}' THEN {condition}" for name, condition in _NOT_PUBLIC.items()) + " END"


def _table(record: str) -> str:
    """The table's name; KeyError for anything but the three kinds of money, so that no text from an address reaches a query."""
    if record not in MONEY:
        raise KeyError(record)
    return record


def files(con: Connection) -> list[Row]:
    """Every file given, with its number of problems; what was read comes first."""
    return rows(
        con,
        """SELECT s.*, coalesce(p.problems, 0) AS problems
        FROM sources s LEFT JOIN (SELECT source_file, count(*) AS problems FROM problems GROUP BY source_file) p USING (source_file)
        ORDER BY s.state <> 'read', s.state, s.table_name, s.source_file""",
    )


def file(con: Connection, source_file: str) -> Row | None:
    """One file; None where there is none."""
    found = rows(con, "SELECT * FROM sources WHERE source_file = ?", [source_file])
    return found[0] if found else None


def files_named(con: Connection, names: Sequence[str]) -> list[Row]:
    """The named files: `source_file`, `title`, `publisher`, `licence`, `url`, `sha256`."""
    return rows(
        con, "SELECT source_file, title, publisher, licence, url, sha256 FROM sources WHERE list_contains(?, source_file) ORDER BY source_file", [list(names)]
    )


def problems_by_kind(con: Connection, *, source_file: str | None = None) -> list[Row]:
    """Problems by `kind`, `consequence`, `field`, `expected` and `fix`, with `rows`, `files` and one `example`; of one file or of all."""
    group = "kind, consequence, field, expected, fix" if source_file else "kind, consequence"
    fields = "" if source_file else ", any_value(field) AS field, any_value(expected) AS expected, any_value(fix) AS fix"
    where, given = ("source_file = ?", [source_file]) if source_file else ("true", [])
    return rows(
        con,
        f"""SELECT {group}{fields}, count(*) AS rows, count(DISTINCT source_file) AS files, min(source_row) AS first_row, arg_min(found, source_row) AS example
        FROM problems WHERE {where} GROUP BY {group} ORDER BY rows DESC, kind, consequence""",
        given,
    )


def problems(con: Connection, *, source_file: str, limit: int = 200, offset: int = 0) -> list[Row]:
    """The problems of one file in the order of its rows."""
    return rows(con, "SELECT * FROM problems WHERE source_file = ? ORDER BY source_row NULLS FIRST, field, kind LIMIT ? OFFSET ?", [source_file, limit, offset])


def problems_by_file(con: Connection) -> list[Row]:
    """Files with problems: `source_file`, `problems`, `refused` rows."""
    return rows(
        con,
        """SELECT source_file, count(*) AS problems, count(*) FILTER (consequence = 'row_refused') AS refused FROM problems
        GROUP BY source_file ORDER BY problems DESC, source_file""",
    )


def row_of(con: Connection, *, source_file: str, source_row: int) -> list[Row]:
    """What was made of one row of a file: each public row with its `table`; names are as they may be shown."""
    tables = con.execute(
        """SELECT table_name FROM duckdb_columns() WHERE column_name IN ('source_file', 'source_row') AND table_name <> 'problems' AND NOT internal
        GROUP BY table_name HAVING count(*) = 2 ORDER BY table_name"""
    ).fetchall()
    found: list[Row] = []
    for (table,) in tables:
        made = rows(con, f'SELECT * FROM "{table}" WHERE source_file = ? AND source_row = ?', [source_file, source_row])
        found += [{"table": table, **row} for row in made]
    return found


def problems_of_row(con: Connection, *, source_file: str, source_row: int) -> list[Row]:
    """The problems found in one row."""
    return rows(con, "SELECT * FROM problems WHERE source_file = ? AND source_row = ? ORDER BY field, kind", [source_file, source_row])


def arrivals(con: Connection) -> list[Row]:
    """What arrived of each live source and day; none where the release is older than the table, or nothing was fetched."""
    return rows(con, "SELECT * FROM arrivals ORDER BY title, source, day") if holds(con, "arrivals") else []


_FROM = f"consultations c LEFT JOIN bodies b ON b.body = c.body LEFT JOIN ({_VERDICTS}) v USING (consultation_id)"


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    where: list[str] = []
    given: list[Any] = []

    def ask(condition: str, *values: Any) -> None:  # values of any column
        where.append(condition)
        given.extend(values)

    for word in wanted.text.split():
        ask("contains(lower(concat_ws(' ', c.title, c.summary, b.name, c.consultation_id)), lower(?))", word)
    if wanted.bodies:
        ask("list_contains(?, c.body)", list(wanted.bodies))
    if wanted.span:
        ask("c.opened_on BETWEEN ? AND ?", *wanted.span)
    if wanted.kind:
        ask("c.kind = ?", wanted.kind)
    if wanted.verdict:
        ask(f"v.{'government' if wanted.made_by == 'government' else 'compact'} = ?", wanted.verdict)
    if wanted.short:
        ask({"under-84": "c.days_open < 84", "under-42": "c.days_open < 42", "84-or-more": "c.days_open >= 84", "unknown": "c.days_open IS NULL"}[wanted.short])
    return " AND ".join(where) or "true", given


@dataclass(frozen=True)
class PaidToVoluntary:
    """Payments and grants of some bodies since a day: the pounds to identified voluntary organisations, the rows, and those whose payee is identified."""

    amount: Decimal
    rows: int
    identified: int


def paid_to_voluntary(con: Connection, *, bodies: Sequence[str], since: date | None) -> PaidToVoluntary:
    """What the record shows these bodies paying and granting, from the day on; all days where none is given."""
    given = [list(bodies), since, since, list(bodies), since, since]
    amount, held, identified = con.execute(
        """SELECT coalesce(sum(amount) FILTER (o.is_voluntary), 0), count(*), count(organisation_id) FROM (
          SELECT organisation_id, amount FROM payments
          WHERE list_contains(CAST(? AS VARCHAR[]), body) AND (CAST(? AS DATE) IS NULL OR paid_on >= CAST(? AS DATE))
          UNION ALL
          SELECT organisation_id, amount FROM grants
          WHERE list_contains(CAST(? AS VARCHAR[]), body) AND (CAST(? AS DATE) IS NULL OR awarded_on >= CAST(? AS DATE))
        ) m LEFT JOIN organisations o USING (organisation_id)""",
        given,
    ).fetchall()[0]
    return PaidToVoluntary(Decimal(amount), held, identified)


def short_since(con: Connection, *, since: date | None, limit: int, days: int = 84) -> list[Row]:
    """Consultations opened on or after the day and open for less than `days`, the latest first; of any day where none is given."""
    return rows(
        con,
        """SELECT c.consultation_id, coalesce(c.title, c.consultation_id) AS title, coalesce(b.name, c.body) AS body, c.body AS slug, c.opened_on, c.days_open
        FROM consultations c LEFT JOIN bodies b USING (body) WHERE c.days_open < ? AND (CAST(? AS DATE) IS NULL OR c.opened_on >= CAST(? AS DATE))
        ORDER BY c.opened_on DESC, c.consultation_id LIMIT ?""",
        [days, since, since, limit],
    )


@dataclass(frozen=True)
class Known:
    """One answer the record gives: its text, the kind of record, its rows of the year and those counted, and how many months of the year are held (if kept)."""

    text: str
    record: str
    rows: int
    used: int
    months: int | None


def known_of_year(con: Connection, *, body: str, first: date, last: date) -> dict[str, Known]:
    """What the record says to the questions of a body's data return for a year; nothing of kinds of rows it holds none of in the year.

    Grants and contracts to identified voluntary organisations, in pounds and number; consultations opened, short, explained and answered in 84 days.
    """
    found: dict[str, Known] = {}
    months = dict(
        con.execute(
            "SELECT record, count(*) FROM coverage WHERE body = ? AND state = 'held' AND month BETWEEN ? AND ? GROUP BY record",
            [body, f"{first:%Y-%m}", f"{last:%Y-%m}"],
        ).fetchall()
    )
    for record in ("grants", "contracts"):
        held, number, pounds = con.execute(
            f"""SELECT count(*), count(*) FILTER (o.is_voluntary), sum(m.amount) FILTER (o.is_voluntary) FROM {record} m
            LEFT JOIN organisations o USING (organisation_id) WHERE m.body = ? AND m.awarded_on BETWEEN ? AND ?""",
            [body, first, last],
        ).fetchall()[0]
        if number and pounds is not None:
            found[record] = Known(str(pounds), record, held, number, months.get(record))
            found[f"{record}_number"] = Known(str(number), record, held, number, months.get(record))
    opened, *parts = con.execute(
        """SELECT count(*), count(*) FILTER (days_open < 84), count(*) FILTER (days_open < 84 AND explanation = 'given'),
          count(*) FILTER (responded_on <= closed_on + 84) FROM consultations WHERE body = ? AND opened_on BETWEEN ? AND ?""",
        [body, first, last],
    ).fetchall()[0]
    names = ("consultations", "consultations_short", "consultations_explained", "consultations_answered")
    if opened:
        found |= {
            name: Known(str(number), "consultations", opened, number, months.get("consultations")) for name, number in zip(names, (opened, *parts), strict=True)
        }
    return found


def open_consultations(con: Connection, *, on: date, limit: int) -> list[Row]:
    """Consultations that are open on a day, the first to close first."""
    return rows(
        con,
        """SELECT c.consultation_id, coalesce(c.title, c.consultation_id) AS title, coalesce(b.name, c.body) AS body, c.closed_on
        FROM consultations c LEFT JOIN bodies b USING (body) WHERE c.opened_on <= ? AND c.closed_on >= ? ORDER BY c.closed_on, c.consultation_id LIMIT ?""",
        [on, on, limit],
    )
