"""What is done about being told: notifications, follows, and the digest by mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from opencompact.accounts.models import Account, Follow, Notification


@transaction.atomic
def notify(accounts: Iterable[Account], *, text: str, address: str, at: datetime) -> None:
    """Tell them, once each, that there is something to look at. `text` is a sentence without secret content: it also goes out by mail."""
    told = {account.pk: account for account in accounts}
    Notification.objects.bulk_create([Notification(account=account, text=text, address=address, at=at) for account in told.values()])


def notify_followers(subject: str, *, text: str, at: datetime) -> None:
    """Tell those who follow the subject, which is the address of its page."""
    notify([follow.account for follow in Follow.objects.filter(subject=subject).select_related("account")], text=text, address=subject, at=at)


def follow(account: Account, subject: str, *, at: datetime) -> None:
    """Hear of a subject, which is the address of its page."""
    Follow.objects.get_or_create(account=account, subject=subject, defaults={"since": at})


def unfollow(account: Account, subject: str) -> None:
    """Hear no more of it."""
    Follow.objects.filter(account=account, subject=subject).delete()


def mark_read(account: Account, *, at: datetime) -> None:
    """Every notification of the account is read."""
    Notification.objects.filter(account=account, read_at=None).update(read_at=at)


@transaction.atomic
def take_digest(account: Account, *, at: datetime) -> list[Notification]:
    """The notifications that no mail has told of yet, the earliest first; they are told from now on."""
    rows = list(Notification.objects.select_for_update().filter(account=account, read_at=None, mailed_at=None).order_by("at", "pk"))
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=at)
    return rows
