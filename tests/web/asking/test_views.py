"""What bodies are asked: listed, drafted, cleared by a named official, sent; by account and by one-time link; silence made public."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client
from tests.web.asking.asked import CENTRAL, GIVEN, SECRET, asked, before, in_state, post, today
from tests.web.reading import beside, buttons, raw, rows, words

from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES
from opencompact.asking.actions import make_link, withdraw_ask
from opencompact.asking.models import Ask, OneTimeLink, Submission
from opencompact.asking.rules.steps import STATES, STEPS
from opencompact.organisations.models import Body

pytestmark = pytest.mark.django_db
RIGHTS = {"draft": "draft", "clear": "clear", "send_back": "clear", "send": "send"}
WRITTEN = {"draft": GIVEN, "clear": {"name": "A Director", "post": "Director"}, "send_back": {"note": "Say more."}, "send": {}}


def reaches(verb: str, role: str) -> bool:
    return MAY[verb].get(role) == "any" or (MAY[verb].get(role) == "own" and role in OF_A_BODY)


def linked(found: Ask, role: str = "official") -> str:
    return f"/answer/{make_link(found, email='somebody@sample.invalid', role=role, by=CENTRAL, at=before(1))}/"


def day(days: int) -> str:
    on = today() + timedelta(days=days)
    return f"{on:%-d %B %Y}"


# The list


def test_list_is_for_people_who_signed_in() -> None:
    assert client().get("/asks/").headers["Location"] == "/account/login/?next=%2Fasks%2F"


def test_empty_list_says_what_would_fill_it() -> None:
    page = words(client("lead").get("/asks/"))
    assert ("0 things are asked; 0 are past the day" in page, "Nothing is asked. The central team, auditors and assessors ask" in page) == (True, True)


def fill() -> None:
    bodies()
    asked("silent", days=-2)
    asked("owed", days=3)
    in_state(asked("answered", days=-5), "sent")
    withdraw_ask(asked("back", days=-9), by=CENTRAL, at=before(1), because="in error")
    asked("other", SAMPLES, days=-1)


def test_lead_sees_their_own_bodys_in_order_with_how_late() -> None:
    fill()
    page = client("lead").get("/asks/")
    assert [[row[0], row[4]] for row in rows(page, "Asked, the earliest due first")] == [
        ["Are your back right?", "taken back"],
        ["Are your answered right?", "answered"],
        ["Are your silent right?", f"silent {day(0)} − {day(-2)} = 2 days"],
        ["Are your owed right?", "owed 3 days left"],
    ]
    assert ("4 things are asked; 1 is past the day" in words(page), "Whom to chase" in words(page), "Ask for a sign-off" in words(page)) == (True, False, False)


def test_those_who_ask_see_every_body_and_whom_to_chase() -> None:
    fill()
    page = client("central").get("/asks/")
    assert len(rows(page, "Asked, the earliest due first")) == 5
    assert rows(page, "Whom to chase") == [["Department of Examples", "1", day(-2)], ["Ministry of Samples", "1", day(-1)]]
    assert "Ask for a sign-off" in words(page)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("state=owed", ["silent", "other", "owed"]),
        ("state=late", ["silent", "other"]),
        ("state=answered", ["answered"]),
        (f"body={SAMPLES}", ["other"]),
        ("kind=update", []),
        ("kind=sign_off&state=late&body=department-of-examples", ["silent"]),
        ("state=never", ["back", "answered", "silent", "other", "owed"]),
    ],
)
def test_list_and_its_file_are_narrowed_alike(query: str, titles: list[str]) -> None:
    fill()
    browser = client("central")
    said = [f"Are your {title} right?" for title in titles]
    assert [row[0] for row in rows(browser.get(f"/asks/?{query}"), "Asked, the earliest due first")] == said
    lines = raw(browser.get(f"/asks/?{query}&format=csv")).splitlines()
    assert [line.split(",")[0] for line in lines] == ["What", *said]


@pytest.mark.parametrize("role", ["charity", "analyst", "commissioner", "prime", "reviewer"])
def test_what_is_shared_is_not_seen_by_others(role: str) -> None:
    fill()
    found = Ask.objects.first()
    browser = client(role)
    assert (rows(browser.get("/asks/"), "Asked, the earliest due first"), browser.get(f"/asks/{found.pk}/").status_code) == ([], 404)


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_as_many_queries_whatever_the_rows(number: int, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        asked(f"s-{place}", days=-place)
    browser = client("central")
    with django_assert_num_queries(10):
        assert len(rows(browser.get("/asks/"), "Asked, the earliest due first")) == number


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_one_takes_as_many_queries_whatever_the_rest(number: int, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        found = asked(f"s-{place}")
        in_state(found, "sent")
    browser = client("lead")
    with django_assert_num_queries(9):
        assert browser.get(f"/asks/{found.pk}/").status_code == 200


# One question


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["", *STATES])
@pytest.mark.parametrize("act", WRITTEN)
def test_step_is_taken_on_the_page_by_whom_and_from_where_the_tables_say(act: str, state: str, role: str) -> None:
    bodies()
    found = asked()
    row = in_state(found, state)
    shared = role in ("central", "auditor", "assessor", "lead", "sro", "official", "sector")
    response = post(role, found, act, body=EXAMPLES if role == "sector" else "", version=row.version if row else "", **WRITTEN[act])
    verb = {"send_back": "return"}.get(act, act)
    now = Submission.objects.order_by("-pk").first()
    if role == "public":
        assert (response.status_code, "/account/login/" in response.headers["Location"]) == (302, True)
    elif not shared:
        assert response.status_code == 404
    elif not reaches(RIGHTS[act], role):
        assert response.status_code in (403, 409)
    elif state in STEPS[verb][0] or (act == "draft" and state == "sent"):
        assert (response.status_code, now.state if now else "") == ((302, STEPS[verb][1]) if state != "sent" else (409, "sent"))
        return
    else:
        assert response.status_code == 409
    assert (now.state if now else "") == state


def test_answer_is_drafted_cleared_by_name_and_sent_by_three_people() -> None:
    bodies()
    found = asked()
    address = f"/asks/{found.pk}/"
    page = client("lead").get(address)
    assert ("Save as a draft" in buttons(page), "Clear it to be sent" in buttons(page)) == (True, False)
    assert "Public: published with the body's name once sent." in words(page)
    assert "Held: not published, but we may have to disclose it" in words(page)
    assert post("lead", found, "draft", **GIVEN).headers["Location"] == address
    assert "Clear it to be sent" not in buttons(client("lead").get(address))
    page = client("official").get(address)
    assert ("Clear it to be sent" in buttons(page), "Send it" in buttons(page), SECRET in words(page)) == (True, False, True)
    post("official", found, "clear", name="Dee Rector", post="Director", version=1)
    page = client("lead").get(address)
    assert ("Cleared by Dee Rector, Director. Once sent it stands" in words(page), "Send it" in buttons(page)) == (True, True)
    post("lead", found, "send", version=2)
    row = Submission.objects.get()
    assert (row.state, row.answers, row.cleared_by_name) == ("sent", GIVEN, "Dee Rector")
    page = client("lead").get(address)
    assert ("What was sent" in words(page), "Cleared by Dee Rector, Director, on" in words(page), "Save as a draft" in buttons(page)) == (True, True, False)


@pytest.mark.parametrize("state", ["drafted", "cleared", "returned"])
@pytest.mark.parametrize("role", ["central", "auditor", "assessor", "lead-of-another", "sector"])
def test_what_is_on_its_way_is_seen_by_its_body_alone(state: str, role: str) -> None:
    bodies()
    found = asked()
    in_state(found, state)
    browser = client("lead", SAMPLES) if role == "lead-of-another" else client(role, VOICE if role == "sector" else "")
    page = words(browser.get(f"/asks/{found.pk}/"))
    assert [each in page for each in ("One line is missing", SECRET, "Say which line")] == [False] * 3


@pytest.mark.parametrize(("role", "seen"), [("central", True), ("auditor", True), ("lead", True), ("lead-of-another", False)])
def test_what_was_sent_is_seen_by_the_office_too(role: str, seen: bool) -> None:
    bodies()
    found = asked()
    in_state(found, "sent")
    page = words((client("lead", SAMPLES) if role == "lead-of-another" else client(role)).get(f"/asks/{found.pk}/"))
    assert ("One line is missing" in page, SECRET in page) == (seen, seen)


def test_answer_sent_back_shows_the_note_and_what_was_written() -> None:
    bodies()
    found = asked()
    in_state(found, "returned")
    page = client("lead").get(f"/asks/{found.pk}/")
    assert ("Sent back, with this note" in words(page), "Say which line." in words(page), "One line is missing." in raw(page)) == (True, True, True)
    post("lead", found, "draft", **(GIVEN | {"text": "Line four.", "version": "2"}))
    assert [(row.state, row.answers["text"], row.version) for row in Submission.objects.all()] == [("drafted", "Line four.", 3)]


@pytest.mark.parametrize(
    ("role", "state", "act", "given", "field", "says"),
    [
        ("lead", "", "draft", {"agrees": ""}, "agrees", "expected yes or no"),
        ("lead", "", "draft", {"agrees": "perhaps"}, "agrees", "Found 'perhaps'; expected yes or no."),
        ("official", "drafted", "clear", {"name": " ", "post": "Director"}, "name", "Nothing is written here"),
        ("official", "drafted", "clear", {"name": "A", "post": ""}, "post", "Nothing is written here"),
        ("official", "cleared", "send_back", {"note": ""}, "note", "Nothing is written here"),
        ("central", "", "link", {"email": "nobody", "role": "lead"}, "email", "expected an e-mail address"),
        ("central", "", "link", {"email": "a@b.example", "role": "central"}, "role", "expected one of: Draft; Draft, clear and send"),
    ],
)
def test_form_that_cannot_be_read_says_why_beside_its_field_and_changes_nothing(role, state, act, given, field, says) -> None:
    bodies()
    found = asked()
    row = in_state(found, state)
    response = post(role, found, act, version=row.version if row else "", **given)
    assert (response.status_code, says in beside(response, field), "Nothing was saved yet" in words(response)) == (422, True, True)
    assert ([each.state for each in Submission.objects.all()], OneTimeLink.objects.count(), mail.outbox) == ([state] if state else [], 0, [])


@pytest.mark.parametrize("act", ["", "publish", "return"])
def test_act_that_is_none_of_the_page_is_refused(act: str) -> None:
    bodies()
    found = asked()
    in_state(found, "cleared")
    assert (post("official", found, act or "x", version=2).status_code, Submission.objects.get().state) == (403, "cleared")


def test_second_of_two_people_is_told_and_keeps_what_they_wrote() -> None:
    bodies()
    found = asked()
    post("lead", found, "draft", **GIVEN)
    post("sro", found, "draft", **(GIVEN | {"text": "The first.", "version": "1"}))
    response = post("lead", found, "draft", **(GIVEN | {"text": "The second.", "version": "1"}))
    assert (response.status_code, "Somebody changed this while you wrote" in words(response), "The second." in words(response)) == (409, True, True)
    assert [row.answers["text"] for row in Submission.objects.all()] == ["The first."]
    assert post("official", found, "clear", name="A", post="B", version=1).status_code == 409


def test_second_who_first_writes_what_cannot_be_read_is_told_all_the_same() -> None:
    bodies()
    found = asked()
    post("lead", found, "draft", **GIVEN)
    post("sro", found, "draft", **(GIVEN | {"text": "The first.", "version": "1"}))
    refused = post("lead", found, "draft", agrees="perhaps", version="1")
    assert re.findall(r'name="version" value="(\d+)"', raw(refused)) == ["1"]
    refused = post("official", found, "clear", name="", version="1")
    assert re.findall(r'name="version" value="(\d+)"', raw(refused)) == ["2", "1", "2"]


def test_question_taken_back_is_answered_no_more() -> None:
    bodies()
    found = asked(days=-3)
    assert "Take the question back" in buttons(client("central").get(f"/asks/{found.pk}/"))
    assert post("lead", found, "withdraw_ask").status_code == 403
    post("central", found, "withdraw_ask")
    page = client("lead").get(f"/asks/{found.pk}/")
    assert ("Save as a draft" in buttons(page), "taken back" in words(page), rows(client().get("/silence/"), "Not answered by the day")) == (False, True, [])
    assert "Take the question back" not in buttons(client("central").get(f"/asks/{found.pk}/"))


@pytest.mark.parametrize("address", ["/asks/999/", "/asks/999/?x"])
def test_question_that_is_none_is_not_found(address: str) -> None:
    assert client("central").get(address).status_code == 404


def test_kind_that_is_no_longer_asked_is_not_found_but_still_listed() -> None:
    bodies()
    found = asked(kind="no_such")
    assert client("lead").get(f"/asks/{found.pk}/").status_code == 404
    assert [row[2] for row in rows(client("lead").get("/asks/"), "Asked, the earliest due first")] == ["no_such"]


def test_trail_of_the_question_is_shown_to_its_body_without_who() -> None:
    bodies()
    found = asked()
    in_state(found, "cleared")
    assert [row[1] for row in rows(client("lead").get(f"/asks/{found.pk}/"), "What was done here, the latest first")] == ["Clear", "Draft", "Ask"]
    assert "What was done here" not in words(client("auditor").get(f"/asks/{found.pk}/"))


# The one-time link


def test_link_is_mailed_opens_without_an_account_and_is_spent_by_the_sending() -> None:
    bodies()
    found = asked()
    response = post("central", found, "link", email="Dee@sample.invalid", role="official")
    assert "A link went to Dee@sample.invalid. It opens this question alone, until 30 days past its day" in words(response)
    message = mail.outbox[0]
    assert (message.to, message.subject, SECRET in message.body) == (["Dee@sample.invalid"], "OpenCompact: Are your figures right?", False)
    link = re.search(r"/answer/\S+", message.body)[0]
    page = client().get(link)
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert "Department of Examples is asked this by" in words(page)
    browser = Client()
    assert browser.post(link, {"act": "draft", **GIVEN}).headers["Location"] == link
    browser.post(link, {"act": "clear", "name": "Dee Rector", "post": "Director", "version": "1"})
    assert browser.post(link, {"act": "send", "version": "2"}).headers["Location"] == "/answer/sent/"
    assert "Thank you. The link is spent." in words(browser.get("/answer/sent/"))
    spent = browser.get(link)
    assert (spent.status_code, "it was used, is too old, or the question was taken back" in words(spent)) == (410, True)
    row = Submission.objects.get()
    assert (row.state, row.sent_by, link.split("/")[2] in raw(client("central").get("/asks/"))) == ("sent", OneTimeLink.objects.get().public_id, False)


def test_link_of_a_lead_drafts_and_never_clears_asks_or_takes_back() -> None:
    bodies()
    found = asked()
    link, browser = linked(found, "lead"), Client()
    browser.post(link, {"act": "draft", **GIVEN})
    assert "Clear it to be sent" not in buttons(browser.get(link))
    acts = ({"act": "clear", "name": "A", "post": "B"}, {"act": "link", "email": "a@b.example", "role": "official"}, {"act": "withdraw_ask"})
    assert [browser.post(link, {**act, "version": "1"}).status_code for act in acts] == [403, 403, 403]
    assert (Submission.objects.get().state, OneTimeLink.objects.count(), Ask.objects.get().withdrawn_at) == ("drafted", 1, None)


def test_link_opens_its_own_question_and_no_other() -> None:
    bodies()
    mine, other = asked("mine"), asked("other")
    link = linked(mine)
    page = words(client().get(link))
    assert ("Are your mine right?" in page, "Are your other right?" in page) == (True, False)
    assert Client().post(f"/asks/{other.pk}/", {"act": "draft", **GIVEN}).status_code == 302
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("why", ["unknown", "expired", "taken back", "answered"])
def test_link_that_does_not_open_says_what_to_do(why: str) -> None:
    bodies()
    found = asked()
    link = linked(found) if why != "unknown" else "/answer/guessed/"
    if why == "expired":
        OneTimeLink.objects.update(expires_at=before(0))
    if why == "taken back":
        withdraw_ask(found, by=CENTRAL, at=before(0), because="in error")
    if why == "answered":
        in_state(found, "sent")
    for response in (client().get(link), client().post(link, {"act": "draft", **GIVEN})):
        assert (response.status_code, "Ask the central team for a new one." in words(response)) == (410, True)


def test_two_links_of_one_question_are_told_of_each_other() -> None:
    bodies()
    found = asked()
    one, two = linked(found), linked(found)
    Client().post(one, {"act": "draft", **GIVEN})
    response = Client().post(two, {"act": "draft", **(GIVEN | {"text": "The second."})})
    assert (response.status_code, "The second." in words(response)) == (409, True)


@pytest.mark.parametrize(
    ("domain", "email", "pointed"),
    [
        ("examples.invalid", "a@examples.invalid", False),
        ("examples.invalid", "a@mail.examples.invalid", False),
        ("examples.invalid", "a@elsewhere.invalid", True),
        ("examples.invalid", "a@notexamples.invalid", True),
        ("", "a@elsewhere.invalid", False),
    ],
)
def test_link_sent_elsewhere_is_pointed_out(domain: str, email: str, pointed: bool) -> None:
    bodies()
    Body.objects.filter(body=EXAMPLES).update(mail_domain=domain)
    assert ("end in examples.invalid; this one does not" in words(post("central", asked(), "link", email=email, role="lead"))) == pointed


# Silence


def test_silence_begins_the_day_after_and_ends_with_a_late_answer() -> None:
    bodies()
    asked("today", days=0)
    late = asked("late", days=-1)
    asked("later", SAMPLES, days=-7)
    page = client().get("/silence/")
    assert [(row[0], row[1], row[2], row[5]) for row in rows(page, "Not answered by the day")] == [
        ("Ministry of Samples", "Are your later right?", "A sign-off", "7"),
        ("Department of Examples", "Are your late right?", "A sign-off", "1"),
    ]
    assert "2 questions of 2 bodies stand without an answer past the day." in words(page)
    in_state(late, "sent")
    assert [row[0] for row in rows(client().get("/silence/"), "Not answered by the day")] == ["Ministry of Samples"]


@pytest.mark.parametrize("state", ["drafted", "cleared", "returned"])
def test_answer_that_was_not_sent_is_silence_and_stays_unseen(state: str) -> None:
    bodies()
    in_state(asked(days=-1), state)
    for address in ("/silence/", "/silence/?format=csv", "/silence/?format=atom"):
        page = raw(client().get(address))
        assert ("Are your figures right?" in page, "One line is missing" in page, SECRET in page) == (True, False, False)


def test_silence_is_a_file_and_a_feed_that_names_each_once() -> None:
    bodies()
    found = asked(days=-7)
    lines = raw(client().get("/silence/?format=csv")).splitlines()
    due, on = today() - timedelta(days=7), found.asked_on
    assert lines == ["Body,What was asked,Kind,Asked on,Due,Days past it", f"Department of Examples,Are your figures right?,A sign-off,{on},{due},7"]
    response = client().get("/silence/?format=atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = raw(response)
    assert re.findall(r"<entry><title>(.*?)</title>", feed) == ["Department of Examples did not answer: Are your figures right?"]
    assert re.findall(r"<id>(http://testserver/silence/#\d+)</id>", feed) == [f"http://testserver/silence/#{found.pk}"]


def test_nobody_silent_says_so() -> None:
    page = words(client().get("/silence/"))
    assert ("Every question whose day has passed was answered." in page, "0 questions of 0 bodies" in page) == (True, True)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("form", ["", "csv", "atom"])
def test_silence_takes_as_many_queries_whatever_the_rows(number: int, form: str, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        asked(f"s-{place}", days=-1 - place)
    with django_assert_num_queries(2):
        raw(client().get(f"/silence/?format={form}"))
