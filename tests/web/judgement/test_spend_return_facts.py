"""Which year is shown first, and lines of a record that credits or silence leave without a share."""

from datetime import date
from decimal import Decimal

import pytest

from opencompact.registry import load_catalogue
from opencompact.web.judgement.spend_return_facts import FILLED, Record, lines, method_words, year_shown

CARD = load_catalogue().returns["ppn-001"]


@pytest.mark.parametrize(("held", "expected"), [((), 2030), ((2028, 2030, 2031), 2030), ((2028, 2029, 2032), 2029), ((2032, 2033), 2033)])
def test_year_shown_is_the_last_that_ended_as_far_as_it_is_held(held: tuple[int, ...], expected: int) -> None:
    assert year_shown(held, today=date(2031, 6, 1)) == expected


def row(**given: int | None) -> dict[str, object]:
    sums = {"rows": 2, "voluntary": 40, "other": 30, "unidentified": 30, "likely": 0, "review": 0, "by_number": 40, "by_name": 0, "by_person": 0,
            "declared": None, "sme": None}  # fmt: skip
    told = {name: value if value is None or name == "rows" else Decimal(value) for name, value in (sums | given).items()}
    return told | {"total": told["voluntary"] + told["other"] + told["unidentified"]}


def said(record: Record, year: int = 2029) -> dict[str, tuple[str, str]]:
    return {line.field.name: (line.value, line.said) for line in lines(CARD, year=year, record=record, history=[])}


def test_credits_that_outweigh_payments_leave_no_share() -> None:
    found = said(Record({2029: row(other=-30)}))
    assert found["share"] == found["most"] == ("", "cannot tell: credits outweigh payments in a part of it")
    assert found["unidentified"] == ("30", "£30.00")


def test_lines_say_on_which_stage_the_money_stands_and_the_least_share_leaves_likely_links_out() -> None:
    found = said(Record({2029: row(likely=10, by_number=20, by_name=7, by_person=3, review=12)}))
    assert {name: found[name][0] for name in ("by_number", "by_name", "by_person", "probable", "review")} == {
        "by_number": "20", "by_name": "7", "by_person": "3", "probable": "10", "review": "12"}  # fmt: skip
    assert (found["vcse"][0], found["share"][0], found["most"][0]) == ("40", "0.300000", "0.700000")


def test_what_is_not_held_is_no_nought() -> None:
    assert {value for name, (value, _) in said(Record()).items() if name != "against"} == {""}


def test_months_of_bodies_together_are_not_of_twelve() -> None:
    months = {2029: {"held": 17, "missing": 1}}
    assert said(Record({}, {}, months, ["a", "b"]))["months"] == ("17", "17\u00a0months")
    assert said(Record({}, {}, months, ["a"]))["months"] == ("17", "17 of 12")


def test_without_a_release_the_method_says_so() -> None:
    assert "as no release holds them" in method_words(CARD, Record())[0]


def test_every_line_has_its_filler_and_no_filler_is_idle() -> None:
    assert set(FILLED) == {field.name for field in CARD.fields}
