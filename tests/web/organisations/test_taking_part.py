"""Who takes part: a body recorded and put right, one that continues another, bodies brought in from the record; by the central team alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.office import EXAMPLES, SAMPLES, bodies, client, viewer
from tests.web.invented import BODIES
from tests.web.reading import beside, buttons, raw, rows, words

from opencompact.accounts.rules import MAY, ROLES
from opencompact.organisations.actions.office import record_succession
from opencompact.organisations.models import Body, Succession

pytestmark = pytest.mark.django_db
PAGE, LIST = "/taking-part/", "Bodies that take part"
ONE = {"act": "one", "name": "Office of Trials", "slug": "", "kind": "department"}
CONTINUES = {"act": "continues", "predecessor": SAMPLES, "successor": EXAMPLES, "on": "2031-04-01", "how": "merged", "because": "An order of March"}


def post(role: str = "central", /, **given: str):
    return client(role).post(PAGE, given)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_it_and_only_the_central_team_records(site, role: str) -> None:
    bodies()
    may = role in MAY["record_body"]
    offered = {"Record a body, or put it right", "A body was merged, split, moved or renamed", "Bring bodies in from the record"}
    page = client(role).get(PAGE)
    assert {heading for heading in offered if heading in words(page)} == (offered if may else set())
    statuses = [post(role, **given).status_code for given in (ONE, CONTINUES, {"act": "bring", "kind": "council"})]
    assert statuses == [302 if may else 403] * 3
    assert (Body.objects.count(), Succession.objects.count()) == ((5, 1) if may else (3, 0))


def test_nobody_yet_says_who_records_them() -> None:
    page = words(client().get(PAGE))
    assert ("No body takes part yet. The central team records them here" in page, "0 bodies in being take part; 0 bodies have gone." in page) == (True, True)


def test_list_tells_how_each_came_and_went_also_as_a_file() -> None:
    bodies()
    today = timezone.localdate()
    Body.objects.filter(body=SAMPLES).update(from_on=date(2020, 4, 1), until_on=today)
    record_succession(SAMPLES, successor=EXAMPLES, on=today, how="merged", by=viewer("central"), at=timezone.now(), because="x")
    page = client().get(PAGE)
    assert rows(page, LIST) == [
        ["Department of Examples", "Department", "not said", "in being", "", EXAMPLES],
        ["Ministry of Samples", "Department", "1 April 2020", f"{today:%-d %B %Y}", "Department of Examples (merged)", SAMPLES],
        ["Sample Sector Voice", "Sector body", "not said", "in being", "", "sample-sector-voice"],
    ]
    assert "2 bodies in being take part; 1 body has gone." in words(page)
    assert raw(client().get(f"{PAGE}?format=csv")).splitlines()[2] == (
        f"Ministry of Samples,Department,2020-04-01,{today},Department of Examples (merged),{SAMPLES}"
    )


def test_body_that_goes_tomorrow_is_still_there() -> None:
    bodies()
    Body.objects.filter(body=SAMPLES).update(until_on=timezone.localdate() + timedelta(days=1))
    assert "3 bodies in being take part; 0 bodies have gone." in words(client().get(PAGE))


def test_body_is_recorded_under_its_name_and_put_right_under_its_address() -> None:
    post(**ONE, from_on="2031-01-02", mail_domain="@Trials.example")
    row = Body.objects.get()
    assert (row.body, row.name, row.kind, row.from_on, row.until_on, row.mail_domain) == (
        "office-of-trials", "Office of Trials", "department", date(2031, 1, 2), None, "trials.example",
    )  # fmt: skip
    post(**{**ONE, "name": "Office for Trials", "slug": "office-of-trials", "until_on": "2032-01-02"})
    assert list(Body.objects.values_list("body", "name", "from_on", "until_on")) == [("office-of-trials", "Office for Trials", None, date(2032, 1, 2))]


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({**ONE, "name": ""}, "name", "Nothing is written here"),
        ({**ONE, "kind": "empire"}, "kind", "Sector body."),
        ({**ONE, "from_on": "soon"}, "from_on", "expected a day such as"),
        ({**CONTINUES, "successor": "nowhere"}, "successor", "expected one of: Department of Examples;"),
        ({**CONTINUES, "how": "swallowed"}, "how", "expected one of: merged; split; moved; renamed."),
        ({**CONTINUES, "because": ""}, "because", "Nothing is written here"),
        ({**CONTINUES, "on": ""}, "on", "Nothing is written here"),
        ({**CONTINUES, "successor": SAMPLES}, "on", "a body cannot come to continue itself"),
        ({"act": "bring", "kind": "empire"}, "kind", "expected one of: "),
    ],
)
def test_what_cannot_be_recorded_says_why_beside_its_field(site, given: dict[str, str], field: str, says: str) -> None:
    bodies()
    response = post(**given)
    assert (response.status_code, says in beside(response, given["act"] + field)) == (422, True)
    assert (Body.objects.count(), Succession.objects.count()) == (3, 0)


def test_succession_is_recorded_once_and_never_in_a_circle() -> None:
    bodies()
    assert post(**CONTINUES).headers["Location"] == PAGE
    again = post(**CONTINUES)
    assert (again.status_code, "continues ministry-of-samples already" in beside(again, "continueson")) == (422, True)
    back = post(**{**CONTINUES, "predecessor": EXAMPLES, "successor": SAMPLES})
    assert (back.status_code, "Check which came first" in beside(back, "continueson"), Succession.objects.count()) == (422, True, 1)


def test_act_that_is_none_of_the_page_is_refused() -> None:
    assert post(act="remove").status_code == 403


def test_bodies_of_a_kind_in_being_are_brought_in_and_those_that_take_part_stand(site) -> None:
    wanted = {slug: name for slug, name, kind in BODIES if kind == "department" and slug != "department-for-older-examples"}
    assert f"Departments: {len(wanted)} " in words(client("central").get(PAGE)) + " "
    Body.objects.create(body="silent-office", name="A name of our own", kind="department")
    for _ in range(2):
        post(act="bring", kind="department")
    assert dict(Body.objects.values_list("body", "name")) == {**wanted, "silent-office": "A name of our own"}


def test_without_a_release_nothing_is_brought_in(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert "Bring them in" not in buttons(client("central").get(PAGE))
    assert "Record it" in buttons(client("central").get(PAGE))


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_whatever_the_rows(number: int, django_assert_num_queries) -> None:
    for place in range(number):
        Body.objects.create(body=f"b-{place}", name=f"B {place}", kind="department")
    with django_assert_num_queries(3):
        assert len(rows(client().get(PAGE), LIST)) == number
