"""The review pages as reviewers and others meet them: queue, one payee, decisions and their file, vendor lists."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.office import client
from tests.organisations.waiting import COUNCIL, CUT, FIRM, OFFICE, PERSON, TWIN, TWINS, build, org_id

from opencompact.lake import Lake
from opencompact.organisations.models import NameDecision
from opencompact.organisations.queries.decisions import in_force
from opencompact.organisations.rules.learned import Learned
from opencompact.registry import load_shapes

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    build(folder / "lake")
    return folder


@pytest.fixture(autouse=True)
def _here(folder, settings):
    settings.OPENCOMPACT_WORKSPACE = folder


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def first(browser, state="review"):
    return browser.get(f"/review/next/?state={state}").headers["Location"]


def fields(browser, address):
    page = browser.get(address).content.decode()
    return {"seen": re.search(r'name="seen" value="([^"]*)"', page)[1], "choice": re.search(r'name="choice" value="(organisation:[^"]+)"', page)[1]}


@pytest.mark.parametrize("address", ["/review/", "/review/decisions/", "/review/vendors/", "/review/next/"])
def test_names_that_may_be_of_people_are_for_those_in_the_table(address):
    assert Client().get(address).status_code == 302
    assert client("lead").get(address).status_code == 403
    assert client("reviewer").get(address).status_code in (200, 302)


def test_queue_says_what_waits_and_begins_with_the_largest():
    browser = client("reviewer")
    page = words(browser.get("/review/"))
    assert "1 payee (with candidates) with £10,000 waits for a person." in page
    assert f"The {TWIN}" in page
    assert PERSON not in page
    assert FIRM in words(browser.get("/review/?state=unknown"))
    assert CUT.upper() in words(browser.get("/review/?state=probable"))
    assert "No payee waits here" in words(browser.get(f"/review/?state=probable&body={OFFICE}"))


def test_decisions_page_says_what_was_learned_and_what_probabilities_became(folder):
    assert "Nothing yet: at the last build no name" in words(client("reviewer").get("/review/decisions/"))
    rows = [
        {"probability_from": 0.3, "probability_to": 0.5, "decisions": 0, "right": 0, "shift": -0.5, "slope": 1.1},
        {"probability_from": 0.9, "probability_to": 0.95, "decisions": 4, "right": 3, "scored": 0.92, "heeded": 0.89, "shift": -0.5, "slope": 1.1},
    ]
    lake = Lake(folder / "lake", load_shapes())
    with lake.change() as change:
        change.after = dict(change.before)
        change.put_rows("match_learning", rows)
    page = words(client("reviewer").get("/review/decisions/"))
    build(folder / "lake")
    assert "What the decisions taught" in page
    assert "0.90 to 0.95 4 3 75 % 92 % 89 %" in page
    became = Learned(-0.5, 1.1, 4)
    assert f"Where the scorer says 0.70 is now {became.of(0.7):.2f}, 0.80 is now {became.of(0.8):.2f}" in page


def test_payee_shows_its_candidates_side_by_side_with_its_rows():
    browser = client("reviewer")
    page = browser.get(first(browser)).content.decode()
    for told in (*TWINS, 'accesskey="1"', 'accesskey="2"', 'accesskey="0"', "spend.csv, row 3", "£9,000", "V2", "register.csv"):
        assert told in page
    assert browser.get("/review/payee/none/").status_code == 404


def test_one_press_decides_and_the_next_payee_comes_with_an_undo():
    browser = client("reviewer")
    address = first(browser)
    sent = browser.post(address, fields(browser, address))
    row = NameDecision.objects.get()
    assert (row.organisation_id, row.because.startswith("Chosen among the candidates shown: "), row.body) == (TWINS[1], True, "")
    assert sent.headers["Location"].endswith(f"&done={row.key}")
    assert browser.get(sent.headers["Location"]).headers["Location"] == "/review/"
    assert "Nothing waits here." in words(browser.get("/review/"))
    shown = words(browser.get(f"{address}?done={row.key}"))
    assert "Decided:" in shown
    assert "Undo" in shown
    assert browser.post(f"/review/decisions/{row.key}/", {"because": "A slip."}).status_code == 302
    assert "1 payee" in words(browser.get("/review/"))


def test_a_second_person_deciding_meanwhile_is_told():
    browser = client("reviewer")
    address = first(browser)
    sent = fields(browser, address)
    browser.post(address, sent)
    late = client("central").post(address, sent)
    assert (late.status_code, "Somebody decided about" in words(late)) == (409, True)
    assert NameDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"choice": "none_of_these"}, ("none_of_these", "", "None of the candidates shown fits.")),
        ({"choice": "not_voluntary"}, ("not_voluntary", "", "By its name and the rows it stands on.")),
        ({"choice": "typed", "organisation": "gb-coh-98000001", "because": "Their invoice."}, ("organisation", "GB-COH-98000001", "Their invoice.")),
    ],
)
def test_other_ways_to_decide(sent, expected):
    browser = client("reviewer")
    browser.post(first(browser), {"seen": "", **sent})
    row = NameDecision.objects.get()
    assert (row.outcome, row.organisation_id, row.because) == expected


@pytest.mark.parametrize("sent", [{"choice": ""}, {"choice": "typed", "organisation": "1900001"}, {"choice": "organisation:GB-CHC-1"}])
def test_what_cannot_stand_is_said_on_the_page(sent):
    browser = client("reviewer")
    answer = browser.post(first(browser), {"seen": "", **sent})
    assert (answer.status_code, "Nothing was decided yet" in words(answer)) == (422, True)
    assert NameDecision.objects.count() == 0


def test_an_analyst_sees_and_decides_for_the_own_body_alone():
    browser = client("analyst", OFFICE)
    address = first(browser)
    assert "You see the payees of 1 body you act for." in words(browser.get("/review/"))
    answer = browser.post(address, {"seen": "", "choice": "none_of_these", "body": ""})
    assert answer.status_code == 403
    assert browser.post(address, {"seen": "", "choice": "none_of_these", "body": OFFICE}).status_code == 302
    assert (NameDecision.objects.get().body, "Nothing waits here." in words(browser.get("/review/"))) == (OFFICE, True)
    assert "1 payee" in words(client("reviewer").get("/review/"))


def test_an_analyst_sees_no_row_spelling_or_decision_of_another_body():
    reviewer, analyst, other = client("reviewer"), client("analyst", OFFICE), client("analyst", "sample-other-office")
    address = first(reviewer)
    reviewer.post(address, {"seen": "", "choice": "none_of_these", "body": COUNCIL, "because": "The council says so."})
    all_of_it, own = words(reviewer.get(address)), words(analyst.get(address))
    assert ("spend.csv, row 3" in all_of_it, "spend.csv, row 4" in all_of_it, "The council says so." in all_of_it) == (True, True, True)
    assert ("spend.csv, row 3" in own, "spend.csv, row 4" in own, "The council says so." in own) == (False, True, False)
    assert ("Written 2 ways" in all_of_it, "Written 2 ways" in own) == (True, False)
    assert "you act for no other body" in own
    assert other.get(address).status_code == 404


def test_skipping_goes_to_the_next_and_after_the_last_to_the_queue():
    browser = client("reviewer")
    key = first(browser, "unknown").split("/")[3]
    assert browser.get(f"/review/next/?state=unknown&after={key}").headers["Location"] == "/review/"


def test_decisions_are_listed_given_as_a_file_and_taken_from_one():
    browser = client("reviewer")
    browser.post(first(browser), {"seen": "", "choice": "none_of_these"})
    assert "1 decision stands." in words(browser.get("/review/decisions/"))
    text = browser.get("/review/decisions/?format=csv").getvalue().decode()
    assert text.startswith("payee_name,published_org_id,body,vendor_number,outcome,organisation_id,because,decision,decided_by,decided_at,origin")
    NameDecision.objects.all().delete()
    file = SimpleUploadedFile("theirs.csv", text.encode())
    assert "Decisions made 1" in words(browser.post("/review/decisions/", {"decisions": file}))
    row = in_force().get()
    assert "theirs.csv, row 2" in words(browser.get(f"/review/decisions/{row.key}/"))
    assert browser.get("/review/decisions/none/").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a,b\n", "expected payee_name, outcome, organisation_id, because too"), (b"\xff\xfe\x00", "no UTF-8"), (None, "expected a CSV file")],
)
def test_a_file_that_is_none_is_refused_in_words(content, said):
    sent = {"decisions": SimpleUploadedFile("f.csv", content)} if content else {}
    answer = client("reviewer").post("/review/decisions/", sent)
    assert (answer.status_code, said in words(answer)) == (422, True)


def test_cells_not_taken_are_shown_with_row_and_column():
    file = SimpleUploadedFile("f.csv", b"payee_name,outcome,organisation_id,because\nLamp,organisation,,x\n")
    answer = client("reviewer").post("/review/decisions/", {"decisions": file})
    assert (answer.status_code, "What could not be taken" in words(answer), "organisation_id" in words(answer)) == (422, True, True)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_as_many_questions_however_long(number, django_assert_num_queries):
    browser = client("reviewer")
    for place in range(number):
        rows = f"payee_name,outcome,organisation_id,because\nLamp {place},not_voluntary,,A shop\n"
        browser.post("/review/decisions/", {"decisions": SimpleUploadedFile("f.csv", rows.encode())})
    with django_assert_num_queries(7):
        browser.get("/review/decisions/")
    with django_assert_num_queries(6):
        browser.get("/review/")


def test_vendor_list_is_remembered_once_and_only_new_vendors_are_left():
    browser = client("analyst", COUNCIL)
    assert "5 0" in words(browser.get("/review/vendors/"))
    address = f"/review/vendors/{COUNCIL}/"
    page = words(browser.get(address))
    assert "has 5 vendor numbers: 0 settled, 5 not yet." in page
    sent = browser.post(address)
    assert sent.headers["Location"] == f"{address}?remembered=2"
    assert {row.vendor_number: row.organisation_id for row in in_force()} == {"V4": org_id(5), "V5": org_id(9)}
    page = words(browser.get(sent.headers["Location"]))
    assert ("2 settled, 3 not yet." in page, "2 vendors remembered." in page) == (True, True)
    text = browser.get(f"{address}?format=csv").getvalue().decode()
    assert [line.split(",")[3] for line in text.splitlines()[1:]] == ["V2", "V3", "V1"]
    assert browser.get(f"/review/vendors/{OFFICE}/").status_code == 403


def test_without_a_lake_the_page_says_what_would_fill_it(settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    browser = client("reviewer")
    for address in ("/review/", "/review/next/", "/review/vendors/", f"/review/vendors/{COUNCIL}/"):
        assert "No lake with names to review is built yet" in words(browser.get(address))
    assert browser.get("/review/payee/x/").status_code == 403
