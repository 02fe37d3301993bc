import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.rules.search import LONGEST_QUOTE, compile_terms, first_quote, quotes

SHORT = compile_terms([{"pattern": r"shorter\s+period"}, {"pattern": "urgent"}])


def test_quote_is_the_sentence_with_its_white_space_made_single():
    text = "We ask for views. A shorter\n  period was needed because of the law. Thank you."
    assert first_quote(text, patterns=SHORT) == "A shorter period was needed because of the law."


def test_quote_ignores_upper_and_lower_case():
    assert first_quote("URGENT!", patterns=SHORT) == "URGENT!"


@pytest.mark.parametrize(
    "text",
    ["## Timing\n\nIt is urgent\n\nNext part", "Reasons:\n- it is late\n- It is urgent\n- other", "1. one\n2. It is urgent\n3. three", "Is it? It is urgent"],
)
def test_quote_ends_at_paragraphs_items_and_questions(text):
    assert first_quote(text, patterns=SHORT).removeprefix("- ").removeprefix("2. ") == "It is urgent"


def test_quote_is_of_the_earliest_words():
    assert first_quote("It is urgent. A shorter period.", patterns=SHORT) == "It is urgent."


def test_quote_is_none_where_nothing_is_found():
    assert first_quote("Nothing here.", patterns=SHORT) is None


def test_quotes_give_each_sentence_once_in_the_order_of_the_text():
    assert quotes("It is urgent, with a shorter period. So.", patterns=SHORT) == ("It is urgent, with a shorter period.",)
    assert quotes("It is urgent. And a shorter period.", patterns=SHORT) == ("It is urgent.", "And a shorter period.")
    assert quotes("", patterns=SHORT) == ()


@given(st.integers(0, 900), st.integers(0, 900))
def test_long_quote_is_cut_around_the_words_found(before, after):
    text = f"{'a ' * before}urgent{' b' * after}"
    quote = first_quote(text, patterns=SHORT)
    if len(text) <= LONGEST_QUOTE:
        assert quote == text
    else:
        assert LONGEST_QUOTE - 2 < len(quote) <= LONGEST_QUOTE
        assert "urgent" in quote
        assert quote.strip("…") in text


def test_long_words_are_cut():
    quote = first_quote("x" * 1000, patterns=[re.compile("x+")])
    assert quote == "x" * 298 + "…"
