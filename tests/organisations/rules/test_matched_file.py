from decimal import Decimal

import pytest

from opencompact.organisations.rules.matched_file import Line, Part, summed

LINES = [
    Line("accepted", Decimal(100), "charity", "small", True),
    Line("accepted", Decimal(-30), "charity", "small", True),
    Line("accepted", Decimal(50), "company", "not_held"),
    Line("review", Decimal(20), "charity", "micro", True),
    Line("none", None),
    Line("none", Decimal(60)),
]


def test_summed_is_by_answer_with_credits_set_against_payments():
    found = summed(LINES)
    assert found.whole == Part(6, Decimal(200), 1)
    assert {answer: (part.rows, part.amount) for answer, part in found.answers.items()} == {
        "voluntary": (2, Decimal(70)),
        "other": (1, Decimal(50)),
        "review": (1, Decimal(20)),
        "none": (2, Decimal(60)),
    }


def test_summed_is_by_kind_and_band():
    found = summed(LINES)
    assert found.kinds == {
        ("charity", "accepted"): Part(2, Decimal(70)),
        ("company", "accepted"): Part(1, Decimal(50)),
        ("charity", "review"): Part(1, Decimal(20)),
    }
    assert found.bands == {"small": Part(2, Decimal(70))}


def test_shares_of_rows_and_pounds():
    found = summed(LINES)
    assert (found.share_of_rows("voluntary"), found.share_of_pounds("voluntary")) == (pytest.approx(1 / 3), 0.35)


def test_share_of_nothing_is_none():
    assert summed([]).share_of_rows("none") is None
    assert summed([Line("none", Decimal(-5))]).share_of_pounds("none") is None
    assert summed([Line("review", Decimal(-5)), Line("none", Decimal(9))]).share_of_pounds("review") is None
