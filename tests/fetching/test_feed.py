from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.fetching.feed import ChangedType, Feed, Manners, Told, Window, day_of, is_over, part, window_named, windows

DAYS = st.dates(date(2014, 1, 1), date(2040, 1, 1))


def feed(step):
    return Feed(first=lambda _window, _stage: (), read=lambda _request, _document: Told(), manners=Manners(), step=step)


@given(first=DAYS, days=st.integers(0, 100), step=st.integers(1, 31))
def test_windows_hold_every_day_once_and_their_names_order_in_time(first, days, step):
    last = first + timedelta(days=days)
    made = windows(feed(step), first, last)
    assert [day for window in made for day in window.days] == [first + timedelta(days=number) for number in range(days + 1)]
    assert sorted(window.name for window in made) == [window.name for window in made]
    assert [window_named(window.name) for window in made] == made


def test_whole_source_has_one_window():
    assert windows(feed(0), date(2031, 7, 1), date(2031, 7, 9)) == [Window(date(2031, 7, 9), date(2031, 7, 9))]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2031-06-30T23:30:00Z", date(2031, 7, 1)),
        ("2031-07-01T00:10:00+01:00", date(2031, 7, 1)),
        ("2031-12-31T23:30:00Z", date(2031, 12, 31)),
        ("2031-07-01T23:30:00", date(2031, 7, 1)),
        ("2031-07-01", date(2031, 7, 1)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_day_of_an_instant_is_that_of_the_united_kingdom(instant, day):
    assert day_of(instant) == day


def test_day_of_an_instant_in_universal_time():
    assert day_of("2031-07-01T00:10:00+01:00", UTC) == date(2031, 6, 30)


@pytest.mark.parametrize(("at", "over"), [("2031-07-01T23:30:00+00:00", False), ("2031-07-02T00:30:00+01:00", False), ("2031-07-02T00:00:00+00:00", True)])
def test_day_is_over_when_it_is_over_in_both_times(at, over):
    assert is_over(date(2031, 7, 1), at=datetime.fromisoformat(at)) == over


def test_missing_part_may_be_stood_for():
    assert part({"a": None}, "a", str, "otherwise") == "otherwise"


@pytest.mark.parametrize(
    ("document", "kind", "told"),
    [
        ([], str, "found a list where an object with `a` was expected"),
        ({}, str, "`a` is missing; expected text"),
        ({"a": 1.5}, int, "`a` is a number; expected a whole number"),
        ({"a": True}, int, "`a` is true or false; expected a whole number"),
        ({"a": {}}, list, "`a` is an object; expected a list"),
    ],
)
def test_part_of_another_type_is_told(document, kind, told):
    with pytest.raises(ChangedType) as caught:
        part(document, "a", kind)
    assert str(caught.value) == told
