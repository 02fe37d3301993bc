"""What of a challenge each person sees."""

from datetime import timedelta

import pytest
from tests.judgement.invented import challenge_in, received
from tests.office import AT, viewer

from opencompact.accounts.rules import ANY, MAY, PUBLIC, ROLES, SEES
from opencompact.judgement.queries import challenges as queries
from opencompact.judgement.rules.challenges import SETTLED, STATES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_words_are_the_offices_and_the_place_everybodys_once_reviewed(state: str, role: str) -> None:
    made = challenge_in(state)
    assert made is not None
    row = queries.challenge(viewer(role) if role != "public" else PUBLIC, made.reference.lower())
    assert row is not None
    office, is_settled = SEES["held"].get(role) == ANY, state in SETTLED
    assert (bool(row.wrong), bool(row.right), bool(row.checking)) == (office, office, office)
    assert (bool(row.page), row.row is not None, bool(row.file)) == (office or is_settled,) * 3
    assert (bool(row.email), bool(row.summary)) == (role in MAY["settle_challenge"] and not is_settled, is_settled)


def test_list_is_masked_too_and_the_latest_stands_first() -> None:
    received()
    received("form-2", at=AT + timedelta(days=1))
    rows = queries.challenges(PUBLIC)
    assert ([row.received_at.day for row in rows], {row.wrong + row.page + row.email for row in rows}) == ([7, 6], {""})
    assert [len(queries.challenges(PUBLIC, states=("looking",))), len(queries.challenges(PUBLIC, start=1, most=5))] == [0, 1]


def test_counts_leave_no_state_out() -> None:
    challenge_in("looking")
    assert queries.count_challenges() == {"received": 0, "looking": 1, "corrected": 0, "not_upheld": 0}


def test_reference_that_is_none_is_none() -> None:
    assert queries.challenge(PUBLIC, "AAAA-AAAA") is None
