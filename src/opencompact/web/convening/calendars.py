"""Meetings as iCalendar: one file a meeting, a public feed a series, and a private feed a person; a change updates the event, never doubles it."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import token_hash
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.web.office import asked

ZONE = ZoneInfo("Europe/London")
WAITS = {"planned"}  # not yet certain


def calendar(request: HttpRequest, title: str, rows: Iterable[Meeting]) -> bytes:
    """The calendar: each event keeps its UID for ever, and its SEQUENCE grows with each change (RFC 5545)."""
    made = Calendar()
    made.add("prodid", "-//OpenCompact//meetings//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    for row in rows:
        made.add_component(_event(request, row))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(request: HttpRequest, row: Meeting) -> Event:
    event = Event()
    event.add("uid", f"meeting-{row.key}@opencompact")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", _local(row.starts_at))
    event.add("dtend", _local(row.ends_at))
    event.add("summary", row.title)
    event.add("location", row.where)
    event.add("url", request.build_absolute_uri(f"/meetings/{row.key}/"))
    event.add("status", "CANCELLED" if row.state == "cancelled" else "TENTATIVE" if row.state in WAITS else "CONFIRMED")
    return event


def _local(at: datetime) -> datetime:
    """The instant in London's time, so that ten o'clock stays ten o'clock on both sides of a clock change."""
    return at.astimezone(ZONE)


def of_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting as a file."""
    rows = list(queries.meetings().filter(key=key))
    if not rows:
        raise Http404("No such meeting.")
    return _answer(calendar(request, rows[0].title, rows), key)


def of_series(request: HttpRequest, series: str) -> HttpResponse:
    """A series as a feed: dates and places, which are public."""
    rows = list(queries.meetings(of=series))
    if not rows:
        raise Http404("No such series, or it has no meeting yet.")
    return _answer(calendar(request, rows[0].series, rows), series)


def of_person(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of the bodies somebody acts for, by a private address; one that was revoked opens nothing."""
    account = accounts.account_of(queries.feed_of(token_hash(token)))
    if account is None:
        raise Http404("This calendar does not open: make a new address on the page of meetings.")
    viewer = accounts.viewer_of(account, on=timezone.localdate(asked(request).at))
    response = _answer(calendar(request, "My meetings", queries.invited(viewer.bodies)), "my-meetings")
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
