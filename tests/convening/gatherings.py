"""A small council of three bodies with meetings in every state, made through the room's own actions and what bodies send."""

from datetime import UTC, datetime, timedelta

from tests.office import AT, EXAMPLES, SAMPLES, VOICE, bodies, viewer

from opencompact.asking import actions as asking
from opencompact.asking.queries import Ask, asks
from opencompact.asking.rules.questions import Question
from opencompact.convening.actions import meetings as actions
from opencompact.convening.actions import meetings_minutes as minutes
from opencompact.convening.models import Meeting, Series

CENTRAL = viewer("central")
PLACES = (EXAMPLES, SAMPLES, VOICE)
HELD_WORDS = "zq-held-words"


def council(at: datetime = AT) -> None:
    """The bodies and the series, once."""
    bodies()
    if not Series.objects.exists():
        actions.record_series("council", title="Council", about="Invented.", a_year=4, quorum=2, version=None, by=CENTRAL, at=at)


def planned(key: str = "council-next", *, at: datetime = AT, days: int = 30) -> Meeting:
    """A meeting so many days after `at`, with a place for each body."""
    council(at)
    start = (at + timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
    row = actions.plan_meeting(
        key, series="council", title=f"Meeting {key}", starts_at=start, ends_at=start + timedelta(hours=2), where="Room 4", by=CENTRAL, at=at
    )
    for body in PLACES:
        actions.invite_body(key, body=body, post="lead", by=CENTRAL, at=at)
    return row


def now(row: Meeting) -> Meeting:
    return Meeting.objects.get(pk=row.pk)


def take(row: Meeting, verb: str, *, by=CENTRAL, at: datetime = AT, **given) -> Meeting:
    return actions.step(row.key, verb, version=now(row).version, by=by, at=at, **given)


def asked(row: Meeting, kind: str, body: str) -> Ask:
    subject = actions.draft_of(now(row)) if kind == "minutes_agreement" else row.key
    return asks(CENTRAL).get(kind=kind, subject=subject, body=body)


def sent(row: Meeting, kind: str, body: str, *, at: datetime = AT, **said: str) -> None:
    """The body's answer, drafted, cleared and sent; its room does not hear of it."""
    by = viewer("sector" if body == VOICE else "official", body)
    questions = tuple(Question(name, name) for name in said)
    draft = asking.draft(asked(row, kind, body), given=said, questions=questions, version=None, by=by, at=at)
    cleared = asking.clear(draft, name="A director", post="Director", version=draft.version, by=by, at=at)
    asking.send(cleared, version=cleared.version, by=by, at=at)


def agree(row: Meeting, body: str, *, at: datetime, agrees: bool = True, text: str = "") -> None:
    sent(row, "minutes_agreement", body, at=at, agrees="yes" if agrees else "no")
    minutes.say_of_minutes(actions.draft_of(now(row)), body=body, agrees=agrees, text=text, by=viewer("sector" if body == VOICE else "lead", body), at=at)


def in_state(state: str, key: str = "council-next", *, at: datetime = AT, days: int = 30) -> Meeting:
    """A meeting in that state; all that came later than the plan is done the day after it."""
    row, after = planned(key, at=at, days=days), at + timedelta(days=days + 1)
    if state == "cancelled":
        take(row, "cancel", because="No room.", at=at)
    if state not in ("planned", "cancelled"):
        take(row, "invite", at=at)
    if state == "agenda_published":
        take(row, "publish_agenda", at=at)
    if state in ("held", "minutes_drafted", "minutes_agreed", "minutes_published"):
        take(row, "hold", at=after)
        came = {EXAMPLES: "attended", SAMPLES: "apologies", VOICE: "deputy"}
        actions.record_attendance(key, came=came, version=now(row).version, by=CENTRAL, at=after)
    if state in ("minutes_drafted", "minutes_agreed", "minutes_published"):
        minutes.write_minutes(key, minutes="What was said.", held_text=f"Outside: {HELD_WORDS}", version=now(row).version, by=CENTRAL, at=after)
        minutes.ask_of_minutes(key, due_on=after.date(), by=CENTRAL, at=after)
        for body in PLACES:
            agree(row, body, at=after)
    if state in ("minutes_agreed", "minutes_published"):
        take(row, "agree_minutes", at=after)
    if state == "minutes_published":
        take(row, "publish_minutes", at=after)
    return now(row)


def today() -> datetime:
    """This instant, which is what pages go by."""
    return datetime.now(UTC)
