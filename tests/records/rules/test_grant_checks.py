import json
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pytest

from opencompact.records.actions.checking import rules_of
from opencompact.records.rules.grant_checks import counts_sql, flagged_sql, places_sql, predicates, seen_sql
from opencompact.registry import load_catalogue

VOCABULARIES = load_catalogue().vocabularies
RULES = rules_of(VOCABULARIES, at=datetime(2031, 7, 16, tzinfo=UTC))
ORG = {"id": "GB-CHC-1000011", "name": "Sample Trust", "charityNumber": "1000011", "postalCode": "ZZ1 1ZZ"}
GOOD = {
    "id": "360G-samplefund-1",
    "title": "Sample grant",
    "description": "For the work of the sample trust",
    "currency": "GBP",
    "amountAwarded": 100,
    "awardDate": "2031-01-01",
    "plannedDates": [{"startDate": "2031-02-01", "endDate": "2032-01-31", "duration": 12}],
    "recipientOrganization": [ORG],
    "fundingOrganization": [{"id": "GB-CHC-1000012", "name": "Sample Fund"}],
    "beneficiaryLocation": [{"name": "Sampleton", "geoCode": "E08000009", "geoCodeType": "MD"}],
    "grantProgramme": [{"title": "Sample programme"}],
    "classifications": [{"title": "Sample class"}],
    "fromOpenCall": "Yes",
    "dateModified": "2031-07-01T09:00:00Z",
    "dataSource": "https://sample.example/",
}
PERSON = {
    **{name: value for name, value in GOOD.items() if name != "recipientOrganization"},
    "recipientIndividual": {"id": "360G-samplefund-p1", "name": "Individual recipient"},
    "toIndividualsDetails": {"primaryGrantReason": "GTIR010", "grantPurpose": ["GTIP010"]},
}


def con_of(*grants):
    con = duckdb.connect()
    con.register("raw", pa.table({"source_row": list(range(1, len(grants) + 1)), "record": [json.dumps(grant) for grant in grants]}))
    con.execute(f"CREATE TABLE seen AS {seen_sql()}")
    con.execute(f"CREATE TABLE flagged AS {flagged_sql(RULES)}")
    return con


def found(*grants):
    answer = con_of(*grants).execute(counts_sql(RULES))
    counts = dict(zip([column[0] for column in answer.description], answer.fetchall()[0], strict=True))
    return {slug: counts[slug] for slug in predicates(RULES) if counts[slug]}


def org(**given):
    return {**GOOD, "recipientOrganization": [{**ORG, **given}]}


def dates(**given):
    return {**GOOD, "plannedDates": [given]}


def test_every_check_has_a_term_and_every_term_a_check():
    assert sorted(predicates(RULES)) == sorted(term["slug"] for term in VOCABULARIES["grant-checks"].terms)


@pytest.mark.parametrize("grant", [GOOD, PERSON])
def test_good_grant_is_found_by_nothing(grant):
    assert found(grant) == {}


