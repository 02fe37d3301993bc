"""The plan for tables of payments: header synonyms, identifiers, and what cannot be right."""

from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, body_sql, slug_sql
from opencompact.values.identifier import OTHER_SCHEMES, charity_org_id_sql, charity_state_sql, company_org_id_sql, company_state_sql
from opencompact.values.sql import quoted

DATES = ("Payment Date", "Date paid", "Date")
PAYEES = ("Beneficiary Name", "Supplier Name", "Supplier")
AMOUNTS = ("Net Amount", "Amount")
UNITS = ("Organisational Unit", "Entity", "Body name", "Organisation Label", "Directorate")
CHARITY_NUMBER = "a charity number: 6 digits from 200000, 7 digits beginning with 1, SC and 6 digits, or NIC and 6 digits"
COMPANIES = ("Company Number", "Company Registration", "Company Registraation Number", "Company Registration Number")
CHARITIES = ("Charity Number", "Charity Registration", "Charity Registration Number")


def payments_plan(found: Found) -> Plan:
    """Rows of `payment_lines`; the body is the unit where that is a body of its own, else the card's, else a slug of the unit's name."""
    unit = found.column(*UNITS)
    company, charity = found.column(*COMPANIES), found.column(*CHARITIES)
    paid_on = found.day("paid_on", *DATES, required=True)
    other = quoted(found.body) if found.body else slug_sql(unit or NOTHING)
    fields = (
        Field("body", body_sql(unit, otherwise=other), found.header(*UNITS), expected="the body's name", required=True),
        Field("unit", unit or NOTHING),
        paid_on,
        Field("paid_in_month", f"strftime({paid_on.sql}, '%Y-%m')"),
        found.text("payee_name", *PAYEES),
        found.amount("amount", *AMOUNTS, required=True),
        found.amount("vat", "Irrecoverable VAT", "Irrecoverable VAT Amount"),
        found.day("effective_on", "Effective Date"),
        found.text("transaction_ref", "Transaction Number", "Transaction No", "TransNo"),
        found.text("purpose", "Purpose of Spend", "Expense Type", "Detailed expenses type", "Purpose"),
        Field("is_card", _card_sql(found)),
        Field("company_number", company or NOTHING),
        Field("charity_number", charity or NOTHING),
        Field("payee_org_id", _org_id_sql(company, charity, found.missing_words)),
    )
    checks = (*_body_checks(found, unit), *_identifier_checks(found, company, charity), *_day_checks(found))
    return Plan(fields, checks)


def _body_checks(found: Found, unit: str | None) -> list[Check]:
    if found.body or not unit:
        return []
    unknown = f"{unit} IS NOT NULL AND {body_sql(unit, otherwise='NULL')} IS NULL"
    return [
        Check(
            "unknown_body",
            found.header(*UNITS),
            unknown,
            unit,
            "a body of a register or of the vocabulary body-names",
            "kept",
            "Add the name to the vocabulary body-names.",
        )
    ]


def _card_sql(found: Found) -> str:
    for header, yes in (("Procurement Card", "yes"), ("P-Card Tran", "gpc")):
        column = found.column(header)
        if column:
            return f"lower({column}) = {quoted(yes)}"
    return "false"


def _org_id_sql(company: str | None, charity: str | None, words: tuple[str, ...]) -> str:
    given = [charity_org_id_sql(charity, words)] if charity else []
    given += [company_org_id_sql(company, words)] if company else []
    return f"coalesce({', '.join(given)})" if given else NOTHING


def _identifier_checks(found: Found, company: str | None, charity: str | None) -> list[Check]:
    checks = []
    if charity:
        checks += number_checks(charity, charity_state_sql(charity, found.missing_words), found.header(*CHARITIES), CHARITY_NUMBER)
    if company:
        checks += number_checks(company, company_state_sql(company, found.missing_words), found.header(*COMPANIES), "a company number of 8 characters")
    return checks


def number_checks(column: str, state: str, header: str, expected: str) -> list[Check]:
    """A problem for each number that was repaired, and for each that could not be; identifiers of other schemes are neither."""
    fix = "Give the number as the register writes it."
    return [
        Check("repaired_identifier", header, f"{state} = 'repaired'", column, expected, "repaired", fix),
        Check("malformed_identifier", header, f"{state} = 'malformed' AND NOT regexp_matches({column}, '{OTHER_SCHEMES}')", column, expected, "kept", fix),
    ]


def _day_checks(found: Found) -> list[Check]:
    header = found.header(*DATES)
    return [
        Check(
            "implausible_day",
            header,
            "paid_on < DATE '1998-01-01' OR paid_on > DATE '2100-01-01'",
            "paid_on",
            "a day between 1998 and 2099",
            "kept",
            "Correct the year.",
            plain=True,
        )
    ]
