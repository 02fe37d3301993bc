"""The plans by which the rows of merged processes become tables: days, amounts and identifiers read, bodies looked up, problems told."""

from opencompact.records.rules.payment_files import number_checks
from opencompact.records.rules.plan import Check, Field, Plan, body_sql, iso_day_sql, slug_sql
from opencompact.values.identifier import company_state_sql, declared_org_id_sql

_AMOUNT = "TRY_CAST(coalesce(amount, gross) AS DECIMAL(18,2))"
_TENDER_AMOUNT = "TRY_CAST(coalesce(tender_amount, tender_gross) AS DECIMAL(18,2))"
_ORIGIN = tuple(Field(name, name) for name in ("source", "source_file", "file_row"))

_UNKNOWN = f"CASE WHEN regexp_matches(known_as, '^[A-Z]{{2}}-[A-Z]+-') THEN known_as ELSE coalesce(nullif({slug_sql('buyer_name')}, ''), known_as) END"
BUYERS = f"""
SELECT buyer, buyer_name, {body_sql("known_as", otherwise=body_sql("buyer_name", otherwise=_UNKNOWN))} AS body
FROM (SELECT buyer, name AS buyer_name, coalesce(scheme || '-' || number, id) AS known_as FROM raw_buyers)"""
"""Each buyer with its slug where its number or name is known, else its org-id or the feed's id for it, else, where that is of one notice only (`org-1`),
its name as a slug; from the table `raw_buyers` to the table `buyers`."""


def suppliers_sql(missing_words: tuple[str, ...]) -> str:
    """Each published identifier of a supplier once, with its org-id and, for company numbers, its state: the sums are long, so they are done once."""
    org_id, state = declared_org_id_sql("declared_id", missing_words), company_state_sql("company", missing_words)
    return f"""
SELECT *, {org_id} AS org_id, {state} AS state FROM (
  SELECT DISTINCT scheme, identifier, scheme || '-' || identifier AS declared_id, CASE WHEN scheme = 'GB-COH' THEN identifier END AS company
  FROM raw_awards WHERE identifier IS NOT NULL)"""


def awards_plan() -> Plan:
    """Rows of `contract_lines`, one for each supplier of each award; an award in another currency is kept out of pounds, and said."""
    fields = (
        Field("ocid", "ocid", "ocid", expected="an ocid", required=True),
        Field("award_id", "award_id"),
        Field("body", "body", "buyer", expected="a buyer", required=True),
        Field("buyer_name", "buyer_name"),
        Field("title", "title"),
        Field("procurement_method", "procurement_method"),
        Field("tender_opens_on", iso_day_sql("opens_at")),
        Field("tender_closes_on", iso_day_sql("closes_at")),
        Field("awarded_on", iso_day_sql("awarded_at"), "awards.date", "awarded_at", "an ISO day", "no_such_date"),
        Field("published_on", iso_day_sql("published_at")),
        Field("starts_on", iso_day_sql("starts_at")),
        Field("ends_on", iso_day_sql("ends_at")),
        Field("award_amount", _AMOUNT, "awards.value.amount", "coalesce(amount, gross)", "an amount", "not_an_amount"),
        Field("amount", "round(award_amount * supplier_place / suppliers, 2) - round(award_amount * (supplier_place - 1) / suppliers, 2)"),  # the shares add up
        Field("suppliers", "suppliers"),
        Field("suitable_for_vcse", "TRY_CAST(suitable_for_vcse AS BOOLEAN)"),
        Field("supplier_vcse", "TRY_CAST(supplier_vcse AS BOOLEAN)"),
        Field("supplier_scale", "supplier_scale"),
        Field("supplier_place", "supplier_place"),
        Field("release_id", "release_id"),
        Field("released_at", "CAST(TRY_CAST(released AS TIMESTAMPTZ) AS TIMESTAMP)"),
        Field("currency", "currency"),
        Field("supplier_name", "supplier_name", "awards.suppliers.name", expected="a supplier's name", required=True),
        Field("declared_id", "declared_id"),
        Field("supplier_org_id", "org_id"),
        Field("amount_is_gross", "amount IS NULL AND gross IS NOT NULL"),
        Field("has_subcontracting", "TRY_CAST(has_subcontracting AS BOOLEAN)"),
        *_ORIGIN,
    )
    relation = """SELECT r.* EXCLUDE (amount, source_row), r.amount AS amount, r.number AS source_row, r.source_row AS file_row, b.body, b.buyer_name,
  s.declared_id, s.company, s.org_id, s.state FROM raw_awards r
LEFT JOIN buyers b ON b.buyer = r.buyer LEFT JOIN suppliers s ON s.scheme IS NOT DISTINCT FROM r.scheme AND s.identifier = r.identifier"""
    return Plan(fields, (*_award_checks(), *number_checks("company", "state", "parties.identifier.id", "a company number of 8 characters")), relation)


def _award_checks() -> tuple[Check, ...]:
    pounds = "Amounts in other currencies are not added to pounds."
    late = "awarded_on > DATE '2100-01-01'"
    return (
        Check("not_in_pounds", "awards.value.currency", "upper(currency) <> 'GBP'", "currency", "GBP", "row_refused", pounds),
        Check("nought_or_less", "awards.value.amount", "award_amount <= 0", "award_amount", "an amount above nought", "kept", "Give the award's value.", True),
        Check("implausible_day", "awards.date", late, "awarded_on", "a day before 2100", "kept", "Correct the year.", True),
    )


