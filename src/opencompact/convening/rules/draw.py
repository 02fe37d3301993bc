"""The seeded draw of balanced invitations: quotas met exactly, or missed as little as can be; then the first people of a public order who fit."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import highspy

SEATS = "seats"  # the attribute under which empty seats are said
SEAT_WEIGHT = 1  # an empty seat is as bad as one person too few of a quota that declares no weight


class CannotDraw(ValueError):
    """No draw was found, or what is to be drawn contradicts itself; the message says what was found."""


@dataclass(frozen=True)
class Candidate:
    """Somebody of the pool: a name that never changes, what they count as, and the day they were last invited (None: never)."""

    name: str
    counts_as: Mapping[str, str]
    last_invited_on: date | None = None


@dataclass(frozen=True)
class Quota:
    """Of the places, at least and at most so many with this value of an attribute; missing it by one weighs `weight`."""

    attribute: str
    value: str
    least: int
    most: int
    weight: int = 1


@dataclass(frozen=True)
class Missed:
    """A quota that could not be met: how many too few (or, where negative, too many), and how many the pool has."""

    attribute: str
    value: str
    by: int
    pool: int


@dataclass(frozen=True)
class Drawn:
    """Who was drawn, in order of name, which quotas could not be met, and everybody's place in the order, from 1."""

    names: tuple[str, ...]
    missed: tuple[Missed, ...]
    order: Mapping[str, int] = field(default_factory=dict)


def in_order(pool: Iterable[Candidate], seed: int) -> list[Candidate]:
    """The pool in the order in which places are offered: never invited first, then the longest ago, then by SHA-256 of `seed/name`."""

    def place(each: Candidate) -> tuple[date, str, str]:
        return each.last_invited_on or date.min, hashlib.sha256(f"{seed}/{each.name}".encode()).hexdigest(), each.name

    return sorted(pool, key=place)


def draw(pool: Iterable[Candidate], quotas: Sequence[Quota], *, seats: int, seed: int, keep: Iterable[str] = (), without: Iterable[str] = ()) -> Drawn:
    """Fill the seats. Of all lists that miss the quotas least, the one that comes first in the order: each is taken where the quotas can still be kept.

    `keep` have a place already; `without` have declined. The order in which the pool is given makes no difference, and neither does the solver's
    path: it is only asked whether a list exists. Raises CannotDraw.
    """
    gone, kept, rules = set(without), set(keep), tuple(quotas)
    candidates = in_order((each for each in pool if each.name not in gone), seed)
    if len(kept) > seats or len({each.name for each in candidates}) < len(candidates):
        raise CannotDraw(f"Found {len(kept)} people with a place and {seats} seats; expected no more people than seats, and nobody twice in the pool.")
    marks = {each.name: _marks(each, rules) for each in candidates}
    programme = _Programme([(marks[each.name], each.name in kept) for each in candidates], rules, seats)
    taken = {each.name for each in candidates if each.name in kept or programme.offer(marks[each.name])}
    return Drawn(tuple(sorted(taken)), _missed(marks, rules, seats, taken), {each.name: number for number, each in enumerate(candidates, start=1)})


Marks = tuple[bool, ...]  # which quotas somebody counts towards, in the order of the quotas


def _marks(candidate: Candidate, quotas: Sequence[Quota]) -> Marks:
    return tuple(candidate.counts_as.get(quota.attribute) == quota.value for quota in quotas)


def _missed(marks: Mapping[str, Marks], quotas: Sequence[Quota], seats: int, taken: set[str]) -> tuple[Missed, ...]:
    found = []
    for number, quota in enumerate(quotas):
        has = {name for name, held in marks.items() if held[number]}
        count = len(has & taken)
        by = quota.least - count if count < quota.least else min(quota.most - count, 0)
        found += [Missed(quota.attribute, quota.value, by, len(has))] if by else []
    empty = seats - len(taken)
    return (*found, *((Missed(SEATS, "", empty, len(marks)),) if empty else ()))


