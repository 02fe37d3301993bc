"""Pure rules of agreements: the order of numbers, which promises the record can test, and which say the same."""

import re
from collections import defaultdict
from collections.abc import Mapping

from opencompact.registry.cards import Agreement, Indicator, Undertaking

SEPARATOR = ";"
_LAST = 10**9


class UnknownKin(ValueError):
    """An undertaking names kin that no agreement holds; the message names both and what was expected."""


class UnknownOutcome(ValueError):
    """An undertaking stands under an outcome that its agreement does not list; the message names both and those listed."""


def undertaking_id(agreement: str, number: str) -> str:
    """The readable id that never changes: `compact-2010/2.4`."""
    return f"{agreement}/{number}"


def number_key(number: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts `2.9` before `2.10`, and parts without digits after those that have them."""
    matches = (re.fullmatch(r"([0-9]*)(.*)", part, re.DOTALL) for part in number.split("."))
    return tuple((int(match[1] or _LAST), match[2]) for match in matches if match)


def outcome_shown(agreement: Agreement, undertaking: Undertaking) -> str:
    """The outcome it stands under, number and title; raises UnknownOutcome."""
    for outcome in agreement.outcomes:
        if outcome.number == undertaking.outcome:
            return f"{outcome.number}. {outcome.title}"
    listed = ", ".join(outcome.number for outcome in agreement.outcomes)
    raise UnknownOutcome(f"Agreement {agreement.slug}, undertaking {undertaking.number}, outcome: found {undertaking.outcome}; expected one of {listed}.")


def can_have_verdict(undertaking: Undertaking) -> bool:
    """Whether the record may pass a verdict on it: wording confirmed, a test that computes, and nothing that stands in the way."""
    return undertaking.wording == "confirmed" and undertaking.test in ("computed", "both") and not undertaking.cannot_yet


def has_stated_reason(undertaking: Undertaking) -> bool:
    """Whether it either may get a verdict or says why not: one of the two always holds, never both."""
    return can_have_verdict(undertaking) != bool(undertaking.cannot_yet)


def crosswalk(agreements: Mapping[str, Agreement]) -> dict[str, tuple[str, ...]]:
    """The kin of every undertaking, read both ways: where A names B, B has A too, so that a new agreement changes no other card.

    Raises UnknownKin where a named one does not exist.
    """
    kin: dict[str, set[str]] = defaultdict(set)
    known = {undertaking_id(slug, item.number) for slug, agreement in agreements.items() for item in agreement.undertakings}
    for slug, agreement in agreements.items():
        for item in agreement.undertakings:
            own = undertaking_id(slug, item.number)
            for other in item.kin:
                if other not in known:
                    raise UnknownKin(f"Agreement {slug}, undertaking {item.number}, kin: found {other}; expected an undertaking held, as compact-2010/2.4.")
                kin[own].add(other)
                kin[other].add(own)
    return {own: tuple(sorted(others, key=_kin_key)) for own, others in kin.items()}


def one_way_kin(agreements: Mapping[str, Agreement]) -> tuple[tuple[str, str], ...]:
    """Pairs where the first names the second as kin and the second does not name the first back."""
    named = {(undertaking_id(slug, item.number), other) for slug, agreement in agreements.items() for item in agreement.undertakings for other in item.kin}
    return tuple(sorted((own, other) for own, other in named if (other, own) not in named))


def indicators_of(undertaking: str, *, indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    """Slugs of the indicators that say they test it, in alphabetical order."""
    return tuple(sorted(slug for slug, card in indicators.items() if undertaking in card.tests))


def _kin_key(undertaking: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    agreement, _, number = undertaking.partition("/")
    return agreement, number_key(number)
