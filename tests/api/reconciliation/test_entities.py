from dataclasses import replace

import jsonschema
import pytest
from tests.api.reconciliation import schemas

from opencompact.api.reconciliation import entities
from opencompact.organisations.actions.matching import Match, shipped_scorer
from opencompact.organisations.rules.decided import decisions


def test_accepted_name_matches_with_score_features_and_why(best):
    first = best("THE FORD TRUST")
    assert (first["id"], first["name"], first["match"]) == ("GB-CHC-9900001", "The Ford Trust", True)
    assert first["type"] == [
        {"id": "charity", "name": "Charity"},
        {"id": "voluntary", "name": "Voluntary organisation"},
        {"id": "organisation", "name": "Organisation"},
    ]
    assert first["description"] == "Charity GB-CHC-9900001. The same name."
    told = {each["id"]: each["value"] for each in first["features"]}
    assert told == {"probability": pytest.approx(first["score"] / 100), "same_name": True, "number": False, "person": False, "voluntary": True}
    assert 100 * shipped_scorer().accept <= first["score"] <= 100
    assert first["score"] > best("Ford Trust Fund")["score"]


def test_name_of_the_history_leads_to_the_public_name(best):
    first = best("Formerly Invented Friends")
    assert (first["id"], first["name"], first["match"]) == ("GB-CHC-9900001", "The Ford Trust", True)
    assert first["description"] == "Charity GB-CHC-9900001. Found by another of its names on the register."


def test_what_is_only_likely_is_no_match(best):
    assert best("Samplers")["match"] is False


def test_nothing_like_it_has_no_candidate(best):
    assert best("Qqqq Zzzz") is None


@pytest.mark.parametrize("number", ["GB-CHC-9900001", "gb-coh-09900001"])
def test_identifier_in_place_of_a_name_finds_its_organisation(best, number):
    first = best(number)
    assert (first["id"], first["score"], first["match"], first["description"].partition(". ")[2]) == (
        number.upper(),
        100.0,
        True,
        "Its number was given, and no name.",
    )


def test_number_beside_the_name_settles_it(best):
    first = best("Ford Trust Fund", {"number": "GB-CHC-9900001"})
    assert (first["match"], first["score"]) == (True, 100.0)
    assert {"id": "number", "value": True} in first["features"]


def test_number_alone_is_enough(best):
    assert best(properties={"number": "09900001"})["id"] == "GB-COH-09900001"


def test_number_against_the_name_matches_nothing(post):
    asked = {"query": "Nowhere Carers", "properties": [{"pid": "number", "v": "09900001"}]}
    found = post("queries", {"q": asked})["q"]["result"]
    assert [each["match"] for each in found] == [False] * len(found)
    assert {"GB-CHC-9900000", "GB-COH-09900001"} <= {each["id"] for each in found}


def test_numbers_of_two_organisations_name_none(best):
    assert best(properties={"number": ["GB-CHC-9900001", "GB-CHC-9900002"]}) is None


@pytest.mark.parametrize(
    ("kinds", "name"),
    [("charity", "The Ford Trust"), ("voluntary", "The Ford Trust"), ("organisation", "The Ford Trust"), ("company", None), ("no-such", None)],
)
def test_types_leave_out_all_others(best, kinds, name):
    assert (best("The Ford Trust", type=kinds) or {}).get("name") == name


def test_limit_is_kept_and_scores_fall(post):
    for limit in (1, 25):
        found = post("queries", {"q": {"query": "Mill Advice Youth Club Centre", "limit": limit}})
        jsonschema.validate(found, schemas.RESULTS)
        scores = [each["score"] for each in found["q"]["result"]]
        assert len(scores) <= limit
        assert scores == sorted(scores, reverse=True)


def test_every_type_says_what_it_is_one_of():
    for each in entities.types():
        jsonschema.validate(each, schemas.TYPE)
    broader = {each["id"]: [one["id"] for one in each.get("broader", ())] for each in entities.types()}
    assert (broader["cio"], broader["company"], broader["voluntary"]) == (["voluntary"], ["organisation"], ["organisation"])


def test_kind_the_vocabulary_does_not_know_is_named_as_it_stands():
    assert entities.kind_name("guild") == "guild"
    assert entities.why(Match("GB-CHC-1", "NAME", 1.0, "accepted", "exact", "The same name."), {"name": "Name"}) == "The same name."


def test_body_is_known_by_its_name_or_slug_and_what_it_decided_about_its_vendor_comes_first(best, monkeypatch):
    offer_of = entities.offer_of
    decided = decisions(
        [
            {
                "body": "borough-of-nowhere",
                "vendor_number": "V1",
                "normalised_name": "",
                "published_org_id": "",
                "organisation_id": "GB-CHC-9900002",
                "said": "Said.",
            },
            {"body": "", "vendor_number": "", "normalised_name": "FORD TRUST", "published_org_id": "", "organisation_id": None, "said": "Nobody."},
        ]
    )
    monkeypatch.setattr(entities, "offer_of", lambda opened: replace(offer_of(opened), decided=decided))
    assert best("THE FORD TRUST") is None
    for body in ("Borough of Nowhere", "borough-of-nowhere"):
        first = best("THE FORD TRUST", {"body": body, "vendor": "V1"})
        assert (first["id"], first["match"], first["score"], first["description"]) == ("GB-CHC-9900002", True, 100.0, "Charity GB-CHC-9900002. Said.")
        assert {"id": "person", "value": True} in first["features"]
