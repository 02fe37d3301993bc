from hypothesis import given
from hypothesis import strategies as st

from opencompact.web.pictures import ink


def test_el_escapes_and_spells_attributes() -> None:
    assert ink.el("a", "x", class_="k", stroke_width=1.5, href='/?a="b"&c', fill=None) == '<a class="k" stroke-width="1.5" href="/?a=&quot;b&quot;&amp;c">x</a>'


def test_text_is_escaped() -> None:
    assert "&lt;b&gt; &amp; more" in ink.text("<b> & more", "0", 1)


@given(st.floats(min_value=0, max_value=1))
def test_across_stays_inside_the_plot(part: float) -> None:
    assert ink.LEFT <= float(ink.across(part).rstrip("%")) <= ink.RIGHT


def test_across_and_along_end_where_the_plot_ends() -> None:
    assert (ink.across(0), ink.across(1), ink.along(1)) == ("12%", "98%", "86%")


def test_hatch_is_named() -> None:
    assert 'id="hatch-k"' in ink.hatch("k")
