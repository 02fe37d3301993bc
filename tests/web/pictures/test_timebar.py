from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.web.pictures.drawn import SVG, drawn, marks, texts

from opencompact.web.pictures.timebar import Window, bar

OPENED = date(2012, 7, 16)
SHORT = Window(OPENED, date(2012, 8, 27))


def _bar(window: Window):
    return bar(window, key="k", title="t", subtitle="s")


def _hatched(window: Window) -> int:
    return sum(each.get("fill") == "url(#hatch-k)" for each in marks(drawn(_bar(window)), "rect"))


def test_bar_short_shows_what_is_missing() -> None:
    assert [_hatched(SHORT), _hatched(Window(OPENED, OPENED + timedelta(days=84)))] == [1, 0]


def test_bar_names_its_days() -> None:
    said = texts(drawn(_bar(SHORT)))
    assert said[-4:] == ["42 days", "opened 16 July 2012", "84 days: 8 October 2012", "closed 27 August 2012"]


def test_bar_shades_holidays_inside_alone() -> None:
    window = Window(OPENED, date(2012, 8, 27), holidays=(date(2012, 8, 26), date(2012, 8, 27), date(2012, 8, 20), date(2012, 12, 25)))
    assert sum(each.get("fill") == "#7fb2c7" for each in marks(drawn(_bar(window)), "rect")) == 2


def test_bar_closing_day_moved_is_shown() -> None:
    moved = Window(OPENED, date(2012, 8, 27), first_closed=date(2012, 8, 13))
    assert "first to close 13 August 2012" in texts(drawn(_bar(moved)))
    assert not Window(OPENED, date(2012, 8, 27), first_closed=date(2012, 8, 27)).is_moved


def test_bar_response_late_stands_out() -> None:
    fills = [
        marks(drawn(_bar(Window(OPENED, date(2012, 8, 27), response_due=date(2012, 11, 19), responded=day))), "circle")[0].get("fill")
        for day in (date(2012, 11, 19), date(2012, 11, 20))
    ]
    assert fills == ["#0b5d7a", "#b3460b"]


def test_bar_response_without_a_rule_is_shown() -> None:
    assert "response 1 October 2012" in texts(drawn(_bar(Window(OPENED, date(2012, 8, 27), responded=date(2012, 10, 1)))))


def test_bar_says_all_of_it() -> None:
    window = Window(OPENED, date(2012, 8, 27), date(2012, 8, 13), date(2012, 11, 19), date(2012, 12, 1), holidays=(date(2012, 8, 27),))
    assert _bar(window).says == (
        "Opened 16 July 2012, closed 27 August 2012: 42 days; 84 wanted. First to close 13 August 2012. 1 holiday day inside. "
        "Response due 19 November 2012. Response published 1 December 2012."
    )


@given(st.dates(date(1998, 1, 1), date(2035, 1, 1)), st.integers(0, 1100))
def test_bar_stays_inside_its_picture(opened: date, days: int) -> None:
    root = drawn(_bar(Window(opened, opened + timedelta(days=days))))
    for box in (each for each in marks(root, "rect") if each.get("x")):
        assert 0 <= float(box.get("x").rstrip("%")) <= float(box.get("x").rstrip("%")) + float(box.get("width").rstrip("%")) <= 100.01
    assert root.find(f"{SVG}desc").text.startswith("Opened ")
