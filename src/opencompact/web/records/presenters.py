"""How the record is laid out: money by year with its coverage, the sum of a consultation, and addresses that keep a filter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from opencompact.registry import load_catalogue
from opencompact.values.days import TWELVE_WEEKS, HolidayWindow, count_in_words, holiday_overlap, in_words, read_windows
from opencompact.web import words
from opencompact.web.pictures.ink import Picture
from opencompact.web.pictures.money import IDENTIFIED, KINDS, Sum, bars
from opencompact.web.pictures.timebar import Window, bar
from opencompact.web.pictures.weeks import TWELVE, histogram

Row = dict[str, Any]
# A picture of more years than this is longer than a screen.
MOST_YEARS = 12
RECORDS = {"payments": "Payments", "grants": "Grants", "contracts": "Contracts"}


def money_years(rows: Iterable[Row]) -> list[Row]:
    """Financial years as people write them, with what part of the money is of identified payees."""
    return [{**row, "year": _year(row["began"]), "identified": _part(row), "share": _share(row)} for row in rows]


def _year(began: int | None) -> str:
    return "day not held" if began is None else f"{began}/{(began + 1) % 100:02}"


def _part(row: Row) -> float | None:
    return (
        float((row["voluntary"] + row["other"]) / row["total"])
        if row["total"] > 0 and row["unidentified"] >= 0 and row["voluntary"] + row["other"] >= 0
        else None
    )


def _share(row: Row) -> float | None:
    return float(row["voluntary"] / row["total"]) if row["total"] > 0 and 0 <= row["voluntary"] <= row["total"] else None


def money_picture(record: str, years: Sequence[Row], *, key: str) -> Picture | None:
    """The bars of one kind of money by financial year; None where there is no year."""
    if not years:
        return None
    total = sum(row["total"] for row in years)
    voluntary = sum(row["voluntary"] for row in years)
    title = f"{RECORDS[record]}: {words.money(voluntary)} of {words.money(total)} went to identified voluntary organisations"
    sums = [
        Sum(row["year"], (row["voluntary"], row["other"], row["unidentified"]), f"{words.money(row['voluntary'])} of {words.money(row['total'])}")
        for row in years[-MOST_YEARS:]
    ]
    older = f" The latest {MOST_YEARS} years; the table has all." if len(years) > MOST_YEARS else ""
    return bars(
        sums, kinds=IDENTIFIED, key=key, title=title, subtitle=f"By financial year. A floor: some unidentified payees are voluntary organisations.{older}"
    )


def organisation_picture(years: Sequence[tuple[str, list[Row]]], *, title: str) -> Picture | None:
    """What one organisation had by financial year, the earliest first; None where nothing was found."""
    sums = [
        Sum(year, tuple(sum((row["amount"] for row in rows if row["record"] == record), Decimal(0)) for record, _ in KINDS), _from(rows))
        for year, rows in reversed(years)
    ]
    return bars(sums, kinds=KINDS, key="had", title=title, subtitle="By financial year. The three kinds overlap.") if sums else None


def _from(rows: Sequence[Row]) -> str:
    return f"from {words.plural(len({row['body'] for row in rows}), 'body', 'bodies')}"


def weeks_picture(weeks: Mapping[int, int]) -> Picture | None:
    """How long those wanted were open; None where no length is known."""
    known, short = sum(weeks.values()), sum(number for week, number in weeks.items() if week < TWELVE)
    if not known:
        return None
    return histogram(weeks, key="weeks", title=f"{short:,} of {known:,} ran under 12 weeks", subtitle="Consultations by whole weeks open. Orange: under 12.")


def sum_of(row: Row) -> str:
    """`closed 27 August 2012 − opened 16 July 2012 = 42 days; 84 wanted; 42 short`."""
    opened, closed, days = row["opened_on"], row["closed_on"], row["days_open"]
    if opened is None or closed is None:
        missing = "opening" if opened is None else "closing"
        return f"The {missing} day is not held, so the length cannot be told."
    if days is None:
        return f"It closed {in_words(closed)}, before it opened on {in_words(opened)}: the length cannot be told."
    spare = days - TWELVE_WEEKS
    compared = f"{-spare} short" if spare < 0 else f"{spare} over" if spare else "exactly met"
    inside = f"; {count_in_words(row['holiday_days'], 'holiday day')} inside" if row["holiday_days"] else ""
    return f"closed {in_words(closed)} − opened {in_words(opened)} = {count_in_words(days, 'day')}; {TWELVE_WEEKS} wanted; {compared}{inside}"


def time_bar(row: Row) -> Picture | None:
    """The time bar of a consultation; None where its length is not known, or too long to draw day by day."""
    opened, closed = row["opened_on"], row["closed_on"]
    if row["days_open"] is None or opened is None or closed is None or closed < opened or row["days_open"] > LONGEST:
        return None
    responded = row["responded_on"] if row["responded_on"] and opened <= row["responded_on"] <= closed + timedelta(days=LONGEST) else None
    window = Window(opened, closed, row["first_closed_on"], row["response_due_on"], responded, holidays=_holidays(opened, closed))
    return bar(
        window,
        key="timebar",
        title=_finding(row["days_open"]),
        subtitle="Bar: open. Paler: holidays inside. Hatched: what is missing of 12 weeks. Dotted: the time to respond.",
    )


# Beyond three years a day is too thin to see; the sum in words says it all.
LONGEST = 1100


def _finding(days: int) -> str:
    if days < TWELVE_WEEKS:
        return f"Open for {count_in_words(days, 'day')}, {TWELVE_WEEKS - days} short of 12 weeks"
    return f"Open for {count_in_words(days, 'day')}, 12 weeks or more"


def _holidays(opened: date, closed: date) -> tuple[date, ...]:
    windows = _windows()
    days = (opened + timedelta(days=number) for number in range(1, (closed - opened).days + 1))
    return tuple(day for day in days if holiday_overlap(day - timedelta(days=1), day, windows=windows).days)


def _windows() -> tuple[HolidayWindow, ...]:
    vocabulary = load_catalogue().vocabularies.get("holiday-windows")
    return read_windows(vocabulary.terms) if vocabulary else ()


def pieces(text: str | None, separator: str) -> list[str]:
    """The parts of a text held as one, without empty ones."""
    return [part.strip() for part in (text or "").split(separator) if part.strip()]


def address(path: str, asked: Iterable[tuple[str, Any]], **changed: Any) -> str:
    """The same page with the same filter but for what changed; empty values are left out."""
    kept = {**dict(asked), **changed}
    query = urlencode({name: given for name, given in kept.items() if given not in ("", None)})
    return f"{path}?{query}" if query else path
