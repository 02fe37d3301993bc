"""What pages ask of the ledger: commitments with the state folded from their updates, as the viewer may see them, today or on any past day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from opencompact.accounts.queries import masked
from opencompact.accounts.rules import VISIBILITIES, Viewer, bodies_seen
from opencompact.promises.models import Commitment, Evidence, Feedback, ImportProblem, Owner, Update
from opencompact.promises.rules.commitments import ENDED, OWED, State, Told, fold

__all__ = ["Commitment", "Owner"]  # the rows, so that a door can name them


@dataclass(frozen=True)
class Line:
    """A commitment in a list: the row, its owners, and its state."""

    row: Commitment
    owners: tuple[Owner, ...]
    state: State


@dataclass(frozen=True)
class Shown:
    """One commitment whole: its updates latest first, with what is held emptied where the viewer does not see it, and its family."""

    row: Commitment
    owners: tuple[Owner, ...]
    state: State
    updates: tuple[Update, ...]
    evidence: Mapping[int, list[Evidence]]
    feedback: tuple[Feedback, ...]
    children: tuple[Line, ...]


def commitments(viewer: Viewer, *, on: date | None = None) -> QuerySet[Any]:
    """Commitments the viewer sees, annotated with `delivery_now`, `finding_now` and `due_now` as of the day, or of the latest word.

    Those recorded after a past day are left out. Filter and order further, then hand a page of it to `lines`.
    """
    rows, told = Commitment.objects.filter(_seen(viewer)), Update.objects.filter(commitment=OuterRef("pk")).order_by("-id")
    if on is not None:
        rows, told = rows.filter(recorded_at__date__lte=on), told.filter(on__lte=on)
    opened = Subquery(told.filter(opens_again=True).values("id")[:1])
    found: QuerySet[Any] = rows.annotate(opened_by=Coalesce(opened, 0)).annotate(
        delivery_now=Coalesce(Subquery(told.exclude(delivery="").values("delivery")[:1]), Value("not_started")),
        finding_now=Coalesce(Subquery(told.exclude(finding="").filter(id__gt=OuterRef("opened_by")).values("finding")[:1]), Value("not_assessed")),
        due_now=Coalesce(Subquery(told.filter(due_on__isnull=False).values("due_on")[:1]), F("due_on")),
    )
    return found


def overdue(viewer: Viewer, *, today: date, rows: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Those whose day has passed while they are owed, the longest overdue first; the same rule as `rules.commitments.is_overdue`."""
    held = commitments(viewer) if rows is None else rows
    return held.filter(due_now__lt=today).filter(_OPEN).order_by("due_now", "key")


_OPEN = ~Q(finding_now="delivered") & (~Q(delivery_now__in=sorted(ENDED)) | Q(finding_now__in=sorted(OWED)))


def by_urgency(rows: QuerySet[Any], *, today: date) -> QuerySet[Any]:
    """Overdue ones first, the longest overdue first; then by due day; those without a day last."""
    late = Case(When(_OPEN & Q(due_now__lt=today), then=Value(True)), default=Value(False), output_field=BooleanField())
    ordered: QuerySet[Any] = rows.annotate(is_late=late).order_by("-is_late", F("due_now").asc(nulls_last=True), "key")
    return ordered


def owned_by(rows: QuerySet[Any], bodies: Iterable[str]) -> QuerySet[Any]:
    """Those with an owner among the bodies."""
    return rows.filter(Exists(Owner.objects.filter(commitment=OuterRef("pk"), body__in=list(bodies))))


def owner_bodies(rows: Iterable[Any]) -> list[str]:
    """The body of every owner of the rows: one that owns several stands as often."""
    return list(Owner.objects.filter(commitment__in=[row.pk for row in rows]).values_list("body", flat=True))


def lines(rows: Sequence[Any], *, on: date | None = None) -> list[Line]:
    """The rows with owners and states, in three queries whatever their number."""
    keys = [row.pk for row in rows]
    owners, told = _by(Owner.objects.filter(commitment__in=keys).order_by("body")), _by(_told(keys, on))
    return [Line(row, tuple(owners.get(row.pk, ())), fold(row.due_on, _tellings(told.get(row.pk, ())))) for row in rows]


def tellings(rows: Sequence[Any]) -> dict[int, list[Told]]:
    """What the updates of each row say of its state, in the order recorded, by the row's key; in one query."""
    return {pk: _tellings(updates) for pk, updates in _by(_told([row.pk for row in rows], None)).items()}


