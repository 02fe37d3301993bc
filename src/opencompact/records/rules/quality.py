"""The SQL of the publishers' scorecards: whose file each is, and what share of its rows tell what a reader needs."""

from dataclasses import dataclass
from itertools import count

from opencompact.values.sql import quoted

# The body whose payments or grants most of a file's rows are published it, for its agencies too; notices and pages are published by a site for many bodies.
BY_BODY = ("payment_lines", "grant_lines")
NOT_KNOWN = "not-known"
REPEAT = "repeats_another_row"  # counted once: the same grant in two files is no fault of either

BOTH_DAYS = "with-both-days"
NO_DAY = "no file of it says on which day it was published"


@dataclass(frozen=True)
class Measure:
    """A share of rows: those for which `where` is true, over all of the publisher's rows of the record."""

    slug: str
    title: str
    where: str


@dataclass(frozen=True)
class Record:
    """A kind of record and what is asked of its rows.

    `lines` is its table, `files` those that its files are read into. `month` is the month of a row, where it should appear every month;
    `delay` the days between the deed and its publication, where both could be told. Both are SQL, empty where they do not apply.
    """

    name: str
    lines: str
    files: tuple[str, ...]
    month: str
    delay: str
    measures: tuple[Measure, ...]


RECORDS = (
    Record(
        "payments",
        "payment_lines",
        ("payment_lines",),
        "paid_in_month",
        "CAST(NULL AS BIGINT)",
        (
            Measure(
                "with-identifier", "Rows with a company or charity number of the payee", "coalesce(payee_org_id, company_number, charity_number) IS NOT NULL"
            ),
            Measure("with-name", "Rows that name the payee", "payee_name IS NOT NULL"),
            Measure("with-day", "Rows with the day of payment", "paid_on IS NOT NULL"),
            Measure("with-title", "Rows that say what it was for", "purpose IS NOT NULL"),
            Measure("with-reference", "Rows with a transaction number", "transaction_ref IS NOT NULL"),
        ),
    ),
    Record(
        "grants",
        "grant_lines",
        ("grant_lines",),
        "",
        "CAST(NULL AS BIGINT)",
        (
            Measure(
                "with-identifier",
                "Rows with a charity or company number of the recipient",
                "coalesce(recipient_org_id, charity_number, company_number) IS NOT NULL",
            ),
            Measure("with-name", "Rows that name the recipient", "recipient_name IS NOT NULL"),
            Measure("with-day", "Rows with the day of award", "awarded_on IS NOT NULL"),
            Measure("with-amount", "Rows with an amount", "amount IS NOT NULL"),
            Measure("with-title", "Rows with a title", "title IS NOT NULL"),
            Measure("with-location", "Rows with a postcode of the recipient", "recipient_postcode IS NOT NULL"),
            Measure("with-duration", "Rows that say how long the grant runs", "months IS NOT NULL"),
        ),
    ),
    Record(
        "contracts",
        "contract_lines",
        ("contract_lines", "release_lines"),
        "strftime(published_on, '%Y-%m')",
        "published_on - awarded_on",
        (
            Measure("with-identifier", "Suppliers with an identifier", "coalesce(supplier_org_id, declared_id) IS NOT NULL"),
            Measure("with-name", "Suppliers that are named", "supplier_name IS NOT NULL"),
            Measure("with-day", "Suppliers’ rows with the day of award", "awarded_on IS NOT NULL"),
            Measure("with-amount", "Suppliers’ rows with a value", "award_amount IS NOT NULL"),
            Measure("with-title", "Suppliers’ rows with a title", "title IS NOT NULL"),
            Measure("with-duration", "Suppliers’ rows with a first and a last day of the contract", "starts_on IS NOT NULL AND ends_on IS NOT NULL"),
        ),
    ),
    Record(
        "consultations",
        "consultation_lines",
        ("consultation_lines",),
        "",
        "",
        (
            Measure("with-day", "Consultations with the days they opened and closed", "opened_on IS NOT NULL AND closed_on IS NOT NULL"),
            Measure("with-title", "Consultations with a title", "title IS NOT NULL"),
            Measure("with-summary", "Consultations with a description", "summary IS NOT NULL"),
            Measure("with-address", "Consultations with the address of their page", "url IS NOT NULL"),
        ),
    ),
)


