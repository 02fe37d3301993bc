from datetime import date

import duckdb
import pytest

from opencompact.records.rules.day_columns import (
    day_sql,
    is_ambiguous_sql,
    is_lost_sql,
    is_serial_sql,
    last_of_span_sql,
    month_said,
    month_sql,
    read_days,
)
from opencompact.registry import load_catalogue

TERMS = load_catalogue().vocabularies["date-styles"].terms


def style(*values, otherwise="day_first"):
    return read_days(values, otherwise=otherwise, terms=TERMS)


def value(sql, text):
    return duckdb.connect().execute(f"SELECT {sql} FROM (SELECT CAST(? AS VARCHAR) AS t)", [text]).fetchall()[0][0]


def day(text, *others, otherwise="day_first"):
    return value(day_sql("t", style(text, *others, otherwise=otherwise)), text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2031-07-16", date(2031, 7, 16)),
        ("2031-07-16 00:00:00", date(2031, 7, 16)),
        ("16/07/2031", date(2031, 7, 16)),
        ("16/07/31", date(2031, 7, 16)),
        ("16.07.2031", date(2031, 7, 16)),
        ("16-JUL-31", date(2031, 7, 16)),
        ("16 July 2031", date(2031, 7, 16)),
        ("Jul 16, 2031", date(2031, 7, 16)),
        ("20310716", date(2031, 7, 16)),
        ("7/16/2031", date(2031, 7, 16)),
        ("43000", date(2017, 9, 22)),
        ("2031-09-31", None),
        ("31/06/2031", None),
        ("0012-07-16", None),
        ("Sample", None),
    ],
)
def test_day_in_any_form(text, found):
    assert day(text) == found


def test_every_example_of_the_vocabulary_reads_as_its_style_says():
    for term in TERMS:
        days = read_days([term["example"]], otherwise="day_first" if term["style"] != "month_first" else "month_first", terms=TERMS)
        read = value(month_sql("t", days, paid_on="paid_on").replace("paid_on", f"({day_sql('t', days)})"), term["example"])
        assert (term["example"], read) == (term["example"], "2031-07")


def test_order_is_told_from_the_whole_column():
    assert day("02/03/2031", "16/03/2031") == date(2031, 3, 2)
    assert day("02/03/2031", "03/16/2031") == date(2031, 2, 3)
    assert style("02/03/2031", "03/16/2031").said == "its days are written month first (as 03/16/2031)"


def test_order_nobody_can_tell_is_the_cards_and_said():
    days = style("02/03/2031", otherwise="month_first")
    assert days.order == "month_first"
    assert days.said == "no day over 12 tells whether its days are written day first or month first; taken as month first, as its source says"


def test_column_with_both_orders_reads_each_sure_day_and_tells_the_others():
    days = style("31/10/2031", "30/10/2031", "9/30/2031", "2/3/2031")
    assert [value(day_sql("t", days), text) for text in ("31/10/2031", "9/30/2031", "2/3/2031")] == [date(2031, 10, 31), date(2031, 9, 30), date(2031, 3, 2)]
    assert [value(is_ambiguous_sql("t", days), text) for text in ("31/10/2031", "2/3/2031", "2/2/2031")] == [False, True, False]
    assert is_ambiguous_sql("t", style("1/2/2031")) == "false"


def test_mostly_month_first():
    assert style("10/31/2031", "10/30/2031", "31/10/2031").order == "month_first"


@pytest.mark.parametrize(
    ("text", "others", "month"),
    [
        ("2031-09-31", (), "2031-09"),
        ("30-Feb-31", (), "2031-02"),
        ("31/06/2031", (), "2031-06"),
        ("6/31/2031", ("7/16/2031",), "2031-06"),
        ("2031-11", (), "2031-11"),
        ("November 2031", (), "2031-11"),
        ("2031-13-01", (), None),
        ("Sample", (), None),
        ("######", (), "2031-04"),
    ],
)
def test_month_where_there_is_no_day(text, others, month):
    days = style(text, *others)
    sql = month_sql("t", days, paid_on="CAST(NULL AS DATE)", file_month="2031-04" if text.startswith("#") else "")
    assert value(sql, text) == month


def test_span_of_months_gives_its_last_day():
    days = style("July 2031-September 2031")
    assert value(last_of_span_sql("t", days), "July 2031-September 2031") == date(2031, 9, 30)
    assert last_of_span_sql("t", style("2031-07-16")) == "CAST(NULL AS DATE)"


def test_lost_days_and_spreadsheet_numbers():
    assert value(is_lost_sql("t"), "####") is True
    assert value(is_serial_sql("t", style("43000")), "43000") is True
    assert is_serial_sql("t", style("2031-07-16")) == "false"


@pytest.mark.parametrize(
    ("texts", "month"),
    [
        (["spend/2031-04.csv"], "2031-04"),
        (["Payments April 2031"], "2031-04"),
        (["Apr-2031.csv", "April 2031"], "2031-04"),
        (["April 2031", "May 2031"], ""),
        (["SAM 01 - April.csv"], ""),
        (["spend 2010-11.csv"], ""),
        (["Sample 2031"], ""),
    ],
)
def test_month_a_name_says(texts, month):
    assert month_said(texts) == month


def test_without_values_every_form_is_tried_and_without_a_vocabulary_the_plain_ones():
    assert value(day_sql("t", read_days((), otherwise="iso", terms=TERMS)), "16/07/2031") == date(2031, 7, 16)
    assert value(day_sql("t", read_days(["16/07/2031"], otherwise="iso")), "16/07/2031") == date(2031, 7, 16)
