"""Meetings planned, invited to, moved, cancelled and held; each step by whom the tables allow and from where they allow."""

from datetime import timedelta

import pytest
from tests.convening.gatherings import CENTRAL, PLACES, agree, asked, council, in_state, now, planned, sent, take
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, account, viewer

from opencompact.accounts.queries import notices
from opencompact.accounts.rules import ROLES, NotAllowed, may
from opencompact.asking.queries import asks, owed
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.convening.actions import meetings as actions
from opencompact.convening.actions.meetings import CannotMeet
from opencompact.convening.actions.meetings_minutes import ask_of_minutes, write_minutes
from opencompact.convening.models import AgendaItem, Meeting, Series
from opencompact.convening.rules.meetings import RIGHTS, STATES, STEPS

pytestmark = pytest.mark.django_db
AFTER = AT + timedelta(days=31)


@pytest.mark.parametrize("role", ROLES)
def test_every_state_verb_and_role_does_what_the_tables_say(role):
    """All of them: a refusal by role is NotAllowed, one by state CannotMeet, and nothing else is done."""
    by = viewer(role)
    for state in STATES:
        row = in_state(state, f"at-{state.replace('_', '-')}")
        for verb, (starts, ends) in STEPS.items():
            before = Meeting.objects.filter(pk=row.pk).values().get()
            try:
                done = actions.step(row.key, verb, version=row.version, by=by, at=AFTER, because="a test").state
            except (NotAllowed, CannotMeet) as refusal:
                done = type(refusal).__name__
            expected = "NotAllowed" if not may(by, RIGHTS[verb]) else ends if state in starts else "CannotMeet"
            assert (role, state, verb, done) == (role, state, verb, expected)
            Meeting.objects.filter(pk=row.pk).update(**before)


def test_a_series_is_put_once_and_changed_by_its_version():
    council()
    with pytest.raises(CannotMeet, match="There is a series council already"):
        actions.record_series("council", title="Other", about="", a_year=None, quorum=None, version=None, by=CENTRAL, at=AT)
    changed = actions.record_series("council", title="Council anew", about="", a_year=3, quorum=None, version=1, by=CENTRAL, at=AT)
    assert (changed.title, changed.a_year, changed.quorum, changed.version) == ("Council anew", 3, None, 2)
    with pytest.raises(ChangedMeanwhile):
        actions.record_series("council", title="Late", about="", a_year=3, quorum=None, version=1, by=CENTRAL, at=AT)
    assert Series.objects.get().title == "Council anew"


def test_a_plan_needs_a_series_a_key_of_its_own_and_an_end_after_its_beginning():
    row = planned()
    given = {"title": "X", "starts_at": row.starts_at, "ends_at": row.ends_at, "where": "", "by": CENTRAL, "at": AT}
    with pytest.raises(CannotMeet, match="There is no series 'none'"):
        actions.plan_meeting("x", series="none", **given)
    with pytest.raises(CannotMeet, match="There is a meeting council-next already"):
        actions.plan_meeting(row.key, series="council", **given)
    with pytest.raises(CannotMeet, match="expected a time after it begins"):
        actions.plan_meeting("x", series="council", **{**given, "ends_at": row.starts_at})


def test_local_insight_has_its_standing_item_and_places_come_from_the_last_meeting():
    planned("first")
    row = actions.plan_meeting(
        "second", series="council", title="Second", starts_at=AT + timedelta(days=90), ends_at=AT + timedelta(days=90, hours=1), where="", by=CENTRAL, at=AT
    )
    assert list(row.items.values_list("kind", "title")) == [("insight", "Local insight")]
    assert list(row.places.order_by("body").values_list("body", "post")) == [(body, "lead") for body in sorted(PLACES)]


def test_invitations_ask_every_body_by_some_days_before():
    row = planned()
    somebody = account("lead")
    take(row, "invite")
    assert [(ask.body, str(ask.due_on)) for ask in owed(CENTRAL)] == [(body, "2031-05-31") for body in sorted(PLACES)]
    assert [notice.text for notice in notices(somebody)] == ["You are invited: Meeting council-next."]


def test_nobody_is_invited_where_nobody_has_a_place():
    council()
    row = actions.plan_meeting("alone", series="council", title="Alone", starts_at=AT, ends_at=AT + timedelta(hours=1), where="", by=CENTRAL, at=AT)
    with pytest.raises(CannotMeet, match="Nobody has a place yet"):
        take(row, "invite")


