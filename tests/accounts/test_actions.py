"""What is done about people, in order and out of order, by whoever may and by those who may not."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from tests.office import AT, EXAMPLES, account, bodies, client, viewer

from opencompact.accounts import actions, queries
from opencompact.accounts.actions import BadInvitation, BadPost
from opencompact.accounts.models import FactorReset, Invitation, Notification
from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES, NotAllowed
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.queries import events

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")
DAY = date(2031, 5, 6)


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
@pytest.mark.parametrize("verb", ["invite", "end_access", "reset_factor", "record_appointment", "record_contact"])
def test_each_role_does_with_people_what_its_table_says(role: str, verb: str) -> None:
    by = viewer(role)
    somebody = account("lead")
    doing = {
        "invite": lambda: actions.invite("x@sample.invalid", name="X", role="lead", body=EXAMPLES, by=by, at=AT, because="a test"),
        "end_access": lambda: actions.end_access(somebody, role="lead", body=EXAMPLES, by=by, at=AT, because="a test"),
        "reset_factor": lambda: actions.ask_reset(somebody, by=by, at=AT, because="a test"),
        "record_appointment": lambda: appoint(by=by),
        "record_contact": lambda: actions.record_contact(EXAMPLES, on=DAY, with_whom="", text="Rang.", by=by, at=AT),
    }
    if MAY[verb].get(role) and (MAY[verb][role] == "any" or role in OF_A_BODY):
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


def appoint(*, post: str = "lead", name: str = "First", from_on: date = DAY, by=CENTRAL, name_public: bool = True):
    return actions.appoint(
        EXAMPLES, post=post, name=name, email="x@sample.invalid", from_on=from_on, name_public=name_public, email_public=False, by=by, at=AT, because=""
    )


def test_new_holder_of_a_post_ends_the_former_that_day() -> None:
    first = appoint()
    appoint(name="Second", from_on=DAY + timedelta(days=30))
    first.refresh_from_db()
    assert first.until_on == DAY + timedelta(days=30)


def test_new_holder_before_the_former_is_refused() -> None:
    appoint()
    with pytest.raises(BadPost, match="which is not later"):
        appoint(name="Second")


def test_a_body_has_as_many_champions_as_it_likes() -> None:
    appoint(post="champion")
    appoint(post="champion", name="Second")
    assert queries.appointments_on(DAY).count() == 2


@pytest.mark.parametrize(("post", "name"), [("king", "Somebody"), ("lead", " ")])
def test_appointment_without_post_or_name_is_refused(post: str, name: str) -> None:
    with pytest.raises(BadPost, match="expected a name"):
        appoint(post=post, name=name)


def test_end_of_an_appointment_is_after_its_beginning_and_of_the_row_that_was_seen() -> None:
    row = appoint()
    with pytest.raises(BadPost, match="expected a day after"):
        actions.end_appointment(row.pk, until_on=DAY, handover_note="", version=1, by=CENTRAL, at=AT)
    actions.end_appointment(row.pk, until_on=DAY + timedelta(days=1), handover_note=" Keys in the drawer. ", version=1, by=CENTRAL, at=AT)
    row.refresh_from_db()
    assert (row.until_on, row.handover_note) == (DAY + timedelta(days=1), "Keys in the drawer.")
    with pytest.raises(ChangedMeanwhile):
        actions.end_appointment(row.pk, until_on=DAY + timedelta(days=2), handover_note="", version=1, by=CENTRAL, at=AT)


def test_posts_count_days_vacant_from_the_day_the_last_one_left() -> None:
    bodies()
    row = appoint()
    actions.end_appointment(row.pk, until_on=DAY + timedelta(days=10), handover_note="", version=1, by=CENTRAL, at=AT)
    on = DAY + timedelta(days=19)
    held = queries.posts_on(CENTRAL, on, bodies={EXAMPLES: "Examples"}, posts={"lead": "Lead", "sro": "SRO"})
    assert [(post.post, post.days_vacant(on), post.former) for post in held] == [("lead", 10, 1), ("sro", None, 0)]
    (before, _) = queries.posts_on(CENTRAL, DAY, bodies={EXAMPLES: "Examples"}, posts={"lead": "Lead", "sro": "SRO"})
    assert (before.holders[0].name, before.days_vacant(DAY)) == ("First", None)


@pytest.mark.parametrize(("role", "name", "email", "note"), [("public", "", "", ""), ("lead", "First", "x@sample.invalid", "")])
def test_names_stand_as_far_as_each_person_agreed_but_for_those_who_work_on_it(role: str, name: str, email: str, note: str) -> None:
    appoint(name_public=False)
    who = viewer(role) if role != "public" else queries.viewer_of(None, on=DAY)
    (row,) = queries.appointments_of(who, EXAMPLES)
    assert (row.name, row.email, row.handover_note) == (name, email, note)


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


def test_accounts_with_a_role_are_those_that_have_it_that_day() -> None:
    lead = account("lead")
    assert [row.pk for row in queries.accounts_with("lead", body=EXAMPLES, on=AT.date())] == [lead.pk]
    assert [row.pk for row in queries.accounts_with("lead", on=AT.date())] == [lead.pk]
    assert list(queries.accounts_with("lead", body="another", on=AT.date())) == []
    assert list(queries.accounts_with("lead", on=date(2019, 1, 1))) == []


def test_contacts_are_seen_by_their_body_and_the_office() -> None:
    actions.record_contact(EXAMPLES, on=DAY, with_whom="Somebody", text="Rang.", by=CENTRAL, at=AT)
    assert queries.contacts(viewer("lead")).count() == 1
    assert queries.contacts(viewer("lead", "another")).count() == 0
    assert "Rang" not in "".join(event.detail for event in events(9))
