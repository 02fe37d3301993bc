import pytest
from tests.web.pictures.drawn import drawn, marks, texts

from opencompact.web.pictures import ink
from opencompact.web.pictures.coverage import Row, coverage


def picture(*rows: Row):
    return coverage(rows, key="k", title="t", subtitle="s")


def test_coverage_before_it_is_held_has_no_bar_for_who_came() -> None:
    shown = picture(Row("Wales", 2, 4, 3, 1, None))
    assert texts(drawn(shown)) == ["wanted", "drawn", "accepted", "Wales: 3 / 1 of 2–4"]
    assert shown.says == "Wales: 2 to 4 wanted, 3 drawn, 1 accepted."
    assert [each.get("width") for each in marks(drawn(shown), "rect")][3:] == ["48%", "72%", "24%"]


def test_coverage_once_held_says_who_came_and_who_is_missing_in_colour_and_words() -> None:
    shown = picture(Row("Wales", 2, 4, 3, 2, 1), Row("Kent", 0, 1, 1, 1, 1))
    root = drawn(shown)
    assert texts(root) == ["wanted", "drawn", "accepted", "came", "Wales: 3 / 2 / 1, lacks 1", "Kent: 1 / 1 / 1 of 0–1"]
    assert [each.get("fill") for each in marks(root, "text")][-2:] == [ink.HIGHLIGHT, ink.INK]
    assert shown.says == "Wales: 2 to 4 wanted, 3 drawn, 2 accepted, 1 came; Kent: 0 to 1 wanted, 1 drawn, 1 accepted, 1 came."


@pytest.mark.parametrize("rows", [(), (Row("Nobody", 0, 0, 0, 0, None),)])
def test_coverage_of_nothing_wanted_divides_by_nothing(rows) -> None:
    assert drawn(picture(*rows)).get("height") == ("30" if not rows else "86")
