"""Pages of verdicts that need judgement."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.judgement.invented import ASSESSOR, AUDITOR, LEAD, SILENT, proposed, put, signed, verdict_in
from tests.office import AT, EXAMPLES, SAMPLES, bodies, client

from opencompact.asking.models import Ask
from opencompact.judgement.actions import verdicts
from opencompact.judgement.models import Verdict
from opencompact.web.judgement.verdicts import promise, undertakings

pytestmark = pytest.mark.django_db
KEY = f"compact-2010-3-3-{EXAMPLES}-2031"
PAGE = f"/verdicts/{KEY}/"
PROPOSAL = {
    "undertaking": "compact-2010/3.3",
    "body": EXAMPLES,
    "year": "2031",
    "grade": "unexplained",
    "text": "No reason was found.",
    "evidence_1": "A page",
    "dated_1": "2031-03-01",
    "held_text": "For the body alone.",
}


def words(browser: Client, address: str) -> str:
    """The page's text, without tags."""
    page = browser.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\xa0", " ")


def test_only_promises_that_need_judgement_are_judged_here() -> None:
    assert ("compact-2010/3.3" in undertakings(), "compact-2010/1.1" in undertakings(), any(key.startswith("local") for key in undertakings())) == (
        True,
        True,
        False,
    )
    assert (promise("compact-2010/1.1")[0], promise("unknown/1")) == ("The Compact (2010), 1.1", ("unknown/1", ""))


def test_list_without_a_verdict_says_what_would_fill_it() -> None:
    assert "No verdict is to be seen. An assessor proposes one, the body replies, and an auditor signs it" in words(client(), "/verdicts/")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_few_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    for place in range(rows):
        signed(year=2031 - place)
    browser = client()
    with django_assert_num_queries(3):
        assert browser.get("/verdicts/").status_code == 200


def test_list_is_narrowed_by_body_state_and_grade() -> None:
    bodies()
    signed()
    signed(body=SAMPLES, grade="met")
    found = {
        asked: len(re.findall(r'href="/verdicts/compact', client().get(f"/verdicts/{asked}").content.decode()))
        for asked in ("", f"?body={SAMPLES}", "?grade=unexplained", "?state=signed", "?state=proposed")
    }
    assert found == {"": 2, f"?body={SAMPLES}": 1, "?grade=unexplained": 1, "?state=signed": 2, "?state=proposed": 0}


def test_each_role_finds_what_waits_for_it() -> None:
    bodies()
    row = put()
    assert "Waiting for your reply" in words(client("lead"), "/verdicts/")
    verdicts.reply(row.key, putting=1, text="We did.", held_text="", by=LEAD, at=AT, because="")
    assert "Ready to sign" in words(client("auditor"), "/verdicts/")
    assert "/verdicts/new/" in client("assessor").get("/verdicts/").content.decode()


def test_file_holds_replies_and_nothing_held() -> None:
    bodies()
    signed()
    lines = b"".join(client().get("/verdicts/?format=csv").streaming_content).decode().splitlines()
    assert lines[1:] == [
        f"{KEY},compact-2010/3.3,{EXAMPLES},Department of Examples,2031,unexplained,signed,No reason was found.,2031-05-20,We gave one.,2031-05-07,2031-05-08"
    ]


def test_verdict_goes_from_proposal_to_the_body_on_its_pages() -> None:
    bodies()
    assessor = client("assessor")
    assert assessor.post("/verdicts/new/", PROPOSAL).headers["Location"] == PAGE
    anew = {name: PROPOSAL[name] for name in ("text", "evidence_1", "dated_1")} | {"act": "revise", "version": "1", "grade": "explained"}
    assessor.post(PAGE, anew)
    assessor.post(PAGE, {"act": "put", "version": "2", "days": "20"})
    row = Verdict.objects.get()
    assert (row.state, row.grade, Ask.objects.get().due_on) == ("with_body", "explained", row.reply_due_on)
    assessor.post(PAGE, {"act": "withdraw", "version": "3", "because": "Wrong body."})
    assert Verdict.objects.get().state == "withdrawn"


