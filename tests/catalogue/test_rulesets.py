"""Every dated rule of the catalogue says when it holds and how surely; the government's follow one another without a gap."""

from datetime import date, timedelta

import pytest

from opencompact.registry import load_catalogue
from opencompact.registry.cards import RuleSet

RULE_SETS = load_catalogue().rule_sets
each_rule_set = pytest.mark.parametrize("card", RULE_SETS.values(), ids=RULE_SETS)
OURS = ("code-2001", "code-2008", "principles-2012-07", "principles-2013", "principles-2016", "principles-2018")


@each_rule_set
def test_rule_set_says_how_surely_its_dates_are_known_and_where_it_was_seen(card: RuleSet) -> None:
    assert card.dates_note
    assert card.source_url.startswith(("https://", "http://"))
    assert card.in_force_to is None or card.in_force_from <= card.in_force_to


@each_rule_set
def test_rule_set_of_the_compact_belongs_to_an_undertaking_and_the_governments_to_none(card: RuleSet) -> None:
    known = {f"{slug}/{item.number}" for slug, agreement in load_catalogue().agreements.items() for item in agreement.undertakings}
    assert card.tests in known if card.made_by == "compact" else card.tests == ""


def test_government_rules_follow_one_another_without_gap_or_overlap() -> None:
    cards = [RULE_SETS[slug] for slug in OURS]
    assert [card.in_force_to for card in cards] == [card.in_force_from - timedelta(days=1) for card in cards[1:]] + [None]


@pytest.mark.parametrize(
    ("slug", "least", "most", "response"),
    [
        ("code-2001", 84, None, None),
        ("code-2008", 84, None, None),
        ("principles-2012-07", 14, 84, None),
        ("principles-2013", 14, 84, None),
        ("principles-2016", None, None, 84),
        ("principles-2018", None, None, 84),
        ("compact-2010-2.4", 84, None, None),
    ],
)
def test_rule_set_sets_the_clocks_of_its_source(slug: str, least: int | None, most: int | None, response: int | None) -> None:
    card = RULE_SETS[slug]
    assert (card.least_days, card.usual_most_days, card.response_days) == (least, most, response)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2000, 12, 31), []),
        (date(2001, 1, 1), ["code-2001"]),
        (date(2008, 10, 31), ["code-2001"]),
        (date(2008, 11, 1), ["code-2008"]),
        (date(2012, 7, 16), ["code-2008", "compact-2010-2.4"]),
        (date(2012, 7, 17), ["principles-2012-07", "compact-2010-2.4"]),
        (date(2025, 7, 16), ["principles-2018", "compact-2010-2.4"]),
        (date(2025, 7, 17), ["principles-2018"]),
    ],
)
def test_rules_in_force_on_a_day(day: date, in_force: list[str]) -> None:
    cards = [RULE_SETS[slug] for slug in (*OURS, "compact-2010-2.4")]
    assert [card.slug for card in cards if card.in_force_from <= day and (card.in_force_to is None or day <= card.in_force_to)] == in_force


def test_compact_rule_holds_as_long_as_the_compact() -> None:
    rule, compact = RULE_SETS["compact-2010-2.4"], load_catalogue().agreements["compact-2010"]
    assert (rule.tests, rule.in_force_from, rule.in_force_to) == ("compact-2010/2.4", compact.in_force_from, compact.in_force_to)
