"""Who is in post and where nobody is; names as far as each person agreed; contacts between meetings."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client, viewer
from tests.web.reading import beside, buttons, raw, rows, words

from opencompact.accounts.actions import appoint, end_appointment, record_contact
from opencompact.accounts.models import Appointment, Contact
from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES
from opencompact.organisations.actions.office import record_succession
from opencompact.organisations.models import Body

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")
PAGE = f"/posts/{EXAMPLES}/"
SECRET = "zq-held-words"


def ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def held(name: str = "Ann Example", *, body: str = EXAMPLES, post: str = "lead", days: int = 90, public: bool = True, mail: bool = False) -> Appointment:
    return appoint(
        body, post=post, name=name, email=f"{name.split(maxsplit=1)[0].lower()}@sample.invalid", from_on=ago(days), name_public=public, email_public=mail,
        by=CENTRAL, at=timezone.now(),
    )  # fmt: skip


def left(row: Appointment, *, days: int, note: str = "") -> None:
    end_appointment(row.pk, until_on=ago(days), handover_note=note, version=row.version, by=CENTRAL, at=timezone.now())


def given(**more: str) -> dict[str, str]:
    return {"post": "lead", "name": "Bob Example", "email": "bob@sample.invalid", "from_on": str(ago(1)), "name_public": "yes", "email_public": "no"} | more


def reaches(verb: str, role: str) -> bool:
    return MAY[verb].get(role) == "any" or (MAY[verb].get(role) == "own" and role in OF_A_BODY)


def test_list_without_bodies_says_so() -> None:
    page = words(client().get("/posts/"))
    assert ("No body takes part yet." in page, "Of 0 posts, 0 stand vacant, in 0 bodies." in page) == (True, True)


def test_list_counts_days_vacant_and_tells_who_was_never_there() -> None:
    bodies()
    held(post="sro")
    left(held("Old Example", days=400), days=9)
    held("Champ Example", body=SAMPLES, post="champion", mail=True)
    page = client().get("/posts/")
    assert "Of 7 posts, 5 stand vacant, in 3 bodies." in words(page)
    since = f"{ago(9):%-d %B %Y}"
    assert rows(page, "Posts") == [
        ["Department of Examples", "Senior responsible officer", "Ann Example", "", "0"],
        ["Department of Examples", "Lead", "nobody", f"10 days since {since}", "1"],
        ["Ministry of Samples", "Senior responsible officer", "nobody", "nobody was ever appointed", "0"],
        ["Ministry of Samples", "Lead", "nobody", "nobody was ever appointed", "0"],
        ["Ministry of Samples", "Champion", "Champ Example (champ@sample.invalid)", "", "0"],
        ["Sample Sector Voice", "Senior responsible officer", "nobody", "nobody was ever appointed", "0"],
        ["Sample Sector Voice", "Lead", "nobody", "nobody was ever appointed", "0"],
    ]


def test_list_of_a_past_day_is_as_it_stood_then_also_as_a_file() -> None:
    bodies()
    left(held("Old Example", days=400), days=9)
    assert rows(client().get(f"/posts/?on={ago(10)}"), "Posts")[1][2:] == ["Old Example", "", "0"]
    assert rows(client().get("/posts/?on=soon"), "Posts")[1][3].startswith("10 days")
    lines = raw(client().get(f"/posts/?on={ago(10)}&format=csv")).splitlines()
    assert (lines[0], lines[2]) == ("Body,Post,Who,Days vacant,Left so far", "Department of Examples,Lead,Old Example,,0")


@pytest.mark.parametrize("role", ["public", "charity", "lead", "central"])
def test_names_and_addresses_stand_as_far_as_agreed_on_every_page_and_file(role: str) -> None:
    bodies()
    held("Shy Example", public=False)
    left(held("Old Example", post="sro", days=200, mail=True), days=30, note=SECRET)
    seen = role in ("lead", "central")
    for address in ("/posts/", PAGE, "/posts/?format=csv"):
        page = words(client(role).get(address))
        assert ("Shy Example" in page) == seen
        assert ("shy@sample.invalid" in page) == (seen and address != PAGE)
    page = words(client(role).get(PAGE))
    assert (("did not agree to be named" in page) != seen, "Old Example" in page, (SECRET in page) == seen) == (True, True, True)


def test_body_that_takes_no_part_is_not_found() -> None:
    assert client().get("/posts/nowhere/").status_code == 404
    assert client("central").get("/posts/end/999/").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_appointment_is_recorded_and_ended_by_whom_the_table_says(role: str) -> None:
    bodies()
    row, browser, may = held(), client(role), reaches("record_appointment", role)
    offered = buttons(browser.get(PAGE))
    assert ("Put them in post" in offered, "End: Ann Example, Lead" in words(browser.get(PAGE))) == (may, may)
    assert browser.post(PAGE, given(post="deputy")).status_code == (302 if may else 403)
    closed = 302 if may or role == "public" else 403
    assert browser.get(f"/posts/end/{row.pk}/").status_code == (200 if may else closed)
    assert browser.post(f"/posts/end/{row.pk}/", {"until_on": str(ago(1)), "version": "1"}).status_code == closed
    row.refresh_from_db()
    assert (Appointment.objects.count(), row.until_on) == ((2, ago(1)) if may else (1, None))


def test_lead_appoints_for_no_other_body() -> None:
    bodies()
    assert client("lead").post(f"/posts/{SAMPLES}/", given()).status_code == 403
    assert client("lead").get(f"/posts/end/{held(body=SAMPLES).pk}/").status_code == 403


def test_new_holder_follows_the_former_and_both_are_told_of() -> None:
    bodies()
    held()
    browser = client("lead")
    assert browser.post(PAGE, given()).headers["Location"] == PAGE
    page = browser.get(PAGE)
    assert "Who is in post for Department of Examples? 1 person in post." in words(page)
    assert [row[:2] + row[3:4] for row in rows(page, "In post, the latest first")] == [
        ["Lead", "Bob Example", "in post"],
        ["Lead", "Ann Example", f"{ago(1):%-d %B %Y}"],
    ]
    row = Appointment.objects.get(name="Bob Example")
    assert (row.email, row.name_public, row.email_public) == ("bob@sample.invalid", True, False)


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"name": " "}, "name", "Nothing is written here"),
        ({"post": "king"}, "post", "expected one of: Senior responsible officer; Lead"),
        ({"from_on": "soon"}, "from_on", "expected a day such as"),
        ({"email": "nobody"}, "email", "expected an e-mail address"),
        ({"name_public": ""}, "name_public", "expected yes or no"),
        ({"from_on": str(timezone.localdate() - timedelta(days=90))}, "from_on", "which is not later"),
    ],
)
def test_appointment_that_cannot_be_recorded_says_why_beside_its_field(more: dict[str, str], field: str, says: str) -> None:
    bodies()
    held()
    response = client("lead").post(PAGE, given(**more))
    assert (response.status_code, says in beside(response, field), Appointment.objects.count()) == (422, True, 1)


@pytest.mark.parametrize(("until", "says"), [("", "Nothing is written here"), ("soon", "expected a day such as"), ("first", "expected a day after it began")])
def test_end_that_cannot_be_recorded_says_why_beside_its_field(until: str, says: str) -> None:
    bodies()
    row = held()
    sent = {"until_on": str(row.from_on) if until == "first" else until, "handover_note": SECRET, "version": "1"}
    response = client("lead").post(f"/posts/end/{row.pk}/", sent)
    assert (response.status_code, says in beside(response, "until_on"), SECRET in raw(response)) == (422, True, True)


@pytest.mark.parametrize("version", ["1", "", "x"])
def test_second_of_two_who_end_one_appointment_is_told_and_keeps_what_they_wrote(version: str) -> None:
    bodies()
    row = held()
    left(row, days=3, note="The first.")
    response = client("lead").post(f"/posts/end/{row.pk}/", {"until_on": str(ago(2)), "handover_note": "The second.", "version": version})
    assert (response.status_code, "Somebody changed this while you wrote" in words(response), "The second." in words(response)) == (409, True, True)
    row.refresh_from_db()
    assert (row.until_on, row.handover_note) == (ago(3), "The first.")


def test_second_who_first_writes_what_cannot_be_read_is_told_all_the_same() -> None:
    bodies()
    row, browser = held(), client("lead")
    left(row, days=3, note="The first.")
    response = browser.post(f"/posts/end/{row.pk}/", {"until_on": "soon", "version": "1"})
    assert (response.status_code, 'name="version" value="1"' in raw(response)) == (422, True)


def test_body_that_was_continued_names_who_answers_for_it() -> None:
    bodies()
    record_succession(EXAMPLES, successor=SAMPLES, on=ago(1), how="merged", by=CENTRAL, at=timezone.now(), because="a test")
    assert f"Since then {SAMPLES} answers for what it promised." in words(client().get(PAGE))
    assert "Since then" not in words(client().get(f"/posts/{SAMPLES}/"))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/posts/", 2), (PAGE, 3)])
def test_page_takes_as_many_queries_whatever_the_rows(number: int, address: str, queries: int, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        Body.objects.create(body=f"b-{place}", name=f"B {place}", kind="department")
        held(body=f"b-{place}")
        held(f"C{place} Example", post="champion")
    browser = client()
    with django_assert_num_queries(queries):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_contacts_are_put_down_and_seen_by_whom_the_tables_say(role: str) -> None:
    bodies()
    record_contact(EXAMPLES, on=ago(9), with_whom="Ann", text=SECRET, by=CENTRAL, at=timezone.now())
    body, may = (VOICE if role == "sector" else ""), reaches("record_contact", role)
    browser = client(role, body)
    own = VOICE if role == "sector" else EXAMPLES
    response = browser.post("/posts/contacts/", {"body": own, "on": "", "with_whom": "", "text": "Rang."} | {"on": str(ago(1))})
    assert response.status_code == (302 if may or role == "public" else 422)
    assert Contact.objects.count() == (2 if may else 1)
    if role != "public":
        page = browser.get("/posts/contacts/")
        assert (SECRET in words(page)) == (role in ("central", "lead", "sro", "official", "auditor", "assessor"))
        assert ("Put it down" in buttons(page)) == may


def test_contact_of_another_body_is_refused_beside_its_field() -> None:
    bodies()
    response = client("lead").post("/posts/contacts/", {"body": SAMPLES, "on": str(ago(1)), "text": "x"})
    assert (response.status_code, "expected one of: Department of Examples." in beside(response, "body"), Contact.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_contacts_take_as_many_queries_whatever_the_rows(number: int, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        record_contact(EXAMPLES, on=ago(place), with_whom="", text="x", by=CENTRAL, at=timezone.now())
    browser = client("lead")
    with django_assert_num_queries(6):
        assert f"{number} contact" in words(browser.get("/posts/contacts/"))


def test_contacts_are_linked_for_those_who_have_any() -> None:
    bodies()
    assert ["/posts/contacts/" in raw(client(role).get("/posts/")) for role in ("public", "auditor", "lead", "central")] == [False, False, True, True]
