"""What pages ask of yearly returns of spending: targets with their history, what was filed, and who signed what; all of it is public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opencompact.judgement.models import SpendFiling, SpendSignOff, SpendTarget

__all__ = ["Filed", "Set", "SpendFiling", "SpendSignOff", "SpendTarget", "filings", "targets"]  # the rows, so that a door can name them


@dataclass(frozen=True)
class Set:
    """A target with its steps: the day of each by its word, and each step as it was signed."""

    row: SpendTarget
    place: int
    done: Mapping[str, date]
    signed: Sequence[SpendSignOff]


@dataclass(frozen=True)
class Filed:
    """A filed return with its steps."""

    row: SpendFiling
    place: int
    done: Mapping[str, date]
    signed: Sequence[SpendSignOff]


def targets(spend_return: str, *, bodies: Sequence[str] = ()) -> dict[tuple[str, str], list[Set]]:
    """By (body, supplier), every target in the order they were set; of all bodies, or those named; in two queries."""
    found = SpendTarget.objects.filter(spend_return=spend_return)
    rows = (found.filter(body__in=list(bodies)) if bodies else found).prefetch_related("sign_offs").order_by("place", "pk")
    held: dict[tuple[str, str], list[Set]] = {}
    for row in rows:
        signed = _in_order(row.sign_offs.all())
        held.setdefault((row.body, row.supplier), []).append(Set(row, row.place, {each.step: each.on for each in signed}, signed))
    return held


def filings(spend_return: str, *, bodies: Sequence[str] = ()) -> dict[tuple[str, int], list[Filed]]:
    """By (body, year), every filing in its order, in two queries."""
    found = SpendFiling.objects.filter(spend_return=spend_return)
    rows = (found.filter(body__in=list(bodies)) if bodies else found).prefetch_related("sign_offs").order_by("place", "pk")
    held: dict[tuple[str, int], list[Filed]] = {}
    for row in rows:
        signed = _in_order(row.sign_offs.all())
        held.setdefault((row.body, row.year), []).append(Filed(row, row.place, {each.step: each.on for each in signed}, signed))
    return held


def _in_order(rows: Iterable[SpendSignOff]) -> list[SpendSignOff]:
    return sorted(rows, key=lambda row: (row.on, row.pk))
