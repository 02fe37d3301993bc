import json

import pytest

from opencompact.records.rules.merging import rule_tree
from opencompact.records.rules.notices import notice_kinds
from opencompact.records.rules.processes import AWARD, LOT, NOTICE, PROCESS, Found, Known, read_process
from opencompact.registry import load_catalogue

TERMS = {slug: load_catalogue().vocabularies[slug].terms for slug in ("release-merge-rules", "notice-kinds", "process-kinds", "register-schemes")}
KNOWN = Known(
    rule_tree(TERMS["release-merge-rules"]),
    notice_kinds(TERMS["notice-kinds"]),
    tuple((term["words"], term["kind"]) for term in TERMS["process-kinds"]),
    tuple(term["scheme"] for term in TERMS["register-schemes"]),
)
BUYER = {"id": "GB-LAE-ZZZ", "name": "Sample Council", "identifier": {"scheme": "GB-LAE", "id": "ZZZ"}, "roles": ["buyer"]}
TRUST = {"id": "s", "name": "Sample Trust", "identifier": {"scheme": "GB-COH", "id": "98000022"}, "details": {"vcse": True, "scale": "sme"}}
AWARD_1 = {"id": "a-1", "value": {"amount": 100.5, "currency": "GBP"}, "date": "2031-01-20T00:00:00Z", "suppliers": [{"id": "s"}]}


def found_in(*bodies):
    """What is found in a process of these releases, one a month, as rows by name."""
    releases = [
        {"ocid": "ocds-sample-1", "id": f"r-{place}", "date": f"2031-{place:02}-15T12:00:00Z", "tag": ["tender"], **body}
        for place, body in enumerate(bodies, start=1)
    ]
    found = Found([], [], [], [], {})
    places = [("sample", "a.json", place) for place in range(1, len(bodies) + 1)]
    read_process(found, [json.dumps(release) for release in releases], places, digest=7, known=KNOWN)
    named = [[dict(zip(names, row, strict=True)) for row in rows] for names, rows in zip((PROCESS, NOTICE, LOT, AWARD), _rows(found), strict=True)]
    return (*named, list(found.buyers))


def _rows(found):
    return found.processes, found.notices, found.lots, found.awards


def process(*bodies):
    return found_in(*bodies)[0][0]


def awards(*bodies):
    return found_in(*bodies)[3]


def picked(row, *names):
    return tuple(row[name] for name in names)


def test_every_row_is_as_wide_as_its_table():
    tender = {"lots": [{"id": "1"}], "title": "Sample"}
    assert [len(rows) for rows in found_in({"buyer": BUYER, "parties": [BUYER, TRUST], "tender": tender, "awards": [AWARD_1]})[:4]] == [1, 1, 1, 1]


def test_award_stands_where_it_was_told_last():
    rows = awards({"awards": [AWARD_1]}, {"awards": [{"id": "a-1", "status": "active"}]}, {"tender": {"title": "Sample"}})
    assert [picked(row, "release_id", "source_file", "source_row", "amount") for row in rows] == [("r-2", "a.json", 2, "100.5")]


def test_award_told_by_its_contract_stands_there():
    contract = {"id": "c", "awardID": "a-1", "dateSigned": "2031-02-01", "period": {"startDate": "2031-03-01", "endDate": "2032-02-28"}}
    bare = {"id": "a-1", "suppliers": [{"name": "Sample Trust"}]}
    row = awards({"awards": [bare]}, {"contracts": [{**contract, "value": {"amountGross": 9, "currency": "GBP"}}]})[0]
    assert picked(row, "release_id", "awarded_at", "starts_at", "ends_at", "amount", "gross") == ("r-2", "2031-02-01", "2031-03-01", "2032-02-28", None, "9")


def test_award_has_a_row_for_each_supplier():
    rows = awards({"parties": [TRUST], "awards": [{**AWARD_1, "suppliers": [{"id": "s"}, {"id": 5, "name": "Sample Works Ltd"}]}]})
    assert [picked(row, "supplier_place", "suppliers", "supplier_name", "scheme", "identifier", "supplier_vcse", "supplier_scale") for row in rows] == [
        (1, 2, "Sample Trust", "GB-COH", "98000022", "true", "sme"),
        (2, 2, "Sample Works Ltd", None, None, None, None),
    ]


