"""Who is told, once each, and what a mail tells once."""

from datetime import timedelta

import pytest
from tests.office import AT, account

from opencompact.accounts import actions, queries
from opencompact.accounts.models import Follow, Notification

pytestmark = pytest.mark.django_db


def test_followers_are_told_once_and_mailed_once() -> None:
    one = account("lead")
    actions.follow(one, "/ledger/x/", at=AT)
    actions.follow(one, "/ledger/x/", at=AT)
    actions.notify_followers("/ledger/x/", text="Something new.", at=AT)
    assert [row.text for row in queries.unread(one, limit=9)] == ["Something new."]
    assert [row.pk for row in queries.to_be_told()] == [one.pk]
    assert [row.text for row in actions.take_digest(one, at=AT)] == ["Something new."]
    assert actions.take_digest(one, at=AT) == []
    assert list(queries.to_be_told()) == []
    actions.mark_read(one, at=AT)
    assert queries.unread(one, limit=9) == []
    actions.unfollow(one, "/ledger/x/")
    actions.notify_followers("/ledger/x/", text="Something newer.", at=AT)
    assert Notification.objects.count() == 1
    assert not queries.follows(one, "/ledger/x/")
    assert not queries.follows(None, "/ledger/x/")


def test_somebody_named_twice_is_told_once() -> None:
    actions.notify([account("lead"), account("sro"), account("lead")], text="x", address="/", at=AT)
    assert sorted(row.account.public_id for row in Notification.objects.all()) == ["p-lead-any", "p-sro-any"]
    actions.notify([], text="y", address="/", at=AT)
    assert Notification.objects.count() == 2


def test_digest_holds_what_was_not_read_the_earliest_first_and_of_one_person() -> None:
    for minutes, role in ((2, "lead"), (1, "lead"), (0, "sro")):
        actions.notify([account(role)], text=str(minutes), address="/", at=AT + timedelta(minutes=minutes))
    assert [row.text for row in actions.take_digest(account("lead"), at=AT)] == ["1", "2"]
    actions.mark_read(account("sro"), at=AT)
    assert actions.take_digest(account("sro"), at=AT) == []


def test_reading_twice_keeps_the_first_instant() -> None:
    actions.notify([account("lead")], text="x", address="/", at=AT)
    for minutes in (1, 2):
        actions.mark_read(account("lead"), at=AT + timedelta(minutes=minutes))
    assert Notification.objects.get().read_at == AT + timedelta(minutes=1)


def test_unfollowing_is_of_one_page_and_one_person() -> None:
    for role in ("lead", "sro"):
        for subject in ("/x/", "/y/"):
            actions.follow(account(role), subject, at=AT)
    actions.unfollow(account("lead"), "/x/")
    assert sorted(Follow.objects.values_list("account__public_id", "subject")) == [("p-lead-any", "/y/"), ("p-sro-any", "/x/"), ("p-sro-any", "/y/")]
