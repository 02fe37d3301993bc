"""Pages of audits: the matrix, a cell and what may be done with it, letters, figures."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.judgement.invented import AUDITOR, CELL, LEAD, SILENT, audit_round, finding_in, graded, replied, sent
from tests.office import AT, EXAMPLES, SAMPLES, bodies, client

from opencompact.asking.models import Ask
from opencompact.judgement.actions import audits, audits_letters
from opencompact.judgement.models import Finding, Letter, Recommendation, Round
from opencompact.promises.actions.ledger import record_commitment
from opencompact.promises.models import Update
from opencompact.web.judgement.audits_figures import cases_of, half_years
from opencompact.web.judgement.audits_grades import grade, scale

pytestmark = pytest.mark.django_db
PAGE = "/audits/audit/"
AT_CELL = f"/audits/audit/lead/{EXAMPLES}/"
DRAFT = {"act": "grade", "grade": "adequate", "text": "Most was done.", "cut_off_on": "2031-03-31"}


def words(browser: Client, address: str) -> str:
    """The page's text, without tags."""
    page = browser.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def published(cell: tuple[str, str, str] = CELL) -> None:
    row = replied(cell)
    audits.publish(*cell, version=row.version, by=AUDITOR, at=AT + timedelta(days=2))


def test_grades_come_from_the_catalogue_the_lowest_first() -> None:
    assert [(each.grade, each.ranks) for each in scale()] == [
        ("none", True),
        ("limited", True),
        ("adequate", True),
        ("good", True),
        ("cannot_tell", False),
    ]
    assert (grade("good").label, grade("").label, len({each.pattern for each in scale()})) == ("Good", "Not graded", 5)


def test_list_without_an_audit_says_why_and_what_would_fill_it() -> None:
    assert "No audit is published yet. An auditor opens one" in words(client(), "/audits/")


@pytest.mark.parametrize("rows", [1, 3])
def test_matrix_takes_the_same_few_queries_whatever_its_size(rows: int, django_assert_num_queries) -> None:
    bodies()
    audit_round()
    for place in range(rows):
        audits.recommend("audit", key=f"more-{place}", title=f"More {place}", text="More.", by=AUDITOR, at=AT, because="")
        published(("audit", f"more-{place}", EXAMPLES))
    browser = client()
    with django_assert_num_queries(5):
        assert browser.get(PAGE).status_code == 200


def test_matrix_tells_grades_in_words_and_pattern() -> None:
    bodies()
    finding_in("published")
    page = client().get(PAGE).content.decode()
    assert re.findall(r'<td class="cell grade-(\w+)"><a href="([^"]+)"><b>([^<]+)', page) == [
        ("sparse", AT_CELL, "Limited"),
        ("ungraded", f"/audits/audit/lead/{SAMPLES}/", "Not graded"),
    ]
    assert "1 finding is published of 2 cells" in words(client(), PAGE).replace("\xa0", " ")


def test_round_nobody_may_see_yet_is_not_found() -> None:
    audit_round()
    graded()
    assert [client(role).get(PAGE).status_code for role in ("public", "lead", "auditor")] == [404, 404, 200]
    assert [client(role).get(AT_CELL).status_code for role in ("public", "lead")] == [404, 404]


def test_file_holds_every_cell_also_those_not_graded() -> None:
    bodies()
    finding_in("published")
    lines = b"".join(client().get(f"{PAGE}?format=csv").streaming_content).decode().splitlines()
    assert lines[1:] == [
        f"lead,Name who leads,{EXAMPLES},Department of Examples,published,limited,Some was done.,2031-03-31,2031-05-28,We did more.,2031-05-08,",
        f"lead,Name who leads,{SAMPLES},Ministry of Samples,,,,,,,,",
    ]


