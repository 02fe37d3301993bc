"""A draw in words: which quotas a profile asks for, why somebody has a place, what could not be met and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from opencompact.convening.rules.draw import SEATS, Candidate, Missed, Quota


@dataclass(frozen=True)
class Target:
    """One line of a profile: at least and at most so much of an attribute's value, as shares of the seats or as a number of seats."""

    attribute: str
    value: str
    least: float
    most: float
    weight: int = 1
    unit: str = "share"


def quotas_of(targets: Iterable[Target], seats: int) -> tuple[Quota, ...]:
    """The targets in whole seats: of a share, the least rounded down and the most rounded up, so that they fit together; a number as it stands."""

    def whole(target: Target) -> tuple[int, int]:
        if target.unit == "seats":
            return int(target.least), int(target.most)
        least, most = (Fraction(str(share)) * seats for share in (target.least, target.most))
        return int(least), -int(-most // 1)

    return tuple(Quota(each.attribute, each.value, *whole(each), each.weight) for each in targets)


def reason(candidate: Candidate, quotas: Sequence[Quota], words: Mapping[str, str], *, place: int) -> str:
    """Why they have a place, in a sentence: what they count towards, when they were last invited, and their place in the order.

    That the quotas could still be kept with them is true of every place, and said once beside the draw.
    """
    counts = [words.get(quota.value, quota.value) for quota in quotas if quota.least and candidate.counts_as.get(quota.attribute) == quota.value]
    towards = f"Counts towards {', '.join(counts)}" if counts else "Counts towards nothing the profile asks a least number of"
    invited = f"last invited on {candidate.last_invited_on:%-d %B %Y}" if candidate.last_invited_on else "never invited before"
    return f"{towards}; {invited}; number {place} in the order of the draw."


def missed_words(missed: Missed, quotas: Iterable[Quota], words: Mapping[str, str], attributes: Mapping[str, str]) -> str:
    """Which quota was missed by how many, and why: too few in the pool, or the other quotas and seats leave no room."""
    if missed.attribute == SEATS:
        return f"{missed.by} seat{'s stay' if missed.by > 1 else ' stays'} empty: the pool has {missed.pool} who could be drawn."
    name = f"{attributes.get(missed.attribute, missed.attribute)}: {words.get(missed.value, missed.value)}"
    quota = next(each for each in quotas if (each.attribute, each.value) == (missed.attribute, missed.value))
    if missed.by < 0:
        return f"{name}: {-missed.by} more than the {quota.most} wanted at most, since the seats could not be filled otherwise with as little missed."
    why = f"the pool has only {missed.pool}" if missed.pool < quota.least else f"the pool has {missed.pool}, but the other quotas and the seats leave no room"
    return f"{name}: {missed.by} fewer than the {quota.least} wanted at least: {why}."


def published_words(missed: Missed, words: Mapping[str, str], attributes: Mapping[str, str]) -> str:
    """What the public is told of a quota that was missed: no numbers, since small ones would say who is in the pool."""
    if missed.attribute == SEATS:
        return "Some seats stay empty: the pool has too few who could be drawn."
    side = "fewer than wanted" if missed.by > 0 else "more than wanted"
    return f"{attributes.get(missed.attribute, missed.attribute)}: {words.get(missed.value, missed.value)}: {side}."
