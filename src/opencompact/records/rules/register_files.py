"""The plans for registers: names with their org-ids, and nothing of addresses or people."""

from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, iso_day_sql, slug_sql
from opencompact.values.identifier import company_org_id_sql
from opencompact.values.sql import quoted


def names_plan(found: Found) -> Plan:
    """Rows of `register_names` from a table of `org_id` and `name`."""
    org_id = found.column("org_id") or NOTHING
    scheme = f"regexp_extract({org_id}, '^(GB-[A-Z]+)-', 1)"
    fields = (
        Field(
            "organisation_id",
            f"CASE WHEN regexp_matches({org_id}, '^GB-[A-Z]+-[A-Z0-9]+$') AND NOT regexp_matches({org_id}, '-0+$') THEN {org_id} END",
            "org_id",
            org_id,
            "an org-id as GB-CHC-1234567",
            "malformed_identifier",
            required=True,
        ),
        found.text("name", "name", required=True),
        Field("name_kind", f"CASE WHEN row_number() OVER (PARTITION BY {org_id} ORDER BY source_row) = 1 THEN 'main' ELSE 'other' END"),
        Field("register", f"CASE {scheme} WHEN 'GB-CHC' THEN 'charity-commission' WHEN 'GB-SC' THEN 'oscr' WHEN 'GB-NIC' THEN 'ccni' ELSE lower({scheme}) END"),
        Field("kind", f"CASE WHEN {scheme} IN ('GB-CHC', 'GB-SC', 'GB-NIC') THEN 'charity' END"),
    )
    return Plan(fields)


def ccni_plan(found: Found) -> tuple[Plan, ...]:
    """`register_names` from the Northern Ireland register's export, with its accounts, other names, company and classes; sub-charities are of another kind."""
    number, company = found.column("Reg charity number") or NOTHING, found.column("Company number") or NOTHING
    year_end = found.column("Date for financial year ending") or NOTHING
    registered = found.column("Date registered") or NOTHING
    sub = found.column("Sub charity number") or NOTHING
    fields = (
        Field(
            "organisation_id",
            f"CASE WHEN regexp_matches({number}, '^1\\d{{5}}$') THEN 'GB-NIC-' || {number} END",
            "Reg charity number",
            number,
            "a number of 6 digits beginning with 1",
            "malformed_identifier",
            required=True,
        ),
        found.text("name", "Charity name", required=True),
        Field("name_kind", "'main'"),
        Field("register", "'ccni'", required=True),
        Field("kind", "'charity'"),
        found.text("status", "Status"),
        found.amount("income", "Total income"),
        Field(
            "income_year_ends_on",
            f"CAST(try_strptime({year_end}, '%d %B %Y') AS DATE)",
            "Date for financial year ending",
            year_end,
            "a day as 31 March 2031",
            "no_such_date",
        ),
        Field("registered_on", f"CAST(try_strptime({registered}, '%d/%m/%Y') AS DATE)", "Date registered", registered, "a day as 16/07/2031", "no_such_date"),
        Field("company_number", f"nullif({company}, '0')"),
    )
    is_main = f"coalesce({sub}, '0') = '0'"
    own = Field("organisation_id", fields[0].sql, required=True)
    is_known = f"{is_main} AND {own.sql} IS NOT NULL"
    return (
        Plan(fields, keep=is_main),
        _ccni_name(found, own, is_known),
        _ccni_year(found, own, is_known),
        _ccni_number(found, own, is_known),
        _ccni_classes(found, own, is_known),
    )


def _ccni_name(found: Found, own: Field, is_known: str) -> Plan:
    name = found.column("Other name") or NOTHING
    fields = (own, Field("name", name), Field("name_kind", "'other'"), Field("register", "'ccni'"), Field("kind", "'charity'"))
    return Plan(fields, keep=f"{is_known} AND {name} IS NOT NULL", table="register_names")


def _ccni_year(found: Found, own: Field, is_known: str) -> Plan:
    ends = f"CAST(try_strptime({found.column('Date for financial year ending') or NOTHING}, '%d %B %Y') AS DATE)"
    income, spending = found.amount("income", "Total income").sql, found.amount("spending", "Total spending").sql
    fields = (own, Field("year_ends_on", ends), Field("income", income), Field("spending", spending))
    return Plan(fields, keep=f"{is_known} AND {ends} IS NOT NULL", table="register_incomes")


