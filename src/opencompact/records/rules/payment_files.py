"""The plan for tables of payments: which column is which, days, amounts and names as published, identifiers, and what is no payment."""

import re

from opencompact.records.rules import day_columns as days
from opencompact.records.rules import payment_rows as other_rows
from opencompact.records.rules.bodies_said import Said, said_body
from opencompact.records.rules.headers import header_key
from opencompact.records.rules.payment_columns import FIELDS, Columns, one_line, payment_columns
from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, amount_sql, with_named_body, without_words
from opencompact.values.identifier import OTHER_SCHEMES, charity_org_id_sql, charity_state_sql, company_org_id_sql, company_state_sql
from opencompact.values.sql import quoted

CHARITY_NUMBER = "a charity number: 6 digits from 200000, 7 digits beginning with 1, SC and 6 digits, or NIC and 6 digits"


def payments_plan(found: Found) -> Plan:
    """Rows of `payment_lines`; the body is the unit where that is a body of its own, else the card's, else what a column or the file itself says."""
    columns = payment_columns(found)
    said = None if found.body or columns.sql("body") else said_body(found)
    day, times = _days(columns), _times(columns)
    relation, shift = other_rows.relation(columns)
    if said_by := columns.sql("unit" if found.body else "body"):
        relation = with_named_body(relation, said_by)
    payee, code = other_rows.payee_and_code(columns)
    fields = (
        *_bodies(columns, said),
        *_paid(columns, day),
        Field("payee_name", one_line(payee)),
        _amount(columns, "amount", times=times, required=True),
        _amount(columns, "vat", times=times),
        _effective(columns, day),
        Field("transaction_ref", columns.sql("transaction_ref") or NOTHING),
        Field("payee_code", code),
        Field("purpose", one_line(columns.sql("purpose"))),
        Field("is_card", _card_sql(columns)),
        *_identifiers(columns),
    )
    values = (*_identifier_checks(columns), *_day_checks(columns, day), *_value_checks(columns))
    checks = (*_body_checks(columns, said), *values, *shift, *other_rows.checks(columns))
    _say(columns, said, day)
    return Plan(fields, checks, relation, by_row=not shift)


def _bodies(columns: Columns, said: Said | None) -> tuple[Field, Field]:
    unit, payer = columns.sql("unit"), columns.sql("body")
    if columns.found.body:
        own = quoted(columns.found.body)
        sql, header = f"coalesce(named_body.known, {own})" if unit else own, columns.header("unit")
    elif payer:
        sql, header = "named_body.slug", columns.header("body")
    else:
        sql, header = quoted(said.body if said else ""), "the file's name"
    return Field("body", sql, header, expected="the body's name", required=True), Field("unit", one_line(unit or payer))


def _body_checks(columns: Columns, said: Said | None) -> list[Check]:
    payer, fix = columns.sql("body"), "Add the name to the vocabulary body-names."
    if columns.found.body or (said and said.is_known):
        return []
    if said:
        fix = "Name the body in a column or title, or add the name to the vocabulary body-files."
        return [Check("unknown_body", "the file's name", "true", quoted(said.written), "the body's name", "kept", fix, plain=True, once=True)]
    unknown = f"{payer} IS NOT NULL AND named_body.known IS NULL"
    expected = "a body of a register or of the vocabulary body-names"
    return [Check("unknown_body", columns.header("body"), unknown, payer or NOTHING, expected, "kept", fix, once=True)]


def _days(columns: Columns) -> days.Days:
    found = columns.found
    styles = found.vocabularies["date-styles"].terms
    return days.read_days(columns.values("paid_on"), otherwise=found.card.dates, terms=styles)


