"""One consultation as a single time bar: the open window, holidays shaded, the 84-day mark, moves of the closing date, and the response clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opencompact.values.days import TWELVE_WEEKS, count_in_words, in_words
from opencompact.web.pictures import ink

_BAR, _THICK = 58.0, 36.0
_BELOW = _BAR + _THICK
_CLOCK = _BELOW + 62
_AXIS = _CLOCK + 44


@dataclass(frozen=True)
class Window:
    """The dates of one consultation, closing not before opening; `least` is the length wanted in days, `holidays` the days to shade."""

    opened: date
    closed: date
    first_closed: date | None = None
    response_due: date | None = None
    responded: date | None = None
    least: int = TWELVE_WEEKS
    holidays: tuple[date, ...] = ()

    @property
    def wanted(self) -> date:
        """The day on which it would have been open as long as wanted."""
        return self.opened + timedelta(days=self.least)


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def at(self, moment: date) -> float:
        return (moment - self.first).days / (self.last - self.first).days

    def box(self, start: date, end: date, y: float, height: float, fill: str, **more: str | float) -> str:
        return ink.el("rect", x=ink.across(self.at(start)), y=y, width=ink.along(self.at(end) - self.at(start)), height=height, fill=fill, **more)

    def label(self, said: str, moment: date, y: float, *, colour: str = ink.INK, weight: str | None = None) -> str:
        part = self.at(moment)
        return ink.text(said, ink.across(part), y, anchor="start" if part < 0.45 else "end", colour=colour, weight=weight)


def bar(window: Window, *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The picture of one consultation."""
    axis = _axis(window)
    says = _in_words(window)
    parts = [ink.hatch(key, colour=ink.HIGHLIGHT), *_months(axis), *_open(window, axis), *_against(window, axis, key), *_moved(window, axis), *_response(window, axis)]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=_AXIS + 30, parts=parts))


def _axis(window: Window) -> _Axis:
    ends = [moment for moment in (window.closed, window.first_closed, window.wanted, window.response_due, window.responded) if moment]
    margin = timedelta(days=max(5, (max(ends) - window.opened).days // 20))
    return _Axis(window.opened - margin, max(ends) + margin)


def _months(axis: _Axis) -> list[str]:
    days = (axis.first + timedelta(days=number) for number in range((axis.last - axis.first).days + 1))
    firsts = [day for day in days if day.day == 1]
    every = -(-len(firsts) // 6) or 1
    parts = [ink.el("line", x1=ink.across(0), x2=ink.across(1), y1=_AXIS, y2=_AXIS, stroke=ink.QUIET)]
    for place, day in enumerate(firsts):
        parts.append(ink.upright(axis.at(day), _AXIS, _AXIS + 6, colour=ink.QUIET))
        if place % every == 0:
            parts.append(ink.text(f"{day.year}" if day.month == 1 else f"{day:%b}", ink.across(axis.at(day)), _AXIS + 22, anchor="middle", colour=ink.QUIET, size=13))
    return parts


def _open(window: Window, axis: _Axis) -> list[str]:
    days = (window.closed - window.opened).days
    parts = [axis.box(window.opened, window.closed, _BAR, _THICK, ink.CALM)]
    for start, end in _runs(window.holidays):
        inside = max(start, window.opened), min(end + timedelta(days=1), window.closed)
        if inside[0] < inside[1]:
            parts.append(axis.box(*inside, _BAR, _THICK, "#7fb2c7"))
    middle = (axis.at(window.opened) + axis.at(window.closed)) / 2
    parts.append(ink.el("text", count_in_words(days, "day"), x=ink.across(middle), y=_BAR + 23, text_anchor="middle", fill="#fff", font_weight="700", font_size=15, **_HALO))
    parts.append(ink.text(f"opened {in_words(window.opened)}", ink.across(axis.at(window.opened)), _BAR - 10))
    parts.append(axis.label(f"closed {in_words(window.closed)}", window.closed, _BELOW + 18))
    return parts


# White words on the bar keep their contrast where a paler holiday lies behind them.
_HALO = {"stroke": ink.CALM, "stroke_width": 4.0, "paint_order": "stroke", "stroke_linejoin": "round"}


def _against(window: Window, axis: _Axis, key: str) -> list[str]:
    parts = []
    if window.closed < window.wanted:
        parts.append(axis.box(window.closed, window.wanted, _BAR, _THICK, f"url(#hatch-{key})", stroke=ink.HIGHLIGHT))
    parts.append(ink.upright(axis.at(window.wanted), 30, _BELOW + 6, width=2.5, colour=ink.INK))
    return [*parts, axis.label(f"{window.least} days: {in_words(window.wanted)}", window.wanted, 20, weight="700")]


def _moved(window: Window, axis: _Axis) -> list[str]:
    if window.first_closed is None or window.first_closed == window.closed:
        return []
    return [
        ink.upright(axis.at(window.first_closed), _BAR - 4, _BELOW + 26, colour=ink.INK, width=1.5, dashes="3 3"),
        axis.label(f"first to close {in_words(window.first_closed)}", window.first_closed, _BELOW + 38, colour=ink.QUIET),
    ]


def _response(window: Window, axis: _Axis) -> list[str]:
    parts = []
    if window.response_due:
        start, end = ink.across(axis.at(window.closed)), ink.across(axis.at(window.response_due))
        parts.append(ink.el("line", x1=start, x2=end, y1=_CLOCK, y2=_CLOCK, stroke=ink.QUIET, stroke_width=2, stroke_dasharray="2 4"))
        parts.append(ink.upright(axis.at(window.response_due), _CLOCK - 7, _CLOCK + 7, colour=ink.INK, width=2))
        parts.append(axis.label(f"response due {in_words(window.response_due)}", window.response_due, _CLOCK - 12, colour=ink.QUIET))
    if window.responded:
        late = window.response_due is not None and window.responded > window.response_due
        parts.append(ink.el("circle", cx=ink.across(axis.at(window.responded)), cy=_CLOCK, r=6, fill=ink.HIGHLIGHT if late else ink.CALM, stroke="#fff"))
        parts.append(axis.label(f"response {in_words(window.responded)}", window.responded, _CLOCK + 24))
    return parts


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _in_words(window: Window) -> str:
    days = (window.closed - window.opened).days
    said = [f"Opened {in_words(window.opened)}, closed {in_words(window.closed)}: {count_in_words(days, 'day')}; {window.least} wanted."]
    if window.first_closed and window.first_closed != window.closed:
        said.append(f"First to close {in_words(window.first_closed)}.")
    inside = sum(window.opened < day <= window.closed for day in window.holidays)
    said.append(f"{count_in_words(inside, 'holiday day').capitalize()} inside.")
    if window.response_due:
        said.append(f"Response due {in_words(window.response_due)}.")
    if window.responded:
        said.append(f"Response published {in_words(window.responded)}.")
    return " ".join(said)
