import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.utils import timezone
from tests.convening.tables import AFTER, CENTRAL, fill_pool, in_state, now, plan
from tests.office import AT, EXAMPLES, bodies, client, viewer

from opencompact.accounts.rules import ROLES
from opencompact.asking.models import Ask
from opencompact.cli import run
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.models import Point, Roundtable

NBSP = "\u00a0"
pytestmark = pytest.mark.django_db
PAGE = "/roundtables/table/"


@pytest.fixture
def central():
    bodies()
    return client("central")


def page(browser, address: str = PAGE) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode().replace(NBSP, " ")


def post(browser, row: Roundtable, act: str, **answers):
    return browser.post(f"/roundtables/{row.key}/", {"act": act, "version": now(row).version, **answers})


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_whatever_the_rows(number, django_assert_num_queries) -> None:
    for place in range(number):
        plan(f"table-{place}")
    browser = client()
    with django_assert_num_queries(1):
        answer = page(browser, "/roundtables/")
    assert answer.count("What grants need") == number


@pytest.mark.parametrize("number", [1, 3])
def test_one_takes_the_same_queries_whatever_the_points(number, django_assert_num_queries) -> None:
    row = in_state("held")
    for place in range(number - 1):
        actions.make_point(row.key, text=f"Point {place}.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)
    browser = client()
    with django_assert_num_queries(5):
        page(browser)


def test_list_without_any_says_what_would_fill_it() -> None:
    assert "None is planned. The central team plans one" in page(client(), "/roundtables/")


def test_list_leads_the_central_team_to_the_pool_and_to_planning() -> None:
    links = ["/roundtables/pool/", "/roundtables/new/"]
    assert [[link in page(client(role), "/roundtables/") for link in links] for role in ("central", "lead")] == [[True, True], [False, False]]


def test_profiles_are_public_with_their_source() -> None:
    answer = page(client(), "/roundtables/profiles/")
    assert [words in answer for words in ("Whole country", "15%", "12 seats", "Where they come from")] == [True] * 4


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("state", ["drawn", "invited", "held"])
def test_only_the_central_team_sees_who_is_in_the_pool_or_has_a_place(role, state) -> None:
    in_state(state)
    answer = page(client(role))
    assert ("Charity 1" in answer, "Who is missing" in answer, "draws/1/pool.csv" in answer) == ((role == "central"),) * 3


@pytest.mark.parametrize("address", ["/roundtables/pool/", "/roundtables/pool/1/", "/roundtables/new/", "/roundtables/table/draws/1/pool.csv"])
def test_pages_of_the_central_team_are_refused_to_others_and_ask_the_public_to_sign_in(address) -> None:
    in_state("drawn")
    assert (client("lead").get(address).status_code, client().get(address).status_code) == (403, 302)


@pytest.mark.parametrize(("role", "seen"), [("central", True), ("lead", True), ("charity", False), ("public", False)])
def test_held_notes_are_for_those_who_work_on_it(role, seen) -> None:
    plan()
    assert ("Notes that are not published" in page(client(role))) is seen


def test_no_such_roundtable_is_not_found() -> None:
    assert client().get("/roundtables/none/").status_code == 404


def test_plan_makes_one_and_publishes_what_it_is_drawn_to(central) -> None:
    asked = {"subject": "Grants & time", "on": "2031-07-01", "seats": "12", "profile": "one-place", "replies_due_on": "2031-08-01"}
    assert central.post("/roundtables/new/", asked).headers["Location"] == "/roundtables/grants-time-2031-07-01/"
    answer = page(client(), "/roundtables/grants-time-2031-07-01/")
    assert ("Of 12 seats." in answer, "Culture, communication and recreation activities" in answer, "No draw was made yet." in answer) == (True,) * 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seats": "many"}, "expected a whole number"),
        ({"seats": "0"}, "between 1 and 500 seats"),
        ({"replies_due_on": "2031-07-01"}, "expected a day after it is held"),
    ],
)
def test_plan_says_what_was_found_and_expected(central, changed, said) -> None:
    asked = {"subject": "Grants", "on": "2031-07-01", "seats": "12", "profile": "one-place", "replies_due_on": "2031-08-01", **changed}
    response = central.post("/roundtables/new/", asked)
    assert (response.status_code, said in response.content.decode().replace(NBSP, " "), Roundtable.objects.count()) == (422, True, 0)


