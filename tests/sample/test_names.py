"""Invented names keep their key however a ledger dresses them."""

import random

from hypothesis import given
from hypothesis import strategies as st

from opencompact.sample import names

SEEDS = st.integers(0, 10_000)


@given(SEEDS)
def test_a_disguised_name_keeps_its_key(seed):
    rng = random.Random(seed)
    name = names.charity(rng.randrange(names.NAMES), start=seed)
    assert names.key(names.disguised(name, rng=rng)) == names.key(name)


@given(SEEDS)
def test_a_key_is_its_own_key(seed):
    key = names.key(names.charity(seed))
    assert names.key(key) == key


def test_dresses_all_occur():
    found = {names.disguised("The Varrowmere Hall & Bees Limited", rng=random.Random(seed)) for seed in range(200)}
    assert {name.isupper() for name in found} == {True, False}
    assert {name.upper().startswith("THE ") for name in found} == {True, False}
    assert {" & " in name for name in found} == {True, False}
    assert {name.upper().endswith("LTD") for name in found} == {True, False}
    assert {"  " in name for name in found} == {True, False}


def test_key_sets_aside_the_article_the_sign_and_the_legal_form():
    assert names.key("THE  Varrowmere Bees & Bells Ltd.") == "varrowmere bees and bells limited"


@given(SEEDS)
def test_firms_people_and_groups_share_no_word_with_a_charity_but_its_legal_form(seed):
    rng = random.Random(seed)
    others = f"{names.firm(rng)} {names.person(rng)} {names.unregistered_group(rng)}"
    assert set(names.key(names.charity(rng.randrange(names.NAMES), start=seed)).split()) & set(names.key(others).split()) <= {"limited"}


@given(SEEDS)
def test_damaged_name_keeps_most_of_its_letters_and_is_another_name(seed):
    rng = random.Random(seed)
    name = names.charity(rng.randrange(names.NAMES))
    found = names.damaged(name, rng=rng)
    assert names.key(found) != names.key(name)
    joined, whole = (names.key(each).replace(" ", "") for each in (found, name))
    assert -3 <= len(joined) - len(whole) <= 5


@given(SEEDS)
def test_lookalike_keeps_the_place_and_has_other_causes(seed):
    rng = random.Random(seed)
    name = names.charity(rng.randrange(names.NAMES))
    found = names.lookalike(name, rng=rng)
    assert names.key(found) != names.key(name)
    assert any(word in found for word in ("Rescue", "Rambling", "Archive"))
