from datetime import date
from decimal import Decimal

import pytest
from tests.records.registers import tidied

FORMS = ("", "-json")


@pytest.mark.parametrize("form", FORMS)
def test_branches_and_companies_are_numbers_that_belong_together(form):
    assert tidied(f"charity-commission-charities{form}")["register_numbers"] == [
        {
            "organisation_id": "GB-CHC-980001",
            "relation": "branch",
            "other_id": "GB-CHC-980001-1",
            "other_name": "Sample Harbour Fund for Boats",
            "from_on": date(1992, 3, 6),
            "to_on": date(2018, 11, 6),
        },
        {"organisation_id": "GB-CHC-980002", "relation": "company", "other_id": "GB-COH-07000001", "name": "Sample Lantern"},
    ]


@pytest.mark.parametrize("form", FORMS)
def test_latest_accounts_are_a_year_of_income(form):
    assert tidied(f"charity-commission-charities{form}")["register_incomes"] == [
        {
            "organisation_id": "GB-CHC-980001",
            "year_starts_on": date(2030, 4, 1),
            "year_ends_on": date(2031, 3, 31),
            "income": Decimal(12000),
            "spending": Decimal("11000.50"),
        }
    ]


@pytest.mark.parametrize("form", FORMS)
def test_other_names_of_branches_are_no_names_of_the_charity(form):
    made = tidied(f"charity-commission-other-names{form}")
    assert [row["name"] for row in made["register_names"]] == ["Sample Harbour", "Sample Quay Trust", "Sample Lamp"]
    assert [(row["other_id"], row["other_name"]) for row in made["register_numbers"]] == [("GB-CHC-980001-1", "Sample Boats")]


@pytest.mark.parametrize("form", FORMS)
def test_missing_income_is_not_nought(form):
    assert [row.get("income") for row in tidied(f"charity-commission-annual-return-history{form}")["register_incomes"]] == [Decimal(9000), None]


@pytest.mark.parametrize("form", FORMS)
def test_income_from_government_is_kept_where_told(form):
    rows = tidied(f"charity-commission-annual-return-part-a{form}")["register_incomes"]
    assert [(row.get("government_grants"), row.get("government_contracts")) for row in rows] == [(Decimal(5000), Decimal(0)), (None, None)]


@pytest.mark.parametrize("form", FORMS)
def test_areas_and_classes_of_a_branch_are_the_branch_s(form):
    areas = tidied(f"charity-commission-areas-of-operation{form}")["register_areas"]
    assert [(row["organisation_id"], row["area_name"], row.get("within")) for row in areas] == [
        ("GB-CHC-980001", "Sampleshire", None),
        ("GB-CHC-980001-1", "Sampleland", "Samplia"),
    ]
    classes = tidied(f"charity-commission-classes{form}")["register_classes"]
    assert classes == [{"organisation_id": "GB-CHC-980001", "scheme": "charity-commission", "code": "102", "label": "Education/training"}]


@pytest.mark.parametrize("form", FORMS)
def test_events_are_named_by_the_vocabulary(form):
    rows = tidied(f"charity-commission-events{form}")["register_events"]
    assert [(row["event"], row.get("happened_on"), row.get("other_id")) for row in rows] == [
        ("registered", date(1990, 8, 2), None),
        ("merged_into", date(2014, 3, 30), "GB-CHC-980001"),
        ("removed", date(2014, 3, 31), None),
        ("other", None, None),
    ]
