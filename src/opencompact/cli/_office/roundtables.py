"""The invented roundtables: a pool of contacts, one whose profile cannot be met, one partly answered, one held with points, two of them silent."""

from datetime import datetime, timedelta

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import ask, clear, draft, send
from opencompact.asking.rules.questions import Question
from opencompact.cli._office import AFFAIRS, EXAMPLES, SECRET, SHARED, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.draw import draw_places
from opencompact.convening.actions.roundtables_pool import erase_contact, import_pool
from opencompact.convening.queries.roundtables import Roundtable, invitees, roundtables
from opencompact.convening.queries.roundtables_profiles import labels, profiles
from opencompact.convening.rules.draw_words import quotas_of

_REGIONS = ("London", "London", "South East", "North West", "North West", "West Midlands", "South West", "East Midlands", "East of England", "North East")
_SIZES, _ROLES = ("Large", "Small", "Micro", "Medium", "Small", "Major", "Micro"), ("Infrastructure", "Frontline", "Frontline", "Infrastructure", "User led")
_FIELDS = ("Social services", "Human health services", "A10", "Education services")
_HEADS = ("Name", "Organisation", "E-mail", "Region", "Size", "Sub-sector", "Role", "Last invited", "What they think")
# as web.convening.roundtables_asked asks; a command imports no door
_QUESTIONS = (Question("reply", "Your reply"), Question("changed", "What has changed"), Question("held_text", "Not published", held=True))


def plant(at: datetime) -> None:
    """Put the pool, from which one person is erased, and the roundtables."""
    rows = [
        (f"Sample Person {n}", f"Sample Charity {n}", f"person{n}@sample.invalid", _REGIONS[n % 10], _SIZES[n % 7], _FIELDS[n % 4], _ROLES[n % 5],
         (at - timedelta(days=70 * (n % 13) + 200)).date() if n % 3 else None, "never kept")
        for n in range(121)
    ]  # fmt: skip
    import_pool([_HEADS, *rows], by=BY, at=at - timedelta(days=200))
    _held(at)
    _draw(_plan("sample-planned", "What small bodies need of tenders", at, days=30, profile="whole-country"), at)
    _invited(at)
    _plan("sample-undrawn", "Grants in one place", at, days=60, profile="one-place", seats=12)
    gone = _plan("sample-cancelled", "A subject put off", at, days=45, profile="small-bodies")
    actions.cancel(gone.key, version=gone.version, by=BY, at=at)


def _plan(key: str, subject: str, at: datetime, *, days: int, profile: str, seats: int = 20, replies: int = 40) -> Roundtable:
    on = (at + timedelta(days=days)).date()
    return actions.plan_roundtable(
        key, subject=subject, on=on, where="Room 2, 1 Sample Street, or by telephone", seats=seats, profile=profile,
        quotas=quotas_of(profiles()[profile], seats), replies_due_on=on + timedelta(days=replies), held_text=f"Notes of the office: {SHARED}", by=BY, at=at,
    )  # fmt: skip


def _draw(row: Roundtable, at: datetime) -> Roundtable:
    draw_places(row.key, seed=2031, words=labels(), version=row.version, by=BY, at=at)
    return roundtables().get(pk=row.pk)


def _send(row: Roundtable, at: datetime) -> Roundtable:
    actions.send_invitations(row.key, version=row.version, by=BY, at=at)
    return roundtables().get(pk=row.pk)


def _invited(at: datetime) -> None:
    """Some came back, some declined, their places drawn anew; one who took a place was erased since."""
    row = _send(_draw(_plan("sample-invited", "Grants, and how long they run", at, days=20, profile="small-bodies"), at), at)
    places = invitees(BY, row)
    for number, place in enumerate(places[:12]):
        actions.put_answer(row.key, place.pk, answer="declined" if number % 4 == 3 else "accepted", by=BY, at=at)
    _send(_draw(row, at), at)
    if places[0].contact_id:
        erase_contact(places[0].contact_id, by=BY, at=at)


def _held(at: datetime) -> None:
    """Held fifty days ago: one point replied to and something changed, one in draft, one past its day without a word."""
    since, held = at - timedelta(days=90), at - timedelta(days=50)
    row = _send(_draw(_plan("sample-held", "What the record does not show", since, days=40, profile="whole-country", replies=30), since), since)
    places = invitees(BY, row)
    for place in places[:18]:
        actions.put_answer(row.key, place.pk, answer="accepted", by=BY, at=since)
    actions.hold(row.key, came=[place.pk for place in places[:17]], version=row.version, by=BY, at=held)
    made = (
        ("The forms ask the same thing three times.", EXAMPLES, places[3].pk),
        ("Nobody told us that the grant would end.", WORKS, None),
        ("Meetings are all in one city.", AFFAIRS, None),
    )
    for place_of, (text, body, speaker) in enumerate(made):
        point = actions.make_point(row.key, text=text, body=body, agreed=speaker is not None, speaker=speaker, by=BY, at=held)
        found = ask(body, kind="point_reply", subject=f"{row.key}/{point.pk}", title=f"A reply to a point made at: {row.subject}", due_on=row.replies_due_on,
                    by=BY, at=held, because="invented")  # fmt: skip
        if place_of == 0:
            official = Viewer(f"sample-official-{body}", (Grant("official", body),), "Sample Official")
            given = {"reply": "One form from next year.", "changed": "The new form is out.", "held_text": f"Between us: {SECRET}"}
            answer = draft(found, given=given, questions=_QUESTIONS, version=None, by=official, at=held + timedelta(days=9))
            answer = clear(answer, name="Sample Director", post="Director", version=answer.version, by=official, at=held + timedelta(days=9))
            send(answer, version=answer.version, by=official, at=held + timedelta(days=10))
            actions.reply(point.pk, text=given["reply"], by=official, at=held + timedelta(days=10))
            actions.tell_change(point.pk, text=given["changed"], by=official, at=held + timedelta(days=10))
