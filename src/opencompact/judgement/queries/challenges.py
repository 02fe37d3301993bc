"""What pages ask of challenges: every one by its reference and state; what somebody wrote is seen by the office alone until it is reviewed."""

from django.db.models import Count

from opencompact.accounts.queries import masked
from opencompact.accounts.rules import Viewer, may
from opencompact.judgement.models import Challenge
from opencompact.judgement.rules.challenges import STATES

__all__ = ["Challenge"]  # the row, so that a door can name what it is given
_WRITTEN = ("wrong", "right", "checking")
_PLACE = ("page", "file", "release")


def challenges(viewer: Viewer, *, states: tuple[str, ...] = tuple(STATES), start: int = 0, most: int = 50) -> list[Challenge]:
    """Challenges in those states as the viewer sees them, the latest first. That each was made is public; its words are not."""
    rows = Challenge.objects.filter(state__in=states).order_by("-received_at", "-pk")[start : start + most]
    return [_seen(viewer, row) for row in rows]


def challenge(viewer: Viewer, reference: str) -> Challenge | None:
    """One challenge as the viewer sees it, with its steps; None where there is none."""
    row = Challenge.objects.filter(reference=reference.upper()).prefetch_related("steps").first()
    return _seen(viewer, row) if row else None


def count_challenges() -> dict[str, int]:
    """How many are in each state, none left out."""
    counted = dict(Challenge.objects.values_list("state").annotate(Count("pk")).order_by("state"))
    return {state: counted.get(state, 0) for state in STATES}


def _seen(viewer: Viewer, row: Challenge) -> Challenge:
    """The challenge without the words of who wrote it, and before a review also without what it is about, where the viewer is not of the office."""
    masked(viewer, row, bodies=(), kept="held", fields=(*_WRITTEN, *(() if row.summary else _PLACE)))
    if not may(viewer, "settle_challenge"):
        row.email = ""
    if not row.page:
        row.row = None
    return row
