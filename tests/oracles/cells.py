"""A slow second reading of days and amounts, by hand and one cell at a time, for tests of the SQL."""

import re
from datetime import date
from decimal import Decimal

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2}):(\d{1,2}).*)?", re.DOTALL)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?")
AMOUNT_SHAPES = {"N", "-N", "+N", "£N", "-£N", "+£N", "£-N", "£+N", "(N)", "(£N)", "£(N)", "N-", "£N-"}
NAMED = re.compile(r"(\d{1,2})([- ])([A-Za-z]+)\2(\d{2}|\d{4})")


def read_day(text: str, style: str) -> date | None:
    """The day written, in the style's order or as ISO; None where it is none."""
    if found := ISO.fullmatch(text):
        year, month, day, *clock = found.groups()
        return _day(year, month, day) if _is_time(clock) else None
    if style != "iso" and (found := SLASHED.fullmatch(text)):
        first, second, year, *clock = found.groups()
        if any(clock) and (style == "month_first" or len(year) == 2 or not _is_time(clock)):
            return None
        return _day(_full(year), *((first, second) if style == "month_first" else (second, first)))
    if style == "day_first" and (found := NAMED.fullmatch(text)):
        day, dash, word, year = found.groups()
        place = _month(word, whole=dash == " ")
        return _day(_full(year), str(place), day) if place and (dash == "-" or len(year) == 4) else None
    return None


def read_amount(text: str) -> Decimal | None:
    """The amount written, to the penny, halves away from nought; None where it is none."""
    tokens = [token for token in re.findall(r"[0-9.,]+| +|.", text, re.DOTALL) if token != " "]
    shape = "".join(token if token in "-+£()" else "N" if token[0] in "0123456789.," else "?" for token in tokens)
    if shape not in AMOUNT_SHAPES:
        return None
    whole, dot, pence = next(token for token in tokens if token[0] in "0123456789.,").partition(".")
    groups = whole.split(",")
    if any(len(group) != 3 for group in groups[1:]) or (len(groups) > 1 and not 1 <= len(groups[0]) <= 3) or (dot and not pence.isdecimal()):
        return None
    pounds = Decimal(f"{''.join(groups) or '0'}.{pence or '0'}").quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    return None if pounds >= Decimal(10) ** 16 else -pounds if "-" in shape or "(" in shape else pounds


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) >= 1000 else None
    except ValueError:
        return None


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}" if int(year) < 69 else f"19{year}"


def _month(word: str, *, whole: bool) -> int | None:
    """The place of the month named by its three letters, or with `whole` by all of them too."""
    names = [*(month[:3] for month in MONTHS), *(MONTHS if whole else [])]
    return names.index(word.lower()) % 12 + 1 if word.lower() in names else None


def _is_time(clock: list[str | None]) -> bool:
    hour, minute, second = (int(part or 0) for part in clock)
    return hour < 24 and minute < 60 and second < 60
