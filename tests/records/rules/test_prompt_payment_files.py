from datetime import date
from decimal import Decimal

from tests.records.plans import found, run, table

from opencompact.records.rules.prompt_payment_files import prompt_payments_plan

HEADERS = ("OrganisationLabel", "EffectiveDate", "FinancialYear", "ProportionPaidOnTime", "InterestPaid", "LiableInterest", "NumberNotPaidOnTime")


def read(*rows, body=""):
    return run(prompt_payments_plan(found("prompt-payments", HEADERS, body=body)), table(*rows), bodies={"sample council": "sample-council"})


def test_figures_stay_as_published_and_shares_are_of_one():
    rows, problems = read(("Sample Council", "2031-03-31", "2030/31", "91.43", "0", "1,000.5", "2,891"))
    assert problems == []
    assert rows == [
        {
            "body": "sample-council",
            "financial_year": "2030/31",
            "ends_on": date(2031, 3, 31),
            "paid_on_time": 0.9143,
            "late_invoices": 2891,
            "interest_paid": Decimal("0.00"),
            "interest_owed": Decimal("1000.50"),
        }
    ]


def test_share_over_a_hundred_and_a_count_that_is_none_are_missing_and_told():
    rows, problems = read(("Sample Council", "2031-03-31", "2030/31", "194.98", "nil", "", "lots"))
    assert [(row.get("paid_on_time"), row.get("late_invoices"), row.get("interest_paid")) for row in rows] == [(None, None, None)]
    assert problems == [(2, "NumberNotPaidOnTime", "not_a_number", "value_missing"), (2, "ProportionPaidOnTime", "not_a_number", "value_missing")]


def test_body_nobody_knows_is_told_unless_the_files_body_is_known():
    row = ("Sample Parish", "2031-03-31", "2030/31", "50", "0", "0", "1")
    assert [problem[2] for problem in read(row)[1]] == ["unknown_body"]
    rows, problems = read(row, body="sample-body")
    assert (rows[0]["body"], problems) == ("sample-body", [])
