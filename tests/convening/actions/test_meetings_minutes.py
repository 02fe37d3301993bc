"""Minutes, what bodies say of them, actions and offers, the poll, and calendars of one's own."""

from datetime import timedelta

import pytest
from tests.convening.gatherings import CENTRAL, PLACES, asked, in_state, now, sent, take
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, viewer

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import PUBLIC, NotAllowed, Viewer
from opencompact.asking.queries import asks, owed
from opencompact.audit.models import Event
from opencompact.convening.actions import meetings_minutes as minutes
from opencompact.convening.actions.meetings import CannotMeet, draft_of, invite_body, record_attendance
from opencompact.convening.models import CalendarFeed, PollMark, PollReply
from opencompact.convening.queries.meetings import feed_made_at, feed_of
from opencompact.convening.rules.meetings import POLL_DAYS

pytestmark = pytest.mark.django_db
AFTER = AT + timedelta(days=31)
LEAD = viewer("lead")


def write(row, text="Said anew.", *, by=CENTRAL):
    return minutes.write_minutes(row.key, minutes=text, held_text="", version=now(row).version, by=by, at=AFTER)


def test_minutes_say_something_and_are_the_central_teams_to_write():
    row = in_state("held")
    with pytest.raises(CannotMeet, match="nothing is written"):
        write(row, " ")
    with pytest.raises(NotAllowed):
        write(row, by=LEAD)


def test_a_new_draft_ends_what_was_said_and_asked_of_the_last():
    row = write(in_state("held"), "First.")
    minutes.ask_of_minutes(row.key, due_on=AFTER.date(), by=CENTRAL, at=AFTER)
    first = draft_of(row)
    minutes.say_of_minutes(first, body=EXAMPLES, agrees=False, text="Item 2.", by=LEAD, at=AFTER)
    again = write(row, "Second.")
    assert (again.draft, again.minutes, again.words.count()) == (2, "Second.", 0)
    assert list(owed(CENTRAL)) == []
    assert asks(CENTRAL).filter(subject=first, withdrawn_at=AFTER).count() == len(PLACES)
    with pytest.raises(CannotMeet, match="no longer stands"):
        minutes.say_of_minutes(first, body=EXAMPLES, agrees=True, text="", by=LEAD, at=AFTER)


def test_bodies_are_asked_of_a_draft_by_a_day_to_come():
    row = in_state("held")
    for due_on in (AFTER.date(), AFTER.date() - timedelta(days=1)):
        with pytest.raises(CannotMeet, match="Bodies are asked of minutes in draft"):
            minutes.ask_of_minutes(row.key, due_on=due_on, by=CENTRAL, at=AFTER)
    write(row)
    with pytest.raises(CannotMeet, match="Bodies are asked of minutes in draft"):
        minutes.ask_of_minutes(row.key, due_on=AFTER.date() - timedelta(days=1), by=CENTRAL, at=AFTER)
    minutes.ask_of_minutes(row.key, due_on=AFTER.date(), by=CENTRAL, at=AFTER)
    assert asked(row, "minutes_agreement", VOICE).due_on == AFTER.date()


def test_a_change_is_asked_for_in_words_by_the_body_itself():
    row = write(in_state("held"))
    with pytest.raises(CannotMeet, match="Say in words"):
        minutes.say_of_minutes(draft_of(row), body=EXAMPLES, agrees=False, text=" ", by=LEAD, at=AFTER)
    with pytest.raises(NotAllowed):
        minutes.say_of_minutes(draft_of(row), body=SAMPLES, agrees=True, text="", by=LEAD, at=AFTER)
    said = minutes.say_of_minutes(draft_of(row), body=EXAMPLES, agrees=False, text="Item 2.", by=LEAD, at=AFTER)
    assert (str(said), said.agrees, said.text, said.on) == (EXAMPLES, False, "Item 2.", AFTER.date())


def action(row, kind="meeting_action", text="Send the list."):
    return minutes.raise_action(row.key, kind=kind, body=EXAMPLES, text=text, due_on=None, by=CENTRAL, at=AFTER)


def test_an_action_comes_of_a_meeting_held_and_says_what():
    row = in_state("planned")
    with pytest.raises(CannotMeet, match="An action comes of"):
        action(row)
    take(row, "invite")
    take(row, "hold", at=AFTER)
    for kind, text in (("wish", "X"), ("offer", " ")):
        with pytest.raises(CannotMeet, match="An action comes of"):
            action(row, kind, text)
    made = action(row, "offer", "We will visit.")
    assert (str(made), minutes.origin_of(made)) == ("We will visit.", f"meeting/council/council-next/action/{made.pk}")


