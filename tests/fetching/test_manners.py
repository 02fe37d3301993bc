from datetime import UTC, datetime

import pytest

from opencompact.fetching.feed import Manners
from opencompact.fetching.manners import pause_before, retry_after, wait_for

AT = datetime(2031, 7, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 02 Jul 2031 06:01:00 GMT", 60.0),
        ("Wed, 02 Jul 2031 06:01:00 -0000", 60.0),
        ("Wed, 02 Jul 2031 05:00:00 GMT", 0.0),
        ("-5", None),
        ("", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_retry_after_as_seconds_or_a_date(header, seconds):
    assert retry_after(header, at=AT) == seconds


def test_status_that_is_no_throttling_asks_for_no_wait():
    assert wait_for(404, "120", manners=Manners(), at=AT) is None


def test_pause_doubles_up_to_the_longest_wait():
    manners = Manners(pause=0.5, longest_wait=5.0)
    assert [pause_before(attempt, manners=manners) for attempt in (1, 2, 3, 4)] == [1.0, 2.0, 4.0, 5.0]