@pytest.mark.parametrize(
    ("grant", "slug"),
    [
        ({**GOOD, "amountAwarded": 0}, "amount-nought"),
        ({**GOOD, "amountAwarded": -1}, "amount-negative"),
        ({**GOOD, "amountAwarded": 100_000_001}, "amount-very-large"),
        ({**GOOD, "id": "grant-1"}, "id-without-prefix"),
        ({**GOOD, "id": "360G-sample\nfund-1"}, "id-odd-characters"),
        (org(id="GB-XYZ-1"), "recipient-list-unknown"),
        ({**GOOD, "fundingOrganization": [{"id": "SampleFund"}]}, "funder-list-unknown"),
        (org(charityNumber="12"), "charity-number-form"),
        (org(companyNumber="123456"), "company-number-form"),
        (org(id="GB-CHC-12"), "identifier-form"),
        (org(id="360G-samplefund-org1"), "recipient-own-id"),
        ({**GOOD, "fundingOrganization": [{"id": "360g-samplefund"}]}, "funder-own-id"),
        (org(charityNumber=None), "recipient-without-number"),
        (org(postalCode=None), "recipient-without-place"),
        (org(email="sample@sample.example"), "contact-details"),
        ({**GOOD, "title": "x" * 141}, "title-too-long"),
        ({**GOOD, "description": "SAMPLE GRANT "}, "title-is-description"),
        ({**GOOD, "description": "Write to sample@sample.example"}, "email-in-text"),
        ({**GOOD, "awardDate": "2031-02-30"}, "day-impossible"),
        (dates(startDate="2031-03-01", endDate="2031-02-01"), "planned-ends-first"),
        ({**GOOD, "actualDates": [{"startDate": "2031-03-01", "endDate": "2031-02-01"}]}, "actual-ends-first"),
        (dates(startDate="2031-03-01", endDate="2043-08-01"), "planned-far-ahead"),
        ({**GOOD, "actualDates": [{"endDate": "2036-08-01"}]}, "actual-far-ahead"),
        ({**GOOD, "awardDate": "2006-07-15"}, "day-long-past"),
        ({**GOOD, "awardDate": "2031-07-17"}, "awarded-ahead"),
        (dates(endDate="2030-12-31"), "awarded-after-end"),
        (dates(duration=0), "months-odd"),
        (dates(duration=241), "months-odd"),
        (dates(startDate="2031-02-01", endDate="2032-01-31", duration=24), "months-differ"),
        (dates(startDate="2031-02-01"), "no-duration"),
        ({**GOOD, "beneficiaryLocation": []}, "no-beneficiary-place"),
        ({**GOOD, "beneficiaryLocation": [{"name": "Sampleton"}]}, "place-without-code"),
        ({**GOOD, "beneficiaryLocation": [{"geoCode": "E08000009"}]}, "code-without-kind"),
        ({**GOOD, "beneficiaryLocation": [{"geoCode": "E08000009", "geoCodeType": "Town"}]}, "place-kind-unknown"),
        ({**GOOD, "grantProgramme": []}, "no-programme"),
        ({**GOOD, "classifications": None}, "no-classification"),
        ({**GOOD, "fromOpenCall": None}, "no-open-call"),
        ({**GOOD, "dateModified": None}, "no-last-modified"),
        ({**GOOD, "dataSource": None}, "no-data-source"),
        ({**GOOD, "regrantType": "FRG999"}, "regrant-code-unknown"),
        ({**GOOD, "locationScope": "town"}, "scope-code-unknown"),
        ({**PERSON, "recipientIndividual": {"id": "1", "name": "Jo Sample"}}, "person-named"),
        ({**PERSON, "beneficiaryLocation": [{"geoCode": "ZZ1 1ZZ", "geoCodeType": "MD"}]}, "person-postcode"),
        ({**PERSON, "toIndividualsDetails": None}, "person-without-reason"),
        ({**PERSON, "project": [{}]}, "person-traits"),
        ({**PERSON, "toIndividualsDetails": {"primaryGrantReason": "need"}}, "reason-code-unknown"),
        ({**PERSON, "toIndividualsDetails": {"grantPurpose": ["GTIP010", "bread"]}}, "purpose-code-unknown"),
    ],
)
def test_grant_is_found_by_its_check_alone(grant, slug):
    assert found(grant) == {slug: 1}


@pytest.mark.parametrize(
    ("change", "finds"),
    [
        ({"id": "360G-samplefund-1"}, {"id-repeated": 2}),
        ({"id": "360G-samplefund-2", "currency": "EUR"}, {"several-currencies": 1}),
        ({"id": "360G-samplefund-2", "fundingOrganization": [{"id": "GB-CHC-1000013", "name": "Other Fund"}]}, {"several-funders": 1}),
        ({"id": "360G-samplefund-2", "fundingOrganization": [{"id": "GB-CHC-1000012", "name": "The Sample Fund"}]}, {"funder-of-two-names": 2}),
    ],
)
def test_grants_are_compared_with_one_another(change, finds):
    assert found(GOOD, {**GOOD, "title": "Another", **change}) == finds


def test_grant_told_twice_is_found_as_such():
    assert found(GOOD, GOOD) == {"id-repeated": 2, "grant-repeated": 2}


@pytest.mark.parametrize("grant", [None, [], "text", 3, {}, {"recipientOrganization": "x", "plannedDates": [1], "fundingOrganization": {}}])
def test_what_is_no_grant_is_no_fault_of_the_checks(grant):
    assert "no-last-modified" in found(grant)


@pytest.mark.parametrize("org_id", ["US-EIN-12-3456789", "XI-GRID-sample.1", "gb-coh-01234567", "GB-SC-SC012345"])
def test_known_lists_are_known(org_id):
    assert "recipient-list-unknown" not in found(org(id=org_id))


def test_first_places_are_in_order():
    assert con_of(*[{**GOOD, "amountAwarded": 0}] * 7).execute(places_sql("amount-nought")).fetchall() == [(1,), (2,), (3,), (4,), (5,)]
