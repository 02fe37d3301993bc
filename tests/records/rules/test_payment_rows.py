from decimal import Decimal

from tests.records.plans import found, run, table

from opencompact.records.rules.payment_files import payments_plan

HEADERS = ("Entity", "Date", "", "Supplier", "Transaction", "Amount")


def read(*rows, headers=HEADERS):
    file = found("nhs-payments", headers, body="sample-body")
    raw = table(*rows)
    file.values = lambda place: list(dict.fromkeys(raw.column(place + 1).to_pylist()))
    kept, problems = run(payments_plan(file), raw)
    return kept, problems, file.said


def whole(number, name="Sample"):
    return ("NHS Sample", "2031-07-01", "", f"{name} {number} Ltd", f"9800000{number}", "1.00")


def test_header_again_total_and_note_are_no_payments_and_told_once_each():
    rows, problems, _ = read(
        whole(1), HEADERS, ("", "", "", "Grand Total:", "", "99.00"), ("", "", "", "", "", "99"), ("Names of people are left out", *[""] * 5)
    )
    assert len(rows) == 1
    assert problems == [
        (3, "Supplier", "repeated_header", "row_refused"),
        (4, "Amount", "total_row", "row_refused"),
        (5, "Amount", "total_row", "row_refused"),
        (6, "", "foot_note", "row_refused"),
    ]


def test_payee_called_total_with_a_day_is_a_payment():
    rows, problems, _ = read(("NHS Sample", "2031-07-01", "", "Total", "98000001", "5.00"))
    assert (len(rows), problems) == (1, [])


def test_row_one_column_to_the_left_is_mended_where_that_is_certain():
    rows, problems, _ = read(*[whole(number) for number in range(1, 9)], ("NHS Sample", "2031-07-01", "Sample Club", "98000009", "1020.55", "17"))
    assert (rows[-1]["payee_name"], rows[-1]["transaction_ref"], rows[-1]["amount"]) == ("Sample Club", "98000009", Decimal("1020.55"))
    assert problems == [(10, "Supplier", "shifted_row", "repaired")]


def test_row_one_column_to_the_left_is_refused_where_no_amount_has_pence():
    rows, problems, _ = read(*[whole(number) for number in range(1, 9)], ("NHS Sample", "2031-07-01", "Sample Club", "98000009", "1020", "17"))
    assert len(rows) == 8
    assert problems == [(10, "Supplier", "shifted_row", "row_refused")]


def test_row_with_figures_for_a_name_is_refused_where_nothing_tells_how_it_stands():
    headers = ("Entity", "Date", "Name of it", "Supplier", "Transaction", "Amount")
    rows, problems, _ = read(*[whole(number) for number in range(1, 9)], ("NHS Sample", "2031-07-01", "x", "98000009", "1.55", "17"), headers=headers)
    assert (len(rows), problems) == (8, [(10, "Supplier", "shifted_row", "row_refused")])


def test_row_askew_with_other_columns_between_is_refused():
    headers = ("Date", "", "Supplier", "Entity", "Transaction", "Amount")
    rows = [("2031-07-01", "", f"Sample {number} Ltd", "NHS Sample", f"9800000{number}", "1.00") for number in range(1, 9)]
    kept, problems, _ = read(*rows, ("2031-07-01", "Sample Club", "98000009", "NHS", "1.55", "17"), headers=headers)
    assert (len(kept), problems) == (8, [(10, "Supplier", "shifted_row", "row_refused")])


def test_number_glued_to_every_name_is_taken_off():
    rows, problems, said = read(
        *[("NHS Sample", "2031-07-01", "", f"7100{number} - Sample {name} Ltd", "98000001", "1") for number, name in enumerate("abcdef")]
    )
    assert [(row["payee_name"], row["payee_code"]) for row in rows][:2] == [("Sample a Ltd", "71000"), ("Sample b Ltd", "71001")]
    assert problems == []
    assert said[0] == "The number before each payee's name was taken for the body's number of the payee."


def test_number_behind_every_name_is_taken_off():
    rows, _, _ = read(*[("NHS Sample", "2031-07-01", "", f"Sample {name} Ltd (7100{number})", "98000001", "1") for number, name in enumerate("abcdef")])
    assert (rows[0]["payee_name"], rows[0]["payee_code"]) == ("Sample a Ltd", "71000")


def test_number_of_some_names_stays_where_it_is():
    rows, _, _ = read(*[whole(number) for number in range(1, 9)], ("NHS Sample", "2031-07-01", "", "Sample Street 1001", "98000001", "1"))
    assert rows[-1]["payee_name"] == "Sample Street 1001"


def test_number_of_the_payee_in_a_column_of_its_own_is_kept_where_it_is_one():
    headers = ("Date", "Supplier", "Supplier ID", "Amount")
    rows, _, _ = read(("2031-07-01", "Sample", "7001", "1"), ("2031-07-01", "Sample", "Redacted", "1"), headers=headers)
    assert [row.get("payee_code") for row in rows] == ["7001", None]
