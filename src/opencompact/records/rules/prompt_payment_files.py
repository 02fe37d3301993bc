"""The plan for tables of prompt payment: shares, counts and interest as the body published them."""

from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, body_sql, slug_sql, without_words
from opencompact.values.sql import quoted

PAYER, SHARE, LATE = "OrganisationLabel", "ProportionPaidOnTime", "NumberNotPaidOnTime"


def prompt_payments_plan(found: Found) -> Plan:
    """Rows of `prompt_payments`: the share is published in hundredths, and read as a share from 0 to 1."""
    payer = found.column(PAYER)
    other = quoted(found.body) if found.body else slug_sql(payer or NOTHING)
    share, late = (without_words(found.column(header) or NOTHING, found.missing_words) for header in (SHARE, LATE))
    fields = (
        Field("body", body_sql(payer, otherwise=other), PAYER, expected="the body's name", required=True),
        found.text("financial_year", "FinancialYear"),
        found.day("ends_on", "EffectiveDate"),
        Field(
            "paid_on_time",
            f"CASE WHEN TRY_CAST({share} AS DOUBLE) BETWEEN 0 AND 100 THEN round(TRY_CAST({share} AS DOUBLE) / 100, 6) END",
            SHARE,
            share,
            _SHARE,
            _ODD,
        ),
        Field("late_invoices", f"TRY_CAST(replace({late}, ',', '') AS BIGINT)", LATE, late, "a count of invoices", "not_a_number"),
        found.amount("interest_paid", "InterestPaid"),
        found.amount("interest_owed", "LiableInterest"),
    )
    unknown = f"{payer} IS NOT NULL AND {body_sql(payer, otherwise='NULL')} IS NULL" if not found.body else "false"
    fix = "Add the name to the vocabulary body-names."
    return Plan(fields, (Check("unknown_body", PAYER, unknown, payer or NOTHING, "a body of a register or of body-names", "kept", fix),))


_SHARE, _ODD = "a number from 0 to 100", "not_a_number"