def test_a_body_invited_later_is_asked_at_once_and_its_place_can_be_taken_back():
    row = planned()
    actions.take_back_place(row.key, body=VOICE, by=CENTRAL, at=AT)
    take(row, "invite")
    actions.invite_body(row.key, body=VOICE, post="", by=CENTRAL, at=AT)
    assert asked(row, "attendance", VOICE).withdrawn_at is None
    actions.take_back_place(row.key, body=VOICE, by=CENTRAL, at=AT)
    assert asked(row, "attendance", VOICE).withdrawn_at == AT
    assert [ask.body for ask in owed(CENTRAL)] == [EXAMPLES, SAMPLES]
    with pytest.raises(CannotMeet, match="has no place"):
        actions.take_back_place(row.key, body=VOICE, by=CENTRAL, at=AT)


def test_no_place_is_given_once_the_minutes_are_agreed():
    row = in_state("minutes_agreed")
    with pytest.raises(CannotMeet, match="Places are given until"):
        actions.invite_body(row.key, body=VOICE, post="", by=CENTRAL, at=AFTER)


def test_a_moved_meeting_raises_its_sequence_and_what_is_asked_falls_due_with_it():
    row = in_state("invited")
    later = row.starts_at + timedelta(days=14)
    moved = actions.move_meeting(
        row.key, starts_at=later, ends_at=later + timedelta(hours=1), where="Room 5", version=row.version, by=CENTRAL, at=AT, because="The chair is away."
    )
    assert (moved.sequence, moved.where, moved.starts_at) == (row.sequence + 1, "Room 5", later)
    assert {str(ask.due_on) for ask in owed(CENTRAL)} == {"2031-06-14"}
    with pytest.raises(ChangedMeanwhile):
        actions.move_meeting(row.key, starts_at=later, ends_at=later + timedelta(hours=1), where="", version=row.version, by=CENTRAL, at=AT, because="")


def test_only_a_meeting_to_come_is_moved():
    row = in_state("held")
    with pytest.raises(CannotMeet, match="Only a meeting still to come is moved"):
        actions.move_meeting(row.key, starts_at=row.starts_at, ends_at=row.ends_at, where="", version=row.version, by=CENTRAL, at=AFTER, because="")


def test_a_cancelled_meeting_says_why_and_asks_nothing_more():
    row = in_state("invited")
    with pytest.raises(CannotMeet, match="Say why"):
        take(row, "cancel")
    done = take(row, "cancel", because="Strike.")
    assert (done.state, done.cancelled_because, done.sequence) == ("cancelled", "Strike.", row.sequence + 1)
    assert list(owed(CENTRAL)) == []


def test_a_meeting_cannot_have_been_held_before_it_begins_and_then_asks_no_more_who_comes():
    row = in_state("invited")
    actions.open_round(row.key, by=CENTRAL, at=AT)
    with pytest.raises(CannotMeet, match="cannot have been held yet"):
        take(row, "hold")
    take(row, "hold", at=AFTER)
    assert [ask.kind for ask in owed(CENTRAL)] == ["meeting_return"] * 3


def test_a_round_of_returns_asks_everybody_between_invitations_and_the_day():
    row = planned()
    with pytest.raises(CannotMeet, match="A round of returns follows"):
        actions.open_round(row.key, by=CENTRAL, at=AT)
    take(row, "invite")
    actions.open_round(row.key, by=CENTRAL, at=row.starts_at - timedelta(days=2))
    late = row.starts_at.date() - timedelta(days=2)
    assert list(asks(CENTRAL).filter(kind="meeting_return").values_list("body", "due_on")) == [(body, late) for body in sorted(PLACES)]


def test_a_body_answers_only_an_invitation_it_has_and_that_is_open():
    row = planned()
    given = {"answer": "deputy", "who": "A deputy", "by": viewer("lead"), "at": AT}
    with pytest.raises(CannotMeet, match="has no invitation"):
        actions.answer_invitation(row.key, body=EXAMPLES, **given)
    take(row, "invite")
    place = actions.answer_invitation(row.key, body=EXAMPLES, **given)
    assert (place.answer, place.who) == ("deputy", "A deputy")
    with pytest.raises(CannotMeet, match="Found the answer 'absent'"):
        actions.answer_invitation(row.key, body=EXAMPLES, **{**given, "answer": "absent"})
    with pytest.raises(NotAllowed):
        actions.answer_invitation(row.key, body=SAMPLES, **given)


