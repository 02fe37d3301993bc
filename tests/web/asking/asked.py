"""Questions put to the bodies of the invented office, and answers brought to a state by those who may."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from tests.office import EXAMPLES, client, viewer

from opencompact.asking import actions
from opencompact.asking.models import Ask, Submission
from opencompact.asking.rules.questions import SIGN_OFF

CENTRAL, LEAD, OFFICIAL = viewer("central"), viewer("lead"), viewer("official")
SECRET = "zq-held-words"
GIVEN = {"agrees": "no", "text": "One line is missing.", "held_text": f"Between us: {SECRET}"}


def today() -> date:
    """The day of the office."""
    return timezone.localdate()


def before(days: int) -> datetime:
    """The instant so many days ago."""
    return timezone.now() - timedelta(days=days)


def asked(subject: str = "figures", body: str = EXAMPLES, *, days: int = 9, kind: str = "sign_off") -> Ask:
    """A question put sixty days ago, due so many days from today."""
    due = today() + timedelta(days=days)
    return actions.ask(body, kind=kind, subject=subject, title=f"Are your {subject} right?", due_on=due, by=CENTRAL, at=before(60), because="a test")


def in_state(found: Ask, state: str, **more: str) -> Submission | None:
    """An answer brought to a state; none for the empty one."""
    if not state:
        return None
    row = actions.draft(found, given=GIVEN | more, questions=SIGN_OFF, version=None, by=LEAD, at=before(5))
    if state == "returned":
        return actions.send_back(row, note="Say which line.", version=row.version, by=OFFICIAL, at=before(4))
    if state in ("cleared", "sent"):
        row = actions.clear(row, name="A Director", post="Director", version=row.version, by=OFFICIAL, at=before(3))
    return actions.send(row, version=row.version, by=OFFICIAL, at=before(2)) if state == "sent" else row


def post(role: str, found: Ask, act: str, /, *, body: str = "", **given: Any) -> Any:
    """Send one of the forms of the question's page as that role."""
    return client(role, body).post(f"/asks/{found.pk}/", {"act": act, **given})
