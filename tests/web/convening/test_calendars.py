"""Meetings as iCalendar, read back: a change updates the event, a cancelled one says so, a revoked address opens nothing."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from tests.convening.gatherings import CENTRAL, council, in_state, now, planned, take, today
from tests.office import EXAMPLES, account, client

from opencompact.accounts.actions import end_access
from opencompact.accounts.models import Account
from opencompact.convening.actions.meetings import move_meeting
from opencompact.convening.models import Meeting

pytestmark = pytest.mark.django_db


def read(address: str, browser=None) -> Calendar:
    response = (browser or client()).get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(response.content)


def events(calendar: Calendar) -> dict[str, tuple[str, int, str]]:
    """By UID, each event's status, sequence and beginning in its zone."""
    return {str(each["uid"]): (str(each["status"]), int(each["sequence"]), each.decoded("dtstart").isoformat()) for each in calendar.walk("VEVENT")}


def move(row: Meeting, start):
    move_meeting(row.key, starts_at=start, ends_at=start + timedelta(hours=1), where="Room 5", version=now(row).version, by=CENTRAL, at=start, because="x")


def test_one_meeting_is_one_event_in_londons_time_with_its_zone():
    row = planned("may")
    Meeting.objects.filter(pk=row.pk).update(starts_at="2031-05-20T08:30:00+00:00", ends_at="2031-05-20T10:00:00+00:00")
    calendar = read("/meetings/may.ics")
    assert events(calendar) == {"meeting-may@opencompact": ("TENTATIVE", 0, "2031-05-20T09:30:00+01:00")}
    event = calendar.walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["location"]), event["url"]) == ("Meeting may", "Room 4", "http://testserver/meetings/may/")
    assert event.decoded("dtstamp") == now(row).changed_at.replace(microsecond=0)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]


def test_changes_keep_the_uid_and_raise_the_sequence_so_that_calendars_update():
    row = planned("may")
    seen = [events(read("/meetings/may.ics"))]
    take(row, "invite")
    seen.append(events(read("/meetings/may.ics")))
    move(row, row.starts_at + timedelta(days=7))
    seen.append(events(read("/meetings/may.ics")))
    take(row, "cancel", because="Strike.")
    last = read("/meetings/may.ics")
    seen.append(events(last))
    assert {uid for each in seen for uid in each} == {"meeting-may@opencompact"}
    assert [each["meeting-may@opencompact"][:2] for each in seen] == [("TENTATIVE", 0), ("CONFIRMED", 1), ("CONFIRMED", 2), ("CANCELLED", 3)]
    event = last.walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["description"])) == ("Cancelled: Meeting may", "Strike.")


def test_a_meeting_without_a_place_has_no_location():
    row = planned("may")
    Meeting.objects.filter(pk=row.pk).update(where="")
    assert "location" not in read("/meetings/may.ics").walk("VEVENT")[0]


def test_a_series_feed_has_every_meeting_the_cancelled_too():
    planned("a")
    in_state("cancelled", "b", days=40)
    assert {uid: said[0] for uid, said in events(read("/meetings/series/council.ics")).items()} == {
        "meeting-a@opencompact": "TENTATIVE", "meeting-b@opencompact": "CANCELLED",
    }  # fmt: skip


def test_a_series_without_a_meeting_is_an_empty_feed():
    council()
    assert events(read("/meetings/series/council.ics")) == {}


@pytest.mark.parametrize("address", ["/meetings/none.ics", "/meetings/series/none.ics", "/meetings/feed/none.ics"])
def test_what_there_is_not_is_not_found(address):
    assert client().get(address).status_code == 404


def made(browser) -> str:
    said = browser.post("/meetings/mine/", {"act": "make"}).content.decode()
    return said[(start := said.index("/meetings/feed/")) : said.index(".ics", start) + 4]


def test_a_persons_feed_has_the_meetings_of_their_bodies_until_it_is_revoked():
    planned("a", at=today())
    planned("b", at=today(), days=40).places.filter(body=EXAMPLES).delete()
    browser = client("lead")
    assert "No address is open." in browser.get("/meetings/mine/").content.decode()
    first = made(browser)
    assert list(events(read(first))) == ["meeting-a@opencompact"]
    assert "Revoke it" in browser.get("/meetings/mine/").content.decode()
    second = made(browser)
    assert (client().get(first).status_code, client().get(second).status_code) == (404, 200)
    assert client().get(second).headers["Cache-Control"] == "no-store"
    browser.post("/meetings/mine/", {"act": "revoke"})
    assert client().get(second).status_code == 404


def test_the_feed_of_somebody_whose_role_or_account_ended_holds_nothing():
    planned("a", at=today())
    address = made(client("lead"))
    end_access(account("lead"), role="lead", body=EXAMPLES, by=CENTRAL, at=today(), because="left")
    assert events(read(address)) == {}
    Account.objects.update(is_active=False)
    assert client().get(address).status_code == 404


def test_my_meetings_to_come_stand_on_my_page():
    planned("a", at=today())
    in_state("held", "past", at=today() - timedelta(days=60))
    in_state("cancelled", "off", at=today(), days=9)
    said = client("lead").get("/meetings/mine/").content.decode()
    assert [f'href="/meetings/{key}/"' in said for key in ("a", "past", "off")] == [True, False, False]
    assert "You act for: Department of Examples." in said
    assert "You act for no body" in client("central").get("/meetings/mine/").content.decode()
    assert client().get("/meetings/mine/").status_code == 302
