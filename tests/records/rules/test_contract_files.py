from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.plans import found, records, run

from opencompact.records.rules.contract_files import LOST, contracts_plan

PARTIES = [
    {"id": "b", "name": "Sample Council", "identifier": {"scheme": "GB-LAE", "id": "ZZZ"}, "roles": ["buyer"]},
    {
        "id": "s",
        "name": "Sample Trust",
        "identifier": {"scheme": "GB-COH", "id": "98000022"},
        "details": {"vcse": True, "scale": "sme"},
        "contactPoint": {"name": "A Person"},
    },
]
AWARD = {"id": "a-1", "value": {"amount": 100.5, "currency": "GBP"}, "date": "2031-01-20T00:00:00Z", "suppliers": [{"id": "s", "name": "Sample Trust"}]}


def release(*awards, **given):
    return {
        "ocid": "ocds-sample-1",
        "id": "r-1",
        "date": "2031-01-23T22:10:19Z",
        "buyer": {"id": "b", "name": "Sample Council"},
        "parties": PARTIES,
        "awards": list(awards),
        **given,
    }


def read(*releases, bodies=None):
    return run(contracts_plan(found("contracts-finder")), records(*releases), bodies=bodies)


def test_award_is_a_line_without_contact_people():
    rows, problems = read(release(AWARD))
    assert problems == []
    assert rows == [
        {
            "ocid": "ocds-sample-1",
            "award_id": "a-1",
            "body": "GB-LAE-ZZZ",
            "buyer_name": "Sample Council",
            "awarded_on": date(2031, 1, 20),
            "published_on": date(2031, 1, 23),
            "award_amount": Decimal("100.50"),
            "amount": 100.5,
            "suppliers": 1,
            "supplier_vcse": True,
            "supplier_scale": "sme",
            "supplier_place": 1,
            "release_id": "r-1",
            "released_at": datetime.fromisoformat("2031-01-23T22:10:19"),
            "currency": "GBP",
            "supplier_name": "Sample Trust",
            "declared_id": "GB-COH-98000022",
            "supplier_org_id": "GB-COH-98000022",
        }
    ]


@pytest.mark.parametrize(
    ("bodies", "body"), [({"gb-lae-zzz": "by-id", "sample council": "by-name"}, "by-id"), ({"sample council": "by-name"}, "by-name"), ({}, "GB-LAE-ZZZ")]
)
def test_buyer_is_known_by_its_identifier_else_by_its_name(bodies, body):
    assert [row["body"] for row in read(release(AWARD), bodies=bodies)[0]] == [body]


def test_buyer_without_an_identifier_has_the_feeds_own():
    assert [row["body"] for row in read(release(AWARD, parties=[], buyer={"id": "GB-CFS-98"}))[0]] == ["GB-CFS-98"]


def test_instant_of_a_release_is_of_utc():
    assert [row["released_at"] for row in read(release(AWARD, date="2031-07-01T00:30:00+01:00"))[0]] == [datetime.fromisoformat("2031-06-30T23:30:00")]


@given(st.integers(1, 14), st.integers(0, 10**9))
def test_shares_of_an_award_add_up_and_differ_by_a_penny_at_most(suppliers, pence):
    award = {**AWARD, "value": {"amount": pence / 100}, "suppliers": [{"id": str(place), "name": f"Sample {place}"} for place in range(suppliers)]}
    rows, _ = read(release(award))
    shares = [Decimal(str(row["amount"])).quantize(Decimal("0.01")) for row in rows]
    assert len(shares) == suppliers
    assert sum(shares) == Decimal(pence) / 100
    assert max(shares) - min(shares) <= Decimal("0.01")


def test_release_without_an_award_and_awards_not_made_are_of_another_kind():
    awards = [{**AWARD, "status": status} for status in LOST]
    assert read(release(), release(*awards), release(awards=None), {"ocid": "x", "tag": ["tender"]}) == ([], [])


def test_gross_amount_stands_in():
    assert [row["award_amount"] for row in read(release({**AWARD, "value": {"amountGross": 7}}))[0]] == [7]


@pytest.mark.parametrize(
    ("award", "problem"),
    [
        ({"id": "bare", "amendments": []}, ("awards.suppliers.name", "missing", "row_refused")),
        ({**AWARD, "suppliers": []}, ("awards.suppliers.name", "missing", "row_refused")),
        ({**AWARD, "suppliers": None}, ("awards.suppliers.name", "missing", "row_refused")),
        ({**AWARD, "value": {"amount": "1e9999"}}, ("awards.value.amount", "not_an_amount", "value_missing")),
        ({**AWARD, "value": {"amount": 0}}, ("awards.value.amount", "nought_or_less", "kept")),
        ({**AWARD, "value": {"amount": 5, "currency": "EUR"}}, ("awards.value.currency", "not_in_pounds", "row_refused")),
        ({**AWARD, "value": None}, None),
        ({**AWARD, "date": "2031-02-30T00:00:00Z"}, ("awards.date", "no_such_date", "value_missing")),
        ({**AWARD, "date": "2231-02-03T00:00:00Z"}, ("awards.date", "implausible_day", "kept")),
    ],
)
def test_what_cannot_stand_is_told(award, problem):
    rows, problems = read(release(award))
    assert problems == ([(1, *problem)] if problem else [])
    assert len(rows) == (0 if problem and problem[2] == "row_refused" else 1)


def test_company_number_of_a_supplier_is_repaired_and_told():
    parties = [PARTIES[0], {**PARTIES[1], "identifier": {"scheme": "GB-COH", "id": "9800022"}}]
    rows, problems = read(release(AWARD, parties=parties))
    assert [row["supplier_org_id"] for row in rows] == ["GB-COH-09800022"]
    assert problems == [(1, "parties.identifier.id", "repaired_identifier", "repaired")]
