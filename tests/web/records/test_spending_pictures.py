"""Pictures of spending: the same parts in the same order, coverage in their words, nothing drawn of nothing."""

from decimal import Decimal

from tests.web.pictures.drawn import drawn

from opencompact.values.shares import Between
from opencompact.web.records import spending_pictures as pictures


def _size(small: int, large: int, not_held: int, known: float | None) -> dict:
    return {"year": "2031/32", "small": Decimal(small), "large": Decimal(large), "not_held": Decimal(not_held), "known": known}


def test_size_says_of_how_much_it_is_known() -> None:
    assert pictures.by_size([_size(30, 10, 60, 0.4)]).title == "Size is held of 40\u00a0% of the money; 75\u00a0% of that went to those under £1 million"
    assert pictures.by_size([_size(0, 0, 60, 0.0)]).title == "Of no recipient are the accounts of that year held"


def test_nothing_is_drawn_of_nothing() -> None:
    found = pictures.drawn("payments", whose="all", years=[], sizes=[], lengths=[], apart={"grants": [], "contracts": []}, held=[], stages=[])
    assert found == dict.fromkeys(("years", "sizes", "lengths", "apart", "recipients", "stages"))
    assert pictures.compared("council", [{"total": Decimal(0)}], record="payments") is None


def test_lengths_are_numbers_and_not_pounds() -> None:
    row = {"year": "2031/32", "known": 3, "several_rows": 2, "one_rows": 1, "not_held_rows": 4}
    picture = pictures.by_length("grants", [row])
    assert picture.title == "2 of 3 grants whose length is known run over a year"
    assert "2031/32, over a year: 2" in picture.svg
    assert "£" not in picture.svg.replace("£1", "")


def test_grants_and_contracts_never_share_a_bar() -> None:
    apart = {
        "grants": [{"began": 2031, "year": "2031/32", "voluntary": Decimal(7)}],
        "contracts": [{"began": 2031, "year": "2031/32", "voluntary": Decimal(5)}, {"began": None, "year": "day not held", "voluntary": Decimal(9)}],
    }
    assert pictures.grants_and_contracts(apart).says == "2031/32 grants: £7.00; 2031/32 contracts: £5.00."


def test_long_name_is_cut_in_the_picture_alone() -> None:
    picture = pictures.most([{"name": "The Very Long Invented Society Of Everything", "amount": Decimal(200)}, {"name": "B", "amount": Decimal(-1)}])
    assert picture.title == "The most went to The Very Long Invented Societ…: £200"
    assert pictures.most([{"name": "B", "amount": Decimal(-1)}]) is None


def test_stages_hatch_what_is_not_identified() -> None:
    stages = [{"stage": name, "amount": Decimal(amount), "share": Decimal(amount) / 4} for name, amount in (("exact", 2), ("review", 1), ("none", 1))]
    picture = pictures.by_stage(stages, whose="all")
    assert picture.title == "£2.00 of £4.00 went to payees that are identified"
    assert picture.svg.count("url(#hatch-stages)") == 3  # the key, and two bars
    assert drawn(picture)


def test_body_compared_stands_with_its_months_and_says_where_there_is_no_share() -> None:
    row = {"name": "Sample", "voluntary": Decimal(1), "other": Decimal(1), "unidentified": Decimal(2), "total": Decimal(4), "months": 3, "between": 12}
    picture = pictures.compared("council", [{**row, "range": Between(0.25, 0.75)}, {**row, "range": None}], record="payments")
    assert picture.says == "Sample: 25\u00a0%; 3 of 12 months; Sample: no share; 3 of 12 months."
    assert 'width="25.000%"' in picture.svg
