from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracles.cells import read_amount, read_day

from opencompact.records.actions.decoding import neat_columns
from opencompact.records.rules.plan import (
    DAY_STYLES,
    FILE_BITS,
    Check,
    Field,
    Found,
    Plan,
    amount_sql,
    body_sql,
    cell_sql,
    day_sql,
    iso_day_sql,
    masked,
    order_sql,
    problem_tests,
    problems_at_sql,
    problems_sql,
    quoted,
    same_header,
    slug_sql,
    tidy_sql,
    without_words,
)
from opencompact.registry.cards import Recognise, Source

CARD = Source(
    slug="sample",
    title="Sample",
    publisher="Sample",
    licence="",
    standing="real",
    table="payment_lines",
    format="table",
    recognise=Recognise(columns=("a",)),
    dates="day_first",
)
CON = duckdb.connect()


def value(sql, text=None):
    return CON.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS t)", [text]).fetchone()[0]


@pytest.mark.parametrize(
    ("style", "text", "day"),
    [
        ("iso", "2031-07-16", date(2031, 7, 16)),
        ("iso", "2031-07-16 09:30:00", date(2031, 7, 16)),
        ("iso", "2031-07-16T23:59:59.123+01:00", date(2031, 7, 16)),
        ("iso", "16/07/2031", None),
        ("iso", "2031-06-31", None),
        ("day_first", "16/07/2031", date(2031, 7, 16)),
        ("day_first", "6/7/2031", date(2031, 7, 6)),
        ("day_first", "16/07/31", date(2031, 7, 16)),
        ("day_first", "26/03/2031 00:00", date(2031, 3, 26)),
        ("day_first", "26/03/2031 00:00:00", date(2031, 3, 26)),
        ("day_first", "02-Mar-31", date(2031, 3, 2)),
        ("day_first", "28-AUG-2031", date(2031, 8, 28)),
        ("day_first", "31 March 2031", date(2031, 3, 31)),
        ("day_first", "31 Mar 2031", date(2031, 3, 31)),
        ("day_first", "2031-07-16", date(2031, 7, 16)),
        ("day_first", "7/16/2031", None),
        ("day_first", "31/09/2031", None),
        ("day_first", "29/02/2031", None),
        ("day_first", "29/02/2032", date(2032, 2, 29)),
        ("day_first", "16/07/203", None),
        ("day_first", "03/2031", None),
        ("day_first", "41000", None),
        ("day_first", "GBP", None),
        ("month_first", "7/16/2031", date(2031, 7, 16)),
        ("month_first", "07/16/31", date(2031, 7, 16)),
        ("month_first", "16/7/2031", None),
    ],
)
def test_day_is_read_in_the_style_of_its_card(style, text, day):
    assert value(day_sql("t", style), text) == day
    assert read_day(text, style) == day


YEARS = st.integers(1000, 2400)
DAY_TEXTS = st.builds(
    lambda form, day, month, year: form.format(
        day=day,
        month=month,
        year=year,
        short=year % 100,
        name=["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "x"][month % 13],
    ),
    st.sampled_from(
        (
            "{year}-{month:02}-{day:02}",
            "{year}-{month}-{day}",
            "{year}-{month:02}-{day:02}T10:00:00Z",
            "{day:02}/{month:02}/{year}",
            "{day}/{month}/{short:02}",
            "{month}/{day}/{year}",
            "{day}-{name}-{year}",
            "{day:02}-{name}-{short:02}",
            "{day} {name} {year}",
            "{day}/{month}/{year} 00:00",
            "{day}/{month}/{year} 23:59:59",
            "{month:02}/{year}",
        )
    ),
    st.integers(0, 32),
    st.integers(0, 13),
    YEARS,
)


@given(DAY_TEXTS | st.text("0123456789/- T:JanFeb", max_size=20), st.sampled_from(sorted(DAY_STYLES)))
def test_days_agree_with_a_slow_reading(text, style):
    assert value(day_sql("t", style), text) == read_day(text, style)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("£1,418,364.50", "1418364.50"),
        ("39859.48", "39859.48"),
        ("(2,500.00)", "-2500.00"),
        ("(£12)", "-12.00"),
        ("12.00-", "-12.00"),
        ("-£5", "-5.00"),
        ("£-5", "-5.00"),
        ("- 5", "-5.00"),
        ("+5", "5.00"),
        (".5", "0.50"),
        ("12.345", "12.35"),
        ("0", "0.00"),
        ("1.234,50", None),
        ("12,34", None),
        ("1,2,3", None),
        ("1 2", None),
        ("1+2", None),
        ("1e5", None),
        ("--5", None),
        ("(-5)", None),
        ("5 CR", None),
        ("2031-07-14", None),
        ("£", None),
        ("", None),
        ("-", None),
        ("99999999999999999", None),
        ("N/A", None),
    ],
)
def test_amount_is_read_or_refused(text, amount):
    wanted = None if amount is None else Decimal(amount)
    assert value(amount_sql("t"), text) == wanted
    assert read_amount(text) == wanted


