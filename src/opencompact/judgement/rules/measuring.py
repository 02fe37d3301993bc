"""The contract of an indicator's SELECT, and how its rows become values with intervals, counts and coverage."""

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from opencompact.values.days import count_in_words
from opencompact.values.interval import median_interval, wilson

# Two functions every measure may call. They say what values.period.periods_of says; the tests hold them to it.
FUNCTIONS = (
    "CREATE OR REPLACE TEMP MACRO bodies_of(body) AS [body, 'all']",
    """CREATE OR REPLACE TEMP MACRO periods_of(day) AS CASE WHEN day IS NULL THEN ['all'] ELSE [
        CAST(year(day) AS VARCHAR),
        year(day) || '-Q' || quarter(day),
        year(day - INTERVAL 3 MONTH) || '/' || right(CAST(year(day - INTERVAL 3 MONTH) + 1 AS VARCHAR), 2),
        'all'
    ] END""",
)
COLUMNS = ("body", "period", "n", "population")
FIGURES = {"wilson": "hits", "order_statistics": "observations", "none": "value"}


class BadMeasure(ValueError):
    """An indicator's SELECT breaks the contract; the message names the card, what was found and what was expected."""


def check_columns(found: Iterable[str], *, indicator: str, interval: str) -> None:
    """Raise BadMeasure where the SELECT lacks a column; `coverage`, `hits` and `why_missing` are welcome everywhere and nothing else is."""
    names = set(found)
    wanted = (*COLUMNS, FIGURES[interval])
    if missing := [name for name in wanted if name not in names]:
        raise BadMeasure(f"Indicator {indicator}, measure.sql: column {', '.join(missing)} is missing; interval {interval} wants {', '.join(wanted)}.")
    if unknown := sorted(names - {*wanted, "coverage", "hits", "why_missing"}):
        raise BadMeasure(f"Indicator {indicator}, measure.sql: column {', '.join(unknown)} is not known; interval {interval} wants {', '.join(wanted)}.")


def measure(row: Mapping[str, Any], *, indicator: str, interval: str, not_enough_below: int) -> dict[str, Any]:
    """A row of the table `measures` from a row of the SELECT; raises BadMeasure where its counts contradict one another.

    Value and interval are null where no case is known, where there are fewer than `not_enough_below`, or where the SELECT gave none.
    """
    _check_counts(row, indicator, interval)
    n, population = row["n"], row["population"]
    value, low, high = _valued(row, interval) if n >= max(not_enough_below, 1) else (None, None, None)
    return {
        "indicator": indicator,
        "body": row["body"],
        "period": row["period"],
        "value": value,
        "low": low,
        "high": high,
        "n": n,
        "hits": row.get("hits"),
        "coverage": row["coverage"] if "coverage" in row else (n / population if population else None),
        "why_missing": _why_missing(row, not_enough_below) if value is None else None,
    }


def _check_counts(row: Mapping[str, Any], indicator: str, interval: str) -> None:
    n, hits = row["n"], row.get("hits") or 0
    observations = len(row["observations"] or ()) if interval == "order_statistics" else n
    if not (0 <= hits <= n <= row["population"] and observations == n):
        found = f"hits {hits}, n {n}, population {row['population']}, observations {observations}"
        raise BadMeasure(f"Indicator {indicator}, {row['body']}, {row['period']}: found {found}; expected hits ≤ n ≤ population, and n observations.")


def _valued(row: Mapping[str, Any], interval: str) -> tuple[float | None, float | None, float | None]:
    if interval == "wilson":
        return row["hits"] / row["n"], *wilson(row["hits"], row["n"])
    if interval == "order_statistics":
        return float(median(row["observations"])), *(median_interval(row["observations"]) or (None, None))
    return (None if row["value"] is None else float(row["value"])), None, None


def _why_missing(row: Mapping[str, Any], not_enough_below: int) -> str:
    n, population = row["n"], row["population"]
    if population == 0:
        return "no case in this period"
    if 0 < n < not_enough_below:
        return f"too few to say: {count_in_words(n, 'case')}, {not_enough_below} wanted"
    return row.get("why_missing") or f"what is needed is not held for any of {count_in_words(population, 'case')}"
