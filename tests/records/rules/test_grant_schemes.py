from decimal import Decimal

import pytest
from tests.records.plans import run, table

from opencompact.records.rules.grant_schemes import grant_schemes_plan
from opencompact.records.rules.plan import Found
from opencompact.registry import load_catalogue

HEADERS = ("Department", "Year 2031-32", "Grants Description", "Amount (£,000s)", "Grant Category", "End Recipient", "No. of Recipients")


def read(*rows, headers=HEADERS, file_name="schemes.csv"):
    catalogue = load_catalogue()
    found = Found(catalogue.sources["government-grant-schemes-2013-14"], headers, "", ("n/a", "na", "unknown"), vocabularies=catalogue.vocabularies)
    found.file_name = file_name
    return run(grant_schemes_plan(found), table(*rows), bodies={"Sample Office": "sample-office"})


def row(**given):
    usual = {"department": "Sample Office", "year": "2031-32", "scheme": "Sample scheme", "amount": "1", "category": "", "sector": "", "number": ""}
    return tuple({**usual, **given}.values())


@pytest.mark.parametrize(
    ("header", "published", "pounds"),
    [
        ("Amount (£,000s)", "233.335", "233335.00"),
        ("Amount (£,000s)", "15,175,402", "15175402000.00"),
        ("Amount (£m)", "-0.94", "-940000.00"),
        ("Value per year", "702,972", "702972.00"),
        ("Amount", "12", "12.00"),
    ],
)
def test_amount_is_in_pounds_as_the_header_says(header, published, pounds):
    rows, _ = read(row(amount=published), headers=(*HEADERS[:3], header, *HEADERS[4:]))
    assert rows[0]["amount"] == Decimal(pounds)


def test_year_is_the_rows_else_the_file_names():
    named, _ = read(row(), file_name="in/2029-30/schemes-2030-31.csv")
    unnamed, _ = read(row()[:1] + row()[2:], headers=HEADERS[:1] + HEADERS[2:], file_name="in/2029-30/schemes-2030-31.csv")
    assert (named[0]["year"], unnamed[0]["year"]) == ("2031-32", "2030-31")


def test_scheme_without_a_year_is_refused():
    rows, problems = read(row()[:1] + row()[2:], headers=HEADERS[:1] + HEADERS[2:])
    assert (rows, problems) == ([], [(2, "Year", "missing", "row_refused")])


@pytest.mark.parametrize(
    ("sector", "names"),
    [("Voluntary Sector ", True), ("Local Govt & VS/Charities", True), ("Non-profit", True), ("Civil Society; Private", True), ("Private  Sector", False)],
)
def test_sector_names_the_voluntary_one(sector, names):
    rows, _ = read(row(sector=sector))
    assert (rows[0]["names_voluntary"], rows[0]["recipient_sector"]) == (names, " ".join(sector.split()))


def test_sector_unknown_is_missing():
    rows, _ = read(row(sector="Unknown"))
    assert rows[0].keys() & {"names_voluntary", "recipient_sector"} == set()


@pytest.mark.parametrize(("published", "number", "told"), [("7,250", 7250, False), ("NA", None, False), ("50 - 100", None, True), ("1000s", None, True)])
def test_recipients_are_a_number_or_a_problem(published, number, told):
    rows, problems = read(row(number=published))
    assert (rows[0].get("recipients"), [problem[2] for problem in problems]) == (number, ["not_a_number"] if told else [])


def test_department_is_looked_up_else_spelt_as_an_address():
    rows, _ = read(row(), row(department="Sample Unit for Moors"))
    assert [each["body"] for each in rows] == ["sample-office", "sample-unit-for-moors"]


def test_money_taken_back_is_kept_and_told():
    rows, problems = read(row(amount="-5"))
    assert (rows[0]["amount"], problems) == (Decimal(-5000), [(2, "Amount (£,000s)", "below_nought", "kept")])


def test_table_without_optional_columns_is_read():
    rows, problems = read(("Sample Office", "Sample scheme", "1"), headers=("Department", "Grants Description", "Value"), file_name="2031-32.csv")
    assert (problems, rows) == (
        [],
        [{"body": "sample-office", "department": "Sample Office", "scheme": "Sample scheme", "year": "2031-32", "amount": Decimal(1)}],
    )
