"""Invitations made, taken up and withdrawn; roles given and ended; sessions ended."""

from datetime import timedelta

import pytest
from tests.office import AT, EXAMPLES, account, client, viewer

from opencompact.accounts import actions, queries
from opencompact.accounts.actions import BadInvitation
from opencompact.accounts.models import Invitation
from opencompact.accounts.rules import MAY, ROLES, NotAllowed
from opencompact.audit.queries import events

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")


def invited(role: str = "lead", body: str = EXAMPLES) -> str:
    return actions.invite("New@Sample.invalid", name="New", role=role, body=body, by=CENTRAL, at=AT, because="a test")


def test_invitation_taken_up_makes_an_account_with_the_role() -> None:
    made = actions.accept_invitation(invited(), passphrase="a long passphrase", at=AT)
    assert (made.email, made.check_password("a long passphrase")) == ("new@sample.invalid", True)
    assert queries.viewer_of(made, on=AT.date()).grants[0].role == "lead"
    assert [row.pk for row in queries.open_invitations()] == []
    assert [event.verb for event in events(2)] == ["grant_role", "invite"]


def test_invitation_opens_once_and_for_fourteen_days() -> None:
    token = invited()
    with pytest.raises(BadInvitation, match="14 days"):
        actions.open_invitation(token, at=AT + timedelta(days=14))
    actions.accept_invitation(token, passphrase="a long passphrase", at=AT)
    with pytest.raises(BadInvitation, match="used"):
        actions.open_invitation(token, at=AT)


def test_invitation_withdrawn_opens_no_more() -> None:
    token = invited()
    actions.withdraw_invitation(Invitation.objects.get().pk, by=CENTRAL, at=AT)
    with pytest.raises(BadInvitation):
        actions.open_invitation(token, at=AT)
    with pytest.raises(BadInvitation, match="no such invitation"):
        actions.withdraw_invitation(Invitation.objects.get().pk, by=CENTRAL, at=AT)


def test_invitation_to_somebody_known_asks_for_their_passphrase_and_adds_the_role() -> None:
    actions.accept_invitation(invited(), passphrase="a long passphrase", at=AT)
    token = invited("auditor", "")
    with pytest.raises(BadInvitation, match="already has an account"):
        actions.accept_invitation(token, passphrase="another passphrase", at=AT)
    made = actions.accept_invitation(token, passphrase="a long passphrase", at=AT)
    assert queries.viewer_of(made, on=AT.date()).roles == {"lead", "auditor"}


@pytest.mark.parametrize(
    ("role", "body", "words"), [("king", "", "expected one of"), ("lead", "", "name it"), ("auditor", EXAMPLES, "name no body"), ("public", "", "expected")]
)
def test_invitation_to_no_role_says_what_is_expected(role: str, body: str, words: str) -> None:
    with pytest.raises(BadInvitation, match=words):
        invited(role, body)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"public"}))
@pytest.mark.parametrize("verb", ["invite", "end_access", "withdraw"])
def test_each_role_does_what_its_table_says(role: str, verb: str) -> None:
    by, somebody = viewer(role), account("lead")
    invited()
    doing = {
        "invite": lambda: actions.invite("x@sample.invalid", name="X", role="lead", body=EXAMPLES, by=by, at=AT, because="a test"),
        "end_access": lambda: actions.end_access(somebody, role="lead", body=EXAMPLES, by=by, at=AT, because="a test"),
        "withdraw": lambda: actions.withdraw_invitation(Invitation.objects.get().pk, by=by, at=AT),
    }
    if role in MAY[{"withdraw": "invite"}.get(verb, verb)]:
        doing[verb]()
    else:
        with pytest.raises(NotAllowed):
            doing[verb]()


def test_ended_role_holds_at_once_and_ends_every_session() -> None:
    client("lead")
    somebody = account("lead")
    assert queries.sessions_of(somebody).count() == 1
    actions.end_access(somebody, role="lead", body=EXAMPLES, by=CENTRAL, at=AT, because="left")
    assert queries.sessions_of(somebody).count() == 0
    assert queries.viewer_of(somebody, on=AT.date()).grants == ()


def test_session_is_ended_by_a_name_that_opens_nothing() -> None:
    client("lead")
    somebody = account("lead")
    (session,) = queries.sessions_of(somebody)
    assert queries.session_name(session) not in session.session_key
    assert actions.end_session(somebody, name="guessed") is False
    assert actions.end_session(somebody, name=queries.session_name(session)) is True
    assert queries.sessions_of(somebody).count() == 0


def test_first_invitation_at_the_machine_says_who_made_it() -> None:
    token = actions.first_invitation("a@sample.invalid", name="A", role="central", body="", by="at the machine", at=AT, because="the first")
    assert (actions.open_invitation(token, at=AT).invited_by, [event.by for event in events(9)]) == ("at the machine", ["at the machine"])


def test_role_given_twice_stands_once_and_anew_once_ended() -> None:
    somebody = account("lead")
    again = actions.grant_role(somebody, role="lead", body=EXAMPLES, by="t", at=AT, because="")
    assert (somebody.role_grants.count(), str(again.from_on)) == (1, "2020-01-01")
    actions.end_access(somebody, role="lead", body=EXAMPLES, by=CENTRAL, at=AT, because="left")
    actions.grant_role(somebody, role="lead", body=EXAMPLES, by="t", at=AT, because="came back")
    assert sorted(str(row.until_on) for row in somebody.role_grants.all()) == [str(AT.date()), "None"]


def test_token_is_kept_as_its_hash_alone() -> None:
    token = invited()
    assert (Invitation.objects.get().token_hash, len(actions.token_hash(token))) == (actions.token_hash(token), 64)
    assert token not in " ".join(f"{event.subject} {event.detail}" for event in events(9))
