from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.registry import load_catalogue
from opencompact.values.days import (
    TWELVE_WEEKS,
    BadWindow,
    HolidayWindow,
    Overlap,
    bank_holidays,
    count_in_words,
    days_open,
    due_on,
    easter_sunday,
    holiday_overlap,
    in_words,
    read_windows,
    working_days,
)

ENGLAND = "england-and-wales"
AUGUST = HolidayWindow("August", "yearly", first=(8, 1), last=(8, 31))
CHRISTMAS = HolidayWindow("Christmas", "yearly", first=(12, 24), last=(1, 2))
EASTER = HolidayWindow("Easter", "easter", first=(-7,), last=(7,))
BANK = HolidayWindow("bank holiday", "bank_holidays", ENGLAND)
DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


def test_days_open_is_closing_minus_opening():
    assert days_open(date(2012, 7, 16), date(2012, 8, 27)) == 42


def test_days_open_on_one_day_is_nought():
    assert days_open(date(2012, 7, 16), date(2012, 7, 16)) == 0


@pytest.mark.parametrize(("opened", "closed"), [(None, date(2012, 1, 1)), (date(2012, 1, 1), None), (date(2012, 1, 2), date(2012, 1, 1))])
def test_days_open_is_unknown_where_a_day_is_missing_or_the_order_wrong(opened, closed):
    assert days_open(opened, closed) is None


def test_response_clock_ends_84_days_after_closing():
    assert due_on(date(2016, 1, 31), days=TWELVE_WEEKS) == date(2016, 4, 24)


@pytest.mark.parametrize("day", [date(2012, 6, 4), date(2012, 6, 5), date(2022, 9, 19), date(2023, 5, 8), date(2022, 1, 3)])
def test_bank_holidays_hold_extra_and_moved_ones(day):
    assert day in bank_holidays(ENGLAND, day.year)


@pytest.mark.parametrize("day", [date(2012, 5, 28), date(2022, 1, 1), date(2012, 1, 1)])
def test_bank_holidays_hold_neither_moved_days_nor_weekends(day):
    assert day not in bank_holidays(ENGLAND, day.year)


def test_bank_holidays_of_2012_are_those_of_the_official_list():
    days = ["01-02", "04-06", "04-09", "05-07", "06-04", "06-05", "08-27", "12-25", "12-26"]
    assert sorted(bank_holidays(ENGLAND, 2012)) == [date.fromisoformat(f"2012-{day}") for day in days]


def test_bank_holidays_differ_between_nations():
    assert date(2012, 8, 6) in bank_holidays("scotland", 2012)
    assert date(2012, 7, 12) in bank_holidays("northern-ireland", 2012)


def test_working_days_leave_out_opening_day_weekends_and_bank_holidays():
    # Friday 1 June to Friday 8 June 2012: Monday and Tuesday were bank holidays.
    assert working_days(date(2012, 6, 1), date(2012, 6, 8), nation=ENGLAND) == 3


@settings(deadline=None)
@given(DAYS, st.integers(0, 200))
def test_working_days_are_at_most_five_in_seven_and_a_bit(opened, length):
    found = working_days(opened, opened + timedelta(days=length), nation=ENGLAND)
    assert 0 <= found <= length // 7 * 5 + min(length % 7, 5)


@pytest.mark.parametrize(("year", "day"), [(1961, date(1961, 4, 2)), (2008, date(2008, 3, 23)), (2011, date(2011, 4, 24)), (2012, date(2012, 4, 8))])
def test_easter_sunday_is_the_one_in_the_almanac(year, day):
    assert easter_sunday(year) == day


@settings(deadline=None)
@given(st.integers(1980, 2060))
def test_easter_sunday_is_two_days_after_good_friday(year):
    assert {easter_sunday(year) - timedelta(days=2), easter_sunday(year) + timedelta(days=1)} <= bank_holidays(ENGLAND, year)


def test_overlap_counts_a_bank_holiday_inside_a_window_once():
    assert holiday_overlap(date(2012, 7, 16), date(2012, 8, 27), windows=[BANK, AUGUST]) == Overlap(
        27, ("August 2012 (27 days)", "bank holiday 27 August 2012")
    )


def test_overlap_leaves_out_opening_day_and_keeps_closing_day():
    assert holiday_overlap(date(2012, 8, 27), date(2012, 8, 28), windows=[BANK]) == Overlap(0, ())
    assert holiday_overlap(date(2012, 8, 26), date(2012, 8, 27), windows=[BANK]) == Overlap(1, ("bank holiday 27 August 2012",))


def test_overlap_knows_a_window_that_began_the_year_before():
    assert holiday_overlap(date(2013, 1, 1), date(2013, 1, 31), windows=[CHRISTMAS]) == Overlap(1, ("Christmas 2012 (1 day)",))


def test_overlap_follows_easter():
    assert holiday_overlap(date(2013, 3, 1), date(2013, 3, 31), windows=[EASTER]) == Overlap(8, ("Easter 2013 (8 days)",))


@settings(deadline=None)
@given(DAYS, st.integers(0, 400))
def test_overlap_counts_the_days_that_a_slow_reading_of_the_calendar_counts(opened, length):
    closed = opened + timedelta(days=length)
    inside = [day for day in (opened + timedelta(days=number) for number in range(1, length + 1)) if _is_holiday(day)]
    assert holiday_overlap(opened, closed, windows=[BANK, AUGUST, CHRISTMAS, EASTER]).days == len(inside)


def _is_holiday(day):
    near_easter = abs((day - easter_sunday(day.year)).days) <= 7
    return day.month == 8 or (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2) or near_easter or day in bank_holidays(ENGLAND, day.year)


def test_windows_of_the_catalogue_are_the_four_named():
    assert [window.name for window in read_windows(load_catalogue().vocabularies["holiday-windows"].terms)] == ["bank holiday", "August", "Easter", "Christmas"]


def test_windows_read_their_days():
    terms = [
        {"name": "bank holiday", "kind": "bank_holidays", "nation": ENGLAND, "first": "", "last": ""},
        {"name": "August", "kind": "yearly", "nation": "", "first": "08-01", "last": "08-31"},
        {"name": "Easter", "kind": "easter", "nation": "", "first": "-7", "last": "7"},
    ]
    assert read_windows(terms) == (BANK, AUGUST, EASTER)


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ({"name": "x", "kind": "yearly", "first": "August", "last": "08-31"}, "expected first and last as 08-01"),
        ({"name": "x", "kind": "easter"}, "expected first and last as 08-01"),
        ({"name": "x", "kind": "bank_holidays", "nation": "narnia"}, "found kind 'bank_holidays'; expected `bank_holidays` with a nation of england-and-wales"),
        ({"name": "x", "kind": "lunar"}, "found kind 'lunar'"),
    ],
)
def test_window_that_cannot_be_read_is_refused(term, says):
    with pytest.raises(BadWindow) as refusal:
        read_windows([term])
    assert "Holiday window 'x'" in str(refusal.value)
    assert says in str(refusal.value)


def test_words_for_days_and_counts():
    assert (in_words(date(2012, 7, 6)), count_in_words(1, "day"), count_in_words(0, "day"), count_in_words(1200, "day")) == (
        "6 July 2012",
        "1 day",
        "0 days",
        "1,200 days",
    )
