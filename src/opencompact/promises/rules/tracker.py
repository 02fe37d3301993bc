"""How the rows of an action plan's tracker are read: headers by their synonyms, owners by the names of bodies, states by the words trackers use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

NEEDED = ("action", "owner")
MOST_HEADER_ROWS = 15  # rows above the header that a title and notes may take


@dataclass(frozen=True)
class Action:
    """One row as read: `owners` are slugs; `delivery` is empty where the tracker says nothing."""

    row: int
    key: str
    objective: str
    text: str
    owners: tuple[str, ...]
    due_on: date | None
    delivery: str
    told: str
    evidence: str
    place: str


@dataclass(frozen=True)
class Trouble:
    """What of a row could not be read."""

    row: int
    field: str
    found: str
    expected: str


def plain(text: object) -> str:
    """A header or word without capitals, signs and doubled spaces."""
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", str(text or "").lower()).split())


def find_header(rows: Sequence[Sequence[object]], synonyms: Mapping[str, Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The place of the header row among the first rows, and the column of each field; none where no row has every needed field."""
    for place, row in enumerate(rows[:MOST_HEADER_ROWS]):
        columns = {field: found for field, names in synonyms.items() if (found := _column(row, names)) is not None}
        if all(field in columns for field in NEEDED):
            return place, columns
    return None


def _column(row: Sequence[object], names: Sequence[str]) -> int | None:
    said = [plain(each) for each in row]
    return next((said.index(name) for name in names if name in said), None)


def read_row(
    number: int, row: Sequence[object], columns: Mapping[str, int], *, bodies: Mapping[str, str], states: Mapping[str, str]
) -> tuple[Action | None, list[Trouble]]:
    """The action of a row, none where it says none or names nobody known, and what could not be read. `bodies` gives slugs by plain names."""
    held = {field: row[place] if place < len(row) else None for field, place in columns.items()}
    text = _text(held.get("action"))
    if not text:
        return None, []
    troubles: list[Trouble] = []
    owners = _owners(number, _text(held.get("owner")), bodies, troubles)
    due_on = _day(number, held.get("due_on"), troubles)
    delivery = _state(number, _text(held.get("delivery")), states, troubles)
    if not owners:
        return None, troubles
    words = {name: _text(held.get(name)) for name in ("key", "objective", "text", "evidence", "place")}
    return Action(number, words["key"], words["objective"], text, owners, due_on, delivery, words["text"], words["evidence"], words["place"]), troubles


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) if value is not None else ""


def _owners(number: int, text: str, bodies: Mapping[str, str], troubles: list[Trouble]) -> tuple[str, ...]:
    """Slugs of the owners: the whole text if it is a body's name, else what stands between commas, slashes, semicolons and `and`."""
    if not text:
        troubles.append(Trouble(number, "owner", "", "the name of at least one body that takes part"))
        return ()
    parts = [text] if plain(text) in bodies else [part for part in re.split(r"\s*[,;/\n]\s*|\s+(?:and|&)\s+", text) if part]
    unknown = [part for part in parts if plain(part) not in bodies]
    troubles += [Trouble(number, "owner", part, "the name of a body that takes part, as the office writes it") for part in unknown]
    return tuple(dict.fromkeys(bodies[plain(part)] for part in parts if plain(part) in bodies))


def _day(number: int, value: object, troubles: list[Trouble]) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None or not _text(value):
        return value if isinstance(value, date) else None
    text = _text(value)
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    troubles.append(Trouble(number, "due_on", text, "a day such as 30/09/2031"))
    return None


def _state(number: int, text: str, states: Mapping[str, str], troubles: list[Trouble]) -> str:
    if not text:
        return ""
    if plain(text) not in states:
        troubles.append(Trouble(number, "delivery", text, f"one of: {', '.join(sorted(states))}"))
    return states.get(plain(text), "")
