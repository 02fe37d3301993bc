"""The plans for look-ups between registers: numbers that belong together, mergers, other names, reach and classes."""

from opencompact.records.rules.plan import NOTHING, Field, Found, Plan, day_sql
from opencompact.records.rules.register_ids import cell, id_field, id_sql, org_id_sql
from opencompact.values.identifier import company_org_id_sql
from opencompact.values.sql import quoted


def pairs_plan(found: Found) -> tuple[Plan, ...]:
    """`register_numbers` from a look-up of two columns of numbers, as the vocabulary `register-pairs` tells of the card."""
    terms = [term for term in found.vocabularies["register-pairs"].terms if term["card"] == found.card.slug]
    return tuple(_pair_plan(found, {key: str(value) for key, value in term.items()}) for term in terms)


def relationships_plan(found: Found) -> Plan:
    """`register_numbers` from pairs of org-ids with a word for the relation; `parent` pairs name the parent first."""
    first, second = cell(found, "org_id_a"), cell(found, "org_id_b")
    told = cell(found, "source")
    terms = found.vocabularies["register-relations"].terms
    relation = " ".join(f"WHEN {told} = {quoted(str(term['told_by']))} THEN {quoted(str(term['relation']))}" for term in terms)
    is_parent = f"coalesce(lower({cell(found, 'relationship')}), '') = 'parent'"
    fields = (
        Field(
            "organisation_id",
            f"CASE WHEN {is_parent} THEN {org_id_sql(second)} ELSE {org_id_sql(first)} END",
            "org_id_a",
            first,
            "an org-id",
            "malformed_identifier",
            required=True,
        ),
        Field("relation", f"CASE WHEN {is_parent} THEN 'parent' {relation} ELSE 'same_as' END"),
        Field(
            "other_id",
            f"CASE WHEN {is_parent} THEN {org_id_sql(first)} ELSE {org_id_sql(second)} END",
            "org_id_b",
            second,
            "an org-id",
            "malformed_identifier",
            required=True,
        ),
        # Beside a parent the names stand the other way round from the ids.
        Field("name", cell(found, "org_name_a", "org_name")),
        Field("other_name", cell(found, "org_name_b")),
        Field("from_on", _day(found, "valid_from")),
        Field("to_on", _day(found, "valid_to")),
    )
    return Plan(fields)


def mergers_plan(found: Found) -> Plan:
    """`register_events` from the register of mergers: who merged into whom, on the day the property passed, else the day it was registered.

    Where no number is given for the one that ended, the event is that of the other, which took it over.
    """
    before = _numbered(found, "transferor_regno", "transferor_subno")
    after = _numbered(found, "transferee_regno", "transferee_subno")
    names = cell(found, "transferor_name", "org_name_a"), cell(found, "transferee_name", "org_name_b")
    passed, registered = found.day("happened_on", "date_property_transferred"), _day(found, "date_merger_registered", "valid_from")
    given = f"coalesce({cell(found, 'transferor_regno')}, {cell(found, 'transferee_regno')})"
    fields = (
        Field(
            "organisation_id", f"coalesce({before}, {after})", "transferor_regno", given, "the number of one of the two", "malformed_identifier", required=True
        ),
        Field("event", f"CASE WHEN {before} IS NULL THEN 'took_over' ELSE 'merged_into' END"),
        Field("happened_on", f"coalesce({passed.sql}, {registered})", passed.header, passed.raw, passed.expected, passed.kind),
        Field("reason", "'Register of mergers'"),
        Field("name", f"CASE WHEN {before} IS NULL THEN {names[1]} ELSE {names[0]} END"),
        Field("other_id", f"CASE WHEN {before} IS NOT NULL THEN {after} END"),
        Field("other_name", f"CASE WHEN {before} IS NULL THEN {names[0]} ELSE {names[1]} END"),
    )
    return Plan(fields)


def other_names_plan(found: Found) -> Plan:
    """`register_names` of names gathered beside the register's own."""
    fields = (
        id_field(found, "org_id", "org_id"),
        found.text("name", "alternative_name", required=True),
        Field("name_kind", "'other'"),
        Field("register", f"lower({quoted(found.card.slug)})"),
        Field("kind", "'charity'"),
    )
    return Plan(fields)


def reach_plan(found: Found) -> Plan:
    """`register_areas` from how far each charity's work reaches: local, national, overseas."""
    return Plan((id_field(found, "reg_number", "charity"), Field("area_kind", "'scale'"), found.text("area_name", "scale", required=True)))


def classed_plan(found: Found) -> Plan:
    """`register_classes` of one code a row, with the share of certainty where a program chose it."""
    share = cell(found, "icnptso_code_probability")
    sure = Field("probability", f"TRY_CAST({share} AS DOUBLE)", "icnptso_code_probability", share, "a share as 0.95", "not_a_number")
    return Plan((id_field(found, "org_id", "org_id"), Field("scheme", "'icnptso'"), found.text("code", "icnptso_code", required=True), sure))


