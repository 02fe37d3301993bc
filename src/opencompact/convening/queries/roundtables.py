"""What pages ask of roundtables: their places as figures, points and replies; the pool of contacts and who was invited for the central team alone."""

from collections.abc import Iterable

from django.db.models import QuerySet

from opencompact.accounts.queries import masked
from opencompact.accounts.rules import Viewer, sees
from opencompact.convening.models import Draw, Invitee, Point, PoolContact, Roundtable
from opencompact.convening.rules.draw import Candidate, Missed, Quota
from opencompact.convening.rules.roundtables import ATTRIBUTES, WHEN
from opencompact.convening.rules.roundtables_room import Place

__all__ = [
    "Draw",
    "Invitee",
    "Point",
    "PoolContact",
    "Roundtable",
    "candidates",
    "draws",
    "invitation_of",
    "invitees",
    "missed",
    "places",
    "point",
    "points",
    "pool",
    "quotas",
    "roundtable",
    "roundtables",
]


def roundtables() -> QuerySet[Roundtable]:
    """All of them, the latest first: that one is held, on what, and to which profile, is public. Read held words by `roundtable`."""
    return Roundtable.objects.order_by("-on", "pk")


def roundtable(viewer: Viewer, key: str) -> Roundtable | None:
    """One of them, without its held words for those who do not work on the agreement."""
    row = Roundtable.objects.filter(key=key).first()
    return masked(viewer, row, bodies=(), kept="shared", fields=("held_text",)) if row else None


def quotas(row: Roundtable) -> tuple[Quota, ...]:
    """What its places are drawn to, in whole seats, as published when it was planned."""
    return tuple(Quota(**each) for each in row.quotas)


def sees_pool(viewer: Viewer) -> bool:
    """Whether the viewer sees who is in the pool and who was invited."""
    return sees(viewer, "central", bodies=frozenset())


def pool(viewer: Viewer) -> QuerySet[PoolContact]:
    """The pool, by name; empty for everybody but the central team."""
    rows = PoolContact.objects.order_by("name", "pk")
    return rows if sees_pool(viewer) else rows.none()


def invitees(viewer: Viewer, row: Roundtable) -> list[Invitee]:
    """Everybody drawn, with the contact; empty for everybody but the central team."""
    return list(row.invitees.select_related("contact").order_by("pk")) if sees_pool(viewer) else []


def places(row: Roundtable) -> list[Place]:
    """The places as figures alone: for the public only through `rules.roundtables_room.published`."""
    rows = row.invitees.order_by("pk").values(*ATTRIBUTES, "answer", "came")
    return [Place({name: str(each[name]) for name in ATTRIBUTES}, str(each["answer"]), each["came"]) for each in rows]


def draws(row: Roundtable) -> list[Draw]:
    """Every draw made for it, the first first, without its pool."""
    return list(row.draws.defer("pool").order_by("number"))


def drawn_pool(viewer: Viewer, row: Roundtable, number: int) -> str | None:
    """The pool of one draw as text without names; none where no such draw was made, or the viewer does not see the pool."""
    return row.draws.filter(number=number).values_list("pool", flat=True).first() if sees_pool(viewer) else None


def missed(draw: Draw) -> list[Missed]:
    """What that draw could not meet."""
    return [Missed(**each) for each in draw.missed]


def points(row: Roundtable) -> list[Point]:
    """The points made, in their order; a speaker stands there only where they agreed."""
    return list(row.points.select_related("speaker__contact").order_by("pk"))


def point(key: str, pk: int) -> Point | None:
    """One point of a roundtable."""
    return Point.objects.filter(pk=pk, roundtable__key=key).select_related("roundtable").first()


def candidates() -> list[Candidate]:
    """The pool as candidates of a draw, each named by a number, so that the draw can be made again without a name in sight."""
    return [candidate(contact) for contact in PoolContact.objects.order_by("pk")]


def candidate(contact: PoolContact) -> Candidate:
    """One contact as the draw knows them."""
    held = {name: getattr(contact, name) for name in ATTRIBUTES}
    return Candidate(number(contact.pk), {name: value for name, value in held.items() if value}, contact.last_invited_on)


def number(pk: int) -> str:
    """The number a contact has in draws; written so that numbers sort as words."""
    return f"{pk:08}"


def standing_elsewhere(rows: Iterable[Invitee]) -> list[Candidate]:
    """Places of people erased since they took them: they keep their seat as what they counted as."""
    return [Candidate(f"place-{row.pk:08}", {name: getattr(row, name) for name in ATTRIBUTES if getattr(row, name)}) for row in rows if row.contact_id is None]


def invitation_of(token_hash: str) -> Invitee | None:
    """The place a link is for, with its roundtable; none where none opens."""
    rows = Invitee.objects.select_related("roundtable").filter(roundtable__state__in=sorted(WHEN["answer"]))
    return rows.filter(token_hash=token_hash).first() if token_hash else None
