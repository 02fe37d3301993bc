from datetime import date, timedelta

import pytest
from tests.judgement.tiny_lake import tiny_lake

from opencompact.records.rules.copies import LEAST_OF_LARGER, LEAST_ROWS, LEAST_SHARE, SAME_ROW, copies_sql
from opencompact.registry import load_shapes

DAY = date(2031, 7, 1)


def payments(file, count, *, first=0, **changed):
    base = {"source_file": file, "standing": "real", "body": "sample-office"}
    return [
        {**base, "paid_on": DAY + timedelta(days=first + place), "amount": 10 + first + place, "payee_name": f"Sample {first + place}", **changed}
        for place in range(count)
    ]


def copies(tmp_path, rows, table="payment_lines"):
    with tiny_lake(tmp_path, {table: rows}) as change:
        return {row[0]: row[1:] for row in change.con.execute(copies_sql(table)).fetchall()}


def test_cleaned_copy_is_found_whatever_its_dress_and_order(tmp_path):
    cleaned = [{**row, "payee_name": f"SAMPLE, {place}."} for place, row in enumerate(payments("b-cleaned.csv", 20))][::-1]
    assert copies(tmp_path, [*payments("a.csv", 20), *cleaned]) == {"b-cleaned.csv": ("a.csv", 20, 20)}


def test_copy_that_differs_in_one_row_of_twenty_is_one(tmp_path):
    nearly = [*payments("b.csv", 19), *payments("b.csv", 1, first=50)]
    assert copies(tmp_path, [*payments("a.csv", 20), *nearly]) == {"b.csv": ("a.csv", 19, 20)}


def test_copy_that_differs_in_two_rows_of_twenty_is_none(tmp_path):
    assert copies(tmp_path, [*payments("a.csv", 20), *payments("b.csv", 18), *payments("b.csv", 2, first=50)]) == {}


def test_month_within_a_quarter_is_a_copy_of_it_and_the_quarter_stays(tmp_path):
    assert copies(tmp_path, [*payments("month.csv", 10), *payments("quarter.csv", 30)]) == {"month.csv": ("quarter.csv", 10, 10)}


def test_partial_overlap_is_no_copy(tmp_path):
    assert copies(tmp_path, [*payments("a.csv", 20), *payments("b.csv", 20, first=10)]) == {}


def test_honest_repeats_are_counted_with_their_number(tmp_path):
    """Five equal payments in one file are not found in a file with one of them."""
    same = [{**row, "paid_on": DAY, "amount": 5, "payee_name": "Sample"} for row in payments("a.csv", 6)]
    once = [{**same[0], "source_file": "b.csv"}, *payments("b.csv", 9, first=20)]
    assert copies(tmp_path, [*same, *once]) == {}


def test_of_equal_files_the_first_named_stays(tmp_path):
    rows = [*payments("c.csv", 6), *payments("a.csv", 6), *payments("b.csv", 6)]
    assert copies(tmp_path, rows) == {"b.csv": ("a.csv", 6, 6), "c.csv": ("a.csv", 6, 6)}


def test_a_few_payments_are_too_few_to_tell(tmp_path):
    assert copies(tmp_path, [*payments("a.csv", 4), *payments("b.csv", 4)]) == {}


def test_files_of_another_body_or_standing_are_no_copies(tmp_path):
    assert copies(tmp_path, [*payments("a.csv", 6), *payments("b.csv", 6, body="sample-other"), *payments("c.csv", 6, standing="example")]) == {}


def grants(file, *ids):
    return [{"source_file": file, "standing": "real", "grant_id": grant} for grant in ids]


def test_grants_published_twice_are_a_copy_only_where_all_are_the_same(tmp_path):
    rows = [*grants("a.csv", "1", "2"), *grants("b.json", "2", "1"), *grants("c.csv", "1", "3")]
    assert copies(tmp_path, rows, "grant_lines") == {"b.json": ("a.csv", 2, 2)}


def test_collection_of_many_funders_does_not_swallow_a_funders_own_file(tmp_path):
    assert copies(tmp_path, [*grants("fund.csv", "1", "2"), *grants("all.json", "1", "2", "3", "4", "5")], "grant_lines") == {}


def test_grants_that_are_half_of_a_later_file_are_a_copy_of_it(tmp_path):
    assert copies(tmp_path, [*grants("2031.csv", "1", "2"), *grants("2032.csv", "1", "2", "3", "4")], "grant_lines") == {"2031.csv": ("2032.csv", 2, 2)}


def pages(file, **changed):
    return [{"source_file": file, "standing": "real", "consultation_id": "sample/1", "opened_on": DAY, "closed_on": DAY, "read_on": DAY, **changed}]


def test_page_read_again_with_its_response_is_no_copy(tmp_path):
    later = DAY + timedelta(days=90)
    rows = [*pages("a.json"), *pages("b.json"), *pages("c.json", read_on=later), *pages("d.json", responded_on=later)]
    assert copies(tmp_path, rows, "consultation_lines") == {"b.json": ("a.json", 1, 1)}


def test_release_within_a_larger_search_answer_is_a_copy(tmp_path):
    release = {"standing": "real", "ocid": "ocds-sample-1", "content": 1, "release": "{}"}
    rows = [{**release, "source_file": "one.json"}, {**release, "source_file": "all.json"}, {**release, "source_file": "all.json", "content": 2}]
    assert copies(tmp_path, rows, "release_lines") == {"one.json": ("all.json", 1, 1)}


@pytest.mark.parametrize("table", SAME_ROW)
def test_every_table_says_how_its_copies_are_known(table):
    assert set(SAME_ROW) == set(LEAST_ROWS) == set(LEAST_SHARE) == set(LEAST_OF_LARGER)
    assert [column for column in SAME_ROW[table] if "(" not in column and column not in load_shapes()[table].column_names] == []
