"""What the pages of spending say of rows: shares with the range the unidentified leave, bands and lengths in words."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from opencompact.records.queries.sums import range_of
from opencompact.registry import load_catalogue
from opencompact.values.shares import between
from opencompact.web.labels import place_of_band

Row = dict[str, Any]
# Others than NCVO call a charity of under a million small: its micro, small and medium bands together.
SMALL = 1_000_000
NOT_HELD = "not_held"
LENGTHS = {"several": "Over a year", "one": "A year or less", "not_held": "Length not held"}


def year(began: int | None) -> str:
    """`2031/32`."""
    return "day not held" if began is None else f"{began}/{(began + 1) % 100:02}"


def totals(years: Sequence[Row]) -> Row:
    """The sums over all years, with the least and the most that the voluntary share can be."""
    counts = {name: sum(row[name] for row in years) for name in ("rows", "voluntary_rows", "probable_rows")}
    held = {name: sum((row[name] for row in years), Decimal(0)) for name in ("voluntary", "other", "unidentified", "total", "probable", "likely", "review")}
    return {**counts, **held, "range": range_of(held)}


def coverage(months: Sequence[Row]) -> Row:
    """Months of bodies held and missing between the first and last, together and by financial year."""
    return {"held": sum(row["held"] for row in months), "missing": sum(row["missing"] for row in months), "by_year": {row["began"]: row for row in months}}


def small_bands() -> frozenset[str]:
    """The size bands under a million."""
    return frozenset(str(term["band"]) for term in load_catalogue().vocabularies["size-bands"].terms if term["below"] and term["below"] <= SMALL)


def sizes(rows: Iterable[Row]) -> list[Row]:
    """By financial year: sums to organisations under a million that year, at or over it, and of a year whose accounts are not held."""
    small, found = small_bands(), []
    for began, group in groupby(rows, key=lambda row: row["began"]):
        held = list(group)
        parts = {
            "small": [row for row in held if row["size_band"] in small],
            "large": [row for row in held if row["size_band"] not in small and row["size_band"] != NOT_HELD],
            NOT_HELD: [row for row in held if row["size_band"] == NOT_HELD],
        }
        sums = {name: sum((row["amount"] for row in part), Decimal(0)) for name, part in parts.items()}
        among = between(sums["small"], sums["large"], Decimal(0))
        found.append(
            {
                "year": year(began),
                **sums,
                "rows": sum(row["rows"] for row in held),
                "total": sum(sums.values(), Decimal(0)),
                "share": among.least if among else None,
                "known": _part(sums["small"] + sums["large"], sums[NOT_HELD]),
            }
        )
    return found


def _part(known: Decimal, unknown: Decimal) -> float | None:
    """What part of the money has a band."""
    found = between(known, Decimal(0), unknown)
    return found.least if found else None


def bands(rows: Iterable[Row]) -> list[Row]:
    """The bands from the smallest; what has none comes last."""
    return sorted(rows, key=lambda row: (row["size_band"] == NOT_HELD, place_of_band(row["size_band"])))


def lengths(rows: Iterable[Row]) -> list[Row]:
    """By financial year: number and sums of what runs over a year, a year or less, and of unknown length, with the share of those over a year."""
    found = []
    for began, group in groupby(rows, key=lambda row: row["began"]):
        held = {row["length"]: row for row in group}
        numbers = {f"{name}_rows": held[name]["rows"] if name in held else 0 for name in LENGTHS}
        known = numbers["several_rows"] + numbers["one_rows"]
        sums = {name: held[name]["amount"] if name in held else Decimal(0) for name in LENGTHS}
        found.append({"year": year(began), **numbers, **sums, "known": known, "share": numbers["several_rows"] / known if known else None})
    return found


def apart(kinds: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Grants beside contracts by financial year; a year in which none is held of a kind has none, not nought."""
    began = sorted({row["began"] for rows in kinds.values() for row in rows if row["began"] is not None})
    held = {(kind, row["began"]): row for kind, rows in kinds.items() for row in rows}
    return [{"year": year(each), **{kind: held.get((kind, each)) for kind in kinds}} for each in began]


def kinds(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Bodies within their kind, in the order of the alphabet, each with the range of its share and how much is identified."""
    return [
        (
            kind,
            [{**row, "range": range_of(row), "identified": _part(row["voluntary"] + row["other"], row["unidentified"])} for row in group],
        )
        for kind, group in groupby(rows, key=lambda row: row["kind"])
    ]
