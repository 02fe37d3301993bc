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


def read(headers, *rows, slug="council-payments", body="", titles=(), name="x/y.csv", bodies=None):
    file = found(slug, headers, body=body)
    raw = table(*rows)
    file.values = lambda place: list(dict.fromkeys(raw.column(place + 1).to_pylist()))
    file.file_name, file.titles = name, titles
    kept, problems = run(payments_plan(file), raw, bodies=bodies)
    return kept, problems, file


THREE = ("Date", "Supplier", "Amount")


def test_day_that_never_was_leaves_its_month_and_the_row():
    rows, problems, _ = read(THREE, ("2031-06-31", "Sample", "1"), body="sample-body")
    assert [(row.get("paid_on"), row["paid_in_month"]) for row in rows] == [(None, "2031-06")]
    assert problems == [(2, "Date", "no_such_date", "value_missing")]


def test_days_lost_as_hashes_take_the_month_of_the_files_name():
    rows, problems, _ = read(THREE, ("######", "Sample", "1"), body="sample-body", name="x/2031-04.csv")
    assert [(row.get("paid_on"), row["paid_in_month"]) for row in rows] == [(None, "2031-04")]
    assert problems == [(2, "Date", "date_lost", "value_missing")]


def test_day_lost_where_the_name_gives_no_year_has_no_month():
    rows, _, _ = read(THREE, ("######", "Sample", "1"), body="sample-body", name="x/SAM 01 - April.csv")
    assert "paid_in_month" not in rows[0]


def test_row_without_a_day_or_payee_counts_and_one_with_another_value_for_its_day_does_not():
    rows, problems, _ = read(THREE, ("", "Sample", "1"), ("nil", "", "2"), ("Sample", "x", "3"), body="sample-body")
    assert [row["amount"] for row in rows] == [1, 2]
    assert problems == [
        (2, "Date", "missing", "value_missing"),
        (3, "Date", "missing", "value_missing"),
        (3, "Supplier", "missing", "value_missing"),
        (4, "Date", "no_such_date", "row_refused"),
    ]


def test_amount_lost_as_hashes_refuses_the_row_and_is_told_once():
    rows, problems, _ = read(THREE, (DAY, "Sample", "####"), (DAY, "Sample", "1"), body="sample-body")
    assert (len(rows), problems) == (1, [(2, "Amount", "amount_lost", "row_refused")])


@pytest.mark.parametrize(
    ("header", "titles", "amount"),
    [
        ("Amount £000", (), "1250.00"),
        ("Amount", ("All in £'000s",), "1250.00"),
        ("Amount (£m)", (), "1250000.00"),
        ("Amount", ("Amounts are in millions",), "1250000.00"),
        ("Amount", ("Payments over £25,000",), "1.25"),
        ("Amount", ("Payments over £25k and £1m",), "1.25"),
    ],
)
def test_amounts_in_thousands_and_millions_by_the_files_own_word(header, titles, amount):
    rows, _, file = read(("Date", "Supplier", header), (DAY, "Sample", "1.25"), body="sample-body", titles=titles)
    assert str(rows[0]["amount"]) == amount
    assert any(line.startswith("Amounts are in") for line in file.said) == (amount != "1.25")


def test_spreadsheets_day_number_is_repaired_and_told():
    rows, problems, _ = read(THREE, ("43000", "Sample", "1"), body="sample-body")
    assert (rows[0]["paid_on"], problems) == (date(2017, 9, 22), [(2, "Date", "excel_day_number", "repaired")])


def test_span_of_months_is_the_period_and_no_day():
    rows, problems, _ = read(THREE, ("July 2031-September 2031", "Sample", "1"), body="sample-body")
    assert (rows[0]["effective_on"], rows[0].get("paid_on"), problems) == (date(2031, 9, 30), None, [])


def test_name_broken_over_lines_is_put_together():
    rows, _, _ = read(THREE, (DAY, "SAMPLE\nHEALTH  CENTRE", "1"), body="sample-body")
    assert rows[0]["payee_name"] == "SAMPLE HEALTH CENTRE"


def test_body_is_what_a_column_says_and_each_unknown_one_is_told_once():
    headers = ("Entity", "Directorate", *THREE)
    rows, problems, _ = read(headers, *[(entity, "Sample Works", DAY, "Sample", "1") for entity in ("NHS Sample", "NHS Sample", "Sample Council")])
    assert [(row["body"], row["unit"]) for row in rows] == [("nhs-sample", "NHS Sample"), ("nhs-sample", "NHS Sample"), ("sample-council", "Sample Council")]
    assert problems == [(2, "Entity", "unknown_body", "kept"), (4, "Entity", "unknown_body", "kept")]


def test_body_no_column_says_is_what_the_folder_says_and_told_where_nobody_knows_it():
    rows, problems, file = read(THREE, (DAY, "Sample", "1"), (DAY, "Sample", "2"), name="SAM/2031.csv")
    assert ([row["body"] for row in rows], problems) == (["sam", "sam"], [(2, "the file's name", "unknown_body", "kept")])
    assert file.said[-1] == "The body is sam, after its folder 'SAM', which no vocabulary knows."
    known, problems, _ = read(THREE, (DAY, "Sample", "1"), name="darlington/2031.csv")
    assert (known[0]["body"], problems) == ("GB-LAE-DAL", [])


def test_reason_of_each_column_is_kept():
    _, _, file = read(("Ref.", "When", "Supplier", "Amount"), ("98000001", DAY, "Sample", "1"), body="sample-body")
    assert file.said == [
        "Column 1 'Ref.' was taken for the transaction number: its name is one that publishers give it.",
        "Column 2 'When' was taken for the date of payment: its values look like days.",
        "Column 3 'Supplier' was taken for the payee: its name is one that publishers give it.",
        "Column 4 'Amount' was taken for the amount: its name is one that publishers give it.",
    ]


def test_order_of_day_and_month_is_said():
    _, _, file = read(THREE, ("7/16/2031", "Sample", "1"), body="sample-body")
    assert "Its days are written month first (as 7/16/2031)." in file.said


def test_file_without_days_still_reads():
    rows, problems, _ = read(("Supplier", "Amount"), ("Sample", "1"), body="sample-body")
    assert (rows[0].get("paid_on"), problems) == (None, [])


def test_end_of_the_period_has_a_style_of_its_own():
    rows, problems, _ = read(
        ("Payment Date", "Supplier", "Amount", "Effective Date"), (DAY, "Sample", "1", "9/30/2031"), (DAY, "Sample", "1", "31/09/2031"), body="b"
    )
    assert [row.get("effective_on") for row in rows] == [date(2031, 9, 30), None]
    assert problems == [(3, "Effective Date", "no_such_date", "value_missing")]


def test_day_a_column_with_both_orders_leaves_open_is_told():
    rows, problems, _ = read(THREE, ("31/10/2031", "Sample", "1"), ("9/30/2031", "Sample", "1"), ("2/3/2031", "Sample", "1"), body="b")
    assert [row["paid_on"] for row in rows] == [date(2031, 10, 31), date(2031, 9, 30), date(2031, 3, 2)]
    assert problems == [(4, "Date", "ambiguous_day", "kept")]


def test_mapping_without_a_payee_still_reads_amounts():
    rows, problems, _ = read(("Date", "Amount"), (DAY, "1"), body="b")
    assert (len(rows), problems) == (1, [])