def test_an_action_in_error_is_struck_out_until_it_is_a_commitment():
    row = in_state("minutes_drafted")
    first, second = action(row), action(row)
    minutes.strike_action(first.pk, by=CENTRAL, at=AFTER)
    minutes.became_commitment(second.pk, commitment="c-1", by=CENTRAL, at=AFTER)
    for pk in (first.pk, second.pk):
        with pytest.raises(CannotMeet, match="Only an action that is no commitment"):
            minutes.strike_action(pk, by=CENTRAL, at=AFTER)
    with pytest.raises(CannotMeet, match="in the ledger already, as c-1"):
        minutes.became_commitment(second.pk, commitment="c-2", by=CENTRAL, at=AFTER)
    assert list(row.actions.values_list("commitment", flat=True)) == ["c-1"]


def answer(row, *, body=EXAMPLES, use=4, topical=2, by=LEAD, at=AFTER):
    minutes.answer_poll(row.key, body=body, use=use, topical=topical, by=by, at=at)


def test_a_poll_answer_adds_to_counts_and_leaves_no_event():
    row = in_state("held")
    events = Event.objects.count()
    answer(row)
    answer(row, body=VOICE, by=viewer("sector", VOICE), use=4, topical=5)
    assert list(PollMark.objects.filter(answers__gt=0).order_by("question", "mark").values_list("question", "mark", "answers")) == [
        ("topical", 2, 1), ("topical", 5, 1), ("use", 4, 2),
    ]  # fmt: skip
    assert (PollMark.objects.count(), Event.objects.count()) == (10, events)
    assert sorted(str(reply) for reply in PollReply.objects.all()) == [EXAMPLES, VOICE]


def test_a_body_answers_a_poll_once_where_it_came_while_it_is_open():
    row = in_state("held")
    answer(row)
    with pytest.raises(CannotMeet, match="answered this poll already"):
        answer(row)
    with pytest.raises(CannotMeet, match="bodies that came"):
        answer(row, body=SAMPLES, by=viewer("lead", SAMPLES))
    with pytest.raises(CannotMeet, match="from 1 to 5"):
        answer(row, body=VOICE, by=viewer("sector", VOICE), use=6)
    with pytest.raises(CannotMeet, match="The poll closed on"):
        answer(row, body=VOICE, by=viewer("sector", VOICE), at=row.starts_at + timedelta(days=POLL_DAYS + 1))
    with pytest.raises(NotAllowed):
        answer(row, body=VOICE)
    assert PollReply.objects.count() == 1


def test_who_came_unasked_is_given_a_place_first():
    row = in_state("held")
    row.places.filter(body=VOICE).delete()
    invite_body(row.key, body=VOICE, post="", by=CENTRAL, at=AFTER)
    record_attendance(row.key, came={VOICE: "attended"}, version=now(row).version, by=CENTRAL, at=AFTER)
    assert row.places.get(body=VOICE).came == "attended"
    assert not asks(CENTRAL).filter(body=VOICE, kind="attendance", withdrawn_at=None).exists()


def test_a_calendar_address_opens_until_it_is_made_anew_or_revoked():
    first = minutes.make_feed(by=LEAD, at=AT)
    assert (feed_of(token_hash(first)), feed_made_at(LEAD.account)) == (LEAD.account, AT)
    second = minutes.make_feed(by=LEAD, at=AFTER)
    assert (feed_of(token_hash(first)), feed_of(token_hash(second))) == ("", LEAD.account)
    minutes.revoke_feed(by=LEAD, at=AFTER)
    minutes.revoke_feed(by=LEAD, at=AFTER)
    assert (feed_of(token_hash(second)), feed_made_at(LEAD.account)) == ("", None)
    assert [event.verb for event in Event.objects.order_by("sequence")] == ["make_feed", "revoke_feed", "make_feed", "revoke_feed"]
    assert {str(feed) for feed in CalendarFeed.objects.all()} == {LEAD.account}
    assert first not in "".join(CalendarFeed.objects.values_list("token_hash", flat=True))


@pytest.mark.parametrize("by", [PUBLIC, Viewer("link-1", LEAD.grants, only="ask/attendance/x/y")])
def test_nobody_without_an_account_has_a_calendar(by):
    with pytest.raises(NotAllowed, match="for those who sign in"):
        minutes.make_feed(by=by, at=AT)


def test_what_is_sent_of_the_minutes_counts_as_an_answer():
    row = write(in_state("held"))
    minutes.ask_of_minutes(row.key, due_on=AFTER.date(), by=CENTRAL, at=AFTER)
    sent(row, "minutes_agreement", EXAMPLES, agrees="yes", at=AFTER)
    assert [ask.body for ask in owed(CENTRAL)] == [SAMPLES, VOICE]
