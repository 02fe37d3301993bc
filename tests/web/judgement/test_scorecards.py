"""Scorecards: what was judged, audited and measured of a body, within its kind."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.judgement.invented import AUDITOR, CELL, SILENT, audit_round, finding_in, graded, put, signed
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, bodies, client

from opencompact.judgement.actions import audits, verdicts
from opencompact.organisations.models import Body

pytestmark = pytest.mark.django_db
PAGE = f"/scorecards/{EXAMPLES}/"


def words(browser: Client, address: str) -> str:
    """The page's text, without tags."""
    page = browser.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\xa0", " ")


def test_list_without_a_body_says_why() -> None:
    assert "No body takes part yet. The central team records them." in words(client(), "/scorecards/")


def test_bodies_stand_within_their_kind_in_the_order_of_the_alphabet() -> None:
    bodies()
    Body.objects.create(body="sample-council", name="Aa Council", kind="council")
    signed(body=SAMPLES)
    page = client().get("/scorecards/").content.decode()
    assert re.findall(r'href="/scorecards/([^"?/]+)/"', page) == ["sample-council", EXAMPLES, SAMPLES]
    assert (VOICE in page, "There is no score and no rank" in page) == (False, True)
    lines = b"".join(client().get("/scorecards/?format=csv").streaming_content).decode().splitlines()
    assert lines == [
        "kind,body,name,met,explained,unexplained,not_applicable,cannot_tell",
        "council,sample-council,Aa Council,0,0,0,0,0",
        f"department,{EXAMPLES},Department of Examples,0,0,0,0,0",
        f"department,{SAMPLES},Ministry of Samples,0,0,1,0,0",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_few_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    for place in range(rows):
        Body.objects.create(body=f"body-{place}", name=f"Body {place}", kind="department")
    browser = client()
    with django_assert_num_queries(2):
        assert browser.get("/scorecards/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_card_takes_the_same_few_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    bodies()
    audit_round()
    for place in range(rows):
        signed(year=2031 - place)
        audits.recommend("audit", key=f"more-{place}", title=f"More {place}", text="More.", by=AUDITOR, at=AT, because="")
        graded(("audit", f"more-{place}", EXAMPLES))
    audits.send_all("audit", by=AUDITOR, at=AT)
    audits.publish_all("audit", by=AUDITOR, at=SILENT)
    browser = client()
    with django_assert_num_queries(7):
        assert browser.get(PAGE).status_code == 200


def test_card_shows_verdicts_with_reply_or_silence_and_how_each_year_differs() -> None:
    bodies()
    signed(year=2030)
    row = put(year=2031, grade="explained")
    verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    page = words(client(), PAGE)
    for said in ("2 verdicts are signed: 1 explained, 1 unexplained.", "We gave one.", "silence: asked, and no reply by", "from unexplained to explained"):
        assert said in page
    assert "zq-held-words" not in page


def test_promise_judged_in_one_year_alone_is_compared_with_nothing() -> None:
    bodies()
    signed(year=2030)
    signed(undertaking="compact-2010/1.1")
    page = words(client(), PAGE)
    assert page.count("not judged in both") == 2
    signed(undertaking="compact-2010/1.1", year=2030)
    assert "the same" in words(client(), PAGE)


def test_others_of_its_kind_stand_beside_it_and_no_other_kind() -> None:
    bodies()
    signed(body=SAMPLES)
    page = words(client(), PAGE)
    assert ("Ministry of Samples" in page, "Sample Sector Voice" in page, "this body" in page, "none signed" in page) == (True, False, True, True)


def test_audits_movement_stands_on_the_card() -> None:
    bodies()
    finding_in("published")
    audit_round("next", follows="audit")
    cell = ("next", *CELL[1:])
    row = audits.send_finding(*cell, version=graded(cell, grade="good").version, by=AUDITOR, at=SILENT)
    audits.publish(*cell, version=row.version, by=AUDITOR, at=SILENT + timedelta(days=60))
    page = words(client(), PAGE)
    for said in ("2 audit findings are published: 1 better than the round before, 0 worse.", "was limited", "silence", "We did more."):
        assert said in page


def test_figures_come_from_the_release_with_their_coverage(site: Client) -> None:
    Body.objects.create(body="department-for-examples", name="Department for Examples", kind="department")
    page = words(client(), "/scorecards/department-for-examples/")
    assert "From the draft release, computed by rule. Coverage: how many of its cases are known." in page
    assert "Short consultations 41 % 17 90 %" in page


def test_without_a_release_the_card_says_where_figures_come_from() -> None:
    bodies()
    assert "No release is made yet. The figures come from one." in words(client(), PAGE)


def test_body_that_takes_no_part_has_no_card() -> None:
    assert client().get("/scorecards/nobody/").status_code == 404
