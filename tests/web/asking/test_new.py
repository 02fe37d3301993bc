"""A sign-off asked of one body, or of every body of a kind."""

from datetime import timedelta

import pytest
from tests.office import EXAMPLES, SAMPLES, bodies, client
from tests.web.asking.asked import today
from tests.web.reading import beside, buttons, rows, words

from opencompact.accounts.rules import MAY, ROLES
from opencompact.asking.models import Ask
from opencompact.organisations.models import Body

pytestmark = pytest.mark.django_db
PAGE = "/asks/new/"


def given(**more: str) -> dict[str, str]:
    return {"title": "Are your figures of 2033 right?", "address": "", "whom": EXAMPLES, "due_on": str(today() + timedelta(days=9))} | more


@pytest.mark.parametrize("role", ROLES)
def test_only_whoever_may_asks(role: str) -> None:
    bodies()
    may = role in MAY["ask"]
    refused = 302 if role == "public" else 403
    assert client(role).get(PAGE).status_code == (200 if may else refused)
    assert client(role).post(PAGE, given()).status_code == (302 if may else refused)
    assert Ask.objects.count() == may


def test_one_body_is_asked_and_the_question_says_where_it_can_be_read() -> None:
    bodies()
    response = client("auditor").post(PAGE, given(address="https://sample.example/figures"))
    found = Ask.objects.get()
    assert (response.headers["Location"], found.body, found.kind, found.asked_by) == ("/asks/?kind=sign_off", EXAMPLES, "sign_off", "p-auditor-any")
    assert (found.title, found.due_on) == ("Are your figures of 2033 right? https://sample.example/figures", today() + timedelta(days=9))
    assert found.subject == f"are-your-figures-of-2033-right/{found.due_on}"
    assert [row[0] for row in rows(client("lead").get("/asks/?kind=sign_off"), "Asked, the earliest due first")] == [found.title]


def test_every_body_of_a_kind_that_is_in_being_is_asked() -> None:
    bodies()
    Body.objects.create(body="gone", name="Gone Office", kind="department", until_on=today())
    Body.objects.create(body="to-come", name="Office to Come", kind="department", from_on=today() + timedelta(days=1))
    page = client("central").get(PAGE)
    assert [each in words(page) for each in ("All of them: Department", "Gone Office", "Office to Come", "Ministry of Samples")] == [True, False, False, True]
    client("central").post(PAGE, given(whom="kind:department"))
    assert sorted(Ask.objects.values_list("body", flat=True)) == [EXAMPLES, SAMPLES]


def test_the_same_asked_again_is_one_question_and_another_day_is_another() -> None:
    bodies()
    browser = client("central")
    for _ in range(2):
        browser.post(PAGE, given())
    browser.post(PAGE, given(due_on=str(today() + timedelta(days=10))))
    assert Ask.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"title": ""}, "title", "Nothing is written here"),
        ({"address": "sample"}, "address", "expected a web address"),
        ({"whom": "nowhere"}, "whom", "expected one of: All of them: Departments; All of them: Sector bodies; Department of Examples"),
        ({"whom": "kind:nothing"}, "whom", "expected one of: All of them: Department"),
        ({"due_on": "soon"}, "due_on", "expected a day such as"),
        ({"due_on": str(today())}, "due_on", "expected a day after today."),
        ({"due_on": "2001-01-01"}, "due_on", "expected a day after today."),
    ],
)
def test_question_that_cannot_be_asked_says_why_beside_its_field(more: dict[str, str], field: str, says: str) -> None:
    bodies()
    response = client("central").post(PAGE, given(**more))
    assert (response.status_code, says in beside(response, field), Ask.objects.count()) == (422, True, 0)
    assert "Ask" in buttons(response)


def test_office_without_bodies_has_nobody_to_ask() -> None:
    response = client("central").post(PAGE, given())
    assert (response.status_code, Ask.objects.count()) == (422, 0)
