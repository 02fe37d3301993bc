from datetime import timedelta

import pytest
from tests.convening.tables import AFTER, CENTRAL, ON, drawn, in_state, now, plan, send
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import MAY, ROLES, NotAllowed
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.draw import draw_places
from opencompact.convening.actions.roundtables import CannotConvene
from opencompact.convening.models import Point
from opencompact.convening.queries.roundtables import invitation_of
from opencompact.convening.rules.roundtables import RIGHTS, STATES, STEPS, WHEN, may_step

pytestmark = pytest.mark.django_db


def attempt(verb: str, row, by) -> None:
    """Do the verb as it is done on a page."""
    place, point = row.invitees.order_by("pk").first(), row.points.first()
    pk, number = place.pk if place else 0, point.pk if point else 0
    told = {"version": row.version, "by": by}
    doing = {
        "draw": lambda: draw_places(row.key, seed=1, words={}, at=AT, **told),
        "send": lambda: actions.send_invitations(row.key, at=AT, **told),
        "hold": lambda: actions.hold(row.key, came=[], at=AFTER, **told),
        "close": lambda: actions.close(row.key, at=AFTER, **told),
        "cancel": lambda: actions.cancel(row.key, at=AFTER, **told),
        "move": lambda: actions.move(row.key, on=ON, where="", replies_due_on=ON + timedelta(days=9), at=AT, because="a test", **told),
        "answer": lambda: actions.put_answer(row.key, pk, answer="accepted", by=by, at=AT),
        "resend": lambda: actions.send_again(row.key, pk, by=by, at=AT),
        "point": lambda: actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=False, speaker=None, by=by, at=AFTER),
        "reply": lambda: actions.reply(_unanswered(number), text="A reply.", by=by, at=AFTER),
        "change": lambda: actions.tell_change(number, text="A change.", by=by, at=AFTER),
    }
    doing[verb]()


def _unanswered(number: int) -> int:
    Point.objects.update(reply="", replied_on=None)
    return number


# the change is asked for by asking's own action; `ask_change` is only where a page offers it
TRIED = sorted({*STEPS, *WHEN} - {"ask_change"})


@pytest.mark.parametrize("state", STATES)
def test_every_verb_in_every_state_by_every_role_is_as_the_tables_say(state) -> None:
    """All (state, verb, role): the action against STEPS and WHEN times MAY."""
    row = in_state(state)
    if state == "drawn":  # invited to once and drawn anew, so that places of both kinds stand
        send(row)
        drawn(row, seed=2)
        row = now(row)
    if not row.points.exists():  # such as no page makes, so that the state alone refuses
        Point.objects.create(roundtable=row, text="A point.", body=EXAMPLES, made_on=ON, reply="A reply.", replied_on=ON)
    wrong = []
    for verb in TRIED:
        for role in ROLES:
            done = _done(verb, row, viewer(role))
            expected = "not allowed" if role not in MAY[RIGHTS[verb]] else "done" if may_step(verb, row.state) else "cannot"
            wrong += [(verb, role, done, expected)] if done != expected else []
    assert wrong == []


def _done(verb: str, row, by) -> str:
    """What came of it, taken back afterwards."""
    from django.db import transaction

    try:
        with transaction.atomic():
            attempt(verb, row, by)
            transaction.set_rollback(True)
    except NotAllowed:
        return "not allowed"
    except CannotConvene:
        return "cannot"
    return "done"


@pytest.mark.parametrize("verb", ["reply", "change"])
def test_another_body_may_not_reply_to_a_point(verb) -> None:
    assert _done(verb, in_state("held"), viewer("official", SAMPLES)) == "not allowed"


@pytest.mark.parametrize(
    ("seats", "subject", "due", "said"),
    [
        (0, "x", 20, "Found 0 seats; expected a subject, and between 1 and 500 seats."),
        (501, "x", 20, "Found 501 seats; expected a subject, and between 1 and 500 seats."),
        (6, " ", 20, "Found 6 seats; expected a subject, and between 1 and 500 seats."),
        (6, "x", 0, "Found replies due on 1 June 2031; expected a day after it is held, 1 June 2031."),
    ],
)
def test_plan_refuses_what_cannot_be_held(seats, subject, due, said) -> None:
    with pytest.raises(CannotConvene) as refusal:
        actions.plan_roundtable("t", subject=subject, on=ON, where="", seats=seats, profile="p", quotas=(), replies_due_on=ON + timedelta(days=due),
                                held_text="", by=CENTRAL, at=AT)  # fmt: skip
    assert str(refusal.value) == said