def members_plan(found: Found) -> Plan:
    """`register_classes` of the members of a list of social enterprises: the list is the class, the member's name its label.

    A number is an org-id, or a company's of eight letters and figures: seven figures may be of a charity or of a company, and are refused.
    """
    number = cell(found, "Member Number")
    company = f"CASE WHEN regexp_matches({number}, '^([A-Z]{{2}}[0-9]{{6}}|[0-9]{{8}})$') THEN {company_org_id_sql(number)} END"
    expected = "an org-id as GB-CHC-1234567, or a company number of eight letters and figures"
    fields = (
        Field("organisation_id", f"coalesce({org_id_sql(number)}, {company})", "Member Number", number, expected, "malformed_identifier", required=True),
        Field("scheme", "'social-enterprise-membership'"),
        found.text("code", "Membership List", required=True),
        Field("label", cell(found, "Member Name")),
        found.day("listed_on", "Listed On"),
    )
    return Plan(fields)


def studied_plan(found: Found) -> tuple[Plan, ...]:
    """`register_classes` of charities a person put in classes, several codes in a cell parted by `;`, and the accounts that stand beside them."""
    relation = f"""SELECT source_row, {id_sql(cell(found, "org_id"), "org_id")} AS org_id, scheme, trim(unnest(string_split(codes, ';'))) AS code
      FROM (SELECT *, unnest(['ukcat', 'icnptso']) AS scheme, unnest([{cell(found, "UKCAT")}, {cell(found, "ICNPTSO")}]) AS codes FROM raw)"""
    ends = cell(found, "fye")
    given = cell(found, "org_id")
    classes = Plan(
        (Field("organisation_id", "org_id", required=True), Field("scheme", "scheme"), Field("code", "code", required=True)),
        relation=relation,
        keep="coalesce(code, '') <> ''",
    )
    incomes = Plan(
        (
            Field("organisation_id", org_id_sql(given), required=True),
            Field("year_ends_on", day_sql(ends, "iso"), required=True),
            Field("income", found.amount("income", "income").sql),
            Field("spending", found.amount("spending", "spending").sql),
        ),
        keep=f"{org_id_sql(given)} IS NOT NULL AND {day_sql(ends, 'iso')} IS NOT NULL",
        table="register_incomes",
    )
    return (classes, incomes) if ends != NOTHING else (classes,)


def class_names_plan(found: Found) -> Plan:
    """`class_names` from a list of classes, its columns as the vocabulary `class-lists` tells of the card; headings without a code are of another kind."""
    term = next(term for term in found.vocabularies["class-lists"].terms if term["card"] == found.card.slug)
    codes = [cell(found, header) for header in term["code"]]
    code = f"coalesce({', '.join(codes)})"
    above = ", ".join(f"nullif({cell(found, header)}, {code})" for header in term["parent"])
    fields = (
        Field("scheme", quoted(str(term["scheme"]))),
        Field("code", code, str(term["code"][0]), code, "a code", "missing", required=True),
        found.text("name", str(term["name"]), required=True),
        Field("parent", f"coalesce({above}, NULL)" if above else NOTHING),
    )
    return Plan(fields)


def set_aside(found: Found) -> Plan:
    """No row of a file that holds nothing we may or can use yet: its card's title and note say why. Every row counts as of another kind."""
    del found
    return Plan((Field("organisation_id", NOTHING, required=True),), keep="false")


def _pair_plan(found: Found, term: dict[str, str]) -> Plan:
    one, other = cell(found, term["organisation"]), cell(found, term["other"]) if term["other"] else NOTHING
    other_id = id_sql(other, term["other_scheme"]) if term["other"] else NOTHING
    fields = (
        Field("organisation_id", id_sql(one, term["scheme"]), term["organisation"], one, "a number of its register", "malformed_identifier", required=True),
        Field("relation", quoted(term["relation"])),
        Field("other_id", other_id, term["other"], other, "a number of its register", "malformed_identifier"),
        Field("name", cell(found, term["name"]) if term["name"] else NOTHING),
        Field("other_name", cell(found, term["other_name"]) if term["other_name"] else NOTHING),
    )
    return Plan(fields, keep=f"{one} IS NOT NULL" if term["may_be_empty"] == "True" else "true")


def _numbered(found: Found, number: str, part: str) -> str:
    told, branch = cell(found, number), cell(found, part)
    tail = f"CASE WHEN coalesce(TRY_CAST({branch} AS INTEGER), 0) <> 0 THEN '-' || CAST({branch} AS INTEGER) ELSE '' END"
    return f"{id_sql(told, 'charity')} || {tail}"


def _day(found: Found, *headers: str) -> str:
    column = found.column(*headers)
    return day_sql(column, found.card.dates) if column else "CAST(NULL AS DATE)"
