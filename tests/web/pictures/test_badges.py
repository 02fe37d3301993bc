import re

import pytest

from opencompact.web.pictures import badges
from opencompact.web.words import VERDICTS


def test_symbols_differ_in_shape() -> None:
    shapes = dict(re.findall(r'<symbol id="v-(\w+)" viewBox="0 0 20 20">(.*?)</symbol>', badges.symbols()))
    assert (tuple(shapes), len(set(shapes.values()))) == (VERDICTS, 5)


@pytest.mark.parametrize("colour", badges.COLOURS.values())
def test_colours_can_be_read_on_white(colour: str) -> None:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_proportions_fill_the_bar_and_hatch_what_cannot_be_told() -> None:
    drawn = badges.proportions({"met": 1, "cannot_tell": 3})
    assert re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', drawn) == [("0.00", "25.00"), ("25.00", "75.00")]
    assert "url(#hatch-badge)" in drawn


def test_proportions_of_nothing_are_empty() -> None:
    assert badges.proportions({}).count("<rect") == 0