def commitment(viewer: Viewer, key: str, *, on: date | None = None) -> Shown | None:
    """One commitment whole, as of a day or now; None where there is none the viewer sees."""
    row = commitments(viewer, on=on).select_related("parent", "carried_from").filter(key=key).first()
    if row is None:
        return None
    owners = tuple(row.owners.order_by("body"))
    updates = _told([row.pk], on)
    evidence: dict[int, list[Evidence]] = {}
    for each in Evidence.objects.filter(update__in=updates).order_by("pk"):
        evidence.setdefault(each.update_id, []).append(each)
    bodies = {owner.body for owner in owners}
    for update in updates:
        masked(viewer, update, bodies={*bodies, update.body}, fields=("held_text",))
    said = list(row.feedback.order_by("-on", "-pk"))
    for each in said:
        masked(viewer, each, bodies={each.body}, fields=("held_text",))
    children = tuple(lines(list(commitments(viewer, on=on).filter(parent=row.pk).order_by("key")), on=on))
    return Shown(
        row,
        owners,
        fold(row.due_on, _tellings(updates)),
        tuple(reversed(updates)),
        evidence,
        tuple(said),
        children,
    )


def updates_since(viewer: Viewer, day: date) -> QuerySet[Update]:
    """Every update told of that day or later on what the viewer sees, the latest first."""
    return Update.objects.filter(commitment__in=Commitment.objects.filter(_seen(viewer)), on__gte=day).select_related("commitment").order_by("-on", "-pk")


def plans(viewer: Viewer) -> list[str]:
    """The plans that have commitments the viewer sees, by slug."""
    return list(Commitment.objects.filter(_seen(viewer)).exclude(plan="").order_by("plan").values_list("plan", flat=True).distinct())


def states_by_plan(viewer: Viewer) -> dict[str, list[State]]:
    """Where the commitments of each plan stand now, by the plan's slug; one query, and no update read one by one."""
    found: dict[str, list[State]] = {}
    rows = commitments(viewer).exclude(plan="").order_by("plan").values_list("plan", "delivery_now", "finding_now", "due_now")
    for plan, delivery, finding, due_on in rows:
        found.setdefault(plan, []).append(State(delivery, finding, due_on))
    return found


def carried_on(viewer: Viewer, plan: str) -> dict[int, Commitment]:
    """For each commitment of a plan that a later one carries on, the later one, by the row's key; the latest recorded where there are several."""
    later = Commitment.objects.filter(_seen(viewer), carried_from__plan=plan).order_by("recorded_at", "pk")
    return {row.carried_from_id: row for row in later if row.carried_from_id}


def evidence_file(viewer: Viewer, sha256: str) -> Path | None:
    """Where the copy of that checksum is kept, where the viewer sees a commitment it is evidence of; else none."""
    held = Evidence.objects.filter(sha256=sha256, update__commitment__in=Commitment.objects.filter(_seen(viewer)))
    path = Path(settings.OPENCOMPACT_WORKSPACE) / "evidence" / sha256
    return path if held.exists() and path.is_file() else None


def import_problems(plan: str) -> QuerySet[ImportProblem]:
    """Rows of the plan's tracker that could not be read, in their order."""
    return ImportProblem.objects.filter(plan=plan).order_by("sheet", "row", "field", "pk")


def _seen(viewer: Viewer) -> Q:
    """The one policy, by joint owners: what is kept for a body is seen by whoever sees it for any owner."""
    seen = Q()
    for word in VISIBILITIES:
        own = bodies_seen(viewer, word)
        if own is None:
            seen |= Q(visibility=word)
        elif own:
            seen |= Q(visibility=word) & Q(Exists(Owner.objects.filter(commitment=OuterRef("pk"), body__in=sorted(own))))
    return seen


def _told(keys: Sequence[int], on: date | None) -> list[Update]:
    rows = Update.objects.filter(commitment__in=keys)
    return list((rows.filter(on__lte=on) if on else rows).order_by("on", "pk"))


def _tellings(updates: Iterable[Update]) -> list[Told]:
    return [Told(update.on, update.delivery, update.finding, update.due_on) for update in sorted(updates, key=lambda update: update.pk)]


def _by(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.commitment_id, []).append(row)
    return found
