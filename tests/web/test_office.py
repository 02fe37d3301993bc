"""Who asks is decided once: signing in, the second factor, refusals in plain words, two people editing, and nothing kept by a browser."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from tests.office import EXAMPLES, account, bodies, client
from tests.web.reading import words

from opencompact.accounts.rules import PUBLIC, STAFF, Grant, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.web.office import Asked, answering, asked, of_signing_in, office, signed_in

pytestmark = pytest.mark.django_db
LINK = Viewer("link-1", (Grant("lead", EXAMPLES),), "x@sample.invalid", only="ask/x")


def raising(error: Exception):
    def view(_: Asked) -> HttpResponse:
        raise error

    return view


def fine(who: Asked) -> HttpResponse:
    return HttpResponse(who.viewer.account or "nobody")


def requested(rf, method: str = "get", *, role: str = "", **given):
    request = getattr(rf, method)("/office/somewhere/?a=1", given)
    request.user = account(role) if role else AnonymousUser()
    return request


def test_anybody_asks_an_open_page_and_nobody_a_page_for_those_signed_in(rf) -> None:
    assert office(fine)(requested(rf)).content == b"nobody"
    sent = signed_in(fine)(requested(rf))
    assert (sent.status_code, sent.headers["Location"]) == (302, "/account/login/?next=%2Foffice%2Fsomewhere%2F%3Fa%3D1")
    assert signed_in(fine)(requested(rf, role="charity")).content == b"p-charity-any"


@pytest.mark.parametrize("role", ["central", "lead", "sector", "charity"])
@pytest.mark.parametrize("kind", [office, signed_in])
def test_staff_without_a_second_factor_see_no_page_at_all(rf, kind, role: str) -> None:
    request = requested(rf, role=role)
    Authenticator.objects.all().delete()
    response = kind(fine)(request)
    assert (response.status_code, response.headers.get("Location")) == ((302, "/account/2fa/") if role in STAFF else (200, None))


def test_account_closed_is_the_public(rf) -> None:
    request = requested(rf, role="central")
    request.user.is_active = False
    assert asked(request).viewer == PUBLIC


def test_no_page_of_the_office_is_kept_by_a_browser(rf) -> None:
    errors = (NotAllowed("x"), CannotStep("x"), ChangedMeanwhile("x"))
    answers = [office(fine)(requested(rf)), *(office(raising(error))(requested(rf, "post")) for error in errors)]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 4


@pytest.mark.parametrize(("method", "role", "status"), [("get", "", 302), ("post", "", 403), ("get", "charity", 403), ("post", "charity", 403)])
def test_what_one_may_not_do_is_said_and_reading_it_leads_to_sign_in(rf, method: str, role: str, status: int) -> None:
    response = office(raising(NotAllowed("Only the centre does that.")))(requested(rf, method, role=role))
    assert response.status_code == status
    assert ("That was not done" in words(response), "Only the centre does that." in words(response)) == (status == 403, status == 403)


def test_second_of_two_people_gets_back_what_they_wrote_and_no_token(rf) -> None:
    given = {"csrfmiddlewaretoken": "zq-token", "version": "17", "text": "<b>Mine</b>"}
    response = office(raising(ChangedMeanwhile("Somebody else changed this.")))(requested(rf, "post", **given))
    text = words(response)
    assert (response.status_code, "Somebody else changed this." in text, "zq-token" in text) == (409, True, False)
    assert ("&lt;b&gt;Mine" in response.content.decode(), "<dt>version</dt>" in response.content.decode()) == (True, False)


def test_step_out_of_order_is_said(rf) -> None:
    response = office(raising(CannotStep("It was sent already.")))(requested(rf, "post"))
    assert (response.status_code, "It was sent already." in words(response), "Nothing was changed." in words(response)) == (409, True, True)


def test_what_goes_wrong_otherwise_is_not_hidden(rf) -> None:
    with pytest.raises(ZeroDivisionError):
        office(raising(ZeroDivisionError()))(requested(rf))


def test_link_is_answered_as_its_own_viewer_and_never_as_the_account(rf) -> None:
    who = asked(requested(rf, role="central"))
    assert answering(who, LINK, fine).content == b"link-1"
    assert answering(who, LINK, lambda linked: HttpResponse(str(linked.account))).content == b"None"
    assert answering(who, LINK, raising(CannotStep("x"))).status_code == 409


@pytest.mark.parametrize(
    ("at", "day"),
    [(datetime(2031, 6, 30, 22, 59, tzinfo=UTC), "2031-06-30"), (datetime(2031, 6, 30, 23, 0, tzinfo=UTC), "2031-07-01"),
     (datetime(2031, 12, 31, 23, 59, tzinfo=UTC), "2031-12-31")],
)  # fmt: skip
def test_day_is_the_offices_own_also_in_summer(rf, at: datetime, day: str) -> None:
    assert str(Asked(rf.get("/"), None, PUBLIC, at).today) == day


@pytest.mark.parametrize(("query", "page"), [("", 1), ("page=3", 3), ("page=0", 1), ("page=x", 1), ("page=-2", 1), ("page=99999999", 1)])
def test_page_asked_for_is_a_number_from_one(rf, query: str, page: int) -> None:
    assert Asked(rf.get(f"/?{query}"), None, PUBLIC, datetime(2031, 5, 6, tzinfo=UTC)).page_asked == page


def test_pages_of_signing_in_know_who_is_there_and_other_pages_are_left_alone(rf) -> None:
    request = requested(rf, role="charity")
    assert of_signing_in(request) == {}
    request.path = "/account/login/"
    assert (of_signing_in(request)["account"], of_signing_in(request)["here"]) == (request.user, "/account/login/")
    request.user = AnonymousUser()
    assert of_signing_in(request)["account"] is None


def test_office_beside_an_invented_country_says_so_and_one_without_a_release_stands(site, settings, tmp_path) -> None:
    bodies()
    assert "INVENTED-SAMPLE-" in client().get("/ledger/?format=csv").headers["Content-Disposition"]
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert "INVENTED-SAMPLE-" not in client().get("/ledger/?format=csv").headers["Content-Disposition"]
