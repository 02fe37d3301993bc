"""What arrived day by day: a line a source and a box a day, filled where proved whole, crossed where it has gaps, half filled or hatched where nobody knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from opencompact.values.days import count_in_words, in_words
from opencompact.web.pictures import ink

STATES = {"complete": "complete", "gaps": "with gaps", "not_offered_a_count": "not proved: no count is offered", "not_yet_asked": "not yet asked"}
_TOP, _LINE, _BOX = 8.0, 52.0, 20.0

Lines = Mapping[str, Mapping[date, str]]


def strips(lines: Lines, days: Sequence[date], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The boxes of each source (by title) over the days, oldest first; a day of which nothing is known is left blank."""
    told = [f"{name}: {_counted(states)}" for name, states in lines.items()]
    says = "; ".join(told) or "Nothing to show"
    bottom = _TOP + _LINE * len(lines)
    parts = [ink.hatch(key)]
    for place, (name, states) in enumerate(lines.items()):
        y = _TOP + place * _LINE
        parts.append(ink.text(name, "0", y + 14))
        parts += [_box(day, states[day], part=number / len(days), wide=1 / len(days), y=y + 22, key=key) for number, day in enumerate(days) if day in states]
    if days:
        parts += [
            ink.text(in_words(days[0]), _across(0), bottom + 14, colour=ink.QUIET, size=13),
            ink.text(in_words(days[-1]), _across(1), bottom + 14, anchor="end", colour=ink.QUIET, size=13),
        ]
    return ink.Picture(title, subtitle, f"{says}.", ink.sheet(key, title=title, says=says, height=bottom + 22, parts=parts))


def sign(state: str) -> ink.Picture:
    """One box by itself, for the key beneath the picture."""
    key = f"sign-{state}"
    box = _drawn(state, x="0", width="20", y=0, key=key, ends=("0", "20"))
    svg = ink.el("svg", ink.hatch(key), box, xmlns="http://www.w3.org/2000/svg", width=_BOX, height=_BOX, aria_hidden="true", class_="sign")
    return ink.Picture(STATES[state], "", STATES[state], svg)


def last_days(days: Sequence[date], most: int) -> list[date]:
    """The last days up to the latest of those given, `most` of them, without gaps."""
    if not days:
        return []
    first = max(min(days), max(days) - timedelta(days=most - 1))
    return [first + timedelta(days=number) for number in range((max(days) - first).days + 1)]


def _counted(states: Mapping[date, str]) -> str:
    counts = Counter(states.values())
    return ", ".join(f"{count_in_words(counts[state], 'day')} {words}" for state, words in STATES.items() if counts[state])


def _across(part: float) -> str:
    return f"{round(part * 100, 3):g}%"


def _box(day: date, state: str, *, part: float, wide: float, y: float, key: str) -> str:
    gap = wide * 0.12
    drawn = _drawn(state, x=_across(part), width=_across(wide - gap), y=y, key=key, ends=(_across(part), _across(part + wide - gap)))
    return ink.el("g", ink.hover(f"{in_words(day)}: {STATES[state]}"), drawn)


def _drawn(state: str, *, x: str, width: str, y: float, key: str, ends: tuple[str, str]) -> str:
    place: ink.Attributes = {"x": x, "y": y, "width": width, "height": _BOX}
    if state == "complete":
        return ink.el("rect", fill=ink.CALM, stroke=ink.CALM, **place)
    if state == "not_yet_asked":
        return ink.el("rect", fill=f"url(#hatch-{key})", stroke=ink.QUIET, **place)
    if state == "not_offered_a_count":
        half: ink.Attributes = {"x": x, "y": y + _BOX / 2, "width": width, "height": _BOX / 2}
        return ink.el("rect", fill="#fff", stroke=ink.CALM, **place) + ink.el("rect", fill=ink.CALM, **half)
    cross: ink.Attributes = {"x1": ends[0], "x2": ends[1], "stroke": ink.HIGHLIGHT, "stroke_width": 2}
    frame = ink.el("rect", fill="#fff", stroke=ink.HIGHLIGHT, stroke_width=2, **place)
    return frame + ink.el("line", y1=y, y2=y + _BOX, **cross) + ink.el("line", y1=y + _BOX, y2=y, **cross)
