"""The plan for the companies register's free file: names now and before of the companies that may be of the sector, and the names of all others."""

from opencompact.records.rules.plan import Field, Found, Plan
from opencompact.records.rules.register_ids import cell
from opencompact.values.identifier import company_org_id_sql
from opencompact.values.sql import quoted

FORMER_NAMES = range(1, 11)


def companies_plan(found: Found) -> tuple[Plan, ...]:
    """`register_names` now and before, `register_classes` of trade; of categories the vocabulary `company-categories` leaves out, `company_names` alone.

    The file gives the day each former name was given up; it was taken up on the day the one before it was, else when the company began.
    Of ordinary companies the present name is all that is kept: there are five million, and names once given up are taken by others.
    """
    number, category = cell(found, "CompanyNumber"), cell(found, "CompanyCategory")
    org_id, wanted = company_org_id_sql(number), _wanted(found, category)
    began, ended = found.day("registered_on", "IncorporationDate"), found.day("removed_on", "DissolutionDate")
    identity = (
        Field("organisation_id", org_id, "CompanyNumber", number, "a company number", "malformed_identifier", required=True),
        found.text("name", "CompanyName", required=True),
    )
    status = found.text("status", "CompanyStatus")
    fields = (
        *identity,
        Field("name_kind", "'main'"),
        Field("from_on", found.day("from_on", "PreviousName_1.CONDATE").sql),
        Field("register", "'companies-house'"),
        Field("kind", _kind(found, category)),
        status,
        began,
        ended,
        Field("postcode", cell(found, "RegAddress.PostCode")),
    )
    others = Plan((*identity, status, began, ended), keep=f"NOT coalesce({wanted}, false)", table="company_names", is_told=True)
    return Plan(fields, keep=wanted), _former_names(found, org_id, wanted), _trades(found, org_id, wanted), others


def _former_names(found: Found, org_id: str, wanted: str) -> Plan:
    names = ", ".join(
        f"{{'name': {cell(found, f'PreviousName_{place}.CompanyName')}, 'to_on': {found.day('to_on', f'PreviousName_{place}.CONDATE').sql}, "
        f"'from_on': {found.day('from_on', f'PreviousName_{place + 1}.CONDATE').sql}}}"
        for place in FORMER_NAMES
    )
    began = found.day("registered_on", "IncorporationDate").sql
    relation = f"""SELECT source_row, org_id, began, former.name AS name, former.from_on AS from_on, former.to_on AS to_on
      FROM (SELECT source_row, {org_id} AS org_id, {began} AS began, unnest([{names}]) AS former FROM raw WHERE {wanted})"""
    fields = (
        Field("organisation_id", "org_id", required=True),
        Field("name", "name", required=True),
        Field("name_kind", "'former'"),
        Field("from_on", "coalesce(from_on, began)"),
        Field("to_on", "to_on"),
        Field("register", "'companies-house'"),
    )
    return Plan(fields, relation=relation, keep="name IS NOT NULL AND org_id IS NOT NULL", table="register_names")


def _trades(found: Found, org_id: str, wanted: str) -> Plan:
    listed = ", ".join(cell(found, f"SICCode.SicText_{place}") for place in range(1, 5))
    relation = f"SELECT source_row, {org_id} AS org_id, unnest([{listed}]) AS trade FROM raw WHERE {wanted}"
    fields = (
        Field("organisation_id", "org_id", required=True),
        Field("scheme", "'sic2007'"),
        Field("code", "regexp_extract(trade, '^([0-9]{4,5})', 1)", required=True),
        Field("label", "nullif(regexp_extract(trade, '^[0-9]+ - (.*)$', 1), '')"),
    )
    return Plan(fields, relation=relation, keep="org_id IS NOT NULL AND regexp_matches(trade, '^[0-9]{4,5}')", table="register_classes")


def _wanted(found: Found, category: str) -> str:
    words = ", ".join(quoted(str(term["category"]).casefold()) for term in found.vocabularies["company-categories"].terms)
    return f"lower({category}) IN ({words})"


def _kind(found: Found, category: str) -> str:
    terms = [term for term in found.vocabularies["company-categories"].terms if term["kind"]]
    whens = " ".join(f"WHEN {quoted(str(term['category']).casefold())} THEN {quoted(str(term['kind']))}" for term in terms)
    return f"CASE lower({category}) {whens} END"
