"""The plans for grants in the 360Giving standard: its spreadsheet headings and its JSON."""

from opencompact.records.rules.payment_files import CHARITY_NUMBER, number_checks
from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, amount_sql, body_sql, day_sql
from opencompact.values.identifier import charity_org_id_sql, charity_state_sql, company_org_id_sql, company_state_sql, declared_org_id_sql, declared_state_sql
from opencompact.values.sql import quoted

EXPECTED_DAY = "a day as 2031-07-16 or 16/07/2031"


def grants_table_plan(found: Found) -> Plan:
    """Rows of `grant_lines` from a table with the standard's headings."""
    return _plan(
        found,
        grant_id=(found.column("Identifier"), "Identifier"),
        funder_id=(found.column("Funding Org:Identifier"), "Funding Org:Identifier"),
        funder_name=(found.column("Funding Org:Name"), "Funding Org:Name"),
        title=(found.column("Title"), "Title"),
        programme=(found.column("Grant Programme:Title"), "Grant Programme:Title"),
        awarded=(found.column("Award Date"), "Award Date"),
        amount=(found.column("Amount Awarded"), "Amount Awarded"),
        currency=(found.column("Currency"), "Currency"),
        starts=(found.column("Planned Dates:Start Date"), "Planned Dates:Start Date"),
        ends=(found.column("Planned Dates:End Date"), "Planned Dates:End Date"),
        months=(found.column("Planned Dates:Duration (months)"), "Planned Dates:Duration (months)"),
        recipient=(found.column("Recipient Org:Name"), "Recipient Org:Name"),
        postcode=(found.column("Recipient Org:Postal Code"), "Recipient Org:Postal Code"),
        company=(found.column("Recipient Org:Company Number"), "Recipient Org:Company Number"),
        charity=(found.column("Recipient Org:Charity Number"), "Recipient Org:Charity Number"),
        declared=(found.column("Recipient Org:Identifier"), "Recipient Org:Identifier"),
    )


def grants_json_plan(found: Found) -> Plan:
    """Rows of `grant_lines` from the standard's JSON, one record a grant; publishers' files stacked into one name organisations flat."""

    def at(path: str, *flat: str) -> tuple[str, str]:
        values = [f"nullif(trim(json_extract_string(json(record), {quoted('$.' + place)})), '')" for place in (path, *flat)]
        return f"coalesce({', '.join(values)})" if flat else values[0], path.replace("[0]", "")

    return _plan(
        found,
        grant_id=at("id"),
        funder_id=at("fundingOrganization[0].id", "FundingOrgIdentifier"),
        funder_name=at("fundingOrganization[0].name", "FundingOrgName"),
        title=at("title"),
        programme=at("grantProgramme[0].title"),
        awarded=at("awardDate"),
        amount=at("amountAwarded"),
        currency=at("currency"),
        starts=at("plannedDates[0].startDate", '"Project Start Date"'),
        ends=at("plannedDates[0].endDate", '"Project End Date"'),
        months=at("plannedDates[0].duration"),
        recipient=at("recipientOrganization[0].name", "RecipientOrgName"),
        postcode=at("recipientOrganization[0].postalCode"),
        company=at("recipientOrganization[0].companyNumber"),
        charity=at("recipientOrganization[0].charityNumber"),
        declared=at("recipientOrganization[0].id", "RecipientOrgIdentifier"),
    )


def _plan(found: Found, **given: tuple[str | None, str]) -> Plan:
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
        text("recipient_name", "recipient", required=True),
        Field("recipient_postcode", column("postcode")),
        Field("company_number", column("company")),
        Field("charity_number", column("charity")),
        Field("declared_id", column("declared")),
        Field("recipient_org_id", _first_by_scheme(ids)),
    )
    return Plan(fields, tuple(_checks(given, words)))


def _first_by_scheme(ids: list[str]) -> str:
    """Of several identifiers the one whose scheme comes first: GB-CHC, GB-SC, GB-NIC, GB-COH; any other last."""
    listed = f"list_filter([{', '.join(ids)}], lambda i: i IS NOT NULL)"
    rank = "CASE WHEN i LIKE 'GB-CHC-%' THEN '1' WHEN i LIKE 'GB-SC-%' THEN '2' WHEN i LIKE 'GB-NIC-%' THEN '3' WHEN i LIKE 'GB-COH-%' THEN '4' ELSE '5' END"
    return f"substr(list_min(list_transform({listed}, lambda i: {rank} || i)), 2)"


def _months_sql(published: str) -> str:
    """Months as published, else from the planned dates, rounded to whole months (a day short of a year counts as twelve)."""
    number = f"TRY_CAST(nullif(regexp_extract(CAST({published} AS VARCHAR), '^[0-9.]+'), '') AS DOUBLE)"
    return f"coalesce({number}, CASE WHEN starts_on <= ends_on THEN round(date_diff('day', starts_on, ends_on) / 30.4375) END)"


def _checks(given: dict[str, tuple[str | None, str]], words: tuple[str, ...]) -> list[Check]:
    checks = [
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