def test_award_without_suppliers_has_a_row_without_name():
    assert [picked(row, "supplier_name", "suppliers") for row in awards({"awards": [{"id": "a-1", "amendments": [{"id": "x"}]}]})] == [(None, 1)]


def test_supplier_without_id_told_again_counts_once():
    bare = {"awards": [{"id": "a-1", "suppliers": [{"name": "Sample Trust"}, {"name": "Sample Works Ltd"}]}]}
    assert [picked(row, "supplier_name", "suppliers") for row in awards(bare, bare)] == [("Sample Trust", 2), ("Sample Works Ltd", 2)]


@pytest.mark.parametrize("status", ["cancelled", "unsuccessful", "pending"])
def test_award_not_made_is_none(status):
    found = found_in({"awards": [{**AWARD_1, "status": status}]})
    assert (found[3], found[0][0]["awards"]) == ([], 0)


def test_awards_without_id_are_told_apart():
    rows = awards({"awards": [{"title": "A"}, {"title": "B"}, {"id": "r-1", "title": "C"}]})
    assert [row["award_id"] for row in rows] == ["r-1", "r-1/2", "r-1/3"]
    assert [row["award_id"] for row in awards({"id": None, "awards": [{"title": "A"}]})] == ["ocds-sample-1"]


@pytest.mark.parametrize(
    ("party", "identifier"),
    [
        (
            {"identifier": {"scheme": "GB-PPON", "id": "P"}, "additionalIdentifiers": [{"scheme": "GB-XYZ", "id": "X"}, {"scheme": "GB-CHC", "id": "C"}]},
            ("GB-CHC", "C"),
        ),
        ({"identifier": {"scheme": "GB-PPON", "id": "P"}, "additionalIdentifiers": [{"scheme": "GB-XYZ", "id": "X"}]}, ("GB-PPON", "P")),
        ({"identifier": {"scheme": "GB-CHC", "id": "C"}, "additionalIdentifiers": [{"scheme": "GB-COH", "id": "H"}]}, ("GB-COH", "H")),
        ({"identifier": {"legalName": "Sample"}}, (None, None)),
    ],
)
def test_supplier_s_identifier_is_of_the_register_we_can_follow(party, identifier):
    row = awards({"parties": [{"id": "s", **party}], "awards": [AWARD_1]})[0]
    assert picked(row, "scheme", "identifier") == identifier


def test_buyers_are_the_one_named_first_and_then_the_parties():
    other = {"id": "o", "name": "Sample Board", "roles": ["buyer", "supplier"]}
    found = found_in({"buyer": {"id": BUYER["id"], "name": "The Council"}, "parties": [other, BUYER, {"id": "x", "roles": ["supplier"]}]})
    assert found[4] == [("GB-LAE-ZZZ", "GB-LAE", "ZZZ", "The Council"), ("o", None, None, "Sample Board")]
    assert found[0][0]["buyers"] == "0;1"


def test_process_without_buyer_has_none():
    found = found_in({"awards": [AWARD_1]})
    assert (found[0][0]["buyers"], found[3][0]["buyer"], found[4]) == ("", None, [])


def test_buyer_only_among_the_parties_is_the_buyer():
    assert found_in({"parties": [BUYER]})[4] == [("GB-LAE-ZZZ", "GB-LAE", "ZZZ", "Sample Council")]


def test_window_opens_on_the_day_of_the_tender_notice():
    tender = {"tenderPeriod": {"endDate": "2031-02-20"}}
    row = process({"tag": ["planning"]}, {"tender": tender}, {"tag": ["tenderUpdate"], "tender": {"tenderPeriod": {"endDate": "2031-02-27"}}})
    assert picked(row, "early_at", "opens_at", "published_at", "closes_at") == ("2031-01-15T12:00:00Z", None, "2031-02-15T12:00:00Z", "2031-02-27")


def test_window_is_not_known_where_no_tender_notice_was_seen():
    row = process({"tag": ["award"], "tender": {"datePublished": "2031-01-01", "tenderPeriod": {"endDate": "2031-02-20"}}})
    assert picked(row, "opens_at", "published_at", "closes_at", "early_at") == (None, None, "2031-02-20", None)


