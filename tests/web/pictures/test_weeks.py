from tests.web.pictures.drawn import SVG, drawn, marks

from opencompact.web.pictures.ink import GREY, HIGHLIGHT
from opencompact.web.pictures.weeks import histogram


def _bars(counts: dict[int, int]):
    root = drawn(histogram(counts, key="k", title="t", subtitle="s"))
    return [(each.find(f"{SVG}title").text, each.get("fill"), each.get("height")) for each in marks(root, "rect")]


def test_histogram_under_twelve_weeks_is_highlighted() -> None:
    assert _bars({11: 1, 12: 2}) == [("11 to 12 weeks: 1", HIGHLIGHT, "75"), ("12 to 13 weeks: 2", GREY, "150")]


def test_histogram_long_ones_share_the_last_bar() -> None:
    assert _bars({26: 1, 60: 2}) == [("26 weeks or more: 3", GREY, "150")]


def test_histogram_of_nothing_says_so() -> None:
    assert histogram({}, key="k", title="t", subtitle="s").says == "Nothing to show."
