"""Rows of a spreadsheet of authorities: whom to ask, and what they answered; what cannot be read is said with its row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opencompact.asking.rules.questions import Question, read_answers

FIELDS = ("name", "nation", "email", "replied_on")


@dataclass(frozen=True)
class Authority:
    """One row: an authority, its nation and address, and what it answered on a day; no answers where it only stands on the list."""

    row: int
    name: str
    nation: str
    email: str
    replied_on: date | None
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Trouble:
    """A cell that could not be read, or a column that is not."""

    row: int
    field: str
    found: str
    expected: str


def plain(text: object) -> str:
    """Words without capitals, signs and doubled spaces."""
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", text_of(text).lower()).split())


def text_of(value: object) -> str:
    """A cell as text: days as 2031-09-30, whole numbers without a point, nothing as nothing."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def read_sheet(
    rows: Sequence[Sequence[object]], *, headers: Mapping[str, Iterable[str]], questions: Sequence[Question], nations: Sequence[str]
) -> tuple[list[Authority], list[Trouble]]:
    """The authorities of a sheet whose first row is its header; a row with a cell that cannot be read is left out whole, and said.

    `headers` are the names of each of FIELDS; other columns are answers where they are named as a question or its label.
    """
    if not rows:
        return [], [Trouble(1, "", "an empty sheet", "a row of headers, then a row for each authority")]
    columns = _columns(rows[0], headers, questions)
    unread = [Trouble(1, text_of(head), "a column that is not read", "a name of the list below, or a question") for place, head in enumerate(rows[0])
              if plain(head) and place not in columns.values()]  # fmt: skip
    if "name" not in columns:
        return [], [*unread, Trouble(1, "name", "no such column", f"one of: {', '.join(headers['name'])}")]
    found, troubles, seen = [], unread, set()
    for number, row in enumerate(rows[1:], start=2):
        held = {field: text_of(row[place]) if place < len(row) else "" for field, place in columns.items()}
        if not any(held.values()):
            continue
        read, wrong = _authority(number, held, questions, nations)
        if plain(read.name) in seen:
            wrong = [Trouble(number, "name", read.name, "an authority that stands once")]
        seen.add(plain(held["name"]))
        troubles += wrong
        found += [] if wrong else [read]
    return found, troubles


def _columns(header: Sequence[object], headers: Mapping[str, Iterable[str]], questions: Sequence[Question]) -> dict[str, int]:
    """The place of each field and question; a column that two fit is the field's, and the first of two of one name is taken."""
    heads = [plain(head) for head in header]
    known = {field: {plain(name) for name in headers[field]} for field in FIELDS}
    known |= {question.name: {plain(question.name), plain(question.label)} for question in questions if question.name not in FIELDS}
    found: dict[str, int] = {}
    for field, names in known.items():
        place = next((place for place, head in enumerate(heads) if head in names and place not in found.values()), None)
        if place is not None:
            found[field] = place
    return found


def _authority(number: int, held: Mapping[str, str], questions: Sequence[Question], nations: Sequence[str]) -> tuple[Authority, list[Trouble]]:
    answers, refusals = read_answers(questions, {question.name: held.get(question.name, "") for question in questions})
    days, late = read_answers((Question("replied_on", "", "day"),), {"replied_on": held.get("replied_on", "")})
    wrong = [Trouble(number, each.name, each.found, each.expected) for each in (*refusals, *late)]
    nation = held.get("nation", "").lower().replace(" ", "-") or nations[0]
    if not held["name"]:
        wrong.append(Trouble(number, "name", "", "the name of the authority"))
    if nation not in nations:
        wrong.append(Trouble(number, "nation", held["nation"], f"one of: {', '.join(nations)}; or nothing for {nations[0]}"))
    if held.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held["email"]):
        wrong.append(Trouble(number, "email", held["email"], "an e-mail address, or nothing"))
    replied = date.fromisoformat(days["replied_on"]) if "replied_on" in days else None
    return Authority(number, held["name"], nation, held.get("email", "").lower(), replied, answers), wrong
