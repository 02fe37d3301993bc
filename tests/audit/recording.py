"""Events of an invented office, for the tests of the audit trail."""

from datetime import UTC, datetime

from opencompact.audit import actions
from opencompact.audit.models import Event

AT = datetime(2031, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)


def record(subject: str = "2031-11", **other: object) -> Event:
    return actions.record(
        **{"verb": "freeze release", "subject": subject, "by": "sample-officer", "at": AT, "because": "a reason", "detail": {"b": 1, "a": "é"}, **other}
    )
