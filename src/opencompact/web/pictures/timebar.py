"""One consultation as a single time bar: the open window, holidays shaded, the 84-day mark, moves of the closing date, and the response clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opencompact.values.days import TWELVE_WEEKS, count_in_words, in_words
from opencompact.web.pictures import ink

_BAR, _THICK = 58.0, 36.0
_BELOW = _BAR + _THICK
_CLOCK = _BELOW + 62


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

    @property
    def axis_at(self) -> float:
        """How far down the months stand: below the response clock, where there is one."""
        if self.response_due or self.responded:
            return _CLOCK + 44
        return _BELOW + (56 if self.is_moved else 34)

    @property
    def is_moved(self) -> bool:
        """Whether it closed on another day than was first given."""
        return self.first_closed is not None and self.first_closed != self.closed


@dataclass(frozen=True)
class _Axis:
    """Days across the whole width of the picture."""

    first: date
    last: date

    def at(self, moment: date) -> float:
        return (moment - self.first).days / (self.last - self.first).days

    def x(self, moment: date) -> str:
        return f"{self.at(moment) * 100:.2f}%"

    def box(self, start: date, end: date, y: float, height: float, fill: str, **more: str | float) -> str:
        return ink.el("rect", x=self.x(start), y=y, width=f"{(self.at(end) - self.at(start)) * 100:.2f}%", height=height, fill=fill, **more)

    def upright(self, moment: date, top: float, bottom: float, *, width: float, dashes: str | None = None, colour: str = ink.INK) -> str:
        return ink.el("line", x1=self.x(moment), x2=self.x(moment), y1=top, y2=bottom, stroke=colour, stroke_width=width, stroke_dasharray=dashes)

    def label(self, said: str, moment: date, y: float, *, colour: str = ink.INK, weight: str | None = None) -> str:
        return ink.text(said, self.x(moment), y, anchor="start" if self.at(moment) < 0.5 else "end", colour=colour, weight=weight)


def bar(window: Window, *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The picture of one consultation."""
    axis = _axis(window)
    says = _in_words(window)
    # Words last: their halo then keeps them readable over any line.
    parts = [ink.hatch(key, colour=ink.HIGHLIGHT), *_months(axis, window.axis_at), *_bars(window, axis, key), *_clock(window, axis), *_labels(window, axis)]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=window.axis_at + 30, parts=parts))


def _axis(window: Window) -> _Axis:
    ends = [moment for moment in (window.closed, window.first_closed, window.wanted, window.response_due, window.responded) if moment]
    margin = timedelta(days=max(2, (max(ends) - window.opened).days // 40))
    return _Axis(window.opened - margin, max(ends) + margin)


def _months(axis: _Axis, y: float) -> list[str]:
    days = (axis.first + timedelta(days=number) for number in range((axis.last - axis.first).days + 1))
    firsts = [day for day in days if day.day == 1]
    every = -(-len(firsts) // 6) or 1
    parts = [ink.el("line", x1="0", x2="100%", y1=y, y2=y, stroke=ink.QUIET)]
    for place, day in enumerate(firsts):
        parts.append(axis.upright(day, y, y + 6, width=1, colour=ink.QUIET))
        # A name at the very edge would be cut.
        if place % every == 0 and 0.03 < axis.at(day) < 0.97:
            parts.append(ink.text(f"{day.year}" if day.month == 1 else f"{day:%b}", axis.x(day), y + 22, anchor="middle", colour=ink.QUIET, size=13))
    return parts


def _bars(window: Window, axis: _Axis, key: str) -> list[str]:
    parts = [axis.box(window.opened, window.closed, _BAR, _THICK, ink.CALM)]
    for start, end in _runs(window.holidays):
        inside = max(start, window.opened), min(end + timedelta(days=1), window.closed)
        if inside[0] < inside[1]:
            parts.append(axis.box(*inside, _BAR, _THICK, "#7fb2c7"))
    if window.closed < window.wanted:
        parts.append(axis.box(window.closed, window.wanted, _BAR, _THICK, f"url(#hatch-{key})", stroke=ink.HIGHLIGHT))
    parts.append(axis.upright(window.wanted, 26, _BELOW + 6, width=2.5))
    if window.is_moved and window.first_closed:
        parts.append(axis.upright(window.first_closed, _BAR - 4, _BELOW + 26, width=1.5, dashes="3 3"))
    return parts


def _clock(window: Window, axis: _Axis) -> list[str]:
    parts = []
    if window.response_due:
        line: ink.Attributes = {"x1": axis.x(window.closed), "x2": axis.x(window.response_due), "stroke": ink.QUIET, "stroke_dasharray": "2 4"}
        parts.append(ink.el("line", y1=_CLOCK, y2=_CLOCK, stroke_width=2, **line))
        parts.append(axis.upright(window.response_due, _CLOCK - 7, _CLOCK + 7, width=2))
    if window.responded:
        late = window.response_due is not None and window.responded > window.response_due
        parts.append(ink.el("circle", cx=axis.x(window.responded), cy=_CLOCK, r=6, fill=ink.HIGHLIGHT if late else ink.CALM, stroke="#fff"))
    return parts


def _labels(window: Window, axis: _Axis) -> list[str]:
    days = (window.closed - window.opened).days
    middle = (axis.at(window.opened) + axis.at(window.closed)) / 2
    parts = [
        ink.el(
            "text",
            f"{days} d" if axis.at(window.closed) < 0.2 else count_in_words(days, "day"),
            x=f"{middle * 100:.2f}%",
            y=_BAR + 23,
            text_anchor="middle",
            **_ON_BAR,
        ),
        ink.text(f"opened {in_words(window.opened)}", axis.x(window.opened), _BAR - 10),
        axis.label(f"{window.least} days: {in_words(window.wanted)}", window.wanted, 20, weight="700"),
        axis.label(f"closed {in_words(window.closed)}", window.closed, _BELOW + 18),
    ]
    if window.is_moved and window.first_closed:
        parts.append(axis.label(f"first to close {in_words(window.first_closed)}", window.first_closed, _BELOW + 38, colour=ink.QUIET))
    if window.response_due:
        parts.append(axis.label(f"response due {in_words(window.response_due)}", window.response_due, _CLOCK - 12, colour=ink.QUIET))
    if window.responded:
        parts.append(axis.label(f"response {in_words(window.responded)}", window.responded, _CLOCK + 24))
    return parts


# White words on the bar keep their contrast where a paler holiday lies behind them.
_HALO: ink.Attributes = {"stroke": ink.CALM, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
_ON_BAR: ink.Attributes = {"fill": "#fff", "font_weight": "700", "font_size": 15, **_HALO}


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
    if window.is_moved and window.first_closed:
        said.append(f"First to close {in_words(window.first_closed)}.")
    inside = sum(window.opened < day <= window.closed for day in window.holidays)
    said.append(f"{count_in_words(inside, 'holiday day').capitalize()} inside.")
    if window.response_due:
        said.append(f"Response due {in_words(window.response_due)}.")
    if window.responded:
        said.append(f"Response published {in_words(window.responded)}.")
    return " ".join(said)
