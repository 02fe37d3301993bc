from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

from tests.web.pictures.drawn import drawn

from opencompact.organisations.actions.matching import Match
from opencompact.organisations.rules.learned import UNLEARNED, Learned
from opencompact.web.organisations.matched_file import Answer, Matched
from opencompact.web.organisations.matched_said import FIRST, context, note, why

CARERS = Answer("GB-CHC-1", "Nowhere Carers", "charity", "small", True, 0.98, "accepted", "exact")
WORKS = Answer("GB-COH-1", "Invented Works", "company", "not_held", False, 0.95, "accepted", "exact")
MAYBE = Answer("GB-CHC-2", "Samplers United", "charity", "micro", True, 0.6, "review", "compared")
NOBODY = Answer()


def told(*rows, amounts=None):
    held = Matched("a.csv", ("x",), tuple(("",) for _ in rows), {}).with_answers(rows, note="", is_sample=False)
    payees = [f"payee {place % 20}" for place in range(len(rows))]
    return context(held, amounts or [None] * len(rows), payees)


def test_pictures_are_drawn_of_rows_and_pounds():
    found = told(CARERS, WORKS, MAYBE, NOBODY, amounts=[Decimal(50), Decimal(30), Decimal(10), Decimal(10)])
    for picture in found["pictures"]:
        drawn(picture)
    assert [picture.title for picture in found["pictures"]] == [
        "25\xa0% of the rows are accepted as payments to voluntary organisations",
        "Charities had the most accepted money",
        "Voluntary organisations by size. Most money: small",
    ]
    assert found["pictures"][0].says.startswith("Rows: 25% voluntary, 25% other, 25% to review, 25% not identified; Pounds: 50% voluntary")
    assert (found["share"], found["has_money"]) == (0.5, True)


def test_without_amounts_only_rows_are_told():
    found = told(CARERS, NOBODY)
    assert (found["has_money"], found["share"], len(found["pictures"])) == (False, 0.5, 1)


def test_file_without_rows_says_so():
    found = told()
    assert (found["share"], found["pictures"][0].says) == (None, "Rows: 0% voluntary, 0% other, 0% to review, 0% not identified.")


def test_credits_have_no_length():
    found = told(CARERS, WORKS, amounts=[Decimal(-50), Decimal(30)])
    assert "Pounds: 0% voluntary, 100% other" in found["pictures"][0].says
    assert found["share"] is None  # credits outweigh payments


def test_first_to_look_at_are_the_dearest():
    found = told(*([MAYBE] * 21), amounts=[Decimal(place) for place in range(21)])
    first = found["first"]
    assert (len(first), first[0]["payee"], first[0]["part"].amount) == (FIRST, "payee 0", Decimal(20))
    assert first[0]["part"].rows == 2
    assert first[1]["payee"] == "payee 19"


def test_kinds_and_bands_stand_in_order():
    big = Answer("GB-CHC-3", "Long Wall", "charity", "large", True, 0.98, "accepted", "exact")
    found = told(CARERS, big, WORKS, amounts=[Decimal(1), Decimal(2), Decimal(9)])
    assert [name for name, _, _ in found["kinds"]] == ["Company", "Charity"]
    assert [name.partition(":")[0] for name, _ in found["bands"]] == ["Small", "Large"]


def test_why_tells_no_word_of_a_name_that_is_not_public():
    match = Match("GB-CHC-1", "Old Secret Name", 0.9, "review", "compared", "Shares OLD. Below 0.90, so a person decides.")
    assert why(match, {"name": "Nowhere Carers"}) == "Found by another of its names on the register."
    assert why(match, {"name": "OLD SECRET NAME"}) == "Shares OLD."
    assert why(match, None) == "No organisation here has a name like enough."


def test_note_says_what_was_left_out():
    release = SimpleNamespace(number="2031-04", standing="real", at=datetime(2031, 4, 1, tzinfo=UTC))
    matcher = SimpleNamespace(scores=SimpleNamespace(accept=0.9, review=0.3), learned=UNLEARNED)
    lines = note(release, SimpleNamespace(organisations=3, left_out=2, matcher=matcher)).splitlines()
    assert lines[0] == "Matched by OpenCompact to 3 organisations of release 2031-04, as of 01 April 2031."
    assert lines[1] == "2 organisations, none of them voluntary, were left out for want of room."
    assert "0.90 or more" in lines[2]
    assert "decision" not in lines[3]
    matcher.learned = Learned(-0.5, 1.0, 12)
    lines = note(release, SimpleNamespace(organisations=3, left_out=2, matcher=matcher)).splitlines()
    assert lines[3] == "How likely a name is that was compared also follows from 12 decisions of people."