def test_round_is_opened_followed_up_and_given_a_recommendation() -> None:
    bodies()
    auditor = client("auditor")
    given = {"title": "Audit of May", "cut_off_on": "2031-03-31", "reply_working_days": "15", "bodies": "Department of Examples\nministry-of-samples"}
    assert auditor.post("/audits/new/", given).headers["Location"] == "/audits/audit-of-may-2031/"
    page = "/audits/audit-of-may-2031/"
    assert auditor.post(page, {"act": "recommend", "title": "Name who leads", "text": "Name one."}).headers["Location"] == page
    again = {"title": "Follow-up", "cut_off_on": "2032-03-31", "reply_working_days": "10"}
    assert auditor.post("/audits/new/?follows=audit-of-may-2031", again).headers["Location"] == "/audits/follow-up-2032/"
    row = Round.objects.get(key="follow-up-2032")
    assert ([each.body for each in row.bodies.order_by("body")], [each.key for each in row.recommendations.all()]) == ([EXAMPLES, SAMPLES], ["name-who-leads"])
    assert "Follow up Audit of May" in words(auditor, "/audits/new/?follows=audit-of-may-2031")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"bodies": "Nobody"}, "Found Nobody, which takes no part under that name"),
        ({"bodies": ""}, "Nothing is written here"),
        ({"reply_working_days": "0"}, "Found 1 bodies and 0 days"),
        ({"cut_off_on": "soon"}, "Found &#x27;soon&#x27;; expected a day"),
    ],
)
def test_round_that_cannot_be_opened_keeps_what_was_written(told: dict[str, str], why: str) -> None:
    bodies()
    given = {"title": "Audit of May", "cut_off_on": "2031-03-31", "reply_working_days": "15", "bodies": EXAMPLES, **told}
    page = client("auditor").post("/audits/new/", given)
    assert (page.status_code, why in page.content.decode(), 'value="Audit of May"' in page.content.decode()) == (422, True, True)


def test_only_auditors_open_a_round() -> None:
    assert [client(role).get("/audits/new/").status_code for role in ("public", "central", "auditor")] == [302, 403, 200]


def test_whole_round_is_sent_and_published_by_a_button() -> None:
    bodies()
    audit_round()
    graded()
    auditor = client("auditor")
    assert "Send 1 drafted finding to their bodies" in words(auditor, PAGE).replace("\xa0", " ")
    auditor.post(PAGE, {"act": "send"})
    assert Finding.objects.get().state == "with_body"
    row = Finding.objects.get()
    audits.reply(*CELL, sending=1, text="We did.", held_text="", by=LEAD, at=row.sent_at or AT, because="")
    auditor.post(PAGE, {"act": "publish"})
    assert Finding.objects.get().state == "published"
    assert client("central").post(PAGE, {"act": "publish"}).status_code == 403


def test_cell_is_drafted_sent_and_withdrawn_on_its_page() -> None:
    bodies()
    audit_round()
    auditor = client("auditor")
    given = DRAFT | {"evidence_1": "A page", "dated_1": "2031-03-01", "address_1": "https://example.org/page", "held_text": "To ask again."}
    assert auditor.post(AT_CELL, given).headers["Location"] == AT_CELL
    row = Finding.objects.get()
    assert (row.grade, row.held_text, [each.title for each in row.evidence.all()]) == ("adequate", "To ask again.", ["A page"])
    assert 'value="https://example.org/page"' in auditor.get(AT_CELL).content.decode()
    auditor.post(AT_CELL, {"act": "send_finding", "version": str(row.version)})
    assert (Finding.objects.get().state, Ask.objects.get().kind) == ("with_body", audits.KIND)
    auditor.post(AT_CELL, {"act": "revise", "version": "2", "because": "A page was missed."})
    auditor.post(AT_CELL, {"act": "withdraw", "version": "3", "because": "A mistake."})
    assert [step.verb for step in Finding.objects.get().steps.order_by("pk")] == ["grade", "send_finding", "revise", "withdraw"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"text": ""}, "Nothing is written here"),
        ({"dated_1": "2031-04-01", "evidence_1": "A later page"}, "later than the cut-off day"),
        ({"address_2": "https://example.org/page"}, "Evidence 2 needs both what it is and the day"),
    ],
)
def test_draft_that_is_refused_keeps_what_was_written(told: dict[str, str], why: str) -> None:
    audit_round()
    page = client("auditor").post(AT_CELL, DRAFT | {"held_text": "To ask again."} | told)
    assert (page.status_code, why in page.content.decode(), "To ask again." in page.content.decode()) == (422, True, True)
    assert Finding.objects.count() == 0


def test_two_who_draft_at_once_lose_nothing() -> None:
    audit_round()
    row = graded()
    graded(version=row.version)
    page = client("auditor").post(AT_CELL, DRAFT | {"version": str(row.version), "text": "My own words."})
    assert (page.status_code, "My own words." in page.content.decode(), Finding.objects.get().text) == (409, True, "Some was done.")


