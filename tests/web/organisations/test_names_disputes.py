"""`This is not us`, as an organisation meets it, and as a reviewer follows it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.office import AT, client
from tests.organisations.waiting import CUT, CUT_FROM, build

from opencompact.organisations.actions.decisions import MOST_IN_AN_HOUR, object_to_link
from opencompact.organisations.models import Dispute
from opencompact.web.judgement.challenges import mark

pytestmark = pytest.mark.django_db
CHARITY = "GB-CHC-9900001"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def send(**told):
    held = {"mark": mark(datetime.now(UTC) - timedelta(minutes=1)), "website": "", "organisation": CHARITY, "payee_name": "LAMP", "words": "zq-held-words"}
    return Client().post("/review/not-us/", held | told)


def test_page_of_an_organisation_leads_to_the_form(site):
    page = site.get(f"/organisations/{CHARITY}/").content.decode()
    (address,) = re.findall(r'href="(/review/not-us/[^"]+)"', page)
    assert CHARITY in words(site.get(address))
    assert "Begin from the page of the organisation" in words(site.get("/review/not-us/"))


def test_what_is_sent_gets_a_reference_and_its_words_are_held(site):
    sent = send(email="a@sample.invalid")
    row = Dispute.objects.get()
    assert sent.headers["Location"] == f"/review/disputes/{row.reference}/"
    page = words(site.get(sent.headers["Location"]))
    assert ("Disputed, and open" in page, "zq-held-words" in page, "a@sample.invalid" in page) == (True, False, False)
    assert "zq-held-words" in words(client("reviewer").get(sent.headers["Location"]))
    assert site.get("/review/disputes/NONE-0000/").status_code == 404


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "x" * 2001}, 422),
        ({"email": "nobody"}, 422),
        ({"organisation": "GB-CHC-0"}, 422),
        ({"website": "x"}, 422),
        ({"mark": "made elsewhere"}, 422),
    ],
)
def test_what_is_not_taken_is_said_beside_the_field(site, told, status):
    answer = send(**told)
    assert (answer.status_code, "Nothing was sent yet" in words(answer)) == (status, True)
    assert Dispute.objects.count() == 0


def test_too_many_in_an_hour_are_asked_to_come_again(site):
    for number in range(MOST_IN_AN_HOUR):
        object_to_link(f"f{number}", organisation_id=CHARITY, payee_name="x", words="y", email="", at=datetime.now(UTC))
    assert send().status_code == 429


def test_a_disputed_payee_stands_first_and_deciding_settles_it(settings, tmp_path):
    build(tmp_path / "lake")
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    row = object_to_link("f", organisation_id=CUT_FROM, payee_name=CUT.upper(), words="We are another.", email="", at=AT)
    browser = client("reviewer")
    assert row.reference in words(browser.get("/review/disputes/"))
    page = browser.get(f"/review/disputes/{row.reference}/").content.decode()
    (address,) = re.findall(r'href="(/review/payee/[^"]+)"', page)
    shown = words(browser.get(address))
    assert ("We are another." in shown, "Linked by likeness alone" in shown) == (True, True)
    assert "Disputed" in words(browser.get("/review/?state=probable"))
    assert browser.post(address, {"seen": "", "choice": "none_of_these"}).status_code == 302
    settled = words(Client().get(f"/review/disputes/{row.reference}/"))
    assert ("Settled on" in settled, "It is none of the organisations" in settled) == (True, True)
    assert "No link is disputed" in words(browser.get("/review/disputes/"))
