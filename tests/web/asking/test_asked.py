"""A sign-off is three questions with nothing filled in, and stands as it was sent."""

import pytest
from django.utils import timezone
from tests.office import bodies
from tests.web.asking.asked import OFFICIAL, asked, in_state

from opencompact.asking.rules.questions import SIGN_OFF
from opencompact.audit.queries import events
from opencompact.web.asking.asked import KINDS

pytestmark = pytest.mark.django_db


def test_sign_off_asks_the_same_of_everybody_and_claims_nothing_for_them() -> None:
    bodies()
    kind, found = KINDS["sign_off"], asked()
    assert (list(KINDS), kind.title, kind.questions(found), kind.known(found), kind.read_first(found)) == (["sign_off"], "A sign-off", SIGN_OFF, {}, ())


def test_what_was_sent_stands_and_nothing_else_is_done() -> None:
    bodies()
    row = in_state(asked(), "sent")
    before = len(events(99))
    assert (KINDS["sign_off"].take(row, OFFICIAL, timezone.now()), len(events(99))) == (None, before)
