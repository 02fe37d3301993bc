"""What may be decided about a name, and how a file of decisions is read."""

import pytest

from opencompact.organisations.rules import decisions
from opencompact.organisations.rules.decisions import Settlement, faults, missing_columns, payee_key, read_rows, vendor_row

GOOD = Settlement("Lamp Trust", "organisation", "Their letter.", "GB-CHC-1900001")


def test_a_decision_is_about_a_name_or_about_a_vendor_number():
    assert payee_key(GOOD, "LAMP TRUST") == "name|||LAMP TRUST"
    assert payee_key(Settlement("Lamp Trust", "organisation", "x", "GB-CHC-1", "GB-COH-1", "a-body", ""), "LAMP TRUST") == "name|a-body|GB-COH-1|LAMP TRUST"
    assert payee_key(Settlement("Lamp Trust", "organisation", "x", "GB-CHC-1", "", "a-body", "V1"), "LAMP TRUST") == "vendor|a-body|V1"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, None),
        ({"outcome": "maybe"}, "outcome"),
        ({"organisation_id": "1900001"}, "organisation_id"),
        ({"outcome": "none_of_these"}, "organisation_id"),
        ({"outcome": "none_of_these", "organisation_id": ""}, None),
        ({"because": " "}, "because"),
        ({"because": "x" * (decisions.MOST_WRITTEN + 1)}, "because"),
        ({"vendor_number": "V1"}, "body"),
        ({"vendor_number": "V1", "body": "a-body"}, None),
    ],
)
def test_faults_name_the_field(more, field):
    found = faults(Settlement(**{**vars(GOOD), **more}), normalised_name="LAMP TRUST")
    assert [each[0] for each in found] == ([field] if field else [])


def test_a_name_that_is_nothing_needs_a_vendor_number():
    assert [each[0] for each in faults(GOOD, normalised_name="")] == ["payee_name"]


def test_rows_of_a_file_are_read_or_named_with_their_cell():
    rows = [
        (2, {"payee_name": "'=Lamp Trust", "outcome": "organisation", "organisation_id": "GB-CHC-1900001", "because": "Letter."}),
        (3, {"payee_name": "Waits", "outcome": ""}),
        (4, {"payee_name": "Lamp Hall", "outcome": "organisation", "organisation_id": "", "because": "Letter."}),
    ]
    read, troubles = read_rows(rows, file="d.csv")
    assert read == [(2, Settlement("=Lamp Trust", "organisation", "Letter.", "GB-CHC-1900001"))]
    assert [str(each) for each in troubles] == ["d.csv, row 4, organisation_id: found ''; expected an org-id such as GB-CHC-1234567."]


def test_columns_a_file_must_have():
    assert missing_columns(["payee_name", "outcome", "because"]) == ["organisation_id"]
    assert missing_columns(decisions.COLUMNS) == []


def test_a_vendor_row_leaves_the_outcome_to_a_person():
    known = {"payee_name": "Lamp", "vendor_number": "V1", "organisation_id": None, "candidate": "GB-CHC-1", "probability": 0.8, "rows": 2, "amount": 3}
    row = dict(zip(decisions.VENDOR_COLUMNS, vendor_row("a-body", known), strict=True))
    assert (row["body"], row["vendor_number"], row["outcome"], row["because"], row["candidate"]) == ("a-body", "V1", "", "", "GB-CHC-1")
