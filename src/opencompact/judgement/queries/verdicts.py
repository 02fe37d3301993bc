"""What pages and the release ask of verdicts that need judgement: those a viewer sees, one with its evidence and trail, and what the release takes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from opencompact.accounts.queries import masked, visible
from opencompact.accounts.rules import PUBLIC, Viewer, sees
from opencompact.judgement.models import Verdict, VerdictEvidence, VerdictStep

__all__ = ["Shown", "Verdict"]  # the row, so that a door can name what it is given


@dataclass(frozen=True)
class Shown:
    """One verdict as the viewer sees it, its evidence and its steps."""

    row: Verdict
    evidence: Sequence[VerdictEvidence]
    steps: Sequence[VerdictStep]


def verdicts(viewer: Viewer) -> QuerySet[Verdict]:
    """The verdicts the viewer sees, the latest proposed first."""
    return Verdict.objects.filter(visible(viewer)).order_by("-proposed_at", "-pk")


def verdict(viewer: Viewer, key: str) -> Shown | None:
    """One verdict; None where there is none the viewer sees. Drafts are in the trail of assessors and auditors alone."""
    row = verdicts(viewer).filter(key=key).first()
    if row is None:
        return None
    steps = row.steps.order_by("pk")
    drafts_too = sees(viewer, "audit", bodies={row.body})
    masked(viewer, row, bodies=(row.body,), kept="held", fields=("held_text", "held_reply"))
    return Shown(row, list(row.evidence.order_by("pk")), list(steps if drafts_too else steps.exclude(verb__in=["propose", "revise"])))


def to_reply(viewer: Viewer) -> QuerySet[Verdict]:
    """Verdicts that wait for their body's words, the earliest due first."""
    return verdicts(viewer).filter(state="with_body").order_by("reply_due_on", "pk")


def to_sign(viewer: Viewer, *, today: date) -> QuerySet[Verdict]:
    """Verdicts whose reply is finished: made, or its last day passed in silence."""
    return verdicts(viewer).filter(Q(state="replied") | Q(state="with_body", reply_due_on__lt=today)).order_by("reply_due_on", "pk")


def by_grade(viewer: Viewer, bodies: Sequence[str]) -> dict[str, Counter[str]]:
    """Signed verdicts of each body by grade."""
    counted: dict[str, Counter[str]] = {body: Counter() for body in bodies}
    for body, grade in verdicts(viewer).filter(state="signed", body__in=list(bodies)).values_list("body", "grade"):
        counted[body][grade] += 1
    return counted


def by_year(viewer: Viewer, body: str) -> dict[int, dict[str, str]]:
    """Signed verdicts on a body: year → undertaking → grade, the latest year first."""
    years: dict[int, dict[str, str]] = {}
    rows = verdicts(viewer).filter(state="signed", body=body).order_by("-year", "undertaking", "pk")
    for year, undertaking, grade in rows.values_list("year", "undertaking", "grade"):
        years.setdefault(year, {})[undertaking] = grade
    return years


def for_release(*, at: datetime) -> list[dict[str, Any]]:
    """Rows of the table `judged_verdicts`: signed by then, seen by everybody, and only where the body replied or its last day had passed."""
    finished = Q(replied_at__lte=F("signed_at")) | Q(signed_on__gt=F("reply_due_on"))
    rows = verdicts(PUBLIC).filter(finished, state="signed", signed_at__lte=at).prefetch_related("evidence", "steps").order_by("undertaking", "body", "year")
    return [_released(row) for row in rows]


def _released(row: Verdict) -> dict[str, Any]:
    roles = {step.verb: step.role for step in sorted(row.steps.all(), key=lambda step: step.pk)}
    evidence = sorted(row.evidence.all(), key=lambda each: each.pk)
    return {
        "verdict_id": row.key,
        "undertaking": row.undertaking,
        "body": row.body,
        "year": row.year,
        "verdict": row.grade,
        "because": row.text,
        "proposed_by_role": roles.get("revise", roles["propose"]),
        "signed_by_role": roles["sign"],
        "signed_on": row.signed_on,
        "reply_due_on": row.reply_due_on,
        "how_counted": row.how_counted,
        "reply_state": "replied" if row.replied_at else "silent",
        "reply": row.reply or None,
        "replied_on": row.replied_at.date() if row.replied_at else None,
        "evidence": "; ".join(f"{each.title} ({each.address or 'no address held'})" for each in evidence),
        "checksums": ";".join(each.sha256 for each in evidence if each.sha256) or None,
    }