class _Programme:
    """The integer programme: how many of each group have a place, how many each quota lacks and exceeds, and how many seats stay empty.

    People who count towards the same quotas are alike to it, so that a group is a column. It is solved once for the least weighted sum of
    what is missed; from then on it is only asked whether one more of a group can have a place.
    """

    def __init__(self, people: Sequence[tuple[Marks, bool]], quotas: Sequence[Quota], seats: int) -> None:
        self.groups = {marks: place for place, marks in enumerate(sorted({marks for marks, _ in people}))}
        self.sizes, self.least = [0] * len(self.groups), [0] * len(self.groups)
        for marks, has_place in people:
            self.sizes[self.groups[marks]] += 1
            self.least[self.groups[marks]] += has_place
        self.closed: set[int] = set()
        self.solver = _solver()
        weights = self._columns(quotas, seats)
        self._rows(quotas, seats)
        self.found = self._least_missed(weights)

    def offer(self, marks: Marks) -> bool:
        """Give one more of the group a place, if a list that misses no more still exists; a group once refused stays refused."""
        group = self.groups[marks]
        if group in self.closed:
            return False
        wanted = self.least[group] + 1
        self.solver.changeColBounds(group, float(wanted), float(self.sizes[group]))
        found = self.found if self.found[group] >= wanted else self._solve()
        if not found:
            self.closed.add(group)
            self.solver.changeColBounds(group, float(self.least[group]), float(self.least[group]))
            return False
        self.least[group], self.found = wanted, found
        return True

    def _columns(self, quotas: Sequence[Quota], seats: int) -> list[int]:
        """A column a group, two a quota (too few, too many), one for empty seats; gives what each weighs."""
        weights = [0] * len(self.groups) + [quota.weight for quota in quotas for _ in range(2)] + [SEAT_WEIGHT]
        slack = seats + sum(self.sizes) + max((quota.least for quota in quotas), default=0)
        bounds = [*zip(self.least, self.sizes, strict=True), *[(0, slack)] * (2 * len(quotas) + 1)]
        for place, ((low, high), weight) in enumerate(zip(bounds, weights, strict=True)):
            self.solver.addVar(float(low), float(high))
            self.solver.changeColCost(place, float(weight))
            self.solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        return weights

    def _rows(self, quotas: Sequence[Quota], seats: int) -> None:
        """Every seat is taken or empty; each quota holds but for what it lacks or exceeds."""
        people = len(self.groups)
        self._row(seats, seats, {**dict.fromkeys(range(people), 1), people + 2 * len(quotas): 1})
        for number, quota in enumerate(quotas):
            has = {place: 1 for marks, place in self.groups.items() if marks[number]}
            self._row(quota.least, highspy.kHighsInf, {**has, people + 2 * number: 1})
            self._row(-highspy.kHighsInf, quota.most, {**has, people + 2 * number + 1: -1})

    def _least_missed(self, weights: Sequence[int]) -> list[int]:
        """Solve for the least that must be missed, and hold every later list to it. Raises CannotDraw."""
        found = self._solve()
        if not found:
            raise CannotDraw(f"No draw was found: the solver says {self.solver.modelStatusToString(self.solver.getModelStatus())}.")
        self._row(-highspy.kHighsInf, sum(weight * value for weight, value in zip(weights, found, strict=True)), dict(enumerate(weights)))
        for place in range(len(weights)):
            self.solver.changeColCost(place, 0.0)
        return found

    def _row(self, least: float, most: float, weights: Mapping[int, int]) -> None:
        held = {place: float(weight) for place, weight in weights.items() if weight}
        self.solver.addRow(float(least), float(most), len(held), list(held), list(held.values()))

    def _solve(self) -> list[int]:
        """The columns' values, empty where no list exists."""
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return []
        return [round(value) for value in self.solver.getSolution().col_value]


def _solver() -> highspy.Highs:
    """One thread and no gap, so that `optimal` means it."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its library is written without types
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        solver.setOptionValue(option, value)
    return solver
