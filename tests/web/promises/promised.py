"""Commitments of the invented office, and what is told of them, days counted from today."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from tests.office import EXAMPLES, viewer

from opencompact.promises.actions.ledger import Wording, record_commitment, record_update
from opencompact.promises.models import Commitment, Update

CENTRAL, LEAD, AUDITOR = viewer("central"), viewer("lead"), viewer("auditor")
SECRET = "zq-held-words"
PLAN = "plan-2030"


def on(days: int) -> date:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def at(days: int) -> datetime:
    """The instant so many days from now."""
    return timezone.now() + timedelta(days=days)


def day(days: int) -> str:
    """The day so many days from today, in words."""
    return f"{on(days):%-d %B %Y}"


def promise(
    key: str, *owners: str, days: int | None = 9, kind: str = "joint_action", plan: str = "", objective: str = "", ago: int = 90, **more: Any
) -> Commitment:
    """A commitment recorded so many days ago and due so many days from today."""
    wording = more.pop("wording", Wording(plan=plan, objective=objective))
    return record_commitment(
        key=key, kind=kind, title=f"Promise {key}", text=f"The words of {key}.", owners=owners or (EXAMPLES,), due_on=None if days is None else on(days),
        by=CENTRAL, at=at(-ago), because="a test", wording=wording, **more,
    )  # fmt: skip


def claim(key: str, delivery: str, *, days: int = -5, body: str = EXAMPLES, **more: Any) -> Update:
    """What an owner says, of a day before today."""
    by = more.pop("by", viewer("lead", body))
    return record_update(key, body=body, on=on(days), text=f"Told of {key}.", delivery=delivery, by=by, at=timezone.now(), because="", **more)


def find(key: str, finding: str, *, days: int = -3, **more: Any) -> Update:
    """What an auditor found, of a day before today."""
    return record_update(key, body="", on=on(days), text=f"Found of {key}.", finding=finding, by=AUDITOR, at=timezone.now(), because="", **more)
