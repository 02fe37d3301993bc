"""One's own account: roles, browsers signed in and ended, what one follows and was told; signing out by a button alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from tests.office import EXAMPLES, account, bodies, client, viewer
from tests.web.reading import buttons, raw, rows, words

from opencompact.accounts import actions, queries
from opencompact.accounts.models import Notification
from opencompact.accounts.rules import ROLES, STAFF
from opencompact.promises.actions.ledger import record_commitment, record_update
from opencompact.web.accounts.own import mine
from opencompact.web.office import Asked, asked

pytestmark = pytest.mark.django_db
PAGES = ("/account/", "/notices/")


@pytest.mark.parametrize("address", [*PAGES, "/notices/follow/"])
def test_pages_are_for_people_who_signed_in(address: str) -> None:
    assert client().get(address).headers["Location"] == f"/account/login/?next={address.replace('/', '%2F')}"
    assert client().post(address, {"subject": "/ledger/x/"}).status_code == 302


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"public"}))
def test_staff_without_a_second_factor_are_sent_to_set_one_and_others_are_not(role: str) -> None:
    bodies()
    browser = client(role)
    Authenticator.objects.all().delete()
    for address in (*PAGES, "/ledger/", "/asks/"):
        response = browser.get(address)
        assert (response.status_code, response.headers.get("Location")) == ((302, "/account/2fa/") if role in STAFF else (200, None))


def test_roles_are_those_in_force_with_their_body() -> None:
    bodies()
    actions.grant_role(account("lead"), role="analyst", body="gone-body", by="test", at=timezone.now(), because="a test")
    actions.grant_role(account("lead"), role="auditor", body="", by="test", at=timezone.now(), because="a test")
    page = client("lead").get("/account/")
    assert rows(page, "My roles") == [["Analyst", "gone-body"], ["Auditor", "the whole office"],
                                      ["Department lead", "Department of Examples"]]  # fmt: skip
    assert "lead.any@sample.invalid. 3 roles." in words(page)


def test_somebody_without_a_role_is_told_how_one_comes() -> None:
    account("public")
    browser = client("public")
    browser.force_login(account("public"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "No role. The central team gives roles by invitation." in words(browser.get("/account/"))


def test_browsers_are_listed_and_ended_but_not_the_one_in_use() -> None:
    bodies()
    here, there, another = client("lead"), client("lead"), client("sro")
    page = here.get("/account/")
    assert sorted(row[0] for row in rows(page, "Where I am signed in")) == ["Another browser", "This browser"]
    assert sum(each.startswith("End the one") for each in buttons(page)) == 1
    name = next(queries.session_name(row) for row in queries.sessions_of(account("lead")) if row.session_key != here.session.session_key)
    assert here.session.session_key not in raw(page)
    another.post("/account/", {"session": name})
    assert there.get("/account/").status_code == 200
    here.post("/account/", {"session": name})
    assert (there.get("/account/").status_code, here.get("/account/").status_code) == (302, 200)
    here.post("/account/", {"session": "none"})
    assert [row[0] for row in rows(here.get("/account/"), "Where I am signed in")] == ["This browser"]


def test_signing_out_is_a_button_and_not_an_address() -> None:
    bodies()
    browser = client("sector")
    asked_whether = browser.get("/account/logout/")
    assert (asked_whether.status_code, browser.get("/account/").status_code) == (200, 200)
    assert '<form action="/account/logout/" method="post">' in raw(browser.get("/account/"))
    browser.post("/account/logout/")
    assert (browser.get("/account/").status_code, queries.sessions_of(account("sector")).count()) == (302, 0)


@pytest.mark.parametrize("address", ["/account/email/", "/account/signup/"])
def test_no_account_is_made_or_moved_without_an_invitation(address: str) -> None:
    bodies()
    assert client("lead" if "email" in address else "public").get(address).status_code == (404 if "email" in address else 200)
    client().post(address, {"email": "x@sample.invalid", "password1": "an invented passphrase", "password2": "an invented passphrase"})
    assert queries.Account.objects.filter(email="x@sample.invalid").count() == 0


def told(number: int, *, to: str = "lead") -> None:
    for place in range(number):
        actions.notify([account(to)], text=f"Something {place}.", address=f"/ledger/c-{place}/", at=timezone.now())


def test_notices_are_ones_own_until_marked_as_read() -> None:
    bodies()
    told(2)
    told(1, to="sro")
    browser = client("lead")
    assert "2 unread" in words(browser.get("/account/"))
    page = browser.get("/notices/")
    assert [(row[0], row[2]) for row in rows(page, "Notices, the latest first")] == [("Something 1.", "new"), ("Something 0.", "new")]
    assert ("2 notices unread." in words(page), "Mark all as read" in buttons(page)) == (True, True)
    browser.post("/notices/")
    page = browser.get("/notices/")
    assert ([row[2] for row in rows(page, "Notices, the latest first")], "Mark all as read" in buttons(page)) == (["read", "read"], False)
    assert Notification.objects.filter(read_at=None).count() == 1


def test_nothing_told_says_what_one_is_told_of() -> None:
    bodies()
    assert "You are told of what you follow and of what your body is asked." in words(client("lead").get("/notices/"))


def test_what_is_followed_is_told_once_somebody_adds_to_it_until_it_is_not() -> None:
    bodies()
    record_commitment(key="c", kind="offer", title="A visit", text="x", owners=(EXAMPLES,), due_on=None, by=viewer("central"), at=timezone.now(), because="")
    browser, page = client("sector"), "/ledger/c/"
    assert "Follow it" in buttons(browser.get(page))
    assert browser.post("/notices/follow/", {"subject": page, "back": page}).headers["Location"] == page
    assert ("Stop following it" in buttons(browser.get(page)), rows(browser.get("/account/"), "What I follow")) == (True, [[page]])
    on = {"on": timezone.localdate(), "by": viewer("lead"), "at": timezone.now(), "because": ""}
    record_update("c", body=EXAMPLES, text="Begun.", delivery="in_progress", **on)
    assert [row[0] for row in rows(browser.get("/notices/"), "Notices, the latest first")] == ["There is something new on: A visit"]
    browser.post("/notices/follow/", {"subject": page, "back": page})
    record_update("c", body=EXAMPLES, text="More.", **on)
    assert (Notification.objects.count(), rows(browser.get("/account/"), "What I follow")) == (1, [])


@pytest.mark.parametrize("subject", ["", "ledger/c/", "//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example/"])
def test_what_is_no_page_of_ours_is_not_followed(subject: str) -> None:
    bodies()
    client("sector").post("/notices/follow/", {"subject": subject})
    assert account("sector").follows.count() == 0


def test_following_by_address_alone_changes_nothing_and_leads_nowhere_else() -> None:
    bodies()
    browser = client("sector")
    browser.get("/notices/follow/?subject=/ledger/c/")
    assert account("sector").follows.count() == 0
    given = {"subject": "/ledger/c/", "back": "https://elsewhere.example/"}
    assert browser.post("/notices/follow/", given).headers["Location"] == "/account/"


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "most"), [("/account/", 8), ("/notices/", 5)])
def test_page_takes_as_many_queries_whatever_the_rows(number: int, address: str, most: int, django_assert_num_queries) -> None:
    bodies()
    told(number)
    browser = client("lead")
    for place in range(number):
        client("lead")
        actions.follow(account("lead"), f"/ledger/c-{place}/", at=timezone.now())
    with django_assert_num_queries(most):
        browser.get(address)


def test_somebody_who_is_not_signed_in_has_no_account_of_their_own(rf) -> None:
    who = asked(rf.get("/account/"))
    assert isinstance(who, Asked)
    with pytest.raises(TypeError, match="signed in"):
        mine(who)
