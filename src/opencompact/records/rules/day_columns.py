"""Columns of days: the order of day and month told from the whole column, months without days, spans, and days a spreadsheet lost."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from opencompact.records.rules.plan import DAY_STYLES
from opencompact.values.sql import quoted

ORDERED = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
# A text that has the parts of a day, or of a month, whether or not the calendar has it.
LIKE_A_DAY = r"^([0-9]{1,4}[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ,]+[0-9]{1,4}\b|[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4}|[0-9]{8}$)"
_HASHES = "^#+$"
_SERIAL = "^[34][0-9]{4}([.][0-9]+)?$"  # days of a spreadsheet since 30 December 1899: 1982 to 2036
_SPAN = "^([A-Za-z]{3,9} [0-9]{4}) ?(?:-|–|to) ?([A-Za-z]{3,9} [0-9]{4})$"
_LEADING_DAY = {"day_first": "^[0-9]{1,2}[-/. ]", "month_first": "^([0-9]{1,2})[-/.][0-9]{1,2}(?=[-/.])"}
TRIED = 400  # values of each shape that are tried to find the formats a column needs
_LOOKS = {"%Y": r"\d{4}", **dict.fromkeys(("%d", "%m", "%y", "%H", "%M", "%S"), r"[ \d]\d?"), **dict.fromkeys(("%b", "%B"), r"\D+")}
DAY_TYPE = "CAST(NULL AS DATE)"


@dataclass(frozen=True)
class Days:
    """How a column of days is read: the formats in the order tried, and the sentence that says so. `other` is the order a few of its days have."""

    formats: tuple[str, ...]
    months: tuple[str, ...]
    order: str
    said: str
    other: str = ""
    shapes: frozenset[str] = field(default_factory=frozenset)


def read_days(values: Sequence[str], *, otherwise: str, terms: Iterable[Mapping[str, Any]] = ()) -> Days:
    """The formats for these values. Where no day over 12 tells the order of day and month, it is `otherwise`, the card's."""
    styles = _styles(terms)
    order, other, said = _order(values, "day_first" if otherwise == "iso" else otherwise)
    by_shape: dict[str, list[str]] = {}
    for text in values:
        by_shape.setdefault(re.sub(r"[A-Za-z]+", "a", re.sub(r"\d", "9", text.strip())), []).append(text.strip())
    tried = [text for texts in by_shape.values() for text in texts[:TRIED]]
    wanted = [*styles["any"], *styles[order], *(styles[other] if other else ())]
    if not values:
        return Days(tuple(wanted), tuple(styles["month"]), order, said, other)
    formats = _needed(wanted, tried)
    months = _needed(styles["month"], [text for text in tried if not any(_fits(text, form) for form in formats)])
    return Days(formats, months, order, said, other, frozenset(by_shape))


def day_sql(column: str, days: Days) -> str:
    """A DATE, or null where the text is no day; years have four digits."""
    serial = f"CASE WHEN regexp_matches({column}, '{_SERIAL}') THEN DATE '1899-12-30' + CAST(floor(CAST({column} AS DOUBLE)) AS INTEGER) END"
    plain = _instant(f"left({column}, 19)" if any("%H" in form for form in days.formats) else column, days.formats)
    return f"CAST(coalesce({plain}, {serial}) AS DATE)" if _has(days, "99999") else f"CAST({plain} AS DATE)"


def month_sql(column: str, days: Days, *, paid_on: str, file_month: str = "") -> str:
    """The month of a payment as `2031-07`: of its day, else of a text that gives the month alone or an impossible day, else the file's for a lost day."""
    given = [f"strftime({paid_on}, '%Y-%m')"]
    if days.months:
        given.append(f"strftime({_instant(column, days.months)}, '%Y-%m')")
    iso = f"CASE WHEN regexp_matches({column}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') THEN left({column}, 7) END"
    given.append(f"strftime({_instant(iso, ('%Y-%m',))}, '%Y-%m')")
    rest = f"regexp_replace({column}, '{_LEADING_DAY['day_first']}', '')"
    if days.order == "month_first":
        rest = f"regexp_replace({column}, '^([0-9]{{1,2}})[-/.][0-9]{{1,2}}[-/.]', '\\1/')"
    like = f"CASE WHEN regexp_matches({column}, '^[0-9]{{1,2}}[-/. ]') THEN {rest} END"
    given.append(f"strftime({_instant(like, _MONTHS_OF_DAYS)}, '%Y-%m')")
    if file_month:
        given.append(f"CASE WHEN regexp_matches({column}, '{_HASHES}') THEN {quoted(file_month)} END")
    of_day, *others = given
    return f"CASE WHEN {paid_on} IS NOT NULL THEN {of_day} ELSE coalesce({', '.join(others)}) END"  # coalesce alone would make the others for every row


def last_of_span_sql(column: str, days: Days) -> str:
    """The last day of a span of months as `July 2031-September 2031`; null where the text is none."""
    if not any("-" in shape or "–" in shape or "to" in shape for shape in days.shapes) or not _has(days, "a 9999"):
        return DAY_TYPE
    last = f"nullif(regexp_extract({column}, '{_SPAN}', 2), '')"
    return f"CAST(last_day(CAST({_instant(last, ('%B %Y', '%b %Y'))} AS DATE)) AS DATE)"


