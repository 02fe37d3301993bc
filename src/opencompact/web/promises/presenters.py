"""How promises are laid out: the matrix of promises and bodies, and undertakings under their outcomes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from opencompact.web import words

Row = dict[str, Any]
# More rows than this make a page nobody reads; the rest stands on the page of the undertaking.
MOST_BODIES = 30


@dataclass(frozen=True)
class Outcome:
    """Undertakings under one heading: those with a verdict stand one by one, of the others only the number."""

    title: str
    tested: tuple[Row, ...]
    untested: int

    @property
    def width(self) -> int:
        """Columns it takes: one for each tested undertaking and one for all the others."""
        return len(self.tested) + bool(self.untested)


@dataclass(frozen=True)
class BodyLine:
    """One body and its verdict on each tested undertaking, None where it has none."""

    body: str
    name: str
    cells: tuple[Row | None, ...]


@dataclass(frozen=True)
class Matrix:
    """Bodies down, grouped by kind; undertakings across, grouped by outcome; `left_out` bodies have fewer cases than those shown."""

    agreement: str
    title: str
    outcomes: tuple[Outcome, ...]
    kinds: tuple[tuple[str, tuple[BodyLine, ...]], ...]
    left_out: int

    @property
    def height(self) -> int:
        """Rows of its body: one a body, one a kind, one for the total."""
        return sum(1 + len(lines) for _, lines in self.kinds) + 1

    @property
    def untested(self) -> int:
        """Undertakings nobody can test yet."""
        return sum(outcome.untested for outcome in self.outcomes)

    @property
    def tested(self) -> tuple[Row, ...]:
        """The undertakings that have a column of their own."""
        return tuple(row for outcome in self.outcomes for row in outcome.tested)


def matrix(agreement: Row, undertakings: Iterable[Row], verdicts: Sequence[Row]) -> Matrix:
    """The matrix of one agreement; verdicts come ordered by kind and name."""
    own = [row for row in verdicts if row["agreement"] == agreement["agreement"]]
    held = [row for row in undertakings if row["agreement"] == agreement["agreement"]]
    outcomes = tuple(_outcome(title, list(group)) for title, group in groupby(held, key=lambda row: row["outcome"]))
    across = [row["undertaking"] for outcome in outcomes for row in outcome.tested]
    cases = Counter[str]()
    for row in own:
        cases[row["body"]] += row["cases"]
    chosen = {body for body, _ in cases.most_common(MOST_BODIES)}
    kinds = tuple((kind, _lines(list(group), across)) for kind, group in groupby((row for row in own if row["body"] in chosen), key=lambda row: row["kind"]))
    return Matrix(agreement["agreement"], agreement["title"], outcomes, kinds, len(cases) - len(chosen))


def _outcome(title: str, held: list[Row]) -> Outcome:
    tested = tuple({**row, "tally": tuple((word, row[word]) for word in words.VERDICTS if row[word])} for row in held if row["bodies"])
    return Outcome(title, tested, len(held) - len(tested))


def _lines(held: list[Row], across: Sequence[str]) -> tuple[BodyLine, ...]:
    lines = []
    for (body, name), group in groupby(held, key=lambda row: (row["body"], row["name"])):
        of = {row["undertaking"]: {**row, "says": _says(row)} for row in group}
        lines.append(BodyLine(body, name, tuple(of.get(undertaking) for undertaking in across)))
    return tuple(lines)


def _says(row: Row) -> str:
    """`9 of 20 cases`: as many as have the verdict that decided."""
    if row["verdict"] not in ("met", "explained", "unexplained", "cannot_tell"):
        return words.plural(row["cases"], "case")
    return f"{row[row['verdict']]:,} of {words.plural(row['cases'], 'case')}"


def by_outcome(undertakings: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Undertakings under their outcomes, in their order."""
    return [(outcome, list(group)) for outcome, group in groupby(undertakings, key=lambda row: row["outcome"])]
