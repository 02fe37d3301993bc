"""Clocks that run: the last day of so many days, working days or months, and the sum by which it was counted."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from opencompact.values.days import bank_holidays, count_in_words, in_words

Unit = Literal["days", "working_days", "months"]
NATIONS = ("england-and-wales", "scotland", "northern-ireland")
# A day that is a bank holiday in any part of the United Kingdom is no working day: Freedom of Information Act 2000, section 10(6).
ANY_PART = "united-kingdom"
_WEEKEND = 5


class BadClock(ValueError):
    """A clock that cannot run; the message says what was found and what was expected."""


@dataclass(frozen=True)
class Due:
    """The last day, and how it was counted: the days left out, and the sum in a sentence. The whole of the last day still counts."""

    on: date
    left_out: tuple[date, ...]
    sum: str


def due(started: date, *, count: int, unit: Unit, nation: str = "england-and-wales") -> Due:
    """The last day of a clock that starts the day after `started`. Raises BadClock.

    Months end on the same day of the month, or on its last day where it has none such. `nation` decides the bank holidays of working days; `united-kingdom`
    leaves out those of any part of it.
    """
    if count < 1:
        raise BadClock(f"Found a clock of {count}; expected 1 or more.")
    if nation not in (*NATIONS, ANY_PART):
        raise BadClock(f"Found the nation {nation!r}; expected one of {', '.join((*NATIONS, ANY_PART))}.")
    if unit == "months":
        return _months(started, count)
    if unit == "days":
        on = started + timedelta(days=count)
        return Due(on, (), f"{in_words(started)} + {count_in_words(count, 'day')} = {in_words(on)}")
    return _working_days(started, count, nation)


def is_working_day(day: date, *, nation: str) -> bool:
    """Whether it is a Monday to Friday that is no bank holiday of the nation, or of any part of the United Kingdom."""
    return day.weekday() < _WEEKEND and not _is_holiday(day, nation)


def _working_days(started: date, count: int, nation: str) -> Due:
    left_out, counted, day = [], 0, started
    while counted < count:
        day += timedelta(days=1)
        if is_working_day(day, nation=nation):
            counted += 1
        elif day.weekday() < _WEEKEND:
            left_out.append(day)
    without = f", without {', '.join(map(in_words, left_out))}" if left_out else ""
    return Due(day, tuple(left_out), f"{count_in_words(count, 'working day')} after {in_words(started)}{without} = {in_words(day)}")


def _months(started: date, count: int) -> Due:
    year, month = divmod(started.month - 1 + count, 12)
    last = calendar.monthrange(started.year + year, month + 1)[1]
    on = date(started.year + year, month + 1, min(started.day, last))
    shorter = f" (that month has {last} days)" if started.day > last else ""
    return Due(on, (), f"{in_words(started)} + {count_in_words(count, 'month')} = {in_words(on)}{shorter}")


def _is_holiday(day: date, nation: str) -> bool:
    return any(day in bank_holidays(part, day.year) for part in _parts(nation))


def _parts(nation: str) -> Iterator[str]:
    yield from NATIONS if nation == ANY_PART else (nation,)
