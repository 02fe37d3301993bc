"""How these pages become rows."""

from opencompact.records.rules.plan import Field, Found, Plan, iso_day_sql
from opencompact.values.sql import quoted


def tidy(_found: Found) -> Plan:
    """Rows of `register_names` from one page of the list; the code GOV.UK counts visits by is the code the register had."""

    def at(path: str) -> str:
        return f"nullif(trim(json_extract_string(json(record), {quoted(f'$.{path}')})), '')"

    code, title, closed = at("analytics_identifier"), at("title"), at("details.closed_at")
    fields = (
        Field("organisation_id", f"'GB-GOR-' || {code}", "analytics_identifier", code, "a code as D2", "missing", required=True),
        Field("name", title, "title", title, "some text", "missing", required=True),
        Field("name_kind", "'main'"),
        Field("register", quoted("govuk-organisations"), required=True),
        Field("kind", "'public_body'"),
        Field("slug", at("details.slug"), "details.slug", at("details.slug"), "the organisation's slug", "missing", required=True),
        Field("status", f"CASE WHEN {at('details.govuk_status')} = 'closed' THEN 'ended' ELSE 'live' END"),
        Field("removed_on", iso_day_sql(closed), "details.closed_at", closed, "an ISO day", "no_such_date"),
    )
    return Plan(fields)