def _paid(columns: Columns, day: days.Days) -> tuple[Field, Field]:
    column = columns.sql("paid_on")
    if not column:
        return Field("paid_on", days.DAY_TYPE), Field("paid_in_month", NOTHING)
    found = columns.found
    file_month = days.month_said([found.file_name, *found.titles]) if any(text.startswith("#") for text in columns.values("paid_on")) else ""
    raw = f"CASE WHEN paid_on IS NULL AND regexp_matches({column}, {quoted(days.LIKE_A_DAY)}) THEN {column} END"
    return (
        Field("paid_on", days.day_sql(column, day), columns.header("paid_on"), raw, "a day of the calendar, as 2031-07-16 or 16/07/2031", "no_such_date"),
        Field("paid_in_month", days.month_sql(column, day, paid_on="paid_on", file_month=file_month)),
    )


def _effective(columns: Columns, day: days.Days) -> Field:
    column = columns.sql("effective_on")
    if not column:
        paid = columns.sql("paid_on")
        return Field("effective_on", days.last_of_span_sql(paid, day) if paid else days.DAY_TYPE)
    style = days.read_days(columns.values("effective_on"), otherwise=columns.found.card.dates, terms=columns.found.vocabularies["date-styles"].terms)
    return Field("effective_on", days.day_sql(column, style), columns.header("effective_on"), column, "a day of the calendar", "no_such_date")


def _day_checks(columns: Columns, day: days.Days) -> list[Check]:
    header, column = columns.header("paid_on"), columns.sql("paid_on")
    if not column:
        return []
    word = without_words(column, columns.found.missing_words)
    odd = f"{word} IS NOT NULL AND NOT regexp_matches({column}, {quoted(days.LIKE_A_DAY)}) AND NOT {days.is_lost_sql(column)}"
    span = days.last_of_span_sql(column, day)
    a_day = "a day between 1998 and 2099"
    checks = [
        ("implausible_day", "paid_on < DATE '1998-01-01' OR paid_on > DATE '2100-01-01'", "paid_on", a_day, "kept", "Correct the year."),
        (
            "date_lost",
            _where("paid_on IS NULL", days.is_lost_sql(column)),
            "'######'",
            "the day itself",
            "value_missing",
            "Widen the column before the file is saved or printed.",
        ),
        ("missing", _where("paid_in_month IS NULL", f"{word} IS NULL"), "'(empty)'", "the day of payment", "value_missing", "Fill it in."),
        (
            "no_such_date",
            _where("paid_in_month IS NULL", f"{odd} AND {span} IS NULL"),
            column,
            "a day of payment",
            "row_refused",
            "Check that each value stands under its own header.",
        ),
    ]
    if days.is_serial_sql(column, day) != "false":
        checks.append(("excel_day_number", days.is_serial_sql(column, day), column, "a day", "repaired", "Format the column as dates before saving."))
    if day.other:
        checks.append(("ambiguous_day", days.is_ambiguous_sql(column, day), column, "days written one way in one column", "kept", "Write all days one way."))
    return [
        Check(kind, header, where, shown, expected, consequence, fix, plain=shown != column)  # type: ignore[arg-type]  # one of the four words
        for kind, where, shown, expected, consequence, fix in checks
    ]


def _where(seldom: str, test: str) -> str:
    """Both: a CASE spares most rows the second, which AND would make for all of them."""
    return f"CASE WHEN {seldom} THEN {test} END"


def _value_checks(columns: Columns) -> list[Check]:
    payee, amount, fix = columns.sql("payee_name"), columns.sql("amount"), "Widen the column before the file is saved or printed."
    checks = []
    if payee:
        told = (f"{payee} IS NULL", "'(empty)'", "the name of a payee", "value_missing", "Fill it in.")
        checks.append(Check("missing", columns.header("payee_name"), *told, plain=True))  # type: ignore[arg-type]  # one of the four words
    if amount and any(text.startswith("#") for text in columns.values("amount")):
        checks.append(
            Check("amount_lost", columns.header("amount"), days.is_lost_sql(amount), "'######'", "an amount", "row_refused", fix, plain=True, alone=True)
        )
    return checks