def test_plan_form_is_there(central) -> None:
    assert "Profile its places are drawn to" in page(central, "/roundtables/new/")


def test_draw_shows_seed_checksum_reasons_and_what_could_not_be_met(central) -> None:
    fill_pool()
    row = plan()
    assert post(central, row, "draw", seed="2031").status_code == 302
    answer, public = page(central), page(client())
    kept = row.draws.get()
    assert [kept.pool_sha256 in each and "2031" in each for each in (answer, public)] == [True, True]
    assert ("Region: Scotland: 1 fewer than the 1 wanted at least: the pool has only 0." in answer, "number 1 in the order" in answer) == (True, True)
    assert ("Region: Scotland: fewer than wanted." in public, "the pool has only" in public, "number 1 in the order" in public) == (True, False, False)
    assert central.get("/roundtables/table/draws/1/pool.csv").content.decode() == kept.pool
    assert central.get("/roundtables/table/draws/2/pool.csv").status_code == 404
    assert central.get("/roundtables/none/draws/1/pool.csv").status_code == 404


def test_a_draw_can_be_made_again_from_the_two_files_of_the_page_and_its_command(central, tmp_path, capsys) -> None:
    row = in_state("invited")
    actions.put_answer(row.key, row.invitees.first().pk, answer="declined", by=CENTRAL, at=AT)
    post(central, row, "draw", seed="9")
    pool, wanted = tmp_path / "pool.csv", tmp_path / "wanted.csv"
    pool.write_bytes(central.get(f"{PAGE}draws/2/pool.csv").content)
    wanted.write_bytes(b"".join(client().get(f"{PAGE}?csv=wanted").streaming_content))
    said = next(line for line in page(central).replace("</p>", "\n").split("\n") if "--seed 9" in line)
    arguments = said[said.index("--wanted") :].replace("WANTED.csv", str(wanted)).split()
    assert run(["roundtables", "draw", str(pool), "--json", *arguments])[0] == 0
    places = [f"{pk:08}" for pk in row.invitees.exclude(answer="declined").order_by("contact_id").values_list("contact_id", flat=True)]
    assert json.loads(capsys.readouterr().out) == {"sha256": row.draws.get(number=2).pool_sha256, "places": places, "missed": [MISSED]}


MISSED = "Region: Scotland: 1 fewer than the 1 wanted at least: the pool has only 0."


@pytest.mark.parametrize(("seed", "said"), [("", "Nothing is written here"), ("1" * 19, "at most 18 figures")])
def test_draw_refuses_a_seed_beside_its_field(central, seed, said) -> None:
    response = post(central, plan(), "draw", seed=seed)
    assert (response.status_code, said in response.content.decode().replace(NBSP, " ")) == (422, True)


def test_send_writes_to_each_alone_and_names_nobody_else(central) -> None:
    row = in_state("drawn")
    assert post(central, row, "send").status_code == 302
    places = list(row.invitees.select_related("contact").order_by("pk"))
    assert [each.to for each in mail.outbox] == [[place.contact.email] for place in places]
    assert [each.subject for each in mail.outbox if "Person" in each.body or "Charity" in each.body] == []
    assert now(row).state == "invited"


