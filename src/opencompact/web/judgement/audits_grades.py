"""The scale of grades of the audits, as the catalogue's vocabulary has it."""

from functools import cache

from opencompact.judgement.rules.audits import Grade
from opencompact.registry import load_catalogue

UNGRADED = Grade("", "Not graded", "ungraded", "Nobody has graded it yet, or what was graded is not published.", ranks=False)


@cache
def scale() -> tuple[Grade, ...]:
    """The grades, the lowest first."""
    return tuple(Grade(**term) for term in load_catalogue().vocabularies["audit-grades"].terms)


def grade(word: str) -> Grade:
    """One grade; the ungraded one for a word that is none."""
    return next((each for each in scale() if each.grade == word), UNGRADED)
