import itertools

import pytest

from opencompact.organisations.actions import matching
from opencompact.organisations.actions.matching import ALONE, NO_NAME, Match, Payee, matcher, shipped_scorer
from opencompact.organisations.actions.matching_entries import Entry

REGISTER = [
    Entry("GB-CHC-1900001", "The Varrowmere Lantern Trust", "AL1 1AA"),
    Entry("GB-CHC-1900002", "Wexelwick Carers & Music Society"),
    Entry("GB-CHC-1900002", "Quillbrook Singers"),
    Entry("GB-CHC-1900003", "Friends of Ombrixholt Bicycle", "BL2 2BB"),
    Entry("GB-CHC-1900004", "Friends of Ombrixholt Bicycle", "CL3 3CC"),
    Entry("GB-CHC-1900005", "Pindlewick Abbey Road Baptist Church"),
    Entry("GB-SC-SC098001", "Tavverdell Night Shelter Association"),
    Entry("GB-CHC-1900006", "Skarnley Allotment Project Limited"),
    Entry("GB-CHC-1900007", "Jesselthorpe Theatre Network"),
    Entry("GB-CHC-1900008", "Οδός"),
]
PLACES, CAUSES = ("Nethrinford", "Orvelcombe", "Rustelquay", "Sorrinfell", "Gorrelmarsh", "Hassenstow"), ("Kitchen", "Garden", "Advice")
REGISTER += [Entry(f"GB-CHC-19{10 + nth}{mth:03}", f"{place} {cause} Trust") for nth, place in enumerate(PLACES) for mth, cause in enumerate(CAUSES)]


@pytest.fixture(scope="module")
def held():
    return matcher(REGISTER)


def one(held, name, **more):
    return held.match([Payee(name, **more)])[0]


@pytest.mark.parametrize(
    "name", ["VARROWMERE LANTERN TRUST", "Varrowmere Lantern Trust (The)", "The Varrowmere Lantern Trust Ltd", "VARROWMERE LANTERN TRUST - GRANT"]
)
def test_name_in_another_dress_is_accepted(held, name):
    match = one(held, name)
    assert (match.organisation, match.name, match.decision) == ("GB-CHC-1900001", "The Varrowmere Lantern Trust", "accepted")
    assert match.probability >= held.scores.accept


def test_former_and_working_names_lead_to_the_organisation(held):
    match = one(held, "QUILLBROOK SINGERS")
    assert (match.organisation, match.name, match.stage) == ("GB-CHC-1900002", "Quillbrook Singers", "exact")
    assert match.why.startswith("The same name.")


def test_names_of_nobody_are_not_identified(held):
    match = one(held, "Zandric Plant Hire PLC")
    assert (match.organisation, match.name, match.decision, match.stage) == ("", "", "none", "none")


def test_look_alike_of_another_kind_is_not_accepted(held):
    assert one(held, "ABBEY ROAD HEALTH CENTRE").decision != "accepted"


def test_words_that_differ_are_said(held):
    match = one(held, "VARROWMERE LANTERN SURGERY")
    assert match.decision != "accepted"
    assert "Over in the payee's: SURGERY." in match.why
    assert "Over in the register's: TRUST." in match.why


def test_postcode_decides_between_two_of_one_name(held):
    name = "FRIENDS OF OMBRIXHOLT BICYCLE"
    assert [one(held, name, postcode=each).organisation for each in ("bl22bb", "CL3 3CC")] == ["GB-CHC-1900003", "GB-CHC-1900004"]
    without = one(held, name)
    assert (without.organisation, "As likely by name: GB-CHC-1900003" in without.why) == ("GB-CHC-1900004", True)


def test_postcode_nearby_says_less_than_the_same_and_more_than_another(held):
    said = [one(held, "VARROWMERE LANTERNS", postcode=each).probability for each in ("AL1 1AA", "AL1 9ZZ", "", "ZZ9 9ZZ")]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) == 4


