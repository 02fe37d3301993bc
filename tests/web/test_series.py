from datetime import date

import pytest

from opencompact.publication.queries import open_release
from opencompact.web import series
from opencompact.web.series import UNDER_12_WEEKS


@pytest.mark.parametrize(("period", "said"), [("2011", "2011"), ("2011-Q3", "July to September 2011"), ("2011/12", "2011/12"), ("all", "all periods together")])
def test_said_as_people_do(period: str, said: str) -> None:
    assert series.said(period) == said


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("all", None),
        ("2011", (date(2011, 1, 1), date(2011, 12, 31))),
        ("2011/12", (date(2011, 4, 1), date(2012, 3, 31))),
        ("2011-Q1", (date(2011, 1, 1), date(2011, 3, 31))),
        ("2011-Q4", (date(2011, 10, 1), date(2011, 12, 31))),
    ],
)
def test_span_of_period(period: str, span: tuple[date, date] | None) -> None:
    assert series.span_of(period) == span


def test_tally_keeps_the_order_of_the_verdicts() -> None:
    rows = [{"verdict": word} for word in ("cannot_tell", "met", "cannot_tell", None)]
    assert series.tally(rows) == (("met", 1), ("cannot_tell", 2))


def test_by_year_names_first_and_last_and_the_rules(workspace) -> None:
    con = open_release(workspace / "releases", "draft").con
    picture = series.by_year(con, indicator=UNDER_12_WEEKS, body="all", key="k", question="Short")
    assert picture is not None
    assert picture.title.startswith("Short: ")
    assert " in 2028, " in picture.title
    assert "Marked: Principles 2029." in picture.says


def test_by_quarter_too_few_is_said_and_hatched(workspace) -> None:
    con = open_release(workspace / "releases", "draft").con
    picture = series.by_quarter(con, indicator=UNDER_12_WEEKS, body="all", key="k", question="Short")
    assert picture is not None
    assert ("too few to say" in picture.says, "url(#hatch-k)" in picture.svg) == (True, True)


def test_by_year_of_nothing_is_no_picture(workspace) -> None:
    con = open_release(workspace / "releases", "draft").con
    assert series.by_year(con, indicator=UNDER_12_WEEKS, body="silent-office", key="k", question="Short") is None


def test_figures_say_their_period(workspace) -> None:
    con = open_release(workspace / "releases", "draft").con
    assert [row["said"] for row in series.figures(con, indicator=UNDER_12_WEEKS, body="all", kind="year")] == ["2028", "2029", "2030", "2031"]
