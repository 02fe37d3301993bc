"""The strip of lengths: one dot a consultation along a day axis with lines at 6 and 12 weeks, year by year downwards."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from opencompact.values.days import TWELVE_WEEKS
from opencompact.web.pictures import ink

SIX_WEEKS = 42
# Half a year; what lasted longer stands at the edge and is said to.
EDGE = 182
_STEP = 3.0
_ROW = 62.0
_TOP = 40.0
# Dots are large where there is room for them.
_LARGE, _SMALL = 5.5, 4.0
# Dots within a dot's width of the 12-week line step aside from it, so that 83 days never hides behind 84.
_NEAR, _ASIDE = 3, 0.015


@dataclass(frozen=True)
class Length:
    """One consultation: its year, days open, whether it counts as a consultation (a call for evidence does not), title and address."""

    year: int
    days: int
    counts: bool
    title: str
    href: str


def strip(lengths: Iterable[Length], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The strip; a dot under 84 days is filled with the highlight, others are grey, and calls for evidence are hollow."""
    held = sorted(lengths, key=lambda one: (one.year, one.days, one.title, one.href))
    years = [(year, list(group)) for year, group in groupby(held, key=lambda one: one.year)]
    bottom = _TOP + _ROW * len(years)
    says = _in_words(years)
    tallest = max((max(Counter(_place(one) for one in group).values()) for _, group in years), default=0)
    radius = _LARGE if tallest * 2 * _LARGE < _ROW else _SMALL
    rows = (part for place, (year, group) in enumerate(years) for part in _row(year, group, _TOP + _ROW * place, radius))
    # The table beside it has the same links in words, so the dots are for the pointer alone.
    parts = [*_axis(bottom), ink.el("g", *rows, aria_hidden="true")]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=bottom + 44, parts=parts, role="group"))


def _axis(bottom: float) -> list[str]:
    parts = []
    for days, words, colour in ((SIX_WEEKS, "6 weeks", ink.QUIET), (TWELVE_WEEKS, "12 weeks", ink.INK)):
        parts.append(
            ink.upright(
                days / EDGE, _TOP - 14, bottom + 4, colour=colour, width=2 if days == TWELVE_WEEKS else 1, dashes=None if days == TWELVE_WEEKS else "4 4"
            )
        )
        parts.append(ink.text(words, ink.across(days / EDGE), _TOP - 20, anchor="middle", colour=colour, weight="700" if days == TWELVE_WEEKS else None))
        parts.append(ink.text(str(days), ink.across(days / EDGE), bottom + 20, anchor="middle", colour=colour))
    parts.append(ink.text("0", ink.across(0), bottom + 20, anchor="middle", colour=ink.QUIET))
    parts.append(ink.text(f"{EDGE} or more", ink.across(1), bottom + 20, anchor="end", colour=ink.QUIET))
    parts.append(ink.text("days open", ink.across(0), bottom + 38, colour=ink.QUIET))
    return parts


def _row(year: int, group: Sequence[Length], top: float, radius: float) -> list[str]:
    base = top + _ROW - 8
    parts = [
        ink.el("line", x1=ink.across(0), x2=ink.across(1), y1=base + radius + 1, y2=base + radius + 1, stroke=ink.LINE),
        ink.text(str(year), "0", base + 4, weight="700"),
    ]
    stacks = Counter(_place(one) for one in group)
    tall = max(stacks.values())
    step = min(2 * radius + 0.5, (_ROW - 16) / max(1, tall - 1))
    seen: Counter[int] = Counter()
    dots = []
    for one in group:
        dots.append(_dot(one, base - seen[_place(one)] * step, radius))
        seen[_place(one)] += 1
    return [*parts, *dots]


def _place(one: Length) -> int:
    """Dots nearer than a dot's width stand upon each other; no stack mixes dots from both sides of the 12-week line."""
    side = 1000 if one.days >= TWELVE_WEEKS else 0
    return side + round((min(one.days, EDGE) - TWELVE_WEEKS) / _STEP)


def _dot(one: Length, y: float, radius: float) -> str:
    short = one.days < TWELVE_WEEKS
    colour = ink.HIGHLIGHT if short else ink.GREY
    mark = ink.el(
        "circle",
        ink.hover(f"{one.title}: {one.days} days{'' if one.counts else ', call for evidence'}"),
        cx=ink.across(min(one.days, EDGE) / EDGE + _aside(one.days)),
        cy=y,
        r=radius,
        fill=colour if one.counts else "#fff",
        stroke="#fff" if one.counts else colour,
        stroke_width=1 if one.counts else 1.5,
    )
    return ink.el("a", mark, href=one.href, tabindex=-1)


def _aside(days: int) -> float:
    if TWELVE_WEEKS - _NEAR <= days < TWELVE_WEEKS:
        return -_ASIDE
    return _ASIDE if TWELVE_WEEKS <= days < TWELVE_WEEKS + _NEAR else 0


def _in_words(years: Sequence[tuple[int, Sequence[Length]]]) -> str:
    said = [f"{year}: {sum(one.days < TWELVE_WEEKS for one in group)} of {len(group)} under 84 days" for year, group in years]
    return f"{'; '.join(said)}." if said else "No consultation with both its dates is held."
