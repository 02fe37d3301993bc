"""The steps an answer passes: drafted, cleared by a named official, sent; and when no answer is silence."""

from collections.abc import Mapping
from datetime import date

# Verb → (states it starts from, state it ends in). Who may do each verb stands in accounts.rules.MAY.
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "draft": (frozenset({"", "drafted", "returned"}), "drafted"),
    "clear": (frozenset({"drafted"}), "cleared"),
    "return": (frozenset({"drafted", "cleared"}), "returned"),
    "send": (frozenset({"cleared"}), "sent"),
}
STATES = ("drafted", "cleared", "returned", "sent")


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state; an answer that is not begun has the empty state."""
    return state in STEPS[verb][0]


def is_silent(due_on: date, *, answered: bool, withdrawn: bool, today: date) -> bool:
    """Whether the stated day has passed without an answer: silence, which is then published as silence. The due day itself still counts."""
    return not answered and not withdrawn and today > due_on


# Days before the due day on which a body is reminded; the day after it once more.
REMINDED = (10, 3, -1)


def is_reminder_due(due_on: date, *, reminded_on: date | None, today: date) -> bool:
    """Whether a day for a reminder has come since the last one, so that a run that was missed is made up for, and none is sent twice."""
    came = [day for before in REMINDED if (day := date.fromordinal(due_on.toordinal() - before)) <= today]
    return bool(came) and (reminded_on is None or max(came) > reminded_on)
