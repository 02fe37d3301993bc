from datetime import date
from decimal import Decimal

import pytest
from tests.records.plans import found, run, table

from opencompact.records.rules.register_files import ccni_plan, names_plan, public_bodies_plan

CCNI = (
    "Reg charity number",
    "Sub charity number",
    "Charity name",
    "Date registered",
    "Status",
    "Date for financial year ending",
    "Total income",
    "Company number",
)
BODIES = ("key", "government-organisation", "name", "website", "start-date", "end-date")


def names(*rows):
    return run(names_plan(found("register-names", ("org_id", "name"))), table(*rows))


@pytest.mark.parametrize(
    ("org_id", "register", "kind"),
    [
        ("GB-CHC-980001", "charity-commission", "charity"),
        ("GB-SC-SC098001", "oscr", "charity"),
        ("GB-NIC-198001", "ccni", "charity"),
        ("GB-COH-98000022", "gb-coh", None),
    ],
)
def test_register_is_told_by_the_scheme(org_id, register, kind):
    rows, problems = names((org_id, "Sample"))
    assert problems == []
    assert [(row["organisation_id"], row["register"], row.get("kind")) for row in rows] == [(org_id, register, kind)]


def test_first_name_of_a_number_is_the_main_one():
    rows, _ = names(("GB-CHC-980001", "Sample One"), ("GB-CHC-980002", "Sample Two"), ("GB-CHC-980001", "Sample Won"))
    assert sorted((row["name"], row["name_kind"]) for row in rows) == [("Sample One", "main"), ("Sample Two", "main"), ("Sample Won", "other")]


def test_rows_without_a_number_or_a_name_are_refused():
    rows, problems = names(("", "Sample"), ("GB-CHC-98 1", "Sample"), ("GB-CHC-980001", ""))
    assert rows == []
    assert problems == [(2, "org_id", "missing", "row_refused"), (3, "org_id", "malformed_identifier", "row_refused"), (4, "name", "missing", "row_refused")]


def ccni(*rows):
    return run(ccni_plan(found("ccni-register", CCNI))[0], table(*rows))


def test_northern_irish_charity_is_a_name():
    rows, problems = ccni(("198001", "0", "Sample Trust", "13/12/2029", "Up-to-date", "31 March 2031", "346770", "0"))
    assert problems == []
    assert rows == [
        {
            "organisation_id": "GB-NIC-198001",
            "name": "Sample Trust",
            "name_kind": "main",
            "register": "ccni",
            "kind": "charity",
            "status": "Up-to-date",
            "income": Decimal(346770),
            "income_year_ends_on": date(2031, 3, 31),
            "registered_on": date(2029, 12, 13),
        }
    ]


def test_linked_charity_is_of_another_kind_and_an_empty_sub_number_is_none():
    rows, _ = ccni(("198001", "1", "Sample Youth", "", "", "", "", "0"), ("198001", "", "Sample Trust", "", "", "", "", "98000022"))
    assert [(row["name"], row["company_number"]) for row in rows] == [("Sample Trust", "98000022")]


def bodies(*rows):
    return run(public_bodies_plan(found("govuk-organisations", BODIES)), table(*[("k", *row) for row in rows]))


@pytest.mark.parametrize(
    ("website", "slug", "told"),
    [
        ("https://www.gov.uk/government/organisations/sample-page/", "sample-page", []),
        ("https://sample.example/", "samples-office", []),
        ("", "samples-office", [(2, "website", "no_address", "kept")]),
    ],
)
def test_slug_is_that_of_the_page_else_of_the_name(website, slug, told):
    rows, problems = bodies(("D98", "Sample's Office", website, "", ""))
    assert [(row["organisation_id"], row["slug"], row["status"]) for row in rows] == [("GB-GOR-D98", slug, "live")]
    assert problems == told


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2010", date(2010, 1, 1), date(2010, 12, 31)),
        ("2010-06", date(2010, 6, 1), date(2010, 6, 30)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2010-06-15", date(2010, 6, 15), date(2010, 6, 15)),
    ],
)
def test_partial_day_begins_with_its_first_and_ends_with_its_last(written, first, last):
    rows, _ = bodies(("D98", "Sample", "https://sample.example", written, written))
    assert [(row["registered_on"], row["removed_on"], row["status"]) for row in rows] == [(first, last, "ended")]


@pytest.mark.parametrize("written", ["2010-13", "June 2010", "2009-02-30"])
def test_partial_day_that_is_none_is_told(written):
    rows, problems = bodies(("D98", "Sample", "https://sample.example", written, ""))
    assert (len(rows), problems) == (1, [(2, "start-date", "no_such_date", "value_missing")])
