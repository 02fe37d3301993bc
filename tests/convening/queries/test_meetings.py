"""What is seen of meetings by whom, who came to the last four, what polls say."""

from datetime import timedelta

import pytest
from tests.convening.gatherings import CENTRAL, HELD_WORDS, PLACES, council, in_state, planned
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, viewer

from opencompact.accounts.rules import PUBLIC
from opencompact.convening.actions.meetings_minutes import answer_poll, raise_action
from opencompact.convening.models import Meeting
from opencompact.convening.queries import meetings as queries
from opencompact.convening.rules.meetings import POLL_DAYS, STATES, Poll, Record

pytestmark = pytest.mark.django_db
AFTER = AT + timedelta(days=31)
LATER = AT + timedelta(days=400)


@pytest.mark.parametrize("state", STATES)
def test_the_public_sees_minutes_agenda_places_and_actions_only_once_published(state):
    in_state(state)
    row = queries.meeting(PUBLIC, "council-next")
    is_public = state == "minutes_published"
    assert (row.minutes, row.held_text) == ("What was said." if is_public else "", "")
    assert (len(queries.agenda(PUBLIC, row)), len(queries.places(PUBLIC, row)), queries.words(PUBLIC, row)) == ((1, 3, []) if is_public else (0, 0, []))


def test_those_who_work_on_it_see_drafts_and_the_central_team_its_notes():
    in_state("minutes_drafted")
    for role in ("lead", "sector", "auditor", "central"):
        row = queries.meeting(viewer(role), "council-next")
        assert (row.minutes, row.held_text) == ("What was said.", f"Outside: {HELD_WORDS}" if role == "central" else "")
        assert [word.body for word in queries.words(viewer(role), row)] == sorted(PLACES)
    assert queries.meeting(viewer("charity"), "council-next").minutes == ""
    assert queries.meeting(CENTRAL, "no-such") is None


def test_the_public_sees_who_came_and_not_what_they_answered():
    row = in_state("minutes_published")
    row.places.update(answer="attended", who="A person")
    assert [(place.body, place.came, place.answer, place.who) for place in queries.places(PUBLIC, row)] == [
        (EXAMPLES, "attended", "", ""), (SAMPLES, "apologies", "", ""), (VOICE, "deputy", "", ""),
    ]  # fmt: skip
    assert [(place.answer, place.who) for place in queries.places(viewer("lead"), row)] == [("attended", "A person"), ("attended", ""), ("attended", "")]
    assert {place.who for place in queries.places(CENTRAL, row)} == {"A person"}


def test_what_should_change_is_seen_by_the_body_and_the_office():
    row = in_state("minutes_drafted")
    row.words.filter(body=VOICE).update(agrees=False, text="Item 2.")
    said = {role: [(word.agrees, word.text) for word in queries.words(viewer(role), row) if word.body == VOICE] for role in ("lead", "auditor", "charity")}
    assert said == {"lead": [(False, "")], "auditor": [(False, "Item 2.")], "charity": []}
    assert [word.text for word in queries.words(viewer("sector", VOICE), row)] == ["", "", "Item 2."]


def test_actions_are_public_with_the_minutes():
    row = in_state("held")
    made = raise_action(row.key, kind="offer", body=EXAMPLES, text="We will visit.", due_on=None, by=CENTRAL, at=AFTER)
    assert (queries.follow_ups(PUBLIC, row), queries.follow_ups(viewer("lead"), row)) == ([], [made])


def test_meetings_come_in_their_order_without_the_cancelled_where_to_come():
    for key, days in (("c", 90), ("a", 30), ("b", 60)):
        planned(key, days=days)
    Meeting.objects.filter(key="b").update(state="cancelled")
    assert [row.key for row in queries.upcoming(AT)] == ["a", "c"]
    assert [row.key for row in queries.meetings()] == ["c", "b", "a"]
    assert [row.key for row in queries.meetings(of="other")] == []
    assert [row.key for row in queries.invited(frozenset({EXAMPLES, SAMPLES}))] == ["a", "b", "c"]
    assert [row.key for row in queries.invited(frozenset({"sample-stranger"}))] == []
    assert [row.title for row in queries.series()] == ["Council"]


def test_the_last_four_held_are_counted_and_for_the_public_those_published():
    for number in range(5):
        in_state("minutes_published" if number < 2 else "held", f"m-{number}", days=30 * (number + 1))
    assert [row.key for row in queries.held_before(LATER, of="council")] == ["m-4", "m-3", "m-2", "m-1", "m-0"]
    past = queries.pasts(CENTRAL, before=LATER)["council"]
    assert [row.key for row in past.held] == ["m-4", "m-3", "m-2", "m-1"]
    assert past.records == (Record(EXAMPLES, ("attended",) * 4), Record(SAMPLES, ("apologies",) * 4), Record(VOICE, ("deputy",) * 4))
    assert [row.key for row in queries.pasts(PUBLIC, before=LATER)["council"].held] == ["m-1", "m-0"]
    assert queries.pasts(CENTRAL, before=AT) == {}


def test_a_poll_shows_how_many_answered_of_those_that_came():
    row = in_state("held")
    answer_poll(row.key, body=EXAMPLES, use=5, topical=5, by=viewer("lead"), at=AFTER)
    day = row.starts_at.date()
    assert queries.polls([row], today=day) == {row.pk: Poll(1, 2, {}, is_open=True)}
    assert queries.polls([row], today=day + timedelta(days=POLL_DAYS + 1)) == {row.pk: Poll(1, 2, {}, is_open=False)}
    assert queries.may_still_answer(row, [EXAMPLES, SAMPLES, VOICE]) == [VOICE]


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_as_many_queries_whatever_the_rows(number, django_assert_num_queries):
    council()
    rows = [in_state("held", f"m-{each}", days=30 * (each + 1)) for each in range(number)]
    with django_assert_num_queries(2):
        assert len(queries.pasts(CENTRAL, before=LATER)["council"].held) == number
    with django_assert_num_queries(3):
        assert len(queries.polls(rows, today=LATER.date())) == number


def test_rows_are_named_for_people():
    row = in_state("held")
    answer_poll(row.key, body=EXAMPLES, use=5, topical=5, by=viewer("lead"), at=AFTER)
    assert [str(each) for each in (queries.series().get(), row, row.places.get(body=VOICE))] == ["Council", "Meeting council-next", VOICE]
    assert str(row.marks.get(question="use", mark=5)) == "use 5: 1"
