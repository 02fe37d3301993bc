"""What a first page is: the question somebody opens it with, the answer in numbers, what to do next, and the tables behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opencompact.asking.queries import Ask
from opencompact.organisations.queries.office import lineage
from opencompact.promises.queries import ledger
from opencompact.web.blocks import Block, Cell, Table, Value
from opencompact.web.office import Asked
from opencompact.web.words import day, plural

MOST = 12
Act = tuple[str, str, str]


@dataclass(frozen=True)
class First:
    """A first page; `acts` are (address, words, why), the most pressing first."""

    question: str
    answer: Sequence[str]
    acts: Sequence[Act] = ()
    blocks: Sequence[Block] = field(default_factory=tuple)


@dataclass(frozen=True)
class Whose:
    """Who opens a first page, the bodies acted for, and the name of every body."""

    who: Asked
    bodies: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def called(self) -> str:
        """The bodies in words."""
        return " and ".join(self.names.get(body, body) for body in self.bodies) or "every body"

    def lineage(self) -> tuple[str, ...]:
        """The bodies, and those whose promises they carry on today; in one query a body."""
        return tuple(dict.fromkeys(each for body in self.bodies for each in lineage(body, on=self.who.today)))


def owed_table(asks: Sequence[Ask], today: date, names: Mapping[str, str]) -> Table:
    """What is asked and not answered, the earliest due first."""
    rows: list[tuple[Value, ...]] = [
        (Cell(ask.title, f"/asks/{ask.pk}/"), names.get(ask.body, ask.body), ask.due_on, _when(ask.due_on, today)) for ask in asks[:MOST]
    ]
    return Table("Asked and not answered yet", ("What is asked", "Body", "Due", "Days"), rows, "Nothing is asked that is not answered.", _of(rows, asks))


def late_table(rows: Sequence[Any], today: date) -> Table:
    """Commitments whose day has passed while they are owed."""
    lines: list[tuple[Value, ...]] = [(Cell(row.title, f"/ledger/{row.key}/"), row.due_now, _when(row.due_now, today)) for row in rows[:MOST]]
    return Table("Commitments past their day", ("Commitment", "Due", "Days"), lines, "No commitment is past its day.", _of(lines, rows))


def late_commitments(who: Asked, bodies: Sequence[str]) -> list[Any]:
    """Commitments of the bodies past their day, or of every body where none is named; in one query."""
    rows = ledger.commitments(who.viewer)
    return list(ledger.overdue(who.viewer, today=who.today, rows=ledger.owned_by(rows, bodies) if bodies else rows))


def are(number: int, one: str, many: str) -> str:
    """`1 commitment is past its day`, `3 commitments are …`."""
    return plural(number, one, many)


def until(on: date, today: date) -> str:
    """`by 3 May 2031, in 9 days`."""
    return f"by {day(on)}, {_when(on, today)}"


def _when(on: date, today: date) -> Cell | str:
    days = (on - today).days
    if days < 0:
        return Cell(f"{plural(-days, 'day')} past", mark="late")
    return "today" if days == 0 else f"in {plural(days, 'day')}"


def _of(shown: Sequence[Any], held: Sequence[Any]) -> str:
    return f"Showing {len(shown)} of {len(held):,}." if len(held) > len(shown) else ""
