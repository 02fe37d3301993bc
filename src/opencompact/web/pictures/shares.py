"""The share over time: a line with its 95 % interval as a ribbon, on a scale from nought to all, and the days the rules changed as named lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opencompact.web.pictures import ink

_TOP, _HEIGHT = 56.0, 200.0
_NAME = 17.0


@dataclass(frozen=True)
class Point:
    """One period: where its middle lies on the axis from 0 to 1, its name, and its share with interval; None where too few to say."""

    at: float
    name: str
    n: int
    share: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Mark:
    """A named moment: a rule came into force, or a year began."""

    at: float
    name: str


def over_time(points: Iterable[Point], *, years: Iterable[Mark], rules: Iterable[Mark], width: float, key: str, title: str, subtitle: str) -> ink.Picture:
    """The picture; `width` is one period's part of the axis. Periods too few to say are hatched, never drawn as nought."""
    held = list(points)
    rules = list(rules)
    top = _TOP + _NAME * max(0, len(rules) - 1)
    bottom = top + _HEIGHT
    says = _in_words(held, rules)
    parts = [
        ink.hatch(key, colour="#d5dcdf"),
        *_gaps(held, width, top, key),
        *_scale(top),
        ink.stretched(*_ribbons(held), top=top, height=_HEIGHT),
        *_rules(rules, top, bottom),
        *_dots(held, top),
        *_years(list(years), bottom),
    ]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=bottom + 30, parts=parts))


def _height_of(share: float, top: float) -> float:
    return top + (1 - share) * _HEIGHT


def _scale(top: float) -> list[str]:
    parts = []
    for part in (0.0, 0.5, 1.0):
        y = _height_of(part, top)
        parts.append(ink.el("line", x1=ink.across(0), x2=ink.across(1), y1=y, y2=y, stroke=ink.INK if part == 0 else ink.LINE))
        parts.append(ink.text(f"{part:.0%}".replace("%", " %"), "0", y + 5, colour=ink.QUIET))
    return parts


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.share is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _ribbons(points: Sequence[Point]) -> list[str]:
    parts = []
    for run in _runs(points):
        upper = [f"{_at(point.at)},{_down(point.high)}" for point in run if point.high is not None]
        lower = [f"{_at(point.at)},{_down(point.low)}" for point in reversed(run) if point.low is not None]
        if len(run) > 1 and upper:
            parts.append(ink.el("polygon", points=" ".join(upper + lower), fill=ink.CALM, fill_opacity=0.18))
        line = " ".join(f"{_at(point.at)},{_down(point.share)}" for point in run)
        parts.append(ink.el("polyline", points=line, fill="none", stroke=ink.CALM, stroke_width=2.5, vector_effect="non-scaling-stroke"))
    return parts


def _at(part: float) -> str:
    return f"{round(part * 1000, 1):g}"


def _down(share: float | None) -> str:
    return f"{round((1 - (share or 0)) * 100, 1):g}"


def _dots(points: Sequence[Point], top: float) -> list[str]:
    parts = []
    for point in points:
        if point.share is None:
            continue
        y = _height_of(point.share, top)
        if point.low is not None and point.high is not None:
            ends = _height_of(point.low, top), _height_of(point.high, top)
            parts.append(ink.el("line", x1=ink.across(point.at), x2=ink.across(point.at), y1=ends[0], y2=ends[1], stroke=ink.CALM, stroke_opacity=0.5))
        said = f"{point.name}: {point.share:.0%} of {point.n}"
        parts.append(ink.el("circle", ink.hover(said), cx=ink.across(point.at), cy=y, r=4, fill=ink.CALM, stroke="#fff"))
    known = [point for point in points if point.share is not None]
    if known and known[-1].share is not None:
        last = known[-1]
        parts.append(
            ink.text(
                f"{last.share:.0%}".replace("%", " %"), ink.across(last.at), _height_of(last.share or 0, top) - 12, anchor="end", colour=ink.CALM, weight="700"
            )
        )
    return parts


def _gaps(points: Sequence[Point], wide: float, top: float, key: str) -> list[str]:
    return [
        ink.el(
            "rect",
            ink.hover(f"{point.name}: too few to say ({point.n})"),
            x=ink.across(point.at - wide / 2),
            y=top,
            width=ink.along(wide),
            height=_HEIGHT,
            fill=f"url(#hatch-{key})",
        )
        for point in points
        if point.share is None
    ]


def _rules(rules: Sequence[Mark], top: float, bottom: float) -> list[str]:
    parts = []
    for place, rule in enumerate(rules):
        y = top - 12 - _NAME * (len(rules) - 1 - place)
        anchor = "start" if rule.at < 0.5 else "end"
        parts.append(ink.upright(rule.at, y + 4, bottom, colour=ink.HIGHLIGHT, width=1.5, dashes="5 3"))
        parts.append(ink.text(rule.name, ink.across(rule.at), y, anchor=anchor, colour=ink.HIGHLIGHT, size=13))
    return parts


def _years(years: Sequence[Mark], bottom: float) -> list[str]:
    every = -(-len(years) // 7) or 1
    parts = []
    for place, year in enumerate(years):
        parts.append(ink.upright(year.at, bottom, bottom + 6, colour=ink.QUIET))
        if place % every == 0:
            parts.append(ink.text(year.name, ink.across(year.at), bottom + 22, anchor="middle", colour=ink.QUIET))
    return parts


def _in_words(points: Sequence[Point], rules: Sequence[Mark]) -> str:
    said = [f"{point.name} {'too few to say' if point.share is None else f'{point.share:.0%} of {point.n}'}" for point in points]
    marks = f" Marked: {'; '.join(rule.name for rule in rules)}." if rules else ""
    return f"{'; '.join(said) or 'Nothing to show'}.{marks}"
