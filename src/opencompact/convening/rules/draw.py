"""The seeded draw of balanced invitations: an integer programme of quotas, relaxed as little as can be, the same for the same seed and pool."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

RESTED = 24  # months after which somebody not invited counts as never invited
_TIE = 1e-3  # what the seed's order weighs, all seats together below one month
_SEATS = "seats"


class CannotDraw(ValueError):
    """The solver found no draw; the message says what it said."""


@dataclass(frozen=True)
class Candidate:
    """Somebody of the pool: a name that never changes, what they count as, and months since last invited (None: never)."""

    name: str
    counts_as: Mapping[str, str]
    months_since: int | None = None


@dataclass(frozen=True)
class Quota:
    """Of the places, at least and at most so many with this value of an attribute."""

    attribute: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Missed:
    """A quota that could not be met: how many too few (or, where negative, too many), and how many the pool has."""

    attribute: str
    value: str
    by: int
    pool: int


@dataclass(frozen=True)
class Drawn:
    """Who was drawn, in order of name, and which quotas could not be met."""

    names: tuple[str, ...]
    missed: tuple[Missed, ...]


def quotas_of(shares: Iterable[tuple[str, str, float, float]], seats: int) -> tuple[Quota, ...]:
    """Quotas from shares of the seats (attribute, value, least, most from 0 to 1): least rounded down, most rounded up, so that they fit together."""
    return tuple(Quota(attribute, value, int(least * seats + 1e-9), -int(-most * seats + 1e-9)) for attribute, value, least, most in shares)


def draw(pool: Iterable[Candidate], quotas: Sequence[Quota], *, seats: int, seed: int, keep: Iterable[str] = (), without: Iterable[str] = ()) -> Drawn:
    """Fill the seats: first with the least sum of missed quotas, then those longest not invited, then by the seed. Raises CannotDraw.

    `keep` have a place already; `without` have declined. The order in which the pool is given makes no difference.
    """
    gone, kept = set(without), set(keep)
    candidates = sorted((each for each in pool if each.name not in gone), key=lambda each: each.name)
    if not candidates:
        return Drawn((), (Missed(_SEATS, "", seats, 0),))
    least = _solve(candidates, quotas, seats, kept, _missing_cost(candidates, quotas), None)
    total = round(sum(_misses(candidates, quotas, seats, least)))
    chosen = _solve(candidates, quotas, seats, kept, _seed_cost(candidates, quotas, seats, seed), total)
    names = tuple(each.name for each, taken in zip(candidates, chosen, strict=True) if taken)
    return Drawn(names, _missed(candidates, quotas, seats, chosen))


def _misses(candidates: Sequence[Candidate], quotas: Sequence[Quota], seats: int, chosen: Sequence[bool]) -> list[int]:
    counts = [sum(taken and each.counts_as.get(quota.attribute) == quota.value for each, taken in zip(candidates, chosen, strict=True)) for quota in quotas]
    missed = [max(quota.least - count, count - quota.most, 0) for quota, count in zip(quotas, counts, strict=True)]
    return [*missed, seats - sum(chosen)]


def _missed(candidates: Sequence[Candidate], quotas: Sequence[Quota], seats: int, chosen: Sequence[bool]) -> tuple[Missed, ...]:
    found = []
    for quota in quotas:
        has = [each.counts_as.get(quota.attribute) == quota.value for each in candidates]
        count = sum(taken and held for taken, held in zip(chosen, has, strict=True))
        by = quota.least - count if count < quota.least else min(quota.most - count, 0)
        if by:
            found.append(Missed(quota.attribute, quota.value, by, sum(has)))
    empty = seats - sum(chosen)
    return (*found, *((Missed(_SEATS, "", empty, len(candidates)),) if empty else ()))


def _missing_cost(candidates: Sequence[Candidate], quotas: Sequence[Quota]) -> list[float]:
    return [0.0] * len(candidates) + [1.0] * (2 * len(quotas) + 1)


def _seed_cost(candidates: Sequence[Candidate], quotas: Sequence[Quota], seats: int, seed: int) -> list[float]:
    ties = [int.from_bytes(hashlib.sha256(f"{seed}/{each.name}".encode()).digest()[:4]) / 2**32 * _TIE / seats * 100 for each in candidates]
    rested = [0 if each.months_since is None else max(RESTED - each.months_since, 0) for each in candidates]
    return [months + tie for months, tie in zip(rested, ties, strict=True)] + [0.0] * (2 * len(quotas) + 1)


def _solve(candidates: Sequence[Candidate], quotas: Sequence[Quota], seats: int, keep: set[str], cost: Sequence[float], most_missed: int | None) -> list[bool]:
    """The integer programme: a variable a candidate, two a quota for what it misses, one for empty seats."""
    people, rules = len(candidates), len(quotas)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the library has few types
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-7)):
        solver.setOptionValue(option, value)
    for place in range(people + 2 * rules + 1):
        is_person = place < people
        solver.addVar(1.0 if is_person and candidates[place].name in keep else 0.0, 1.0 if is_person else float(seats + people))
        solver.changeColCost(place, cost[place])
        solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    _row(solver, seats, seats, [*range(people), people + 2 * rules], [1.0] * (people + 1))
    for number, quota in enumerate(quotas):
        has = [place for place, each in enumerate(candidates) if each.counts_as.get(quota.attribute) == quota.value]
        _row(solver, quota.least, np.inf, [*has, people + 2 * number], [1.0] * (len(has) + 1))
        _row(solver, -np.inf, quota.most, [*has, people + 2 * number + 1], [*[1.0] * len(has), -1.0])
    if most_missed is not None:
        slack = list(range(people, people + 2 * rules + 1))
        _row(solver, -np.inf, most_missed, slack, [1.0] * len(slack))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise CannotDraw(f"No draw was found: the solver says {solver.modelStatusToString(solver.getModelStatus())}.")
    values = list(solver.getSolution().col_value)[:people]
    return [value > 0.5 for value in values]


def _row(solver: highspy.Highs, least: float, most: float, places: Sequence[int], weights: Sequence[float]) -> None:
    solver.addRow(float(least), float(most), len(places), np.array(places, dtype=np.int32), np.array(weights, dtype=np.float64))


def reason(candidate: Candidate, quotas: Sequence[Quota], words: Mapping[str, str]) -> str:
    """Why they have a place, in a sentence; `words` are the labels of the values."""
    filled = [words.get(quota.value, quota.value) for quota in quotas if quota.least and candidate.counts_as.get(quota.attribute) == quota.value]
    rested = "never invited before" if candidate.months_since is None else f"not invited for {candidate.months_since} months"
    return f"{'Counts towards ' + ', '.join(filled) if filled else 'Counts towards no quota that asks for a least number'}; {rested}; then by the seed."
