"""The SQL by which lines become the public tables: copies and examples left out, doubtful names withheld."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from opencompact.values.sql import quoted

RECORDS = {
    "payments": "paid_in_month",
    "grants": "strftime(awarded_on, '%Y-%m')",
    "contracts": "strftime(published_on, '%Y-%m')",
    "consultations": "strftime(opened_on, '%Y-%m')",
}


@dataclass(frozen=True)
class Money:
    """A public table of money: its lines, which of their columns are linked, and whether each file's rows stand for themselves, so that runs of files do."""

    table: str
    lines: str
    name: str
    org_id: str
    by_file: bool = False
    code: str = ""


MONEY = (
    Money("payments", "payment_lines", "payee_name", "payee_org_id", by_file=True, code="payee_code"),
    Money("grants", "grant_lines", "recipient_name", "recipient_org_id"),
    Money("contracts", "contract_lines", "supplier_name", "supplier_org_id"),
)
_A_RUN, _LONGEST_RUN = 12, 24


def runs(files: Iterable[str]) -> Iterator[list[str]]:
    """Files that follow one another by name, in runs of a dozen or so. Names alone decide where one ends, so that a file that comes or goes touches few."""
    run: list[str] = []
    for file in sorted(files):
        run.append(file)
        if crc32(file.encode()) % _A_RUN == 0 or len(run) == _LONGEST_RUN:
            yield run
            run = []
    if run:
        yield run


def linked_files_sql(money: Money, source: str) -> str:
    """What the public rows of each file of lines are made from: the Parquet file, and a sum over its lines of what each is linked to.

    `source` is a relation of the lines with their `filename`. Copies and other standings are among them.
    """
    return f"""
SELECT source_file, filename,
  CAST(sum(hash(k.published_name, k.organisation_id, k.link_stage, k.may_name, own.organisation_id, own.link_stage)) AS VARCHAR) AS linked
FROM {source} l {_link(money.name, money.org_id, money.code)} GROUP BY ALL ORDER BY ALL"""


def counted(table: str, standing: str) -> str:
    """The lines that count: of this standing, in files that repeat no other, whether read now or kept from the reading before."""
    return f"(SELECT * FROM {table} WHERE standing = {quoted(standing)} AND source_file NOT IN (SELECT source_file FROM sources WHERE copy_of IS NOT NULL))"


def payments_sql(standing: str, lines: str = "payment_lines") -> str:
    """Every payment line once, with its link; a name only where it may be shown. `lines` are all payment lines, or those of some files."""
    return f"""
SELECT l.* EXCLUDE (payee_name, payee_org_id, payee_code), {_name("l.payee_name")} AS payee_name, {_LINKED}
FROM (SELECT body, unit, paid_on, paid_in_month, payee_name, amount, is_card, payee_org_id, payee_code, {_ORIGIN} FROM {counted(lines, standing)}) l
{_link("payee_name", "payee_org_id", "payee_code")} ORDER BY source_file, source_row"""


def grants_sql(standing: str, lines: str = "grant_lines") -> str:
    """Every grant once: an identifier that stands in several files counts in the one that tells most of it, of equals in the first."""
    return f"""
SELECT l.* EXCLUDE (recipient_name, recipient_org_id),
  CASE WHEN l.recipient_kind = 'individual' THEN 'withheld' ELSE {_name("l.recipient_name")} END AS recipient_name, {_LINKED}
FROM (
  SELECT grant_id, body, funder_name, title, programme, awarded_on, amount, starts_on, ends_on, months, funders,
    recipient_kind, recipient_name, recipient_org_id,
    regexp_matches(coalesce(recipient_org_id, ''), '^GB-(CHC|SC|NIC|COH)-')
      OR charity_number IS NOT NULL OR company_number IS NOT NULL AS has_identifier, {_ORIGIN}
  FROM {counted(lines, standing)} QUALIFY source_file = first_value(source_file) OVER (PARTITION BY grant_id ORDER BY {_TOLD} DESC, source_file)
) l {_link("recipient_name", "recipient_org_id")} ORDER BY source_file, source_row"""


def schemes_sql(standing: str) -> str:
    """Every scheme of every register once for each year it stands under; files that repeat another are left out."""
    return f"SELECT * FROM {counted('grant_scheme_lines', standing)} ORDER BY source_file, source_row"


