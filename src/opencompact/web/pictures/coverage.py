"""Who has a place beside who was wanted: a row a quota, its band from least to most, and a bar each for drawn, accepted and came."""

from collections.abc import Sequence
from dataclasses import dataclass

from opencompact.web.pictures import ink

_NAME, _BAR, _GAP, _TOP = 22.0, 9.0, 16.0, 30.0
_LEFT, _RIGHT = 0.0, 96.0  # names stand above their bars, so that a phone has the whole width for them


@dataclass(frozen=True)
class Row:
    """One quota: its name, how many are wanted at least and at most, and how many were drawn, accepted, and came (None: not held yet)."""

    name: str
    least: int
    most: int
    drawn: int
    accepted: int
    came: int | None


def coverage(rows: Sequence[Row], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The picture, all rows on one scale from nought; a row that lacks somebody is named in the highlight colour."""
    top = max((max(row.most, row.drawn) for row in rows), default=0) or 1
    bars = 2 if all(row.came is None for row in rows) else 3
    tall = _NAME + bars * _BAR + _GAP
    parts = [each for place, row in enumerate(rows) for each in _row(row, _TOP + place * tall, top, bars)]
    says = "; ".join(_said(row) for row in rows) or "Nothing is wanted of any group"
    height = _TOP + len(rows) * tall
    return ink.Picture(title, subtitle, f"{says}.", ink.sheet(key, title=title, says=f"{says}.", height=height, parts=[*_legend(bars), *parts]))


def _said(row: Row) -> str:
    came = "" if row.came is None else f", {row.came} came"
    return f"{row.name}: {row.least} to {row.most} wanted, {row.drawn} drawn, {row.accepted} accepted{came}"


def _x(number: float, top: int) -> str:
    return f"{_LEFT + number / top * (_RIGHT - _LEFT):g}%"


def _legend(bars: int) -> list[str]:
    words = ("drawn", "accepted", "came")[:bars]
    parts = [ink.el("rect", x="0", y=3, width=12, height=12, fill=ink.PALE, stroke=ink.LINE), ink.text("wanted", "18", 14, size=13)]
    for place, (word, colour) in enumerate(zip(words, (ink.GREY, ink.CALM, ink.INK), strict=False)):
        x = 84 + 84 * place
        parts += [ink.el("rect", x=x, y=3, width=12, height=12, fill=colour), ink.text(word, str(x + 18), 14, size=13)]
    return parts


def _row(row: Row, y: float, top: int, bars: int) -> list[str]:
    reached = row.drawn if row.came is None else row.came
    lacks = reached < row.least
    numbers = [row.drawn, row.accepted, row.came or 0][:bars]
    below = y + _NAME
    wanted = f", lacks {row.least - reached}" if lacks else f" of {row.least}\N{EN DASH}{row.most}"
    said = f"{row.name}: {' / '.join(map(str, numbers))}{wanted}"
    return [
        ink.text(said, "0", y + 15, colour=ink.HIGHLIGHT if lacks else ink.INK, weight="700" if lacks else None),
        ink.el("rect", x=_x(row.least, top), y=below - 2, width=_x(row.most - row.least, top), height=bars * _BAR + 3, fill=ink.PALE, stroke=ink.LINE),
        *(
            ink.el("rect", ink.hover(_said(row)), x="0", y=below + place * _BAR, width=_x(number, top), height=_BAR - 2, fill=colour)
            for place, (number, colour) in enumerate(zip(numbers, (ink.GREY, ink.CALM, ink.INK), strict=False))
        ),
    ]
