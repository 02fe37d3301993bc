"""Where a roundtable stands, which of its figures may be published, and how its pool is read from a spreadsheet."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

STATES: Mapping[str, str] = {
    "planned": "Planned",
    "drawn": "Places drawn",
    "invited": "Invitations out",
    "held": "Held, replies owed",
    "closed": "Closed, replies sent back",
    "cancelled": "Cancelled",
}
# Verb → (states it starts from, state it ends in).
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "draw": (frozenset({"planned", "drawn", "invited"}), "drawn"),
    "send": (frozenset({"drawn"}), "invited"),
    "hold": (frozenset({"invited"}), "held"),
    "close": (frozenset({"held"}), "closed"),
    "cancel": (frozenset({"planned", "drawn", "invited"}), "cancelled"),
}
ATTRIBUTES: Mapping[str, str] = {"region": "Region", "size_band": "Size", "sub_sector": "Sub-sector", "role": "Role"}
LEAST_PUBLISHED = 5  # a smaller group could be recognised by whoever knows who was in the room
FEW = "fewer than 5"


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state."""
    return state in STEPS[verb][0]


def published(counts: Mapping[str, int]) -> dict[str, str]:
    """How many of each value as they may be published: groups under 5 as `fewer than 5`, and where only one is hidden the next smallest too.

    So that no hidden group can be told from the total. Empty groups are left out.
    """
    held = {value: number for value, number in counts.items() if number}
    hidden = {value for value, number in held.items() if number < LEAST_PUBLISHED}
    if len(hidden) == 1 and len(held) > 1:
        hidden.add(min((value for value in held if value not in hidden), key=lambda value: (held[value], value)))
    return {
        value: (FEW if held[value] < LEAST_PUBLISHED else "not shown, so that a smaller group stays hidden") if value in hidden else str(held[value])
        for value in sorted(held)
    }


def _as_published(number: int, *, is_hidden: bool) -> str:
    if not is_hidden:
        return str(number)
    return FEW if number < LEAST_PUBLISHED else "not shown, so that a smaller group stays hidden"


def spread(rows: Iterable[Mapping[str, str]], attribute: str) -> Counter[str]:
    """How many rows have each value of an attribute; those without one stand under the empty word."""
    return Counter(row.get(attribute, "") for row in rows)


@dataclass(frozen=True)
class Contact:
    """One row of a pool as read."""

    row: int
    name: str
    organisation: str
    email: str
    region: str = ""
    size_band: str = ""
    sub_sector: str = ""
    role: str = ""
    last_invited_on: date | None = None


@dataclass(frozen=True)
class Trouble:
    """A cell of a pool that could not be read, or a column that is not kept."""

    row: int
    field: str
    found: str
    expected: str


def plain(text: object) -> str:
    """Words without capitals, signs and doubled spaces."""
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", str(text if text is not None else "").lower()).split())


def read_pool(
    rows: Sequence[Sequence[object]], *, headers: Mapping[str, Sequence[str]], values: Mapping[str, Mapping[str, str]]
) -> tuple[list[Contact], list[Trouble]]:
    """The contacts of a sheet whose first row is its header; `headers` are the names of each field, `values` the slugs of each attribute's plain words.

    Columns of other names are not kept, and said. A row needs a name, an organisation and an e-mail address.
    """
    if not rows:
        return [], [Trouble(1, "", "an empty sheet", "a row of headers, then a row for each contact")]
    columns = {field: place for field, names in headers.items() for place, head in enumerate(rows[0]) if plain(head) in names}
    troubles = [
        Trouble(1, str(head), "a column that is none of the pool's", "no such column: it was not kept")
        for place, head in enumerate(rows[0])
        if place not in columns.values() and plain(head)
    ]
    missing = [field for field in ("name", "organisation", "email") if field not in columns]
    if missing:
        return [], [*troubles, *(Trouble(1, field, "no such column", f"one of: {', '.join(headers[field])}") for field in missing)]
    found = []
    for number, row in enumerate(rows[1:], start=2):
        contact = _contact(number, row, columns, values, troubles)
        found += [contact] if contact else []
    return found, troubles


def _contact(
    number: int, row: Sequence[object], columns: Mapping[str, int], values: Mapping[str, Mapping[str, str]], troubles: list[Trouble]
) -> Contact | None:
    held = {field: _text(row[place]) if place < len(row) else "" for field, place in columns.items()}
    if not any(held.values()):
        return None
    wrong = [Trouble(number, field, "", f"the {field}") for field in ("name", "organisation") if not held[field]]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held["email"]):
        wrong.append(Trouble(number, "email", held["email"], "an e-mail address"))
    slugs = {attribute: _slug(number, attribute, held.get(attribute, ""), values.get(attribute), troubles) for attribute in ATTRIBUTES}
    troubles += wrong
    if wrong:
        return None
    invited = _day(number, row[columns["last_invited_on"]] if "last_invited_on" in columns and columns["last_invited_on"] < len(row) else None, troubles)
    return Contact(number, held["name"], held["organisation"], held["email"].lower(), **slugs, last_invited_on=invited)


def _slug(number: int, attribute: str, text: str, known: Mapping[str, str] | None, troubles: list[Trouble]) -> str:
    if not text or known is None:
        return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if plain(text) not in known:
        troubles.append(Trouble(number, attribute, text, f"one of: {', '.join(sorted(set(known.values())))}; left empty"))
    return known.get(plain(text), "")


def _day(number: int, value: object, troubles: list[Trouble]) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    if text:
        troubles.append(Trouble(number, "last_invited_on", text, "a day such as 30/09/2031; left empty"))
    return None


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""
