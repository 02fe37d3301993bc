"""Meetings as iCalendar: one file a meeting, a public feed a series, and a private feed a person; a change updates the event, never doubles it."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from icalendar import Calendar, Event

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import token_hash
from opencompact.convening.actions import meetings_minutes as actions
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.organisations.queries.office import body_names
from opencompact.web.blocks import Block, Cell, Press, Sheet, Table, Words, shown
from opencompact.web.convening.meetings import LONDON, MEETINGS, hours, local
from opencompact.web.office import Asked, asked, signed_in
from opencompact.web.words import day

STATUS = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}  # every other state is certain


def calendar(request: HttpRequest, title: str, rows: Iterable[Meeting]) -> bytes:
    """The calendar: each event keeps its UID for ever, and its SEQUENCE grows with each change (RFC 5545, sections 3.8.4.7 and 3.8.7.4)."""
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
    """One event, in London's time, so that ten o'clock stays ten o'clock on both sides of a clock change."""
    event = Event()
    event.add("uid", f"meeting-{row.key}@opencompact")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", local(row))
    event.add("dtend", row.ends_at.astimezone(LONDON))
    event.add("summary", f"Cancelled: {row.title}" if row.state == "cancelled" else row.title)
    if row.where:
        event.add("location", row.where)
    if row.cancelled_because:
        event.add("description", row.cancelled_because)
    event.add("url", request.build_absolute_uri(f"/meetings/{row.key}/"))
    event.add("status", STATUS.get(row.state, "CONFIRMED"))
    return event


def of_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting as a file."""
    rows = list(queries.meetings().filter(key=key))
    if not rows:
        raise Http404("No such meeting.")
    return _answer(calendar(request, rows[0].title, rows), key)


def of_series(request: HttpRequest, series: str) -> HttpResponse:
    """A series as a feed: dates and places, which are public."""
    row = queries.series().filter(series=series).first()
    if row is None:
        raise Http404("No such series of meetings.")
    return _answer(calendar(request, row.title, queries.meetings(of=series)), series)


def of_person(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of the bodies somebody acts for, by a private address; one that was revoked opens nothing."""
    account = accounts.account_of(queries.feed_of(token_hash(token)))
    if account is None or not account.is_active:
        raise Http404("This calendar does not open: make a new address on the page of your calendar.")
    viewer = accounts.viewer_of(account, on=timezone.localdate(asked(request).at))
    response = _answer(calendar(request, "My meetings", queries.invited(viewer.bodies)), "my-meetings")
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@signed_in
def mine(who: Asked) -> HttpResponseBase:
    """Which meetings are mine, and how do they come into my calendar?"""
    made: list[Block] = []
    if who.request.method == "POST" and who.request.POST.get("act") == "revoke":
        actions.revoke_feed(by=who.viewer, at=who.at)
    elif who.request.method == "POST":
        address = who.request.build_absolute_uri(f"/meetings/feed/{actions.make_feed(by=who.viewer, at=who.at)}.ics")
        made = [Words([address, "Subscribe to this address in your calendar. It is shown once; whoever has it sees your meetings."], "Your calendar's address")]
    names, since = body_names(), queries.feed_made_at(who.viewer.account)
    rows = [
        (Cell(row.title, f"/meetings/{row.key}/"), Cell(day(local(row).date()), note=hours(row)), row.where)
        for row in queries.invited(who.viewer.bodies)
        if row.ends_at >= who.at and row.state != "cancelled"
    ]
    whose = ", ".join(names.get(body, body) for body in sorted(who.viewer.bodies))
    buttons: list[tuple[str, dict[str, str]]] = [("Make a new address" if since else "Make a calendar address", {"act": "make"})]
    if since:
        buttons.append(("Revoke it", {"act": "revoke"}))
    note = f"An address made on {day(since)} is open. A new one ends it." if since else "No address is open."
    empty = "None is planned for a body you act for." if whose else "You act for no body, so no meeting is yours. Each series has a feed of its own."
    blocks = [*made, Table("Your meetings to come", ("Meeting", "Day", "Where"), rows, empty), Press(buttons, "Your private calendar address", note)]
    return shown(who, Sheet("Which meetings are mine?", [f"You act for: {whose}." if whose else "You act for no body."], blocks, [MEETINGS]))
