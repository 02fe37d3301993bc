"""Calendars and clocks: lengths in days, working days, bank holidays and the holiday windows a consultation spans."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import holidays

# Twelve weeks: the Compact's and the 2008 code's length, and the 2016 principles' time to respond.
TWELVE_WEEKS = 84

# How the nations are called on GOV.UK's bank holiday pages, and how the calendar calls them.
_NATIONS = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
_ONE_DAY = timedelta(days=1)


class BadWindow(ValueError):
    """A holiday window cannot be read; the message names the term, what was found and what was expected."""


@dataclass(frozen=True)
class HolidayWindow:
    """Days of a year on which people are away.

    `bank_holidays` are those of `nation`; `yearly` runs from month and day `first` to month and day `last`, into the next year
    where `last` comes before `first`; `easter` runs from `first` to `last` days after Easter Sunday (negative is before).
    """

    name: str
    kind: Literal["bank_holidays", "yearly", "easter"]
    nation: str = ""
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


@dataclass(frozen=True)
class Overlap:
    """Days of a span that fall in a holiday, each day once, and the holidays in words, in the order they come."""

    days: int
    which: tuple[str, ...]


def in_words(day: date) -> str:
    """The day as people write it: `16 July 2012`."""
    return f"{day.day} {day:%B %Y}"


def count_in_words(number: int, noun: str) -> str:
    """`1 day`, `3 days`: nouns whose plural adds an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def days_open(opened: date | None, closed: date | None) -> int | None:
    """Closing date minus opening date in days; None where either is unknown or they are in the wrong order."""
    if opened is None or closed is None or closed < opened:
        return None
    return (closed - opened).days


def due_on(started: date, *, days: int) -> date:
    """The last day of a clock of so many days that starts the day after `started`."""
    return started + timedelta(days=days)


def working_days(opened: date, closed: date, *, nation: str) -> int:
    """Mondays to Fridays that are no bank holiday of the nation, after the opening day and up to and with the closing day."""
    return sum(day.weekday() < 5 and day not in bank_holidays(nation, day.year) for day in _days_after(opened, closed))


@cache
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """Bank holidays of the nation that year.

    A holiday at a weekend is left out, as on GOV.UK's list: its substitute on a weekday is the bank holiday.
    """
    found = holidays.country_holidays("GB", subdiv=_NATIONS[nation], years=year)
    return frozenset(day for day in found if day.weekday() < 5)


@cache
def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def read_windows(terms: Iterable[Mapping[str, str]]) -> tuple[HolidayWindow, ...]:
    """The windows of the terms of the vocabulary `holiday-windows`; raises BadWindow at the first that cannot be read."""
    return tuple(_read_window(term) for term in terms)


def holiday_overlap(opened: date, closed: date, *, windows: Iterable[HolidayWindow]) -> Overlap:
    """Days after the opening day, up to and with the closing day, that fall in a holiday, and which holidays these are."""
    inside: set[date] = set()
    which: list[tuple[date, str]] = []
    for window in windows:
        for first, last in _times(window, opened.year - 1, closed.year):
            days = set(_days_after(max(opened, first - _ONE_DAY), min(closed, last)))
            inside |= days
            if days:
                which.append((min(days), _named(window, first, len(days))))
    return Overlap(len(inside), tuple(words for _, words in sorted(which)))


def _named(window: HolidayWindow, first: date, days: int) -> str:
    if window.kind == "bank_holidays":
        return f"{window.name} {in_words(first)}"
    return f"{window.name} {first.year} ({count_in_words(days, 'day')})"


def _days_after(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(1, (last - first).days + 1))


def _times(window: HolidayWindow, first_year: int, last_year: int) -> Iterator[tuple[date, date]]:
    """First and last day of each time the window comes round, for windows that begin in those years."""
    for year in range(first_year, last_year + 1):
        if window.kind == "bank_holidays":
            yield from ((day, day) for day in sorted(bank_holidays(window.nation, year)))
        elif window.kind == "easter":
            sunday = easter_sunday(year)
            yield sunday + timedelta(days=window.first[0]), sunday + timedelta(days=window.last[0])
        else:
            yield date(year, *window.first), date(year + (window.last < window.first), *window.last)


def _read_window(term: Mapping[str, str]) -> HolidayWindow:
    name, kind = term.get("name", ""), term.get("kind", "")
    try:
        if kind == "bank_holidays" and term["nation"] in _NATIONS:
            return HolidayWindow(name, "bank_holidays", term["nation"])
        if kind == "yearly":
            first, last = (date.fromisoformat(f"2001-{term[key]}") for key in ("first", "last"))
            return HolidayWindow(name, "yearly", first=(first.month, first.day), last=(last.month, last.day))
        if kind == "easter":
            return HolidayWindow(name, "easter", first=(int(term["first"]),), last=(int(term["last"]),))
    except (KeyError, ValueError) as error:
        raise BadWindow(f"Holiday window {name!r}: {error}; expected first and last as 08-01 for `yearly`, as days after Easter for `easter`.") from error
    raise BadWindow(f"Holiday window {name!r}: found kind {kind!r}; expected `bank_holidays` with a nation of {', '.join(_NATIONS)}, or `yearly`, or `easter`.")
