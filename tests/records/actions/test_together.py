import json

import pytest
from tests.records.runs import PAYMENTS, payment, read, rows, write

from opencompact.records.actions.reading import knowing, running, together

OTHER_HEADER = PAYMENTS.replace("Supplier", "Merchant Name")
FILES = {
    "a/1.csv": PAYMENTS + payment("2031-07-01", " SAMPLE TRUST ", "1,010.00") + payment("2031-09-31", "SAMPLE QUAY LTD", "n/a"),
    "a/2.csv": PAYMENTS + payment("2031-08-01", "SAMPLE TRUST", "(20.00)") + payment("2031-08-02", "", "£3.50") + "SAM,Sample Office\n",
    "a/3.csv": PAYMENTS,
    "a/4.csv": PAYMENTS + payment("01/10/2031", "SAMPLE TRUST", "4.00") + payment("Total", "", "24.00", entity="") + ",,,,,,,28.00\n",
    "b/5.csv": OTHER_HEADER + payment("2031-11-01", "SAMPLE QUAY LTD", "5.00", entity="Sample Bureau") * 3,
    "b/6.csv": PAYMENTS + payment("2031-12-01", "SAMPLE TRUST", "6.00", entity="Sample Bureau") + payment("2031-12-01", "SAMPLE QUAY LTD", "7.00"),
    **{
        f"c/{number}.json": json.dumps(
            {
                "schema_name": "consultation",
                "document_type": "open_consultation",
                "base_path": f"/government/consultations/sample-{number}",
                "title": "A sample" if number else "",
                "details": {"opening_date": "2031-01-01T00:00:00Z", "closing_date": f"20{30 + number}-03-01T00:00:00Z"},
                "links": {"organisations": [{"base_path": "/government/organisations/sample-office"}]},
            }
        )
        for number in range(3)
    },
}
TABLES = ("payment_lines", "consultation_lines", "problems", "readings")


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "in", FILES)


def everything(lake):
    return {table: [{**row, "made_from": ""} for row in rows(lake, f"SELECT * FROM {table} ORDER BY ALL")] for table in TABLES}


def alone(monkeypatch):
    """Every table is read by itself, as a large one is."""
    monkeypatch.setattr(together, "MANY_ROWS", 0)
    monkeypatch.setattr(knowing, "MANY_ROWS", 0)


def test_files_read_together_say_what_each_says_alone(tmp_path, folder, monkeypatch):
    at_once = everything(read(tmp_path / "one", [folder]))
    alone(monkeypatch)
    assert everything(read(tmp_path / "two", [folder])) == at_once
    assert {row["source_file"] for row in at_once["problems"]} >= {"in/a/1.csv", "in/a/2.csv", "in/a/4.csv", "in/c/0.json"}
    unknown = [(row["source_file"], row["source_row"]) for row in at_once["problems"] if row["kind"] == "unknown_body"]
    assert unknown == [("in/a/1.csv", 2), ("in/a/2.csv", 2), ("in/a/4.csv", 2), ("in/b/5.csv", 2), ("in/b/6.csv", 2), ("in/b/6.csv", 3)]


def test_parts_of_a_file_are_the_same_whichever_files_it_was_read_with(tmp_path, folder, monkeypatch):
    parts = read(tmp_path / "one", [folder]).manifest()
    monkeypatch.setattr(running, "FILES_TOGETHER", 1)
    assert read(tmp_path / "two", [folder]).manifest()["payment_lines"] == parts["payment_lines"]
    monkeypatch.setattr(running, "FILES_TOGETHER", 200)
    monkeypatch.setattr(running, "BYTES_TOGETHER", 400)
    assert read(tmp_path / "three", [folder]).manifest()["problems"] == parts["problems"]


def test_parts_stand_in_the_order_of_the_files(tmp_path, folder):
    lake = read(tmp_path, [folder])
    order = lake.manifest()
    write(folder, {"a/2.csv": FILES["a/2.csv"] + payment("2031-08-03", "SAMPLE TRUST", "2.00")})
    after = read(tmp_path, [folder]).manifest()
    places = [place for place, (one, other) in enumerate(zip(order["payment_lines"], after["payment_lines"], strict=True)) if one != other]
    assert places == [1]


def test_plans_are_made_once_for_files_of_a_kind(tmp_path, folder, monkeypatch):
    asked = []
    monkeypatch.setattr(together, "tidied_by", lambda change, plan: asked.append(plan) or tidied_by(change, plan))
    read(tmp_path, [folder])
    assert len(asked) < len(FILES) - 2


tidied_by = together.tidied_by
