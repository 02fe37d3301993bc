"""A plan's tracker read from its spreadsheet, what is owed carried on, and owners of a whole plan asked."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client
from tests.web.promises.promised import CENTRAL, PLAN, at, claim, day, find, on, promise
from tests.web.reading import beside, buttons, rows, words

from opencompact.accounts.rules import MAY, ROLES
from opencompact.asking.models import Ask
from opencompact.organisations.actions.office import record_succession
from opencompact.promises.models import Commitment, ImportProblem

pytestmark = pytest.mark.django_db
READ, CARRY, ASK = "/ledger/plans/read/", f"/ledger/plans/{PLAN}/roll-over/", f"/ledger/plans/{PLAN}/ask/"


def book(*lines: tuple[Any, ...]) -> SimpleUploadedFile:
    made = Workbook()
    for each in (("Ref", "Action", "Owner", "Due", "Status"), *lines):
        made.active.append(each)
    held = BytesIO()
    made.save(held)
    return SimpleUploadedFile("plan.xlsx", held.getvalue())


def read(role: str = "central", **more: Any):
    given = {"plan": "Plan 2030", "year_ends_on": str(on(-1)), "tracker": book((1, "Meet four times", "Department of Examples", on(9), "Complete"))}
    return client(role).post(READ, {name: value for name, value in (given | more).items() if value is not None})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("address", "verb"), [(READ, "roll_over"), (CARRY, "roll_over"), (ASK, "ask")])
def test_page_is_opened_by_whom_the_table_says(address: str, verb: str, role: str) -> None:
    bodies()
    promise(f"{PLAN}-a", plan=PLAN)
    refused = 302 if role == "public" else 403
    assert client(role).get(address).status_code == (200 if role in MAY[verb] else refused)
    given = {"plan": "p", "to": "plan-2031", "due_on": str(on(9)), "year_ends_on": str(on(0))}
    assert client(role).post(address, given).status_code == ((422 if address == READ else 302) if role in MAY[verb] else refused)
    assert (Commitment.objects.count(), Ask.objects.count()) == (1 + (role in MAY[verb] and address == CARRY), int(role in MAY[verb] and address == ASK))


def test_tracker_is_read_and_its_troubles_stand_with_their_place() -> None:
    bodies()
    file = book(
        (1, "Meet four times", "Department of Examples", on(9), "Complete"),
        (2, "Write a guide", "Nobody known", None, "Green"),
        (3, "Train", "Ministry of Samples", "soon", ""),
    )
    response = read(tracker=file)
    assert response.headers["Location"] == f"/ledger/plans/{PLAN}/"
    page = client("central").get(f"/ledger/plans/{PLAN}/")
    assert "2 actions: 0 ended or found delivered, 1 done as their owners say, 0 overdue, 1 open." in words(page)
    assert rows(page, "Rows of its tracker that could not be read") == [
        ["plan.xlsx", "Sheet", "3", "owner", "Nobody known", "the name of a body that takes part, as the office writes it"],
        ["plan.xlsx", "Sheet", "4", "due_on", "soon", "a day such as 30/09/2031"],
    ]
    assert rows(client().get(f"/ledger/since/{on(-1)}/"), "Updates, the latest first")[0][1:4] == [day(-1), "Department of Examples", "Done, says the owner"]
    read()
    assert (Commitment.objects.count(), ImportProblem.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"plan": ""}, "plan", "Nothing is written here"),
        ({"plan": "???"}, "plan", "expected a short name of letters and figures"),
        ({"year_ends_on": "soon"}, "year_ends_on", "expected a day such as"),
        ({"tracker": None}, "", "The tracker: Nothing is written here; expected a spreadsheet, saved as .xlsx."),
        ({"tracker": SimpleUploadedFile("plan.xlsx", b"PK no workbook")}, "", "found a file that is no XLSX workbook, or a damaged one"),
    ],
)
def test_tracker_that_cannot_be_read_says_why(more: dict[str, Any], field: str, says: str) -> None:
    bodies()
    response = read(**more)
    assert (response.status_code, says in (beside(response, field) if field else words(response)), Commitment.objects.count()) == (422, True, 0)


def test_what_is_owed_is_carried_on_once_and_what_ended_is_not() -> None:
    bodies()
    for key in ("owed", "done", "found", "disputed"):
        promise(f"{PLAN}-{key}", EXAMPLES, VOICE, days=-9, plan=PLAN, objective="Meet")
    claim(f"{PLAN}-done", "claimed_done")
    find(f"{PLAN}-found", "delivered")
    claim(f"{PLAN}-disputed", "claimed_done")
    find(f"{PLAN}-disputed", "not_delivered")
    browser = client("central")
    page = browser.get(CARRY)
    assert "2 actions would be carried on, each as a new one that names the old." in words(page)
    assert rows(page, "Still owed and not carried on") == [
        [f"Promise {PLAN}-disputed", "done, says the owner; found: not delivered, overdue"], [f"Promise {PLAN}-owed", "not started, overdue"],
    ]  # fmt: skip
    assert browser.post(CARRY, {"to": "Plan 2031", "due_on": str(on(90))}).headers["Location"] == f"/ledger/plans/{PLAN}/became/"
    made = Commitment.objects.filter(plan="plan-2031").order_by("key")
    assert [(row.key, row.due_on, row.carried_from.key, row.objective) for row in made] == [
        ("plan-2031-disputed", on(90), f"{PLAN}-disputed", "Meet"), ("plan-2031-owed", on(90), f"{PLAN}-owed", "Meet"),
    ]  # fmt: skip
    page = browser.get(CARRY)
    assert ("Nothing of this plan is still owed." in words(page), "Carry them on" in buttons(page)) == (True, False)
    browser.post(CARRY, {"to": "Plan 2031", "due_on": ""})
    assert Commitment.objects.count() == 6


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"to": ""}, "to", "Nothing is written here"),
        ({"to": "!!!"}, "to", "expected a short name of letters and figures, such as joint-action-plan-2031."),
        ({"to": "Plan 2030"}, "to", "expected another plan than this one."),
        ({"to": "plan-2029"}, "to", "There is a commitment plan-2029-a already."),
        ({"to": "plan-2031", "due_on": "soon"}, "due_on", "expected a day such as"),
    ],
)
def test_plan_that_cannot_be_carried_on_so_says_why_beside_its_field(given: dict[str, str], field: str, says: str) -> None:
    bodies()
    promise(f"{PLAN}-a", plan=PLAN)
    promise(f"{PLAN}-b", plan=PLAN)
    promise("plan-2029-a")
    response = client("central").post(CARRY, given)
    assert (response.status_code, says in beside(response, field), Commitment.objects.count()) == (422, True, 3)


def test_carried_on_without_a_day_has_none() -> None:
    bodies()
    promise(f"{PLAN}-a", plan=PLAN)
    client("central").post(CARRY, {"to": "plan-2031"})
    assert Commitment.objects.get(plan="plan-2031").due_on is None


def test_every_owner_of_an_open_action_is_asked_once_for_a_day_successors_too() -> None:
    bodies()
    promise("a", EXAMPLES, VOICE, plan=PLAN)
    promise("b", SAMPLES, plan=PLAN)
    promise("c", plan=PLAN)
    find("c", "delivered")
    record_succession(SAMPLES, successor=EXAMPLES, on=on(-1), how="merged", by=CENTRAL, at=at(0), because="a test")
    browser = client("auditor")
    page = browser.get(ASK)
    assert [row[:2] for row in rows(page, "Open actions")] == [
        ["Promise a", "Department of Examples, Sample Sector Voice"],
        ["Promise b", "Ministry of Samples"],
    ]
    for _ in range(2):
        assert browser.post(ASK, {"due_on": str(on(9))}).headers["Location"] == "/asks/?kind=update"
    assert sorted(Ask.objects.values_list("body", "subject")) == [(EXAMPLES, f"a/{on(9)}"), (EXAMPLES, f"b/{on(9)}"), (VOICE, f"a/{on(9)}")]
    browser.post(ASK, {"due_on": str(on(10))})
    assert Ask.objects.count() == 6


@pytest.mark.parametrize(("due", "says"), [("", "Nothing is written here"), ("soon", "expected a day such as"), (str(on(0)), "expected a day after today.")])
def test_day_that_gives_no_time_is_refused_beside_its_field(due: str, says: str) -> None:
    bodies()
    promise("a", plan=PLAN)
    response = client("central").post(ASK, {"due_on": due})
    assert (response.status_code, says in beside(response, "due_on"), Ask.objects.count()) == (422, True, 0)


def test_plan_with_nothing_open_has_nobody_to_ask() -> None:
    page = client("central").get(ASK)
    assert ("Nothing of this plan is open." in words(page), "Ask them all" in buttons(page)) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(CARRY, 8), (ASK, 8)])
def test_page_takes_as_many_queries_whatever_the_rows(number: int, address: str, queries: int, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        promise(f"c-{place}", plan=PLAN)
    browser = client("central")
    with django_assert_num_queries(queries):
        browser.get(address)
