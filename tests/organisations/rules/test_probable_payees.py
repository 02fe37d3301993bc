"""What stands beside a name: a postcode its rows agree on, most-paid purposes, and where its buyers govern; without what repeats the name."""

import duckdb
import pytest

from opencompact.organisations.rules.probable_payees import asked_with, payees_sql, register_postcodes_sql, words_beside

GRANTS = [  # name, number, postcode, title, amount
    ("Lamp Trust", None, "zz1 1aa", "Wicks", 5),
    ("Lamp Trust ", None, "ZZ11AA", "Oil", 50),
    ("Lamp Trust", "GB-CHC-1", "ZZ9 9ZZ", "Another", 900),
    ("Wick Circle", None, "ZZ1 1AA", None, 1),
    ("Wick Circle", None, "ZZ2 2BB", None, 1),
]
PAYMENTS = [("Lamp Trust", "borough", f"Purpose {number}", 100 - number) for number in range(5)]


@pytest.fixture
def con():
    with duckdb.connect() as made:
        made.execute("CREATE TABLE asked AS SELECT unnest(['Lamp Trust', 'Wick Circle', 'Alone']) AS published_name")
        made.execute("CREATE TABLE grant_lines (recipient_name VARCHAR, recipient_org_id VARCHAR, recipient_postcode VARCHAR, title VARCHAR, amount INT)")
        made.executemany("INSERT INTO grant_lines VALUES (?, ?, ?, ?, ?)", GRANTS)
        made.execute("CREATE TABLE payment_lines (payee_name VARCHAR, body VARCHAR, purpose VARCHAR, amount INT)")
        made.executemany("INSERT INTO payment_lines VALUES (?, ?, ?, ?)", PAYMENTS)
        made.execute("ALTER TABLE grant_lines ADD COLUMN body VARCHAR DEFAULT 'department'")
        made.execute("ALTER TABLE payment_lines ADD COLUMN payee_org_id VARCHAR")
        made.execute("CREATE TABLE contract_lines AS SELECT '' AS supplier_name, '' AS supplier_org_id, '' AS body, '' AS title, 0 AS amount WHERE false")
        for table in ("grant_lines", "payment_lines", "contract_lines"):
            made.execute(f"ALTER TABLE {table} ADD COLUMN standing VARCHAR DEFAULT 'sample'")
        made.execute("CREATE TABLE bodies AS SELECT 'borough' AS body, 'E1' AS area UNION ALL SELECT 'department', NULL")
        made.execute("CREATE TABLE areas AS SELECT 'E1' AS area, 'Nowhereshire' AS name")
        yield made


def test_names_come_with_the_postcode_their_rows_agree_on_and_what_most_money_was_for(con):
    assert con.execute(payees_sql("sample")).fetchall() == [
        ("Alone", "", ""),
        ("Lamp Trust", "ZZ11AA", "Purpose 0 Purpose 1 Purpose 2 Nowhereshire"),
        ("Wick Circle", "", ""),
    ]


def test_rows_of_another_standing_tell_nothing(con):
    assert con.execute(payees_sql("real")).fetchall()[1] == ("Lamp Trust", "", "")


def test_register_has_a_postcode_where_it_gives_one_alone(con):
    rows = "('a', 'zz1 1aa'), ('a', 'ZZ11AA'), ('a', NULL), ('b', 'ZZ1 1AA'), ('b', 'ZZ2 2BB')"
    con.execute(f"CREATE TABLE register_names AS SELECT *, 'sample' AS standing FROM (VALUES {rows}) t(organisation_id, postcode)")
    assert con.execute(register_postcodes_sql("sample")).fetchall() == [("a", "ZZ11AA")]


def test_words_that_repeat_the_name_speak_for_nobody():
    assert words_beside("St Mary, Nowhere", "Nowhere St Mary: tower of Mary, Nowheretown 2031") == "TOWER NOWHERETOWN 2031"
    assert words_beside("Lampworks Ltd", "Lamp works of Nowheretown") == "NOWHERETOWN"
    assert words_beside("Lamp Trust", "") == ""


def test_what_is_asked_with_changes_with_either_part():
    assert len({asked_with(*each) for each in (("", ""), ("A", ""), ("", "A"), ("A", "A"))}) == 4
