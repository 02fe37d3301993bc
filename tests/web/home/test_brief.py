"""The quarter's brief: public facts alone, the same on the page and in the PDF, which is tagged, titled and two pages at most."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from re import sub

import pytest
from pypdf import PdfReader
from tests.office import EXAMPLES, SAMPLES, bodies, client, viewer

from opencompact.asking.actions import ask
from opencompact.promises.actions.ledger import record_commitment, record_update
from opencompact.promises.rules.quarter import BadQuarter
from opencompact.web.home import brief
from opencompact.web.home.brief_facts import Facts, Item, MustAct, facts

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")
BEGAN, DURING, AFTER = datetime(2025, 1, 6, 9, tzinfo=UTC), datetime(2025, 5, 6, 9, tzinfo=UTC), date(2025, 9, 1)
SECRET = "between-us-alone"


def promise(key: str, body: str, due_on: date | None, *, visibility: str = "public") -> None:
    who = {"by": CENTRAL, "at": BEGAN, "because": "a test"}
    record_commitment(key=key, kind="joint_action", title=f"Promise {key}", text="x", owners=(body,), due_on=due_on, visibility=visibility, **who)


def quarter() -> None:
    """A quarter, April to June 2025, with one promise of each fate, a silence, and something held."""
    bodies()
    promise("kept", EXAMPLES, date(2025, 6, 1))
    promise("claimed", EXAMPLES, None)
    promise("slipped", SAMPLES, date(2025, 5, 30))
    promise("late", SAMPLES, date(2025, 2, 1))
    promise("dropped", SAMPLES, date(2025, 12, 1))
    promise("ahead", EXAMPLES, date(2025, 12, 1))
    promise(SECRET, EXAMPLES, date(2025, 5, 1), visibility="held")
    record_update("kept", body="", on=DURING.date(), text="It stands.", held_text=SECRET, finding="delivered", by=viewer("auditor"), at=DURING, because="")
    record_update("claimed", body=EXAMPLES, on=DURING.date(), text="Done.", delivery="claimed_done", by=viewer("lead"), at=DURING, because="")
    record_update("dropped", body=SAMPLES, on=DURING.date(), text="No more.", delivery="withdrawn", by=viewer("lead", SAMPLES), at=DURING, because="")
    ask(SAMPLES, kind="sign_off", subject="s", title="A question", due_on=date(2025, 6, 2), by=CENTRAL, at=BEGAN, because="")
    ask(SAMPLES, kind="sign_off", subject="t", title="A later question", due_on=date(2025, 7, 2), by=CENTRAL, at=BEGAN, because="")


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def page_of(response) -> str:
    return " ".join(sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").replace("&#x27;", "'").split())


def test_facts_of_a_quarter_are_counted_from_what_is_public(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    quarter()
    found = facts("2025-Q2", is_sample=True, today=AFTER)
    assert (found.span, found.to_go, found.held) == ("1 April 2025 to 30 June 2025", 0, 6)
    assert (found.kept, found.checked, found.slipped, found.given_up, found.overdue, found.overdue_before) == (2, 1, 1, 1, 2, 1)
    assert [item.key for item in (*found.kept_items, *found.slipped_items, *found.given_up_items)] == ["kept", "claimed", "slipped", "dropped"]
    assert found.slipped_items == (Item("slipped", "Promise slipped", "Ministry of Samples", "Not started; due 30 May 2025"),)
    assert found.kept_items[1].said == "Done, says the owner; no day was set"
    assert (found.must_act, found.silent, found.vacant) == ((MustAct("Ministry of Samples", 2, 1, 2),), 1, 4)
    assert (found.record, found.release, found.verdicts) == ((), "", ())


def test_quarter_that_runs_is_told_as_of_today_and_one_to_come_as_of_its_first_day(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    quarter()
    running = facts("2025-Q2", is_sample=False, today=date(2025, 5, 10))
    assert (running.span, running.to_go, running.kept, running.slipped, running.silent) == ("1 April 2025 to 10 May 2025", 51, 2, 0, 0)
    assert facts("2025-Q4", is_sample=False, today=AFTER).span == "1 October 2025 to 1 October 2025"
    assert "The quarter runs for 51 more days." in brief.answer(running)[0]


def test_what_is_no_quarter_is_not_here() -> None:
    with pytest.raises(BadQuarter):
        facts("2025-Q9", is_sample=False, today=AFTER)
    assert [client().get(f"/office/{name}?quarter=2025-Q9").status_code for name in ("brief/", "brief.pdf")] == [404, 404]


def test_page_and_pdf_say_the_same_numbers_and_nothing_held(site) -> None:
    quarter()
    page, file = client().get("/office/brief/?quarter=2025-Q2"), client("central").get("/office/brief.pdf?quarter=2025-Q2")
    found = facts("2025-Q2", is_sample=True, today=AFTER)
    assert (page.status_code, file.status_code, file.headers["Content-Type"]) == (200, 200, "application/pdf")
    assert file.headers["Content-Disposition"] == 'attachment; filename="INVENTED-SAMPLE-opencompact-brief-2025-Q2.pdf"'
    shown, printed = page_of(page), text_of(file.content)
    for line in brief.answer(found):
        assert (line in shown, line in printed) == (True, True)
    for item in (*found.kept_items, *found.slipped_items, *found.given_up_items):
        assert (item.title in shown, item.said in shown, f"{item.title} {item.who}. {item.said}." in printed.replace(f"{item.title}.", item.title)) == (
            True,
        ) * 3
    for each in found.must_act:
        line = f"{each.body} {each.overdue} {each.silent} {each.vacant}"
        assert (line in shown, line in printed) == (True, True)
    assert (SECRET in shown, SECRET in printed) == (False, False)


def test_pdf_is_tagged_titled_in_english_and_bears_the_sample_band(site) -> None:
    quarter()
    reader = PdfReader(BytesIO(client().get("/office/brief.pdf?quarter=2025-Q2").content))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en-GB", True, True)
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == "The quarter's brief, 2025-Q2 (invented sample)"
    assert "Invented sample country: nothing here is real" in reader.pages[0].extract_text()


def full(number: int, *, is_sample: bool = True) -> Facts:
    """Facts with so many lines in each list, every line long."""
    item = Item(
        "key",
        "A promise whose title goes on for the whole of a long line and then some words more",
        ", ".join(["Department of Examples"] * 4),
        "Not started; due 30 May 2025",
    )
    act = MustAct("Department of Examples and a long name that goes on", 99, 99, 2)
    span, numbers, items = "1 April 2025 to 30 June 2025", (number,) * 9, ((item,) * number,) * 3
    return Facts("2025-Q2", span, 0, *numbers, *items, (act,) * number, (), (("Met", number),), "release 2025-06", is_sample, "1 July 2025")


@pytest.mark.parametrize("number", [0, 1, 7, 500])
def test_pdf_is_two_pages_at_most_and_counts_what_it_leaves_out(number: int) -> None:
    content = brief.pdf(full(number))
    reader, printed = PdfReader(BytesIO(content)), text_of(content)
    assert len(reader.pages) <= 2
    assert printed.count(f"And {number - brief.FEW} more, on the page.") == (3 if number > brief.FEW else 0)
    assert printed.count(f"And {number - brief.FEW} more bodies, on the page.") == (1 if number > brief.FEW else 0)
    assert printed.count("Invented sample country: nothing here is real") == len(reader.pages)


def test_pdf_of_a_real_country_has_no_band_and_a_plain_name() -> None:
    found = full(1, is_sample=False)
    assert "Invented sample country" not in text_of(brief.pdf(found))
    assert brief.file_name(found) == "opencompact-brief-2025-Q2.pdf"


def test_record_of_the_quarter_comes_from_the_release(site) -> None:
    """The first quarter the invented release has a figure for."""
    quarters = [f"{year}-Q{number}" for year in range(2028, 2036) for number in (1, 2, 3, 4)]
    found = next(each for text in quarters if (each := facts(text, is_sample=True, today=date(2036, 1, 1))).record)
    printed = text_of(brief.pdf(found))
    for figure in found.record:
        assert f"{figure.title}: {figure.said}." in printed
    page = page_of(client().get(f"/office/brief/?quarter={found.quarter}"))
    assert [figure.said in page for figure in found.record] == [True] * len(found.record)
    assert found.release.startswith("release draft, as of")


def test_brief_of_now_is_of_the_quarter_that_runs() -> None:
    assert brief.this_quarter(date(2025, 5, 6)) == "2025-Q2"
    assert client().get("/office/brief/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("public", 7), ("lead", 11)])
def test_page_takes_as_many_queries_whatever_the_rows(site, django_assert_max_num_queries, role: str, queries: int, rows: int) -> None:
    bodies()
    for number in range(rows):
        promise(f"p{number}", EXAMPLES, DURING.date() + timedelta(days=number))
    browser = client(role)
    with django_assert_max_num_queries(queries):
        browser.get("/office/brief/?quarter=2025-Q2")
