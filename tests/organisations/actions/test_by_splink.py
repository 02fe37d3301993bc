"""Splink's answers in the columns of ours: numbers first, its weight as a probability, our thresholds."""

import re

import pytest

from opencompact.organisations.actions.by_splink import match_by_splink, plain, weights
from opencompact.organisations.actions.matching import NO_NAME, NOT_LIKE, Payee
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.sample import names

REGISTER = [Entry(f"GB-CHC-{1_900_000 + place}", names.charity(place)) for place in range(300)]
FIRM = Payee("Torvex Onyx Bay Haulage Ltd")


def test_number_decides_first_then_splink_with_our_thresholds():
    payees = [
        Payee(names.charity(3).upper()),
        Payee(f"{names.charity(20)} Limited"),
        Payee("Whoever they are", identifier="1900004"),
        FIRM,
        Payee("!!!"),
        Payee(names.charity(3).upper()),
    ]
    found = match_by_splink(REGISTER, payees)
    assert [(match.organisation, match.decision, match.stage) for match in found] == [
        ("GB-CHC-1900003", "accepted", "splink"),
        ("GB-CHC-1900020", "accepted", "splink"),
        ("GB-CHC-1900004", "accepted", "identifier"),
        ("", "none", "none"),
        ("", "none", "none"),
        ("GB-CHC-1900003", "accepted", "splink"),
    ]
    assert found[0].name == names.charity(3)
    assert re.fullmatch(rf"By Splink: match weight \d+\.\d\d for {plain(names.charity(3))}\.", found[0].why)
    assert [found[3].why, found[4].why] == [NOT_LIKE, NO_NAME]


def test_probability_is_that_of_the_match_weight():
    asked = [names.charity(3), names.charity(40).rsplit(" ", 1)[0], FIRM.name]
    register = [entry.name for entry in REGISTER]
    for match, found in zip(match_by_splink(REGISTER, [Payee(name) for name in asked]), weights(register, asked), strict=True):
        assert match.probability == (round(2 ** found[1] / (1 + 2 ** found[1]), 4) if found else 0)
        assert (match.decision == "accepted") == (match.probability >= 0.7)


def test_the_same_files_give_the_same_answers():
    payees = [Payee(names.charity(place)[:-3]) for place in range(0, 60, 3)]
    assert match_by_splink(REGISTER, payees) == match_by_splink(REGISTER, payees)


def test_a_twin_is_told_by_the_number_that_stands_for_both():
    register = [*REGISTER, Entry("GB-COH-1", "Zandricvale Lantern Works", same_as="GB-CHC-1900999")]
    (match,) = match_by_splink(register, [Payee("ZANDRICVALE LANTERN WORKS")])
    assert match.organisation == "GB-CHC-1900999"


@pytest.mark.parametrize(
    ("register", "payees"), [(REGISTER[:1], [FIRM]), (REGISTER, [FIRM]), ([Entry("x-1", "?!")], [FIRM]), (REGISTER, [Payee("?")]), (REGISTER, [])]
)
def test_files_with_nothing_in_common_or_nothing_to_compare_are_answered(register, payees):
    assert [match.organisation for match in match_by_splink(register, payees)] == [""] * len(payees)


def test_a_weight_below_our_threshold_is_not_identified_and_says_so():
    (match,) = match_by_splink(REGISTER[:1], [Payee(REGISTER[0].name)])  # of one pair Splink learns nothing
    assert (match.organisation, match.decision, match.stage) == ("", "none", "none")
    assert 0 < match.probability < 0.3
    assert match.why.endswith("Below 0.30: not identified.")
