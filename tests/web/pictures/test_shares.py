from tests.web.pictures.drawn import drawn, marks, texts

from opencompact.web.pictures.shares import Mark, Point, over_time

KNOWN = Point(0.25, "2030", 20, 0.45, 0.26, 0.66)


def _over_time(*points: Point, rules: tuple[Mark, ...] = ()):
    return over_time(points, years=[Mark(0.25, "2030"), Mark(0.75, "2031")], rules=rules, width=0.5, key="k", title="t", subtitle="s")


def test_over_time_too_few_is_hatched_and_never_nought() -> None:
    root = drawn(_over_time(KNOWN, Point(0.75, "2031", 3, None)))
    assert len(marks(root, "circle")) == 1
    assert [each.get("fill") for each in marks(root, "rect")] == ["url(#hatch-k)"]


def test_over_time_a_gap_breaks_the_line() -> None:
    root = drawn(_over_time(KNOWN, Point(0.5, "2031", 1, None), Point(0.75, "2032", 20, 0.5, 0.3, 0.7)))
    assert len(marks(root, "polyline")) == 2
    assert marks(root, "polygon") == []


def test_over_time_neighbours_share_a_ribbon() -> None:
    root = drawn(_over_time(KNOWN, Point(0.75, "2031", 20, 0.5, 0.3, 0.7)))
    assert [each.get("points") for each in marks(root, "polygon")] == ["250,34 750,30 750,70 250,74"]


def test_over_time_without_interval_has_no_ribbon() -> None:
    root = drawn(_over_time(Point(0.25, "2030", 5, 0.4), Point(0.75, "2031", 5, 0.5)))
    assert marks(root, "polygon") == []


def test_over_time_scale_begins_at_nought() -> None:
    assert texts(drawn(_over_time(KNOWN)))[:3] == ["0 %", "50 %", "100 %"]


def test_over_time_rules_are_named() -> None:
    picture = _over_time(KNOWN, rules=(Mark(0.2, "Code"), Mark(0.8, "Principles")))
    assert ("Code" in texts(drawn(picture)), picture.says) == (True, "2030 45% of 20. Marked: Code; Principles.")


def test_over_time_nothing_says_so() -> None:
    assert _over_time().says == "Nothing to show."


def test_over_time_many_years_are_named_in_turn() -> None:
    years = [Mark((place + 0.5) / 20, str(2010 + place)) for place in range(20)]
    said = texts(drawn(over_time([KNOWN], years=years, rules=(), width=0.05, key="k", title="t", subtitle="s")))
    assert [year for year in said if year.startswith("20")] == ["2010", "2013", "2016", "2019", "2022", "2025", "2028"]
