"""Figures put together for a page: verdicts counted, and shares over time with the days the government's rules changed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from opencompact.judgement import queries
from opencompact.lake import Connection
from opencompact.web import words
from opencompact.web.pictures.ink import Picture
from opencompact.web.pictures.shares import Mark, Point, over_time

Row = dict[str, Any]
UNDER_12_WEEKS = "consultations-under-12-weeks"
# A picture with one period shows nothing that its sentence does not say.
FEWEST = 2


def tally(rows: Iterable[Row], key: str = "verdict") -> tuple[tuple[str, int], ...]:
    """How many of each verdict, in their order, those that do not occur left out."""
    counts = Counter(row[key] for row in rows if row[key])
    return tuple((word, counts[word]) for word in words.VERDICTS if counts[word])


def by_year(con: Connection, *, indicator: str, body: str, key: str, question: str) -> Picture | None:
    """The share by calendar year; None where fewer than two years have a value."""
    return _picture(con, queries.measure_series(con, indicator=indicator, body=body, kind="year"), per_year=1, key=key, question=question)


def by_quarter(con: Connection, *, indicator: str, body: str, key: str, question: str) -> Picture | None:
    """The share by quarter; None where fewer than two quarters have a value."""
    return _picture(con, queries.measure_series(con, indicator=indicator, body=body, kind="quarter"), per_year=4, key=key, question=question)


def figures(con: Connection, *, indicator: str, body: str, kind: str) -> list[Row]:
    """The figures of a series in order of time, each period also as people say it."""
    return [{**row, "said": said(row["period"])} for row in queries.measure_series(con, indicator=indicator, body=body, kind=kind)]


def _picture(con: Connection, series: list[Row], *, per_year: int, key: str, question: str) -> Picture | None:
    known = [row for row in series if row["value"] is not None]
    if len(known) < FEWEST:
        return None
    first, last = int(series[0]["period"][:4]), int(series[-1]["period"][:4])
    years = last - first + 1
    of = {row["period"]: row for row in series}
    points = [_point(place, period, of.get(period), years * per_year) for place, period in enumerate(_periods(first, last, per_year))]
    marks = [Mark((number + (0.5 if per_year == 1 else 0)) / years, str(first + number)) for number in range(years)]
    starts = [(_short(rule), _at(rule["in_force_from"], first, years)) for rule in queries.length_rules(con) if rule["made_by"] == "government"]
    rules = [Mark(at, name) for name, at in starts if 0 < at < 1]
    unit = "year" if per_year == 1 else "quarter"
    title = f"{question}: {words.percent(known[0]['value'])} in {said(known[0]['period'])}, {words.percent(known[-1]['value'])} in {said(known[-1]['period'])}"
    subtitle = f"Share by {unit} of opening, with its 95 % interval. Hatched: none held, or too few to say. Dashed: the government’s rules changed."
    return over_time(points, years=marks, rules=rules, key=key, title=title, subtitle=subtitle, width=1 / (years * per_year))


def _short(rule: Row) -> str:
    """`Principles 2012`: short enough for a phone; the rules' own names stand on their page."""
    return f"{words.label(rule['rule_set'].partition('-')[0])} {rule['in_force_from'].year}"


def _point(place: int, period: str, row: Row | None, all_periods: int) -> Point:
    at = (place + 0.5) / all_periods
    return Point(at, said(period), row["n"], row["value"], row["low"], row["high"]) if row else Point(at, said(period), 0, None)


def said(period: str) -> str:
    """`2011-Q3` as people say it: `July to September 2011`."""
    if "-Q" not in period:
        return "all periods together" if period == "all" else period
    quarter = ("January to March", "April to June", "July to September", "October to December")[int(period[-1]) - 1]
    return f"{quarter} {period[:4]}"


def span_of(period: str) -> tuple[date, date] | None:
    """First and last day of a period; None for `all`, and ValueError for what is no period."""
    if period == "all":
        return None
    year = int(period[:4])
    if "/" in period:
        return date(year, 4, 1), date(year + 1, 3, 31)
    if "-Q" in period:
        month = int(period[-1]) * 3 - 2
        return date(year, month, 1), date(year + month // 10, (month + 2) % 12 + 1, 1) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def _periods(first: int, last: int, per_year: int) -> list[str]:
    years = range(first, last + 1)
    return [str(year) for year in years] if per_year == 1 else [f"{year}-Q{quarter}" for year in years for quarter in range(1, 5)]


def _at(day: date, first: int, years: int) -> float:
    return (day - date(first, 1, 1)).days / ((date(first + years, 1, 1) - date(first, 1, 1)).days)
