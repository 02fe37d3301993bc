"""Sixty due days worked by hand from the lists of bank holidays GOV.UK publishes, each with the weekdays that were left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.values.clocks import ANY_PART, NATIONS, BadClock, due, is_working_day

ENGLAND, SCOTLAND, IRELAND = NATIONS


def day(text: str) -> date:
    return date.fromisoformat(text)


# started, count, nation, due, weekdays left out
WORKING_DAYS = [
    # a plain week and a plain four weeks
    ("2012-02-06", 5, ENGLAND, "2012-02-13", ""),
    ("2012-02-06", 20, ENGLAND, "2012-03-05", ""),
    ("2012-02-10", 1, ENGLAND, "2012-02-13", ""),
    # begun at a weekend: the clock starts the day after, so Monday is day one
    ("2012-02-11", 1, ENGLAND, "2012-02-13", ""),
    ("2012-02-12", 5, ENGLAND, "2012-02-17", ""),
    # the Jubilee of 2012: Monday 4 and Tuesday 5 June, and no Spring bank holiday on 28 May
    ("2012-05-25", 1, ENGLAND, "2012-05-28", ""),
    ("2012-06-01", 1, ENGLAND, "2012-06-06", "2012-06-04 2012-06-05"),
    ("2012-05-04", 20, ENGLAND, "2012-06-06", "2012-05-07 2012-06-04 2012-06-05"),
    ("2012-05-21", 20, ENGLAND, "2012-06-20", "2012-06-04 2012-06-05"),
    ("2012-05-21", 20, SCOTLAND, "2012-06-20", "2012-06-04 2012-06-05"),
    ("2012-05-21", 20, IRELAND, "2012-06-20", "2012-06-04 2012-06-05"),
    # Easter Monday is none in Scotland
    ("2012-04-05", 1, ENGLAND, "2012-04-10", "2012-04-06 2012-04-09"),
    ("2012-04-05", 1, SCOTLAND, "2012-04-09", "2012-04-06"),
    ("2012-04-05", 1, IRELAND, "2012-04-10", "2012-04-06 2012-04-09"),
    ("2012-04-05", 1, ANY_PART, "2012-04-10", "2012-04-06 2012-04-09"),
    # the summer bank holiday: first Monday of August in Scotland, last elsewhere
    ("2012-08-03", 1, SCOTLAND, "2012-08-07", "2012-08-06"),
    ("2012-08-03", 1, ENGLAND, "2012-08-06", ""),
    ("2012-08-24", 1, ENGLAND, "2012-08-28", "2012-08-27"),
    ("2012-08-24", 1, SCOTLAND, "2012-08-27", ""),
    ("2012-07-30", 20, ANY_PART, "2012-08-29", "2012-08-06 2012-08-27"),
    # St Patrick's day at a weekend moves to Monday; the Twelfth of July; St Andrew's day
    ("2012-03-16", 1, IRELAND, "2012-03-20", "2012-03-19"),
    ("2012-03-16", 1, ENGLAND, "2012-03-19", ""),
    ("2012-07-11", 1, IRELAND, "2012-07-13", "2012-07-12"),
    ("2012-07-02", 20, IRELAND, "2012-07-31", "2012-07-12"),
    ("2012-07-02", 20, ENGLAND, "2012-07-30", ""),
    ("2012-11-29", 1, SCOTLAND, "2012-12-03", "2012-11-30"),
    ("2012-11-29", 1, ENGLAND, "2012-11-30", ""),
    # over Christmas and the new year; 2 January is Scotland's, and in 2012 fell to Tuesday 3
    ("2011-12-23", 1, ENGLAND, "2011-12-28", "2011-12-26 2011-12-27"),
    ("2011-12-30", 1, ENGLAND, "2012-01-03", "2012-01-02"),
    ("2011-12-30", 1, SCOTLAND, "2012-01-04", "2012-01-02 2012-01-03"),
    ("2012-12-24", 5, ENGLAND, "2013-01-03", "2012-12-25 2012-12-26 2013-01-01"),
    ("2012-12-24", 5, SCOTLAND, "2013-01-04", "2012-12-25 2012-12-26 2013-01-01 2013-01-02"),
    ("2012-12-24", 20, ENGLAND, "2013-01-24", "2012-12-25 2012-12-26 2013-01-01"),
    # the Jubilee of 2022, Thursday 2 and Friday 3 June, and the funeral on Monday 19 September
    ("2022-06-01", 1, ENGLAND, "2022-06-06", "2022-06-02 2022-06-03"),
    ("2022-05-27", 20, ENGLAND, "2022-06-28", "2022-06-02 2022-06-03"),
    ("2022-09-16", 1, ENGLAND, "2022-09-20", "2022-09-19"),
    ("2022-09-16", 1, SCOTLAND, "2022-09-20", "2022-09-19"),
    ("2022-09-16", 1, IRELAND, "2022-09-20", "2022-09-19"),
    ("2022-08-26", 20, ENGLAND, "2022-09-27", "2022-08-29 2022-09-19"),
    ("2022-08-26", 20, SCOTLAND, "2022-09-26", "2022-09-19"),
    # Christmas day 2022 was a Sunday, so Tuesday 27 stood for it
    ("2022-12-23", 1, ENGLAND, "2022-12-28", "2022-12-26 2022-12-27"),
    # over a leap day: 29 February 2024 was a Thursday and a working day
    ("2024-02-28", 1, ENGLAND, "2024-02-29", ""),
    ("2024-02-28", 2, ENGLAND, "2024-03-01", ""),
    ("2024-02-15", 20, ENGLAND, "2024-03-14", ""),
    ("2024-02-19", 20, IRELAND, "2024-03-19", "2024-03-18"),
    # over the nights the clocks change: 31 March and 27 October 2024, both Sundays; a day is a day
    ("2024-03-28", 1, ENGLAND, "2024-04-02", "2024-03-29 2024-04-01"),
    ("2024-10-25", 1, ENGLAND, "2024-10-28", ""),
]
# started, count, unit, due
PLAIN = [
    ("2012-07-16", 84, "days", "2012-10-08"),
    ("2012-07-16", 42, "days", "2012-08-27"),
    ("2024-03-30", 1, "days", "2024-03-31"),
    ("2024-10-26", 1, "days", "2024-10-27"),
    ("2024-02-28", 1, "days", "2024-02-29"),
    ("2023-02-28", 1, "days", "2023-03-01"),
    ("2024-01-01", 100, "days", "2024-04-10"),
    # three months' notice, and months that are shorter
    ("2012-01-15", 3, "months", "2012-04-15"),
    ("2011-11-30", 3, "months", "2012-02-29"),
    ("2010-11-30", 3, "months", "2011-02-28"),
    ("2012-10-31", 3, "months", "2013-01-31"),
    ("2024-02-29", 12, "months", "2025-02-28"),
    ("2012-12-31", 2, "months", "2013-02-28"),
]


def test_there_are_sixty():
    assert len(WORKING_DAYS) + len(PLAIN) == 60


@pytest.mark.parametrize(("started", "count", "nation", "on", "left_out"), WORKING_DAYS)
def test_working_days_worked_by_hand(started, count, nation, on, left_out):
    found = due(day(started), count=count, unit="working_days", nation=nation)
    assert (found.on, found.left_out) == (day(on), tuple(map(day, left_out.split())))


@pytest.mark.parametrize(("started", "count", "unit", "on"), PLAIN)
def test_days_and_months_worked_by_hand(started, count, unit, on):
    assert due(day(started), count=count, unit=unit).on == day(on)


def test_the_sum_is_told():
    assert due(day("2012-06-01"), count=1, unit="working_days").sum == "1 working day after 1 June 2012, without 4 June 2012, 5 June 2012 = 6 June 2012"
    assert due(day("2012-02-06"), count=5, unit="working_days").sum == "5 working days after 6 February 2012 = 13 February 2012"
    assert due(day("2012-07-16"), count=84, unit="days").sum == "16 July 2012 + 84 days = 8 October 2012"
    assert due(day("2012-12-31"), count=2, unit="months").sum == "31 December 2012 + 2 months = 28 February 2013 (that month has 28 days)"


def test_clock_that_cannot_run_is_refused():
    with pytest.raises(BadClock, match=r"^Found a clock of 0; expected 1 or more\.$"):
        due(day("2012-01-01"), count=0, unit="days")
    with pytest.raises(BadClock, match=r"^Found the nation 'wales'; expected one of england-and-wales, scotland, northern-ireland, united-kingdom\.$"):
        due(day("2012-01-01"), count=1, unit="working_days", nation="wales")


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.sampled_from([*NATIONS, ANY_PART]))
def test_exactly_so_many_working_days_lie_after_the_start_and_up_to_the_due_day(started, count, nation):
    found = due(started, count=count, unit="working_days", nation=nation)
    between = [started + timedelta(days=number) for number in range(1, (found.on - started).days + 1)]
    assert sum(is_working_day(each, nation=nation) for each in between) == count
    assert is_working_day(found.on, nation=nation)
    assert found.left_out == tuple(each for each in between if each.weekday() < 5 and not is_working_day(each, nation=nation))
