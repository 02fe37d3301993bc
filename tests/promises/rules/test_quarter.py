"""A quarter of the ledger: its days, and what it made of a commitment."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.promises.rules.commitments import State, Told
from opencompact.promises.rules.quarter import BadQuarter, changed, is_kept, quarter_days, quarter_of

FIRST, LAST = date(2031, 4, 1), date(2031, 6, 30)
IN, BEFORE = date(2031, 5, 6), date(2031, 2, 3)


@given(st.dates(date(1901, 1, 1), date(9000, 1, 1)))
def test_every_day_is_in_its_quarter(day: date) -> None:
    first, last = quarter_days(quarter_of(day))
    assert first <= day <= last
    assert quarter_of(first) == quarter_of(last) == quarter_of(day)


@pytest.mark.parametrize("text", ["", "2031", "2031-Q0", "2031-Q5", "2031-Q12", "31-Q2", "0000-Q1", "9999-Q4", "2031-Q2 ", "²031-Q2"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(BadQuarter, match="expected one such as 2031-Q2"):
        quarter_days(text)


@pytest.mark.parametrize(
    ("due_on", "told", "became"),
    [
        (None, [], ""),
        (None, [Told(IN, "claimed_done")], "kept"),
        (None, [Told(BEFORE, "claimed_done")], ""),
        (None, [Told(BEFORE, "claimed_done"), Told(IN, finding="delivered")], ""),
        (IN, [Told(BEFORE, "claimed_done"), Told(IN, finding="not_delivered")], "slipped"),
        (None, [Told(IN, finding="delivered")], "kept"),
        (None, [Told(IN, "withdrawn")], "given_up"),
        (None, [Told(BEFORE, "superseded")], ""),
        (IN, [], "slipped"),
        (LAST, [], ""),
        (BEFORE, [], ""),
        (date(2031, 3, 31), [], "slipped"),
        (IN, [Told(IN, "deferred", due_on=date(2032, 1, 1))], "slipped"),
        (IN, [Told(date(2031, 7, 1), "claimed_done")], "slipped"),
    ],
)
def test_quarter_makes_of_a_commitment(due_on: date | None, told: list[Told], became: str) -> None:
    assert changed(due_on, told, first=FIRST, last=LAST) == became


def test_kept_is_found_delivered_or_claimed_with_nothing_against_it() -> None:
    assert [is_kept(State("claimed_done")), is_kept(State("claimed_done", "delivered_in_part")), is_kept(State(finding="delivered")), is_kept(State())] == [
        True,
        False,
        True,
        False,
    ]
