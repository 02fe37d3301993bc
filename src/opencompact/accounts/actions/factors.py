"""The way back where a second factor is lost: one of the central team asks, another approves, and only then is it taken off."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from opencompact.accounts.models import Account, FactorReset, Session
from opencompact.accounts.rules import NotAllowed, Viewer, require
from opencompact.audit.actions import record


@transaction.atomic
def ask_reset(account: Account, *, by: Viewer, at: datetime, because: str) -> FactorReset:
    """Ask that somebody's second factor be taken off. Raises NotAllowed: nobody asks for their own."""
    require(by, "reset_factor")
    if by.account == account.public_id:
        raise NotAllowed("Two others of the central team do this for you: nobody asks for their own.")
    row = FactorReset.objects.create(account=account, asked_by=by.account, asked_at=at, because=because)
    record(verb="ask_reset", subject=f"account/{account.public_id}", by=by.account, at=at, because=because, detail={"reset": row.pk})
    return row


@transaction.atomic
def settle_reset(pk: int, *, approved: bool, by: Viewer, at: datetime) -> FactorReset:
    """Approve or refuse; the factor and every session end with the approval. Raises NotAllowed: a second person of the central team settles it."""
    require(by, "reset_factor")
    row = FactorReset.objects.select_for_update().select_related("account").filter(pk=pk, approved_at=None, refused_at=None).first()
    if row is None:
        raise NotAllowed("There is no such request that still stands.")
    if by.account in (row.asked_by, row.account.public_id):
        raise NotAllowed("Another of the central team settles this: not whoever asked, nor the person themselves.")
    if approved:
        row.approved_by, row.approved_at = by.account, at
        Authenticator.objects.filter(user=row.account).delete()
        Session.objects.filter(account_id=row.account_id).delete()
    else:
        row.refused_by, row.refused_at = by.account, at
    row.save()
    verb = "approve_reset" if approved else "refuse_reset"
    record(verb=verb, subject=f"account/{row.account.public_id}", by=by.account, at=at, because="", detail={"reset": row.pk})
    return row
