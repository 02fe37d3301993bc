"""A sign-off: a body's official says by name that a statement of the office about the body is right, or what is not."""

from collections.abc import Mapping
from datetime import datetime

from opencompact.accounts.rules import Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import SIGN_OFF, Question
from opencompact.web.asking.kinds import Kind


def _questions(_: Ask) -> tuple[Question, ...]:
    return SIGN_OFF


def _known(_: Ask) -> Mapping[str, str]:
    return {}


def _take(submission: Submission, by: Viewer, at: datetime) -> None:
    """What was sent stands as it is: no other room acts on it."""


KINDS = {"sign_off": Kind("A sign-off", _questions, _known, _take)}
