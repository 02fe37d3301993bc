"""What bodies answer around a meeting, by page and by one-time link."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.convening.gatherings import CENTRAL, asked, council, in_state, now, take, today
from tests.office import EXAMPLES, VOICE, client, viewer
from tests.web.convening.test_meetings import text
from tests.web.invented import BODIES

from opencompact.asking.actions import ask, make_link
from opencompact.convening.actions.meetings import draft_of, open_round
from opencompact.convening.actions.meetings_minutes import ask_of_minutes, write_minutes
from opencompact.promises.actions.ledger import record_commitment, record_update
from opencompact.web.convening.asked import FILLED_IN, KINDS

pytestmark = pytest.mark.django_db


def answered(browser, address: str, **given):
    """Draft, clear and send by the page, as one official; gives the last answer."""
    browser.post(address, {"act": "draft", **given})
    browser.post(address, {"act": "clear", "name": "A director", "post": "Director", "version": "1"})
    return browser.post(address, {"act": "send", "version": "2"})


def test_an_invitation_is_answered_by_an_official_on_its_page():
    row = in_state("invited", at=today())
    found = asked(row, "attendance", EXAMPLES)
    said = text(client("official").get(f"/asks/{found.pk}/"))
    assert (f"{row.title}:" in said, "Room 4" in said) == (True, True)
    assert answered(client("official"), f"/asks/{found.pk}/", answer="deputy", who="A deputy").status_code == 302
    place = row.places.get(body=EXAMPLES)
    assert (place.answer, place.who) == ("deputy", "A deputy")


def test_an_invitation_is_answered_by_a_link_without_an_account():
    row = in_state("invited", at=today())
    token = make_link(asked(row, "attendance", EXAMPLES), email="x@sample.invalid", role="official", by=CENTRAL, at=today())
    assert "Room 4" in text(client().get(f"/answer/{token}/"))
    answered(client(), f"/answer/{token}/", answer="attended", who="A lead")
    assert row.places.get(body=EXAMPLES).answer == "attended"
    assert client().get(f"/answer/{token}/").status_code == 410


def test_an_answer_that_comes_too_late_is_said_and_not_sent():
    row = in_state("invited", at=today() - timedelta(days=31))
    found = asked(row, "attendance", EXAMPLES)
    row.places.filter(body=EXAMPLES).delete()
    told = answered(client("official"), f"/asks/{found.pk}/", answer="attended")
    assert (told.status_code, "has no invitation" in text(told)) == (409, True)
    assert asked(row, "attendance", EXAMPLES).answered is False


def drafted():
    row = in_state("held", at=today() - timedelta(days=35))
    write_minutes(row.key, minutes="Line one.\nLine two.", held_text="zq-held-words", version=row.version, by=CENTRAL, at=today())
    ask_of_minutes(row.key, due_on=today().date(), by=CENTRAL, at=today())
    return now(row)


def test_minutes_are_read_and_agreed_by_a_link_without_an_account():
    row = drafted()
    token = make_link(asked(row, "minutes_agreement", EXAMPLES), email="x@sample.invalid", role="official", by=CENTRAL, at=today())
    said = text(client().get(f"/answer/{token}/"))
    assert ("Line two." in said, "zq-held-words" in said) == (True, False)
    answered(client(), f"/answer/{token}/", agrees="no", text="Line two.")
    word = row.words.get()
    assert (word.body, word.agrees, word.text) == (EXAMPLES, False, "Line two.")


def test_a_draft_that_no_longer_stands_says_so():
    row = drafted()
    found = asked(row, "minutes_agreement", EXAMPLES)
    assert KINDS["minutes_agreement"].read_first(found)[1:] == ("Line one.", "Line two.")
    write_minutes(row.key, minutes="Anew.", held_text="", version=row.version, by=CENTRAL, at=today())
    assert KINDS["minutes_agreement"].read_first(found) == ("This draft no longer stands: the minutes were written anew.",)
    assert draft_of(now(row)) == f"{row.key}/2"


def test_a_return_is_filled_in_from_what_the_ledger_says_in_public():
    row = in_state("invited", at=today())
    for key, visibility in (("seen", "public"), ("hidden", "shared")):
        record_commitment(key=key, kind="offer", title=f"Title {key}", text="X.", owners=[EXAMPLES], due_on=None, visibility=visibility, by=CENTRAL, at=today(),
                          because="")  # fmt: skip
        record_update(key, body=EXAMPLES, on=today().date(), text="Begun.", delivery="in_progress", by=viewer("lead"), at=today(), because="")
    open_round(row.key, by=CENTRAL, at=today())
    assert KINDS["meeting_return"].known(asked(row, "meeting_return", EXAMPLES)) == {"done": "Title seen: in progress"}
    assert KINDS["meeting_return"].known(asked(row, "meeting_return", VOICE)) == {}


def test_a_return_is_filled_in_with_the_bodys_consultations_since_the_last_meeting(site):
    body = BODIES[0][0]
    in_state("held", "past", at=datetime(2030, 1, 1, 9, tzinfo=UTC))
    row = in_state("invited", at=datetime(2034, 1, 1, 9, tzinfo=UTC))
    given = {"kind": "meeting_return", "title": "X", "due_on": row.starts_at.date(), "by": CENTRAL, "at": today(), "because": ""}
    lines = KINDS["meeting_return"].known(ask(body, subject=row.key, **given))["consultations"].splitlines()
    assert {line.rsplit(": ", 1)[1].split(" for ")[0] for line in lines} <= {"open", "how long it was open is not known"}
    assert 0 < len(lines) <= FILLED_IN
    late = in_state("held", "late", at=datetime(2098, 1, 1, 9, tzinfo=UTC))
    last = in_state("invited", "last", at=datetime(2099, 1, 1, 9, tzinfo=UTC))
    assert (late.state, KINDS["meeting_return"].known(ask(body, subject=last.key, **given))) == ("held", {})
    assert KINDS["meeting_return"].known(ask(body, subject="no-meeting", **given))["consultations"].splitlines() == lines


def test_a_return_is_sent_and_stands():
    row = in_state("invited", at=today())
    open_round(row.key, by=CENTRAL, at=today())
    found = asked(row, "meeting_return", EXAMPLES)
    assert answered(client("official"), f"/asks/{found.pk}/", done="Trained 12.", training="12").status_code == 302
    assert "Trained 12." in text(client().get(f"/meetings/{row.key}/"))


def test_what_is_asked_of_no_meeting_has_nothing_to_read_first():
    council()
    found = ask(EXAMPLES, kind="attendance", subject="gone", title="X", due_on=today().date(), by=CENTRAL, at=today(), because="")
    assert (KINDS["attendance"].read_first(found), KINDS["attendance"].known(found)) == ((), {})


def test_silence_about_a_cancelled_meeting_is_not_published():
    row = in_state("invited", at=today() - timedelta(days=28))
    assert row.title in text(client().get("/silence/"))
    take(row, "cancel", because="No room.", at=today())
    assert row.title not in text(client().get("/silence/"))
