from datetime import date
from decimal import Decimal

import pytest

from opencompact.web.records import presenters


def _money(**given):
    return {"began": 2030, "voluntary": Decimal(1), "other": Decimal(1), "unidentified": Decimal(2), "total": Decimal(4), **given}


def test_money_years_are_named_and_shared() -> None:
    made = presenters.money_years([_money(), _money(began=None), _money(began=1999)])
    assert [(row["year"], row["identified"], row["share"]) for row in made] == [("2030/31", 0.5, 0.25), ("day not held", 0.5, 0.25), ("1999/00", 0.5, 0.25)]


@pytest.mark.parametrize("credit", [{"total": Decimal(0)}, {"voluntary": Decimal(-3), "total": Decimal(1)}])
def test_money_years_credits_that_outweigh_give_no_share(credit) -> None:
    assert presenters.money_years([_money(**credit)])[0]["share"] is None


def test_money_picture_of_no_year_is_none() -> None:
    assert presenters.money_picture("grants", [], key="k") is None


def test_money_picture_shows_the_latest_years_and_sums_all() -> None:
    years = presenters.money_years([_money(began=2000 + place) for place in range(15)])
    picture = presenters.money_picture("grants", years, key="k")
    assert picture is not None
    assert (picture.title, picture.says.count("/"), "The latest 12 years" in picture.subtitle) == (
        "Grants: £15.00 of £60.00 went to identified voluntary organisations",
        12,
        True,
    )


def test_organisation_picture_runs_from_the_earliest() -> None:
    years = [("2031/32", [{"record": "grants", "amount": Decimal(5), "body": "a"}]), ("2030/31", [{"record": "payments", "amount": Decimal(7), "body": "b"}])]
    picture = presenters.organisation_picture(years, title="t")
    assert picture is not None
    assert picture.says == "2030/31: from 1\u00a0body; 2031/32: from 1\u00a0body."
    assert presenters.organisation_picture([], title="t") is None


def test_weeks_picture_counts_the_short() -> None:
    picture = presenters.weeks_picture({4: 3, 12: 5})
    assert picture is not None
    assert (picture.title, presenters.weeks_picture({})) == ("3 of 8 ran under 12 weeks", None)


def _row(**given):
    row = {"opened_on": date(2012, 7, 16), "closed_on": date(2012, 8, 27), "days_open": 42, "holiday_days": 1}
    return {**row, "first_closed_on": None, "responded_on": None, "response_due_on": None, **given}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "closed 27 August 2012 − opened 16 July 2012 = 42 days; 84 wanted; 42 short; 1 holiday day inside"),
        ({"days_open": 84, "holiday_days": 0}, "closed 27 August 2012 − opened 16 July 2012 = 84 days; 84 wanted; exactly met"),
        ({"days_open": 90, "holiday_days": None}, "closed 27 August 2012 − opened 16 July 2012 = 90 days; 84 wanted; 6 over"),
        ({"opened_on": None, "days_open": None}, "The opening day is not held, so the length cannot be told."),
        ({"closed_on": None, "days_open": None}, "The closing day is not held, so the length cannot be told."),
        ({"closed_on": date(2012, 1, 1), "days_open": None}, "It closed 1 January 2012, before it opened on 16 July 2012: the length cannot be told."),
    ],
)
def test_sum_of_says_how_it_was_reckoned(given, expected: str) -> None:
    assert presenters.sum_of(_row(**given)) == expected


def test_time_bar_counts_holidays_of_the_vocabulary() -> None:
    picture = presenters.time_bar(_row())
    assert picture is not None
    # August begins on the 17th day; the bank holiday is its 27th.
    assert (picture.title, "27 holiday days inside" in picture.says) == ("Open for 42 days, 42 short of 12 weeks", True)


def test_time_bar_long_enough_says_so() -> None:
    picture = presenters.time_bar(_row(closed_on=date(2012, 10, 8), days_open=84))
    assert picture is not None
    assert picture.title == "Open for 84 days, 12 weeks or more"


def test_time_bar_leaves_out_a_response_years_away() -> None:
    picture = presenters.time_bar(_row(responded_on=date(2031, 1, 1)))
    assert picture is not None
    assert "Response published" not in picture.says


@pytest.mark.parametrize("given", [{"days_open": None}, {"days_open": 2000, "closed_on": date(2018, 1, 1)}])
def test_time_bar_that_cannot_be_drawn_is_none(given) -> None:
    assert presenters.time_bar(_row(**given)) is None


def test_pieces_leave_out_the_empty() -> None:
    assert [presenters.pieces("a | b |", "|"), presenters.pieces(None, "|")] == [["a", "b"], []]


def test_address_keeps_the_filter_but_for_what_changed() -> None:
    asked = [("q", "a b"), ("year", ""), ("page", 2)]
    assert [presenters.address("/x/", asked, page=3), presenters.address("/x/", [], page=None)] == ["/x/?q=a+b&page=3", "/x/"]
