from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from opencompact.records.actions.decoding import CannotRead
from opencompact.records.actions.opening import open_table, read_amounts
from opencompact.registry import load_catalogue

TEXT = """Spend of March

Payment Date,Supplier,Net Amount,Where
16/07/2031,Sample Trust Ltd,1.50,ZZ1 1AA

17/07/2031,Sample CIC
18/07/2031,Sample Society,(3.00),YY9 2BB
"""


def opened(content=TEXT, name="spend.csv", most=100):
    return open_table(content.encode() if isinstance(content, str) else content, file_name=name, catalogue=load_catalogue(), most_rows=most)


def test_table_has_its_header_its_filled_rows_and_the_columns_told():
    found = opened()
    assert found.headers == ("Payment Date", "Supplier", "Net Amount", "Where")
    assert [row[1] for row in found.rows] == ["Sample Trust Ltd", "Sample CIC", "Sample Society"]
    assert found.rows[1] == ("17/07/2031", "Sample CIC", "", "")
    assert (found.columns["payee_name"], found.columns["amount"], found.columns["postcode"]) == (1, 2, 3)
    assert found.values(1) == ["Sample Trust Ltd", "Sample CIC", "Sample Society"]
    assert found.values(None) == ["", "", ""]


def test_workbook_is_a_table_as_well():
    book = Workbook()
    book.active.append(["Vendor", "Amount"])
    book.active.append(["Sample Trust Ltd", 1.5])
    content = BytesIO()
    book.save(content)
    found = opened(content.getvalue(), "spend.xlsx")
    assert (found.headers, found.rows) == (("Vendor", "Amount"), (("Sample Trust Ltd", "1.5"),))


def test_columns_without_a_name_are_named_by_their_place():
    assert opened("Vendor,,Amount\na,b,1.00\nd,e,2.00\n").headers == ("Vendor", "column 2", "Amount")


def test_table_without_rows_has_none():
    assert opened("Vendor,Amount\n").rows == ()


@pytest.mark.parametrize(("content", "most", "kind"), [("\n", 9, "empty_file"), ("", 9, "empty_file"), (TEXT, 2, "too_large")])
def test_what_cannot_be_taken_is_refused(content, most, kind):
    with pytest.raises(CannotRead) as refusal:
        opened(content, most=most)
    assert refusal.value.kind == kind


def test_amounts_are_read_as_those_of_published_files():
    assert read_amounts(["1,234.50", "(12.00)", "", "much", "-3"]) == [Decimal("1234.50"), Decimal("-12.00"), None, None, Decimal(-3)]
    assert read_amounts([]) == []
