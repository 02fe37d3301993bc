"""Pages of challenges: the form anybody may send, and what becomes of it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.test import Client
from tests.judgement.invented import challenge_in, received
from tests.office import client

from opencompact.judgement.models import Challenge
from opencompact.judgement.rules.challenges import MOST_IN_AN_HOUR
from opencompact.web.judgement.challenges import mark
from opencompact.web.templatetags import plain

pytestmark = pytest.mark.django_db
FILE = "Payments%2C_over_%C2%A3500.csv"
WRITTEN = {"wrong": "zq-held-words: the day is another.", "right": "A week later.", "checking": "See the page.", "page": "/spend/"}


def minutes_ago(minutes: float) -> str:
    """A form made so long ago."""
    return mark(datetime.now(UTC) - timedelta(minutes=minutes))


def send(browser: Client | None = None, **told: str):
    """Send the form as a person would, a minute after it was opened."""
    return (browser or Client()).post("/challenge/", WRITTEN | {"mark": minutes_ago(1), "website": ""} | told)


def words(browser: Client, address: str) -> str:
    """The page's text, without tags."""
    page = browser.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\xa0", " ")


def test_form_carries_page_file_row_and_checksum(site: Client, settings) -> None:
    settings.OPENCOMPACT_CONTACT = "office@example.org"
    held = re.search(r'href="(/row/[^"]+)"', site.get("/figures/payments-to-voluntary/department-for-examples/all/").content.decode())
    assert held is not None
    asked = held[1].replace("&amp;", "&").removeprefix("/row/?")
    page = site.get(f"/challenge/?page=/spend/&{asked}").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(page|file|row)" value="([^"]*)"', page))
    assert (fields["page"], bool(fields["file"]), fields["row"].isdigit(), "a" * 64 in page, "office@example.org" in page) == (
        "/spend/",
        True,
        True,
        True,
        True,
    )


def test_link_of_every_page_leads_to_the_form(site: Client) -> None:
    assert site.get(plain.challenge("/spend/", "a&b.csv", 3)).status_code == 200


@pytest.mark.parametrize("asked", ["https://example.org/", "//example.org/", "/\\example.org/", "javascript:alert(1)", "<script>", ""])
def test_form_leads_nowhere_else(asked: str) -> None:
    page = Client().get("/challenge/", {"page": asked}).content.decode()
    assert ('Say what is wrong on <a href="/">/</a>' in page, "<script>" in page) == (True, False)


def test_reading_changes_nothing() -> None:
    Client().get("/challenge/?page=/spend/")
    Client().get("/challenges/")
    assert Challenge.objects.count() == 0


def test_anybody_sends_one_and_gets_a_reference() -> None:
    page = send(file="lines.csv", row="4", email="somebody@example.org")
    row = Challenge.objects.get()
    assert (page.headers["Location"], row.page, row.file, row.row, row.email) == (
        f"/challenges/{row.reference}/",
        "/spend/",
        "lines.csv",
        4,
        "somebody@example.org",
    )
    told = words(Client(), f"/challenges/{row.reference}/")
    assert ("Received: open for" in told, "zq-held-words" in told, "/spend/" in told, "somebody@" in told) == (True, False, False, False)


def test_sent_twice_it_is_one() -> None:
    form = minutes_ago(1)
    assert (send(mark=form).headers["Location"] == send(mark=form).headers["Location"], Challenge.objects.count()) == (True, 1)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"wrong": ""}, "Nothing is written here"),
        ({"website": "https://spam.example"}, "The field that is to stay empty was filled in"),
        ({"mark": "made-elsewhere"}, "was not made here"),
        ({"mark": ""}, "was not made here"),
        ({"email": "nobody"}, "This is no e-mail address"),
        ({"email": "a b@example.org"}, "This is no e-mail address"),
        ({"right": "x" * 2001}, "longer than 2,000 letters"),
    ],
)
def test_form_that_is_refused_keeps_what_was_written(told: dict[str, str], why: str) -> None:
    page = send(**told)
    assert (page.status_code, why in page.content.decode(), "See the page." in page.content.decode(), Challenge.objects.count()) == (422, True, True, 0)


