"""The plans for the Charity Commission's full extract, one for each of its tables that says who a charity was and when.

Never read: trustees, telephones, e-mails and addresses; of these only the postcode, kept inside. A charity with a linked number is a branch of the
one with the same registered number and linked number 0. Source: the Commission's data definition of the extract.
"""

from opencompact.records.rules.plan import Field, Found, Plan, day_sql
from opencompact.records.rules.register_ids import cell, extract_id_sql, rows_or_records
from opencompact.values.identifier import company_org_id_sql
from opencompact.values.sql import quoted

_NUMBER, _LINKED = "registered_charity_number", "linked_charity_number"


@rows_or_records
def charities_plan(found: Found) -> tuple[Plan, ...]:
    """`register_names` of main charities; their branches and companies in `register_numbers`, the latest accounts in `register_incomes`."""
    removed, name = found.day("removed_on", "date_of_removal"), cell(found, "charity_name")
    company = cell(found, "charity_company_registration_number")
    registered = found.day("registered_on", "date_of_registration")
    fields = (
        _id(found),
        found.text("name", "charity_name", required=True),
        Field("name_kind", "'main'"),
        Field("register", "'charity-commission'"),
        Field("kind", f"CASE WHEN lower({cell(found, 'charity_is_cio')}) IN ('true', '1') THEN 'cio' ELSE 'charity' END"),
        found.text("status", "charity_registration_status"),
        found.amount("income", "latest_income"),
        found.day("income_year_ends_on", "latest_acc_fin_period_end_date"),
        registered,
        removed,
        Field("company_number", company),
        Field("postcode", cell(found, "charity_contact_postcode")),
    )
    other = (Field("relation", "'branch'"), Field("other_id", _id_sql(found)), Field("other_name", name))
    days = (Field("from_on", registered.sql), Field("to_on", removed.sql))
    branches = Plan((_main_id(found), *other, *days), keep=_is_branch(found), table="register_numbers")
    number = (Field("relation", "'company'"), Field("other_id", company_org_id_sql(company)), Field("name", name))
    companies = Plan((_main_id(found), *number), keep=f"NOT ({_is_branch(found)}) AND {company_org_id_sql(company)} IS NOT NULL", table="register_numbers")
    return Plan(fields, keep=f"NOT ({_is_branch(found)})"), branches, companies, _latest_accounts(found)


@rows_or_records
def other_names_plan(found: Found) -> tuple[Plan, ...]:
    """`register_names` of working and former names; those of branches in `register_numbers`."""
    kind, name = cell(found, "charity_name_type"), cell(found, "charity_name")
    named = f"CASE WHEN lower({kind}) LIKE 'previous%' THEN 'former' WHEN lower({kind}) LIKE 'working%' THEN 'working' ELSE 'other' END"
    fields = (
        _id(found),
        found.text("name", "charity_name", required=True),
        Field("name_kind", named),
        Field("register", "'charity-commission'"),
        Field("kind", "'charity'"),
    )
    of_branch = (_main_id(found), Field("relation", "'branch'"), Field("other_id", _id_sql(found)), Field("other_name", name))
    return Plan(fields, keep=f"NOT ({_is_branch(found)})"), Plan(of_branch, keep=_is_branch(found), table="register_numbers")


@rows_or_records
def incomes_plan(found: Found) -> Plan:
    """`register_incomes` from the history of annual returns, and from part A, which adds what came from government."""
    fields = (
        _id(found),
        found.day("year_starts_on", "fin_period_start_date"),
        found.day("year_ends_on", "fin_period_end_date", required=True),
        found.amount("income", "total_gross_income"),
        found.amount("spending", "total_gross_expenditure"),
        found.amount("government_grants", "income_from_government_grants"),
        found.amount("government_contracts", "income_from_government_contracts"),
    )
    return Plan(fields)


@rows_or_records
def areas_plan(found: Found) -> Plan:
    """`register_areas` from the areas of operation."""
    fields = (
        _id(found),
        found.text("area_kind", "geographic_area_type", required=True),
        found.text("area_name", "geographic_area_description", required=True),
        Field("within", cell(found, "parent_geographic_area_description")),
    )
    return Plan(fields)


@rows_or_records
def classes_plan(found: Found) -> Plan:
    """`register_classes` from the Commission's own classes of what, whom and how."""
    fields = (
        _id(found),
        Field("scheme", "'charity-commission'"),
        found.text("code", "classification_code", required=True),
        Field("label", cell(found, "classification_description")),
    )
    return Plan(fields)


@rows_or_records
def events_plan(found: Found) -> Plan:
    """`register_events` from the history of events, by the words of the vocabulary `register-events`."""
    kind, reason = cell(found, "event_type"), cell(found, "reason")
    terms = found.vocabularies["register-events"].terms
    whens = " ".join(f"WHEN starts_with(lower({kind}), {quoted(str(term['begins']).lower())}) THEN {quoted(str(term['event']))}" for term in terms)
    other = cell(found, "assoc_registered_charity_number")
    fields = (
        _id(found),
        Field("event", f"CASE {whens} ELSE 'other' END" if terms else "'other'", "event_type", kind, "an event", "missing", required=True),
        found.day("happened_on", "date_of_event"),
        Field("reason", f"concat_ws(': ', {kind}, {reason})"),
        Field("name", cell(found, "charity_name")),
        Field("other_id", extract_id_sql(other, "0")),
        Field("other_name", cell(found, "assoc_charity_name")),
    )
    return Plan(fields)


def _latest_accounts(found: Found) -> Plan:
    ends = cell(found, "latest_acc_fin_period_end_date")
    fields = (
        _main_id(found),
        Field("year_starts_on", _day(found, "latest_acc_fin_period_start_date")),
        Field("year_ends_on", day_sql(ends, "iso")),
        Field("income", found.amount("income", "latest_income").sql),
        Field("spending", found.amount("spending", "latest_expenditure").sql),
    )
    return Plan(fields, keep=f"NOT ({_is_branch(found)}) AND {day_sql(ends, 'iso')} IS NOT NULL", table="register_incomes")


def _id(found: Found) -> Field:
    return Field("organisation_id", _id_sql(found), _NUMBER, cell(found, _NUMBER), "a charity number of 6 or 7 digits", "malformed_identifier", required=True)


def _id_sql(found: Found) -> str:
    return extract_id_sql(cell(found, _NUMBER), cell(found, _LINKED))


def _main_id(found: Found) -> Field:
    return Field("organisation_id", extract_id_sql(cell(found, _NUMBER), "0"), required=True)


def _is_branch(found: Found) -> str:
    return f"coalesce({cell(found, _LINKED)}, '0') <> '0'"


def _day(found: Found, header: str) -> str:
    column = found.column(header)
    return day_sql(column, "iso") if column else "CAST(NULL AS DATE)"
