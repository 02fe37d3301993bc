"""What is asked of decisions about names: those in force for pages, for a file that bodies share, and for the build."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from opencompact.accounts.rules import Viewer, sees
from opencompact.organisations.models import Dispute, NameDecision
from opencompact.organisations.rules.decisions import COLUMNS, UNDONE, Settlement

__all__ = ["Dispute", "NameDecision"]  # the rows too, so that a door can name them


def settlement_of(row: NameDecision) -> Settlement:
    """What a decision says, as whoever made it said it."""
    return Settlement(row.payee_name, row.outcome, row.because, row.organisation_id, row.published_org_id, row.body, row.vendor_number)


def in_force() -> QuerySet[NameDecision]:
    """Every decision that stands, the latest first."""
    return NameDecision.objects.filter(is_in_force=True).exclude(outcome=UNDONE).order_by("-decided_at", "-pk")


def decisions_about(normalised_name: str, published_org_id: str) -> list[NameDecision]:
    """Every decision ever made about a payee by name, the latest first."""
    rows = NameDecision.objects.filter(normalised_name=normalised_name, published_org_id=published_org_id, vendor_number="")
    return list(rows.order_by("-decided_at", "-pk"))


def decision(key: str) -> NameDecision | None:
    """One decision by its key; None where there is none."""
    return NameDecision.objects.filter(key=key).first()


def names_decided(bodies: Collection[str] | None) -> list[str]:
    """The names as compared, without a number beside them, that were decided for all bodies, or for one of those a person acts for; None means all bodies."""
    wanted = Q(body="") if bodies is None else Q(body="") | Q(body__in=sorted(bodies))
    rows = in_force().filter(wanted, vendor_number="", published_org_id="").order_by("normalised_name")
    return list(rows.values_list("normalised_name", flat=True).distinct())


def vendors_of(body: str) -> dict[str, NameDecision]:
    """The decisions by vendor number of one body."""
    return {row.vendor_number: row for row in in_force().filter(body=body).exclude(vendor_number="")}


def count_vendors() -> dict[str, int]:
    """How many vendor numbers each body has settled."""
    return dict(in_force().exclude(vendor_number="").order_by("body").values_list("body").annotate(Count("pk")))


def for_file(body: str | None = None) -> Iterator[dict[str, str]]:
    """The decisions in force as rows of the file that bodies share, in a fixed order; of one body and of all, or every one."""
    rows = in_force().order_by("body", "vendor_number", "normalised_name", "published_org_id")
    if body is not None:
        rows = rows.filter(body__in=("", body))
    for row in rows.iterator():
        told = {name: getattr(row, name) for name in COLUMNS if hasattr(row, name)}
        yield {**told, "decision": row.key, "decided_by": row.decided_by, "decided_at": row.decided_at.isoformat()}


def for_build(*, at: datetime) -> list[dict[str, Any]]:
    """Rows of the lake's table `name_decisions`: those in force at the instant, in a fixed order."""
    return [
        {
            "decision": row.key,
            "payee_name": row.payee_name,
            "published_org_id": row.published_org_id,
            "body": row.body,
            "vendor_number": row.vendor_number,
            "outcome": row.outcome,
            "organisation_id": row.organisation_id or None,
            "because": row.because,
            "decided_on": localdate(row.decided_at),
        }
        for row in in_force().filter(decided_at__lte=at).order_by("key")
    ]


def disputes_for_build(*, at: datetime) -> list[dict[str, Any]]:
    """Rows of the lake's table `name_disputes`: those received by the instant and not settled by then, in a fixed order; no words, and no address."""
    rows = Dispute.objects.filter(Q(settled_at=None) | Q(settled_at__gt=at), received_at__lte=at).order_by("reference")
    return [
        {
            "reference": row.reference,
            "organisation_id": row.organisation_id,
            "normalised_name": row.normalised_name,
            "received_on": localdate(row.received_at),
        }
        for row in rows
    ]


def open_disputes() -> QuerySet[Dispute]:
    """Disputes nobody has settled, the longest open first."""
    return Dispute.objects.filter(settled_at=None).order_by("received_at", "pk")


def dispute(viewer: Viewer, reference: str) -> Dispute | None:
    """One dispute; what somebody wrote, and about which payee, is seen by reviewers of names alone. None where there is none."""
    row = Dispute.objects.filter(reference=reference.upper()).first()
    if row and not sees(viewer, "names", bodies=frozenset()):
        row.words = row.email = row.payee_name = row.normalised_name = row.settled_by = ""
    return row
