"""Who has a role, who is in post and where nobody is, who is to be told: in their order, and in as many queries as said."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.office import AT, EXAMPLES, SAMPLES, account, client, viewer

from opencompact.accounts import actions, queries
from opencompact.accounts.models import Account, Invitation, RoleGrant, Session
from opencompact.accounts.rules import PUBLIC

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")
DAY = date(2031, 5, 6)
BODIES = {EXAMPLES: "Examples", SAMPLES: "Samples"}
POSTS = {"lead": "Lead", "champion": "Champion"}


def appoint(name: str, *, body: str = EXAMPLES, post: str = "lead", days: int = 0, until: int | None = None):
    row = actions.appoint(
        body, post=post, name=name, email=f"{name}@sample.invalid", from_on=DAY + timedelta(days=days), name_public=False, email_public=True, by=CENTRAL, at=AT
    )
    if until is not None:
        row = actions.end_appointment(row.pk, until_on=DAY + timedelta(days=until), handover_note="n", version=row.version, by=CENTRAL, at=AT)
    return row


def test_everybody_is_by_name_with_the_roles_they_have_now() -> None:
    account("lead")
    account("auditor")
    RoleGrant.objects.filter(role="lead").update(until_on=DAY)
    actions.grant_role(account("auditor"), role="analyst", body=SAMPLES, by="t", at=AT, because="")
    assert [(each.name, [(grant.role, grant.body) for grant in grants]) for each, grants in queries.everybody()] == [
        ("A sample auditor", [("analyst", SAMPLES), ("auditor", "")]), ("A sample lead", []),
    ]  # fmt: skip


def test_accounts_with_a_role_leave_out_who_is_closed_and_name_each_once() -> None:
    one, two = account("analyst", EXAMPLES), account("analyst", SAMPLES)
    actions.grant_role(one, role="analyst", body=SAMPLES, by="t", at=AT, because="")
    assert [row.pk for row in queries.accounts_with("analyst", on=DAY)] == [one.pk, two.pk]
    Account.objects.filter(pk=one.pk).update(is_active=False)
    assert [row.pk for row in queries.accounts_with("analyst", on=DAY)] == [two.pk]


@pytest.mark.parametrize(("days", "names"), [(-1, []), (0, ["First"]), (9, ["First"]), (10, ["Second"])])
def test_appointments_on_a_day_are_those_in_force_then(days: int, names: list[str]) -> None:
    appoint("First")
    appoint("Second", days=10)
    assert [row.name for row in queries.appointments_on(DAY + timedelta(days=days))] == names


def test_posts_are_of_every_body_and_post_with_as_many_holders_as_there_are() -> None:
    appoint("One", post="champion")
    appoint("Two", post="champion", days=1)
    appoint("Gone", body=SAMPLES, until=3)
    held = queries.posts_on(CENTRAL, DAY + timedelta(days=5), bodies=BODIES, posts=POSTS)
    told = [(post.body, post.post, [row.name for row in post.holders], post.days_vacant(DAY + timedelta(days=5)), post.former) for post in held]
    assert told == [
        (EXAMPLES, "lead", [], None, 0), (EXAMPLES, "champion", ["One", "Two"], None, 0),
        (SAMPLES, "lead", [], 3, 1), (SAMPLES, "champion", [], None, 0),
    ]  # fmt: skip


def test_post_left_twice_is_vacant_since_the_last_leaving() -> None:
    appoint("First", until=5)
    appoint("Second", days=7, until=9)
    (post,) = queries.posts_on(CENTRAL, DAY + timedelta(days=12), bodies={EXAMPLES: "E"}, posts={"lead": "L"})
    assert (post.vacant_since, post.days_vacant(DAY + timedelta(days=12)), post.former) == (DAY + timedelta(days=9), 4, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_posts_take_one_query_whatever_the_bodies(number: int, django_assert_num_queries) -> None:
    for place in range(number):
        appoint("A", body=f"b-{place}")
    with django_assert_num_queries(1):
        assert len(queries.posts_on(PUBLIC, DAY, bodies={f"b-{place}": "B" for place in range(number)}, posts=POSTS)) == number * 2


@pytest.mark.parametrize(("who", "seen"), [(PUBLIC, ("", "A@sample.invalid", "")), (viewer("charity"), ("", "A@sample.invalid", "")),
                                           (viewer("auditor"), ("A", "A@sample.invalid", "n"))])  # fmt: skip
def test_history_of_a_post_shows_of_each_person_what_they_agreed_to(who, seen: tuple[str, str, str]) -> None:
    appoint("A", until=5)
    assert [(row.name, row.email, row.handover_note) for row in queries.appointments_of(who, EXAMPLES)] == [seen]
    assert queries.appointment(queries.appointments_of(who, EXAMPLES)[0].pk).name == "A"


def test_history_of_a_body_is_latest_first_and_its_own() -> None:
    appoint("First", until=5)
    appoint("Second", days=7)
    appoint("Other", body=SAMPLES)
    assert [row.name for row in queries.appointments_of(CENTRAL, EXAMPLES)] == ["Second", "First"]
    assert queries.appointment(0) is None


def test_sessions_that_ran_out_are_not_listed() -> None:
    browser = client("lead")
    client("lead")
    Session.objects.filter(session_key=browser.session.session_key).update(expire_date=timezone.now() - timedelta(minutes=1))
    assert queries.sessions_of(account("lead")).count() == 1


def test_notices_are_latest_first_and_cut_where_asked() -> None:
    for minutes in range(3):
        actions.notify([account("lead")], text=str(minutes), address="/", at=AT + timedelta(minutes=minutes))
    assert [row.text for row in queries.unread(account("lead"), limit=2)] == ["2", "1"]
    assert [row.text for row in queries.notices(account("lead"))] == ["2", "1", "0"]


def test_nobody_closed_is_mailed() -> None:
    actions.notify([account("lead"), account("sro")], text="x", address="/", at=AT)
    Account.objects.filter(pk=account("sro").pk).update(is_active=False)
    assert [row.pk for row in queries.to_be_told()] == [account("lead").pk]


def test_invitations_open_are_the_latest_first_and_not_those_taken_or_withdrawn() -> None:
    for place in range(4):
        actions.invite(f"n{place}@sample.invalid", name=str(place), role="auditor", body="", by=CENTRAL, at=AT + timedelta(minutes=place), because="")
    rows = list(Invitation.objects.order_by("pk"))
    actions.withdraw_invitation(rows[1].pk, by=CENTRAL, at=AT)
    Invitation.objects.filter(pk=rows[2].pk).update(accepted_at=AT)
    assert [row.name for row in queries.open_invitations()] == ["3", "0"]


def test_requests_to_take_a_factor_off_are_the_longest_waiting_first() -> None:
    for place, role in enumerate(("lead", "sro", "official")):
        actions.ask_reset(account(role), by=CENTRAL, at=AT - timedelta(minutes=place), because=role)
    actions.settle_reset(queries.open_resets()[0].pk, approved=False, by=viewer("central", "other"), at=AT)
    assert [row.because for row in queries.open_resets()] == ["sro", "lead"]


def test_contacts_are_latest_first() -> None:
    for days in (1, 3, 2):
        actions.record_contact(EXAMPLES, on=DAY + timedelta(days=days), with_whom="", text=str(days), by=CENTRAL, at=AT)
    assert [row.text for row in queries.contacts(CENTRAL)] == ["3", "2", "1"]
    assert list(queries.contacts(PUBLIC)) == []


def test_account_is_found_by_its_public_id_alone() -> None:
    held = account("lead")
    assert (queries.account_of("p-lead-any"), queries.account_of(str(held.pk)), queries.account_of("")) == (held, None, None)


def test_only_an_account_follows() -> None:
    actions.follow(account("lead"), "/x/", at=AT)
    assert [queries.follows(each, subject) for each, subject in ((account("lead"), "/x/"), (account("lead"), "/y/"), (PUBLIC, "/x/"))] == [True, False, False]


def test_accounts_with_a_role_are_those_that_have_it_that_day() -> None:
    lead = account("lead")
    assert [row.pk for row in queries.accounts_with("lead", body=EXAMPLES, on=AT.date())] == [lead.pk]
    assert [row.pk for row in queries.accounts_with("lead", on=AT.date())] == [lead.pk]
    assert list(queries.accounts_with("lead", body="another", on=AT.date())) == []
    assert list(queries.accounts_with("lead", on=date(2019, 1, 1))) == []


def test_posts_count_days_vacant_from_the_day_the_last_one_left() -> None:
    appoint("First", until=10)
    on = DAY + timedelta(days=19)
    held = queries.posts_on(CENTRAL, on, bodies={EXAMPLES: "Examples"}, posts={"lead": "Lead", "sro": "SRO"})
    assert [(post.post, post.days_vacant(on), post.former) for post in held] == [("lead", 10, 1), ("sro", None, 0)]
    (before, _) = queries.posts_on(CENTRAL, DAY, bodies={EXAMPLES: "Examples"}, posts={"lead": "Lead", "sro": "SRO"})
    assert (before.holders[0].name, before.days_vacant(DAY)) == ("First", None)
