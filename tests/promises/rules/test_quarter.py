"""What a quarter made of a commitment."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.promises.rules.commitments import Told
from opencompact.promises.rules.quarter import BadQuarter, changed, quarter_days, quarter_of

Q2 = (date(2031, 4, 1), date(2031, 6, 30))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2031-Q1", date(2031, 1, 1), date(2031, 3, 31)), ("2031-Q2", *Q2), ("2031-Q4", date(2031, 10, 1), date(2031, 12, 31))],
)  # fmt: skip
def test_quarter_has_its_days(text, first, last) -> None:
    assert quarter_days(text) == (first, last)


@pytest.mark.parametrize("text", ["", "2031", "2031-Q5", "31-Q1", "Q1-2031"])
def test_what_is_no_quarter_says_so(text) -> None:
    with pytest.raises(BadQuarter, match="expected one such as 2031-Q2"):
        quarter_days(text)


@given(st.dates(date(1901, 1, 1), date(2200, 1, 1)))
def test_every_day_is_in_its_quarter(day) -> None:
    first, last = quarter_days(quarter_of(day))
    assert first <= day <= last


@pytest.mark.parametrize(
    ("due", "told", "what"),
    [
        (None, [Told(date(2031, 5, 1), "in_progress"), Told(date(2031, 5, 2), "claimed_done")], "kept"),
        (None, [Told(date(2031, 3, 2), "in_progress"), Told(date(2031, 3, 3), "claimed_done")], ""),
        (date(2031, 5, 1), [], "slipped"),
        (date(2031, 6, 30), [], ""),
        (date(2031, 6, 29), [], "slipped"),
        (date(2031, 3, 31), [], "slipped"),
        (None, [Told(date(2031, 5, 1), "withdrawn")], "given_up"),
        (None, [Told(date(2031, 5, 1), "claimed_done"), Told(date(2031, 5, 2), "", "not_delivered")], ""),
        (date(2031, 3, 1), [], ""),
        (date(2031, 5, 1), [Told(date(2031, 4, 2), due_on=date(2032, 1, 1))], "slipped"),
        (date(2031, 5, 1), [Told(date(2031, 7, 2), "claimed_done")], "slipped"),
    ],
)
def test_quarter_kept_or_slipped(due, told, what) -> None:
    assert changed(due, told, first=Q2[0], last=Q2[1]) == what