def publisher_files_sql(standing: str) -> str:
    """Whose file each is, and of what kind of record; files that answer to no source card are nobody's."""
    bodies = " UNION ALL ".join(f"SELECT source_file, body FROM {table}" for table in BY_BODY)
    record = " ".join(f"WHEN {quoted(table)} THEN {quoted(each.name)}" for each in RECORDS for table in each.files)
    slug = "nullif(trim(regexp_replace(regexp_replace(lower(s.publisher), '[''’]', '', 'g'), '[^a-z0-9]+', '-', 'g'), '-'), '')"
    return f"""
WITH own AS (
  SELECT source_file, body FROM ({bodies}) GROUP BY source_file, body QUALIFY 2 * count(*) > sum(count(*)) OVER (PARTITION BY source_file)
),
files AS (
  SELECT s.source_file, coalesce(o.body, {slug}, {quoted(NOT_KNOWN)}) AS publisher, s.publisher AS said, s.state, {quoted(standing)} AS standing,
    CASE s.table_name {record} ELSE coalesce(regexp_replace(s.table_name, '_lines$', ''), 'not_known') END AS record
  FROM sources s LEFT JOIN own o USING (source_file)
  WHERE s.state <> 'unused' AND coalesce(s.standing, {quoted(standing)}) = {quoted(standing)}
)
SELECT f.source_file, f.publisher, coalesce(b.name, min(f.said) OVER (PARTITION BY f.publisher), 'Not known') AS name, f.record, f.state, f.standing
FROM files f LEFT JOIN bodies b ON b.body = f.publisher ORDER BY f.source_file"""


def quality_sql() -> str:
    """Every share of every publisher and record, in the order a scorecard shows them; needs `publisher_files`."""
    counted = [_files_sql(), _problems_sql(), *(_rows_sql(record) for record in RECORDS), *(_months_sql(record) for record in RECORDS if record.month)]
    asked = " UNION ALL ".join(
        f"SELECT {quoted(record)} AS record, {place} AS place, {quoted(slug)} AS measure, {quoted(title)} AS title" for record, place, slug, title in _asked()
    )
    return f"""
WITH publishers AS (SELECT publisher, record, min(name) AS name, min(standing) AS standing FROM publisher_files GROUP BY ALL),
asked AS ({asked}),
counted AS ({" UNION ALL BY NAME ".join(counted)}),
whole AS (
  SELECT p.publisher, p.name, p.record, a.place, a.measure, a.title, coalesce(c.numerator, 0) AS numerator, coalesce(c.denominator, 0) AS denominator,
    c.median_days, p.standing
  FROM publishers p JOIN asked a ON a.record IN (p.record, '')
  LEFT JOIN counted c ON c.publisher = p.publisher AND c.record = p.record AND c.measure = a.measure
)
SELECT * EXCLUDE (median_days), CASE WHEN denominator > 0 THEN numerator / denominator END AS share, median_days,
  CASE WHEN denominator = 0 THEN 'nothing of it could be read' WHEN measure = {quoted(BOTH_DAYS)} AND numerator = 0 THEN {quoted(NO_DAY)} END AS why_missing
FROM whole ORDER BY publisher, record, place"""


_OF_FILES = (
    Measure("files-read", "Files that could be read", "state <> 'refused'"),
    Measure("files-once", "Files read that repeat no other", "state = 'read'"),
    Measure("rows-used", "Rows that could be used", ""),
    Measure("rows-without-problem", "Rows without a problem", ""),
)


