"""What was done, and whether the record of it still holds."""

import pytest
from tests.audit.recording import record

from opencompact.audit import queries
from opencompact.audit.models import Event
from opencompact.audit.rules import Broken

pytestmark = pytest.mark.django_db(transaction=True)

NO_HEAD = "is the last event held, and there is no readable head file to say whether later ones were cut off"


@pytest.fixture
def three():
    return [record(f"2031-0{month}") for month in (1, 2, 3)]


def test_events_are_the_latest_newest_first(three):
    assert [[event.sequence for event in queries.events(limit)] for limit in (2, 9)] == [[3, 2], [3, 2, 1]]


def test_latest_event_of_a_verb_on_a_subject(three):
    again = record("2031-02")
    assert (queries.latest(verb="freeze release", subject="2031-02"), queries.latest(verb="melt", subject="2031-02")) == (again, None)


def test_nothing_recorded_is_nothing_broken():
    assert queries.verify() is None


@pytest.mark.parametrize("field", ["by", "verb", "subject", "because", "detail"])
def test_changed_event_is_named(three, field):
    Event.objects.filter(sequence=2).update(**{field: "changed"})
    assert queries.verify() == Broken(2, "was changed: what it says no longer gives its hash")


def test_removed_event_is_named(three):
    Event.objects.filter(sequence=2).delete()
    assert queries.verify() == Broken(2, "is missing: event 3 stands where event 2 was expected, so one was removed or renumbered")


def test_events_put_in_another_order_are_named(three):
    for old, new in ((1, 9), (2, 1), (9, 2)):
        Event.objects.filter(sequence=old).update(sequence=new)
    assert queries.verify() == Broken(1, "does not follow the event before it: events were removed, replaced or put in another order")


def test_end_cut_off_is_named(three):
    Event.objects.filter(sequence=3).delete()
    assert queries.verify() == Broken(3, "is missing: the head file tells of 3 events, and 2 are held, so the end was cut off")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_head_file_that_is_none_is_named(three, workspace, content):
    (workspace / "audit-head.txt").unlink()
    if content is not None:
        (workspace / "audit-head.txt").write_bytes(content)
    assert queries.verify() == Broken(3, NO_HEAD)


def test_whole_chain_is_read_whatever_is_asked(three, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.verify() is None
