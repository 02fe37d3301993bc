"""Every return of the catalogue can be made: each field is one the program fills, and where the form is provisional it says why."""

from datetime import date

import pytest

from opencompact.judgement.rules.spend_returns import due_of
from opencompact.registry import load_catalogue
from opencompact.registry.cards import SpendReturn
from opencompact.web.judgement.spend_return_facts import FILLED

RETURNS = load_catalogue().returns


@pytest.mark.parametrize("card", RETURNS.values(), ids=RETURNS)
def test_every_field_is_one_that_is_filled_in(card: SpendReturn) -> None:
    assert [field.name for field in card.fields if field.name not in FILLED] == []


@pytest.mark.parametrize("card", RETURNS.values(), ids=RETURNS)
def test_sign_off_ends_with_publishing(card: SpendReturn) -> None:
    assert [steps[-1].step for steps in (card.target_steps, card.return_steps)] == ["published", "published"]


def test_ppn_001_is_owed_by_30_september_of_the_year_after_and_is_provisional() -> None:
    card = RETURNS["ppn-001"]
    assert (due_of(card.target_year, months=card.due_months).on, due_of(card.first_year, months=card.due_months).on) == (date(2028, 9, 30), date(2027, 9, 30))
    assert card.is_provisional
