from datetime import date
from decimal import Decimal

import pytest
from tests.records import plans
from tests.records.plans import records, run, table

from opencompact.records.rules.grant_files import grants_json_plan, grants_table_plan
from opencompact.registry import load_catalogue


def found(slug, headers=()):
    held = plans.found(slug, headers)
    held.vocabularies = load_catalogue().vocabularies
    return held


HEADERS = (
    *("Identifier", "Title", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name", "Funding Org:Name", "Funding Org:Identifier"),
    *("Recipient Org:Identifier", "Recipient Org:Charity Number", "Recipient Org:Company Number"),
    *("Planned Dates:Start Date", "Planned Dates:End Date", "Planned Dates:Duration (months)"),
)


def grant(**given):
    row = {
        "Identifier": "360G-sample-1", "Currency": "GBP", "Amount Awarded": "100", "Award Date": "16/07/2031", "Recipient Org:Name": "Sample Trust",
        "Funding Org:Name": "Sample Fund", "Funding Org:Identifier": "360G-samplefund", **given,
    }  # fmt: skip
    return tuple(row.get(header, "") for header in HEADERS)


def read(*rows, bodies=None):
    return run(grants_table_plan(found("threesixtygiving-table", HEADERS)), table(*rows), bodies=bodies)


def test_grant_is_a_line():
    rows, problems = read(grant())
    assert problems == []
    assert rows == [
        {
            "grant_id": "360G-sample-1",
            "body": "360G-samplefund",
            "funder_name": "Sample Fund",
            "awarded_on": date(2031, 7, 16),
            "amount": Decimal(100),
            "currency": "GBP",
            "funders": 1,
            "recipient_kind": "organisation",
            "recipient_name": "Sample Trust",
        }
    ]


@pytest.mark.parametrize(
    ("bodies", "body"),
    [({"360g-samplefund": "by-id", "sample fund": "by-name"}, "by-id"), ({"sample fund": "by-name"}, "by-name"), ({}, "360G-samplefund")],
)
def test_funder_is_known_by_its_identifier_else_by_its_name(bodies, body):
    assert [row["body"] for row in read(grant(), bodies=bodies)[0]] == [body]


@pytest.mark.parametrize(
    ("declared", "charity", "company", "org_id"),
    [
        ("GB-COH-98000022", "980011", "", "GB-CHC-980011"),
        ("GB-SC-SC098001", "", "98000022", "GB-SC-SC098001"),
        ("360G-samplefund-7", "", "98000022", "GB-COH-98000022"),
        ("GB-NIC-198001", "", "98000022", "GB-NIC-198001"),
        ("GB-GOR-D98", "", "", "GB-GOR-D98"),
        ("made up", "", "", None),
    ],
)
def test_of_several_identifiers_the_first_register_is_taken(declared, charity, company, org_id):
    given = {"Recipient Org:Identifier": declared, "Recipient Org:Charity Number": charity, "Recipient Org:Company Number": company}
    assert read(grant(**given))[0][0].get("recipient_org_id") == org_id


@pytest.mark.parametrize(
    ("start", "end", "published", "months"),
    [
        ("2031-04-01", "2032-03-31", "", 12),
        ("2031-04-01", "2034-03-31", "", 36),
        ("2031-04-01", "2034-03-31", "24", 24),
        ("", "", "18 months", 18),
        ("", "", "some", None),
        ("2031-04-01", "", "", None),
        ("2031-04-01", "2031-03-01", "", None),
    ],
)
def test_months_are_as_published_else_from_the_planned_days(start, end, published, months):
    given = {"Planned Dates:Start Date": start, "Planned Dates:End Date": end, "Planned Dates:Duration (months)": published}
    assert read(grant(**given))[0][0].get("months") == months


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"Amount Awarded": "0"}, ("Amount Awarded", "nought_or_less", "kept")),
        ({"Amount Awarded": "-1"}, ("Amount Awarded", "nought_or_less", "kept")),
        ({"Amount Awarded": "1e9999"}, ("Amount Awarded", "not_an_amount", "row_refused")),
        ({"Amount Awarded": ""}, ("Amount Awarded", "missing", "row_refused")),
        ({"Currency": "EUR"}, ("Currency", "not_in_pounds", "row_refused")),
        ({"Currency": ""}, None),
        ({"Currency": "gbp"}, None),
        ({"Award Date": "2031-09-31"}, ("Award Date", "no_such_date", "row_refused")),
        ({"Award Date": "1899-12-30"}, ("Award Date", "implausible_day", "kept")),
        ({"Planned Dates:Start Date": "2031-02-01", "Planned Dates:End Date": "2031-01-01"}, ("Planned Dates:End Date", "ends_before_it_starts", "kept")),
        ({"Planned Dates:End Date": "never"}, ("Planned Dates:End Date", "no_such_date", "value_missing")),
        ({"Recipient Org:Name": ""}, ("Recipient Org:Name", "missing", "row_refused")),
        ({"Identifier": ""}, ("Identifier", "missing", "row_refused")),
        ({"Recipient Org:Identifier": "DUMMY01"}, ("Recipient Org:Identifier", "malformed_identifier", "kept")),
        ({"Recipient Org:Charity Number": "SCO98001"}, ("Recipient Org:Charity Number", "repaired_identifier", "repaired")),
        ({"Recipient Org:Company Number": "9800022"}, ("Recipient Org:Company Number", "repaired_identifier", "repaired")),
    ],
)
def test_what_cannot_stand_is_told(given, problem):
    rows, problems = read(grant(**given))
    assert problems == ([(2, *problem)] if problem else [])
    assert len(rows) == (0 if problem and problem[2] == "row_refused" else 1)


def test_json_grant_and_flat_grant_are_the_same_line():
    nested = {
        "fundingOrganization": [{"id": "360G-samplefund", "name": "Sample Fund"}],
        "recipientOrganization": [{"id": "GB-CHC-980011", "name": " Sample Trust "}],
    }
    flat = {
        "FundingOrgIdentifier": "360G-samplefund",
        "FundingOrgName": "Sample Fund",
        "RecipientOrgIdentifier": "GB-CHC-980011",
        "RecipientOrgName": "Sample Trust",
    }
    grants = [{"id": "1", "awardDate": "2031-07-16", "amountAwarded": 12.5, "currency": "GBP", **named} for named in (nested, flat)]
    rows, problems = run(grants_json_plan(found("threesixtygiving-json")), records(*grants))
    assert problems == []
    assert rows[0] == rows[1]
    assert (rows[0]["amount"], rows[0]["recipient_name"], rows[0]["recipient_org_id"]) == (Decimal("12.50"), "Sample Trust", "GB-CHC-980011")


def test_json_problems_name_the_path():
    rows, problems = run(grants_json_plan(found("threesixtygiving-json")), records("not a grant"))
    assert rows == []
    assert {field for _, field, _, _ in problems} == {"id", "fundingOrganization.id", "awardDate", "amountAwarded", "recipientOrganization.name"}
