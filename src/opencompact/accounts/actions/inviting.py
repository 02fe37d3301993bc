"""What is done about who may sign in: each change with the one who made it, the instant and the reason, in the audit trail."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from opencompact.accounts.models import Account, Invitation, RoleGrant, Session
from opencompact.accounts.queries import session_name
from opencompact.accounts.rules import OF_A_BODY, ROLES, Viewer, require
from opencompact.audit.actions import record

INVITATION_DAYS = 14


class BadInvitation(ValueError):
    """The invitation cannot be made or taken up; the message says why and what to do."""


def token_hash(token: str) -> str:
    """How a secret link is kept: the SHA-256 of its token, which has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(email: str, *, name: str, role: str, body: str, by: Viewer, at: datetime, because: str) -> str:
    """Invite a person to a role; gives the token for the link. Raises NotAllowed, BadInvitation."""
    require(by, "invite", body=body)
    return first_invitation(email, name=name, role=role, body=body, by=by.account, at=at, because=because)


@transaction.atomic
def first_invitation(email: str, *, name: str, role: str, body: str, by: str, at: datetime, because: str) -> str:
    """The invitation itself, also for the one at the machine who opens the office: `by` is a name. Raises BadInvitation."""
    if role not in ROLES or role == "public":
        raise BadInvitation(f"Found role {role}; expected one of {', '.join(word for word in ROLES if word != 'public')}.")
    if (role in OF_A_BODY) != bool(body):
        raise BadInvitation(f"The role {role} is {'of a body: name it' if role in OF_A_BODY else 'for the whole office: name no body'}.")
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        email=email.lower(),
        name=name,
        role=role,
        body=body,
        token_hash=token_hash(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    record(verb="invite", subject=f"role/{role}/{body or 'office'}", by=by, at=at, because=because, detail={"days": INVITATION_DAYS})
    return token


def open_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation of a link; raises BadInvitation where there is none, or it was used, withdrawn or is too old."""
    found = Invitation.objects.filter(token_hash=token_hash(token)).first()
    if found is None or found.withdrawn_at or found.accepted_at or found.expires_at <= at:
        raise BadInvitation("This invitation does not open: it was used, withdrawn, or is older than 14 days. Ask whoever sent it for a new one.")
    return found


@transaction.atomic
def accept_invitation(token: str, *, passphrase: str, at: datetime) -> Account:
    """Take up the role; makes the account where the e-mail address has none. Raises BadInvitation.

    Somebody who already has an account keeps their own passphrase: `passphrase` must then be theirs.
    """
    invitation = open_invitation(token, at=at)
    account = Account.objects.filter(email=invitation.email).first()
    if account is None:
        account = Account(public_id=f"p-{secrets.token_hex(5)}", email=invitation.email, name=invitation.name, joined_at=at)
        account.set_password(passphrase)
        account.save()
    elif not account.check_password(passphrase):
        raise BadInvitation("This address already has an account: give the passphrase of that account.")
    grant_role(account, role=invitation.role, body=invitation.body, by=invitation.invited_by, at=at, because="invitation accepted")
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return account


@transaction.atomic
def grant_role(account: Account, *, role: str, body: str, by: str, at: datetime, because: str) -> RoleGrant:
    """Give a role from that day on; one already in force stands."""
    grant, made = RoleGrant.objects.get_or_create(
        account=account, role=role, body=body, until_on=None, defaults={"from_on": at.date(), "granted_by": by, "granted_at": at}
    )
    if made:
        record(verb="grant_role", subject=f"account/{account.public_id}", by=by, at=at, because=because, detail={"role": role, "body": body})
    return grant


@transaction.atomic
def withdraw_invitation(pk: int, *, by: Viewer, at: datetime) -> None:
    """Take an invitation back before it is taken up. Raises NotAllowed, BadInvitation."""
    row = Invitation.objects.select_for_update().filter(pk=pk, accepted_at=None, withdrawn_at=None).first()
    if row is None:
        raise BadInvitation("There is no such invitation that still stands.")
    require(by, "invite", body=row.body)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    record(verb="withdraw_invitation", subject=f"role/{row.role}/{row.body or 'office'}", by=by.account, at=at, because="", detail={})


@transaction.atomic
def end_access(account: Account, *, role: str, body: str, by: Viewer, at: datetime, because: str) -> None:
    """End a role from that day on, and every session of the account, so that it holds at once. Raises NotAllowed."""
    require(by, "end_access", body=body)
    for grant in RoleGrant.objects.select_for_update().filter(account=account, role=role, body=body, until_on=None):
        grant.until_on = at.date()
        grant.save(update_fields=["until_on"])
        record(verb="end_access", subject=f"account/{account.public_id}", by=by.account, at=at, because=because, detail={"role": role, "body": body})
    Session.objects.filter(account_id=account.pk).delete()


def end_session(account: Account, *, name: str) -> bool:
    """End one of an account's own sessions, named as `accounts.queries.session_name` names it; says whether there was one."""
    row = next((each for each in Session.objects.filter(account_id=account.pk) if session_name(each) == name), None)
    if row is not None:
        row.delete()
    return row is not None