def test_published_cell_shows_reply_evidence_and_trail_and_no_held_word() -> None:
    bodies()
    finding_in("published")
    page = words(client(), AT_CELL)
    for said in ("We did more.", "An invented page", "a" * 64, "Evidence up to 31", "Sent to the body", "Nothing later is recorded"):
        assert said in page.replace("\xa0", " ") or said in page
    assert ("zq-held-words" in page, "Draft" in page) == (False, False)


def test_silence_is_said_with_how_the_day_was_counted() -> None:
    bodies()
    audit_round()
    row = sent()
    audits.publish(*CELL, version=row.version, by=AUDITOR, at=SILENT)
    page = words(client(), AT_CELL).replace("\xa0", " ")
    assert "The body did not reply by 28 May 2031 (15 working days after 6 May 2031, without 26 May 2031 = 28 May 2031)." in page


def test_cell_taken_back_says_so_first() -> None:
    finding_in("retracted")
    assert "was published and then taken back" in words(client(), AT_CELL)


def test_cell_nobody_graded_says_when_it_will_be() -> None:
    finding_in("published")
    page = words(client(), f"/audits/audit/lead/{SAMPLES}/")
    assert "Nothing to be seen is found here yet" in page


def test_development_is_put_beside_by_the_body() -> None:
    bodies()
    audit_round()
    row = audits.send_finding(*CELL, version=graded(cut_off_on=date(2025, 12, 31), evidence=()).version, by=AUDITOR, at=AT)
    audits.publish(*CELL, version=row.version, by=AUDITOR, at=SILENT)
    given = {"act": "development", "on": "2026-01-02", "text": "A new official.", "address": "https://example.org/new"}
    assert client("lead").post(AT_CELL, given).headers["Location"] == AT_CELL
    page = words(client(), AT_CELL)
    assert ("A new official." in page, "put here by the body" in page) == (True, True)
    assert client("lead", SAMPLES).post(AT_CELL, given).status_code == 403


def test_finding_is_put_on_its_promise_in_the_ledger() -> None:
    bodies()
    row = finding_in("published")
    assert row is not None
    told = {"kind": "recommendation", "title": "Name who leads", "text": "We will.", "owners": (EXAMPLES,), "due_on": None, "because": ""}
    record_commitment(key="promise", by=AUDITOR, at=AT, **told)
    Recommendation.objects.update(commitment="promise")
    assert client("auditor").post(AT_CELL, {"act": "ledger", "finding": "delivered_in_part"}).headers["Location"] == "/ledger/promise/"
    update = Update.objects.get()
    assert (update.finding, update.text, [each.address for each in update.evidence.all()]) == (
        "delivered_in_part",
        "Some was done.",
        [f"http://testserver{AT_CELL}"],
    )
    assert "/ledger/promise/" in client().get(PAGE).content.decode()


def test_earlier_round_stands_beside_and_movement_is_said() -> None:
    bodies()
    finding_in("published")
    audit_round("next", follows="audit")
    cell = ("next", "lead", EXAMPLES)
    row = audits.send_finding(*cell, version=graded(cell, grade="good").version, by=AUDITOR, at=SILENT)
    audits.publish(*cell, version=row.version, by=AUDITOR, at=SILENT + timedelta(days=60))
    page = words(client(), f"/audits/next/lead/{EXAMPLES}/")
    assert ("Movement: better than the round before." in page, "Invented audit" in page) == (True, True)
    assert "1 better, 0 worse, 0 as before" in words(client(), "/audits/next/")


def test_letter_is_ready_to_check_and_is_sent_as_an_ask() -> None:
    bodies()
    finding_in("published")
    audit_round("next", follows="audit")
    address = f"/audits/next/lead/{EXAMPLES}/letter/"
    auditor = client("auditor")
    page = words(auditor, address).replace("\xa0", " ")
    assert "Please send us, by [last day]:" in page
    assert "we found, on evidence up to 31 March 2031: Some was done. We graded it: limited." in page
    given = {"act": "send", "text": "Send it by [last day], please.", "days": "15"}
    assert auditor.post(address, given).headers["Location"] == f"{address}1/"
    row = Letter.objects.get()
    assert (f"by {row.due_on.day}" in row.text, Ask.objects.get(kind=audits_letters.KIND).due_on) == (True, row.due_on)
    assert "Send it by" in words(auditor, f"{address}1/")
    assert [client(*role).get(f"{address}1/").status_code for role in (("public",), ("lead", SAMPLES), ("lead", EXAMPLES))] == [404, 404, 200]
    assert client("central").get(address).status_code == 403
    assert auditor.get(f"{address}2/").status_code == 404
    assert auditor.get(f"/audits/next/none/{EXAMPLES}/letter/").status_code == 404


