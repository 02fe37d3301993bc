"""What a person typed, as a question the index can take."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.publication.rules.words import match_expression


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("carers", '"carers"*'),
        (" town  cou", '"town" "cou"*'),
        ('"NEAR(a, b)" OR *', '"NEAR" "a" "b" "OR"*'),
        ("GB-CHC-12", '"GB" "CHC" "12"*'),
        ("cafe\u0301", '"café"*'),
        ("", ""),
        ('*" -_', ""),
    ],
)
def test_words_are_quoted_and_the_last_is_a_beginning(text, expression):
    assert match_expression(text) == expression


@given(st.text() | st.text(alphabet='"*^:(){}+-ANDORNEAR \0\n,'))
def test_nothing_a_person_types_is_a_syntax_error(text):
    expression = match_expression(text)
    with sqlite3.connect(":memory:") as index:
        index.execute("CREATE VIRTUAL TABLE words USING fts5(title)")
        assert index.execute("SELECT * FROM words WHERE words MATCH ?", [expression or '"a"']).fetchall() == []
    index.close()
