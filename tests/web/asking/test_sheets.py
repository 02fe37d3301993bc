"""The spreadsheet of what is owed: sent out filled in, read back into drafts, every row that cannot be read named, nothing sent by itself."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client
from tests.web.asking.asked import CENTRAL, GIVEN, LEAD, asked, before, in_state
from tests.web.reading import rows, sheets, words

from opencompact.asking.actions import ask, draft, make_link, withdraw_ask
from opencompact.asking.models import Ask, Submission
from opencompact.asking.rules.questions import SIGN_OFF
from opencompact.promises.actions.ledger import record_commitment
from opencompact.web.asking import sheets as door

pytestmark = pytest.mark.django_db
OUT, BACK = "/asks/sheet.xlsx", "/asks/read/"
HEAD = ("Number", "Version", "Body", "What is asked", "Due", *(question.label for question in SIGN_OFF))


def upload(content: bytes, name: str = "asks.xlsx") -> dict[str, Any]:
    return {"sheet": SimpleUploadedFile(name, content)}


def filled(*lines: tuple[Any, ...], content: bytes = b"", title: str = "sign_off") -> bytes:
    """A workbook with these lines below its two rows of heads, or the one given with them in the place of its own."""
    book = load_workbook(BytesIO(content)) if content else Workbook()
    sheet = book[title] if content else book.create_sheet(title)
    if content:
        sheet.delete_rows(3, 99)
    else:
        book.remove(book.worksheets[0])
        sheet.append(HEAD)
        sheet.append(("Do not change the first five columns.",))
    for line in lines:
        sheet.append(line)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def line(found: Ask, version: int = 0, agrees: Any = "Yes", text: Any = None, held: Any = None) -> tuple[Any, ...]:
    return found.pk, version, "Department of Examples", found.title, found.due_on, agrees, text, held


@pytest.mark.parametrize("address", [OUT, BACK])
def test_sheet_is_for_people_who_signed_in(address: str) -> None:
    assert client().get(address).status_code == 302
    assert client().post(address, upload(b"")).status_code == 302


def test_nothing_owed_is_a_sheet_that_says_so() -> None:
    bodies()
    assert sheets(client("lead").get(OUT)) == {"Sheet": [("Nothing is owed.",)]}


def test_sheet_holds_what_ones_bodies_owe_as_far_as_it_is_written() -> None:
    bodies()
    new, begun = asked("new"), asked("begun", days=12)
    in_state(begun, "drafted")
    in_state(asked("sent"), "sent")
    withdraw_ask(asked("back"), by=CENTRAL, at=before(1), because="in error")
    asked("other", SAMPLES)
    response = client("lead").get(OUT)
    assert response.headers["Content-Disposition"] == 'attachment; filename="opencompact-asks.xlsx"'
    ((head, notes, *lines),) = sheets(response).values()
    assert head == HEAD
    assert notes[5].endswith("One of: yes; no.")
    assert notes[7].startswith("Held: not published, but we may have to disclose it")
    assert [each[:4] + each[5:] for each in lines] == [
        (new.pk, 0, "Department of Examples", new.title, None, None, None),
        (begun.pk, 1, "Department of Examples", begun.title, *GIVEN.values()),
    ]
    assert [each[4].date() for each in lines] == [new.due_on, begun.due_on]


def test_sheet_of_those_who_ask_is_of_every_body_and_of_one_if_named_without_drafts() -> None:
    bodies()
    in_state(asked("begun"), "drafted")
    asked("other", SAMPLES)
    browser = client("central")
    ((_, _, *lines),) = sheets(browser.get(OUT)).values()
    assert [each[2] for each in lines] == ["Department of Examples", "Ministry of Samples"]
    ((_, _, *lines),) = sheets(browser.get(f"{OUT}?body={EXAMPLES}")).values()
    assert [each[1:3] + each[5:] for each in lines] == [(0, "Department of Examples", None, None, None)]
    ((_, _, *lines),) = sheets(client("lead", SAMPLES).get(f"{OUT}?body={EXAMPLES}")).values()
    assert [each[5:] for each in lines] == [(None, None, None)]


def test_each_kind_has_a_sheet_and_a_choice_is_offered_in_its_cells() -> None:
    bodies()
    record_commitment(key="c", kind="offer", title="A visit", text="x", owners=(EXAMPLES,), due_on=None, by=CENTRAL, at=before(9), because="")
    asked()
    for kind, subject in (("update", "c/2031-01-01"), ("no_such", "x")):
        ask(EXAMPLES, kind=kind, subject=subject, title=kind, due_on=before(-9).date(), by=CENTRAL, at=before(9), because="")
    book = load_workbook(BytesIO(client("lead").get(OUT).content))
    assert book.sheetnames == ["sign_off", "update"]
    assert [(each.formula1, str(each.sqref)) for each in book["sign_off"].data_validations.dataValidation] == [('"yes,no"', "F3")]
    assert book["update"].data_validations.dataValidation == []  # a label of it has a comma, which such a list cannot hold
    assert book["sign_off"].freeze_panes == "F3"


def test_questions_of_one_kind_that_differ_have_sheets_of_their_own(monkeypatch) -> None:
    bodies()
    asked("one")
    asked("two")
    kind = door.kinds()["sign_off"]
    two = door.Kind(kind.title, lambda found: SIGN_OFF[: 2 if found.subject == "two" else 3], kind.known, kind.take)
    monkeypatch.setattr(door, "kinds", lambda: {"sign_off": two})
    found = sheets(client("lead").get(OUT))
    assert {title: len(lines[0]) for title, lines in found.items()} == {"sign_off": 8, "sign_off 2": 7}


def test_sheet_filled_in_becomes_drafts_and_nothing_is_sent() -> None:
    bodies()
    one, two = asked("one"), asked("two", days=12)
    content = client("lead").get(OUT).content
    response = client("lead").post(BACK, upload(filled(line(one), line(two, agrees="no", text="Line four.", held=7), content=content)))
    assert (response.status_code, "2 drafts saved, 0 cells or rows not read." in words(response)) == (200, True)
    assert rows(response, "Saved as drafts") == [["Department of Examples", one.title], ["Department of Examples", two.title]]
    assert [(row.ask_id, row.state, row.answers, row.drafted_by) for row in Submission.objects.order_by("pk")] == [
        (one.pk, "drafted", {"agrees": "yes"}, "p-lead-any"),
        (two.pk, "drafted", {"agrees": "no", "text": "Line four.", "held_text": "7"}, "p-lead-any"),
    ]


def test_sheet_sent_out_and_back_untouched_keeps_every_word() -> None:
    bodies()
    found = asked()
    for text in ("-5 is wrong", "+44 is missing", "@all", "plain"):
        version = Submission.objects.first().version if Submission.objects.exists() else None
        row = draft(found, given={"agrees": "no", "text": text}, questions=SIGN_OFF, version=version, by=LEAD, at=before(1))
        browser = client("lead")
        response = browser.post(BACK, upload(browser.get(OUT).content))
        row.refresh_from_db()
        assert ("1 draft saved" in words(response), row.answers["text"]) == (True, text)


def test_rows_that_cannot_be_read_are_named_and_the_others_stand() -> None:
    bodies()
    one, two, three = asked("one"), asked("two"), asked("three")
    other = asked("other", SAMPLES)
    sent = asked("sent")
    in_state(sent, "sent")
    content = filled(
        line(one), line(two, agrees="perhaps"), line(three, agrees=None), (), line(other), line(sent), ("x", 0, None, None, None, "yes"),
        (999, 0, "", "", "", "y"), line(three, agrees="=1+1"), (three.pk, "first", "", "", "", "yes"),
    )  # fmt: skip
    response = client("lead").post(BACK, upload(content))
    assert response.status_code == 200
    assert rows(response, "Saved as drafts") == [["Department of Examples", one.title]]
    agrees = SIGN_OFF[0].label
    assert rows(response, "Not read") == [
        ["sign_off", "4", agrees, "perhaps", "yes or no"],
        ["sign_off", "7", "Number", str(other.pk), words_of_lead(SAMPLES)],
        ["sign_off", "8", "Number", str(sent.pk), "the number of a question that is still owed"],
        ["sign_off", "9", "Number", "x", "the number of a question that is still owed"],
        ["sign_off", "10", "Number", "999", "the number of a question that is still owed"],
        ["sign_off", "11", agrees, "=1+1", "the value itself, not a formula"],
        ["sign_off", "12", "Number", f"{three.pk} first", "the number and version that stood there"],
    ]
    assert Submission.objects.exclude(state="sent").count() == 1


def words_of_lead(body: str) -> str:
    who = "Department lead of the same body, Senior responsible officer of the same body, Cleared official of the same body, Sector body of the same body"
    return f"You may not draft for {body}. Who may: {who}. Ask the central team if this should be you."


def test_sheet_of_a_version_that_no_longer_stands_changes_nothing() -> None:
    bodies()
    found = asked()
    in_state(found, "drafted")
    response = client("lead").post(BACK, upload(filled(line(found, version=0, text="Mine."))))
    assert response.status_code == 422
    assert [row[2:4] for row in rows(response, "Not read")] == [["Version", "0"]]
    assert "somebody changed the answer since, so take a new spreadsheet" in words(response)
    assert Submission.objects.get().answers == GIVEN
    assert client("lead").post(BACK, upload(filled(line(found, version=1, text="Mine.")))).status_code == 200
    assert Submission.objects.get().answers == {"agrees": "yes", "text": "Mine."}


def test_sheet_never_moves_what_was_cleared() -> None:
    bodies()
    found = asked()
    in_state(found, "cleared")
    response = client("lead").post(BACK, upload(filled(line(found, version=2))))
    assert ("This answer is cleared" in words(response), Submission.objects.get().state) == (True, "cleared")


@pytest.mark.parametrize("role", ["central", "auditor"])
def test_those_who_ask_never_answer_for_a_body(role: str) -> None:
    bodies()
    response = client(role).post(BACK, upload(filled(line(asked()))))
    assert (response.status_code, "You may not draft for" in words(response), Submission.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook", b"x" * (door.MOST_BYTES + 1)])
def test_file_that_is_no_workbook_says_so(content: bytes) -> None:
    bodies()
    response = client("lead").post(BACK, upload(content or b" "))
    says = "Found a file of 10.0 MB; expected at most 10 MB." if len(content) > 99 else "Found a file that is no whole XLSX workbook"
    assert (response.status_code, says in words(response)) == (422, True)


def test_sheet_with_too_many_rows_saves_nothing(monkeypatch) -> None:
    bodies()
    monkeypatch.setattr(door, "MOST_ROWS", 2)
    response = client("lead").post(BACK, upload(filled(line(asked()))))
    assert (response.status_code, "Found more than 2 rows in the sheet" in words(response)) == (422, True)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("given", [{}, {"sheet": "words"}])
def test_nothing_given_is_asked_for_again(given: dict[str, str]) -> None:
    response = client("lead").post(BACK, given)
    assert (response.status_code, "Give a filled-in spreadsheet back" in words(response)) == (200, True)


def test_sector_body_gives_its_own_back() -> None:
    bodies()
    found = asked("voice", VOICE)
    assert client("sector", VOICE).post(BACK, upload(filled(line(found)))).status_code == 200
    assert Submission.objects.get().ask_id == found.pk


def test_link_is_never_in_the_sheet() -> None:
    bodies()
    token = make_link(asked(), email="a@b.example", role="lead", by=CENTRAL, at=before(1))
    assert token not in str(sheets(client("lead").get(OUT)))
