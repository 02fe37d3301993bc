"""Putting a commitment on the record: by whom, with everything said of it, and what is said of what cannot be recorded."""

import re
from decimal import Decimal

import pytest
from tests.office import EXAMPLES, SAMPLES, bodies, client
from tests.web.reading import beside

from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES
from opencompact.promises.models import Commitment
from opencompact.web.promises import recording

pytestmark = pytest.mark.django_db


def new(role: str, body: str = "", /, **more: str):
    given = {"kind": "offer", "title": "We will visit", "text": "We will visit you.", "body": EXAMPLES, "visibility": "public"}
    return client(role, body).post("/ledger/new/", given | more)


@pytest.mark.parametrize("role", ROLES)
def test_commitment_is_recorded_by_whom_the_table_says(role: str) -> None:
    bodies()
    may = MAY["record_commitment"].get(role) == "any" or (MAY["record_commitment"].get(role) == "own" and role in OF_A_BODY)
    body, refused = (EXAMPLES if role == "sector" else ""), 302 if role == "public" else 403
    assert client(role, body).get("/ledger/new/").status_code == (200 if may else refused)
    assert new(role, body).status_code == (302 if may else refused)
    assert Commitment.objects.count() == may


def test_commitment_is_recorded_with_everything_said_of_it() -> None:
    bodies()
    given = {"also": SAMPLES, "due_on": "30/09/2031", "said_on": "2031-01-02", "plan": "Plan 2031", "objective": "Meet", "place": "page 3",
             "measurable": "partly", "address": "https://sample.example/plan", "money_promised": "£1,000", "has_owner": "yes", "has_date": "no"}  # fmt: skip
    key = new("central", **given).headers["Location"].split("/")[2]
    row = Commitment.objects.get()
    assert (row.key, re.fullmatch(r"we-will-visit-[0-9a-f]{4}", key) is not None) == (key, True)
    assert sorted(row.owners.values_list("body", flat=True)) == [EXAMPLES, SAMPLES]
    assert (str(row.due_on), str(row.said_on), row.plan, row.objective, row.place) == ("2031-09-30", "2031-01-02", "plan-2031", "Meet", "page 3")
    assert (row.money_promised, row.has_owner, row.has_date, row.is_specific, row.measurable) == (Decimal("1000.00"), True, False, None, "partly")
    assert (row.address, row.visibility, row.recorded_by) == ("https://sample.example/plan", "public", "p-central-any")


def test_commitment_without_a_title_of_letters_still_has_a_key() -> None:
    bodies()
    assert new("lead", title="???").headers["Location"].startswith("/ledger/commitment-")


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"title": " "}, "title", "Nothing is written here"),
        ({"text": ""}, "text", "Nothing is written here"),
        ({"kind": "wish"}, "kind", "expected one of: Joint action plan action;"),
        ({"body": SAMPLES}, "body", "expected one of: Department of Examples."),
        ({"due_on": "soon"}, "due_on", "expected a day such as"),
        ({"money_promised": "lots"}, "money_promised", "expected pounds and pence"),
        ({"visibility": "central"}, "visibility", "expected one of: Everybody; Those who work on the agreement."),
    ],
)
def test_commitment_that_cannot_be_recorded_says_why_beside_its_field(more: dict[str, str], field: str, says: str) -> None:
    bodies()
    response = new("lead", **more)
    assert (response.status_code, says in beside(response, field), Commitment.objects.count()) == (422, True, 0)


def test_key_that_stands_already_is_told(monkeypatch) -> None:
    bodies()
    monkeypatch.setattr(recording.secrets, "token_hex", lambda _: "0000")
    new("lead")
    response = new("lead")
    assert (response.status_code, "There is a commitment we-will-visit-0000 already." in beside(response, "title")) == (422, True)