def test_items_stand_in_their_order_and_are_taken_off_only_before_the_day():
    row = planned()
    for kind, title in (("insight", "From the north"), ("item", "First"), ("item", "Second")):
        actions.add_item(row.key, kind=kind, title=title, text="", address="", by=CENTRAL, at=AT)
    first = row.items.get(title="First")
    actions.take_off_item(row.key, item=first.pk, by=CENTRAL, at=AT)
    assert list(row.items.order_by("place").values_list("title", flat=True)) == ["Second", "Local insight", "From the north"]
    with pytest.raises(CannotMeet, match="Only what stands on the agenda"):
        actions.take_off_item(row.key, item=first.pk, by=CENTRAL, at=AT)
    for kind, title in (("carried", "X"), ("item", " "), ("other", "X")):
        with pytest.raises(CannotMeet, match="An item has a title"):
            actions.add_item(row.key, kind=kind, title=title, text="", address="", by=CENTRAL, at=AT)


def test_carried_actions_go_on_the_agenda_by_their_key_alone():
    row = in_state("invited")
    take(row, "publish_agenda", carried=["a-commitment", "another"])
    held = AgendaItem.objects.filter(kind="carried").order_by("place")
    assert [(item.commitment, item.title, str(item)) for item in held] == [("a-commitment", "", "a-commitment"), ("another", "", "another")]


def test_attendance_is_put_down_for_those_with_a_place_until_minutes_are_agreed():
    row = in_state("held")
    given = {"by": CENTRAL, "at": AFTER}
    with pytest.raises(CannotMeet, match="sample-stranger had no place"):
        actions.record_attendance(row.key, came={"sample-stranger": "attended"}, version=row.version, **given)
    with pytest.raises(CannotMeet, match="attended, deputy, apologies or absent"):
        actions.record_attendance(row.key, came={EXAMPLES: "late"}, version=row.version, **given)
    actions.record_attendance(row.key, came={SAMPLES: "absent"}, version=row.version, **given)
    assert dict(row.places.values_list("body", "came")) == {EXAMPLES: "attended", SAMPLES: "absent", VOICE: "deputy"}
    with pytest.raises(ChangedMeanwhile):
        actions.record_attendance(row.key, came={SAMPLES: "attended"}, version=row.version, **given)


def test_minutes_are_agreed_only_once_asked_of_and_nobody_may_still_answer():
    row = in_state("held")
    write_minutes(row.key, minutes="Said.", held_text="", version=row.version, by=CENTRAL, at=AFTER)
    with pytest.raises(CannotMeet, match="Nobody was asked"):
        take(row, "agree_minutes", at=AFTER)
    from_then = AFTER + timedelta(days=1)
    ask_of_minutes(row.key, due_on=from_then.date(), by=CENTRAL, at=AFTER)
    agree(row, EXAMPLES, at=AFTER)
    with pytest.raises(CannotMeet, match=f"{SAMPLES}, {VOICE} may still answer"):
        take(row, "agree_minutes", at=from_then)
    assert take(row, "agree_minutes", at=from_then + timedelta(days=1)).state == "minutes_agreed"


def test_minutes_that_a_body_wants_changed_are_not_agreed():
    row = in_state("minutes_drafted")
    row.words.filter(body=VOICE).update(agrees=False, text="Not so.")
    with pytest.raises(CannotMeet, match=f"A change was asked for by {VOICE}"):
        take(row, "agree_minutes", at=AFTER)


def test_two_people_at_one_meeting_are_told():
    row = planned()
    actions.step(row.key, "invite", version=row.version, by=CENTRAL, at=AT)
    with pytest.raises(ChangedMeanwhile):
        actions.step(row.key, "cancel", version=row.version, because="x", by=CENTRAL, at=AT)
    assert now(row).state == "invited"


def test_the_trail_tells_each_step():
    in_state("minutes_published")
    verbs = Event.objects.filter(subject="meeting/council-next").order_by("sequence").values_list("verb", flat=True)
    assert list(dict.fromkeys(verbs)) == [
        "plan_meeting", "invite_body", "invite", "hold", "record_attendance", "draft_minutes", "say_of_minutes", "agree_minutes", "publish_minutes",
    ]  # fmt: skip


def test_sent_answers_are_no_longer_owed():
    row = in_state("invited")
    sent(row, "attendance", EXAMPLES, answer="attended")
    assert [ask.body for ask in owed(CENTRAL)] == [SAMPLES, VOICE]