@given(
    st.from_regex(r"[-+(]? ?£? ?[-+]?[0-9]{0,4}(,[0-9]{2,3}){0,3}(\.[0-9]{0,3})? ?[-)]?", fullmatch=True).map(str.strip)
    | st.text("0123456789.,-+()£ e", max_size=9).map(str.strip)
)
def test_amounts_agree_with_a_slow_reading(text):
    assert value(amount_sql("t"), text) == read_amount(text)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_amounts_survive_being_written_with_commas(amount):
    assert value(amount_sql("t"), f"{amount:,}") == amount


def test_iso_day_is_the_day_in_the_zone_it_was_written_in():
    assert value(iso_day_sql("t"), "2031-07-13T23:30:00+01:00") == date(2031, 7, 13)
    assert value(iso_day_sql("t"), "2031-02-30") is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sample Person", "S** P**"),
        ("Jo Li", "J** L**"),
        ("28-Aug-2012", "28-Aug-2012"),
        ("GB-CHC-1", "GB-CHC-1"),
        ("é Éloïse of the 7", "é É** of the 7"),
        ("x" * 90, "x**"),
        ("1" * 90, "1" * 80),
    ],
)
def test_masked_text_shows_no_name(text, shown):
    assert value(masked("t"), text) == shown


@given(st.lists(st.sampled_from(["Sample", "Éloïse", "McSample", "van", "de", "7", "1a"]), max_size=6))
def test_masked_text_shows_no_word_of_four_letters(words):
    shown = value(masked("t"), " ".join(words))
    assert [word for word in words if len(word) > 3 and word in shown] == []


def test_quoted_text_is_one_literal():
    assert value(quoted("it's; --")) == "it's; --"


def test_words_for_nothing_are_missing_whatever_their_capitals():
    assert value(without_words("t", ("n/a", "Nil")), "NIL") is None
    assert value(without_words("t", ("n/a", "Nil")), "0") == "0"
    assert without_words("t", ()) == "t"


def test_cell_is_stripped_of_blanks_of_every_kind():
    con = duckdb.connect()
    con.execute("CREATE TABLE raw AS SELECT unnest(['\u00a0 x\t\r\n', ' \u00a0 ', '']) AS c0")
    assert [row[0] for row in con.execute(f"SELECT {cell_sql(0)} FROM raw").fetchall()] == ["x", None, None]


def test_headers_are_the_same_whatever_their_capitals_and_spaces():
    assert same_header(" Supplier  Name ", "supplier name")
    assert not same_header("Supplier", "Supplier Name")


def test_slug_is_as_in_an_address():
    assert value(slug_sql("t"), "Women’s & Men's Office, the  (2nd)") == "womens-mens-office-the-2nd"


RAW = pa.table(
    {
        "source_row": [2, 3, 4, 5, 6],
        "c0": ["16/07/2031", "31/06/2031", "", "17/07/2031", "18/07/2031"],
        "c1": ["Sample One", "Sample Two", " ", "Sample Four", "SAMPLE  OFFICE"],
        "c2": ["10", "20", "30", "n/a", "-5"],
        "c3": ["", "", "", "", ""],
    }
)
HEADERS = ("Day", "Payee ", "Amount", "Note")


