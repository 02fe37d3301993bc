"""The plan for registers of grant schemes: what each department gave under each scheme in a year, in pounds whatever the file counts in."""

import re

from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, amount_sql, body_sql, slug_sql, without_words
from opencompact.values.sql import quoted

_YEAR = re.compile(r"(20\d\d)[-/](\d\d)(?!\d)")
DEPARTMENT, SCHEME = ("Department", "Funding Org:Name"), ("Grants Description", "Grant Programme:Title")
METHOD, SECTOR, RECIPIENTS = ("Allocation Method", "Grant Category"), ("Recipient Sector", "End Recipient", "Recipient type"), ("No. of Recipients",)


def grant_schemes_plan(found: Found) -> Plan:
    """Rows of `grant_scheme_lines`. The year is the row's own, else that of the file's name; the unit of amounts is the header's own word."""
    department = found.column(*DEPARTMENT)
    amount_header = next((header for header in found.headers if re.match(r"(amount|value)\b", header.strip(), re.IGNORECASE)), "Amount")
    amount = without_words(found.column(amount_header) or NOTHING, found.missing_words)
    sector = _known(found, found.column(*SECTOR))
    fields = (
        Field("body", body_sql(department, otherwise=slug_sql(department or NOTHING)), found.header(*DEPARTMENT), expected="a department", required=True),
        Field("department", department or NOTHING),
        found.text("scheme", *SCHEME, required=True),
        Field("scheme_code", found.column("Grant Programme:Code") or NOTHING),
        Field("year", _year_sql(found), "Year", expected="a financial year, in a column or the file's name", required=True),
        Field("amount", amount_sql(amount, times=_times(found, amount_header)), amount_header, amount, "an amount as 1234.56", "not_an_amount", required=True),
        Field("recipients", _count_sql(_known(found, found.column(*RECIPIENTS))), found.header(*RECIPIENTS)),
        Field("recipient_sector", sector),
        Field("names_voluntary", f"regexp_matches(lower({sector}), {quoted(_voluntary(found))})"),
        Field("allocation_method", _known(found, found.column(*METHOD))),
    )
    return Plan(fields, tuple(_checks(found, amount_header)))


def _year_sql(found: Found) -> str:
    column = next((found.column(header) for header in found.headers if header.strip().casefold().startswith("year")), None)
    if column:
        return f"nullif(regexp_extract({column}, '20[0-9][0-9]-[0-9][0-9]'), '')"
    said = _YEAR.search(found.file_name.rsplit("/", 1)[-1])
    return quoted(f"{said[1]}-{said[2]}") if said else NOTHING


def _times(found: Found, header: str) -> int:
    terms = found.vocabularies["amount-scales"].terms
    return next((int(term["times"]) for term in terms if re.search(str(term["pattern"]), header, re.IGNORECASE)), 1)


def _known(found: Found, column: str | None) -> str:
    """The column without words that say nothing is known, blanks inside set right."""
    return f"regexp_replace({without_words(column, found.missing_words)}, '\\s+', ' ', 'g')" if column else NOTHING


def _count_sql(column: str) -> str:
    """A whole number; `50 - 100` and `multiple` are none."""
    return f"TRY_CAST(replace(regexp_extract({column}, '^[0-9,]+$'), ',', '') AS BIGINT)"


def _voluntary(found: Found) -> str:
    return "|".join(re.escape(str(term["word"])) for term in found.vocabularies["grant-scheme-sectors"].terms)


def _checks(found: Found, amount_header: str) -> list[Check]:
    given = _known(found, found.column(*RECIPIENTS))
    checks = [
        Check(
            "below_nought",
            amount_header,
            "amount < 0",
            "amount",
            "money given",
            "kept",
            "Kept as published: a tariff taken back, or a correction.",
            plain=True,
        )
    ]
    if given != NOTHING:
        where = f"{given} IS NOT NULL AND recipients IS NULL"
        fix = "Give the number itself; a range or a word is kept as missing."
        checks.append(Check("not_a_number", found.header(*RECIPIENTS), where, given, "a whole number", "value_missing", fix, plain=True))
    return checks
