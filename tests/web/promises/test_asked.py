"""An update a body was asked for: by page, by link, by sheet, each reaches the ledger; what is not public is named to nobody else."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.office import EXAMPLES, SAMPLES, bodies, client
from tests.web.promises.promised import CENTRAL, SECRET, at, claim, find, on, promise
from tests.web.reading import raw, words

from opencompact.asking.actions import ask, make_link
from opencompact.asking.models import Ask, Submission
from opencompact.organisations.actions.office import record_succession
from opencompact.promises.models import Update
from opencompact.promises.queries import ledger
from opencompact.web.promises.asked import ASKING, KINDS, too_soon

pytestmark = pytest.mark.django_db
GIVEN = {"delivery": "in_progress", "text": "It began.", "held_text": SECRET}


def asked(key: str = "c", body: str = EXAMPLES, *, days: int = 9, of: str = "") -> Ask:
    """The owners asked on the commitment's page; gives the ask of that body."""
    client("central").post(f"/ledger/{key}/", {"act": "ask", "due_on": str(on(days))})
    return Ask.objects.get(body=of or body, subject__startswith=f"{key}/")


def answer(browser: Client, address: str, **given: str):
    browser.post(address, {"act": "draft", **(given or GIVEN)})
    browser.post(address, {"act": "clear", "name": "A Director", "post": "Director", "version": "1"})
    return browser.post(address, {"act": "send", "version": "2"})


def test_answer_by_page_reaches_the_ledger_once_sent_and_not_before() -> None:
    bodies()
    promise("c")
    found = asked()
    browser, address = client("official"), f"/asks/{found.pk}/"
    browser.post(address, {"act": "draft", **GIVEN, "due_on": str(on(30))})
    browser.post(address, {"act": "clear", "name": "A Director", "post": "Director", "version": "1"})
    assert Update.objects.count() == 0
    browser.post(address, {"act": "send", "version": "2"})
    row = Update.objects.get()
    assert (row.body, row.on, row.text, row.delivery, row.due_on, row.held_text, row.by) == (
        EXAMPLES, on(0), "It began.", "in_progress", on(30), SECRET, "p-official-any",
    )  # fmt: skip
    assert ("It began." in words(client().get("/ledger/c/")), SECRET in words(client().get("/ledger/c/"))) == (True, False)


def test_answer_by_link_reaches_the_ledger_without_an_account() -> None:
    bodies()
    promise("c")
    found = asked()
    link = f"/answer/{make_link(found, email='x@sample.invalid', role='official', by=CENTRAL, at=at(0))}/"
    page = words(client().get(link))
    assert ("Promise c" in page, "The words of c." in page, "Where it stands: not started." in page) == (True, True, True)
    answer(Client(), link)
    assert (Update.objects.get().delivery, client().get(link).status_code) == ("in_progress", 410)


def test_answer_by_sheet_is_a_draft_and_reaches_the_ledger_once_cleared_and_sent() -> None:
    bodies()
    promise("c")
    asked()
    book = load_workbook(BytesIO(client("lead").get("/asks/sheet.xlsx").content))
    book["update"]["F3"], book["update"]["G3"] = "Done, says the owner", "All of it."
    held = BytesIO()
    book.save(held)
    client("lead").post("/asks/read/", {"sheet": SimpleUploadedFile("asks.xlsx", held.getvalue())})
    row = Submission.objects.get()
    assert (row.state, row.answers, Update.objects.count()) == ("drafted", {"delivery": "claimed_done", "text": "All of it.", "due_on": str(on(9))}, 0)
    for given in ({"act": "clear", "name": "A", "post": "B", "version": "1"}, {"act": "send", "version": "2"}):
        client("sro").post(f"/asks/{row.ask_id}/", given)
    assert (Update.objects.get().delivery, ledger.commitment(CENTRAL, "c").state.delivery) == ("claimed_done", "claimed_done")


def test_answer_that_does_not_follow_is_not_sent_and_not_told() -> None:
    bodies()
    promise("c")
    found = asked()
    claim("c", "withdrawn", days=0)
    browser, address = client("official"), f"/asks/{found.pk}/"
    browser.post(address, {"act": "draft", **GIVEN, "delivery": "claimed_done"})
    browser.post(address, {"act": "clear", "name": "A", "post": "B", "version": "1"})
    response = browser.post(address, {"act": "send", "version": "2"})
    assert (response.status_code, "does not follow. Open it again first." in words(response)) == (409, True)
    assert (Submission.objects.get().state, Update.objects.count()) == ("cleared", 1)


def test_words_alone_move_nothing() -> None:
    bodies()
    promise("c")
    answer(client("official"), f"/asks/{asked().pk}/", text="Nothing moved, for want of a room.")
    row = Update.objects.get()
    assert (row.delivery, row.due_on, row.held_text) == ("", None, "")


def test_successor_is_asked_and_its_answer_stands_for_what_it_inherited() -> None:
    bodies()
    promise("c", SAMPLES)
    record_succession(SAMPLES, successor=EXAMPLES, on=on(-1), how="merged", by=CENTRAL, at=at(0), because="a test")
    found = asked()
    assert list(Ask.objects.values_list("body", flat=True)) == [EXAMPLES]
    assert answer(client("official"), f"/asks/{found.pk}/").status_code == 302
    assert (Update.objects.get().body, ledger.commitment(CENTRAL, "c").state.delivery) == (EXAMPLES, "in_progress")


def test_only_the_day_that_stands_is_filled_in() -> None:
    bodies()
    promise("c")
    promise("free", days=None)
    claim("c", "deferred", due_on=on(60))
    assert (KINDS["update"].known(asked("c")), KINDS["update"].known(asked("free"))) == ({"due_on": str(on(60))}, {})


def test_silence_about_what_is_not_public_does_not_name_it() -> None:
    bodies()
    promise(SECRET, visibility="shared")
    ask(EXAMPLES, kind="update", subject="x/2031-01-01", title="An open question", due_on=on(-2), by=CENTRAL, at=at(-20), because="")
    found = asked(SECRET)
    Ask.objects.filter(pk=found.pk).update(asked_on=on(-20), due_on=on(-2))
    for address in ("/silence/", "/silence/?format=csv", "/silence/?format=atom"):
        page = raw(client().get(address))
        assert ("An update of a commitment that is not published" in page, "An open question" in page, SECRET in page) == (True, True, False)
    page = words(client("lead").get(f"/asks/{found.pk}/"))
    assert (f"Promise {SECRET}" in page, f"The words of {SECRET}." in page) == (True, True)


def test_what_is_kept_for_one_body_is_read_by_no_other_on_the_question() -> None:
    bodies()
    promise("held", visibility="held")
    found = asked("held")
    assert KINDS["update"].read_first(found) == ()
    assert "The words of held." not in words(client("lead", SAMPLES).get(f"/asks/{found.pk}/"))


def test_nobody_is_asked_of_what_is_closed() -> None:
    bodies()
    promise("c")
    find("c", "delivered")
    assert client("central").post("/ledger/c/", {"act": "ask", "due_on": str(on(9))}).status_code == 403
    assert Ask.objects.count() == 0


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_day_gives_time_from_tomorrow_on(days: int, refused: bool) -> None:
    found = too_soon({"due_on": str(on(days))}, today=on(0))
    assert [(each.name, each.expected) for each in found] == ([("due_on", "a day after today")] if refused else [])
    assert ASKING[0].required
