"""A lost second factor is taken off by two people, and by nobody for themselves."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from tests.office import AT, account, client, viewer

from opencompact.accounts import actions, queries
from opencompact.accounts.models import FactorReset
from opencompact.accounts.rules import MAY, ROLES, NotAllowed
from opencompact.audit.queries import events

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"public"}))
def test_each_role_does_what_its_table_says(role: str) -> None:
    by, asked = viewer(role), actions.ask_reset(account("lead"), by=viewer("central", "first"), at=AT, because="lost")
    doing = (lambda: actions.ask_reset(account("sro"), by=by, at=AT, because="lost"), lambda: actions.settle_reset(asked.pk, approved=True, by=by, at=AT))
    for act in doing:
        if role in MAY["reset_factor"]:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()


def test_lost_factor_is_taken_off_by_two_people() -> None:
    client("lead")
    somebody = account("lead")
    asked = actions.ask_reset(somebody, by=CENTRAL, at=AT, because="lost the telephone")
    with pytest.raises(NotAllowed, match="Another of the central team"):
        actions.settle_reset(asked.pk, approved=True, by=CENTRAL, at=AT)
    assert Authenticator.objects.filter(user=somebody).count() == 1
    second = viewer("central", "second")
    actions.settle_reset(asked.pk, approved=True, by=second, at=AT)
    assert Authenticator.objects.filter(user=somebody).count() == 0
    assert queries.sessions_of(somebody).count() == 0
    with pytest.raises(NotAllowed, match="no such request"):
        actions.settle_reset(asked.pk, approved=True, by=second, at=AT)


def test_refused_reset_leaves_the_factor() -> None:
    somebody = account("lead")
    asked = actions.ask_reset(somebody, by=CENTRAL, at=AT, because="lost")
    actions.settle_reset(asked.pk, approved=False, by=viewer("central", "second"), at=AT)
    assert Authenticator.objects.filter(user=somebody).count() == 1
    assert list(queries.open_resets()) == []


def test_nobody_asks_for_their_own_factor() -> None:
    mine = account("central")
    with pytest.raises(NotAllowed, match="nobody asks for their own"):
        actions.ask_reset(mine, by=queries.viewer_of(mine, on=AT.date()), at=AT, because="lost")


def test_one_person_cannot_settle_what_they_asked_even_past_the_action() -> None:
    row = actions.ask_reset(account("lead"), by=CENTRAL, at=AT, because="lost")
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=row.pk).update(approved_by=row.asked_by, approved_at=AT)


def test_person_themselves_never_settles_it() -> None:
    mine = account("central")
    asked = actions.ask_reset(mine, by=viewer("central", "first"), at=AT, because="lost")
    with pytest.raises(NotAllowed, match="nor the person themselves"):
        actions.settle_reset(asked.pk, approved=True, by=queries.viewer_of(mine, on=AT.date()), at=AT)
    assert [event.verb for event in events(9) if "reset" in event.verb] == ["ask_reset"]
