"""Where a roundtable stands, which of its figures may be published, and how its pool is read from a spreadsheet."""

import re
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
# Other verb → states it may be done in.
WHEN: Mapping[str, frozenset[str]] = {
    "move": frozenset({"planned", "drawn", "invited"}),
    "answer": frozenset({"drawn", "invited"}),
    "resend": frozenset({"drawn", "invited"}),
    "point": frozenset({"held"}),
    "reply": frozenset({"held", "closed"}),
    "ask_change": frozenset({"held", "closed"}),
    "change": frozenset({"held", "closed"}),
}
# Verb → what accounts.rules.MAY calls the right to it.
RIGHTS: Mapping[str, str] = {
    **dict.fromkeys((*STEPS, "move", "answer", "resend", "point"), "draw_invitations"),
    "ask_change": "ask",
    **dict.fromkeys(("reply", "change"), "send"),
}
ATTRIBUTES: Mapping[str, str] = {"region": "Region", "size_band": "Size", "sub_sector": "Sub-sector", "role": "Role"}
LONGEST_EMAIL = 254  # RFC 5321
ANSWERS: Mapping[str, str] = {"accepted": "Comes", "declined": "Does not come"}


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state."""
    return state in (STEPS[verb][0] if verb in STEPS else WHEN[verb])


def waiting(points: Iterable[str], due_on: date, today: date) -> int:
    """How many points still wait for a reply that may come in time; `points` are their replies. Past the day, none: what is missing then is silence."""
    return sum(not reply for reply in points) if today <= due_on else 0


def silence_words(due_on: date, today: date) -> str:
    """How a point without reply stands, and how that was counted."""
    if today <= due_on:
        return f"no reply yet: due on {due_on:%-d %B %Y}"
    days = (today - due_on).days
    return f"no reply: it was due on {due_on:%-d %B %Y}, {days} day{'s' if days > 1 else ''} ago"


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
    found: dict[str, Contact] = {}
    for number, row in enumerate(rows[1:], start=2):
        contact = _contact(number, row, columns, values, troubles)
        if contact and contact.email in found:
            troubles.append(Trouble(number, "email", contact.email, f"an address once: row {found[contact.email].row} was kept"))
        elif contact:
            found[contact.email] = contact
    return list(found.values()), troubles


def _contact(
    number: int, row: Sequence[object], columns: Mapping[str, int], values: Mapping[str, Mapping[str, str]], troubles: list[Trouble]
) -> Contact | None:
    held = {field: _text(row[place]) if place < len(row) else "" for field, place in columns.items()}
    if not any(held.values()):
        return None
    wrong = [Trouble(number, field, "", f"the {field}") for field in ("name", "organisation") if not held[field]]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held["email"]) or len(held["email"]) > LONGEST_EMAIL:
        wrong.append(Trouble(number, "email", held["email"], "an e-mail address"))
    slugs = {attribute: _slug(number, attribute, held.get(attribute, ""), values[attribute], troubles) for attribute in ATTRIBUTES}
    troubles += wrong
    if wrong:
        return None
    invited = _day(number, row[columns["last_invited_on"]] if "last_invited_on" in columns and columns["last_invited_on"] < len(row) else None, troubles)
    return Contact(number, held["name"], held["organisation"], held["email"].lower(), **slugs, last_invited_on=invited)


def _slug(number: int, attribute: str, text: str, known: Mapping[str, str], troubles: list[Trouble]) -> str:
    """The value's slug; words that are none of the list's are left out and said, so that no cell can hold anything else of anybody."""
    if text and plain(text) not in known:
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
