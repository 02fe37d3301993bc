"""Which body stands for which on a day: successors inherit promises, appointments and history from the day they continue another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HOW = ("merged", "split", "moved", "renamed")


class NotASuccession(ValueError):
    """One body cannot continue the other; the message says why."""


@dataclass(frozen=True)
class Step:
    """From `on` the successor continues the predecessor; how: merged, split, moved or renamed."""

    predecessor: str
    successor: str
    on: date
    how: str = "renamed"


def successors_on(body: str, *, steps: Iterable[Step], on: date) -> tuple[str, ...]:
    """The bodies that answer on that day for what `body` promised: itself where nothing continues it yet, the last of each line else, in order of slug.

    A duty that moved leaves the old body in being, so it stays among them.
    """
    held = [step for step in steps if step.on <= on]
    found: set[str] = set()
    waiting, seen = [body], {body}
    while waiting:
        at = waiting.pop()
        onward = [step for step in held if step.predecessor == at]
        if not onward or all(step.how == "moved" for step in onward):
            found.add(at)
        for step in onward:
            if step.successor not in seen:
                seen.add(step.successor)
                waiting.append(step.successor)
    return tuple(sorted(found))


def lineage(body: str, *, steps: Iterable[Step], on: date) -> tuple[str, ...]:
    """The body and all whose promises and history it carries on that day, in order of slug."""
    held = [step for step in steps if step.on <= on]
    found, waiting = {body}, [body]
    while waiting:
        at = waiting.pop()
        for step in held:
            if step.successor == at and step.predecessor not in found:
                found.add(step.predecessor)
                waiting.append(step.predecessor)
    return tuple(sorted(found))


def check(new: Step, *, steps: Iterable[Step]) -> None:
    """Raise NotASuccession where a body would come to continue itself."""
    if new.predecessor in lineage(new.successor, steps=steps, on=date.max) and new.predecessor != new.successor:
        raise NotASuccession(f"{new.successor} continues {new.predecessor} already.")
    if new.successor in lineage(new.predecessor, steps=steps, on=date.max):
        raise NotASuccession(f"{new.predecessor} itself continues {new.successor}: a body cannot come to continue itself. Check which came first.")
