"""Every agreement of the catalogue, whoever adds it, keeps what agreements promise; and ours say no more than their sources."""

from collections import Counter
from datetime import timedelta

import pytest

from opencompact.promises.rules.agreements import can_have_verdict, crosswalk, has_stated_reason, number_key, one_way_kin, undertaking_id
from opencompact.registry import load_catalogue
from opencompact.registry.cards import Agreement

AGREEMENTS = load_catalogue().agreements
each_agreement = pytest.mark.parametrize("card", AGREEMENTS.values(), ids=AGREEMENTS)


@each_agreement
def test_agreement_numbers_each_undertaking_once_and_in_order(card: Agreement) -> None:
    numbers = [item.number for item in card.undertakings]
    assert numbers == sorted(set(numbers), key=number_key)


@each_agreement
def test_agreement_uses_each_of_its_outcomes_and_no_other(card: Agreement) -> None:
    assert [outcome.number for outcome in card.outcomes] == list(dict.fromkeys(item.outcome for item in card.undertakings))


@each_agreement
def test_undertaking_gets_a_verdict_or_says_why_not(card: Agreement) -> None:
    assert [item.number for item in card.undertakings if not has_stated_reason(item)] == []


@each_agreement
def test_confirmed_wording_carries_its_address(card: Agreement) -> None:
    named = [(item.number, item) for item in card.undertakings] + [(item.number, sign) for item in card.undertakings for sign in item.signs]
    assert [number for number, item in named if item.wording == "confirmed" and not item.source_url.startswith(("https://", "http://"))] == []


@each_agreement
def test_unconfirmed_wording_is_said_in_the_reason(card: Agreement) -> None:
    missing = [item.number for item in card.undertakings if item.wording == "unconfirmed" and "confirmed" not in item.cannot_yet and not card.template]
    assert missing == []


def test_kin_of_every_agreement_exist() -> None:
    named = {other for card in AGREEMENTS.values() for item in card.undertakings for other in item.kin}
    assert named <= set(crosswalk(AGREEMENTS))


@each_agreement
def test_agreement_shows_a_source_and_a_note_and_ends_after_it_begins(card: Agreement) -> None:
    assert card.note
    assert card.template or card.source_url.startswith(("https://", "http://"))
    assert card.in_force_to is None or card.in_force_from is None or card.in_force_from < card.in_force_to


def test_national_agreements_name_their_kin_both_ways() -> None:
    national = ("compact-2010/", "covenant-2025/")
    kin = crosswalk({slug: AGREEMENTS[slug] for slug in ("compact-2010", "covenant-2025")})
    assert len(kin) == 12
    assert [pair for pair in one_way_kin(AGREEMENTS) if pair[0].startswith(national)] == []


def test_compact_of_2010_has_five_outcomes_numbered_straight_through_for_government_and_sector() -> None:
    card = AGREEMENTS["compact-2010"]
    numbers = {outcome.number: [item.number for item in card.undertakings if item.outcome == outcome.number] for outcome in card.outcomes}
    assert numbers == {outcome: [f"{outcome}.{place}" for place in range(1, last + 1)] for outcome, last in {"1": 8, "2": 9, "3": 18, "4": 7, "5": 5}.items()}
    assert Counter(item.bound for item in card.undertakings) == {"government": 31, "sector": 16}


def test_compact_of_2010_confirms_outcome_1_and_what_else_was_seen_in_a_source() -> None:
    confirmed = [item.number for item in AGREEMENTS["compact-2010"].undertakings if item.wording == "confirmed"]
    assert confirmed == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "2.4", "4.4"]


def test_only_2_4_can_be_tested_by_the_record_today() -> None:
    ours = ("compact-2010", "covenant-2025", "local-compact-template")
    assert [undertaking_id(slug, item.number) for slug in ours for item in AGREEMENTS[slug].undertakings if can_have_verdict(item)] == ["compact-2010/2.4"]


def test_covenant_begins_the_day_after_the_compact_ends() -> None:
    assert AGREEMENTS["covenant-2025"].in_force_from - AGREEMENTS["compact-2010"].in_force_to == timedelta(days=1)


def test_covenant_has_four_principles_with_signs_of_progress_and_warning() -> None:
    card = AGREEMENTS["covenant-2025"]
    assert {item.number: Counter(sign.sign for sign in item.signs) for item in card.undertakings} == {
        "1": {"progress": 9, "warning": 2},
        "2": {"warning": 1},
        "3": {},
        "4": {},
    }


def test_local_template_is_a_template_and_ends_with_steps_for_putting_things_right() -> None:
    card = AGREEMENTS["local-compact-template"]
    assert (card.template, card.outcomes[-1].title) == (True, "Putting things right")
    assert [item.paraphrase.partition(":")[0] for item in card.undertakings if item.outcome == "6"][:4] == ["Step 1", "Step 2", "Step 3", "Step 4"]
