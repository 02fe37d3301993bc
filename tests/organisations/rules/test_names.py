"""Names are compared by the same rules in Python and in SQL."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.organisations.rules import names
from opencompact.registry import load_catalogue

RULES = names.name_rules(load_catalogue().vocabularies["name-rules"].terms)


@pytest.mark.parametrize(
    ("published", "normalised"),
    [
        ("The Quillbrook Trust", "QUILLBROOK TRUST"),
        ("QUILLBROOK TRUST (THE)", "QUILLBROOK TRUST"),
        ("Quillbrook Trust(The) Limited", "QUILLBROOK TRUST"),
        ("Quillbrook & Varrow Ltd.", "QUILLBROOK AND VARROW"),
        ("Quillbrook + Varrow P.L.C.", "QUILLBROOK AND VARROW"),
        ("Café  Carers'\nCircle", "CAFE CARERS CIRCLE"),
        ("Lantern-Keepers T/A The Lamp Shop", "LANTERN KEEPERS"),
        ("Lantern Keepers trading as Lamps", "LANTERN KEEPERS"),
        ("Lantern Keepers (Registered Charity No. 1900001)", "LANTERN KEEPERS"),
        ("Lantern Keepers C.I.C.", "LANTERN KEEPERS CIC"),
        ("Lantern Keepers CIO", "LANTERN KEEPERS CIO"),
        (r"LAMP KEEPER\xB4S GUILD", "LAMP KEEPERS GUILD"),
        ("Lamp Keeper&#39;s &amp; Weaver&rsquo;s Guild", "LAMP KEEPERS AND WEAVERS GUILD"),
        ("The", "THE"),
        ("Ltd", "LTD"),
        ("…", ""),
    ],
)
def test_name_is_normalised_by_the_rules(published: str, normalised: str) -> None:
    assert names.normalised(published, RULES) == normalised


def test_spelling_keeps_the_words_that_comparing_cuts() -> None:
    assert names.spelled("The Quillbrook Trust (Ltd)", RULES) == "THE QUILLBROOK TRUST LTD"


def test_no_letters_and_no_steps_leave_a_name_as_it_is() -> None:
    rules = names.name_rules([])
    assert (names.normalised("The Lamp", rules), names.normalised_sql("name", rules)) == ("The Lamp", "name")


@pytest.mark.parametrize(("letters", "plain"), [("abé", "AXE"), ("abcdefghijklmnopqrstuvwxyzé", "ABCDEFGHIJKLMNOPQRSTUVWXYZE"), ("é", "E")])
def test_letters_become_those_the_rules_give(letters: str, plain: str) -> None:
    rules = names.name_rules([{"use": "letters", "pattern": letters, "becomes": plain}])
    with duckdb.connect() as con:
        found = con.execute(f"SELECT {names.spelled_sql('x', rules)} FROM (SELECT unnest(['ab b', 'abé', NULL]) AS x)").fetchall()
    assert found == [(names.spelled("ab b", rules),), (names.spelled("abé", rules),), (None,)]


@pytest.mark.parametrize(("patterns", "found"), [(["LTD|PLC"], True), (["LT"], False), ([], False), ([""], False), (["^LAMPS"], True)])
def test_words_are_found_whole(patterns: list[str], found: bool) -> None:
    with duckdb.connect() as con:
        assert con.execute(f"SELECT {names.has_words_sql('x', patterns)} FROM (SELECT 'LAMPS LTD' AS x)").fetchone() == (found,)


PIECES = [
    "The ",
    "THE",
    " Ltd",
    " LIMITED",
    " plc",
    " (The)",
    " t/a ",
    " trading as ",
    "&",
    "+",
    "C.I.C.",
    "é",
    "Ñ",
    "'s",
    "\\xB4",
    "&amp;",
    "&#39;",
    "\n",
    " reg charity no 123456",
]
NAMES = st.one_of(st.text(max_size=20), st.lists(st.sampled_from([*PIECES, "a", "B", " ", ".", "-", "ß"]), max_size=6).map("".join))


@settings(max_examples=60)
@given(st.lists(NAMES, min_size=1, max_size=40))
def test_sql_normalises_as_python_does(published: list[str]) -> None:
    spelling = names.spelled_sql("x", RULES)
    with duckdb.connect() as con:
        query = f"SELECT {spelling}, {names.normalised_sql('x', RULES)}, {names.cut_sql(spelling, RULES)} FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS x)"
        found = con.execute(query, [published]).fetchall()
    assert found == [(names.spelled(name, RULES), names.normalised(name, RULES), names.normalised(name, RULES)) for name in published]


@given(st.text(max_size=30))
def test_spelling_is_plain_and_stays_so(name: str) -> None:
    spelling = names.spelled(name, RULES)
    assert set(spelling) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
    assert spelling == " ".join(spelling.split())
