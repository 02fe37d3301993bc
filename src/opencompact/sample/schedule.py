"""Which payment files the sample country publishes: body by body, month by month, with what is wrong in each."""

from collections.abc import Iterator
from datetime import date, timedelta

from opencompact.sample import layouts
from opencompact.sample.country import AFFAIRS, EXAMPLES, INSPECTORATE, LAMPS, LANTERNS, STANDARDS, ULMERSHOLT, VARROWMERE, WEXELWICK, WORKS
from opencompact.sample.spend import SpendFile

MISSING = ((EXAMPLES, date(2032, 8, 1)), (VARROWMERE, date(2032, 6, 1)))
# The body of each folder, for files whose rows name a unit that is no body of its own.
FOLDERS = {f"spend/{body}": body for body in (EXAMPLES, AFFAIRS, LANTERNS, WORKS, VARROWMERE, WEXELWICK, ULMERSHOLT)} | {
    f"spend/{VARROWMERE}-cleaned": VARROWMERE
}

_SIX_DIRT = {
    4: "empty amount", 7: "commas", 9: "pound sign", 11: "brackets", 13: "repeated row", 15: "malformed charity number", 17: "blank row", 19: "shifted row",
    21: "capitals", 22: "Ltd for Limited", 23: "without The", 24: "and for &", 25: "look-alike name", 26: "person as payee",
}  # fmt: skip
_EIGHT_DIRT = {5: "empty amount", 8: "multi-line cell", 10: "commas", 12: "repeated row", 14: "blank row", 16: "look-alike name"}
_LEEDS_DIRT = {6: "commas", 9: "shifted row", 12: "repeated row", 13: "repeated row", 20: "blank line", 25: "multi-line cell", 30: "person as payee"}
_QUARTER_DIRT = {5: "empty amount", 9: "malformed charity number", 14: "repeated row", 18: "blank row", 22: "brackets"}


def spend_files() -> Iterator[SpendFile]:
    """Every payment file of the country, in order."""
    yield from _departments()
    yield from _councils()


def _departments() -> Iterator[SpendFile]:
    units = (("Department of Examples", EXAMPLES), ("Department of Examples", EXAMPLES), ("Sample Programme Office", EXAMPLES))
    for month in _months(date(2031, 1, 1), 42):
        is_eight = month >= date(2033, 7, 1)
        if (EXAMPLES, month) not in MISSING:
            layout = layouts.EIGHT if is_eight else layouts.SIX_WITH_MARK if month == date(2031, 2, 1) else layouts.SIX
            dirt = {date(2031, 3, 1): _SIX_DIRT, date(2033, 8, 1): _EIGHT_DIRT}.get(month, {})
            yield _monthly(EXAMPLES, month, layout, units, 45, dirt)
    for month in _months(date(2032, 1, 1), 24):
        yield _monthly(
            AFFAIRS, month, layouts.SIX, (("DEPARTMENT FOR INVENTED AFFAIRS", AFFAIRS),), 35, {8: "repeated row"} if month == date(2032, 5, 1) else {}
        )
    for month in _months(date(2032, 1, 1), 18):
        unit = ("Department for Rivers and Lamps", LAMPS) if month < date(2032, 10, 1) else ("Department for Rivers and Lanterns", LANTERNS)
        yield _monthly(LANTERNS, month, layouts.SIX, (unit,), 40, {})
    for month in _months(date(2033, 1, 1), 18):
        agency = ("Quillbrook Rail Inspectorate", INSPECTORATE) if month < date(2033, 4, 1) else ("Made-up Standards Agency", STANDARDS)
        yield _monthly(WORKS, month, layouts.EIGHT, (("Ministry of Plausible Works", WORKS), agency), 40, {})


def _councils() -> Iterator[SpendFile]:
    offices = (("Varrowmere Borough Council", VARROWMERE), ("East - Varrowmere ", VARROWMERE))
    for month in _months(date(2031, 10, 1), 6):
        first = month == date(2031, 10, 1)
        yield SpendFile(
            f"spend/{VARROWMERE}/{month:%Y-%m}.csv", layouts.LEEDS_2012, month, offices, 110, dirt=_LEEDS_DIRT if first else {},
            cleaned_copy=f"{VARROWMERE}-cleaned/{month:%Y-%m}.csv" if first else "", cleaned_layout=layouts.LEEDS_2012_CLEANED if first else None,
        )  # fmt: skip
    for month in _months(date(2032, 4, 1), 6):
        if (VARROWMERE, month) not in MISSING:
            units = (("Adults and Health", VARROWMERE), ("Children and Families", VARROWMERE))
            yield SpendFile(f"spend/{VARROWMERE}/{month:%Y-%m}.csv", layouts.LEEDS_2020, month, units, 110, effective=f"{_last_day(month, 1):%d/%m/%Y}")
    kinds = (layouts.QUARTER_2017_NAUGHTS, layouts.QUARTER_2017, layouts.QUARTER_2017, layouts.QUARTER_2018)
    for quarter, layout in enumerate(kinds, start=1):
        begins = date(2031 + quarter // 4, (4, 7, 10, 1)[quarter - 1], 1)
        ends = "2031-09-31" if quarter == 2 else _last_day(begins, 3).isoformat()
        # The first two are wrong in every row, so they stay small at every scale.
        yield _quarterly(WEXELWICK, f"2031-Q{quarter}", layout, begins, ends, 150, dirt=_QUARTER_DIRT if quarter == 3 else {}, grows=quarter > 2)
    yield _quarterly(WEXELWICK, "2031-Q3-card", layouts.CARD, date(2031, 10, 1), "2031-12-31", 100, dirt={}, grows=True)
    for quarter, begins in ((1, date(2033, 4, 1)), (2, date(2033, 7, 1))):
        yield _quarterly(ULMERSHOLT, f"2033-Q{quarter}", layouts.QUARTER_2014, begins, _last_day(begins, 3).isoformat(), 100, dirt={}, grows=True)


def _monthly(folder: str, month: date, layout: layouts.Layout, units: tuple[tuple[str, str], ...], rows: int, dirt: dict[int, str]) -> SpendFile:
    return SpendFile(f"spend/{folder}/{month:%Y-%m}.csv", layout, month, units, rows, large=True, dirt=dirt)


def _quarterly(folder: str, name: str, layout: layouts.Layout, begins: date, effective: str, rows: int, *, dirt: dict[int, str], grows: bool) -> SpendFile:
    return SpendFile(f"spend/{folder}/{name}.csv", layout, begins, (("", folder),), rows, months=3, effective=effective, dirt=dirt, grows=grows)


def _months(first: date, count: int) -> Iterator[date]:
    for number in range(first.month - 1, first.month - 1 + count):
        yield date(first.year + number // 12, number % 12 + 1, 1)


def _last_day(first: date, months: int) -> date:
    *_, after = _months(first, months + 1)
    return after - timedelta(days=1)
