"""How values are written for people: days, money, shares, counts and the five verdicts."""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

from opencompact.values.days import in_words

NBSP = "\u00a0"
MISSING = "not held"
VERDICTS = ("met", "explained", "unexplained", "not_applicable", "cannot_tell")
VERDICT_WORDS = {
    "met": "Met",
    "explained": "Explained",
    "unexplained": "Unexplained",
    "not_applicable": "Not applicable",
    "cannot_tell": "Cannot tell",
}
VERDICT_MEANINGS = {
    "met": "The record shows that the promise was kept.",
    "explained": "It was not kept, and a reason was given.",
    "unexplained": "It was not kept, and we found no reason on the pages we read.",
    "not_applicable": "The rule does not cover this case.",
    "cannot_tell": "The record held here does not say.",
}
# Acronyms and names that a plain "replace the dash by a space" would spoil.
_SPECIAL = {"ndpb": "NDPB", "nhs": "NHS", "cio": "CIO", "cic": "CIC", "vcse": "VCSE", "uk": "UK", "gov": "gov", "hm": "HM"}
_SCALES = ((Decimal(10**9), "billion"), (Decimal(10**6), "million"))


def day(value: date | datetime | None) -> str:
    """`16 July 2012`; a missing day is said to be missing."""
    return in_words(value).replace(" ", NBSP) if value else MISSING


def loose_day(text: str | None) -> str:
    """A day, month or year as a register gives it, a whole day in words: `2032-09-30` is `30 September 2032`."""
    try:
        return day(date.fromisoformat(text or ""))
    except ValueError:
        return text or MISSING


def money(value: Decimal | float | None) -> str:
    """`£1.2 million`, `£95,000`, `−£12.50`: pounds below a hundred keep their pence."""
    if value is None:
        return MISSING
    amount = Decimal(str(value))
    sign, size = ("−" if amount < 0 else ""), abs(amount)
    for scale, word in _SCALES:
        if size >= scale:
            return f"{sign}£{size / scale:,.{1 if size < scale * 100 else 0}f}{NBSP}{word}"
    return f"{sign}£{size:,.2f}" if 0 < size < 100 else f"{sign}£{size:,.0f}"


def pounds(value: Decimal | float | None) -> str:
    """The whole sum to the penny: `£1,234,567.89`."""
    if value is None:
        return MISSING
    return f"{'−' if value < 0 else ''}£{abs(value):,.2f}"


def percent(value: float | None) -> str:
    """`45 %` of a share from 0 to 1; a share that is not quite none or all never rounds to it."""
    if value is None:
        return MISSING
    whole = round(value * 100)
    if whole == 0 and value > 0:
        return f"under{NBSP}1{NBSP}%"
    if whole == 100 and value < 1:
        return f"over{NBSP}99{NBSP}%"
    return f"{whole}{NBSP}%"


def count(value: int | None) -> str:
    """`1,234`."""
    return MISSING if value is None else f"{value:,}"


def plural(number: int, noun: str, many: str = "") -> str:
    """`1 body`, `3 bodies`: `many` where an s is not enough."""
    return f"{number:,}{NBSP}{noun if number == 1 else many or noun + 's'}"


def value(amount: float | None, unit: str) -> str:
    """A figure in its indicator's unit: share, pounds, days or count."""
    if amount is None:
        return MISSING
    if unit == "share":
        return percent(amount)
    if unit == "pounds":
        return money(amount)
    whole = f"{amount:,.1f}".removesuffix(".0")
    return f"{whole}{NBSP}day{'' if whole == '1' else 's'}" if unit == "days" else whole


def label(slug: str | None) -> str:
    """A slug or word of a list as people say it: `executive_ndpb` is `Executive NDPB`."""
    words = (slug or MISSING).replace("_", " ").replace("-", " ").split()
    said = " ".join(_SPECIAL.get(word.casefold(), word) for word in words)
    return said[:1].upper() + said[1:]


LINK_STAGES = {
    "identifier": "By a number the publisher gave",
    "exact": "By its exact name on a register",
    "reviewed": "By a person",
    "probable": "Only likely: nobody has looked",
    "settled": "By a person: on no register",
    "review": "To review: a person decides",
    "none": "Not identified",
}


def link_stage(stage: str) -> str:
    """How a payee was identified, in words."""
    return LINK_STAGES.get(stage, label(stage))


BOUNDS = {
    "least": "Surely voluntary: by number, exact name or a person",
    "counted": "As counted here: with links that are only likely",
    "reviewed": "If all that a person has yet to review were voluntary too",
    "most": "If everybody not identified were voluntary too",
}


def bound(name: str) -> str:
    """What a step between the least and the most that the voluntary money could be rests on, in words."""
    return BOUNDS[name]


def several(one: str) -> str:
    """The label of many: `Executive agencies`, `Councils`."""
    if one.endswith("y") and one[-2:-1] not in "aeiou":
        return f"{one[:-1]}ies"
    return one if one.endswith("s") else f"{one}s"


def size(octets: int | None) -> str:
    """`1.2 MB`, in powers of a thousand."""
    if octets is None:
        return MISSING
    for scale, word in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if octets >= scale:
            return f"{octets / scale:,.1f}{NBSP}{word}"
    return plural(octets, "byte")


def path(text: str) -> str:
    """An identifier as part of an address; its slashes stay."""
    return quote(text, safe="/:@")
