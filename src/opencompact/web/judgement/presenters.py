"""How bodies are laid out: within their kind, never ranked where the record cannot tell them apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from opencompact.values.days import TWELVE_WEEKS
from opencompact.web import words
from opencompact.web.pictures.lengths import Length
from opencompact.web.pictures.ranges import mark

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """Bodies of one kind: those of which nothing is held, those with too little, and those with a figure, set against their kind as a whole."""

    kind: str
    silent: tuple[Row, ...]
    few: tuple[Row, ...]
    told: tuple[Row, ...]
    hits: int
    n: int


def kinds(bodies: Iterable[Row]) -> list[Kind]:
    """Kinds in order, those with most told first; within each the bodies keep the order of the alphabet."""
    made = [_kind(kind, list(group)) for kind, group in groupby(bodies, key=lambda row: row["kind"])]
    return sorted(made, key=lambda one: (-len(one.told), -len(one.few), one.kind))


def _kind(kind: str, held: Sequence[Row]) -> Kind:
    silent = tuple(row for row in held if not row["consultations"] and not row["months"])
    told = [row for row in held if row["value"] is not None]
    few = tuple(row for row in held if row["value"] is None and (row["consultations"] or row["months"]))
    hits, n = sum(row["hits"] or 0 for row in told), sum(row["n"] for row in told)
    return Kind(kind, silent, few, tuple(_set_against(row, hits / n if n and len(told) > 1 else None) for row in told), hits, n)


def _set_against(row: Row, whole: float | None) -> Row:
    has_interval = row["low"] is not None and row["high"] is not None
    return {**row, "against": _against(row, whole), "mark": mark(row["value"], row["low"], row["high"], whole=whole) if has_interval else ""}


def _against(row: Row, whole: float | None) -> str:
    """Where the body's interval lies against its kind's share: below, above, or not to be told apart."""
    if whole is None or row["low"] is None or row["high"] is None:
        return "nothing to compare with"
    if row["low"] > whole:
        return "above its kind"
    return "below its kind" if row["high"] < whole else "cannot be told from its kind"


def lengths(consultations: Iterable[Row]) -> list[Length]:
    """The dots of a strip: consultations whose opening day and length are known."""
    return [
        Length(
            row["opened_on"].year,
            row["days_open"],
            row["kind"] != "call_for_evidence",
            row["title"] or row["consultation_id"],
            f"/consultations/{words.path(row['consultation_id'])}/",
        )
        for row in consultations
        if row["opened_on"] and row["days_open"] is not None
    ]


@dataclass(frozen=True)
class Finding:
    """What the record says of a body's consultations in one year: the latest with enough, else all years."""

    year: int | None
    known: int
    short: int
    unexplained: int
    searched: int


def finding(consultations: Sequence[Row], *, least: int) -> Finding:
    """The finding of the latest year with at least `least` known lengths, else of all years together."""
    known = [row for row in consultations if row["days_open"] is not None and row["opened_on"]]
    years = sorted({row["opened_on"].year for row in known}, reverse=True)
    year = next((each for each in years if sum(row["opened_on"].year == each for row in known) >= least), None)
    held = [row for row in known if year in (None, row["opened_on"].year)]
    short = [row for row in held if row["days_open"] < TWELVE_WEEKS]
    return Finding(
        year,
        len(held),
        len(short),
        sum(row["explanation"] == "none_found" for row in short),
        sum(row["explanation"] in ("given", "none_found") for row in short),
    )


def gaps(months: Iterable[Row]) -> list[tuple[str, str, list[str]]]:
    """Months not held or not published: record, state and the months as runs, `May 2011 to July 2011`."""
    missing = [row for row in months if row["state"] != "held"]
    return [
        (record, state, runs([row["month"] for row in group]))
        for (record, state), group in groupby(sorted(missing, key=_gap), key=lambda row: (row["record"], row["state"]))
    ]


def _gap(row: Row) -> tuple[str, str, str]:
    return row["record"], row["state"], row["month"]


def runs(months: Iterable[str]) -> list[str]:
    """Months in words, those that follow each other as one run."""
    held: list[tuple[int, int]] = []
    for month in sorted(months):
        place = int(month[:4]) * 12 + int(month[5:]) - 1
        if held and held[-1][1] == place - 1:
            held[-1] = held[-1][0], place
        else:
            held.append((place, place))
    return [_month(first) if first == last else f"{_month(first)} to {_month(last)}" for first, last in held]


_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def _month(place: int) -> str:
    return f"{_NAMES[place % 12]} {place // 12}"