@pytest.mark.parametrize(("minutes", "why"), [(0.01, "faster than a person writes"), (12 * 60 + 1, "older than 12 hours")])
def test_form_sent_too_fast_or_too_late_is_refused(minutes: float, why: str) -> None:
    page = send(mark=minutes_ago(minutes))
    assert (page.status_code, why in page.content.decode(), Challenge.objects.count()) == (422, True, 0)


def test_more_than_are_taken_in_an_hour_are_told_to_come_again() -> None:
    for place in range(MOST_IN_AN_HOUR):
        received(f"form-{place}", at=datetime.now(UTC))
    page = send()
    assert (page.status_code, "send yours again in an hour" in page.content.decode(), Challenge.objects.count()) == (429, True, MOST_IN_AN_HOUR)


def test_post_without_its_token_is_refused() -> None:
    browser = Client(enforce_csrf_checks=True)
    assert (send(browser).status_code, Challenge.objects.count()) == (403, 0)


def test_nothing_of_the_machine_is_kept() -> None:
    Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="zq-browser").post("/challenge/", WRITTEN | {"mark": minutes_ago(1)})
    kept = " ".join(str(value) for value in Challenge.objects.values().get().values())
    assert ("203.0.113.9" in kept, "zq-browser" in kept) == (False, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_few_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    for place in range(rows):
        received(f"form-{place}")
    browser = client()
    with django_assert_num_queries(2):
        assert browser.get("/challenges/").status_code == 200


def test_empty_list_says_why() -> None:
    assert "Nobody has challenged anything yet. Every page has a link to do so" in words(Client(), "/challenges/")


@pytest.mark.parametrize("state", ["received", "looking", "corrected", "not_upheld"])
def test_list_and_file_publish_what_was_reviewed_and_no_more(state: str) -> None:
    made = challenge_in(state)
    assert made is not None
    page = words(Client(), "/challenges/")
    lines = b"".join(Client().get("/challenges/?format=csv").streaming_content).decode()
    settled = state in ("corrected", "not_upheld")
    assert [("zq-held-words" in text, made.reference in text, "One day was wrong." in text) for text in (page, lines)] == [(False, True, settled)] * 2


def test_office_looks_settles_and_opens_again() -> None:
    made = received(at=datetime.now(UTC))
    page, auditor = f"/challenges/{made.reference}/", client("auditor")
    told = words(auditor, page)
    assert ("zq-held-words wrong" in told, "somebody@example.org" in told, "lines.csv" in told) == (True, True, True)
    auditor.post(page, {"act": "look", "version": "1"})
    given = {"act": "settle", "outcome": "correct", "summary": "One day was wrong.", "because": "The page says so."}
    assert auditor.post(page, given | {"version": "2", "because": ""}).status_code == 422
    client("central").post(page, given | {"version": "2"})
    told = words(Client(), page)
    assert ("Corrected after 0 days. The page says so." in told, "What it was about: One day was wrong." in told, "zq-held" in told) == (True, True, False)
    auditor.post(page, {"act": "look_again", "version": "3", "because": "Another page."})
    assert Challenge.objects.get().state == "looking"


def test_others_are_offered_nothing_and_may_do_nothing() -> None:
    made = received()
    page = f"/challenges/{made.reference}/"
    assert [client(role).post(page, {"act": "look", "version": "1"}).status_code for role in ("public", "lead", "assessor")] == [403, 403, 403]
    assert Challenge.objects.get().state == "received"


def test_office_finds_what_waits_first() -> None:
    received()
    assert "To be settled, the longest open first" in words(client("central"), "/challenges/")
    assert "To be settled" not in words(client("lead"), "/challenges/")


def test_reference_that_is_none_is_not_found() -> None:
    assert Client().get("/challenges/AAAA-AAAA/").status_code == 404


def test_page_past_the_end_is_the_last() -> None:
    received()
    assert "Page 1 of 1" in words(Client(), "/challenges/?page=9") or received().reference in words(Client(), "/challenges/?page=9")


def test_folder_of_static_files_is_there() -> None:
    assert Path(site_settings.STATIC_ROOT).is_dir()
