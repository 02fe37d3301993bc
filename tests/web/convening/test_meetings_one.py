"""The page of one meeting, in every state and for every kind of reader, and all that is done on it."""

from datetime import timedelta

import pytest
from tests.convening.gatherings import CENTRAL, HELD_WORDS, PLACES, asked, in_state, now, sent, take, today
from tests.office import EXAMPLES, SAMPLES, VOICE, account, client, viewer

from opencompact.accounts.actions import appoint
from opencompact.asking.queries import owed
from opencompact.convening.actions.meetings_minutes import raise_action
from opencompact.convening.models import Action, Meeting, PollReply
from opencompact.convening.rules.meetings import STATES
from opencompact.promises.queries import ledger
from opencompact.web.convening.meetings_one import CLOSED

pytestmark = pytest.mark.django_db
PAST, NEXT = ("held", "minutes_drafted", "minutes_agreed", "minutes_published"), ("planned", "invited", "agenda_published", "cancelled")


def text(response) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode().replace("\u00a0", " ")


def at_state(state: str, key: str = "council-next") -> Meeting:
    """One in that state now: held a few days ago, or still to come."""
    return in_state(state, key, at=today() - timedelta(days=35)) if state in PAST else in_state(state, key, at=today())


def post(browser, row, act: str, **given):
    return browser.post(f"/meetings/{row.key}/", {"act": act, "version": now(row).version, **given})


