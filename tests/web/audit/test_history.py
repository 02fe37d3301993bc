"""What was done to one thing: days and verbs for whoever sees it, never who did it or why."""

import pytest
from tests.audit.recording import record
from tests.office import AT, client, viewer

from opencompact.promises.actions.ledger import record_commitment
from opencompact.web.audit.history import history

pytestmark = pytest.mark.django_db


def test_only_its_own_events_the_latest_first():
    record("commitment/a", verb="record_update")
    record("commitment/ab", verb="record_update")
    record("commitment/a", verb="answer_commitment")
    rows = history("commitment/a").rows
    assert [(what, place) for _, what, place in rows] == [("Answer commitment", "event 3"), ("Record update", "event 1")]


def test_nothing_done_is_said():
    assert history("commitment/none").rows == []


def test_page_of_a_commitment_shows_days_and_verbs_and_no_name():
    key = record_commitment(
        key="meet", kind="meeting_action", title="Meet", text="Meet.", owners=["department-of-examples"], due_on=None, by=viewer("central"), at=AT,
        because="a secret reason",
    ).key  # fmt: skip
    said = client().get(f"/ledger/{key}/").content.decode()
    assert ("Record commitment" in said, "a secret reason" in said, viewer("central").account in said) == (True, False, False)
