"""Rules of agreements: the order of numbers, what may get a verdict, and kin read both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.promises.invented import agreement, indicator, undertaking

from opencompact.promises.rules.agreements import (
    UnknownKin,
    UnknownOutcome,
    can_have_verdict,
    crosswalk,
    has_stated_reason,
    indicators_of,
    number_key,
    one_way_kin,
    outcome_shown,
    undertaking_id,
)
from opencompact.registry.cards import Undertaking


@pytest.mark.parametrize(
    ("given_numbers", "in_order"),
    [
        (["3.10", "3.9", "3.1", "10.1", "2.1"], ["2.1", "3.1", "3.9", "3.10", "10.1"]),
        (["2", "1.2", "1"], ["1", "1.2", "2"]),
        (["4b", "4a", "4"], ["4", "4a", "4b"]),
        (["annex", "7", ""], ["7", "", "annex"]),
    ],
)
def test_number_key_orders_as_people_count(given_numbers: list[str], in_order: list[str]) -> None:
    assert sorted(given_numbers, key=number_key) == in_order


@given(st.tuples(st.integers(0, 999), st.integers(0, 999)), st.tuples(st.integers(0, 999), st.integers(0, 999)))
def test_number_key_of_dotted_numbers_orders_as_the_pairs_do(one: tuple[int, int], other: tuple[int, int]) -> None:
    def dotted(pair: tuple[int, int]) -> str:
        return f"{pair[0]}.{pair[1]}"

    assert (number_key(dotted(one)) < number_key(dotted(other))) == (one < other)


@given(st.text(), st.text())
def test_number_key_of_any_text_can_be_compared(one: str, other: str) -> None:
    assert (number_key(one) <= number_key(other)) or (number_key(other) <= number_key(one))


def test_undertaking_id_joins_agreement_and_number() -> None:
    assert undertaking_id("sample-compact", "2.4") == "sample-compact/2.4"


@pytest.mark.parametrize(
    ("item", "may", "states"),
    [
        (undertaking(wording="confirmed", test="computed", cannot_yet=""), True, True),
        (undertaking(wording="confirmed", test="both", cannot_yet=""), True, True),
        (undertaking(wording="confirmed", test="judgement", cannot_yet=""), False, False),
        (undertaking(wording="confirmed", test="judgement", cannot_yet="It needs an assessor."), False, True),
        (undertaking(wording="unconfirmed", test="computed", cannot_yet=""), False, False),
        (undertaking(wording="unconfirmed", test="computed", cannot_yet="Not confirmed."), False, True),
        (undertaking(wording="confirmed", test="computed", cannot_yet="No record is held."), False, True),
    ],
)
def test_verdict_needs_confirmed_wording_a_test_that_computes_and_nothing_in_the_way(item: Undertaking, may: bool, states: bool) -> None:
    assert (can_have_verdict(item), has_stated_reason(item)) == (may, states)


def test_outcome_shown_gives_number_and_title() -> None:
    card = agreement("sample-compact", undertaking(number="1.1", outcome="1"))
    assert outcome_shown(card, card.undertakings[0]) == "1. An invented outcome"


def test_outcome_shown_refuses_one_that_is_not_listed() -> None:
    card = agreement("sample-compact", undertaking(number="1.1", outcome="9"))
    with pytest.raises(UnknownOutcome) as refusal:
        outcome_shown(card, card.undertakings[0])
    assert str(refusal.value) == "Agreement sample-compact, undertaking 1.1, outcome: found 9; expected one of 1."


def test_crosswalk_reads_kin_both_ways_in_the_order_of_numbers() -> None:
    cards = {
        "sample-a": agreement("sample-a", undertaking(number="1.9"), undertaking(number="1.10"), undertaking(number="2.1")),
        "sample-b": agreement("sample-b", undertaking(number="1", kin=("sample-a/1.10", "sample-a/1.9"))),
    }
    assert crosswalk(cards) == {"sample-a/1.9": ("sample-b/1",), "sample-a/1.10": ("sample-b/1",), "sample-b/1": ("sample-a/1.9", "sample-a/1.10")}


@given(st.sets(st.tuples(st.integers(1, 5), st.integers(1, 5))))
def test_crosswalk_is_symmetric_whoever_names_whom(pairs: set[tuple[int, int]]) -> None:
    named = {own: tuple(f"sample-a/{other}" for one, other in sorted(pairs) if one == own) for own in range(1, 6)}
    kin = crosswalk({"sample-a": agreement("sample-a", *(undertaking(number=str(own), kin=others) for own, others in named.items()))})
    assert {(one, other) for one, others in kin.items() for other in others} == {(other, one) for one, others in kin.items() for other in others}


def test_crosswalk_refuses_kin_that_nobody_holds() -> None:
    with pytest.raises(UnknownKin) as refusal:
        crosswalk({"sample-a": agreement("sample-a", undertaking(number="1.1", kin=("sample-z/7",)))})
    assert str(refusal.value) == "Agreement sample-a, undertaking 1.1, kin: found sample-z/7; expected an undertaking held, as compact-2010/2.4."


def test_one_way_kin_finds_what_is_not_named_back() -> None:
    cards = {
        "sample-a": agreement("sample-a", undertaking(number="1", kin=("sample-b/1",)), undertaking(number="2", kin=("sample-b/2",))),
        "sample-b": agreement("sample-b", undertaking(number="1", kin=("sample-a/1",)), undertaking(number="2")),
    }
    assert one_way_kin(cards) == (("sample-a/2", "sample-b/2"),)


def test_indicators_of_an_undertaking_are_those_that_name_it() -> None:
    cards = {
        "later": indicator("later", tests=("sample-a/1",)),
        "earlier": indicator("earlier", tests=("sample-a/2", "sample-a/1")),
        "none": indicator("none", tests=()),
    }
    assert indicators_of("sample-a/1", indicators=cards) == ("earlier", "later")
