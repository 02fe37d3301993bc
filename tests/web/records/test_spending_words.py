"""Rows of spending in words: what cannot be told is none, and never nought."""

from decimal import Decimal

from opencompact.web.records import spending_words as words


def _band(began: int | None, band: str, amount: int) -> dict:
    return {"began": began, "size_band": band, "amount": Decimal(amount), "rows": 1}


def test_sizes_split_at_a_million_and_tell_how_much_is_known() -> None:
    (row,) = words.sizes([_band(2031, "micro", 10), _band(2031, "medium", 20), _band(2031, "large", 30), _band(2031, "not_held", 60)])
    assert (row["year"], row["small"], row["large"], row["not_held"], row["share"], row["known"]) == ("2031/32", 30, 30, 60, 0.5, 0.5)


def test_share_of_sizes_is_none_where_no_size_is_held_or_credits_outweigh() -> None:
    unknown, credit = words.sizes([_band(2031, "not_held", 5), _band(None, "micro", -5), _band(None, "large", 3)])
    assert (unknown["share"], unknown["known"]) == (None, 0.0)
    assert (credit["year"], credit["share"], credit["known"]) == ("day not held", None, None)


def test_small_bands_are_those_under_a_million() -> None:
    assert words.small_bands() == {"micro", "small", "medium"}


def test_bands_run_from_the_smallest_and_what_has_none_comes_last() -> None:
    rows = words.bands([{"size_band": name} for name in ("not_held", "large", "micro", "invented")])
    assert [row["size_band"] for row in rows] == ["micro", "large", "invented", "not_held"]


def test_lengths_give_no_share_where_none_is_known() -> None:
    row = words.lengths([{"began": 2031, "length": "not_held", "rows": 4, "amount": Decimal(9)}])[0]
    assert (row["share"], row["known"], row["not_held_rows"], row["several_rows"]) == (None, 0, 4, 0)


def test_year_in_which_none_of_a_kind_is_held_has_none() -> None:
    grants = {"began": 2031, "voluntary": Decimal(1)}
    assert words.apart({"grants": [grants], "contracts": [{"began": None}]}) == [{"year": "2031/32", "grants": grants, "contracts": None}]


def test_bodies_stand_within_their_kind_with_their_range() -> None:
    row = {"kind": "council", "voluntary": Decimal(1), "other": Decimal(1), "unidentified": Decimal(2), "likely": Decimal(0)}
    credit = {**row, "kind": "department", "other": Decimal(-1)}
    (council, [one]), (department, [other]) = words.kinds([row, credit])
    assert (council, one["range"].least, one["range"].most, one["identified"]) == ("council", 0.25, 0.75, 0.5)
    assert (department, other["range"], other["identified"]) == ("department", None, 0.0)


def test_totals_of_no_year_have_no_range() -> None:
    assert words.totals([])["range"] is None