def _times(columns: Columns) -> int:
    """1,000 or 1,000,000 where the header of the amounts or a title above it says so."""
    for text in (columns.header("amount"), *columns.found.titles):
        for term in columns.found.vocabularies["amount-scales"].terms:
            if re.search(str(term["pattern"]), text, re.IGNORECASE):
                columns.found.said.append(f"Amounts are in {'thousands' if term['times'] == 1000 else 'millions'} of pounds, as {text!r} says.")
                return int(term["times"])
    return 1


def _amount(columns: Columns, field: str, *, times: int, required: bool = False) -> Field:
    column, words = columns.sql(field), columns.found.missing_words
    if not column:
        return Field(field, "CAST(NULL AS DECIMAL(18,2))", columns.header(field), NOTHING, "an amount as 1234.56", "not_an_amount", required)
    raw = without_words(column, words)
    if any(text.startswith("#") for text in columns.values(field)):
        raw = f"nullif(regexp_replace({raw}, '^#+$', ''), '')"  # lost, and told as such
    raw = f"CASE WHEN {field} IS NULL THEN {raw} END"
    return Field(field, amount_sql(column, times=times, words=words), columns.header(field), raw, "an amount as 1234.56", "not_an_amount", required)


def _card_sql(columns: Columns) -> str:
    column, header = columns.sql("is_card"), header_key(columns.header("is_card"))
    if not column:
        return "false"
    terms = columns.found.vocabularies["payment-headers"].terms
    yes = next((str(term["says"]) for term in terms if term["field"] == "is_card" and header_key(str(term["header"])) == header), "yes")
    return f"lower({column}) = {quoted(yes)}"


def _identifiers(columns: Columns) -> tuple[Field, ...]:
    company, charity, words = columns.sql("company_number"), columns.sql("charity_number"), columns.found.missing_words
    given = [charity_org_id_sql(charity, words)] if charity else []
    given += [company_org_id_sql(company, words)] if company else []
    return (
        Field("company_number", company or NOTHING),
        Field("charity_number", charity or NOTHING),
        Field("payee_org_id", f"coalesce({', '.join(given)})" if given else NOTHING),
    )


def _identifier_checks(columns: Columns) -> list[Check]:
    company, charity, words = columns.sql("company_number"), columns.sql("charity_number"), columns.found.missing_words
    checks = number_checks(charity, charity_state_sql(charity, words), columns.header("charity_number"), CHARITY_NUMBER) if charity else []
    return checks + (number_checks(company, company_state_sql(company, words), columns.header("company_number"), _COMPANY_NUMBER) if company else [])


def number_checks(column: str, state: str, header: str, expected: str) -> list[Check]:
    """A problem for each number that was repaired, and for each that could not be; identifiers of other schemes are neither."""
    fix = "Give the number as the register writes it."
    return [
        Check("repaired_identifier", header, f"{state} = 'repaired'", column, expected, "repaired", fix),
        Check("malformed_identifier", header, f"{state} = 'malformed' AND NOT regexp_matches({column}, '{OTHER_SCHEMES}')", column, expected, "kept", fix),
    ]


def _say(columns: Columns, said: Said | None, day: days.Days) -> None:
    tell = columns.found.said.append
    for place in sorted({column.place for column in columns.taken.values()}):
        of = [column for column in columns.taken.values() if column.place == place]
        fields = " and the ".join(FIELDS[column.field] for column in of)
        tell(f"{of[0].named[:1].upper()}{of[0].named[1:]} was taken for the {fields}: {of[0].because}.")
    if day.said:
        tell(f"{day.said[:1].upper()}{day.said[1:]}.")
    if said:
        tell(f"The body is {said.body}, after {said.where} {said.written!r}" + ("." if said.is_known else ", which no vocabulary knows."))


_COMPANY_NUMBER = "a company number of 8 characters"
