"""Public bodies: names, kinds, and what became of them, on invented bodies."""

import pytest

from opencompact.organisations.rules.bodies import Body, Turn, kind_of, lookup, present_body, readable, turns, with_history
from opencompact.organisations.rules.names import name_rules
from opencompact.registry import load_catalogue

VOCABULARIES = load_catalogue().vocabularies
RULES = name_rules(VOCABULARIES["name-rules"].terms)
LAMPS, LIGHTS, LANTERNS = "department-for-lamps", "department-for-lights", "department-for-lanterns"


def test_lookup_finds_a_name_whatever_its_capitals_and_blanks() -> None:
    assert lookup([("Department  for Lamps", LAMPS)], []) == {"departmentforlamps": LAMPS}


def test_lookup_takes_an_alias_before_the_register_and_the_first_slug_of_two() -> None:
    register = [("Lamps", "b"), ("Lamps", "a"), ("Lights", LIGHTS)]
    assert lookup(register, [("LIGHTS", LANTERNS), ("Lihgts", LIGHTS)]) == {"lamps": "a", "lights": LANTERNS, "lihgts": LIGHTS}


def turn(before: str, after: str, on: str, how: str = "renamed") -> dict[str, str]:
    return {"from": before, "to": after, "on": on, "how": how, "source": "invented", "wording": "confirmed"}


def test_present_body_is_at_the_end_of_names_and_mergers() -> None:
    history = turns([turn(LIGHTS, LANTERNS, "2033", "merged"), turn(LAMPS, LIGHTS, "2031-04-01")])
    assert [present_body(body, history) for body in (LAMPS, LIGHTS, LANTERNS, "other")] == [LANTERNS, LANTERNS, LANTERNS, "other"]


@pytest.mark.parametrize("how", ["split", "moved"])
def test_present_body_stops_where_parts_went_elsewhere(how: str) -> None:
    assert present_body(LAMPS, turns([turn(LAMPS, LIGHTS, "2031", how)])) == LAMPS


def test_present_body_may_take_an_old_name_again() -> None:
    history = turns([turn(LAMPS, LIGHTS, "2031"), turn(LIGHTS, LAMPS, "2033")])
    assert [present_body(body, history) for body in (LAMPS, LIGHTS)] == [LAMPS, LAMPS]


def test_turns_are_in_order_of_time() -> None:
    assert turns([turn(LAMPS, LIGHTS, "2033"), turn("a", "b", "2031-05")]) == (Turn("a", "b", "2031-05", "renamed"), Turn(LAMPS, LIGHTS, "2033", "renamed"))


def test_with_history_adds_the_bodies_on_either_side() -> None:
    history = turns([turn(LAMPS, LIGHTS, "2031"), turn(LIGHTS, LANTERNS, "2033")])
    rows = with_history([Body(LIGHTS, "Department for Lights", "GB-GOR-D9902", "2031", "2033")], history, {LANTERNS: "Department for Lanterns"})
    empty = {"organisation_id": None, "started_on": None, "ended_on": None}
    assert rows == [
        {**empty, "body": LAMPS, "name": "Department for lamps", "predecessors": None, "successors": LIGHTS, "history": LANTERNS},
        {**empty, "body": LANTERNS, "name": "Department for Lanterns", "predecessors": LIGHTS, "successors": None, "history": LANTERNS},
        {
            "body": LIGHTS,
            "name": "Department for Lights",
            "organisation_id": "GB-GOR-D9902",
            "started_on": "2031",
            "ended_on": "2033",
            "predecessors": LAMPS,
            "successors": LANTERNS,
            "history": LANTERNS,
        },
    ]


def test_readable_makes_a_name_of_a_slug() -> None:
    assert readable("office-for-lamps") == "Office for lamps"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (Body("x", "Lamp Inspectorate", "GB-GOR-D9901"), "department"),
        (Body("x", "Department for Lamps"), "department"),
        (Body("x", "Lamp Authority", "GB-GOR-EA9901"), "executive_agency"),
        (Body("x", "Lamp Agency"), "executive_agency"),
        (Body("x", "Lamp Agency", "GB-GOR-PB9901"), "non_departmental_body"),
        (Body("x", "Nowhere Borough Council", "GB-GOR-OT9901"), "council"),
        (Body("x", "Lamp Council", "GB-GOR-OT9902"), "other"),
        (Body("GB-LAE-XYZ", "Nowhere"), "council"),
        (Body("x", "Nowhere Council"), "council"),
        (Body("x", "Nowhere NHS Trust"), "nhs_body"),
        (Body("GB-CHC-1900001", "Lamp Foundation"), "funder"),
        (Body("x", "Lamps"), "other"),
    ],
)
def test_kind_of_body_is_the_first_that_fits(body: Body, kind: str) -> None:
    assert kind_of(body, VOCABULARIES["body-kinds"].terms, RULES) == kind


def test_kind_of_body_is_other_where_the_vocabulary_is_empty() -> None:
    assert kind_of(Body("x", "Lamps"), [], RULES) == "other"


def test_every_turn_says_how_and_how_sure() -> None:
    terms = VOCABULARIES["body-history"].terms
    assert sorted({term["how"] for term in terms}) == ["merged", "moved", "renamed", "split"]
    assert [term for term in terms if term["wording"] not in ("confirmed", "unconfirmed") or not term["source"]] == []
