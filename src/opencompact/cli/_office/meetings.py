"""The invented council: five meetings past with minutes in every state, the next with its round open, one planned, one cancelled, and what its polls said."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking import actions as asking
from opencompact.asking.queries import Ask, asks
from opencompact.asking.rules.questions import Question
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, STATISTICS, VARROWMERE, VOICE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.convening.actions import meetings as actions
from opencompact.convening.actions import meetings_minutes as minutes
from opencompact.convening.queries.meetings import Meeting
from opencompact.promises.actions.ledger import publish_commitments, record_commitment
from opencompact.promises.queries.ledger import commitments

SERIES, BODIES = "council", (AFFAIRS, EXAMPLES, LANTERNS, WORKS, STATISTICS, VARROWMERE, VOICE)
_WORDS = ("attended", "deputy", "apologies")
_TEXT = Question("text", "In words", "text")


def plant(at: datetime) -> None:
    """Put the series, its meetings, and what came of them."""
    about = "An invented council of departments and the sector: what each does for the agreement, what worked, and what is coming."
    actions.record_series(SERIES, title="Council of the agreement", about=about, a_year=4, quorum=4, version=None, by=BY, at=at)
    actions.record_series("leads", title="Forum of leads", about="", a_year=None, quorum=None, version=None, by=BY, at=at)
    for place, days in enumerate((-450, -360, -270, -180, -9)):
        _held(place, at + timedelta(days=days))
    _next(at)
    _plan(at, at + timedelta(days=100))
    gone = _plan(at, at + timedelta(days=60), "council-extra")
    actions.step(gone.key, "cancel", version=gone.version, because="The room was needed for something else.", by=BY, at=at)


def _plan(at: datetime, when: datetime, prefix: str = SERIES) -> Meeting:
    start = when.astimezone(ZoneInfo("Europe/London")).replace(hour=10, minute=30, second=0, microsecond=0)
    return actions.plan_meeting(
        f"{prefix}-{start.date()}", series=SERIES, title=f"Council, {start:%B %Y}", starts_at=start, ends_at=start + timedelta(minutes=90),
        where="Room 4, 1 Sample Street", by=BY, at=at,
    )  # fmt: skip


def _next(at: datetime) -> None:
    """The next meeting: agenda out, round open, some of it answered."""
    row = _plan(at, at + timedelta(days=16))
    actions.add_item(
        row.key, kind="item", title="Consultations under 12 weeks", text="What the record shows.", address="https://example.invalid/paper", by=BY, at=at
    )
    row = actions.step(row.key, "invite", version=row.version, by=BY, at=at)
    _come(row, EXAMPLES, "attended", at)
    _come(row, VOICE, "deputy", at)
    actions.open_round(row.key, by=BY, at=at)
    said = {"done": "Trained 12 people. An invented answer.", "training": "12", "held_text": f"Between us: {SECRET}"}
    kinds = {"training": "number"}
    questions = tuple(Question(name, name, kinds.get(name, "text"), held=name == "held_text") for name in said)  # type: ignore[arg-type]  # words of Kind
    _send(_ask(row.key, "meeting_return", EXAMPLES), said, questions, at)
    owed = commitments(BY).filter(origin__startswith=minutes.origins_of(SERIES)).order_by("key").values_list("key", flat=True)
    actions.step(row.key, "publish_agenda", version=row.version, carried=owed, by=BY, at=at)


def _held(place: int, when: datetime) -> None:
    """One past meeting; the later ones are less far with their minutes."""
    before, after = when - timedelta(days=40), when + timedelta(days=3)
    row = _plan(before, when)
    if place == 0:
        for body in BODIES:
            actions.invite_body(row.key, body=body, post="" if body == VOICE else "lead", by=BY, at=before)
    row = actions.step(row.key, "invite", version=row.version, by=BY, at=before)
    words = {body: _WORDS[0 if number < 5 else (place + number) % 3] for number, body in enumerate(BODIES)}
    for body in BODIES[:3]:
        _come(row, body, words[body], before)
    row = actions.step(row.key, "hold", version=row.version, by=BY, at=after)
    came = {**words, LANTERNS: "absent"} if place != 1 else words
    row = actions.record_attendance(row.key, came=came, version=row.version, by=BY, at=after)
    for number, body in enumerate(each for each in BODIES if came[each] in ("attended", "deputy")):
        if place < 4 or number < 3:
            minutes.answer_poll(row.key, body=body, use=3 + (number + place) % 3, topical=2 + number % 4, by=_official(body), at=after)
    if place < 4:
        _minuted(row, place, after)


def _minuted(row: Meeting, place: int, at: datetime) -> None:
    held = f"Said outside the minutes: {SECRET}"
    text = f"Invented minutes of meeting {place + 1}.\nItem 1. Members heard what each department did.\nItem 2. Visits were offered."
    row = minutes.write_minutes(row.key, minutes=text, held_text=held, version=row.version, by=BY, at=at)
    _actions(row.key, at, commit=place < 2)
    minutes.ask_of_minutes(row.key, due_on=(at + timedelta(days=10)).date(), by=BY, at=at)
    for body, agrees in ((EXAMPLES, True), (VOICE, place != 3)):
        said = {"agrees": "yes" if agrees else "no", "text": "" if agrees else f"Item 2 was put off, not agreed. {SECRET}"}
        _send(_ask(actions.draft_of(row), "minutes_agreement", body), said, (Question("agrees", "Right?", "yes_no"), _TEXT), at)
        minutes.say_of_minutes(actions.draft_of(row), body=body, agrees=agrees, text=said["text"], by=_official(body), at=at)
    later = at + timedelta(days=20)
    if place < 3:
        row = actions.step(row.key, "agree_minutes", version=row.version, by=BY, at=later)
    if place < 2:
        actions.step(row.key, "publish_minutes", version=row.version, by=BY, at=later)
        publish_commitments(f"{minutes.origins_of(SERIES)}{row.key}/", by=BY, at=later, because="the minutes are published")


def _actions(key: str, at: datetime, *, commit: bool) -> None:
    due = (at + timedelta(days=60)).date()
    first = minutes.raise_action(key, kind="meeting_action", body=WORKS, text="Send round the list of contacts.", due_on=due, by=BY, at=at)
    minutes.raise_action(key, kind="offer", body=AFFAIRS, text="We will visit the sample charities.", due_on=None, by=BY, at=at)
    if commit:
        made = record_commitment(
            key=f"{key}-action-{first.pk}", kind="meeting_action", title=first.text, text=first.text, owners=(WORKS,), due_on=due,
            origin=minutes.origin_of(first), visibility="shared", by=BY, at=at, because="put down at the meeting",
        )  # fmt: skip
        minutes.became_commitment(first.pk, commitment=made.key, by=BY, at=at)


def _official(body: str) -> Viewer:
    role = "sector" if body == VOICE else "official"
    return Viewer(f"sample-official-{body}", (Grant(role, body),), "Sample Official")


def _ask(subject: str, kind: str, body: str) -> Ask:
    return asks(BY).get(subject=subject, kind=kind, body=body)


def _come(row: Meeting, body: str, answer: str, at: datetime) -> None:
    """A body answers its invitation, as it answers everything: drafted, cleared, sent."""
    said = {"answer": answer, "who": f"Sample Lead {SECRET}"}
    _send(_ask(row.key, "attendance", body), said, (Question("answer", "Do you come?"), Question("who", "Who", held=True)), at)
    actions.answer_invitation(row.key, body=body, answer=answer, who=said["who"], by=_official(body), at=at)


def _send(found: Ask, given: Mapping[str, str], questions: tuple[Question, ...], at: datetime) -> None:
    by = _official(found.body)
    row = asking.draft(found, given=given, questions=questions, version=None, by=by, at=at)
    row = asking.clear(row, name="Sample Director", post="Director", version=row.version, by=by, at=at)
    asking.send(row, version=row.version, by=by, at=at)
