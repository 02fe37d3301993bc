"""The query string of a request: each parameter checked, and refused in plain words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from opencompact.api.resources import Filter, Kind

DEFAULT_LIMIT, MOST = 100, 1000
MOST_TEXT, MOST_WHOLE = 300, 10**9
FORMATS = ("json", "csv")
RELEASE = r"^(draft|[0-9]{4}-(0[1-9]|1[0-2])(\.([2-9]|[1-9][0-9]{1,3}))?)$"
MONEY = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"

IN_RELEASE = (Filter("release", "text", "", "Number of a frozen release, or `draft`; if not given, the latest frozen one, else the draft."),)
IN_FORMAT = (Filter("format", "word", "", "`csv` for a file of every row; an Accept header of text/csv does the same.", FORMATS), *IN_RELEASE)
IN_PAGES = (
    Filter("limit", "whole", "", f"Rows of one answer, at most {MOST:,}; {DEFAULT_LIMIT} if not given. As CSV: every row, if not given."),
    Filter("cursor", "text", "", "Where the answer before stopped, as its `next` says."),
    Filter("count", "yes_no", "", "`true` to have all rows that fit counted."),
    *IN_FORMAT,
)


class QueryString(Protocol):
    """What of Django's QueryDict is used."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Each parameter with every value given for it."""


@dataclass(frozen=True)
class Fault:
    """One parameter that cannot be used: what was found and what was expected."""

    field: str
    found: str
    expected: str


class BadParameters(ValueError):
    """Parameters of the address cannot be used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: found {fault.found}; expected {fault.expected}." for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Asked:
    """A request as understood: its filters with their values, and how the answer is wanted."""

    filters: tuple[tuple[Filter, Any], ...]
    release: str | None
    limit: int | None
    cursor: str
    format: str
    count: bool

    @property
    def spelled(self) -> list[tuple[str, str]]:
        """The filters as an address spells them, in one order."""
        return sorted((each.name, _spelled(value)) for each, value in self.filters)


def read(given: QueryString, taken: Sequence[Filter]) -> Asked:
    """What was asked for; raises BadParameters naming every parameter that is not taken, given twice, or not as expected."""
    known = {each.name: each for each in taken}
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name, texts in given.lists():
        if name not in known:
            faults.append(Fault(shown(name), "a parameter that is not taken here", f"one of {', '.join(sorted(known)) or 'none'}"))
        elif len(texts) > 1:
            faults.append(Fault(name, f"{len(texts)} values", "one value"))
        else:
            values[name] = _value(known[name], texts[0], faults)
    if faults:
        raise BadParameters(faults)
    return Asked(
        tuple((each, values[each.name]) for each in taken if each.condition and each.name in values),
        values.get("release"),
        values.get("limit"),
        values.get("cursor", ""),
        values.get("format", ""),
        values.get("count", False),
    )


def row_number(text: str) -> int | None:
    """A row's number in a path; None where it is none."""
    return _whole(IN_RELEASE[0], text)[0]


def shown(text: str) -> str:
    """What was found, short enough to repeat."""
    return f"{text[:80]}…" if len(text) > 80 else text


def schema(parameter: Filter) -> Mapping[str, Any]:
    """The JSON schema of a parameter, as strict as `read` is."""
    special: dict[str, dict[str, Any]] = {
        "release": {"type": "string", "pattern": RELEASE},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
        "cursor": {"type": "string", "format": "cursor"},
    }
    return special.get(parameter.name) or _SCHEMAS[parameter.kind] | ({"enum": list(parameter.words)} if parameter.words else {})


_SCHEMAS: Mapping[Kind, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
    "word": {"type": "string"},
    "yes_no": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "money": {"type": "string", "pattern": MONEY},
    "whole": {"type": "integer", "minimum": 1, "maximum": MOST_WHOLE},
}


def _value(parameter: Filter, text: str, faults: list[Fault]) -> Any:  # of the parameter's kind; None with a fault added
    value, expected = _SPECIAL.get(parameter.name, _READERS[parameter.kind])(parameter, text)
    if value is None:
        faults.append(Fault(parameter.name, shown(text) or "nothing", expected))
    return value


def _text(_: Filter, text: str) -> tuple[str | None, str]:
    return (text if 0 < len(text) <= MOST_TEXT else None), f"1 to {MOST_TEXT} characters"


def _word(parameter: Filter, text: str) -> tuple[str | None, str]:
    return (text if text in parameter.words else None), f"one of {', '.join(parameter.words)}"


def _yes_no(_: Filter, text: str) -> tuple[bool | None, str]:
    return {"true": True, "false": False}.get(text), "true or false"


def _day(_: Filter, text: str) -> tuple[date | None, str]:
    try:
        value = date.fromisoformat(text) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        value = None
    return value, "a day of the calendar as 2031-07-16"


def _money(_: Filter, text: str) -> tuple[Decimal | None, str]:
    return (Decimal(text) if re.fullmatch(MONEY, text, re.ASCII) else None), "pounds as 1234.50"


def _whole(_: Filter, text: str, most: int = MOST_WHOLE) -> tuple[int | None, str]:
    value = int(text) if re.fullmatch("[0-9]{1,10}", text) else 0
    return (value if 1 <= value <= most else None), f"a whole number from 1 to {most:,}"


def _limit(parameter: Filter, text: str) -> tuple[int | None, str]:
    return _whole(parameter, text, MOST)


def _release(_: Filter, text: str) -> tuple[str | None, str]:
    return (text if re.fullmatch(RELEASE, text) else None), "draft, or a release number as 2026-11"


def _cursor(_: Filter, text: str) -> tuple[str | None, str]:
    return text, "the cursor of an answer before"


_READERS: Mapping[Kind, Callable[[Filter, str], tuple[Any, str]]] = {
    "text": _text,
    "word": _word,
    "yes_no": _yes_no,
    "day": _day,
    "money": _money,
    "whole": _whole,
}
_SPECIAL: Mapping[str, Callable[[Filter, str], tuple[Any, str]]] = {"limit": _limit, "release": _release, "cursor": _cursor}


def _spelled(value: Any) -> str:  # a value of any kind
    return str(value).lower() if isinstance(value, bool) else str(value)
