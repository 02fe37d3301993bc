"""What pages ask about people: who has a role, who is in post and where nobody is, sessions, notifications, follows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from opencompact.accounts.models import Account, Appointment, Contact, FactorReset, Invitation, Notification, RoleGrant, Session
from opencompact.accounts.queries.seeing import of_bodies_seen
from opencompact.accounts.rules import Viewer, sees

__all__ = ["Account"]  # the row, so that a door can name it


def accounts_with(role: str, *, body: str = "", on: date) -> QuerySet[Account]:
    """Active accounts with the role on that day, for the body where one is named."""
    grants = RoleGrant.objects.filter(role=role, from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))
    return Account.objects.filter(is_active=True, role_grants__in=grants.filter(body=body) if body else grants).distinct().order_by("name", "pk")


def appointments_on(day: date) -> QuerySet[Appointment]:
    """Appointments in force on that day."""
    return Appointment.objects.filter(from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gt=day)).order_by("body", "post", "from_on", "pk")


def sessions_of(account: Account) -> QuerySet[Session]:
    """The browsers an account is signed in with."""
    return Session.objects.filter(account_id=account.pk, expire_date__gt=timezone.now()).order_by("-expire_date")


def unread(account: Account, *, limit: int) -> list[Notification]:
    """Notifications not yet read, the latest first."""
    return list(account.notifications.filter(read_at=None).order_by("-at", "-pk")[:limit])


def follows(account: object, subject: str) -> bool:
    """Whether an account wants to hear of a subject."""
    return isinstance(account, Account) and account.follows.filter(subject=subject).exists()


def session_name(session: Session) -> str:
    """A name for a session that opens nothing."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:16]


def account_of(public_id: str) -> Account | None:
    """The account of a public id."""
    return Account.objects.filter(public_id=public_id).first()


def everybody() -> list[tuple[Account, list[RoleGrant]]]:
    """Every account with the roles it has now, by name."""
    grants: dict[int, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.filter(until_on=None).order_by("role", "body"):
        grants.setdefault(grant.account_id, []).append(grant)
    return [(account, grants.get(account.pk, [])) for account in Account.objects.order_by("name", "pk")]


def open_invitations() -> QuerySet[Invitation]:
    """Invitations neither taken up nor withdrawn."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-invited_at", "-pk")


def open_resets() -> QuerySet[FactorReset]:
    """Requests to take off a second factor that nobody has settled."""
    return FactorReset.objects.filter(approved_at=None, refused_at=None).select_related("account").order_by("asked_at", "pk")


def notices(account: Account) -> QuerySet[Notification]:
    """Every notification of an account, the latest first."""
    return Notification.objects.filter(account=account).order_by("-at", "-pk")


def to_be_told() -> QuerySet[Account]:
    """Active accounts with notifications that no mail has told of."""
    waiting = Notification.objects.filter(read_at=None, mailed_at=None).values("account")
    return Account.objects.filter(is_active=True, pk__in=waiting).order_by("pk")


def contacts(viewer: Viewer) -> QuerySet[Contact]:
    """Contacts between meetings that the viewer sees, the latest first."""
    return Contact.objects.filter(of_bodies_seen(viewer, "held")).order_by("-on", "-pk")


@dataclass(frozen=True)
class Post:
    """A post of a body on a day: its holders as the viewer may see them, or since when it is vacant (none where nobody was ever appointed)."""

    body: str
    post: str
    holders: tuple[Appointment, ...]
    vacant_since: date | None
    former: int

    def days_vacant(self, today: date) -> int | None:
        """Days without a holder, the day the last one left being the first; none where nobody was ever appointed, or it is held."""
        return (today - self.vacant_since).days + 1 if self.vacant_since and not self.holders else None


def posts_on(viewer: Viewer, day: date, *, bodies: Mapping[str, str], posts: Mapping[str, str]) -> list[Post]:
    """Every post of every body on a day, in one query; names and addresses only as far as each person agreed, but to those who work on the agreement."""
    held: dict[tuple[str, str], list[Appointment]] = {}
    for row in Appointment.objects.filter(from_on__lte=day).order_by("from_on", "pk"):
        held.setdefault((row.body, row.post), []).append(row)
    return [_post(viewer, body, post, held.get((body, post), []), day) for body in bodies for post in posts]


def _post(viewer: Viewer, body: str, post: str, rows: list[Appointment], day: date) -> Post:
    holders = [row for row in rows if row.until_on is None or row.until_on > day]
    left = [row.until_on for row in rows if row.until_on and row.until_on <= day]
    return Post(body, post, tuple(_as_agreed(viewer, row) for row in holders), max(left) if left and not holders else None, len(left))


def _as_agreed(viewer: Viewer, row: Appointment) -> Appointment:
    """The row as its viewer may see it; it must not be saved."""
    if not sees(viewer, "shared", bodies={row.body}):
        row.name = row.name if row.name_public else ""
        row.email = row.email if row.email_public else ""
        row.handover_note = ""
    return row


def appointments_of(viewer: Viewer, body: str) -> list[Appointment]:
    """Everybody who was in a post of the body, the latest first, as the viewer may see them."""
    return [_as_agreed(viewer, row) for row in Appointment.objects.filter(body=body).order_by("-from_on", "-pk")]


def appointment(pk: int) -> Appointment | None:
    """One appointment; only pages that check who may record appointments ask for it."""
    return Appointment.objects.filter(pk=pk).first()
