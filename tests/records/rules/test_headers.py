import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.rules.headers import (
    Column,
    amounts_look,
    bodies_look,
    column_at,
    days_look,
    header_key,
    looks_like_table,
    named_columns,
    names_look,
    names_of,
    postcodes_look,
    references_look,
    with_looks,
)

NAMES = names_of([{"field": "amount", "header": "Net Amount"}, {"field": "amount", "header": "Amount"}, {"field": "paid_on", "header": "Date"}])
BARE = [
    ["Sample Trust Ltd", "2031-07-01", "AB-10001", "1,200.00"],
    ["Sample CIC", "2031-07-02", "AB-10002", "-3"],
    ["Sample", "2031-07-03", "AB-10003", "4.50"],
]


@pytest.mark.parametrize(("text", "key"), [(" Net  Amount ", "netamount"), ("Capital /Revenue", "capitalrevenue"), ("£", "£"), ("Amount Â£", "amount")])
def test_header_key_is_letters_and_digits(text, key):
    assert header_key(text) == key


@given(st.text())
def test_header_key_of_a_key_is_itself(text):
    assert header_key(header_key(text)) == header_key(text)


def test_name_that_stands_first_in_the_vocabulary_wins_then_the_first_column():
    found = named_columns(("amount", "NET AMOUNT", "Net amount", "", "Date"), NAMES)
    assert {name: column.place for name, column in found.items()} == {"amount": 1, "paid_on": 4}
    assert found["amount"].named == "column 2 'NET AMOUNT'"


def test_column_without_a_name_is_named_by_its_place():
    assert Column("amount", 2, "", "").named == "column 3"


def test_looks_fill_what_names_leave_open_from_columns_left_over():
    headers = ("Who", "When", "Ref.", "How much")
    found = with_looks({}, headers, lambda place: [row[place] for row in BARE], wanted=("paid_on", "amount", "payee_name", "transaction_ref"))
    assert {name: column.header for name, column in found.items()} == {"paid_on": "When", "amount": "How much", "payee_name": "Who", "transaction_ref": "Ref."}
    assert found["payee_name"].because == "its values look like names of payees"


def test_looks_do_not_touch_what_is_named():
    held = {"amount": Column("amount", 0, "Amount", "named")}
    assert with_looks(held, ("Amount", "x"), lambda _: ["1.50"], wanted=("amount",)) == held


def test_rows_without_a_header_are_told_by_their_looks():
    found = looks_like_table(BARE)
    assert {name: column.place for name, column in found.items()} == {"paid_on": 1, "amount": 3, "payee_name": 0, "transaction_ref": 2}


@pytest.mark.parametrize("rows", [[], BARE[:2], [["a", "b"], ["c", "d"], ["e", "f"]]])
def test_rows_too_few_or_without_a_day_payee_and_amount_are_no_table(rows):
    assert looks_like_table(rows) is None


@pytest.mark.parametrize(("values", "share"), [(["2031-07-01", "1/7/31"], 1), (["######"], 1), (["Nov-31", "2031-11"], 1), (["Sample", "x"], 0), ([], 0)])
def test_days_look(values, share):
    assert days_look(values) == share


@pytest.mark.parametrize(
    ("values", "share"), [(["1.50", "(2)"], 1), (["-3"], 1), (["98000001", "98000002"], 0), (["Sample"], 0), (["1.5", "2", "3", "4", "x"], 0.8)]
)
def test_amounts_look(values, share):
    assert amounts_look(values) == share


def test_names_look_more_like_payees_the_more_there_are():
    few, many = ["Sample Trust"] * 30, [f"Sample Trust {name}" for name in "abcdefghijklmnopqrstuvwxyz"]
    assert 0 < names_look(few) < names_look(many)
    assert names_look(["Sample", "Supplies"]) == 0


def test_bodies_look_is_a_few_names_of_bodies():
    assert bodies_look(["NHS Sample CCG"] * 9) == 1
    assert bodies_look(["NHS Sample CCG", "Sample Ltd"]) == 0
    assert bodies_look([]) == 0


def test_references_look():
    assert references_look(["AB-1001", "98000002"]) == 1
    assert references_look(["Sample", "x"]) == 0


@pytest.mark.parametrize(("pointed", "place"), [("when", 1), ("column 1", 0), ("column 4", None), ("column 0", None), ("Why", None), ("", None)])
def test_column_at_points_by_name_or_place(pointed, place):
    assert column_at(("", "When", "When"), pointed) == place


def test_postcodes_look_like_postcodes_where_most_do():
    assert postcodes_look(["ZZ1 1AA", "yy99zz", "Z1A 1AA"]) == 1.0
    assert postcodes_look(["ZZ1 1AA", "12345"]) == 0.0
    assert with_looks({}, ["a", "b"], lambda at: [["Sample"], ["ZZ1 1AA"]][at], wanted=["postcode"])["postcode"].because == "its values look like postcodes"
