"""The plans for grants in the 360Giving standard: its spreadsheet headings and its JSON."""

import json
from collections.abc import Mapping
from dataclasses import replace

from opencompact.records.rules.grant_headings import heading_key
from opencompact.records.rules.payment_files import CHARITY_NUMBER, number_checks
from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, amount_sql, body_sql, day_sql
from opencompact.values.identifier import charity_org_id_sql, charity_state_sql, company_org_id_sql, company_state_sql, declared_org_id_sql, declared_state_sql
from opencompact.values.sql import quoted

EXPECTED_DAY = "a day as 2031-07-16 or 16/07/2031"


# Where each thing a line holds stands in the standard's JSON.
PATHS = {
    "grant_id": "id",
    "funder_id": "fundingOrganization/0/id",
    "funder_name": "fundingOrganization/0/name",
    "second_funder": "fundingOrganization/1/id",
    "third_funder": "fundingOrganization/2/id",
    "title": "title",
    "programme": "grantProgramme/0/title",
    "awarded": "awardDate",
    "amount": "amountAwarded",
    "currency": "currency",
    "starts": "plannedDates/0/startDate",
    "ends": "plannedDates/0/endDate",
    "months": "plannedDates/0/duration",
    "recipient": "recipientOrganization/0/name",
    "postcode": "recipientOrganization/0/postalCode",
    "company": "recipientOrganization/0/companyNumber",
    "charity": "recipientOrganization/0/charityNumber",
    "declared": "recipientOrganization/0/id",
    "person": "recipientIndividual/id",
    "person_name": "recipientIndividual/name",
}
_STRUCTURE = (
    '{"id":"VARCHAR","title":"VARCHAR","awardDate":"VARCHAR","amountAwarded":"VARCHAR","currency":"VARCHAR",'
    '"fundingOrganization":[{"id":"VARCHAR","name":"VARCHAR"}],"grantProgramme":[{"title":"VARCHAR"}],'
    '"plannedDates":[{"startDate":"VARCHAR","endDate":"VARCHAR","duration":"VARCHAR"}],'
    '"recipientOrganization":[{"id":"VARCHAR","name":"VARCHAR","charityNumber":"VARCHAR","companyNumber":"VARCHAR","postalCode":"VARCHAR"}],'
    '"recipientIndividual":{"id":"VARCHAR","name":"VARCHAR"}'
)


def grants_table_plan(found: Found) -> Plan:
    """Rows of `grant_lines` from a table with headings of the standard, in any way of flattening, or that publishers are known to write."""
    headings = _headings(found)
    given: dict[str, tuple[str | None, str]] = {}
    for name, path in PATHS.items():
        header = next((header for header in found.headers if heading_key(header) in headings[path]), None)
        given[name] = (None, headings[path][-1]) if header is None else (found.column(header), header)
    named = [f"({given[name][0]} IS NOT NULL)::BIGINT" for name in ("funder_id", "second_funder", "third_funder") if given[name][0]]
    return _plan(found, given, funders=" + ".join(named) or "CAST(NULL AS BIGINT)")


def grants_json_plan(found: Found) -> Plan:
    """Rows of `grant_lines` from the standard's JSON, one record a grant; publishers' files stacked into one name organisations flat."""
    known = {path.split("/")[0].casefold() for path in PATHS.values()}
    flat = {path: [name for name in _own_headings(found, path) if ":" not in name and name.casefold() not in known] for path in PATHS.values()}
    others = "".join(f',{json.dumps(heading)}:"VARCHAR"' for headings in flat.values() for heading in headings)
    relation = f"SELECT source_row, unnest(json_transform(record, {quoted(_STRUCTURE + others + '}')})) FROM raw"

    def at(path: str) -> str:
        values = [_place_sql(path), *(f'"{heading}"' for heading in flat[path])]
        told = [f"nullif(trim({value}), '')" for value in values]
        return f"coalesce({', '.join(told)})"

    given = {name: (at(path), path.replace("/0/", ".").replace("/", ".")) for name, path in PATHS.items()}
    return replace(_plan(found, given, funders=f"coalesce(len(fundingOrganization), ({given['funder_id'][0]} IS NOT NULL)::BIGINT)"), relation=relation)


def _headings(found: Found) -> dict[str, list[str]]:
    """Of each path the keys of headings it goes by; the one the standard has, as written, last."""
    own = {path: _own_headings(found, path) or [path] for path in PATHS.values()}
    return {path: [heading_key(path), *map(heading_key, headings), headings[0]] for path, headings in own.items()}


def _own_headings(found: Found, path: str) -> list[str]:
    return [str(term["heading"]) for term in found.vocabularies["grant-headings"].terms if term["path"] == path]


def _place_sql(path: str) -> str:
    """`plannedDates/0/startDate` as DuckDB reads it, where lists begin with 1."""
    first, *rest = path.split("/")
    return f'"{first}"' + "".join(f"[{int(step) + 1}]" if step.isdigit() else f'."{step}"' for step in rest)