def test_send_that_fails_says_to_whom_and_the_link_can_be_sent_again(central, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # nothing listens there, so nothing can be sent
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    row = in_state("drawn")
    response = post(central, row, "send")
    place = row.invitees.select_related("contact").order_by("pk").first()
    assert (response.status_code, place.contact.email in response.content.decode().replace(NBSP, " ")) == (200, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post(central, row, "resend", place=place.pk).status_code == 302
    assert [each.to for each in mail.outbox] == [[place.contact.email]]


def test_answers_the_office_was_told_are_put_down(central) -> None:
    row = in_state("invited")
    place = row.invitees.first()
    assert post(central, row, "answer", place=place.pk, answer="declined").status_code == 302
    assert "5 places drawn, 0 accepted; 1 declined." in page(client())


def test_hold_asks_of_each_place_and_refuses_before_its_day(central) -> None:
    row = in_state("invited")
    answers = {str(place.pk): "yes" for place in row.invitees.all()}
    response = post(central, row, "hold", **answers)
    assert (response.status_code, "it cannot have been held yet" in response.content.decode().replace(NBSP, " ")) == (422, True)
    Roundtable.objects.update(on=timezone.now().date() - timedelta(days=1), replies_due_on=timezone.now().date() + timedelta(days=9))
    first = next(iter(answers))
    assert post(central, row, "hold", **{name: answers[name] for name in answers if name != first}).status_code == 422
    assert post(central, row, "hold", **{**answers, first: "no"}).status_code == 302
    assert "5 people came; 0 points were made and 0 replied to." in page(client())


def test_room_is_published_as_figures_that_name_nobody() -> None:
    in_state("held")
    answer, file = page(client()), client().get(f"{PAGE}?csv=room")
    rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert ("5 people came; 1 point was made and 1 replied to." in answer, "fewer than 5 are told together" in answer) == (True, True)
    assert rows[0] == ["By", "Group", "People"]
    assert {name: sum(int(row[2]) for row in rows[1:] if row[0] == name) for name in ("Region", "Size", "Sub-sector", "Role")} == {
        "Region": 5, "Size": 5, "Sub-sector": 5, "Role": 5,
    }  # fmt: skip
    assert [row for row in rows[1:] if 0 < int(row[2]) < 5] == []


def test_a_small_room_is_not_told_of() -> None:
    row = in_state("held")
    row.invitees.filter(pk=row.invitees.filter(came=True).first().pk).update(came=False)
    assert "Fewer than 5 people came; 1 point" in page(client())
    assert client().get(f"{PAGE}?csv=room").status_code == 404


def test_people_who_count_as_nothing_known_are_told_as_such() -> None:
    row = in_state("held")
    row.invitees.update(role="")
    assert "Not known" in page(client())


@pytest.mark.parametrize("kind", ["room", "others"])
def test_there_is_no_such_file_before_it_was_held(kind) -> None:
    in_state("invited")
    assert client().get(f"{PAGE}?csv={kind}").status_code == 404


def test_point_is_put_down_and_the_body_asked_in_one(central) -> None:
    row = in_state("held")
    speaker = row.invitees.filter(came=True).first()
    asked = {"text": "Nobody was told.", "body": EXAMPLES, "agreed": "yes", "speaker": speaker.pk}
    assert post(central, row, "point", **asked).status_code == 302
    point = Point.objects.get(text="Nobody was told.")
    found = Ask.objects.get()
    assert (found.kind, found.subject, found.body, found.due_on) == ("point_reply", f"table/{point.pk}", EXAMPLES, row.replies_due_on)
    assert f"said by {speaker.contact.name}, {speaker.contact.organisation}" in page(client())


def test_point_of_somebody_who_did_not_agree_names_nobody(central) -> None:
    row = in_state("held")
    speaker = row.invitees.filter(came=True).first()
    post(central, row, "point", text="Nobody was told.", body=EXAMPLES, agreed="no", speaker=speaker.pk)
    assert (Point.objects.get(text="Nobody was told.").speaker, "said by" in page(client())) == (None, False)


def test_point_past_its_day_stands_as_silence_and_says_how_long() -> None:
    row = in_state("held")
    actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)
    today = timezone.localdate()
    Roundtable.objects.update(on=today - timedelta(days=30), replies_due_on=today - timedelta(days=2))
    answer = page(client())
    assert ("1 point stands without one past the day." in answer, ", 2 days ago" in answer) == (True, True)
    file = b"".join(client().get(f"{PAGE}?csv=points").streaming_content).decode()
    assert ("A point." in file, "2 days ago" in file) == (True, True)


def test_change_is_asked_of_a_body_that_replied(central) -> None:
    row = in_state("held")
    point = row.points.get()
    due = timezone.localdate() + timedelta(days=30)
    assert post(central, row, "ask_change", point=point.pk, due_on="2001-01-01").status_code == 422
    assert post(central, row, "ask_change", point=point.pk, due_on=str(due)).status_code == 302
    assert (Ask.objects.get().kind, Ask.objects.get().due_on) == ("point_change", due)


def test_change_is_asked_only_where_there_is_a_reply(central) -> None:
    row = in_state("held")
    asks = "Ask a body what changed since its reply"
    assert asks in page(central)
    row.points.all().delete()
    assert asks not in page(central)


def test_follow_is_offered_to_those_signed_in(central) -> None:
    plan()
    assert ("Follow it" in page(central), "Follow it" in page(client())) == (True, False)
    central.post("/notices/follow/", {"subject": PAGE, "back": PAGE})
    assert "Stop following it" in page(central)


def test_close_sends_what_came_of_it_to_those_who_were_there_without_names(central) -> None:
    row = in_state("held")
    speaker = row.invitees.filter(came=True).first()
    actions.make_point(row.key, text="Named.", body=EXAMPLES, agreed=True, speaker=speaker.pk, by=CENTRAL, at=AFTER)
    assert (post(central, row, "close").status_code, len(mail.outbox)) == (409, 0)
    actions.reply(Point.objects.get(text="Named.").pk, text="Yes.", by=viewer("official"), at=AFTER)
    assert post(central, row, "close").status_code == 302
    assert sorted(each.to for each in mail.outbox) == sorted([place.contact.email] for place in row.invitees.filter(came=True).select_related("contact"))
    assert {"Point: Named.\nReply of Department of Examples: Yes." in each.body for each in mail.outbox} == {True}
    assert [each.subject for each in mail.outbox if "Person" in each.body] == []


def test_move_tells_those_invited_where_and_why(central) -> None:
    row = in_state("invited")
    asked = {"on": "2090-07-01", "where": "Room 3", "replies_due_on": "2090-08-01", "because": "a strike"}
    assert post(central, row, "move", **{**asked, "replies_due_on": "2090-07-01"}).status_code == 422
    assert post(central, row, "move", **asked).status_code == 302
    assert {each.subject for each in mail.outbox} == {"Moved: What grants need"}
    assert ["1 July 2090. Room 3" in each.body and "Why: a strike" in each.body for each in mail.outbox] == [True] * 6


def test_cancel_tells_those_invited(central) -> None:
    row = in_state("invited")
    assert post(central, row, "cancel").status_code == 302
    assert {each.subject for each in mail.outbox} == {"Cancelled: What grants need"}
    assert "Cancelled." in page(client())


def test_what_somebody_else_changed_meanwhile_is_told(central) -> None:
    row = in_state("drawn")
    assert central.post(PAGE, {"act": "send", "version": row.version - 1}).status_code == 409
    assert central.post(PAGE, {"act": "send", "version": "none"}).status_code == 409


def test_an_act_that_is_none_does_nothing(central) -> None:
    row = plan()
    assert post(central, row, "dance").status_code == 302
    assert now(row).version == row.version


@pytest.mark.parametrize("act", ["draw", "send", "close", "cancel"])
def test_what_others_may_not_do_is_refused(act) -> None:
    row = in_state("drawn")
    response = post(client("lead"), row, act, seed="1")
    assert (response.status_code, now(row).state) == (403 if act != "draw" else 302, "drawn")
    assert row.draws.count() == 1
