from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.convening.rules.draw import SEATS, Candidate, Missed, Quota
from opencompact.convening.rules.draw_words import Target, missed_words, published_words, quotas_of, reason

WORDS, ATTRIBUTES = {"wales": "Wales", "micro": "Micro"}, {"region": "Region", "size_band": "Size"}
ASKED = (Quota("region", "wales", 2, 4), Quota("size_band", "micro", 0, 3))


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 500))
def test_quotas_of_shares_round_the_least_down_and_the_most_up(one, other, seats) -> None:
    least, most = sorted((one, other))
    (quota,) = quotas_of([Target("region", "wales", least / 100, most / 100)], seats)
    exact = Fraction(least, 100) * seats, Fraction(most, 100) * seats
    assert (0 <= exact[0] - quota.least < 1, 0 <= quota.most - exact[1] < 1) == (True, True)


def test_quotas_of_seats_stand_as_they_are_with_their_weight() -> None:
    assert quotas_of([Target("role", "user-led", 3, 12, 2, "seats")], 7) == (Quota("role", "user-led", 3, 12, 2),)


def test_reason_says_what_they_count_towards_when_last_invited_and_where_in_the_order() -> None:
    somebody = Candidate("00000001", {"region": "wales", "size_band": "micro"}, date(2029, 3, 1))
    assert reason(somebody, ASKED, WORDS, place=7) == ("Counts towards Wales; last invited on 1 March 2029; number 7 in the order of the draw.")


def test_reason_of_somebody_no_quota_asks_for() -> None:
    assert reason(Candidate("00000001", {}), ASKED, WORDS, place=1) == (
        "Counts towards nothing the profile asks a least number of; never invited before; number 1 in the order of the draw."
    )


@pytest.mark.parametrize(
    ("missed", "said"),
    [
        (Missed("region", "wales", 1, 1), "Region: Wales: 1 fewer than the 2 wanted at least: the pool has only 1."),
        (
            Missed("region", "wales", 1, 5),
            "Region: Wales: 1 fewer than the 2 wanted at least: the pool has 5, but the other quotas and the seats leave no room.",
        ),
        (
            Missed("size_band", "micro", -2, 9),
            "Size: Micro: 2 more than the 3 wanted at most, since the seats could not be filled otherwise with as little missed.",
        ),
        (Missed(SEATS, "", 1, 19), "1 seat stays empty: the pool has 19 who could be drawn."),
    ],
)
def test_missed_words_say_which_by_how_many_and_why(missed, said) -> None:
    assert missed_words(missed, ASKED, WORDS, ATTRIBUTES) == said


@pytest.mark.parametrize(
    ("missed", "said"),
    [
        (Missed("region", "wales", 1, 1), "Region: Wales: fewer than wanted."),
        (Missed("size_band", "micro", -2, 9), "Size: Micro: more than wanted."),
        (Missed(SEATS, "", 1, 19), "Some seats stay empty: the pool has too few who could be drawn."),
    ],
)
def test_published_words_hold_no_number(missed, said) -> None:
    assert published_words(missed, WORDS, ATTRIBUTES) == said
