"""How a table is written out."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.publication.rules.tables import MayNotPublish, csv_select, dictionary_rows, neutralised, ordered_select, public_shapes, standing_of
from opencompact.shapes.shape import Column, Shape

STANDING = Column("standing", "VARCHAR", "Standing.", required=True, words=("real", "example", "sample"))
RECORD = Shape(
    "sample_record",
    "Record",
    "Rows.",
    "public",
    (Column("name", "VARCHAR", "Name.", privacy="organisation"), Column("amount", "BIGINT", "Amount.", unit="GBP"), STANDING),
    ("name",),
)
OTHER = Shape("sample_other", "Other", "Rows.", "public", (STANDING,))
FILES = Shape("sample_files", "Files", "Files read.", "public", (Column("standing", "VARCHAR", "Standing."),))
HIDDEN = Shape("sample_hidden", "Hidden", "Rows.", "internal", (Column("person", "VARCHAR", "Person.", privacy="person"),))


def test_public_shapes_leave_internal_ones_out():
    assert public_shapes({shape.name: shape for shape in (RECORD, HIDDEN, FILES)}) == [FILES, RECORD]


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+44", "'+44"), ("-3", "'-3"), ("@SUM", "'@SUM"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("a=1", "a=1"), ("'x", "'x"), ("", "")],
)
def test_text_that_would_be_a_formula_gets_an_apostrophe(cell, written):
    assert neutralised(cell) == written


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_characters="\0", codec="utf-8")) | st.sampled_from(["=1", "-x", "＝2", "\r"]), st.integers(-9, 9)),
        min_size=1,
        max_size=6,
    )
)
def test_csv_select_writes_text_as_neutralised_and_leaves_numbers(rows):
    with duckdb.connect() as con:
        con.execute("CREATE TABLE given_rows (name VARCHAR, amount BIGINT, standing VARCHAR)")
        con.executemany("INSERT INTO given_rows VALUES (?, ?, NULL)", rows)
        assert con.execute(csv_select(RECORD, "given_rows")).fetchall() == [(neutralised(text), amount, None) for text, amount in rows]


def test_rows_are_ordered_by_key_else_by_every_column():
    assert (ordered_select(RECORD), ordered_select(OTHER)) == (
        'SELECT "name", "amount", "standing" FROM "sample_record" ORDER BY "name"',
        'SELECT "standing" FROM "sample_other" ORDER BY "standing"',
    )


def test_dictionary_has_a_row_for_each_column():
    assert dictionary_rows([RECORD]) == [
        ("sample_record", "Record", "name", "VARCHAR", "Name.", "", "no", "", "yes", "organisation"),
        ("sample_record", "Record", "amount", "BIGINT", "Amount.", "GBP", "no", "", "no", "none"),
        ("sample_record", "Record", "standing", "VARCHAR", "Standing.", "", "yes", "real; example; sample", "no", "none"),
    ]


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ([], "real"),
        ([(RECORD, ["real"]), (OTHER, [])], "real"),
        ([(RECORD, ["sample"]), (FILES, ["sample", None])], "sample"),
        ([(FILES, ["example"])], "real"),
    ],
)
def test_standing_is_the_one_found(found, standing):
    assert standing_of(found) == standing


def test_example_row_in_a_table_of_the_record_is_refused():
    with pytest.raises(MayNotPublish, match="Table sample_record: found rows of standing example"):
        standing_of([(RECORD, ["example", "real"])])


def test_real_and_invented_rows_together_are_refused():
    with pytest.raises(MayNotPublish, match="Table sample_other holds rows of the real record and table sample_record"):
        standing_of([(RECORD, ["sample"]), (OTHER, ["real"])])
