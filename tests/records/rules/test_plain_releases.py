import json

import duckdb
import msgspec
import pytest

from opencompact.records.rules.merging import rule_tree
from opencompact.records.rules.plain_releases import are_usual, plain_release, structure
from opencompact.records.rules.release_fields import Release
from opencompact.registry import load_catalogue

TERMS = load_catalogue().vocabularies["release-merge-rules"].terms
RELEASE = {
    "ocid": "o",
    "id": "1",
    "date": "2031-01-01",
    "tag": ["award"],
    "title": 5,
    "parties": [{"id": "p", "name": "Sample", "roles": ["buyer"], "additionalIdentifiers": [{"scheme": "GB-COH"}], "details": {"vcse": "yes", "scale": "sme"}}],
    "buyer": {"name": "Sample"},
    "planning": {"documents": [{"id": "d", "noticeType": "UK2"}]},
    "tender": {"value": {"amount": 2.5, "currency": "GBP"}, "suitability": {"sme": True}, "lots": [{"id": "1"}], "amendments": []},
    "awards": [{"id": "a", "suppliers": [{"id": "p", "name": "Sample"}], "hasSubcontracting": False}],
    "contracts": [{"id": "c", "awardID": "a", "value": {"amount": "12"}}],
    "relatedProcesses": [{"id": "1", "relationship": ["framework"]}],
}
DECODER = msgspec.json.Decoder(plain_release())


def is_plain(release):
    try:
        DECODER.decode(json.dumps(release))
    except msgspec.MsgspecError:
        return False
    return True


def test_release_as_the_standard_has_it_is_plain_and_written_as_any_other():
    assert msgspec.json.encode(DECODER.decode(json.dumps(RELEASE))) == msgspec.json.encode(msgspec.json.decode(json.dumps(RELEASE), type=Release))


@pytest.mark.parametrize(
    "odd",
    [
        {"ocid": 1},
        {"ocid": ""},
        {"date": None},
        {"title": None},
        {"title": {"en": "Sample"}},
        {"id": 5},
        {"tag": "award"},
        {"parties": [{"name": "Sample"}]},
        {"parties": [{"id": 1}]},
        {"parties": [{"id": "1", "roles": "buyer"}]},
        {"parties": {"1": {}}},
        {"tender": "none"},
        {"tender": {"value": {"amount": 10**16}}},
        {"tender": {"documents": [{"id": "1", "noticeType": 4}]}},
        {"tender": {"lots": [{"id": "1", "suitability": {"vcse": "yes"}}]}},
        {"awards": [{"id": "1", "suppliers": [{"name": "Sample"}]}]},
        {"contracts": [{"id": "1", "awardID": 1}]},
        {"relatedProcesses": [{"relationship": ["framework"]}]},
    ],
)
def test_release_that_is_odd_in_anything_read_is_not_plain(odd):
    assert not is_plain({**RELEASE, **odd})


@pytest.mark.parametrize("name", ["ocid", "date"])
def test_release_without_process_or_day_is_not_plain(name):
    assert not is_plain({key: value for key, value in RELEASE.items() if key != name})


def test_structure_holds_all_that_is_read_with_values_as_text():
    found = duckdb.execute("SELECT from_json(?, ?)", [json.dumps(RELEASE), structure()]).fetchone()[0]
    assert (found["title"], found["tender"]["value"]["amount"], found["tender"]["suitability"]["sme"]) == ("5", "2.5", True)
    assert found["parties"][0]["details"] == {"vcse": "yes", "scale": "sme"}
    assert found["parties"][0]["additionalIdentifiers"] == [{"scheme": "GB-COH", "id": None}]
    assert found["relatedProcesses"] == [{"id": "1", "relationship": ["framework"]}]
    assert found["tender"]["amendments"] == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([], True),
        ([{"path": "tender/awardPeriod", "rule": "omitWhenMerged"}], True),
        ([{"path": "tender/title", "rule": "omitWhenMerged"}], False),
        ([{"path": "parties/details/scale", "rule": "wholeListMerge"}], False),
        ([{"path": "awards", "rule": "wholeListMerge"}], False),
        ([{"path": "parties/additionalIdentifiers", "rule": "omitWhenMerged"}], False),
    ],
)
def test_rules_are_usual_while_they_say_of_what_is_read_what_the_standard_does(more, expected):
    assert are_usual(rule_tree([*TERMS, *more])) == expected


def test_rules_that_merge_further_identifiers_one_by_one_are_not_usual():
    assert not are_usual(rule_tree([term for term in TERMS if term["path"] != "parties/additionalIdentifiers"]))