def processes_plan() -> Plan:
    """Rows of `process_lines`."""
    opens = f"coalesce({iso_day_sql('opens_at')}, {iso_day_sql('published_at')})"
    fields = (
        Field("ocid", "ocid"),
        *(Field(name, name) for name in ("body", "buyer_name", "bodies", "buyers", "title", "kind", "procurement_method", "procurement_method_details")),
        *(Field(name, name) for name in ("category", "legal_basis")),
        Field("opens_on", opens),
        Field(
            "opens_from", f"CASE WHEN {iso_day_sql('opens_at')} IS NOT NULL THEN 'stated' WHEN {iso_day_sql('published_at')} IS NOT NULL THEN 'published' END"
        ),
        Field("closes_on", iso_day_sql("closes_at"), "tender.tenderPeriod.endDate", "closes_at", "an ISO day", "no_such_date"),
        Field("days_open", "CASE WHEN closes_on >= opens_on THEN closes_on - opens_on END"),
        Field("tender_amount", _TENDER_AMOUNT, "tender.value.amount", "coalesce(tender_amount, tender_gross)", "an amount", "not_an_amount"),
        Field("tender_amount_is_gross", "CASE WHEN coalesce(tender_amount, tender_gross) IS NOT NULL THEN tender_amount IS NULL END"),
        Field("tender_currency", "tender_currency"),
        *(Field(name, f"TRY_CAST({name} AS BOOLEAN)") for name in ("suitable_for_sme", "suitable_for_vcse", "has_subcontracting")),
        *(Field(f"{name}_on", iso_day_sql(f"{name}_at")) for name in ("early", "cancelled", "ended", "contract_ends", "first", "last")),
        *(Field(name, name) for name in ("lots", "amendments", "awards", "awards_gross_only", "releases")),
        Field("merged_from", "digest"),
        *_ORIGIN,
    )
    before, shape = "closes_on < opens_on", "conflicts IS NOT NULL"
    checks = (
        Check("closes_before_it_opens", "tender.tenderPeriod", before, "closes_on", "a day after it opens", "value_missing", "Correct the days.", True),
        Check("changes_shape", "release", shape, "conflicts", "one shape", "kept", "Give a field the same shape in every release of a process.", True),
    )
    relation = """SELECT r.* EXCLUDE (buyers, source_row), r.number AS source_row, r.source_row AS file_row,
  coalesce(b.buyers, 0) AS buyers, b.bodies, f.body, f.buyer_name
FROM raw_processes r LEFT JOIN buyers f ON f.buyer = TRY_CAST(string_split(r.buyers, ';')[1] AS BIGINT)
LEFT JOIN (SELECT number, count(*) AS buyers, string_agg(body, ';' ORDER BY nth) AS bodies FROM (
    SELECT number, unnest(string_split(buyers, ';')) AS one, generate_subscripts(string_split(buyers, ';'), 1) AS nth FROM raw_processes WHERE buyers <> ''
  ) JOIN buyers b ON b.buyer = CAST(one AS BIGINT) GROUP BY number) b ON b.number = r.number"""
    return Plan(fields, checks, relation)


def notices_plan() -> Plan:
    """Rows of `notices`."""
    names = ("ocid", "place", "release_id", "kind", "tags", "document_id", "url")
    fields = (*(Field(name, name) for name in names), Field("does", "nullif(does, '')"), Field("published_on", iso_day_sql("released")), *_ORIGIN)
    return Plan(fields, relation="SELECT * EXCLUDE (source_row), number AS source_row, source_row AS file_row FROM raw_notices")


def lots_plan() -> Plan:
    """Rows of `lots`."""
    fields = (
        *(Field(name, name) for name in ("ocid", "lot_id", "title", "status", "currency")),
        Field("amount_is_gross", "CASE WHEN coalesce(amount, gross) IS NOT NULL THEN amount IS NULL END"),
        Field("amount", _AMOUNT, "tender.lots.value.amount", "coalesce(amount, gross)", "an amount", "not_an_amount"),
        *(Field(f"{name}_on", iso_day_sql(f"{name}_at")) for name in ("starts", "ends")),
        *(Field(name, f"TRY_CAST({name} AS BOOLEAN)") for name in ("suitable_for_sme", "suitable_for_vcse")),
        *_ORIGIN,
    )
    return Plan(fields, relation="SELECT * EXCLUDE (source_row), number AS source_row, source_row AS file_row FROM raw_lots")


def processes_sql(at: str) -> str:
    """The public table of processes: where contracts stand on the day `at`, an ISO day."""
    return f"""
SELECT * EXCLUDE (merged_from), CASE WHEN awards = 0 THEN NULL WHEN ended_on IS NOT NULL THEN 'ended_with_notice'
  WHEN contract_ends_on < DATE '{at}' THEN 'ended_without_notice' WHEN contract_ends_on IS NOT NULL THEN 'running' END AS ending
FROM process_lines ORDER BY ocid"""


def repeats_sql() -> str:
    """Problems: releases that stand in the files again under the same identifier with other content; the latest was merged."""
    return """
SELECT source_file, source_row, 'id' AS field, release_id AS found, 'one release for each id' AS expected, 'repeated_release_differs' AS kind,
  'row_refused' AS consequence, 'Give a changed release an id of its own.' AS fix, standing FROM gathered WHERE differs ORDER BY ALL"""
