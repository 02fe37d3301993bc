import pytest

from opencompact.judgement.rules.measuring import FUNCTIONS
from opencompact.lake.dialect import read_macro, translated
from opencompact.lake.engine import CannotRun

TABLES = {"payments": (), "grants": ("months",)}


def said(query, macros=None):
    return translated(query, macros=macros or {}, tables=TABLES)


def refusal(query, macros=None):
    with pytest.raises(CannotRun) as refused:
        said(query, macros)
    return str(refused.value)


def test_select_names_the_tables_of_the_lake_it_reads():
    found = said("WITH days AS (SELECT body FROM payments) SELECT body FROM days JOIN grants USING (body)")
    assert found.tables == {"payments", "grants"}
    assert found.sql == "WITH days AS (SELECT body FROM payments) SELECT body FROM days JOIN grants USING (body)"


def test_division_is_one_of_floats_at_every_depth():
    assert said("SELECT a / b / 2 AS value FROM payments").sql == (
        "SELECT CAST(CAST(a AS DOUBLE) / CAST(b AS DOUBLE) AS DOUBLE) / CAST(2 AS DOUBLE) AS value FROM payments"
    )


def test_list_in_order_is_sorted_after_it_is_collected():
    assert said("SELECT list(a ORDER BY a) FILTER (a > 1) AS observations FROM payments").sql == (
        "SELECT SORT_ARRAY(COLLECT_LIST(a) FILTER(WHERE a > 1)) AS observations FROM payments"
    )
    assert said("SELECT list(a ORDER BY a) AS observations FROM payments").sql == "SELECT SORT_ARRAY(COLLECT_LIST(a)) AS observations FROM payments"


@pytest.mark.parametrize("order", ["b", "a DESC", "a, b"])
def test_list_in_another_order_is_refused(order):
    assert "expected a list in its own rising order" in refusal(f"SELECT list(a ORDER BY {order}) AS observations FROM payments")


def test_text_of_a_month_is_no_day():
    found = said("SELECT TRY_CAST(month AS DATE) AS day FROM payments").sql
    assert found == (
        "SELECT TRY_CAST(CASE WHEN CAST(month AS STRING) RLIKE '^ *[0-9]+-[0-9]+-[0-9]' THEN CAST(month AS STRING)"
        " ELSE CASE WHEN NOT CAST(month AS STRING) IS NULL THEN 'no day' END END AS DATE) AS day FROM payments"
    )


def test_functions_of_measures_stand_in_the_place_of_their_names():
    macros = dict(filter(None, map(read_macro, FUNCTIONS)))
    assert set(macros) == {"bodies_of", "periods_of"}
    found = said("SELECT b.body FROM payments, UNNEST(bodies_of(coalesce(body, 'x'))) AS b(body)", macros)
    assert found.sql == "SELECT b.body FROM payments LATERAL VIEW EXPLODE(ARRAY((COALESCE(body, 'x')), 'all')) b AS body"


def test_functions_may_stand_inside_each_other():
    once, twice = read_macro("CREATE MACRO once(a) AS [a]"), read_macro("CREATE MACRO twice(a) AS [a, a]")
    assert said("SELECT twice(once(body)) AS bodies FROM payments", dict([once, twice])).sql == (
        "SELECT ARRAY((ARRAY((body))), (ARRAY((body)))) AS bodies FROM payments"
    )


def test_function_of_a_table_of_the_same_name_keeps_its_column():
    macro = read_macro("CREATE MACRO own(a) AS [a, t.a]")
    assert said("SELECT own(b) AS bodies FROM payments AS t", dict([macro])).sql == "SELECT ARRAY((b), t.a) AS bodies FROM payments AS t"


def test_function_with_too_many_values_is_refused():
    macros = dict([read_macro("CREATE MACRO once(a) AS [a]")])
    assert refusal("SELECT once(1, 2) AS n FROM payments", macros).endswith("expected 1 values in its brackets.")


@pytest.mark.parametrize("table", ["'secret.csv'", "read_parquet('secret')", "secrets", "other.payments", "range(5)"])
def test_only_tables_of_the_lake_are_read(table):
    assert refusal(f"SELECT 1 AS n FROM {table}").endswith("as a table; expected one of the lake's.")


@pytest.mark.parametrize(
    "word",
    [
        "median(a)",
        "avg(a)",
        "random()",
        "reflect('java.lang.System', 'exit', 0)",
        "row_number() OVER ()",
        "len(a)",
        "a // 2",
        "CAST(a AS BIGINT)",
        "round(a, 2)",
        "a LIKE 'a\\_b'",
        "regexp_matches(a, 'b')",
    ],
)
def test_word_not_known_to_mean_the_same_is_refused(word):
    assert "which is not known to give the same on Spark; expected words that do: counts" in refusal(f"SELECT {word} AS value FROM payments")


def test_first_rows_of_a_table_are_refused_as_chance():
    assert "LIMIT 5" in refusal("SELECT body FROM payments LIMIT 5")
    assert said("SELECT body FROM payments LIMIT 0").sql == "SELECT body FROM payments LIMIT 0"


@pytest.mark.parametrize("added", ["months", "a / 2", "abs(g.months)"])
def test_sum_of_floats_is_refused(added):
    assert "a sum of floats" in refusal(f"SELECT sum({added}) AS value FROM grants AS g")


def test_sum_of_money_is_not_taken_for_one_of_floats():
    assert said("SELECT sum(months) AS value FROM payments").sql == "SELECT SUM(months) AS value FROM payments"


def test_words_that_are_no_sql_are_refused():
    assert "found SQL that sqlglot cannot read" in refusal("SELECT FROM WHERE (")
    assert refusal("DELETE FROM payments").startswith("found DELETE FROM payments")