def test_letter_that_is_refused_keeps_what_was_written() -> None:
    bodies()
    audit_round()
    page = client("auditor").post(f"{AT_CELL}letter/", {"act": "send", "text": "Kept words.", "days": "some"})
    assert (page.status_code, "Kept words." in page.content.decode(), Letter.objects.count()) == (422, True, 0)


def test_body_reads_the_letter_sent_to_it() -> None:
    bodies()
    audit_round()
    sent()
    told = {"due_on": AT.date(), "how_counted": "counted", "by": AUDITOR, "at": AT, "because": ""}
    audits_letters.send_letter(*CELL, text="Please send your list.", **told)
    assert "Please send your list." in words(client("lead"), f"{AT_CELL}letter/1/")
    assert client("lead", SAMPLES).get(f"{AT_CELL}letter/1/").status_code == 404


def test_figures_are_computed_from_the_rows_of_the_release(site: Client) -> None:
    cases = cases_of(["department-for-examples"], until=date(2040, 1, 1))
    told = {"title": "Invented", "text": "", "reply_working_days": 15, "by": AUDITOR, "at": AT, "because": ""}
    audits.open_round("figures", bodies=["department-for-examples"], cut_off_on=date(2040, 1, 1), **told)
    page = words(client("auditor"), "/audits/figures/figures/").replace("\xa0", " ")
    few = sum(case.days is not None and case.days < 84 for case in cases)
    known = sum(case.days is not None for case in cases)
    assert (known > 0, f"Of {known} consultation" in page, f"{few} of {known}" in page) == (True, True, True)
    lines = b"".join(client("auditor").get("/audits/figures/figures/?format=csv").streaming_content).decode().splitlines()
    assert lines[0] == 'Body,Under 12 weeks,"Short, no reason found",Length not known'
    assert client().get("/audits/figures/figures/").status_code == 404


def test_figures_without_a_release_say_what_would_fill_them() -> None:
    bodies()
    finding_in("published")
    assert "It is filled by `opencompact build`." in words(client(), f"{PAGE}figures/")


def test_half_years_cover_every_day_once() -> None:
    made = half_years(date(2011, 8, 1), date(2013, 2, 1))
    assert list(made) == ["July to December 2011", "January to June 2012", "July to December 2012", "January to June 2013"]
    assert [(second[0] - first[1]).days for first, second in zip(made.values(), list(made.values())[1:], strict=False)] == [1, 1, 1]


def test_published_by_hand_is_offered_only_once_the_reply_is_finished() -> None:
    bodies()
    audit_round()
    row = sent()
    auditor = client("auditor")
    assert auditor.post(AT_CELL, {"act": "publish", "version": str(row.version)}).status_code == 403
    row = audits.reply(*CELL, sending=1, text="We did more.", held_text="", by=LEAD, at=AT.replace(year=2025), because="")
    auditor.post(AT_CELL, {"act": "publish", "version": str(row.version), "because": "Replied."})
    assert next((step.verb, step.because) for step in Finding.objects.get().steps.order_by("-pk")) == ("publish", "Replied.")


def test_draft_is_said_not_to_have_been_put_to_the_body() -> None:
    audit_round()
    graded()
    page = words(client("auditor"), AT_CELL)
    assert ("It was not yet put to the body." in page, "Working note of the audit, never published" in page) == (True, True)


def test_ledger_that_refuses_the_finding_says_why() -> None:
    bodies()
    finding_in("published")
    told = {"kind": "recommendation", "title": "Name who leads", "text": "We will.", "owners": (EXAMPLES,), "due_on": None, "because": ""}
    record_commitment(key="promise", by=AUDITOR, at=AT, **told)
    Recommendation.objects.update(commitment="promise")
    auditor = client("auditor")
    auditor.post(AT_CELL, {"act": "ledger", "finding": "delivered"})
    Finding.objects.update(text="")
    page = auditor.post(AT_CELL, {"act": "ledger", "finding": "cannot_be_assessed"})
    assert (page.status_code, Update.objects.count()) == (422, 1)