def _ccni_number(found: Found, own: Field, is_known: str) -> Plan:
    company = company_org_id_sql(found.column("Company number") or NOTHING)
    fields = (own, Field("relation", "'company'"), Field("other_id", company), Field("name", found.column("Charity name") or NOTHING))
    return Plan(fields, keep=f"{is_known} AND {company} IS NOT NULL", table="register_numbers")


def _ccni_classes(found: Found, own: Field, is_known: str) -> Plan:
    listed = [found.column(header) or NOTHING for header in ("How the charity works", "Who the charity helps")]
    # purposes have commas within them, so only the two lists of short words are parted
    relation = f"SELECT *, trim(unnest(string_split(concat_ws(',', {', '.join(listed)}), ','))) AS class FROM raw"
    return Plan((own, Field("scheme", "'ccni'"), Field("code", "class")), relation=relation, keep=f"{is_known} AND class <> ''", table="register_classes")


def public_bodies_plan(found: Found) -> Plan:
    """Rows of `register_names` from the GOV.UK organisation register; ends given as a year or a month count from its last day."""
    key, website = found.column("government-organisation") or NOTHING, found.column("website") or NOTHING
    ended, started = found.column("end-date") or NOTHING, found.column("start-date") or NOTHING
    name = found.column("name") or NOTHING
    fields = (
        Field("organisation_id", f"'GB-GOR-' || {key}", "government-organisation", key, "a register key as D2", required=True),
        found.text("name", "name", required=True),
        Field("name_kind", "'main'"),
        Field("register", quoted("govuk-organisations"), required=True),
        Field("kind", "'public_body'"),
        Field("slug", f"coalesce(nullif(regexp_extract(coalesce({website}, ''), '/organisations/([^/]+)/?$', 1), ''), {slug_sql(name)})"),
        Field("status", f"CASE WHEN {ended} IS NULL THEN 'live' ELSE 'ended' END"),
        Field("registered_on", partial_day_sql(started, last=False), "start-date", started, "a year, month or day", "no_such_date"),
        Field("removed_on", partial_day_sql(ended, last=True), "end-date", ended, "a year, month or day", "no_such_date"),
    )
    return Plan(
        fields,
        (Check("no_address", "website", f"{website} IS NULL", name, "the body's page on GOV.UK", "kept", "Its slug was made from its name.", plain=True),),
    )


def organisation_page_plan(found: Found) -> Plan:
    """`register_names` from the content item of an organisation on GOV.UK: its name, key, slug and whether it still exists."""
    key, name, path = (f"record ->> '$.{item}'" for item in ("analytics_identifier", "title", "base_path"))
    status = "record ->> '$.details.organisation_govuk_status.status'"
    ended = f"(CASE WHEN ({status}) <> 'live' THEN record ->> '$.details.organisation_govuk_status.updated_at' END)"
    fields = (
        Field("organisation_id", f"'GB-GOR-' || ({key})", "analytics_identifier", key, "a key as D2", "missing", required=True),
        Field("name", name, "title", name, "a name", "missing", required=True),
        Field("name_kind", "'main'"),
        Field("register", quoted("govuk-organisations")),
        Field("kind", "'public_body'"),
        Field("slug", f"regexp_extract({path}, '([^/]+)$', 1)"),
        Field("status", status),
        Field("removed_on", iso_day_sql(ended), "organisation_govuk_status.updated_at", ended, "a day as 2031-07-16", "no_such_date"),
    )
    del found  # every record has the same keys
    return Plan(fields)


def partial_day_sql(column: str, *, last: bool) -> str:
    """The first or last day of a day, month or year as written: `2010-06` ends on 30 June 2010."""
    whole = f"TRY_CAST({column} AS DATE)"
    month = f"TRY_CAST({column} || '-01' AS DATE)"
    year = f"TRY_CAST({column} || '-01-01' AS DATE)"
    if last:
        month, year = f"last_day({month})", f"TRY_CAST({column} || '-12-31' AS DATE)"
    return f"CASE length({column}) WHEN 10 THEN {whole} WHEN 7 THEN {month} WHEN 4 THEN {year} END"
