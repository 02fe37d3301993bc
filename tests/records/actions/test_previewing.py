import csv
import io

import pytest

from opencompact.records.actions.decoding import CannotRead
from opencompact.records.actions.previewing import KEPT_ROWS, MOST_CELL, preview
from opencompact.registry import load_catalogue

HEAD = "Spend of a sample\nRef.,When,Supplier,Amount\n"


def tried(text, **options):
    return preview(text.encode(), file_name="sample/x.csv", catalogue=load_catalogue(), **options)


def test_ten_rows_are_shown_as_they_would_load_and_refusals_come_first():
    rows = "".join(f"9800{number},2031-07-{number:02},Sample {number} Ltd,{number}.00\n" for number in range(1, 13))
    seen = tried(HEAD + rows + "9,2031-07-31,,12.x\n,,Total,78\n")
    assert (seen.found, seen.loaded, seen.refused, len(seen.rows)) == (14, 12, 2, 10)
    assert seen.rows[0]["payee_name"] == "Sample 1 Ltd"
    assert [(problem["kind"], problem["consequence"], problem["first_row"]) for problem in seen.problems] == [
        ("not_an_amount", "row_refused", 15),
        ("total_row", "row_refused", 16),
        ("missing", "value_missing", 15),
        ("unknown_body", "kept", 3),
    ]
    assert seen.fields[:2] == ("body", "paid_on")


def test_beginning_stands_for_the_file_and_is_cut_to_size():
    rows = "".join(f"9800{number},2031-07-01,{'Sample' * 500},1.00\n" for number in range(100))
    seen = tried(HEAD + rows)
    kept = list(csv.reader(io.StringIO(seen.beginning)))
    assert (len(kept), max(len(cell) for row in kept for cell in row)) == (KEPT_ROWS + 2, MOST_CELL)
    assert preview(seen.beginning.encode(), file_name="sample/x.csv", catalogue=load_catalogue()).loaded == KEPT_ROWS


def test_beginning_of_wide_rows_ends_early():
    rows = "".join(f"9800{number},2031-07-01,{'Sample' * 500},1.00{',' + 'x' * 2000}\n" for number in range(100)) * 1
    assert len(tried(HEAD.replace("Amount", "Amount,Note" + ",Note" * 5) + rows).beginning) < 260_000


def test_columns_a_person_chose_are_tried():
    seen = tried(HEAD + "98000001,2031-07-01,Sample Ltd,1.00\n", table="payment_lines", fix={"payee_name": "column 3"})
    assert (seen.loaded, seen.proposal.wanting) == (0, ["amount"])


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_file_without_rows_is_refused(text):
    with pytest.raises(CannotRead):
        tried(text)