def contracts_sql(standing: str, lines: str = "contract_lines") -> str:
    """Every award as its merged process tells it."""
    return f"""
SELECT l.* EXCLUDE (supplier_name, supplier_org_id, released_at, release_id, currency, declared_id),
  {_name("l.supplier_name")} AS supplier_name, {_LINKED}
FROM {counted(lines, standing)} l {_link("supplier_name", "supplier_org_id")} ORDER BY source_file, source_row, award_id, supplier_place"""


def consultations_sql(standing: str) -> str:
    """Every consultation once, as read last."""
    return f"""
SELECT * FROM {counted("consultation_lines", standing)}
QUALIFY row_number() OVER (PARTITION BY consultation_id ORDER BY read_on DESC NULLS LAST, source_file, source_row) = 1
ORDER BY consultation_id"""


def coverage_sql() -> str:
    """Each month between a body's first and last, held or not; whether one was published is not known from files alone.

    Days before 1990 and after 2099 are slips of the pen (each is a problem): they would make centuries of missing months.
    """
    selects = [
        f"SELECT body, {quoted(record)} AS record, {month} AS month, count(*) AS rows FROM {record} WHERE {month} BETWEEN '1990-01' AND '2099-12' GROUP BY ALL"
        for record, month in RECORDS.items()
    ]
    return f"""
WITH held AS ({" UNION ALL ".join(selects)}),
spans AS (
  SELECT body, record, unnest(generate_series(min(month || '-01')::DATE, max(month || '-01')::DATE, INTERVAL 1 MONTH)) AS first
  FROM held GROUP BY body, record)
SELECT s.body, s.record, strftime(first, '%Y-%m') AS month, CASE WHEN h.rows IS NULL THEN 'not_held' ELSE 'held' END AS state, coalesce(h.rows, 0) AS rows
FROM spans s LEFT JOIN held h ON h.body = s.body AND h.record = s.record AND h.month = strftime(s.first, '%Y-%m') ORDER BY ALL"""


def repeats_sql(standing: str) -> str:
    """Problems: consultations and grants that stand in the files more than once and were counted once."""
    select = (
        "SELECT source_file, source_row, {field} AS field, {shown} AS found, 'one place only' AS expected, "
        "'repeats_another_row' AS kind, 'row_refused' AS consequence"
    )
    tail = "'Counted once; nothing to do unless they differ.' AS fix, {standing} AS standing FROM {lines} l"
    consultations = f"{select}, {tail} ANTI JOIN {{public}} p ON p.source_file = l.source_file AND p.source_row = l.source_row"
    return " UNION ALL ".join(
        consultations.format(field=quoted(field), shown=shown, standing=quoted(standing), lines=counted(lines, standing), public=public)
        for field, shown, lines, public in (
            ("old_url", "consultation_id", "consultation_lines", "consultations"),
            ("Identifier", "grant_id", "grant_lines", "grants"),
        )
    )


_TOLD = "len(list_filter([title, programme, months::VARCHAR, recipient_postcode, recipient_org_id, recipient_name], lambda told: told IS NOT NULL))"
_ORIGIN = "source, standing, source_file, source_row"


# What one body alone settled comes before what holds for all.
_LINKED = """CASE WHEN own.link_stage IS NULL THEN k.organisation_id ELSE own.organisation_id END AS organisation_id,
  coalesce(own.link_stage, k.link_stage) AS link_stage"""


def _name(name: str) -> str:
    return f"CASE WHEN {name} IS NULL THEN NULL WHEN k.may_name OR own.organisation_id IS NOT NULL THEN {name} ELSE 'withheld' END"


def _link(name: str, org_id: str, code: str = "") -> str:
    number = f"coalesce(l.{code}, '')" if code else "''"
    return f"""LEFT JOIN links k ON k.published_name = coalesce(trim(l.{name}), '') AND k.published_org_id = coalesce(l.{org_id}, '')
LEFT JOIN own_links own ON own.body = l.body AND own.payee_code = {number} AND own.published_name = coalesce(trim(l.{name}), '')
  AND own.published_org_id = coalesce(l.{org_id}, '')"""
