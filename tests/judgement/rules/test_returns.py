"""Returns: what a response comes to, completeness apart from performance, cuts beside a body's own money, and the margins of 2011 and 2012."""

from datetime import date
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.judgement.rules.returns import (
    FIVE,
    OUTCOMES,
    RESPONSES,
    Completeness,
    Cuts,
    Figure,
    change,
    completeness,
    cuts,
    disproportionate,
    figure,
    in_kinds,
    refused_any,
    response,
    total_change,
)

DUE, AFTER = date(2031, 6, 3), date(2031, 6, 4)
MONEY = st.none() | st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@pytest.mark.parametrize(
    ("outcomes", "due_on", "today", "says"),
    [
        (["answered", "answered"], DUE, AFTER, "full"),
        (["answered"], DUE, AFTER, "partial"),
        (["answered", "refused_cost"], DUE, AFTER, "partial"),
        (["not_held", "not_held"], DUE, AFTER, "not_held"),
        (["not_held", "refused_cost"], DUE, AFTER, "refused_cost"),
        (["refused_cost"], None, AFTER, "refused_cost"),
        ([], DUE, AFTER, "no_reply"),
        ([], DUE, DUE, "waiting"),
        ([], None, AFTER, "clarifying"),
    ],
)
def test_response_is_what_the_outcomes_come_to(outcomes, due_on, today, says) -> None:
    assert response(2, outcomes, has_replied=bool(outcomes), due_on=due_on, today=today) == says


def test_reply_that_answers_nothing_is_partial_and_what_was_not_sent_owes_nothing() -> None:
    assert response(2, [], has_replied=True, due_on=DUE, today=AFTER) == "partial"
    assert response(2, [], has_replied=False, due_on=None, today=AFTER, is_sent=False) == "unsent"


@given(st.lists(st.sampled_from(sorted(OUTCOMES)), max_size=6), st.booleans(), st.sampled_from([None, DUE, AFTER]), st.booleans())
def test_response_always_has_words_and_silence_is_never_a_reply(outcomes, replied, due_on, is_sent) -> None:
    said = response(6, outcomes, has_replied=replied, due_on=due_on, today=AFTER, is_sent=is_sent)
    assert said in RESPONSES
    assert (said in ("full", "partial", "not_held", "refused_cost")) == bool(outcomes or replied)


def test_completeness_counts_and_says_nothing_of_nobody() -> None:
    done = completeness(["full", "partial", "no_reply", "no_reply", "waiting"])
    assert (done.asked, done.replied, done.direct, done.full_share) == (5, 2, 2, 0.2)
    assert completeness([]) == Completeness(0, {})
    assert completeness([]).full_share is None


def test_kinds_stand_apart() -> None:
    found = in_kinds([("council", "full"), ("department", "no_reply"), ("council", "no_reply")])
    assert {kind: (done.asked, done.replied) for kind, done in found.items()} == {"council": (2, 1), "department": (1, 0)}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [("100", "90", "-0.1"), ("100", "100", "0"), ("0", "90", None), (None, "90", None), ("100", None, None)],
)
def test_change_needs_both_numbers_and_something_to_change_from(before, after, says) -> None:
    told = [None if text is None else Decimal(text) for text in (before, after, says)]
    assert change(told[0], told[1]) == told[2]


@pytest.mark.parametrize(
    ("sector", "own", "says"),
    [("-0.2", "-0.1", True), ("-0.1", "-0.1", False), ("-0.1", "-0.2", False), ("0.1", "0.3", False), ("-0.1", None, None), (None, "-0.1", None)],
)
def test_cut_is_disproportionate_only_where_both_changes_are_known(sector, own, says) -> None:
    told = [None if text is None else Decimal(text) for text in (sector, own)]
    assert disproportionate(*told) is says


@given(st.lists(MONEY, max_size=20))
def test_figure_is_of_those_that_answered_alone(answers) -> None:
    held = [answer for answer in answers if answer is not None]
    expected = Figure(len(held), len(answers), sum(held, Decimal(0)), median(held)) if held else Figure(0, len(answers), None, None)
    assert figure(answers, asked=len(answers)) == expected


@given(st.lists(st.tuples(MONEY, MONEY, MONEY, MONEY), max_size=12))
def test_cuts_agree_with_a_slow_count(rows) -> None:
    comparable = cut = judged = worse = 0
    for before, after, own_before, own in rows:
        if before in (None, 0) or after is None:
            continue
        comparable += 1
        fell = (after - before) / before < 0
        cut += fell
        if own_before not in (None, 0) and own is not None:
            judged += 1
            worse += fell and (after - before) / before < (own - own_before) / own_before
    assert cuts(rows) == Cuts(comparable, cut, judged, worse)


def test_change_together_is_of_those_that_gave_both_years() -> None:
    assert total_change([(Decimal(5), Decimal(3)), (None, Decimal(3)), (Decimal(1), None)]) == (1, Decimal(-2))
    assert total_change([(None, Decimal(3))]) == (0, None)


# Margins published of the rounds of 2011 and 2012; the rows are invented.


def test_departments_of_2012() -> None:
    """15 asked, 12 replied, 3 did not; 7 answered something directly, 5 refused at least some on cost; the fullest two answered all."""
    rows = [["answered"] * 4] * 2 + [["answered", "not_held"]] * 5 + [["refused_cost"] * 4] * 5 + [[]] * 3
    done = completeness([response(4, row, has_replied=bool(row), due_on=DUE, today=AFTER) for row in rows])
    assert (done.asked, done.replied, done.counts["no_reply"], done.direct, refused_any(rows), done.counts["full"]) == (15, 12, 3, 7, 5, 2)


def test_councils_of_2011() -> None:
    """351 asked, 130 answered both requests: 37 %."""
    rows = [["answered"] * 2] * 130 + [["answered"]] * 121 + [[]] * 100
    done = completeness([response(2, row, has_replied=bool(row), due_on=DUE, today=AFTER) for row in rows])
    assert (done.asked, done.counts["full"], round(100 * done.counts["full"] / done.asked)) == (351, 130, 37)
    assert sum(done.counts[word] for word in FIVE) == 351


def test_councils_of_2012() -> None:
    """254 of 352 can be looked at: 56 % cut grants, 50 % by more than their own money; 68 % gave contracts of both years, down by £60,711,392."""
    grants = [(100, 80, 100, 90)] * 127 + [(100, 95, 100, 90)] * 15 + [(100, 100, 100, 90)] * 112 + [(None, None, 100, 90)] * 98
    found = cuts(tuple(None if each is None else Decimal(each) for each in row) for row in grants)
    assert found == Cuts(254, 142, 254, 127)
    assert (round(100 * found.cut / found.comparable), round(100 * found.disproportionate / found.judged)) == (56, 50)
    contracts = [(Decimal(1_000_000), Decimal(650_000))] * 172 + [(Decimal(1_000_000), Decimal(488_608))] + [(Decimal(5), None)] * 81
    both, by = total_change(contracts)
    assert (round(100 * both / 254), by) == (68, Decimal(-60_711_392))
