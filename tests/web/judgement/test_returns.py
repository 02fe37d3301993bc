"""Pages of the data return: opened by the central team, answered by its kind of ask, shown with its coverage, and what is held kept back."""

import csv
from datetime import date, timedelta
from html import unescape
from io import BytesIO, StringIO
from re import sub

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client, viewer

from opencompact.asking import actions as asking
from opencompact.asking.queries import Ask
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound
from opencompact.web.asking.kinds import kinds
from opencompact.web.judgement import returns_known
from opencompact.web.judgement.returns_asked import KINDS
from opencompact.web.judgement.returns_sets import STANDING, asked_of, questions_of, sets, source_of

pytestmark = pytest.mark.django_db
SECRET = "between-us-alone"


def words(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(sub(r"<[^>]+>", " ", content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ").split())


def open_year(year: int = 2020, *asked: str, days: int = 20) -> ReturnRound:
    """A return opened ten days before its last day, which is so many days from today."""
    at = timezone.now() - timedelta(days=30 - days if days < 20 else 10)
    due = timezone.localdate() + timedelta(days=days)
    named = [actions.Asked(body, body.replace("-", " ").title()) for body in asked or (EXAMPLES, SAMPLES)]
    by = viewer("central")
    row = actions.open_return(f"return-{year}", title=f"Return {year}", questions=STANDING, year=year, bodies=named, due_on=due, by=by, at=at)
    for each in named:
        asking.ask(each.body, kind=actions.KIND, subject=row.key, title=row.title, due_on=due, by=by, at=at, because="")
    return row


def send(year: int, body: str = EXAMPLES, **given: str) -> None:
    """A return drafted, cleared, sent, and taken by its kind."""
    ask, kind, at, by = Ask.objects.get(subject=f"return-{year}", body=body), KINDS[actions.KIND], timezone.now(), viewer("official", body)
    row = asking.draft(ask, given=given, questions=kind.questions(ask), version=None, by=viewer("lead", body), at=at)
    row = asking.clear(row, name="Sample Official", post="Director", version=row.version, by=by, at=at)
    kind.take(asking.send(row, version=row.version, by=by, at=at), by, at)


def test_pages_are_empty_and_say_what_would_fill_them() -> None:
    said = words(client().get("/returns/"))
    assert "0 returns are held." in said
    assert "No return is opened yet. The central team opens one for a year" in said
    assert [client().get(address).status_code for address in ("/returns/none/", "/returns/none/none/")] == [404, 404]


def test_central_team_opens_a_year_and_everybody_is_asked() -> None:
    bodies()
    year = timezone.localdate().year - 1
    browser = client("central")
    assert f"Data return {returns_known.year_words(year)}" in browser.get("/returns/new/").content.decode()
    due = timezone.localdate() + timedelta(days=40)
    response = browser.post("/returns/new/", {"title": "The return", "year": str(year), "due_on": due.isoformat()})
    assert (response.status_code, response.headers["Location"]) == (302, f"/returns/return-{year}/")
    assert sorted(Ask.objects.values_list("body", "kind", "due_on")) == [(EXAMPLES, "data_return", due), (SAMPLES, "data_return", due)]
    assert sorted(Addressee.objects.values_list("body", "state")) == [(EXAMPLES, "sent"), (SAMPLES, "sent")]
    again = browser.post("/returns/new/", {"title": "Again", "year": str(year), "due_on": due.isoformat()})
    assert (again.status_code, ReturnRound.objects.count()) == (422, 1)
    assert "is open already: there is one a year" in words(again)


@pytest.mark.parametrize(("year", "says"), [("1066", "expected a year from"), ("next", "expected a whole number")])
def test_year_that_cannot_be_is_refused_beside_its_field(year: str, says: str) -> None:
    bodies()
    response = client("central").post("/returns/new/", {"title": "The return", "year": year, "due_on": "2099-01-01"})
    assert (response.status_code, says in words(response), Ask.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("role", ["lead", "sector", "auditor", "charity"])
def test_others_do_not_open_a_return(role: str) -> None:
    assert client(role, VOICE if role == "sector" else "").post("/returns/new/", {"title": "x", "year": "2020", "due_on": "2099-01-01"}).status_code == 403
    assert "/returns/new/" not in client(role, VOICE if role == "sector" else "").get("/returns/").content.decode()


def test_return_shows_completeness_apart_from_what_it_says() -> None:
    bodies()
    open_year()
    send(2020, grants="1000", contracts="not held", consultations="refused on cost")
    said = words(client().get("/returns/return-2020/"))
    assert (
        "1 of 2 bodies asked replied; 1 answered at least one question, 0 all of them (0 %). 1 refused one or more on cost. 0 did not reply by the day." in said
    )
    assert "Department Of Examples Partial 1 of 15" in said
    assert "Ministry Of Samples Not yet due 0 of 15 no reply yet" in said
    assert "Grants to voluntary and social enterprises, in pounds 1 of 2 0 0 £1,000.00 £1,000.00" in said
    assert "Contracts with voluntary and social enterprises, in pounds 0 of 2 1 0 nobody answered" in said
    assert "Consultations opened 0 of 2 0 1 nobody answered" in said


def test_silence_past_the_day_is_published() -> None:
    bodies()
    open_year(2020, EXAMPLES, days=-3)
    assert "0 of 1 body asked replied;" in words(client().get("/returns/return-2020/"))
    assert "nothing was sent, 3 days past it" in words(client().get(f"/returns/return-2020/{EXAMPLES}/"))


def test_change_is_against_the_bodys_own_last_return_and_its_own_budget() -> None:
    bodies()
    open_year(2018)
    open_year(2020)
    send(2018, grants="1000", budget="100", contracts="500")
    send(2018, SAMPLES, grants="1000", budget="100")
    send(2020, grants="800", budget="90", contracts="400")
    send(2020, SAMPLES, grants="800")
    said = words(client().get("/returns/return-2020/"))
    assert "Department Of Examples £1,000.00 2018/19 £800.00 −20.0 % −10.0 % yes" in said
    assert "Ministry Of Samples £1,000.00 2018/19 £800.00 −20.0 % cannot tell cannot tell" in said
    assert "Cut grants 2 of 2 whose grants of both years are known 100 %" in said
    assert "changed 1 of 1 whose own money of both years is known too 100 %" in said
    assert "Contracts of those that gave both years −£100.00 in 1 body" in said
    one = words(client().get(f"/returns/return-2020/{EXAMPLES}/"))
    assert "Grants changed by −20.0 % Its own money changed by −10.0 % Cut by more than its own money? yes" in one
    assert "Grants to voluntary and social enterprises, in pounds £800.00 £1,000.00 −20.0 %" in one


def test_without_a_last_return_nobody_can_tell() -> None:
    bodies()
    open_year()
    send(2020, grants="800", budget="90")
    said = words(client().get("/returns/return-2020/"))
    assert "cannot tell: there is none whose grants of both years are known" in said
    assert "Cut by more than its own money? cannot tell" in words(client().get(f"/returns/return-2020/{EXAMPLES}/"))


@pytest.mark.parametrize(("role", "body", "seen"), [("public", "", False), ("lead", SAMPLES, False), ("lead", EXAMPLES, True), ("central", "", True)])
def test_held_answer_stays_with_its_body_and_the_office(role: str, body: str, seen: bool) -> None:
    bodies()
    open_year()
    send(2020, grants="1", held_text=SECRET)
    browser = client(role, body)
    pages = [words(browser.get(address)) for address in ("/returns/", "/returns/return-2020/", "/returns/return-2020/?format=csv")]
    assert [SECRET in page for page in pages] == [False, False, False]
    assert (SECRET in words(browser.get(f"/returns/return-2020/{EXAMPLES}/"))) == seen


def test_draft_is_seen_by_nobody_else() -> None:
    bodies()
    open_year()
    ask = Ask.objects.get(body=EXAMPLES)
    asking.draft(ask, given={"grants": "777777"}, questions=questions_of(STANDING), version=None, by=viewer("lead"), at=timezone.now())
    for role in ("public", "central", "auditor"):
        assert "777,777" not in words(client(role).get("/returns/return-2020/")) + words(client(role).get(f"/returns/return-2020/{EXAMPLES}/"))


def test_file_has_a_line_a_body_and_words_where_there_is_no_number() -> None:
    bodies()
    open_year()
    send(2020, grants="1000", contracts="not held")
    content = b"".join(client().get("/returns/return-2020/?format=csv").streaming_content).decode()
    rows = list(csv.DictReader(StringIO(content)))
    assert [(row["authority"], row["response"], row["grants"], row["contracts"], row["budget"]) for row in rows] == [
        (EXAMPLES, "partial", "1000.00", "Not held", ""),
        (SAMPLES, "waiting", "", "", ""),
    ]
    assert rows[0]["how_counted"] == "the day set for every body"


def test_body_answers_by_its_page_with_figures_or_words() -> None:
    bodies()
    open_year()
    ask = Ask.objects.get(body=EXAMPLES)
    browser, official = client("lead"), client("official")
    assert "Left empty it counts as not answered." in words(browser.get(f"/asks/{ask.pk}/"))
    refused = browser.post(f"/asks/{ask.pk}/", {"act": "draft", "grants": "a lot"})
    assert (refused.status_code, "or the words: Not held; Refused on cost" in words(refused)) == (422, True)
    browser.post(f"/asks/{ask.pk}/", {"act": "draft", "grants": "Not held", "budget": "1,200"})
    official.post(f"/asks/{ask.pk}/", {"act": "clear", "name": "Sample Official", "post": "Director", "version": "1"})
    official.post(f"/asks/{ask.pk}/", {"act": "send", "version": "2"})
    assert list(ReturnAnswer.objects.order_by("question").values_list("question", "outcome", "text")) == [
        ("budget", "answered", "1200.00"),
        ("grants", "not_held", ""),
    ]
    assert "Grants to voluntary and social enterprises, in pounds Not held" in words(browser.get(f"/asks/{ask.pk}/"))


def test_spreadsheet_goes_out_with_the_words_and_comes_back() -> None:
    bodies()
    open_year()
    ask = Ask.objects.get(body=EXAMPLES)
    asking.draft(ask, given={"grants": "not held"}, questions=questions_of(STANDING), version=None, by=viewer("lead"), at=timezone.now())
    response = client("lead").get("/asks/sheet.xlsx")
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    rows = list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert rows[2][rows[0].index("Grants to voluntary and social enterprises, in pounds")] == "Not held"


def test_what_is_read_first_is_the_bodys_own_last_return() -> None:
    bodies()
    open_year(2018)
    send(2018, grants="1000", contracts="not held", held_text=SECRET)
    open_year(2020)
    kind, ask = kinds()[actions.KIND], Ask.objects.get(subject="return-2020", body=EXAMPLES)
    assert [line.replace("\u00a0", " ") for line in kind.read_first(ask)] == [
        "For the financial year 2020/21. In your last return, for 2018/19, you said:",
        "Grants to voluntary and social enterprises, in pounds: £1,000.00",
        "Contracts with voluntary and social enterprises, in pounds: Not held",
    ]
    other = Ask.objects.get(subject="return-2020", body=SAMPLES)
    assert list(kind.read_first(other)) == ["For the financial year 2020/21. No earlier return of yours is held."]


def test_return_that_is_gone_asks_the_standing_questions_and_knows_nothing() -> None:
    bodies()
    ask = asking.ask(
        EXAMPLES, kind=actions.KIND, subject="return-1999", title="x", due_on=date(2099, 1, 1), by=viewer("central"), at=timezone.now(), because=""
    )
    kind = KINDS[actions.KIND]
    assert [question.name for question in kind.questions(ask)] == [question.name for question in questions_of(STANDING)]
    assert (dict(kind.known(ask)), tuple(kind.read_first(ask))) == ({}, ())


def test_release_fills_in_what_it_knows_and_says_where_from(site) -> None:
    """The invented release: two of Department for Examples' consultations of a year, say, and nothing of what it does not hold."""
    con_years = {}
    for year in range(2024, 2036):
        found = returns_known.filled("department-for-examples", year)
        if found.answers:
            con_years[year] = found
    assert con_years
    year, found = next(iter(con_years.items()))
    assert set(found.answers) == set(found.origins)
    assert all(text.startswith("Filled in from release ") and "counted" in text for text in found.origins.values())
    assert not {"endings", "budget", "raised"} & set(found.answers)


def test_one_bodys_answers_stand_beside_what_the_record_shows_and_where_from_on_page_and_in_the_file(site) -> None:
    bodies()
    open_year(2029, SAMPLES)
    send(2029, SAMPLES, grants="5", contracts="not held", held_text=SECRET)
    known = returns_known.filled(SAMPLES, 2029)
    page = words(site.get(f"/returns/return-2029/{SAMPLES}/"))
    assert "£5.00 none cannot tell £" in page
    assert known.origins["grants"] in unescape(page)
    file = b"".join(site.get(f"/returns/return-2029/{SAMPLES}/?format=csv").streaming_content).decode()
    rows = {row["question"]: row for row in csv.DictReader(StringIO(file))}
    assert (rows["grants"]["answer"], rows["grants"]["record_says"], rows["grants"]["record_from"]) == (
        "£5.00",
        known.answers["grants"],
        known.origins["grants"],
    )
    assert (rows["contracts"]["answer"], rows["budget"]["answer"], rows["budget"]["record_says"]) == ("Not held", "not answered", "")
    assert "held_text" not in rows


def test_financial_year_runs_from_april_to_march() -> None:
    assert returns_known.span_of(2031) == (date(2031, 4, 1), date(2032, 3, 31))
    assert returns_known.year_words(2031) == "2031/32"


def test_sets_of_questions_come_from_the_catalogue_with_their_sources() -> None:
    assert list(sets()) == ["councils-2011", "councils-2012", "departments-2012", "standing"]
    assert all("http" in source_of(name) and asked_of(name) for name in sets())
    assert [question.name for question in questions_of(STANDING) if question.held] == ["held_text"]


@pytest.mark.parametrize("asked", [(EXAMPLES,), (EXAMPLES, SAMPLES, VOICE)])
@pytest.mark.parametrize(("address", "queries"), [("/returns/", 1), ("/returns/return-2020/", 6), (f"/returns/return-2020/{EXAMPLES}/", 4)])
def test_pages_take_as_many_queries_whatever_the_rows(django_assert_num_queries, asked: tuple[str, ...], address: str, queries: int) -> None:
    bodies()
    open_year(2020, *asked)
    send(2020, grants="1000")
    browser = client()
    with django_assert_num_queries(queries):
        browser.get(address)
