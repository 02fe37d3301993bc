from datetime import date
from decimal import Decimal

import pytest
from tests.records.plans import found, run, table

from opencompact.records.rules.payment_files import payments_plan

SIX = ("Payment Date", "Amount", "Organisational Unit", "Beneficiary Name", "Company Number", "Charity Number")
EIGHT = ("Departmental Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier", "Transaction number", "Amount")
DAY = "2031-07-01"


def six(*rows, bodies=None):
    return run(payments_plan(found("cabinet-office-payments", SIX)), table(*rows), bodies=bodies)


def eight(*rows, bodies=None):
    return run(
        payments_plan(found("central-government-payments", EIGHT)),
        table(*[("SAM", entity, day, "", "", "Sample", "1", amount) for entity, day, amount in rows]),
        bodies=bodies,
    )


def test_line_has_what_the_file_gives():
    rows, problems = six((DAY, "12.50", "Sample Unit", "Sample Trust", "", "980011"))
    assert problems == []
    assert rows == [
        {
            "body": "cabinet-office",
            "unit": "Sample Unit",
            "paid_on": date(2031, 7, 1),
            "paid_in_month": "2031-07",
            "payee_name": "Sample Trust",
            "amount": Decimal("12.50"),
            "is_card": False,
            "charity_number": "980011",
            "payee_org_id": "GB-CHC-980011",
        }
    ]


def test_unit_that_is_a_body_of_its_own_is_the_body():
    rows, _ = six((DAY, "1", "Sample  AGENCY", "Sample", "", ""), (DAY, "1", "", "Sample", "", ""), bodies={"sample agency": "sample-agency"})
    assert [row["body"] for row in rows] == ["sample-agency", "cabinet-office"]


def test_body_that_nobody_knows_gets_a_slug_and_a_problem_where_the_card_has_none():
    rows, problems = eight(("Sample Agency for Boats", DAY, "1"), ("Sample Office", DAY, "1"), bodies={"sample office": "sample-office"})
    assert [row["body"] for row in rows] == ["sample-agency-for-boats", "sample-office"]
    assert problems == [(2, "Entity", "unknown_body", "kept")]


def test_row_without_its_body_is_refused_where_the_card_has_none():
    assert eight(("", DAY, "1"), ("Sample", DAY, "1"), bodies={"sample": "sample"})[1] == [(2, "Entity", "missing", "row_refused")]


def test_charity_number_goes_before_the_company_number():
    rows, problems = six((DAY, "1", "", "Sample", "9800022", "SCO98001"))
    assert [row["payee_org_id"] for row in rows] == ["GB-SC-SC098001"]
    assert problems == [(2, "Charity Number", "repaired_identifier", "repaired"), (2, "Company Number", "repaired_identifier", "repaired")]


def test_number_that_is_none_stays_as_published_and_is_told():
    rows, problems = six((DAY, "1", "", "Sample", "12", "31192R"))
    assert [(row["company_number"], row["charity_number"], row.get("payee_org_id")) for row in rows] == [("12", "31192R", None)]
    assert problems == [(2, "Charity Number", "malformed_identifier", "kept"), (2, "Company Number", "malformed_identifier", "kept")]


def test_words_for_nothing_are_no_problem_in_numbers_but_refuse_an_amount():
    rows, problems = six((DAY, "nil", "", "Sample", "N/A", "Not yet available"), (DAY, "2", "", "Sample", "N/A", "nil"))
    assert [row["amount"] for row in rows] == [2]
    assert problems == [(2, "Amount", "missing", "row_refused")]


def test_identifier_of_another_register_is_no_problem():
    assert six((DAY, "1", "", "Sample", "", "GB-GOR-D98"))[1] == []


@pytest.mark.parametrize(("day", "problem"), [("1997-12-31", True), ("1998-01-01", False), ("2100-01-01", False), ("2100-01-02", True)])
def test_day_out_of_living_memory_is_told(day, problem):
    rows, problems = six((day, "1", "", "Sample", "", ""))
    assert len(rows) == 1
    assert problems == [(2, "Payment Date", "implausible_day", "kept")] * problem


@pytest.mark.parametrize(
    ("slug", "header", "cells", "expected"),
    [("leeds-payments-2020", "Procurement Card", ("Yes", "no"), [True, False]), ("wakefield-payments", "P-Card Tran", ("GPC", "other"), [True, False])],
)
def test_card_payments_are_marked(slug, header, cells, expected):
    plan = payments_plan(found(slug, ("Payment Date", "Amount", "Supplier Name", header)))
    rows, _ = run(plan, table(*[(DAY, "1", "Sample", cell) for cell in cells]))
    assert [row["is_card"] for row in rows] == expected


def test_plan_tells_the_columns_it_used():
    file = found("central-government-payments", EIGHT)
    payments_plan(file)
    assert file.used == {"Entity", "Date", "Expense Type", "Supplier", "Transaction number", "Amount"}
