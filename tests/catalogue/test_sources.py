"""Every source of the catalogue, ours or another package's, reads its own sample as its expect.yml says; new ones are found by themselves."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from importlib.metadata import entry_points

import openpyxl
import pytest
import yaml
from tests.records.runs import catalogue_of, read, rows

from opencompact.records.rules.inputs import Input
from opencompact.registry import GROUP, load_catalogue

CARDS = load_catalogue().sources
COUNTS = ("rows_found", "rows_loaded", "rows_refused", "rows_blank", "rows_not_of_kind")
FOLDERS = {
    folder.name.replace("_", "-"): folder / "sample"
    for entry in entry_points(group=GROUP)
    for folder in (resources.files(entry.load()) / "sources").iterdir()
    if (folder / "source.yml").is_file()
}


def expected(slug):
    return yaml.safe_load((FOLDERS[slug] / "expect.yml").read_text(encoding="utf-8"))


READS = [pytest.param(slug, expect, id=f"{slug}-{expect['file']}") for slug in CARDS for expect in expected(slug)]
AS_WORKBOOK = [read for read in READS if read.values[1].get("also_as") == "xlsx"]


def sample(path, card):
    """The file as one of the sample country, with a body of its own; an example's card keeps to its values."""
    is_sample = card.standing == "real"
    return Input(path, path.name, is_sample=is_sample, body="sample-body" if is_sample else "")


def reading_of(tmp_path, slug, path):
    lake = read(tmp_path, [sample(path, CARDS[slug])], catalogue=catalogue_of(slug))
    return lake.connect(), rows(lake, "SELECT * FROM sources")[0]


def plain(value):
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def compare(con, slug, expect):
    for table, told in {CARDS[slug].table: expect, **expect.get("apart", {})}.items():
        columns = ["source_row", *told["columns"]]
        found = [{name: plain(value) for name, value in row.items()} for row in rows(con, f"SELECT {', '.join(columns)} FROM {table} ORDER BY ALL")]
        assert found == [{name: plain(row.get(name)) for name in columns} for row in told["rows"]]
    assert rows(con, "SELECT source_row, field, found, kind, consequence FROM problems ORDER BY ALL") == expect["problems"]


@pytest.mark.parametrize(("slug", "expect"), READS)
def test_sample_reads_as_expected(slug, expect, tmp_path):
    con, source = reading_of(tmp_path, slug, FOLDERS[slug] / expect["file"])
    assert (source["state"], source["source"], source["encoding"]) == ("read", slug, expect["encoding"])
    assert {name: source[name] for name in COUNTS} == expect["counts"]
    compare(con, slug, expect)


@pytest.mark.parametrize(("slug", "expect"), AS_WORKBOOK)
def test_sample_saved_as_a_workbook_reads_the_same(slug, expect, tmp_path):
    text = (FOLDERS[slug] / expect["file"]).read_text(encoding="utf-8-sig")
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text, newline="")):
        book.active.append([typed(cell) for cell in row])
    path = tmp_path / "sample.xlsx"
    book.save(path)
    con, source = reading_of(tmp_path, slug, path)
    assert {name: source[name] for name in COUNTS} == expect["counts"]
    compare(con, slug, expect)


def typed(cell):
    """As a spreadsheet holds it: a number or an instant where the text is one."""
    for kind in (float, datetime.fromisoformat):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell or None


@pytest.mark.parametrize("slug", CARDS)
def test_every_file_of_the_sample_is_expected_and_small(slug):
    files = sorted(entry.name for entry in FOLDERS[slug].iterdir() if entry.name != "expect.yml")
    assert files == sorted(expect["file"] for expect in expected(slug))
    assert all(expect["says"] for expect in expected(slug))
    assert all(expect["counts"]["rows_found"] <= 12 for expect in expected(slug))


@pytest.mark.parametrize("slug", CARDS)
def test_rows_found_are_loaded_refused_or_of_another_kind(slug):
    for expect in expected(slug):
        counts = expect["counts"]
        of_rows = {row["source_row"] for told in (expect, *expect.get("apart", {}).values()) for row in told["rows"]} | {
            problem["source_row"] for problem in expect["problems"] if problem["consequence"] == "row_refused"
        }
        assert len(of_rows) == counts["rows_found"] - counts["rows_not_of_kind"]


def test_samples_name_nobody_real():
    """Names are invented, and say so; numbers are of a range nobody was given."""
    for slug in CARDS:
        for expect in expected(slug):
            for row in expect["rows"]:
                named = [row[column] for column in ("payee_name", "recipient_name", "supplier_name", "name", "funder_name", "buyer_name") if row.get(column)]
                assert [name for name in named if "sample" not in name.casefold() and "redacted" not in name.casefold()] == []


def test_dates_of_samples_are_dates():
    assert {type(row[column]) for slug in CARDS for expect in expected(slug) for row in expect["rows"] for column in row if column.endswith("_on")} == {date}