def test_plan_twice_under_one_name_is_refused() -> None:
    plan()
    with pytest.raises(CannotConvene, match="There is a roundtable table already"):
        plan()


def test_plan_keeps_the_quotas_as_published_that_day_in_the_trail() -> None:
    row = plan()
    assert [(each["value"], each["least"], each["most"]) for each in row.quotas] == [("wales", 2, 3), ("user-led", 1, 6), ("scotland", 1, 2)]
    assert '"scotland"' in Event.objects.get(verb="plan_roundtable").detail


def test_send_gives_each_a_link_once_and_notes_the_day() -> None:
    row = in_state("drawn")
    sent = send(row)
    places = list(row.invitees.select_related("contact").order_by("pk"))
    assert [email for email, _ in sent] == [place.contact.email for place in places]
    assert [place.token_hash for place in places] == [token_hash(token) for _, token in sent]
    assert {place.contact.last_invited_on for place in places} == {AT.date()}


def test_answer_by_link_stands_and_may_be_changed_until_the_day() -> None:
    row = in_state("drawn")
    _, token = send(row)[0]
    place = invitation_of(token_hash(token))
    actions.answer_place(place, accepts=True, at=AT)
    assert invitation_of(token_hash(token)).answer == "accepted"
    actions.answer_place(place, accepts=False, at=AT)
    assert invitation_of(token_hash(token)).answer == "declined"
    actions.hold(row.key, came=[], version=now(row).version, by=CENTRAL, at=AFTER)
    assert invitation_of(token_hash(token)) is None
    with pytest.raises(CannotConvene, match="It stands at “Held, replies owed”; expected one of: Places drawn, Invitations out"):
        actions.answer_place(place, accepts=True, at=AFTER)


def test_no_link_opens_by_an_empty_token() -> None:
    in_state("drawn")
    assert invitation_of("") is None


def test_answer_to_a_place_not_invited_yet_or_in_other_words_is_refused() -> None:
    row = in_state("drawn")
    place = row.invitees.first()
    with pytest.raises(CannotConvene, match="to an invitation that was sent"):
        actions.put_answer(row.key, place.pk, answer="accepted", by=CENTRAL, at=AT)
    send(row)
    with pytest.raises(CannotConvene, match="Found the answer 'perhaps'"):
        actions.put_answer(row.key, place.pk, answer="perhaps", by=CENTRAL, at=AT)


def test_answer_to_a_place_of_another_roundtable_is_refused() -> None:
    row = in_state("invited")
    plan("other")
    with pytest.raises(CannotConvene, match="expected one of this roundtable"):
        actions.put_answer("other", row.invitees.first().pk, answer="accepted", by=CENTRAL, at=AT)


def test_send_again_gives_another_link_and_ends_the_first() -> None:
    row = in_state("drawn")
    email, token = send(row)[0]
    again, other = actions.send_again(row.key, invitation_of(token_hash(token)).pk, by=CENTRAL, at=AT)
    assert (again, invitation_of(token_hash(token)), invitation_of(token_hash(other)).contact.email) == (email, None, email)


def test_send_again_to_nobody_yet_invited_or_to_somebody_erased_is_refused() -> None:
    row = in_state("drawn")
    place = row.invitees.first()
    with pytest.raises(CannotConvene, match="not sent an invitation yet"):
        actions.send_again(row.key, place.pk, by=CENTRAL, at=AT)
    send(row)
    row.invitees.filter(pk=place.pk).update(contact=None)
    with pytest.raises(CannotConvene, match="there is nobody to send to"):
        actions.send_again(row.key, place.pk, by=CENTRAL, at=AT)


def test_hold_before_its_day_is_refused() -> None:
    row = in_state("invited")
    with pytest.raises(CannotConvene, match="It is on 1 June 2031; it cannot have been held yet"):
        actions.hold(row.key, came=[], version=row.version, by=CENTRAL, at=AT)


def test_hold_notes_who_came_and_who_did_not() -> None:
    row = in_state("held")
    assert [place.came for place in row.invitees.order_by("pk")] == [True] * 5 + [False]


def test_point_keeps_a_name_only_where_the_speaker_agreed_and_was_there() -> None:
    row = in_state("held")
    came, away = row.invitees.filter(came=True).first(), row.invitees.get(came=False)
    made = [
        actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=agreed, speaker=place, by=CENTRAL, at=AFTER)
        for agreed, place in ((True, came.pk), (False, came.pk), (True, away.pk), (True, None))
    ]
    assert [(point.agreed, point.speaker) for point in made] == [(True, came), (False, None), (False, None), (False, None)]


