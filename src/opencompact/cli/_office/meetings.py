"""The invented council: five meetings past with minutes in every state, one to come, and what its polls said."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import ask
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, VOICE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.cli._office.ledger import SECTOR, lead
from opencompact.convening.actions import meetings as actions
from opencompact.convening.queries.meetings import Meeting
from opencompact.promises.actions.ledger import record_commitment

SERIES, BODIES = "council", (AFFAIRS, EXAMPLES, LANTERNS, WORKS, VOICE)


def plant(at: datetime) -> None:
    """Put the series, its meetings, and what came of them."""
    actions.record_series(SERIES, title="Council of the agreement", about="An invented council of departments and the sector.", a_year=4, by=BY, at=at)
    for place, days in enumerate((-450, -360, -270, -180, -90)):
        _held(place, at + timedelta(days=days))
    row = _plan(at, at + timedelta(days=16))
    row = actions.step(row.key, "invite", version=row.version, by=BY, at=at, bodies=BODIES)
    actions.add_item(row.key, kind="item", title="Consultations under 12 weeks", text="What the record shows.", address="", by=BY, at=at)
    actions.answer_invitation(row.key, body=EXAMPLES, answer="attended", who="Sample Lead 1", by=lead(EXAMPLES), at=at)
    due = (at + timedelta(days=11)).date()
    for body in (AFFAIRS, LANTERNS):
        ask(body, kind="meeting_return", subject=row.key, title=f"Return before: {row.title}", due_on=due, by=BY, at=at, because="invented")
    gone = _plan(at, at + timedelta(days=60), "council-extra")
    actions.step(gone.key, "cancel", version=gone.version, by=BY, at=at)


def _plan(at: datetime, when: datetime, prefix: str = SERIES) -> Meeting:
    start = when.astimezone(ZoneInfo("Europe/London")).replace(hour=10, minute=30, second=0, microsecond=0)
    return actions.plan_meeting(
        f"{prefix}-{start.date()}", series=SERIES, title=f"Council, {start:%B %Y}", starts_at=start, ends_at=start + timedelta(minutes=90),
        where="Room 4, 1 Sample Street", by=BY, at=at,
    )  # fmt: skip


def _held(place: int, when: datetime) -> None:
    """One past meeting; the later ones are less far with their minutes."""
    before, after = when - timedelta(days=40), when + timedelta(days=3)
    row = _plan(before, when)
    row = actions.step(row.key, "invite", version=row.version, by=BY, at=before, bodies=BODIES)
    row = actions.step(row.key, "hold", version=row.version, by=BY, at=after)
    words = ("attended", "deputy", "apologies", "absent", "attended")
    actions.record_attendance(row.key, came={body: words[(place * number) % 5] for number, body in enumerate(BODIES)}, by=BY, at=after)
    _poll(row.key, 6 if place < 4 else 3)
    if place < 4:
        held = f"Said outside the minutes: {SECRET}"
        row = actions.write_minutes(row.key, minutes=f"Invented minutes of meeting {place + 1}.", held_text=held, version=row.version, by=BY, at=after)
        _actions(row.key, after, commit=place < 2)
    if place < 3:
        actions.say_of_minutes(row.key, body=EXAMPLES, agrees=True, text="", by=lead(EXAMPLES), at=after)
        row = actions.step(row.key, "agree_minutes", version=row.version, by=BY, at=after)
    if place < 2:
        actions.step(row.key, "publish_minutes", version=row.version, by=BY, at=after)
    if place == 3:
        actions.say_of_minutes(row.key, body=VOICE, agrees=False, text="Item 2 was put off, not agreed.", by=SECTOR, at=after)


def _poll(key: str, answers: int) -> None:
    for number in range(answers):
        voter = Viewer(f"sample-voter-{number}", (Grant("lead", BODIES[number % 4]),), "Sample Lead")
        actions.answer_poll(key, use=3 + number % 3, topical=2 + number % 4, text="", by=voter)


def _actions(key: str, at: datetime, *, commit: bool) -> None:
    due = (at + timedelta(days=60)).date()
    first = actions.raise_action(key, kind="meeting_action", body=WORKS, text="Send round the list of contacts.", due_on=due, by=BY, at=at)
    actions.raise_action(key, kind="offer", body=AFFAIRS, text="We will visit the sample charities.", due_on=None, by=BY, at=at)
    if commit:
        made = record_commitment(
            key=f"{key}-action-{first.pk}", kind="meeting_action", title=first.text, text=first.text, owners=(WORKS,), due_on=due,
            origin=actions.origin_of(first), by=BY, at=at, because="invented",
        )  # fmt: skip
        actions.became_commitment(first.pk, commitment=made.key, by=BY)
