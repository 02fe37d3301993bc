"""Coverage as a calendar grid: a row a year and a box a month, filled where held, hatched where not, crossed where the body published nothing."""

from collections import Counter
from collections.abc import Mapping

from opencompact.values.days import count_in_words
from opencompact.web.pictures import ink

STATES = {"held": "held", "not_held": "not held", "not_published": "not published"}
_ROW, _TOP = 24.0, 26.0


def grid(states: Mapping[str, str], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The grid of states by month (`2031-07`); months outside the first and last known are left blank."""
    years = sorted({month[:4] for month in states})
    counts = Counter(states.values())
    says = "; ".join(f"{count_in_words(counts[state], 'month')} {words}" for state, words in STATES.items() if counts[state]) or "No month is held"
    parts = [
        ink.hatch(key),
        *(ink.text(letter, ink.across((place + 0.5) / 12), 16, anchor="middle", colour=ink.QUIET, size=13) for place, letter in enumerate("JFMAMJJASOND")),
    ]
    for place, year in enumerate(years):
        y = _TOP + place * _ROW
        parts.append(ink.text(year, "0", y + 15))
        parts += [_box(month, states[month], y, key) for month in (f"{year}-{number:02}" for number in range(1, 13)) if month in states]
    return ink.Picture(title, subtitle, f"{says}.", ink.sheet(key, title=title, says=says, height=_TOP + _ROW * len(years) + 4, parts=parts))


def _box(month: str, state: str, y: float, key: str) -> str:
    part = (int(month[5:]) - 1) / 12
    fill = ink.CALM if state == "held" else f"url(#hatch-{key})" if state == "not_held" else "#fff"
    place: ink.Attributes = {"x": ink.across(part + 0.004), "y": y, "width": ink.along(1 / 12 - 0.008), "height": _ROW - 4}
    box = ink.el("rect", ink.hover(f"{month}: {STATES[state]}"), fill=fill, stroke=ink.CALM if state == "held" else ink.QUIET, stroke_width=1, **place)
    if state != "not_published":
        return box
    ends: ink.Attributes = {"x1": ink.across(part + 0.004), "x2": ink.across(part + 1 / 12 - 0.004), "stroke": ink.HIGHLIGHT, "stroke_width": 1.5}
    return box + ink.el("line", y1=y, y2=y + _ROW - 4, **ends) + ink.el("line", y1=y + _ROW - 4, y2=y, **ends)