def test_point_without_words_is_refused() -> None:
    with pytest.raises(CannotConvene, match="nothing is written"):
        actions.make_point(in_state("held").key, text=" ", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)


def test_reply_stands_once_and_a_change_follows_it_each_with_its_day() -> None:
    row = in_state("held")
    point = actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)
    official = viewer("official")
    with pytest.raises(CannotConvene, match="after the point has its reply"):
        actions.tell_change(point.pk, text="Early.", by=official, at=AFTER)
    actions.reply(point.pk, text=" One form. ", by=official, at=AFTER)
    with pytest.raises(CannotConvene, match="A point has one reply"):
        actions.reply(point.pk, text="Another.", by=official, at=AFTER)
    actions.tell_change(point.pk, text="The form is out.", by=official, at=AFTER + timedelta(days=3))
    actions.tell_change(point.pk, text="The form is used.", by=official, at=AFTER + timedelta(days=4))
    point.refresh_from_db()
    assert (point.reply, point.replied_on, point.changed, point.changed_on) == (
        "One form.", AFTER.date(), "The form is used.", (AFTER + timedelta(days=4)).date(),
    )  # fmt: skip


def test_close_waits_for_replies_until_their_day_has_passed() -> None:
    row = in_state("held")
    actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)
    due = AFTER.replace(year=row.replies_due_on.year, month=row.replies_due_on.month, day=row.replies_due_on.day)
    with pytest.raises(CannotConvene, match="Found 1 without a reply; expected every point replied to, or the day 21 June 2031 past"):
        actions.close(row.key, version=row.version, by=CENTRAL, at=due)
    told = actions.close(row.key, version=now(row).version, by=CENTRAL, at=due + timedelta(days=1))
    assert told == [place.contact.email for place in row.invitees.filter(came=True).order_by("pk")]


def test_move_tells_those_invited_who_had_not_declined_and_keeps_why() -> None:
    row = in_state("invited")
    first, *others = row.invitees.order_by("pk")
    actions.put_answer(row.key, first.pk, answer="declined", by=CENTRAL, at=AT)
    day = ON + timedelta(days=7)
    told = actions.move(row.key, on=day, where=" Room 3 ", replies_due_on=day + timedelta(days=9), version=row.version, by=CENTRAL, at=AT, because="a strike")
    assert (told, now(row).on, now(row).where) == ([place.contact.email for place in others], day, "Room 3")
    assert Event.objects.get(verb="move_roundtable").because == "a strike"


@pytest.mark.parametrize(("on", "due"), [(ON, ON), (AT.date() - timedelta(days=1), ON)])
def test_move_to_a_day_past_or_with_replies_due_before_it_is_refused(on, due) -> None:
    row = plan()
    with pytest.raises(CannotConvene, match="expected a day to come, and replies due after it"):
        actions.move(row.key, on=on, where="", replies_due_on=due, version=row.version, by=CENTRAL, at=AT, because="a test")


def test_cancel_tells_those_invited_who_had_not_declined() -> None:
    row = in_state("invited")
    first, *others = row.invitees.order_by("pk")
    actions.put_answer(row.key, first.pk, answer="declined", by=CENTRAL, at=AT)
    assert actions.cancel(row.key, version=now(row).version, by=CENTRAL, at=AT) == [place.contact.email for place in others]


def test_a_step_on_what_somebody_else_changed_is_told() -> None:
    row = in_state("drawn")
    with pytest.raises(ChangedMeanwhile):
        actions.send_invitations(row.key, version=row.version - 1, by=CENTRAL, at=AT)


def test_the_trail_names_nobody_of_the_pool() -> None:
    row = in_state("invited")
    actions.put_answer(row.key, row.invitees.first().pk, answer="declined", by=CENTRAL, at=AT)
    told = " ".join(f"{event.subject} {event.detail} {event.because}" for event in Event.objects.all())
    assert [word for word in ("Person", "Charity", "sample.invalid") if word in told] == []


def test_followers_are_told_when_it_was_held_and_when_a_point_has_its_reply() -> None:
    from tests.office import account

    from opencompact.accounts.actions import follow
    from opencompact.accounts.models import Notification

    row = in_state("invited")
    follow(account("charity"), "/roundtables/table/", at=AT)
    actions.hold(row.key, came=[], version=row.version, by=CENTRAL, at=AFTER)
    point = actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)
    actions.reply(point.pk, text="One form.", by=viewer("official"), at=AFTER)
    actions.tell_change(point.pk, text="It is out.", by=viewer("official"), at=AFTER)
    assert [each.text for each in Notification.objects.all()] == ["There is something new on: What grants need"] * 3