def _asked() -> list[tuple[str, int, str, str]]:
    """Record (empty for all), place, slug and title of every measure."""
    places = count(1)
    asked = [("", next(places), each.slug, each.title) for each in _OF_FILES]
    for record in RECORDS:
        asked += [(record.name, next(places), each.slug, each.title) for each in record.measures]
        if record.month:
            asked.append((record.name, next(places), "months-held", "Months held, of those from the first to the last"))
        if record.delay:
            asked.append((record.name, next(places), BOTH_DAYS, "Rows that give both the day it was done and the day it was published"))
    return asked


def _files_sql() -> str:
    files = "publisher_files f JOIN sources s USING (source_file)"
    select = f"SELECT f.publisher, f.record, {{measure}} AS measure, {{numerator}} AS numerator, {{denominator}} AS denominator FROM {files} GROUP BY ALL"
    used, refused = (f"coalesce(sum({column}) FILTER (f.state = 'read'), 0)" for column in ("s.rows_loaded", "s.rows_refused"))
    return " UNION ALL BY NAME ".join(
        select.format(measure=quoted(measure), numerator=numerator, denominator=denominator)
        for measure, numerator, denominator in (
            ("files-read", "count(*) FILTER (f.state <> 'refused')", "count(*)"),
            ("files-once", "count(*) FILTER (f.state = 'read')", "count(*) FILTER (f.state <> 'refused')"),
            ("rows-used", used, f"{used} + {refused}"),
        )
    )


def _problems_sql() -> str:
    """Rows in which nothing was wrong, over the rows found; what is wrong with a whole file counts in no row."""
    return f"""
SELECT publisher, record, 'rows-without-problem' AS measure,
  greatest(sum(rows) - sum(coalesce(wrong, 0)), 0)::BIGINT AS numerator, sum(rows)::BIGINT AS denominator
FROM (
  SELECT f.*, coalesce(s.rows_loaded, 0) + coalesce(s.rows_refused, 0) AS rows
  FROM publisher_files f JOIN sources s USING (source_file) WHERE f.state = 'read'
)
LEFT JOIN (SELECT source_file, count(DISTINCT source_row) AS wrong FROM problems WHERE kind <> {quoted(REPEAT)} GROUP BY source_file) USING (source_file)
GROUP BY ALL"""


def _rows_sql(record: Record) -> str:
    counts = "".join(f", count(*) FILTER ({each.where}) AS m{place}" for place, each in enumerate(record.measures))
    days = f", count({record.delay}) AS with_days, median({record.delay}) AS days" if record.delay else ""
    inner = (
        f"SELECT f.publisher, count(*) AS n{counts}{days} FROM {record.lines} l JOIN publisher_files f USING (source_file) WHERE f.state <> 'copy' GROUP BY ALL"
    )
    shares = [(each.slug, f"m{place}", "CAST(NULL AS DOUBLE)") for place, each in enumerate(record.measures)]
    shares += [(BOTH_DAYS, "with_days", "days")] if record.delay else []
    listed = ", ".join(f"{{'measure': {quoted(slug)}, 'numerator': {numerator}, 'median_days': {median}}}" for slug, numerator, median in shares)
    return f"SELECT publisher, {quoted(record.name)} AS record, n AS denominator, unnest([{listed}], recursive := true) FROM ({inner})"


def _months_sql(record: Record) -> str:
    """Months outside 1990 to 2099 are slips of the pen: they would make centuries of missing months."""
    return f"""
SELECT publisher, {quoted(record.name)} AS record, 'months-held' AS measure, count(*) AS numerator,
  date_diff('month', min(month || '-01')::DATE, max(month || '-01')::DATE) + 1 AS denominator
FROM (SELECT DISTINCT f.publisher, {record.month} AS month FROM {record.lines} l JOIN publisher_files f USING (source_file) WHERE f.state <> 'copy')
WHERE month BETWEEN '1990-01' AND '2099-12' GROUP BY publisher"""
