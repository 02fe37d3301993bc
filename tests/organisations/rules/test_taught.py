"""Which decisions speak of a candidate, and what the candidates come to by what was learned."""

from itertools import product

import duckdb
import pytest

from opencompact.organisations.rules.learned import UNLEARNED, Learned
from opencompact.organisations.rules.taught import candidates_sql, was_right

LEARNED = Learned(-0.8, 1.1, 12)
THRESHOLDS = {"accept": 0.7, "review": 0.3, "linked": 0.8}


@pytest.mark.parametrize(
    ("outcome", "chosen", "is_voluntary", "expected"),
    [
        ("organisation", "A", True, True),
        ("organisation", "B", True, False),
        ("none_of_these", "", True, False),
        ("none_of_these", "", False, False),
        ("not_voluntary", "", True, False),
        ("not_voluntary", "", False, None),
        ("not_voluntary", "", None, None),
    ],
)
def test_a_decision_says_right_wrong_or_nothing_of_the_candidate(outcome, chosen, is_voluntary, expected):
    assert was_right(outcome, chosen=chosen, candidate="A", is_voluntary=is_voluntary) is expected


@pytest.fixture
def con():
    with duckdb.connect() as made:
        made.execute("""CREATE TABLE scored_candidates (published_name VARCHAR, asked_with VARCHAR, place BIGINT, decision VARCHAR, stage VARCHAR,
            is_doubted BOOLEAN, organisation_id VARCHAR, register_name VARCHAR, probability DOUBLE, because VARCHAR, register_file VARCHAR,
            register_sha256 VARCHAR)""")
        yield made


def put(con, name, *, place=1, decision="accepted", stage="compared", is_doubted=False, organisation="A", probability=0.9, because="Shares X."):
    con.execute(
        "INSERT INTO scored_candidates VALUES (?, 'w', ?, ?, ?, ?, ?, 'N', ?, ?, 'f', 'c')",
        [name, place, decision, stage, is_doubted, organisation, probability, because],
    )


def candidates(con, learned):
    found = con.execute(candidates_sql(learned, **THRESHOLDS))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_word_follows_from_what_is_heeded(con):
    scored = [place / 100 for place in range(101)]
    for each in scored:
        put(con, f"{each:.2f}", probability=each)
    for row in candidates(con, LEARNED):
        heeded = LEARNED.of(float(row["published_name"]))
        word = "accepted" if heeded >= 0.8 else "review" if heeded >= 0.3 else "none"
        assert (row["probability"], row["decision"]) == (heeded, word)
        assert (row["organisation_id"], row["register_file"]) == ((None, None) if word == "none" else ("A", "f"))


@pytest.mark.parametrize(("stage", "is_doubted"), [*product(("exact", "initials", "none"), (True, False)), ("compared", True)])
def test_what_does_not_stand_on_likeness_alone_is_left_as_scored(con, stage, is_doubted):
    put(con, "X", stage=stage, is_doubted=is_doubted, decision="review", probability=0.75)
    assert candidates(con, LEARNED) == candidates(con, UNLEARNED)


def test_without_learning_all_stands_as_scored_and_rivals_only_where_a_person_decides(con):
    put(con, "A", because="Shares A.")
    put(con, "A", place=2, decision="review", probability=0.85, organisation="B")
    put(con, "B", decision="review", probability=0.5, is_doubted=True)
    put(con, "B", place=2, decision="review", probability=0.85, organisation="B")
    put(con, "C", decision="none", probability=0.2, because="Shares X. Below 0.30: not identified.")
    rows = candidates(con, UNLEARNED)
    assert [(row["published_name"], row["place"], row["decision"], row["probability"], row["organisation_id"]) for row in rows] == [
        ("A", 1, "accepted", 0.9, "A"),
        ("B", 1, "review", 0.5, "A"),
        ("B", 2, "review", 0.85, "B"),
        ("C", 1, "none", 0.2, None),
    ]
    assert rows[3]["because"] == "Shares X. Below 0.30: not identified."


def test_a_link_that_is_no_longer_likely_enough_waits_with_its_rivals_and_says_why(con):
    put(con, "A", probability=0.81, because="Shares A.")
    put(con, "A", place=2, decision="review", stage="exact", probability=0.75, organisation="B", because="The same name. Below 0.70, so a person decides.")
    put(con, "A", place=3, decision="review", probability=0.74, organisation="C", because="Shares C. Below 0.70, so a person decides.")
    first, second, third = candidates(con, LEARNED)
    assert (first["decision"], first["organisation_id"], first["probability"]) == ("review", "A", LEARNED.of(0.81))
    assert first["because"] == f"Shares A. Learned from 12 decisions: {LEARNED.of(0.81):.2f} where the scorer gave 0.81. Below 0.70, so a person decides."
    assert (second["organisation_id"], second["probability"]) == ("B", LEARNED.of(0.81))  # no more than the first
    assert (third["organisation_id"], third["place"], third["probability"]) == ("C", 3, LEARNED.of(0.74))
    assert second["because"] == "The same name. Below 0.70, so a person decides."


def test_a_name_that_was_near_nothing_comes_to_a_person(con):
    put(con, "A", decision="none", probability=0.25, because="Shares A. Below 0.30: not identified.")
    (row,) = candidates(con, Learned(1.0, 1.0, 1))
    assert (row["decision"], row["organisation_id"], row["probability"]) == ("review", "A", 0.4754)
    assert row["because"] == "Shares A. Learned from 1 decision: 0.48 where the scorer gave 0.25. Below 0.70, so a person decides."
