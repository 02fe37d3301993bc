"""A yearly return of spending: when it is due, which target is in force, the order of its sign-off, and whether the target is met or nobody can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from opencompact.values.clocks import Due, due

UNITS: Mapping[str, str] = {"pounds": "pounds", "share": "per cent of direct spend"}
STATES: Mapping[str, str] = {
    "not_ended": "The year has not ended",
    "open": "Not yet due",
    "overdue": "Overdue",
    "published": "Published",
    "published_late": "Published late",
}
AGAINST: Mapping[str, str] = {
    "met": "Met",
    "not_met": "Not met",
    "cannot_tell": "Cannot tell",
    "not_yet": "Not judged in this year",
    "none": "No target in force",
}
PUBLISHED = "published"
_YEAR_ENDS = (3, 31)


class BadStep(ValueError):
    """A step of a sign-off that cannot be taken now; the message says which comes next."""


def year_ends_on(year: int) -> date:
    """The last day of the financial year that begins in `year`."""
    return date(year + 1, *_YEAR_ENDS)


def due_of(year: int, *, months: int) -> Due:
    """The last day by which the results of a financial year are owed, and the sum: six months after 31 March end on 30 September."""
    return due(year_ends_on(year), count=months, unit="months")


def state(year: int, *, months: int, published_on: date | None, today: date) -> str:
    """Where a year's return stands; the whole of the last day still counts."""
    last = due_of(year, months=months).on
    if published_on:
        return "published" if published_on <= last else "published_late"
    if today <= year_ends_on(year):
        return "not_ended"
    return "overdue" if today > last else "open"


def last_ended(today: date) -> int:
    """The financial year that ended last before the day."""
    return today.year - 1 if (today.month, today.day) > _YEAR_ENDS else today.year - 2


def check_step(step: str, *, order: Sequence[str], done: Mapping[str, date], on: date, today: date) -> None:
    """Raise BadStep unless `step` is the next of the order, on a day that is no earlier than the step before and has come."""
    left = [each for each in order if each not in done]
    if step not in left:
        raise BadStep(f"Found {step!r}; {'every step is taken already' if not left else f'expected {left[0]!r}, the next step'}.")
    if step != left[0]:
        raise BadStep(f"Found {step!r}; expected {left[0]!r} first: a sign-off is taken in its order.")
    if on > today:
        raise BadStep(f"Found {on:%-d %B %Y}, which has not come; expected the day it was done.")
    latest = max(done.values(), default=None)
    if latest and on < latest:
        raise BadStep(f"Found {on:%-d %B %Y}; expected {latest:%-d %B %Y} or later, as the step before was then.")


class Stepped(Protocol):
    """Something that is signed off: its place in the history and the days of its steps."""

    @property
    def place(self) -> int:
        """Its place, from 1."""
        ...

    @property
    def done(self) -> Mapping[str, date]:
        """The day of each step taken."""
        ...


S = TypeVar("S", bound=Stepped)


def in_force(history: Sequence[S], *, order: Sequence[str]) -> S | None:
    """The latest that went through every step of the order; one that is only proposed or approved changes nothing yet."""
    whole = [each for each in history if all(step in each.done for step in order)]
    return max(whole, key=lambda each: each.place, default=None)


@dataclass(frozen=True)
class Spent:
    """What the record shows of a year, in pounds net of credits: money to voluntary organisations, to others, and to payees nobody can identify.

    Of the voluntary, `likely` stands on links that nobody has looked at.
    """

    voluntary: Decimal
    other: Decimal
    unidentified: Decimal
    likely: Decimal


def against(spent: Spent | None, *, unit: str, amount: Decimal, least: float | None, most: float | None) -> str:
    """`met` where even the least figure reaches the target, `not_met` where even the most does not, else `cannot_tell`.

    `least` and `most` are the bounds of the share; a target in pounds is held against the pounds.
    """
    if spent is None:
        return "cannot_tell"
    if unit == "pounds":
        low, high = spent.voluntary - max(spent.likely, Decimal(0)), spent.voluntary + max(spent.unidentified, Decimal(0))
    elif least is None or most is None:
        return "cannot_tell"
    else:
        low, high = Decimal(repr(least)) * 100, Decimal(repr(most)) * 100
    return "met" if low >= amount else "not_met" if high < amount else "cannot_tell"