def _plan(found: Found, given: Mapping[str, tuple[str | None, str]], *, funders: str) -> Plan:
    words = found.missing_words

    def column(name: str) -> str:
        return given[name][0] or NOTHING

    def text(name: str, part: str, *, required: bool = False) -> Field:
        return Field(name, column(part), given[part][1], column(part), "some text", "missing", required)

    def day(name: str, part: str, *, required: bool = False) -> Field:
        return Field(
            name,
            day_sql(column(part), "day_first") if given[part][0] else "CAST(NULL AS DATE)",
            given[part][1],
            column(part),
            EXPECTED_DAY,
            "no_such_date",
            required,
        )

    ids = [
        declared_org_id_sql(given["declared"][0], words) if given["declared"][0] else NOTHING,
        charity_org_id_sql(given["charity"][0], words) if given["charity"][0] else NOTHING,
        company_org_id_sql(given["company"][0], words) if given["company"][0] else NOTHING,
    ]
    fields = (
        text("grant_id", "grant_id", required=True),
        Field(
            "body",
            body_sql(given["funder_id"][0], otherwise=body_sql(given["funder_name"][0], otherwise=column("funder_id"))),
            given["funder_id"][1],
            expected="the funder's identifier",
            required=True,
        ),
        text("funder_name", "funder_name"),
        text("title", "title"),
        text("programme", "programme"),
        day("awarded_on", "awarded", required=True),
        Field("amount", amount_sql(column("amount")), given["amount"][1], column("amount"), "an amount as 1234.56", "not_an_amount", required=True),
        day("starts_on", "starts"),
        day("ends_on", "ends"),
        Field("months", _months_sql(column("months"))),
        text("currency", "currency"),
        Field("funders", f"nullif({funders}, 0)"),
        Field("recipient_kind", f"CASE WHEN coalesce({column('person')}, {column('person_name')}) IS NULL THEN 'organisation' ELSE 'individual' END"),
        Field("recipient_name", f"CASE WHEN recipient_kind = 'organisation' THEN {column('recipient')} END"),  # a person's is never kept
        Field("recipient_postcode", column("postcode")),
        Field("company_number", column("company")),
        Field("charity_number", column("charity")),
        Field("declared_id", column("declared")),
        Field("recipient_org_id", _first_by_scheme(ids)),
    )
    return Plan(fields, tuple(_checks(given, words)), by_row=True)


def _first_by_scheme(ids: list[str]) -> str:
    """Of several identifiers the one whose scheme comes first: GB-CHC, GB-SC, GB-NIC, GB-COH; any other last."""
    listed = f"list_filter([{', '.join(ids)}], lambda i: i IS NOT NULL)"
    rank = "CASE WHEN i LIKE 'GB-CHC-%' THEN '1' WHEN i LIKE 'GB-SC-%' THEN '2' WHEN i LIKE 'GB-NIC-%' THEN '3' WHEN i LIKE 'GB-COH-%' THEN '4' ELSE '5' END"
    return f"substr(list_min(list_transform({listed}, lambda i: {rank} || i)), 2)"


def _months_sql(published: str) -> str:
    """Months as published, else from the planned dates, rounded to whole months (a day short of a year counts as twelve)."""
    number = f"TRY_CAST(nullif(regexp_extract(CAST({published} AS VARCHAR), '^[0-9.]+'), '') AS DOUBLE)"
    return f"coalesce({number}, CASE WHEN starts_on <= ends_on THEN round(date_diff('day', starts_on, ends_on) / 30.4375) END)"


def _checks(given: Mapping[str, tuple[str | None, str]], words: tuple[str, ...]) -> list[Check]:
    checks = [
        Check(
            "missing",
            given["recipient"][1],
            "recipient_kind = 'organisation' AND recipient_name IS NULL",
            "'(empty)'",
            "some text",
            "row_refused",
            "Fill it in.",
            plain=True,
        ),
        Check(
            "nought_or_less",
            given["amount"][1],
            "amount <= 0",
            "amount",
            "an amount above nought",
            "kept",
            "Give the amount awarded, or leave withdrawn grants out.",
            plain=True,
        ),
        Check(
            "not_in_pounds",
            given["currency"][1],
            "upper(currency) <> 'GBP'",
            "currency",
            "GBP",
            "row_refused",
            "Amounts in other currencies are not added to pounds.",
        ),
        Check(
            "implausible_day",
            given["awarded"][1],
            "awarded_on NOT BETWEEN DATE '1990-01-01' AND DATE '2100-01-01'",
            "awarded_on",
            "a day between 1990 and 2099",
            "kept",
            "Correct the year.",
            plain=True,
        ),
        Check(
            "ends_before_it_starts",
            given["ends"][1],
            "ends_on < starts_on",
            "ends_on",
            "a day after the start",
            "kept",
            "Correct one of the two days.",
            plain=True,
        ),
    ]
    for part, state, expected in (
        ("charity", charity_state_sql, CHARITY_NUMBER),
        ("company", company_state_sql, "a company number of 8 characters"),
        ("declared", declared_state_sql, "an identifier in org-id form, as GB-CHC-1234567"),
    ):
        column, header = given[part]
        if column:
            checks += number_checks(column, state(column, words), header, expected)
    return checks
