"""What pages ask of roundtables: their places as published, points and replies; the pool of contacts for the central team alone."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from opencompact.accounts.queries import masked
from opencompact.accounts.rules import Viewer, sees
from opencompact.convening.models import Invitee, Point, PoolContact, Roundtable
from opencompact.convening.rules.draw import Candidate
from opencompact.convening.rules.roundtables import ATTRIBUTES

DAYS_A_MONTH = 30.44
__all__ = [
    "Invitee",
    "Point",
    "PoolContact",
    "Roundtable",
    "candidates",
    "invitation_of",
    "invitees",
    "points",
    "pool",
    "pool_sha256",
    "roundtable",
    "roundtables",
]


def roundtables() -> QuerySet[Roundtable]:
    """All of them, the latest first; that one is held and on what is public."""
    return Roundtable.objects.order_by("-on", "pk")


def roundtable(viewer: Viewer, key: str) -> Roundtable | None:
    """One of them, without its held words for those who do not work on the agreement."""
    row = Roundtable.objects.filter(key=key).first()
    return masked(viewer, row, bodies=(), kept="shared", fields=("held_text",)) if row else None


def sees_pool(viewer: Viewer) -> bool:
    """Whether the viewer sees who is in the pool and who was invited."""
    return sees(viewer, "central", bodies=frozenset())


def pool(viewer: Viewer) -> QuerySet[PoolContact]:
    """The pool, by name; empty for everybody but the central team."""
    rows = PoolContact.objects.order_by("name", "pk")
    return rows if sees_pool(viewer) else rows.none()


def invitees(viewer: Viewer, row: Roundtable) -> list[Invitee]:
    """Who has a place, with the contact; empty for everybody but the central team."""
    return list(row.invitees.select_related("contact").order_by("pk")) if sees_pool(viewer) else []


def counts(row: Roundtable) -> dict[str, dict[str, Counter[str]]]:
    """For each attribute how many of each value were drawn, accepted and came; of figures alone, so for publication through `rules.published`."""
    rows = list(row.invitees.values(*ATTRIBUTES, "answer", "came"))
    found: dict[str, dict[str, Counter[str]]] = {}
    for attribute in ATTRIBUTES:
        found[attribute] = {
            "drawn": Counter(str(each[attribute]) for each in rows),
            "accepted": Counter(str(each[attribute]) for each in rows if each["answer"] == "accepted"),
            "came": Counter(str(each[attribute]) for each in rows if each["came"]),
        }
    return found


def points(row: Roundtable) -> list[Point]:
    """The points made, in their order; a speaker stands there only where they agreed."""
    return list(row.points.order_by("pk"))


def candidates(on: date) -> list[Candidate]:
    """The pool as candidates of a draw for that day; each named by its number, so that the draw can be done again without a name in sight."""
    return [
        Candidate(f"{contact.pk:08}", {name: getattr(contact, name) for name in ATTRIBUTES if getattr(contact, name)}, contact.last_invited_on)
        for contact in PoolContact.objects.order_by("pk")
    ]


def _months(last: date | None, on: date) -> int | None:
    return max(int((on - last).days / DAYS_A_MONTH), 0) if last else None


def pool_sha256(held: list[Candidate]) -> str:
    """The checksum of the pool a draw was made from: whoever has the pool can make it again and compare."""
    lines = [f"{each.name} {sorted(each.counts_as.items())} {each.last_invited_on}" for each in sorted(held, key=lambda each: each.name)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def invitation_of(token_hash: str) -> Invitee | None:
    """The place a link is for, with its roundtable; none where none opens."""
    if not token_hash:
        return None
    return Invitee.objects.select_related("roundtable").filter(token_hash=token_hash, roundtable__state="invited").first()


def labels(values: Mapping[str, str], counted: Counter[str]) -> dict[str, int]:
    """Counts by label; those without a value as `not known`."""
    return {values.get(value, value) or "Not known": number for value, number in counted.items()}
