import json

import msgspec

from opencompact.records.rules.merging import merge, rule_tree
from opencompact.records.rules.release_fields import Record, Release

PARTY = {"id": "1", "name": "Sample Trust", "roles": ["supplier"], "contactPoint": {"name": "Somebody"}, "address": {"streetAddress": "1 Sample Street"}}


def kept(value, of=Release):
    return json.loads(msgspec.json.encode(msgspec.json.Decoder(of).decode(json.dumps(value))))


def test_contact_people_addresses_and_long_texts_are_not_read():
    release = {"ocid": "o", "parties": [PARTY], "tender": {"title": "Sample", "description": "Ring Somebody", "procuringEntity": PARTY}, "language": "en"}
    assert kept(release) == {
        "ocid": "o",
        "parties": [{"id": "1", "name": "Sample Trust", "roles": ["supplier"]}],
        "tender": {"title": "Sample"},
    }


def test_fields_keep_the_names_the_standard_gives_them():
    release = {
        "date": None,
        "tender": {"legalBasis": {"scheme": "CELEX"}, "techniques": {"hasDynamicPurchasingSystem": True}, "value": {"amountGross": 1.5}},
        "awards": [{"contractPeriod": {"endDate": "2031-01-01"}, "hasSubcontracting": False, "value": None}],
        "contracts": [{"awardID": "1", "dateSigned": "2031-01-01"}],
        "relatedProcesses": [{"relationship": ["framework"]}],
    }
    assert kept(release) == release
    assert kept({"compiledRelease": release, "releases": [release]}, Record) == {"compiledRelease": release, "releases": [release]}


def test_merge_of_what_is_read_is_what_the_merge_of_everything_says_of_it():
    rules = rule_tree([{"path": name, "rule": "omitWhenMerged"} for name in ("id", "date", "tag")])
    one = {
        "ocid": "o",
        "date": "2031-01-01",
        "parties": [PARTY],
        "tender": {"title": "Sample", "description": "Long", "lots": [{"id": "1", "title": "A", "x": 1}]},
    }
    two = {"ocid": "o", "date": "2031-01-02", "tender": {"title": None, "lots": [{"id": "1", "status": "active"}, {"id": "2", "description": "B"}]}}
    whole = merge([json.dumps(each) for each in (one, two)], rules).release
    read = merge([json.dumps(kept(each)) for each in (one, two)], rules).release
    assert kept(whole) == kept(read)