def test_words_of_the_payment_that_the_register_has_over_speak_for_it(held):
    plain = one(held, "LANTERN TRUST").probability
    assert one(held, "LANTERN TRUST", context="lamps for Varrowmere").probability > plain
    assert one(held, "LANTERN TRUST", context="lamps for Elsewhere").probability == plain
    assert one(held, "LANTERN TRUST,", context="trust").probability == one(held, "LANTERN TRUST,").probability  # its own word says nothing new


def test_number_decides_before_the_name(held):
    match = one(held, "Something else", identifier=" 1900002 ")
    assert match == Match("GB-CHC-1900002", "Wexelwick Carers & Music Society", 1.0, "accepted", "identifier", "The file gives the number 1900002.")


def test_number_of_nobody_leaves_it_to_the_name(held):
    assert one(held, "Quillbrook Singers", identifier="1999999").stage == "exact"


def test_name_without_letters_says_so(held):
    assert [one(held, name).why for name in ("", "Οδός", "???")] == [NO_NAME] * 3


def test_answers_stand_in_order_whatever_the_portions(held, monkeypatch):
    names = ["QUILLBROOK SINGERS", "Zandric Plant Hire PLC", "VARROWMERE LANTERN TRUST", "QUILLBROOK SINGERS", ""]
    whole = held.match([Payee(name) for name in names], around=ALONE)
    monkeypatch.setattr(matching, "PORTION", 2)
    assert held.match([Payee(name) for name in names], around=ALONE) == whole
    assert [match.organisation for match in whole] == ["GB-CHC-1900002", "", "GB-CHC-1900001", "GB-CHC-1900002", ""]


def test_nothing_asked_gives_nothing(held):
    assert held.match([]) == []
    assert held.match([Payee("x", identifier="1900001")])[0].stage == "identifier"


def test_one_that_has_ended_gives_way_to_its_namesake():
    entries = [*REGISTER[4:], Entry("GB-CHC-1900003", "Varrowmere Kitchen"), Entry("GB-CHC-1999999", "Varrowmere Kitchen", status="Removed")]
    assert one(matcher(entries), "VARROWMERE KITCHEN").organisation == "GB-CHC-1900003"


def test_whole_comes_before_its_branch_of_the_same_name():
    entries = [*REGISTER[4:], Entry("GB-CHC-1900003", "Varrowmere Kitchen"), Entry("GB-CHC-1999999", "Varrowmere Kitchen", parent="GB-CHC-1900003")]
    assert one(matcher(entries), "VARROWMERE KITCHEN").organisation == "GB-CHC-1900003"


def test_twins_given_by_the_register_are_one():
    entries = [*REGISTER[4:], Entry("GB-CHC-1900003", "Varrowmere Kitchen"), Entry("GB-COH-09812345", "Varrowmere Kitchen", same_as="GB-CHC-1900003")]
    match = one(matcher(entries), "VARROWMERE KITCHEN")
    assert (match.organisation, "As likely" in match.why) == ("GB-CHC-1900003", False)


def test_register_of_one_name_or_of_none_that_can_be_compared_still_answers():
    assert one(matcher([Entry("GB-CHC-1", "Varrowmere Kitchen")]), "VARROWMERE KITCHEN").organisation == "GB-CHC-1"
    assert one(matcher([Entry("GB-CHC-1", "Οδός")]), "VARROWMERE KITCHEN") == Match()


def test_shipped_scorer_asks_only_for_features_there_are_and_grows_with_the_score(held):
    scores = shipped_scorer()
    assert 0.5 < scores.accept < 1
    assert 0 < scores.review < scores.accept
    assert all(each[0] < each[1] for knots in scores.knots for each in itertools.pairwise(knots))
    _, pairs = held._pairs([Payee("Quillbrook Singers")])
    assert set(scores.features) == {*pairs.columns, "register_of_file", "late_for_file"}
