"""One procurement process as a line of days: its notices in order, the window of its tender, and the time of its contracts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opencompact.values.days import count_in_words, in_words
from opencompact.web.pictures import ink

_TENDER, _CONTRACT, _LINE, _THICK = 34.0, 66.0, 128.0, 20.0
LONGEST = 40 * 366  # beyond, a day of a wrong year would press all others together


@dataclass(frozen=True)
class Told:
    """One notice: its number among them, its day, and whether it was before the tender."""

    place: int
    on: date
    is_early: bool = False


@dataclass(frozen=True)
class Story:
    """The days of a process; a spell without both its ends is not drawn."""

    notices: Sequence[Told]
    tender: tuple[date, date] | None = None
    contract: tuple[date, date] | None = None


def line(story: Story, *, key: str, title: str, subtitle: str) -> ink.Picture | None:
    """The picture of one process; None where there is no day, or the days are too far apart to be right."""
    days = [notice.on for notice in story.notices] + [day for spell in (story.tender, story.contract) if spell for day in spell]
    if not days or (max(days) - min(days)).days > LONGEST:
        return None
    margin = timedelta(days=max(2, (max(days) - min(days)).days // 25))
    first, whole = min(days) - margin, (max(days) - min(days) + 2 * margin).days
    places = {day: (day - first).days / whole for day in days}
    says = _in_words(story)
    parts = [ink.el("line", x1="0", x2="100%", y1=_LINE, y2=_LINE, stroke=ink.QUIET), *_ends(min(days), max(days), places)]
    parts += _spell(story.tender, places, _TENDER, ink.CALM, "open for tenders")
    parts += _spell(story.contract, places, _CONTRACT, ink.GREY, "contract")
    parts += _dots(story.notices, places)
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=_LINE + 54, parts=parts))


def _spell(spell: tuple[date, date] | None, places: dict[date, float], top: float, colour: str, word: str) -> list[str]:
    if spell is None:
        return []
    begins, ends = places[spell[0]], places[spell[1]]
    bar = ink.el("rect", x=_x(begins), y=top, width=f"{max(ends - begins, 0.004) * 100:.2f}%", height=_THICK, fill=colour)
    is_left = begins < 0.5
    said = f"{word}: {count_in_words((spell[1] - spell[0]).days, 'day')}"
    return [bar, ink.text(said, _x(begins if is_left else ends), top - 5, anchor="start" if is_left else "end")]


def _dots(notices: Sequence[Told], places: dict[date, float]) -> list[str]:
    """A dot for each day with notices, and their numbers above it."""
    parts = []
    for day in dict.fromkeys(notice.on for notice in notices):
        of_day = [notice for notice in notices if notice.on == day]
        numbers = str(of_day[0].place) if len(of_day) == 1 else f"{of_day[0].place}-{of_day[-1].place}"
        is_early = all(notice.is_early for notice in of_day)
        fill: ink.Attributes = {"fill": "#fff" if is_early else ink.INK, "stroke": ink.INK, "stroke_width": 2}
        parts += [ink.el("circle", cx=_x(places[day]), cy=_LINE, r=6, **fill), ink.text(numbers, _x(places[day]), _LINE - 11, anchor="middle", size=13)]
    return parts


def _ends(first: date, last: date, places: dict[date, float]) -> list[str]:
    parts = [ink.text(in_words(first), _x(places[first]), _LINE + 26, colour=ink.QUIET, size=13)]
    return parts if first == last else [*parts, ink.text(in_words(last), _x(places[last]), _LINE + 44, anchor="end", colour=ink.QUIET, size=13)]


def _x(part: float) -> str:
    return f"{part * 100:.2f}%"


def _in_words(story: Story) -> str:
    said = [f"Notice {notice.place}{', before the tender,' if notice.is_early else ''} on {in_words(notice.on)}." for notice in story.notices]
    for spell, word in ((story.tender, "Open for tenders"), (story.contract, "Contract")):
        if spell:
            said.append(f"{word} from {in_words(spell[0])} to {in_words(spell[1])}: {count_in_words((spell[1] - spell[0]).days, 'day')}.")
    return " ".join(said)