def is_lost_sql(column: str) -> str:
    """Whether a spreadsheet wrote hashes for the day because its column was too narrow."""
    return f"regexp_matches({column}, '{_HASHES}')"


def is_serial_sql(column: str, days: Days) -> str:
    """Whether the day is a spreadsheet's own number; false where the column has none."""
    return f"regexp_matches({column}, '{_SERIAL}')" if _has(days, "99999") else "false"


def is_ambiguous_sql(column: str, days: Days) -> str:
    """Whether a day could be read both ways in a column that has both; false where it has one order."""
    if not days.other:
        return "false"
    parts = [f"TRY_CAST(regexp_extract({column}, '^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]', {part}) AS INTEGER)" for part in (1, 2)]
    return f"({parts[0]} <= 12 AND {parts[1]} <= 12 AND {parts[0]} <> {parts[1]})"


def month_said(texts: Iterable[str]) -> str:
    """The one month, as `2031-07`, that names and titles say; empty where they say none, more than one, no year, or what may be a financial year."""
    found = {month for text in texts for month in _months_in(text)}
    return found.pop() if len(found) == 1 else ""


def _months_in(text: str) -> Iterable[str]:
    for year, month in re.findall(r"(?<!\d)(20\d{2})[-_ ]?(0[1-9]|1[0-2])(?!\d)", text):
        if int(month) != (int(year) + 1) % 100:  # 2010-11 may be the year from April 2010
            yield f"{year}-{month}"
    for name, year in re.findall(r"(?<![A-Za-z])([A-Za-z]{3,9})[-_ ,]*(20\d{2})(?!\d)", text):
        for form in ("%B %Y", "%b %Y"):
            if _fits(f"{name} {year}", form):
                yield datetime.strptime(f"{name} {year}", form).strftime("%Y-%m")  # noqa: DTZ007  a month of a calendar, no instant
                break


def _styles(terms: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    styles: dict[str, list[str]] = {"any": [], "day_first": [], "month_first": [], "month": []}
    for term in terms:
        styles[str(term["style"])].append(str(term["format"]))
    if not styles["any"]:  # a plan tried without the catalogue
        styles |= {"any": ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"], **{style: list(forms) for style, forms in DAY_STYLES.items() if style != "iso"}}
    return styles


def _order(values: Sequence[str], otherwise: str) -> tuple[str, str, str]:
    """The order of day and month, the order of a few days where there are both, and why."""
    parts = [(int(found[1]), int(found[2]), text) for text in values if (found := ORDERED.match(text.strip()))]
    first = [text for day, _, text in parts if day > 12]
    second = [text for _, day, text in parts if day > 12]
    words = {"day_first": "day first", "month_first": "month first"}
    if first and second:
        order, other, sure = ("day_first", "month_first", second) if len(first) >= len(second) else ("month_first", "day_first", first)
        return order, other, f"most of its days are written {words[order]}, some the other way (as {sure[0]})"
    if first or second:
        order = "day_first" if first else "month_first"
        return order, "", f"its days are written {words[order]} (as {(first or second)[0]})"
    if parts:
        return otherwise, "", f"no day over 12 tells whether its days are written day first or month first; taken as {words[otherwise]}, as its source says"
    return otherwise, "", ""


def _needed(forms: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """The formats that one of the texts has, in order."""
    return tuple(form for form in forms if any(_fits(text, form) for text in texts))


@lru_cache(maxsize=2**16)  # the same days stand in file after file
def _fits(text: str, form: str) -> bool:
    given = text[:19] if "%H" in form else text
    if not _looks_of(form).fullmatch(given):  # a fiftieth of what it costs to try the format
        return False
    try:
        datetime.strptime(given, form)  # noqa: DTZ007  whether the form fits, no instant is kept
    except ValueError:
        return False
    return True


@cache
def _looks_of(form: str) -> re.Pattern[str]:
    """What every text of a format looks like: digits, letters and signs where it has them."""
    parts = re.findall(r"%.|\s+|[^%\s]", form)
    return re.compile("".join(r"\s+" if part.isspace() else _LOOKS.get(part, ".*") if part[0] == "%" else re.escape(part) for part in parts), re.IGNORECASE)


def _instant(text: str, formats: Sequence[str]) -> str:
    if not formats:
        return "CAST(NULL AS TIMESTAMP)"
    parsed = f"try_strptime({text}, [{', '.join(map(quoted, formats))}])"
    return f"CASE WHEN year({parsed}) >= 1000 THEN {parsed} END"


def _has(days: Days, shape: str) -> bool:
    return any(shape in known for known in days.shapes)


_MONTHS_OF_DAYS = ("%b-%y", "%B-%y", "%b-%Y", "%B-%Y", "%b %Y", "%B %Y", "%m/%Y", "%m-%Y", "%m.%Y")
