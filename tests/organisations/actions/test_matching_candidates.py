"""Several candidates for a payee: the one that would be taken first, each payee by itself."""

import pytest

from opencompact.organisations.actions.matching import Matcher, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry

ENTRIES = [
    Entry("GB-CHC-1", "Long Wall Advice Centre"),
    Entry("GB-CHC-1", "Wall Advice"),
    Entry("GB-CHC-2", "Long Wall Advocacy Centre"),
    Entry("GB-CHC-3", "Old Mill Youth Club"),
    Entry("GB-COH-4", "Long Wall Advice Centre Ltd", same_as="GB-CHC-1"),
    Entry("GB-CHC-5", "Friends of the Harbour", "ZZ1 ***"),
    Entry("GB-CHC-6", "Friends of the Harbour", "YY9 ***"),
]


@pytest.fixture(scope="module")
def held() -> Matcher:
    return matcher(ENTRIES)


def test_first_is_what_would_be_taken_and_alone_may_be_accepted(held):
    ((first, *others),) = held.candidates([Payee("OLD MILL YOUTH CLUB")])
    assert (first.organisation, first.name, first.stage, first.decision) == ("GB-CHC-3", "Old Mill Youth Club", "exact", "accepted")
    assert {each.decision for each in others} <= {"review", "none"}


def test_twins_are_no_rivals_and_each_organisation_stands_once(held):
    (found,) = held.candidates([Payee("LONG WALL ADVICE CENTRE")])
    stands = ["GB-CHC-1" if each.organisation == "GB-COH-4" else each.organisation for each in found]
    assert stands[:2] == ["GB-CHC-1", "GB-CHC-2"]
    assert len(set(stands)) == len(stands)


def test_rivals_are_given_no_more_than_the_one_before_them(held):
    for found in held.candidates([Payee("Friends of the Harbour"), Payee("Long Wall"), Payee("Old Mill")]):
        assert [each.probability for each in found] == sorted((each.probability for each in found), reverse=True)


def test_candidates_not_likely_enough_are_named_all_the_same(held):
    (found,) = held.candidates([Payee("Harbour Dredging Works")])
    assert [each.decision for each in found] == ["none"] * len(found)
    assert all(each.organisation and each.name for each in found)


def test_limit_cuts(held):
    assert [len(found) for found in held.candidates([Payee("Long Wall Advice Centre")], limit=1)] == [1]


def test_postcode_tells_namesakes_apart(held):
    (one,), (other,) = held.candidates([Payee("Friends of the Harbour", "ZZ1 1AA"), Payee("Friends of the Harbour", "YY9 1AA")], limit=1)
    assert (one.organisation, other.organisation) == ("GB-CHC-5", "GB-CHC-6")


def test_each_payee_is_judged_by_itself(held):
    payees = [Payee("Old Mill Youth Club"), Payee(""), Payee("Long Wall Advocacy"), Payee("Qqqq Zzzz")]
    assert held.candidates(payees) == [held.candidates([payee])[0] for payee in payees]


def test_nothing_like_it_has_no_candidates(held):
    assert held.candidates([Payee("Qqqq"), Payee("")]) == [[], []]
    assert held.candidates([]) == []