def test_tender_s_own_day_comes_before_its_release_s():
    later = {"tag": ["tenderAmendment"], "tender": {"datePublished": "2031-02-02"}}
    assert process({"tender": {"datePublished": "2031-01-01"}}, later, {"tender": {"datePublished": "2031-03-03"}})["published_at"] == "2031-01-01"


def test_ends_are_the_latest_of_contracts_and_awards():
    row = process(
        {"awards": [{"id": "1", "contractPeriod": {"endDate": "2032-01-01"}}], "contracts": [{"awardID": "1", "period": {"endDate": "2033-01-01"}}]},
        {"tag": ["contractTermination"]},
        {"tag": ["tenderCancellation"]},
    )
    assert picked(row, "contract_ends_at", "ended_at", "cancelled_at") == ("2033-01-01", "2031-02-15T12:00:00Z", "2031-03-15T12:00:00Z")


def test_suitability_is_the_tender_s_else_that_of_any_lot():
    lots = {"lots": [{"id": "1", "suitability": {"vcse": False}}, {"id": "2", "suitability": {"vcse": True, "sme": "yes"}}]}
    told = [picked(process({"tender": tender}), "suitable_for_vcse", "suitable_for_sme") for tender in (lots, {**lots, "suitability": {"vcse": False}}, {})]
    assert told == [("true", None), ("false", None), (None, None)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, "contract"),
        ({"tender": {"procurementMethodDetails": "Call-off from a framework agreement", "techniques": {"hasFrameworkAgreement": True}}}, "call_off"),
        ({"relatedProcesses": [{"relationship": ["framework"]}]}, "call_off"),
        ({"tender": {"techniques": {"hasFrameworkAgreement": True}}}, "framework"),
        ({"tender": {"techniques": {"hasFrameworkAgreement": False}}}, "contract"),
        ({"tender": {"techniques": {"hasDynamicPurchasingSystem": True, "hasFrameworkAgreement": True}}}, "dynamic_market"),
    ],
)
def test_kind_of_purchase(body, kind):
    assert process(body)["kind"] == kind


def test_counts_are_of_the_merged_process():
    awards = [
        AWARD_1,
        {"id": "2", "value": {"amountGross": 5}, "amendments": [{"id": "x"}], "hasSubcontracting": False},
        {"id": "3", "hasSubcontracting": True},
    ]
    row = process({"tender": {"lots": [{"id": "1"}, {"id": "2"}], "amendments": [{"id": "y"}]}, "awards": awards}, {"awards": awards[:1]})
    assert picked(row, "lots", "amendments", "awards", "awards_gross_only", "releases", "has_subcontracting", "first_at", "last_at", "digest") == (
        *(2, 2, 3, 1, 2, "true"),
        *("2031-01-15T12:00:00Z", "2031-02-15T12:00:00Z", 7),
    )


def test_notices_are_in_order_with_their_places():
    document = {"id": "r-2", "noticeType": "UK4", "url": "https://notices.sample.example"}
    rows = found_in({"tag": ["planning"]}, {"tender": {"documents": [document]}})[1]
    assert [picked(row, "place", "kind", "does", "document_id", "source_row") for row in rows] == [
        (1, "planning", "early", None, 1),
        (2, "UK4", "opens", "r-2", 2),
    ]


def test_lot_told_twice_in_one_list_counts_once():
    lots = found_in({"tender": {"lots": [{"id": 1, "title": "A"}, 5, {"id": "1", "title": "B"}]}})[2]
    assert [picked(lot, "lot_id", "title") for lot in lots] == [("1", "A")]


def test_field_that_changes_its_shape_is_said():
    assert process({"tender": {"title": "A"}}, {"tender": "B"})["conflicts"] == "tender"


def test_values_of_another_shape_are_passed_over():
    odd = {"buyer": "x", "parties": [5, {"roles": 5}], "tender": ["x"], "awards": [{"id": "1", "value": 5, "suppliers": "x", "status": ["x"]}], "title": ["x"]}
    row = found_in(odd, {"contracts": [{"buyerID": []}]})[0][0]
    assert picked(row, "title", "buyers", "awards") == (None, "", 1)
