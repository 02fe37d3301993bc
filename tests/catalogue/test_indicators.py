"""Every indicator of the catalogue keeps the contract and gives what its worked examples say; new cards are found by themselves."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.judgement.tiny_lake import put, tiny_lake

from opencompact.judgement.actions import select_rows
from opencompact.judgement.rules.measuring import FUNCTIONS, measure
from opencompact.registry import load_catalogue, load_shapes
from opencompact.registry.cards import Example, Indicator

CARDS = load_catalogue().indicators
EXAMPLES = [pytest.param(card, example, id=f"{slug}-{place}") for slug, card in CARDS.items() for place, example in enumerate(card.examples, start=1)]


@pytest.mark.parametrize(("card", "example"), EXAMPLES)
def test_example_gives_every_row_of_the_periods_it_names(card: Indicator, example: Example, tmp_path: Path) -> None:
    with tiny_lake(tmp_path, dict.fromkeys(card.needs, ())) as change:
        for table, rows in example.given.items():
            put(change, table, rows)
        for function in FUNCTIONS:
            change.con.execute(function)
        found = select_rows(change.con, card=card)
    periods, columns = {row["period"] for row in example.expect}, list(example.expect[0])
    shown = [{name: _plain(name, row[name]) for name in columns} for row in found if row["period"] in periods]
    assert sorted(example.expect, key=_place) == sorted(shown, key=_place)
    for row in found:
        measure(row, indicator=card.slug, interval=card.interval, not_enough_below=card.not_enough_below)


def _plain(name, value):
    """Sums come as Decimal and shares as long fractions; an example writes them as plain numbers."""
    return pytest.approx(float(value)) if name in ("value", "coverage") and value is not None else value


def _place(row: dict[str, object]) -> tuple[str, str]:
    return str(row["period"]), str(row["body"])


@pytest.mark.parametrize("slug", ["payments-to-small-voluntary", "grants-to-small-voluntary"])
def test_share_of_small_resting_on_few_rows_is_too_few_to_say(slug: str) -> None:
    row = {"body": "all", "period": "all", "value": 0.5, "n": 11, "population": 9000, "coverage": 0.0003}
    found = measure(row, indicator=slug, interval=CARDS[slug].interval, not_enough_below=CARDS[slug].not_enough_below)
    assert (found["value"], found["why_missing"]) == (None, "too few to say: 11 cases, 30 wanted")


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_card_has_examples_over_the_tables_it_needs(card: Indicator) -> None:
    assert card.examples
    assert {table for example in card.examples for table in example.given} == set(card.needs)
    assert {load_shapes()[table].visibility for table in card.needs} == {"public"}
    assert {"body", "period", "n", "population"} <= set(card.examples[0].expect[0])


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_card_states_its_denominator_assumptions_and_review(card: Indicator) -> None:
    assert card.denominator
    assert card.assumes
    assert card.informs
    assert card.reviewed_on < card.review_due_on <= card.reviewed_on + timedelta(days=366)


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_card_tests_undertakings_of_the_catalogue(card: Indicator) -> None:
    known = {f"{slug}/{undertaking.number}" for slug, agreement in load_catalogue().agreements.items() for undertaking in agreement.undertakings}
    assert set(card.tests) - known == set()
