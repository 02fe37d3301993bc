"""What pages ask of audits: rounds, the matrix of recommendations and bodies, one cell with all that belongs to it; each as far as the viewer sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from opencompact.accounts.queries import masked, of_bodies_seen, visible
from opencompact.accounts.rules import Viewer, sees
from opencompact.judgement.models import Development, Finding, FindingEvidence, FindingStep, Letter, Recommendation, Round
from opencompact.judgement.rules.audits import Grade, movement

__all__ = ["Cell", "Finding", "Letter", "Matrix", "Recommendation", "Round"]  # the rows, so that a door can name what it is given
_KEPT_TEXTS = (("audit", ("held_text",)), ("held", ("held_reply",)))


@dataclass(frozen=True)
class Matrix:
    """A round's recommendations down, bodies across, the findings the viewer sees by (recommendation, body), and the grades of the round before."""

    round: Round
    recommendations: Sequence[Recommendation]
    bodies: Sequence[str]
    findings: Mapping[tuple[str, str], Finding]
    before: Mapping[tuple[str, str], str]

    def grade_of(self, recommendation: str, body: str) -> str:
        """The grade that stands in a cell as the viewer sees it; empty where there is none, or it was withdrawn or taken back."""
        row = self.findings.get((recommendation, body))
        return row.grade if row and row.state not in ("withdrawn", "retracted") else ""

    def moved(self, recommendation: str, body: str, *, scale: Sequence[Grade]) -> str:
        """How a cell moved since the round before."""
        return movement(self.before.get((recommendation, body), ""), self.grade_of(recommendation, body), scale=scale)


@dataclass(frozen=True)
class Cell:
    """One cell: its finding where the viewer sees one, evidence, what came later, the trail, letters, and findings of earlier rounds."""

    recommendation: Recommendation
    body: str
    finding: Finding | None
    evidence: Sequence[FindingEvidence]
    developments: Sequence[Development]
    steps: Sequence[FindingStep]
    letters: Sequence[Letter]
    earlier: Sequence[Finding]


def rounds(viewer: Viewer) -> QuerySet[Round]:
    """The rounds the viewer sees, the latest first."""
    seen = Round.objects.filter(pk__in=Round.objects.filter(visible(viewer, bodies="bodies__body")).values("pk"))
    return seen.select_related("follows").order_by("-opened_at", "-pk")


def count_published(viewer: Viewer) -> dict[int, int]:
    """Published findings of each round, by the round's row."""
    rows = findings(viewer).filter(state="published").order_by().values_list("recommendation__round").annotate(Count("pk"))
    return dict(rows)


def round_of(viewer: Viewer, key: str) -> Round | None:
    """One round, None where there is none the viewer sees."""
    return rounds(viewer).filter(key=key).first()


def findings(viewer: Viewer) -> QuerySet[Finding]:
    """The findings the viewer sees: working papers the auditors, what was sent the body and the office, what is published everybody."""
    return Finding.objects.filter(visible(viewer)).select_related("recommendation__round")


def found(viewer: Viewer, row: Finding) -> Finding:
    """The finding without the texts the viewer may not see; never to be saved."""
    for kept, fields in _KEPT_TEXTS:
        masked(viewer, row, bodies=(row.body,), kept=kept, fields=fields)
    return row


def matrix(viewer: Viewer, held: Round) -> Matrix:
    """The round's matrix, in five queries whatever its size."""
    rows = findings(viewer).filter(recommendation__round=held)
    then = findings(viewer).filter(recommendation__round=held.follows_id, state="published") if held.follows_id else ()
    return Matrix(
        held,
        list(held.recommendations.order_by("place", "pk")),
        list(held.bodies.order_by("body").values_list("body", flat=True)),
        {(row.recommendation.key, row.body): found(viewer, row) for row in rows},
        {(row.recommendation.key, row.body): row.grade for row in then},
    )


def cell(viewer: Viewer, round_key: str, recommendation: str, body: str) -> Cell | None:
    """One cell of a round the viewer sees; None where there is none."""
    held = round_of(viewer, round_key)
    row = held and held.recommendations.filter(key=recommendation, round__bodies__body=body).select_related("round__follows").first()
    if not row:
        return None
    finding = findings(viewer).filter(recommendation=row, body=body).first()
    letters = Letter.objects.filter(of_bodies_seen(viewer, "held"), recommendation=row, body=body).order_by("-number")
    earlier = findings(viewer).filter(recommendation__key=recommendation, recommendation__round__in=_before(row.round), body=body, state="published")
    return Cell(
        row,
        body,
        finding and found(viewer, finding),
        list(finding.evidence.order_by("pk")) if finding else [],
        list(finding.developments.order_by("on", "pk")) if finding else [],
        _steps(viewer, finding) if finding else [],
        list(letters),
        list(earlier.order_by("-published_on", "-pk")),
    )


def movements(shown: Matrix, *, scale: Sequence[Grade]) -> dict[str, int]:
    """How many published cells moved up, down, not at all, or cannot be compared."""
    moved = [shown.moved(*place, scale=scale) for place, row in shown.findings.items() if row.state == "published"]
    return {word: moved.count(word) for word in dict.fromkeys(moved)}


def figures_of(viewer: Viewer, body: str) -> list[tuple[Finding, str]]:
    """A body's published findings, the latest round first, each with the grade of the same recommendation in the round that it follows."""
    rows = list(findings(viewer).filter(body=body, state="published").order_by("-published_on", "recommendation__place", "pk"))
    grades = {(row.recommendation.round_id, row.recommendation.key): row.grade for row in rows}
    return [(row, grades.get((row.recommendation.round.follows_id or 0, row.recommendation.key), "")) for row in rows]


def late_letters(viewer: Viewer, *, today: date) -> QuerySet[Letter]:
    """Letters whose day has passed without an answer."""
    seen = Letter.objects.filter(of_bodies_seen(viewer, "held"), answered_at=None, due_on__lt=today)
    return seen.select_related("recommendation__round").order_by("due_on", "pk")


def _steps(viewer: Viewer, finding: Finding) -> list[FindingStep]:
    """The trail from the first sending on; auditors also see how the drafts went."""
    rows = finding.steps.order_by("pk")
    return list(rows if sees(viewer, "audit", bodies={finding.body}) else rows.exclude(verb__in=["grade"]))


def _before(held: Round) -> list[int]:
    """The rounds that a round follows, one after the other."""
    chain: list[int] = []
    row = held.follows
    while row is not None and row.pk not in chain:
        chain.append(row.pk)
        row = row.follows
    return chain
