"""Who may sign in: invited, taken up by a one-time link, ended; a lost second factor taken off by two people; the table of roles."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.office import EXAMPLES, SAMPLES, account, bodies, client
from tests.web.reading import beside, buttons, rows, words

from opencompact.accounts import actions, queries
from opencompact.accounts.models import Account, FactorReset, Invitation, RoleGrant
from opencompact.accounts.rules import MAY, ROLES, SEES
from opencompact.audit.queries import events
from opencompact.web.words import label

pytestmark = pytest.mark.django_db
PEOPLE = "/account/people/"
PASSPHRASE = "an invented passphrase"
INVITED = {"act": "invite", "name": "New Lead", "email": "New@sample.invalid", "role": "lead", "body": EXAMPLES, "because": "she leads"}


def invited(browser: Client | None = None, **more: str) -> str:
    """The address of the link that the mail of an invitation holds."""
    (browser or client("central")).post(PEOPLE, INVITED | more)
    return re.search(r"/account/join/\S+", mail.outbox[-1].body)[0]


def second() -> Client:
    """A browser of another of the central team."""
    made = Account.objects.create(public_id="p-second", email="second@sample.invalid", name="A second", joined_at=timezone.now())
    Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={"secret": "invented"})
    actions.grant_role(made, role="central", body="", by="test", at=timezone.now() - timedelta(days=9), because="a test")
    browser = Client()
    browser.force_login(made, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def take_up(link: str, passphrase: str = PASSPHRASE, again: str | None = None):
    return Client().post(link, {"passphrase": passphrase, "again": passphrase if again is None else again})


@pytest.mark.parametrize("role", ROLES)
def test_only_the_central_team_opens_the_page_or_invites(role: str) -> None:
    bodies()
    seen = 200 if role == "central" else 302 if role == "public" else 403
    assert client(role).get(PEOPLE).status_code == seen
    response = client(role).post(PEOPLE, INVITED)
    assert (response.status_code, Invitation.objects.count(), len(mail.outbox)) == (302, 1, 1) if role == "central" else (seen, 0, 0)


def test_somebody_invited_joins_by_the_link_once_and_signs_in() -> None:
    bodies()
    link = invited()
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["New@sample.invalid"], "An invitation to OpenCompact")
    page = words(client().get(link))
    assert "You are invited as department lead of Department of Examples. You then sign in with new@sample.invalid." in page
    assert "This role needs a second factor" in page
    assert take_up(link).headers["Location"] == "/account/login/?next=/office/"
    made = Account.objects.get(email="new@sample.invalid")
    assert (made.check_password(PASSPHRASE), [(grant.role, grant.body) for grant in made.role_grants.all()]) == (True, [("lead", EXAMPLES)])
    spent = client().get(link)
    assert (spent.status_code, "it was used, withdrawn, or is older than 14 days" in words(spent)) == (410, True)
    browser = Client()
    assert browser.post("/account/login/", {"login": "new@sample.invalid", "password": PASSPHRASE}).status_code == 302
    assert browser.get("/ledger/").headers["Location"] == "/account/2fa/"
    assert browser.get("/account/2fa/").status_code == 200


def test_link_itself_is_kept_nowhere() -> None:
    bodies()
    token = invited().split("/")[3]
    told = " ".join(f"{event.detail} {event.subject}" for event in events(99))
    assert (token in told, Invitation.objects.filter(token_hash__contains=token).exists()) == (False, False)


def test_role_that_is_no_staff_needs_no_second_factor() -> None:
    bodies()
    page = words(client().get(invited(role="sector", body=SAMPLES)))
    assert ("as sector body of Ministry of Samples" in page, "second factor" in page) == (True, False)
    assert take_up(invited(role="sector", body=SAMPLES)).status_code == 302
    browser = Client()
    browser.post("/account/login/", {"login": "new@sample.invalid", "password": PASSPHRASE})
    assert browser.get("/ledger/").status_code == 200


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"name": ""}, "name", "Nothing is written here"),
        ({"email": "nobody"}, "email", "Found 'nobody'; expected an e-mail address"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email", "expected an e-mail address"),
        ({"role": "king"}, "role", "expected one of: Central team;"),
        ({"role": "public"}, "role", "expected one of: Central team;"),
        ({"body": "nowhere"}, "body", "expected one of: Department of Examples;"),
        ({"body": ""}, "role", "The role lead is of a body: name it"),
        ({"role": "auditor"}, "role", "for the whole office: name no body"),
        ({"because": " "}, "because", "Nothing is written here"),
    ],
)
def test_invitation_that_cannot_be_sent_says_why_beside_its_field(given: dict[str, str], field: str, says: str) -> None:
    bodies()
    response = client("central").post(PEOPLE, INVITED | given)
    assert (response.status_code, says in beside(response, field), Invitation.objects.count(), mail.outbox) == (422, True, 0, [])
    assert "she leads" in response.content.decode() or given.get("because")


@pytest.mark.parametrize(
    ("passphrase", "again", "says"),
    [
        ("short", "short", "at least 14 characters"),
        (PASSPHRASE, "another passphrase", "The two passphrases differ."),
        ("", "", "Nothing is written here"),
        ("x" * 13, "x" * 13, "at least 14 characters"),
    ],
)
def test_passphrase_that_will_not_do_is_refused_and_the_link_stays_good(passphrase: str, again: str, says: str) -> None:
    bodies()
    link = invited()
    response = take_up(link, passphrase, again)
    assert (response.status_code, says in beside(response, "passphrase")) == (422, True)
    assert (PASSPHRASE in response.content.decode(), Account.objects.filter(email="new@sample.invalid").exists()) == (False, False)
    assert take_up(link).status_code == 302


def test_somebody_with_an_account_gives_its_passphrase_and_has_both_roles() -> None:
    bodies()
    take_up(invited())
    link = invited(role="auditor", body="")
    response = take_up(link, "not the passphrase")
    assert (response.status_code, "already has an account" in beside(response, "passphrase")) == (422, True)
    take_up(link)
    assert sorted(RoleGrant.objects.filter(account__email="new@sample.invalid").values_list("role", flat=True)) == ["auditor", "lead"]


def test_invitation_withdrawn_opens_no_more_and_is_withdrawn_once() -> None:
    bodies()
    browser, link = client("central"), invited()
    page = browser.get(PEOPLE)
    assert rows(page, "Invitations not yet taken up")[0][:4] == ["New Lead", "new@sample.invalid", "Department lead", "Department of Examples"]
    given = {"act": "withdraw", "invitation": Invitation.objects.get().pk}
    assert browser.post(PEOPLE, given).status_code == 302
    assert client().get(link).status_code == 410
    again = browser.post(PEOPLE, given)
    assert (again.status_code, "no such invitation that still stands" in words(again)) == (409, True)


@pytest.mark.parametrize("given", [{"act": "withdraw", "invitation": "x"}, {"act": "approve", "reset": "-1"}, {"act": "refuse"}])
def test_number_of_no_row_is_answered_in_words(given: dict[str, str]) -> None:
    response = client("central").post(PEOPLE, given)
    assert (response.status_code, "There is no such" in words(response)) == (409 if given["act"] == "withdraw" else 403, True)


@pytest.mark.parametrize("act", ["end", "ask_reset", "nothing"])
def test_act_on_nobody_changes_nothing(act: str) -> None:
    before = len(events(99))
    assert client("central").post(PEOPLE, {"act": act, "account": "p-nobody", "role": "lead", "body": EXAMPLES}).status_code == 302
    assert (FactorReset.objects.count(), len([event for event in events(99) if event.verb != "grant_role"])) == (0, before)


def test_ended_role_closes_an_open_browser_at_once() -> None:
    bodies()
    theirs, browser = client("lead"), client("central")
    assert theirs.get("/asks/").status_code == 200
    page = browser.get(PEOPLE)
    assert ("End department lead: A sample lead" in buttons(page), "End central team: A sample central" in buttons(page)) == (True, False)
    browser.post(PEOPLE, {"act": "end", "account": "p-lead-any", "role": "lead", "body": EXAMPLES})
    assert theirs.get("/asks/").headers["Location"] == "/account/login/?next=%2Fasks%2F"
    assert RoleGrant.objects.get(account__public_id="p-lead-any").until_on == timezone.now().date()
    assert rows(browser.get(PEOPLE), "People")[1][2:] == ["none", "yes"]


def test_lost_factor_is_taken_off_by_a_second_person_and_the_person_sets_another() -> None:
    bodies()
    account("lead")
    theirs, one, two = client("lead"), client("central"), second()
    one.post(PEOPLE, {"act": "ask_reset", "account": "p-lead-any"})
    reset = FactorReset.objects.get()
    assert ("Approve: A sample lead" in buttons(one.get(PEOPLE)), "Approve: A sample lead" in buttons(two.get(PEOPLE))) == (False, True)
    alone = one.post(PEOPLE, {"act": "approve", "reset": reset.pk})
    assert (alone.status_code, "not whoever asked" in words(alone), Authenticator.objects.filter(user=reset.account).count()) == (403, True, 1)
    assert two.post(PEOPLE, {"act": "approve", "reset": reset.pk}).status_code == 302
    assert Authenticator.objects.filter(user=reset.account).count() == 0
    assert theirs.get("/asks/").status_code == 302
    assert client("lead").get("/asks/").headers["Location"] == "/account/2fa/"
    assert "Second factors asked to be taken off" not in words(one.get(PEOPLE))


def test_refused_reset_leaves_the_factor_and_the_session() -> None:
    bodies()
    theirs, one, two = client("lead"), client("central"), second()
    one.post(PEOPLE, {"act": "ask_reset", "account": "p-lead-any"})
    two.post(PEOPLE, {"act": "refuse", "reset": FactorReset.objects.get().pk})
    assert (Authenticator.objects.filter(user__public_id="p-lead-any").count(), theirs.get("/asks/").status_code) == (1, 200)


def test_people_who_cannot_act_any_more_are_shown_so() -> None:
    account("charity", EXAMPLES)
    Account.objects.update(is_active=False)
    assert rows(client("central").get(PEOPLE), "People") == [
        ["A sample central", "central.any@sample.invalid", "Central team", "yes"],
        ["A sample charity", f"charity.{EXAMPLES}@sample.invalid", f"Charity ({EXAMPLES})", "no"],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_whatever_the_people(number: int, django_assert_num_queries) -> None:
    bodies()
    browser = client("central")
    for place in range(number):
        account("charity", f"b-{place}")
        actions.ask_reset(account("charity", f"b-{place}"), by=queries.viewer_of(account("central"), on=timezone.localdate()), at=timezone.now(), because="x")
        invited(browser, email=f"n{place}@sample.invalid")
    with django_assert_num_queries(11):
        page = browser.get(PEOPLE)
    assert (len(rows(page, "People")), len(rows(page, "Invitations not yet taken up"))) == (number + 1, number)


def test_table_of_roles_is_the_one_that_is_asked() -> None:
    page = client().get("/roles/")
    assert [row[0] for row in rows(page, "Roles")] == list(ROLES.values())
    assert [row[0] for row in rows(page, "Who may do what")] == [label(verb) for verb in MAY]
    assert dict(rows(page, "Who may do what"))["Clear"] == "Senior responsible officer (own body); Cleared official (own body); Sector body (own body)"
    assert [row[0] for row in rows(page, "Who sees what is kept how")] == [label(word) for word in SEES]
    assert dict(rows(page, "Who sees what is kept how"))["Public"] == "everybody"
    assert ["under People" in words(each.get("/roles/")) for each in (client(), client("lead"), client("central"))] == [False, False, True]


def test_invitation_too_old_is_gone() -> None:
    bodies()
    link = invited()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert (client().get(link).status_code, take_up(link).status_code, Account.objects.filter(email="new@sample.invalid").count()) == (410, 410, 0)
