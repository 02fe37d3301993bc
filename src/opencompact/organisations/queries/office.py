"""What pages ask of the bodies that take part: their names and kinds, and which answers for which on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from opencompact.organisations.models import Body, Succession
from opencompact.organisations.rules import succession
from opencompact.organisations.rules.succession import Step

__all__ = ["Body", "body_names", "lineage", "office_bodies", "office_body", "steps", "successors_on"]  # the row too, so that a door can name it


def office_bodies(kind: str = "", *, on: date | None = None) -> QuerySet[Body]:
    """The bodies that take part, of one kind or all; those in being on a day, if one is named. By name."""
    rows = Body.objects.filter(kind=kind) if kind else Body.objects.all()
    if on:
        rows = rows.filter(Q(from_on=None) | Q(from_on__lte=on)).filter(Q(until_on=None) | Q(until_on__gt=on))
    return rows.order_by("name", "pk")


def office_body(body: str) -> Body | None:
    """One body by its slug; None where none takes part under it."""
    return Body.objects.filter(body=body).first()


def body_names() -> dict[str, str]:
    """The name of every body that takes part, by its slug."""
    return dict(Body.objects.values_list("body", "name"))


def steps() -> tuple[Step, ...]:
    """Every step by which one body continues another, the earliest first."""
    rows = Succession.objects.order_by("on", "pk").values_list("predecessor", "successor", "on", "how")
    return tuple(Step(*row) for row in rows)


def successors_on(body: str, *, on: date) -> tuple[str, ...]:
    """The bodies that answer on that day for what `body` promised."""
    return succession.successors_on(body, steps=steps(), on=on)


def lineage(body: str, *, on: date) -> tuple[str, ...]:
    """The body and all whose promises and history it carries on that day."""
    return succession.lineage(body, steps=steps(), on=on)