@pytest.mark.parametrize("role", ["public", "central", "lead", "sector", "auditor", "charity"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_opens_for_everybody_and_held_words_only_for_the_central_team(state, role):
    row = at_state(state)
    said = text(client(role).get(f"/meetings/{row.key}/"))
    works = role in ("central", "lead", "sector", "auditor")
    assert (STATES[state] in said, CLOSED in said) == (True, not works and state != "minutes_published")
    assert (HELD_WORDS in said) == (role == "central" and state in PAST[1:])
    assert ("What was said." in said) == (state == "minutes_published" or (works and state in PAST[1:]))


def test_no_such_meeting_is_said():
    assert client().get("/meetings/none/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_whatever_the_rows(number, django_assert_num_queries):
    row = at_state("minutes_published")
    row.places.exclude(body__in=PLACES[:number]).delete()
    for _ in range(number):
        raise_action(row.key, kind="offer", body=EXAMPLES, text="X", due_on=None, by=CENTRAL, at=today())
    browser = client()
    with django_assert_num_queries(8):
        assert text(browser.get(f"/meetings/{row.key}/")).count("not in the ledger yet") == number


def test_places_name_the_post_and_who_holds_it():
    row = at_state("invited")
    appoint(EXAMPLES, post="lead", name="Ann Sample", email="", from_on=today().date() - timedelta(days=9), name_public=False, email_public=False,
            by=CENTRAL, at=today())  # fmt: skip
    said = text(client("sector").get(f"/meetings/{row.key}/"))
    assert ("Lead: Ann Sample" in said, said.count("Lead: vacant")) == (True, 2)


def test_a_body_is_led_to_what_it_is_asked():
    row = at_state("invited")
    said = text(client("lead").get(f"/meetings/{row.key}/"))
    assert ("Asked of you" in said, f"/asks/{asked(row, 'attendance', EXAMPLES).pk}/" in said) == (True, True)
    sent(row, "attendance", EXAMPLES, answer="attended", at=today())
    assert "Asked of you" not in text(client("lead").get(f"/meetings/{row.key}/"))


def test_the_chase_list_puts_the_unanswered_first_and_counts_the_days():
    row = in_state("invited", at=today() - timedelta(days=27))
    sent(row, "attendance", EXAMPLES, answer="attended", at=today())
    said = text(client("central").get(f"/meetings/{row.key}/"))
    assert "2 questions of 3 without an answer." in said
    chase = said[said.index("Asked around this meeting") :]
    assert chase.index("Ministry of Samples") < chase.index("Department of Examples")
    assert (chase.count("silent"), chase.count("answered"), "Whether it comes" in chase, "not asked" in chase) == (2, 1, True, False)
    assert "Asked around this meeting" not in text(client().get(f"/meetings/{row.key}/"))


def test_the_round_is_opened_once_and_again_for_who_is_invited_later():
    row, browser = at_state("invited"), client("central")
    assert "Open the round of returns" in text(browser.get(f"/meetings/{row.key}/"))
    post(browser, row, "round")
    assert "Open the round of returns" not in text(browser.get(f"/meetings/{row.key}/"))
    post(browser, row, "take_back", body=VOICE)
    post(browser, row, "place", body=VOICE, post="lead")
    said = text(browser.get(f"/meetings/{row.key}/"))
    assert ("Open the round of returns" in said, "not asked" in said, owed(CENTRAL).count()) == (True, True, 5)


def test_followers_of_the_series_hear_that_minutes_are_published():
    row, browser, reader = at_state("minutes_agreed"), client("central"), client("charity")
    address = "/meetings/series/council/"
    assert "You are told when minutes are published." in text(reader.get(address))
    reader.post("/notices/follow/", {"subject": address, "back": address})
    assert "Stop following" in text(reader.get(address))
    post(browser, row, "publish_minutes")
    assert [notice.text for notice in account("charity").notifications.all()] == [f"The minutes are published: {row.title}."]


def test_returns_are_public_once_sent_but_for_what_is_held():
    row = at_state("invited")
    post(client("central"), row, "round")
    sent(row, "meeting_return", EXAMPLES, done="Trained 12.", held_text=HELD_WORDS, at=today())
    address = f"/meetings/{row.key}/"
    assert ("Trained 12." in text(client().get(address)), HELD_WORDS in text(client().get(address))) == (True, False)
    assert HELD_WORDS not in text(client("lead", SAMPLES).get(address))
    assert HELD_WORDS in text(client("lead").get(address))
    rows = text(client().get(f"{address}?format=csv")).splitlines()
    assert [row.split(",")[1:3] for row in rows[1:]] == [["Department of Examples", "Trained 12."]]


def test_the_central_team_takes_a_meeting_from_plan_to_published_minutes():
    row, browser = in_state("planned", at=today() - timedelta(days=35)), client("central")
    for act in ("invite", "publish_agenda", "hold"):
        assert post(browser, row, act).status_code == 302
    assert post(browser, row, "came", **{f"came-{EXAMPLES}": "attended", f"came-{VOICE}": "deputy"}).status_code == 302
    assert post(browser, row, "minutes", minutes="Line one.\nLine two.", held_text="Notes.").status_code == 302
    assert post(browser, row, "ask_minutes", due_on=str(today().date())).status_code == 302
    waits = post(browser, row, "agree_minutes")
    assert (waits.status_code, "may still answer" in text(waits)) == (409, True)
    for body in PLACES:
        sent(row, "minutes_agreement", body, agrees="yes", at=today())
    for act in ("agree_minutes", "publish_minutes"):
        assert post(browser, row, act).status_code == 302
    assert (now(row).state, dict(row.places.values_list("body", "came"))) == ("minutes_published", {EXAMPLES: "attended", SAMPLES: "", VOICE: "deputy"})
    assert "Line two." in text(client().get(f"/meetings/{row.key}/"))


def test_agendas_carry_what_the_series_still_owes_and_show_each_reader_what_the_ledger_does():
    past, browser = at_state("held", "past"), client("central")
    post(browser, past, "action", kind="meeting_action", body=EXAMPLES, text="Send round the list.", due_on=str(today().date() + timedelta(days=9)))
    post(browser, past, "commit", action=Action.objects.get().pk)
    key = Action.objects.get().commitment
    row = at_state("invited")
    assert "Carries itself forward" in text(browser.get(f"/meetings/{row.key}/"))
    post(browser, row, "publish_agenda")
    assert [item.commitment for item in row.items.filter(kind="carried")] == [key]
    Meeting.objects.filter(pk=row.pk).update(state="minutes_published", published_by="x", published_at=today())
    assert "Send round the list." in text(client("lead").get(f"/meetings/{row.key}/"))
    assert "Send round the list." not in text(client().get(f"/meetings/{row.key}/"))


def test_one_click_makes_an_action_a_commitment_shared_until_the_minutes_are_published():
    row, browser = at_state("minutes_agreed"), client("central")
    post(browser, row, "action", kind="offer", body=SAMPLES, text="We will visit.", due_on="")
    action = Action.objects.get()
    assert post(browser, row, "commit", action=action.pk).status_code == 302
    held = ledger.commitments(CENTRAL).get()
    assert (held.kind, held.text, held.visibility, held.origin) == ("offer", "We will visit.", "shared", f"meeting/council/{row.key}/action/{action.pk}")
    assert Action.objects.get().commitment == held.key
    assert post(browser, row, "commit", action=action.pk).status_code == 404
    post(browser, row, "publish_minutes")
    assert ledger.commitments(CENTRAL).get().visibility == "public"
    assert f'href="/ledger/{held.key}/"' in text(client().get(f"/meetings/{row.key}/"))


def test_an_action_of_published_minutes_is_a_public_commitment_at_once():
    row, browser = at_state("minutes_published"), client("central")
    post(browser, row, "action", kind="offer", body=SAMPLES, text="We will visit.")
    post(browser, row, "commit", action=Action.objects.get().pk)
    assert ledger.commitments(CENTRAL).get().visibility == "public"


def test_a_commitment_that_cannot_be_leaves_nothing_behind():
    row = at_state("minutes_published")
    made = raise_action(row.key, kind="offer", body=EXAMPLES, text="We will visit.", due_on=None, by=CENTRAL, at=today())
    assert post(client("lead"), row, "commit", action=made.pk).status_code == 403
    assert (ledger.commitments(CENTRAL).count(), Action.objects.get().commitment) == (0, "")


def test_items_places_and_actions_are_put_and_taken_off():
    row, browser = at_state("invited"), client("central")
    post(browser, row, "item", kind="item", title="Short consultations", text="", address="https://example.invalid/paper")
    item = row.items.get(kind="item")
    assert 'href="https://example.invalid/paper"' in text(browser.get(f"/meetings/{row.key}/"))
    post(browser, row, "take_off", item=item.pk)
    post(browser, row, "take_back", body=VOICE)
    assert (row.items.filter(kind="item").count(), row.places.count()) == (0, 2)
    post(browser, row, "place", body=VOICE, post="champion")
    assert row.places.get(body=VOICE).post == "champion"
    held = at_state("held", "past")
    post(browser, held, "action", kind="offer", body=EXAMPLES, text="In error.")
    post(browser, held, "strike", action=Action.objects.get().pk)
    assert Action.objects.count() == 0


def test_a_meeting_is_moved_and_cancelled_with_the_reason():
    row, browser = at_state("invited"), client("central")
    given = {"on": "2040-05-20", "from_time": "10:00", "to_time": "11:00", "where": "Room 5", "because": "The chair is away."}
    assert post(browser, row, "move", **given).status_code == 302
    assert (now(row).starts_at.isoformat(), now(row).sequence) == ("2040-05-20T09:00:00+00:00", row.sequence + 1)
    wrong = post(browser, row, "move", **{**given, "to_time": "ten"})
    assert (wrong.status_code, "expected them as 10:30" in text(wrong), "Room 5" in text(wrong)) == (422, True, True)
    assert post(browser, row, "cancel", because="").status_code == 422
    assert post(browser, row, "cancel", because="No quorum.").status_code == 302
    assert "Cancelled: No quorum." in text(client().get(f"/meetings/{row.key}/"))
    assert list(owed(CENTRAL)) == []


def test_the_second_of_two_editors_is_told_and_keeps_what_they_wrote():
    row, browser = at_state("held"), client("central")
    given = {"act": "minutes", "version": row.version, "minutes": "Mine.", "held_text": ""}
    assert browser.post(f"/meetings/{row.key}/", {**given, "minutes": "Theirs."}).status_code == 302
    told = browser.post(f"/meetings/{row.key}/", given)
    assert (told.status_code, "Mine." in text(told), now(row).minutes) == (409, True, "Theirs.")


@pytest.mark.parametrize("act", ["invite", "publish_agenda", "round"])
def test_steps_are_the_central_teams(act):
    row = at_state("invited")
    assert post(client("lead"), row, act).status_code == 403
    assert post(client(), row, act).status_code == 403


def test_a_button_that_there_is_not_is_not_found():
    assert post(client("central"), at_state("invited"), "dance").status_code == 404


def test_a_step_that_does_not_follow_is_said_plainly():
    told = post(client("central"), at_state("planned"), "publish_agenda")
    assert (told.status_code, "which does not follow" in text(told)) == (409, True)


def test_somebody_of_a_body_that_came_answers_the_poll_once_without_a_name():
    row, browser = at_state("held"), client("lead")
    assert "Two questions about this meeting" in text(browser.get(f"/meetings/{row.key}/"))
    assert post(browser, row, "poll", use="4", topical="5").status_code == 302
    assert [reply.body for reply in PollReply.objects.all()] == [EXAMPLES]
    assert "Two questions about this meeting" not in text(browser.get(f"/meetings/{row.key}/"))
    assert post(browser, row, "poll", use="4", topical="5").status_code == 404


@pytest.mark.parametrize(("role", "body"), [("lead", SAMPLES), ("central", ""), ("charity", ""), ("public", "")])
def test_nobody_else_is_asked_what_they_thought(role, body):
    row = at_state("held")
    assert "Two questions about this meeting" not in text(client(role, body).get(f"/meetings/{row.key}/"))


def test_a_poll_closes():
    row = in_state("held", at=today() - timedelta(days=60))
    assert "Two questions about this meeting" not in text(client("lead").get(f"/meetings/{row.key}/"))


def test_a_change_asked_for_is_shown_to_those_at_work():
    row = at_state("minutes_drafted")
    row.words.filter(body=VOICE).update(agrees=False, text="Item 2 was put off.")
    for role, body, words in (("lead", "", "asks for a change"), ("sector", VOICE, "Item 2 was put off."), ("public", "", "What was said.")):
        said = text(client(role, body).get(f"/meetings/{row.key}/"))
        assert (role, words in said, "Item 2 was put off." in said) == (role, role != "public", role == "sector")


def test_those_invited_are_told_in_the_site():
    somebody = account("lead")
    row = at_state("planned")
    take(row, "invite", by=viewer("central"), at=today())
    assert [notice.address for notice in somebody.notifications.all()] == [f"/meetings/{row.key}/"]


def test_a_meeting_without_items_or_places_offers_nothing_to_take_off():
    row, browser = at_state("planned"), client("central")
    row.items.all().delete()
    row.places.all().delete()
    said = text(browser.get(f"/meetings/{row.key}/"))
    assert ("Take an item off" in said, "Take a place back" in said, "Invite a body" in said) == (False, False, True)
    assert ("Nobody has a place yet." in said, "No item yet." in said) == (True, True)
