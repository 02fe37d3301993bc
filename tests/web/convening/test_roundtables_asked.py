"""A body's reply to a point, drafted, cleared and sent as everything else it owes."""

from datetime import timedelta

import pytest
from tests.convening.tables import AFTER, CENTRAL, in_state
from tests.office import EXAMPLES, bodies, client

from opencompact.asking.actions import ask, make_link
from opencompact.asking.models import Submission
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.models import Point

NBSP = "\u00a0"
pytestmark = pytest.mark.django_db
CLEARED = {"act": "clear", "version": "1", "name": "A Director", "post": "Director"}


@pytest.fixture
def point() -> Point:
    bodies()
    return actions.make_point(in_state("held").key, text="Nobody was told.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)


def asked(point: Point, kind: str, subject: str = ""):
    due = (AFTER + timedelta(days=9)).date()
    return ask(point.body, kind=kind, subject=subject or f"table/{point.pk}", title="Asked", due_on=due, by=CENTRAL, at=AFTER, because="a test")


@pytest.mark.parametrize(("changed", "told"), [("The form is out.", True), ("", False)])
def test_reply_stands_beside_the_point_once_sent_and_a_change_where_one_is_told(point, changed, told) -> None:
    found = asked(point, "point_reply")
    page, browser = f"/asks/{found.pk}/", client("official")
    assert "The point: Nobody was told." in browser.get(page).content.decode().replace(NBSP, " ")
    browser.post(page, {"act": "draft", "reply": "We tell them now.", "changed": changed, "held_text": "Between us."})
    browser.post(page, CLEARED)
    point.refresh_from_db()
    assert point.reply == ""
    browser.post(page, {"act": "send", "version": "2"})
    point.refresh_from_db()
    assert (point.reply, point.changed, point.changed_on is not None) == ("We tell them now.", changed, told)
    assert "Between us." not in client().get("/roundtables/table/").content.decode().replace(NBSP, " ")


def test_reply_by_a_one_time_link_without_an_account(point) -> None:
    token = make_link(asked(point, "point_reply"), email="a@sample.invalid", role="official", by=CENTRAL, at=AFTER)
    page, browser = f"/answer/{token}/", client()
    browser.post(page, {"act": "draft", "reply": "We tell them now."})
    browser.post(page, CLEARED)
    browser.post(page, {"act": "send", "version": "2"})
    point.refresh_from_db()
    assert (point.reply, Submission.objects.get().state) == ("We tell them now.", "sent")


def test_change_is_filled_in_with_what_was_told_and_the_latest_stands(point) -> None:
    by = _official()
    actions.reply(point.pk, text="We tell them now.", by=by, at=AFTER)
    actions.tell_change(point.pk, text="A letter went out.", by=by, at=AFTER)
    found = asked(point, "point_change", f"table/{point.pk}/2031-07-01")
    page, browser = f"/asks/{found.pk}/", client("official")
    answer = browser.get(page).content.decode().replace(NBSP, " ")
    assert ("A letter went out." in answer, "Your reply: We tell them now." in answer) == (True, True)
    browser.post(page, {"act": "draft", "changed": "Two letters went out."})
    browser.post(page, CLEARED)
    browser.post(page, {"act": "send", "version": "2"})
    point.refresh_from_db()
    assert point.changed == "Two letters went out."


def test_change_where_nothing_was_told_is_empty(point) -> None:
    actions.reply(point.pk, text="We tell them now.", by=_official(), at=AFTER)
    found = asked(point, "point_change", f"table/{point.pk}/2031-07-01")
    assert ">We tell them now.<" not in client("official").get(f"/asks/{found.pk}/").content.decode().replace(NBSP, " ")


@pytest.mark.parametrize("kind", ["point_reply", "point_change"])
def test_a_point_that_is_gone_is_asked_of_without_its_words(point, kind) -> None:
    found = asked(point, kind, f"table/{point.pk + 1}/2031-07-01")
    assert client("official").get(f"/asks/{found.pk}/").status_code == 200


def _official():
    from tests.office import viewer

    return viewer("official")
