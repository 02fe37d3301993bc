"""A quarter of the ledger: what was kept, what slipped, and who must act."""

from collections.abc import Iterable
from datetime import date, timedelta

from opencompact.promises.rules.commitments import Told, fold, is_closed, is_overdue


class BadQuarter(ValueError):
    """No quarter; the message says what was found and expected."""


def quarter_days(text: str) -> tuple[date, date]:
    """The first and last day of a quarter of the calendar such as 2031-Q2. Raises BadQuarter."""
    year, _, number = text.partition("-Q")
    if not (year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
        raise BadQuarter(f"Found the quarter {text!r}; expected one such as 2031-Q2.")
    first = date(int(year), 3 * int(number) - 2, 1)
    following = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def quarter_of(day: date) -> str:
    """The quarter a day is in: `2031-Q2`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def changed(due_on: date | None, told: Iterable[Told], *, first: date, last: date) -> str:
    """What a quarter made of a commitment: `kept` (ended or found delivered in it), `slipped` (became overdue or was put off in it), or empty."""
    every = list(told)
    before, after = (fold(due_on, every, on=day) for day in (first - timedelta(days=1), last))
    if is_closed(after) and not is_closed(before):
        return "kept"
    late_now, late_then = is_overdue(after, today=last + timedelta(days=1)), is_overdue(before, today=first)
    return "slipped" if (late_now and not late_then) or after.put_off > before.put_off else ""
