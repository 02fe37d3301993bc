"""A quarter of the ledger: what was kept, what slipped, what was given up."""

from collections.abc import Iterable
from datetime import date, timedelta

from opencompact.promises.rules.commitments import OWED, State, Told, fold, is_overdue

KEPT, SLIPPED, GIVEN_UP, NOTHING = "kept", "slipped", "given_up", ""


class BadQuarter(ValueError):
    """No quarter; the message says what was found and expected."""


def quarter_days(text: str) -> tuple[date, date]:
    """The first and last day of a quarter of the calendar such as 2031-Q2. Raises BadQuarter."""
    year, _, number = text.partition("-Q")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 1900 < int(year) < 9999 and number in ("1", "2", "3", "4")):
        raise BadQuarter(f"Found the quarter {text!r}; expected one such as 2031-Q2.")
    first = date(int(year), 3 * int(number) - 2, 1)
    following = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def quarter_of(day: date) -> str:
    """The quarter a day is in: `2031-Q2`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def changed(due_on: date | None, told: Iterable[Told], *, first: date, last: date) -> str:
    """What the days from `first` to `last` made of a commitment.

    `kept`: found delivered, or done by its owner's word with no finding against it; `given_up`: withdrawn or superseded; `slipped`: became overdue, or its
    day was moved back; empty: none of these. What is checked after its owner said it was done counts as kept once, when it was said.
    """
    every = list(told)
    before, after = (fold(due_on, every, on=day) for day in (first - timedelta(days=1), last))
    if is_kept(after):
        return NOTHING if is_kept(before) else KEPT
    if _is_given_up(after):
        return NOTHING if _is_given_up(before) else GIVEN_UP
    became_late = is_overdue(after, today=last) and not is_overdue(before, today=first - timedelta(days=1))
    return SLIPPED if became_late or after.put_off > before.put_off else NOTHING


def is_kept(state: State) -> bool:
    """Whether it was found delivered, or its owner says it is done and no finding says otherwise."""
    return state.finding == "delivered" or (state.delivery == "claimed_done" and state.finding not in OWED)


def _is_given_up(state: State) -> bool:
    return state.delivery in ("withdrawn", "superseded") and state.finding not in OWED
