from functools import partial

from tests.web.pictures.drawn import SVG, drawn, marks, texts

from opencompact.web.pictures.ink import GREY, HIGHLIGHT
from opencompact.web.pictures.lengths import Length, strip

drawn_group = partial(drawn, role="group")


def _strip(*lengths: Length):
    return strip(lengths, key="k", title="In 2031, 1 of 2 < 12 weeks", subtitle="s")


def _length(days: int, *, year: int = 2031, counts: bool = True, title: str = "Water") -> Length:
    return Length(year, days, counts, title, f"/consultations/x/{days}/")


def test_strip_short_is_highlighted_and_84_is_not() -> None:
    dots = marks(drawn_group(_strip(_length(83), _length(84))), "circle")
    assert [dot.get("fill") for dot in dots] == [HIGHLIGHT, GREY]


def test_strip_83_and_84_stand_on_either_side_of_the_line() -> None:
    root = drawn_group(_strip(_length(83), _length(84)))
    line = next(each for each in root.iter(f"{SVG}line") if each.get("stroke-width") == "2")
    low, high = (float(dot.get("cx").rstrip("%")) for dot in marks(root, "circle"))
    assert low < float(line.get("x1").rstrip("%")) < high


def test_strip_call_for_evidence_is_hollow_and_said() -> None:
    dot = marks(drawn_group(_strip(_length(30, counts=False))), "circle")[0]
    assert (dot.get("fill"), dot.get("stroke"), dot.find(f"{SVG}title").text) == ("#fff", HIGHLIGHT, "Water: 30 days, call for evidence")


def test_strip_dot_opens_its_consultation_and_is_no_tab_stop() -> None:
    link = marks(drawn_group(_strip(_length(30))), "a")[0]
    assert (link.get("href"), link.get("tabindex")) == ("/consultations/x/30/", "-1")


def test_strip_equal_lengths_stand_upon_each_other() -> None:
    dots = marks(drawn_group(_strip(_length(42, title="A"), _length(42, title="B"))), "circle")
    assert dots[0].get("cx") == dots[1].get("cx")
    assert float(dots[0].get("cy")) > float(dots[1].get("cy"))


def test_strip_many_stay_inside_their_year() -> None:
    root = drawn_group(_strip(*(_length(84, title=f"T{place:03}") for place in range(120)), _length(20, year=2030)))
    ys = [float(dot.get("cy")) for dot in marks(root, "circle")[1:]]
    assert max(ys) - min(ys) < 62


def test_strip_over_half_a_year_stands_at_the_edge() -> None:
    dots = marks(drawn_group(_strip(_length(182), _length(400))), "circle")
    assert dots[0].get("cx") == dots[1].get("cx") == "98%"


def test_strip_says_year_by_year() -> None:
    assert _strip(_length(30), _length(90), _length(90, year=2030)).says == "2030: 0 of 1 under 84 days; 2031: 1 of 2 under 84 days."


def test_strip_of_nothing_says_so() -> None:
    picture = _strip()
    assert (picture.says, "6 weeks" in texts(drawn_group(picture))) == ("No consultation with both its dates is held.", True)


def test_strip_is_the_same_every_time() -> None:
    lengths = [_length(days) for days in (30, 84, 30)]
    assert _strip(*lengths).svg == _strip(*reversed(lengths)).svg