def found(**given):
    return Found(CARD, HEADERS, "sample-body", ("n/a",), **given)


def tidied(plan, raw=RAW):
    """Each row's kept values by row, and the problems."""
    con = duckdb.connect()
    con.execute("CREATE TABLE body_names AS SELECT 'sampleoffice' AS name, 'sample-office' AS slug")
    con.register("raw", raw)
    con.execute(f"CREATE TABLE tidied AS {tidy_sql(plan)}")
    fields = ", ".join(f'"{field.name}"' for field in plan.fields)
    kept = {row[0]: row[1:] for row in con.execute(f"SELECT source_row, {fields} FROM tidied WHERE is_kept ORDER BY ALL").fetchall()}
    each = [con.execute(select).fetchall() for select in problems_sql(plan)]
    problems = [row[:-1] for rows in each for row in rows]
    if each:
        counts = con.execute(f"SELECT {', '.join(f'count(*) FILTER ({test})' for test in problem_tests(plan))} FROM tidied").fetchall()[0]
        assert list(counts) == [len(rows) for rows in each]
        assert sorted(row[:-1] for row in con.execute(problems_at_sql(plan, range(len(each)))).fetchall()) == sorted(problems)
    return kept, sorted(problems)


def test_plan_keeps_refuses_and_tells():
    file = found()
    checks = (
        Check("negative", "Amount", "amount < 0", "amount", "more", "kept", "Say more.", plain=True),
        Check("no_fours", "Payee", "payee LIKE '%Four'", "payee", "no four", "row_refused", "Count."),
    )
    plan = Plan((file.day("day", "Day", required=True), file.text("payee", "Payee"), file.amount("amount", "Amount")), checks)
    kept, problems = tidied(plan)
    assert kept == {2: (date(2031, 7, 16), "Sample One", Decimal(10)), 6: (date(2031, 7, 18), "SAMPLE  OFFICE", Decimal(-5))}
    assert problems == [
        (3, "Day", "31/06/2031", "a day as 16/07/2031 or 16-Jul-2031", "no_such_date", "row_refused"),
        (4, "Day", "(empty)", "a day as 16/07/2031 or 16-Jul-2031", "missing", "row_refused"),
        (5, "Payee", "S** F**", "no four", "no_fours", "row_refused"),
        (6, "Amount", "-5.00", "more", "negative", "kept"),
    ]


def test_plan_over_a_select_leaves_out_rows_of_another_kind():
    plan = Plan(
        (Field("note", "twice", header="Note", required=True),),
        relation="SELECT source_row, c1 || c1 AS twice FROM raw",
        keep="source_row < 4 AND source_row <> 2",
    )
    assert tidied(plan) == ({3: ("Sample TwoSample Two",)}, [])


def test_unreadable_value_of_a_field_that_may_be_missing_leaves_the_row():
    kept, problems = tidied(Plan((found().day("day", "Day"),)))
    assert kept == {2: (date(2031, 7, 16),), 3: (None,), 4: (None,), 5: (date(2031, 7, 17),), 6: (date(2031, 7, 18),)}
    assert problems == [(3, "Day", "31/06/2031", "a day as 16/07/2031 or 16-Jul-2031", "no_such_date", "value_missing")]


def test_required_field_without_a_column_is_missing_in_every_row():
    kept, problems = tidied(Plan((Field("other", "CAST(NULL AS VARCHAR)", required=True),)), RAW.slice(0, 1))
    assert (kept, problems) == ({}, [(2, "other", "(empty)", "a value", "missing", "row_refused")])


