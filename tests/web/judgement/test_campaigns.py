"""Pages of campaigns: begun, sent, reminded, answered by hand or by file, and the rounds of 2012 by their published margins."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from re import sub

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook
from tests.office import EXAMPLES, VOICE, bodies, client, viewer

from opencompact.judgement.actions import campaigns as actions
from opencompact.judgement.actions.returns import Asked
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound
from opencompact.web import given_rows

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")
GIVEN = {"title": "What councils did", "year": "2025", "questions": "councils-2012", "letter": "We ask."}


def words(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(sub(r"<[^>]+>", " ", content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ").replace("&#x27;", "'").split())


def begin(*names: str, questions: str = "councils-2012", days: int = 70, sent: bool = True, key: str = "councils") -> ReturnRound:
    """A campaign begun so many days ago, sent that day."""
    at = timezone.now() - timedelta(days=days)
    asked = [Asked(name.lower().replace(" ", "-"), name, email="" if place else "foi@sample.invalid") for place, name in enumerate(names or ("Sample Town",))]
    row = actions.open_campaign(key, title="Councils", questions=questions, year=2025, letter="We ask.", bodies=asked, by=CENTRAL, at=at)
    for each in asked if sent else ():
        actions.send_request(key, each.body, on=timezone.localdate(at), version=1, by=CENTRAL, at=at)
    return row


def sheet(text: str, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_list_is_empty_and_says_who_begins_one() -> None:
    assert "No campaign is held yet. The central team, an auditor or a sector body begins one" in words(client().get("/campaigns/"))
    assert [client().get(address).status_code for address in ("/campaigns/none/", "/campaigns/none/none/")] == [404, 404]


def test_campaign_is_begun_from_names_a_kind_and_a_file_and_nothing_goes_out() -> None:
    bodies()
    browser = client("central")
    assert "Departments, as asked in 2012" in words(browser.get("/campaigns/new/"))
    given = {
        **GIVEN,
        "bodies": "Sample Town\n\nSample City",
        "kind": "department",
        "sheet": sheet("Council,E-mail,Nation\nSample Port,foi@port.example,scotland\n"),
    }
    response = browser.post("/campaigns/new/", given)
    assert (response.status_code, response.headers["Location"]) == (302, "/campaigns/what-councils-did-2025/")
    assert sorted(Addressee.objects.values_list("body", "nation", "state", "email")) == [
        (EXAMPLES, "england-and-wales", "unsent", ""),
        ("ministry-of-samples", "england-and-wales", "unsent", ""),
        ("sample-city", "england-and-wales", "unsent", ""),
        ("sample-port", "scotland", "unsent", "foi@port.example"),
        ("sample-town", "england-and-wales", "unsent", ""),
    ]
    assert mail.outbox == []
    assert "Nobody is asked yet: 5 bodies stand on the list." in words(client().get("/campaigns/what-councils-did-2025/"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"bodies": ""}, "Nobody is asked: name at least one body."),
        ({"bodies": "Sample Town\nSample Town"}, "sample-town stands twice: each is asked once."),
        ({"bodies": "Sample Town", "letter": ""}, "expected an answer in words"),
        ({"sheet": sheet("Council,Nation\nSample Port,atlantis\n")}, "list.csv, row 2, nation: found 'atlantis'; expected one of: england-and-wales"),
        ({"sheet": SimpleUploadedFile("list.xlsx", b"PK no workbook")}, "list.xlsx: found a damaged workbook; expected a whole one."),
        ({"sheet": SimpleUploadedFile("list.csv", b"\xff\xfe\x00")}, "list.csv: found a file that is neither XLSX nor CSV in UTF-8"),
    ],
)
def test_campaign_that_cannot_be_begun_is_refused_in_words(given: dict[str, object], says: str) -> None:
    bodies()
    response = client("central").post("/campaigns/new/", {**GIVEN, **given})
    assert (response.status_code, says in words(response).replace("&quot;", '"'), ReturnRound.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(("role", "may"), [("central", True), ("auditor", True), ("sector", True), ("lead", False), ("charity", False), ("analyst", False)])
def test_only_whoever_may_runs_a_campaign(role: str, may: bool) -> None:
    bodies()
    begin(sent=False)
    browser = client(role, VOICE if role in ("sector", "charity") else "")
    assert browser.get("/campaigns/new/").status_code == (200 if may else 403)
    assert ("Begin a campaign" in words(browser.get("/campaigns/"))) == may
    assert browser.post("/campaigns/councils/", {"act": "send"}).status_code == (302 if may else 403)
    assert Addressee.objects.get().state == ("sent" if may else "unsent")


def test_sending_writes_to_those_with_an_address_and_starts_every_clock() -> None:
    begin("Sample Town", "Sample City", sent=False)
    browser = client("central")
    assert "Send the request to 2 authorities" in words(browser.get("/campaigns/councils/"))
    assert "1 of these have none" in words(browser.get("/campaigns/councils/"))
    browser.post("/campaigns/councils/", {"act": "send"})
    assert [(each.subject, each.to) for each in mail.outbox] == [("Councils", ["foi@sample.invalid"])]
    assert mail.outbox[0].body.startswith("We ask.\n\n1. Grants to the sector in the year before, in pounds\n2. ")
    assert set(Addressee.objects.values_list("state", "sent_on")) == {("sent", timezone.localdate())}


def test_those_past_their_day_are_reminded_once_a_day() -> None:
    begin("Sample Town", "Sample City")
    actions.record_reply(
        "councils", "sample-city", answers={"grants": ("not_held", "")}, held=(), on=timezone.localdate(), version=2, by=CENTRAL, at=timezone.now()
    )
    browser = client("central")
    assert "Remind 1 authority past the day" in words(browser.get("/campaigns/councils/"))
    for _ in range(2):
        browser.post("/campaigns/councils/", {"act": "remind"})
    assert list(Addressee.objects.order_by("body").values_list("body", "reminders")) == [("sample-city", 0), ("sample-town", 1)]
    assert [each.subject for each in mail.outbox] == ["Councils: a reminder"]


def test_five_responses_and_those_still_open_stand_apart() -> None:
    names = ("Full", "Part", "None", "Cost", "Silent", "Early", "Unclear")
    begin(*names)
    questions = ("grants_before", "grants", "contracts_before", "contracts", "budget_before", "budget", "notice", "consulted")
    said = {
        "full": dict.fromkeys(questions, ("answered", "60")),
        "part": {"grants": ("answered", "60"), "budget": ("refused_cost", "")},
        "none": dict.fromkeys(questions, ("not_held", "")),
        "cost": dict.fromkeys(questions, ("refused_cost", "")),
    }
    for body, answers in said.items():
        actions.record_reply("councils", body, answers=answers, held=(), on=timezone.localdate(), version=2, by=CENTRAL, at=timezone.now())
    actions.extend("councils", "early", on=timezone.localdate(), until=timezone.localdate() + timedelta(days=9), version=2, by=CENTRAL, at=timezone.now())
    actions.record_unclear("councils", "unclear", on=timezone.localdate(), version=2, by=CENTRAL, at=timezone.now())
    page = words(client().get("/campaigns/councils/"))
    assert (
        "4 of 7 bodies asked replied; 2 answered at least one question, 1 all of them (14 %). 2 refused one or more on cost. 1 did not reply by the day."
        in page
    )
    bars = "Full 1 body Partial 1 body Not held 1 body Refused on cost 1 body No reply 1 body Not yet due 1 body Waits for us 1 body"
    assert bars in page
    assert "How the sector was consulted on changes 1 of 7 1 1 in words" in page


def test_file_brings_authorities_and_answers_and_says_what_it_could_not_read() -> None:
    begin("Sample Town", "Sample City")
    book = Workbook()
    book.active.append(["Name", "Replied on", "Grants to the sector in this year, in pounds", "consulted", "Political control"])
    book.active.append(["Sample Town", timezone.localdate().isoformat(), 12500, "not held", "x"])
    book.active.append(["Sample Port", "", "refused on cost", "", ""])
    book.active.append(["Sample City", "1999-01-01", "5", "", ""])
    book.active.append(["Sample Hill", "", "", "", ""])
    content = BytesIO()
    book.save(content)
    response = client("central").post("/campaigns/councils/", {"act": "sheet", "sheet": SimpleUploadedFile("list.xlsx", content.getvalue())})
    page = words(response)
    assert (response.status_code, "2 authorities put on the list, 2 replies recorded." in page) == (200, True)
    assert "4 replied_on 1999-01-01 Found 1 January 1999; expected a day from" in page
    assert "1 Political control a column that is not read" in page
    assert sorted(ReturnAnswer.objects.values_list("addressee__body", "question", "outcome", "text")) == [
        ("sample-port", "grants", "refused_cost", ""),
        ("sample-town", "consulted", "not_held", ""),
        ("sample-town", "grants", "answered", "12500.00"),
    ]
    assert dict(Addressee.objects.values_list("body", "state")) == {
        "sample-city": "sent",
        "sample-hill": "unsent",
        "sample-port": "replied",
        "sample-town": "replied",
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "The file: No file was given; expected a spreadsheet, .xlsx or .csv."),
        ({"sheet": sheet("grants\n5\n")}, "1 name no such column one of: name, authority"),
        ({"sheet": sheet("Name\n" + "x" * given_rows.MOST_BYTES)}, "list.csv: found 10.0 MB; expected at most 10 MB."),
    ],
)
def test_file_that_cannot_be_read_changes_nothing(given: dict[str, object], says: str) -> None:
    begin()
    response = client("central").post("/campaigns/councils/", {"act": "sheet", **given})
    assert (response.status_code, says in words(response), Addressee.objects.count()) == (422, True, 1)


def test_act_that_is_none_does_nothing() -> None:
    begin(sent=False)
    assert client("central").post("/campaigns/councils/", {"act": "burn"}).status_code == 302
    assert Addressee.objects.get().state == "unsent"


def test_set_without_both_years_shows_no_cuts() -> None:
    begin(questions="departments-2012")
    page = words(client().get("/campaigns/councils/"))
    assert ("Change, body by body" in page, "Departments, as asked in 2012" in page) == (False, True)


def test_councils_of_2012_by_their_margins() -> None:
    """352 asked; of 254 both years' grants are known, 56 % cut them, 50 % by more than their own money; contracts of 173 (68 %) fell by £60,711,392."""
    at = timezone.now() - timedelta(days=40)
    asked = [Asked(f"council-{number}", f"Council {number}") for number in range(352)]
    actions.open_campaign("councils-2012", title="2012", questions="councils-2012", year=2012, letter="We ask.", bodies=asked, by=CENTRAL, at=at)
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow(["Name", "Grants_before", "Grants", "Budget_before", "Budget", "Contracts_before", "Contracts"])
    for number in range(254):
        grants = 80 if number < 127 else 95 if number < 142 else 100
        contracts = [1_000_000, 650_000 if number < 172 else 488_608] if number < 173 else ["", ""]
        lines.writerow([f"Council {number}", 100, grants, 100, 90, *contracts])
    response = client("central").post("/campaigns/councils-2012/", {"act": "sheet", "sheet": sheet(out.getvalue())})
    assert "0 authorities put on the list, 254 replies recorded." in words(response)
    page = words(client().get("/campaigns/councils-2012/"))
    assert "Cut grants 142 of 254 whose grants of both years are known 56 %" in page
    assert "Cut them by more than their own money changed 127 of 254 whose own money of both years is known too 50 %" in page
    assert "Contracts of those that gave both years −£60,711,392.00 in 173 bodies" in page
    assert "Contracts with the sector in this year, in pounds 173 of 352" in page


@pytest.mark.parametrize("names", [("One",), ("One", "Two", "Three")])
@pytest.mark.parametrize(("address", "queries"), [("/campaigns/", 1), ("/campaigns/councils/", 3), ("/campaigns/councils/one/", 3)])
def test_pages_take_as_many_queries_whatever_the_rows(django_assert_num_queries, names: tuple[str, ...], address: str, queries: int) -> None:
    begin(*names)
    browser = client()
    with django_assert_num_queries(queries):
        browser.get(address)