def test_auditor_sends_back_signs_and_takes_back_on_its_page() -> None:
    bodies()
    row = put(at=AT.replace(year=2025))
    row = verdicts.reply(row.key, putting=1, text="We did.", held_text="", by=LEAD, at=AT.replace(year=2025, day=7), because="")
    auditor = client("auditor")
    assert "Sign it" in words(auditor, PAGE)
    auditor.post(PAGE, {"act": "sign", "version": str(row.version), "because": "It is carried."})
    assert Verdict.objects.get().state == "signed"
    auditor.post(PAGE, {"act": "retract", "version": str(row.version + 1), "because": "A mistake."})
    page = words(client(), PAGE)
    assert ("was signed and then taken back" in page, "A mistake." in page) == (True, True)


def test_auditor_sends_back_with_a_reason() -> None:
    row = verdict_in("replied")
    assert row is not None
    auditor = client("auditor")
    page = auditor.post(PAGE, {"act": "send_back", "version": str(row.version), "because": ""})
    assert (page.status_code, "Nothing is written here" in page.content.decode()) == (422, True)
    auditor.post(PAGE, {"act": "send_back", "version": str(row.version), "because": "Weigh it again."})
    assert Verdict.objects.get().state == "sent_back"


def test_nobody_is_offered_to_sign_before_the_last_day() -> None:
    row = put()
    auditor = client("auditor")
    assert "Sign it" not in words(auditor, PAGE)
    assert auditor.post(PAGE, {"act": "sign", "version": str(row.version)}).status_code == 403
    assert Verdict.objects.get().state == "with_body"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"evidence_1": ""}, "Nothing is written here"),
        ({"year": "1900"}, "Found the year 1900"),
        ({"undertaking": "compact-2010/99"}, "expected one of"),
    ],
)
def test_proposal_that_is_refused_keeps_what_was_written(told: dict[str, str], why: str) -> None:
    bodies()
    page = client("assessor").post("/verdicts/new/", PROPOSAL | told)
    assert (page.status_code, why in page.content.decode(), "For the body alone." in page.content.decode()) == (422, True, True)
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("days", ["0", "251"])
def test_days_to_reply_have_bounds(days: str) -> None:
    row = proposed()
    page = client("assessor").post(PAGE, {"act": "put", "version": str(row.version), "days": days})
    assert (page.status_code, f"Found {days} working days" in page.content.decode()) == (422, True)


def test_two_who_act_at_once_lose_nothing() -> None:
    row = put()
    verdicts.send_back(row.key, version=row.version, by=AUDITOR, at=AT, because="weigh it again")
    given = {"act": "revise", "grade": "met", "text": "My own words.", "evidence_1": "A page", "dated_1": "2031-03-01"}
    page = client("assessor").post(PAGE, given | {"version": str(row.version)})
    assert (page.status_code, "My own words." in page.content.decode()) == (409, True)


def test_signed_verdict_shows_the_reply_and_no_held_word() -> None:
    bodies()
    row = verdict_in("replied")
    assert row is not None
    verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    page = words(client(), PAGE)
    for said in ("Did Department of Examples keep The Compact (2010), 3.3 in 2031?", "We gave one.", "after the body replied", "by the auditor"):
        assert said in page
    assert "zq-held-words" not in page


def test_signed_in_silence_says_so_with_how_the_day_was_counted() -> None:
    bodies()
    row = put()
    verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    page = words(client(), PAGE)
    assert ("silence no reply by 20 May 2031" in page, "10 working days after 6 May 2031 = 20 May 2031" in page) == (True, True)
    assert "after its last day to reply passed in silence" in page


@pytest.mark.parametrize("state", ["proposed", "with_body", "replied", "sent_back", "withdrawn"])
def test_verdict_not_signed_is_no_page_for_the_public(state: str) -> None:
    verdict_in(state)
    assert client().get(PAGE).status_code == 404


def test_withdrawn_one_is_no_longer_waited_for() -> None:
    row = put()
    verdicts.withdraw(row.key, version=row.version, by=ASSESSOR, at=AT + timedelta(days=1), because="wrong body")
    assert "no longer asked" in words(client("auditor"), PAGE)