@pytest.mark.parametrize(
    ("plan", "order"),
    [
        (Plan((Field("name", "c0"),)), ""),
        (Plan((Field("name", "told"),), relation="SELECT source_row, told FROM (SELECT source_row, c0 AS told FROM raw)"), ""),
        (Plan((Field("name", "c0"),), keep="c0 IN (SELECT name FROM body_names)"), " ORDER BY source_row, name"),
        (Plan((Field("name", "c0"), Field("body", "(SELECT any_value(slug) FROM body_names WHERE name = c1)"))), " ORDER BY source_row, name, body"),
        (Plan((Field("name", "CASE WHEN row_number() OVER (PARTITION BY c0) = 1 THEN c0 END"),)), " ORDER BY source_row, name"),
        (Plan((Field("name", "told"),), relation="SELECT source_row, unnest([c0, c1]) AS told FROM raw"), " ORDER BY source_row, name"),
    ],
)
def test_rows_that_leave_the_order_of_the_file_are_put_in_order(plan, order):
    assert order_sql(plan, [field.name for field in plan.fields]) == order


def test_body_is_looked_up_by_its_name_else_made_otherwise():
    kept, _ = tidied(Plan((Field("body", body_sql("c1", otherwise=slug_sql("c1"))), Field("none", body_sql(None, otherwise="'it'")))))
    assert list(kept.values()) == [("sample-one", "it"), ("sample-two", "it"), ("", "it"), ("sample-four", "it"), ("sample-office", "it")]


def test_body_by_either_of_two_columns_is_looked_up():
    plan = Plan((Field("body", body_sql("c0", otherwise=body_sql("c1", otherwise="c2"))),))
    assert [body for (body,) in tidied(plan)[0].values()] == ["10", "20", "30", "n/a", "sample-office"]


def test_found_remembers_the_headers_it_was_asked_for():
    file = found()
    assert (file.column("Nobody", "payee"), file.column("Nobody")) == (cell_sql(1), None)
    assert file.columns_like(lambda header: header in ("Day", "Note")) == [cell_sql(0), cell_sql(3)]
    assert file.used == {"Payee ", "Day", "Note"}
    assert (file.header("Nobody", "payee"), file.header("Nobody", "None")) == ("Payee ", "Nobody")


def test_columns_with_nothing_in_them_are_left_out_of_the_sums():
    file = found(blank=frozenset({3}))
    assert (file.column("Note"), file.columns_like(lambda header: header == "Note")) == (None, [])
    assert file.used == {"Note"}


def test_fields_of_absent_columns_are_typed_and_missing():
    file = found()
    kept, problems = tidied(Plan((file.text("a", "None"), file.day("b", "None"), file.amount("c", "None"))), RAW.slice(0, 1))
    assert (kept, problems) == ({2: (None, None, None)}, [])


def test_check_once_is_told_of_the_first_row_of_each_file_with_each_text():
    check = Check("odd", "Note", "c0 IS NOT NULL", "c0", "nothing", "kept", "Leave it out.", plain=True, once=True)
    rows = [(3, "b"), (2, "a"), (5, "a"), (4, "b"), ((1 << FILE_BITS) + 2, "a"), (6, None)]
    raw = pa.table({"source_row": [row for row, _ in rows], "c0": [text for _, text in rows]})
    con = duckdb.connect()
    con.register("raw", raw)
    plan = Plan((Field("note", "c0"),), (check,))
    con.execute(f"CREATE TABLE tidied AS {tidy_sql(plan)}")
    told = con.execute(problems_at_sql(plan, [0])).fetchall()
    assert sorted((row[0], row[2]) for row in told) == [(2, "a"), (3, "b"), ((1 << FILE_BITS) + 2, "a")]


@given(st.text(" \t\n\u00a0\x01a£é\u2003", max_size=4))
def test_cell_of_a_neat_column_needs_no_trimming(text):
    neat = neat_columns(pa.table({"source_row": [1, 2], "c0": ["", text]}))
    given = [CON.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS c0)", [text]).fetchone()[0] for sql in (cell_sql(0), found(neat=frozenset({0})).cell(0))]
    assert given[0] == given[1] or 0 not in neat
    assert 0 in neat or text.strip(" \t\n\u00a0\x01") != text


def test_words_for_nothing_that_look_like_numbers_are_no_amounts():
    assert value(amount_sql("t", words=("0",)), "0") is None
    assert value(amount_sql("t", words=("n/a",)), "0") == Decimal("0.00")
