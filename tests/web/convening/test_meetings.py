"""The pages of meetings and their series."""

from datetime import timedelta

import pytest
from tests.convening.gatherings import CENTRAL, council, in_state, planned, today
from tests.office import EXAMPLES, client, viewer

from opencompact.convening.actions.meetings_minutes import answer_poll, became_commitment, origin_of, raise_action
from opencompact.convening.models import Meeting, Series
from opencompact.promises.actions.ledger import record_commitment
from opencompact.values.days import in_words

pytestmark = pytest.mark.django_db
SERIES = {"title": "Forum of leads", "about": "To hear what each does.", "a_year": "3", "quorum": ""}
PLAN = {"series": "council", "title": "Council in May", "on": "2031-05-20", "from_time": "9:30", "to_time": "11:00", "where": "Room 4"}


def text(response) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode().replace("\u00a0", " ")


def ago(days: int):
    return today() - timedelta(days=days)


def test_an_empty_list_says_what_would_fill_it():
    said = text(client().get("/meetings/"))
    assert "No meeting is planned." in said
    assert "The central team plans them" in said
    assert "Plan a meeting" not in said


def test_the_next_meeting_is_the_answer_and_the_past_stand_below():
    row = planned("soon", at=today(), days=3)
    in_state("minutes_published", "past", at=ago(60))
    in_state("cancelled", "off", at=today(), days=9)
    said = text(client("lead").get("/meetings/"))
    assert f"The next is on {in_words(row.starts_at)}: Meeting soon." in said
    assert [said.count(f'href="/meetings/{key}/"') for key in ("soon", "past", "off")] == [1, 1, 1]
    assert said.index("/meetings/soon/") < said.index("Past and cancelled") < said.index("/meetings/off/")
    assert ("My own calendar" in said, "Plan a meeting" in said) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_whatever_the_rows(number, django_assert_num_queries):
    for each in range(number):
        in_state("minutes_published", f"past-{each}", at=ago(60 + each))
        planned(f"next-{each}", at=today(), days=9 + each)
    with django_assert_num_queries(4):
        assert text(client().get("/meetings/")).count('href="/meetings/past-') == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_series_takes_as_many_queries_whatever_the_rows(number, django_assert_num_queries):
    for each in range(number):
        row = in_state("minutes_published", f"past-{each}", at=ago(60 + each))
        made = raise_action(row.key, kind="offer", body=EXAMPLES, text="We will visit.", due_on=None, by=CENTRAL, at=today())
        ledger(made, row)
    browser = client()
    with django_assert_num_queries(11):
        assert text(browser.get("/meetings/series/council/")).count("We will visit.") == number


def ledger(made, row):
    held = record_commitment(
        key=f"c-{made.pk}", kind=made.kind, title=made.text, text=made.text, owners=[made.body], due_on=None, origin=origin_of(made), by=CENTRAL,
        at=today(), because="",
    )  # fmt: skip
    became_commitment(made.pk, commitment=held.key, by=CENTRAL, at=today())


def test_a_series_says_who_came_what_was_promised_and_what_is_owed():
    row = in_state("minutes_published", "past", at=ago(60))
    made = raise_action(row.key, kind="offer", body=EXAMPLES, text="We will visit.", due_on=None, by=CENTRAL, at=today())
    ledger(made, row)
    planned("soon", at=today(), days=3)
    said = text(client().get("/meetings/series/council/"))
    assert "4 a year were promised" in said
    assert "Of the last 1 meeting, 1 body came to none." in said
    assert f'href="/ledger/c-{made.pk}/"' in said
    assert "Change what is said of the series" not in said
    rows = text(client().get("/meetings/series/council/?format=csv")).splitlines()
    assert rows[1:] == ["Ministry of Samples,Apologies,0 of 1", "Department of Examples,Attended,1 of 1", "Sample Sector Voice,Deputy came,1 of 1"]


def test_a_series_without_a_meeting_says_so():
    council()
    said = text(client().get("/meetings/series/council/"))
    assert ("none planned" in said, "None was held, or none has published its minutes yet." in said, "No meeting was held yet." in said) == (True, True, True)
    assert client().get("/meetings/series/none/").status_code == 404


def test_a_poll_shows_counts_and_marks_only_when_closed_and_of_enough(monkeypatch):
    row = in_state("held", "past", at=ago(60))
    answer_poll(row.key, body=EXAMPLES, use=5, topical=5, by=viewer("lead"), at=row.starts_at)
    assert "too few to show" in text(client("lead").get("/meetings/series/council/"))
    monkeypatch.setattr("opencompact.convening.rules.meetings.LEAST_ANSWERS", 1)
    said = text(client("lead").get("/meetings/series/council/"))
    assert said.count("5.0 of 5") == 3  # a bar, and two cells
    assert ("1 of 2 (50 %)" in said, "Of use to those who came" in said) == (True, True)
    in_state("held", "fresh", at=ago(40), days=35)
    assert "the poll is open" in text(client("lead").get("/meetings/series/council/"))


def test_the_central_team_puts_and_changes_a_series():
    browser = client("central")
    assert "Put a new series" in text(browser.get("/meetings/series/new/"))
    assert browser.post("/meetings/series/new/", SERIES).headers["Location"] == "/meetings/series/forum-of-leads/"
    assert "There is a series forum-of-leads already" in text(browser.post("/meetings/series/new/", SERIES))
    changed = {**SERIES, "a_year": "4", "quorum": "9", "version": "1"}
    assert browser.post("/meetings/series/forum-of-leads/", changed).status_code == 302
    row = Series.objects.get()
    assert (row.a_year, row.quorum, row.version) == (4, 9, 2)
    assert browser.post("/meetings/series/forum-of-leads/", changed).status_code == 409
    assert browser.post("/meetings/series/forum-of-leads/", {**changed, "version": "x"}).status_code == 409
    refused = browser.post("/meetings/series/forum-of-leads/", {**changed, "a_year": "four", "version": "2"})
    assert (refused.status_code, "expected a whole number" in text(refused)) == (422, True)
    assert browser.post("/meetings/series/new/", {"title": ""}).status_code == 422


def test_a_meeting_is_planned_in_londons_time():
    council()
    browser = client("central")
    assert text(browser.get("/meetings/new/?series=council")).count('value="council" checked') == 1
    assert browser.post("/meetings/new/", PLAN).headers["Location"] == "/meetings/council-2031-05-20/"
    row = Meeting.objects.get()
    assert (row.starts_at.isoformat(), row.ends_at.isoformat()) == ("2031-05-20T08:30:00+00:00", "2031-05-20T10:00:00+00:00")


@pytest.mark.parametrize(("change", "said"), [
    ({"from_time": "half nine"}, "expected them as 10:30"),
    ({"to_time": "09:00"}, "expected a time after it begins"),
    ({"title": ""}, "Nothing is written here"),
])  # fmt: skip
def test_a_plan_that_cannot_be_says_why_and_keeps_what_was_written(change, said):
    council()
    answered = client("central").post("/meetings/new/", {**PLAN, **change})
    assert (answered.status_code, said in text(answered), 'value="Room 4"' in text(answered), Meeting.objects.count()) == (422, True, True, 0)


@pytest.mark.parametrize("address", ["/meetings/new/", "/meetings/series/new/"])
def test_others_do_not_plan(address):
    assert client("lead").get(address).status_code == 403
    assert client().get(address).status_code == 302
