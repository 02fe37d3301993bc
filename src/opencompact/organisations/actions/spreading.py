"""Matches a file of names over the workers of a cluster: each builds the register's index once, and decides as one machine would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from opencompact.organisations.actions.matching import PORTION, Match, Matcher, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules.learned import UNLEARNED, Learned


class Workers(Protocol):
    """A cluster, as far as matching goes."""

    @property
    def workers(self) -> int:
        """How many tasks run side by side."""

    def spread(self, work: Callable[[Any, Any], Any], portions: Sequence[Any], *, given: Any) -> list[Any]:
        """What `work` gives for each portion, in order; every worker is given `given` once."""


@dataclass(frozen=True)
class Held:
    """What every worker holds: the register, and the first names of the file, since how the file's names fall on registers counts for each of them."""

    entries: tuple[Entry, ...]
    first: tuple[Payee, ...]
    learned: Learned = UNLEARNED

    @cached_property
    def matcher(self) -> Matcher:
        """Made by each worker for itself at its first portion."""
        return matcher(self.entries, learned=self.learned)


def match_over(cluster: Workers, *, entries: Sequence[Entry], payees: Sequence[Payee], learned: Learned = UNLEARNED) -> list[Match]:
    """A match for each payee, in order: what `matcher(entries, learned=learned).match(payees)` gives. A file of one portion is not worth spreading."""
    asked = list(dict.fromkeys(payees))
    if len(asked) <= PORTION:
        return matcher(entries, learned=learned).match(payees)
    size = -(-len(asked) // max(cluster.workers, 1))  # as few portions as there are workers, since each begins by comparing the first names again
    portions = [asked[start : start + size] for start in range(0, len(asked), size)]
    answers = cluster.spread(match_portion, portions, given=Held(tuple(entries), tuple(asked[:PORTION]), learned))
    found = dict(zip(asked, (match for answer in answers for match in answer), strict=True))
    return [found[payee] for payee in payees]


def match_portion(held: Held, portion: Sequence[Payee]) -> list[Match]:
    """The matches of different payees, in the light of the file's first names."""
    together = list(dict.fromkeys([*held.first, *portion]))
    found = dict(zip(together, held.matcher.match(together), strict=True))
    return [found[payee] for payee in portion]
