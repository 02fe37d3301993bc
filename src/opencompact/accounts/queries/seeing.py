"""The one policy by which rows and held fields are seen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import Model, Q
from django.utils import timezone

from opencompact.accounts.models import Account, Session
from opencompact.accounts.rules import PUBLIC, VISIBILITIES, Grant, Viewer, bodies_seen, sees

M = TypeVar("M", bound=Model)


class SessionStore(DatabaseSessions):
    """Sessions that know whose they are, so that a person can list and end them."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def create_model_instance(self, data: dict[str, object]) -> Session:
        """The row, with whose it is."""
        row = cast("Session", super().create_model_instance(data))
        account = data.get("_auth_user_id")
        row.account_id = int(str(account)) if account else None
        row.began_at = timezone.now()
        return row


def visible(viewer: Viewer, *, bodies: str = "body", visibility: str = "visibility") -> Q:
    """The condition every list of rows is filtered by: what this viewer sees of rows whose `visibility` and `bodies` stand in these fields.

    `bodies` may follow a relation (`parties__body`); the caller then adds `.distinct()`.
    """
    seen = Q()
    for word in VISIBILITIES:
        own = bodies_seen(viewer, word)
        if own is None:
            seen |= Q(**{visibility: word})
        elif own:
            seen |= Q(**{visibility: word, f"{bodies}__in": sorted(own)})
    return seen


def of_bodies_seen(viewer: Viewer, kept: str, *, bodies: str = "body") -> Q:
    """The condition for rows that are all kept the same way (`held`, `shared`, …) and have no field of their own saying so."""
    own = bodies_seen(viewer, kept)
    return Q() if own is None else Q(**{f"{bodies}__in": sorted(own)})


def masked(viewer: Viewer, row: M, *, bodies: Iterable[str], kept: str = "held", fields: Sequence[str]) -> M:
    """The row with those fields emptied unless the viewer sees what is kept so; the row must not be saved afterwards."""
    if not sees(viewer, kept, bodies=frozenset(bodies)):
        for name in fields:
            setattr(row, name, "")
    return row


def viewer_of(account: object, *, on: date) -> Viewer:
    """Who asks, with the roles in force on that day; the public where it is no active account."""
    if not isinstance(account, Account) or not account.is_active:
        return PUBLIC
    grants = account.role_grants.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on)).order_by("role", "body")
    return Viewer(account.public_id, tuple(Grant(grant.role, grant.body) for grant in grants), account.name)
