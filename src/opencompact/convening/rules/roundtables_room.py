"""Who is in the room, as figures: drawn, accepted and came beside what was wanted, who is missing, and what of it may be published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opencompact.convening.rules.draw import Quota

LEAST_PUBLISHED = 5  # a smaller group could be recognised by whoever knows who was in the room
WHY_TOGETHER = "Groups of fewer than 5 are told together with others, so that nobody can be recognised; a group of nobody counts as one of them."


@dataclass(frozen=True)
class Place:
    """One place as figures need it: what it counts as, the answer, and whether they came (None: not held yet)."""

    counts_as: Mapping[str, str]
    answer: str = ""
    came: bool | None = None


@dataclass(frozen=True)
class Covered:
    """A quota beside how many places were drawn (and not declined), accepted, and came."""

    quota: Quota
    drawn: int
    accepted: int
    came: int


def covered(places: Iterable[Place], quotas: Sequence[Quota]) -> list[Covered]:
    """Each quota with its figures."""
    held = list(places)
    return [_covered(quota, [each for each in held if each.counts_as.get(quota.attribute) == quota.value]) for quota in quotas]


def _covered(quota: Quota, places: Sequence[Place]) -> Covered:
    standing = [each for each in places if each.answer != "declined"]
    return Covered(quota, len(standing), sum(each.answer == "accepted" for each in standing), sum(each.came is True for each in places))


def missing(rows: Iterable[Covered], words: Mapping[str, str], *, held: bool) -> list[str]:
    """Who is missing, in words: each quota whose least number is not reached by those who came, once it was held, or by the places before that."""
    said = []
    for row in rows:
        number, least = (row.came if held else row.drawn), row.quota.least
        if number < least:
            who = words.get(row.quota.value, row.quota.value)
            there = "came" if held else "have a place"
            lost = f" ({row.drawn} had a place)" if held and row.drawn > number else ""
            said.append(f"{who}: {number or 'none'} of at least {least} {there}{lost}; {least - number} missing.")
    return said


@dataclass(frozen=True)
class Told:
    """A distribution as it may be published: groups large enough, and the others together with how many they are."""

    shown: tuple[tuple[str, int], ...]
    together: tuple[str, ...] = ()
    number: int = 0


def published(counts: Mapping[str, int], *, wider: Mapping[str, str]) -> Told | None:
    """How many of each group; first merged into the wider groups declared, then those under LEAST_PUBLISHED together.

    The groups together are at least LEAST_PUBLISHED people or nobody, and never so many that each must be the largest a small group can be;
    the smallest of the groups shown joins them until that is so. None where fewer than LEAST_PUBLISHED came at all.
    """
    merged: dict[str, int] = {}
    for group, number in counts.items():
        merged[wider.get(group, group)] = merged.get(wider.get(group, group), 0) + number
    if sum(merged.values()) < LEAST_PUBLISHED:
        return None
    shown = {group: number for group, number in merged.items() if number >= LEAST_PUBLISHED}
    small = {group: number for group, number in merged.items() if number < LEAST_PUBLISHED}
    while shown and _tells(small):
        smallest = min(shown, key=lambda group: (shown[group], group))
        small[smallest] = shown.pop(smallest)
    return Told(tuple(sorted(shown.items())), tuple(sorted(small)), sum(small.values()))


def _tells(small: Mapping[str, int]) -> bool:
    """Whether the sum of the groups together would tell how many are in one of them."""
    total = sum(small.values())
    return 0 < total < LEAST_PUBLISHED or (total > 0 and set(small.values()) == {LEAST_PUBLISHED - 1})
