"""The draft release: whole, the same every time, and nothing in it that may not be published."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import duckdb
import frictionless
import pytest
from tests.lakes import sample_tables, small_lake
from tests.publication.releases import AT, lake_with, write_draft
from tests.publication.rules.test_methods import CARD

from opencompact.lake import Lake, NoLake
from opencompact.publication import actions, queries
from opencompact.registry import Catalogue, load_shapes


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_standing(standing):
    """The tables of the small lake in another standing."""
    return {table: [{**row, **({"standing": standing} if "standing" in row else {})} for row in rows] for table, rows in sample_tables().items()}


def test_draft_holds_every_file_and_each_public_table(releases):
    public = sorted(shape.name for shape in load_shapes().values() if shape.visibility == "public")
    assert list(queries.read_release(releases / "draft").tables) == public
    assert sorted(path.relative_to(releases / "draft").as_posix() for path in (releases / "draft").rglob("*") if path.is_file()) == sorted(
        [
            *(f"tables/{table}.{kind}" for table in public for kind in ("csv", "parquet")),
            *("CHANGES.md", "checksums.txt", "data-dictionary.csv", "datapackage.json", "release.json", "search.sqlite"),
        ]
    )


def test_draft_says_what_it_is(releases):
    written = json.loads((releases / "draft" / "release.json").read_text())
    assert {name: written[name] for name in ("number", "state", "at", "version", "standing", "stamp", "coverage")} == {
        "number": "draft",
        "state": "draft",
        "at": "2031-11-22T09:30:00Z",
        "version": "0.1.0",
        "standing": "sample",
        "stamp": "computed, not yet put to the body",
        "coverage": {"payments": {"held": 1, "not_held": 1}},
    }
    assert written["inputs"][0] == {"file": "sample-consultations.csv", "sha256": f"{4:064x}"}


def test_same_lake_version_and_instant_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_draft(tmp_path / name, small_lake(tmp_path / f"lake-{name}"), catalogue=Catalogue(indicators={"sample-length": CARD}))
    assert queries.verify(tmp_path / "b", number="draft") == ()
    assert (tmp_path / "a" / "draft" / "checksums.txt").read_bytes() == (tmp_path / "b" / "draft" / "checksums.txt").read_bytes()


def test_rows_in_another_order_give_the_same_bytes(tmp_path):
    write_draft(tmp_path / "a", small_lake(tmp_path / "lake-a"))
    write_draft(tmp_path / "b", lake_with(tmp_path / "lake-b", **{table: rows[::-1] for table, rows in sample_tables().items()}))
    assert (tmp_path / "a" / "draft" / "checksums.txt").read_bytes() == (tmp_path / "b" / "draft" / "checksums.txt").read_bytes()


def test_draft_is_a_valid_data_package(releases):
    report = frictionless.Package(str(releases / "draft" / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert report.stats["tasks"] == len(queries.read_release(releases / "draft").tables)


def test_csv_and_parquet_hold_the_same_rows(releases):
    tables = releases / "draft" / "tables"
    with duckdb.connect() as con:
        rows = con.execute(
            f"SELECT payee_name, amount::VARCHAR, is_card::VARCHAR, organisation_id, paid_on::VARCHAR FROM '{tables}/payments.parquet'"
        ).fetchall()
    assert rows == [
        ("Café Carers of Nowhere", "26000.50", "false", "GB-CHC-sample-1", "2031-07-04"),
        ("withheld", "-310.00", "false", None, "2031-07-04"),
        ("=Formula Ltd", "25000.00", "false", None, "2031-07-04"),
    ]
    assert [tuple(row[name] for name in ("payee_name", "amount", "is_card", "organisation_id", "paid_on")) for row in read_csv(tables / "payments.csv")] == [
        ("Café Carers of Nowhere", "26000.50", "false", "GB-CHC-sample-1", "2031-07-04"),
        ("withheld", "-310.00", "false", "", "2031-07-04"),
        ("'=Formula Ltd", "25000.00", "false", "", "2031-07-04"),
    ]


def test_csv_is_utf_8_with_line_feeds(releases):
    content = (releases / "draft" / "tables" / "consultations.csv").read_bytes()
    assert (content.count(b"\r"), content.decode("utf-8").splitlines()[0].split(",")[0]) == (0, "consultation_id")
    assert read_csv(releases / "draft" / "tables" / "consultations.csv")[1]["summary"] == 'We ask about "fair" water,\nfor villages and towns.'


def test_dictionary_tells_of_every_column(releases):
    rows = read_csv(releases / "draft" / "data-dictionary.csv")
    assert [(row["table"], row["column"]) for row in rows] == [
        (shape.name, column)
        for shape in sorted(load_shapes().values(), key=lambda shape: shape.name)
        if shape.visibility == "public"
        for column in shape.column_names
    ]


def test_method_page_is_written_for_each_indicator(tmp_path):
    write_draft(tmp_path, small_lake(tmp_path / "lake"), catalogue=Catalogue(indicators={"sample-length": CARD}))
    assert [path.name for path in (tmp_path / "draft" / "methods").iterdir()] == ["sample-length.md"]


def test_sources_and_licences_of_the_files_read_are_named(tmp_path):
    files = sample_tables()["sources"]
    lake = lake_with(tmp_path / "lake", sources=[files[0], {**files[1], "state": "unused"}, {**files[2], "title": None, "source": None}])
    write_draft(tmp_path, lake)
    package = json.loads((tmp_path / "draft" / "datapackage.json").read_text())
    assert (package["sources"], package["licenses"]) == (
        [{"title": "Sample payments", "path": "https://example.org/payments"}],
        [{"name": "OGL-UK-3.0", "title": "OGL-UK-3.0"}],
    )


def test_internal_tables_never_enter(tmp_path):
    lake = Lake(tmp_path / "lake", load_shapes())
    with lake.change() as change:
        for table, rows in sample_tables().items():
            change.put_rows(table, rows)
        change.put_rows("links", [{"published_name": "canary", "published_org_id": "", "link_stage": "none", "because": "canary", "may_name": False}])
        actions.entries(change)
    write_draft(tmp_path, lake)
    held = [path for path in (tmp_path / "draft").rglob("*") if path.is_file() and (path.stem == "links" or b"canary" in path.read_bytes())]
    assert held == []


def test_real_release_is_not_marked_as_a_sample(tmp_path):
    write_draft(tmp_path, lake_with(tmp_path / "lake", **in_standing("real")))
    release = queries.read_release(tmp_path / "draft")
    assert (release.standing, release.title) == ("real", "OpenCompact, draft release")


def test_example_files_may_be_listed_but_not_their_rows(tmp_path):
    lake = lake_with(tmp_path / "lake", sources=[{**row, "standing": "example"} for row in sample_tables()["sources"]])
    assert write_draft(tmp_path, lake).release.standing == "sample"
    with pytest.raises(actions.MayNotPublish, match="Table bodies: found rows of standing example"):
        write_draft(tmp_path, lake_with(tmp_path / "lake", bodies=in_standing("example")["bodies"]))


def test_refused_draft_leaves_the_one_before(releases, tmp_path):
    before = (releases / "draft" / "checksums.txt").read_bytes()
    with pytest.raises(actions.MayNotPublish, match="expected one or the other"):
        write_draft(releases, lake_with(tmp_path / "mixed", payments=in_standing("real")["payments"]))
    assert ((releases / "draft" / "checksums.txt").read_bytes(), queries.verify(releases, number="draft")) == (before, ())


def test_lake_without_every_table_is_refused(tmp_path):
    lake = Lake(tmp_path / "lake", load_shapes())
    with pytest.raises(NoLake):
        write_draft(tmp_path, lake)
    with lake.change() as change:
        for table, rows in sample_tables().items():
            change.put_rows(table, rows)
    with pytest.raises(actions.MayNotPublish, match=r"has no table entries; expected every public table"):
        write_draft(tmp_path, lake)


def test_draft_stands_where_it_is_said_to(tmp_path):
    draft = write_draft(tmp_path, small_lake(tmp_path / "lake"), because="a reason")
    assert (draft.folder, draft.release) == (tmp_path / "draft", queries.read_release(tmp_path / "draft"))
    assert (draft.release.at, draft.release.because) == (AT, "a reason")


def test_kill_leaves_the_old_draft_or_the_new(tmp_path):
    program = f"""
from pathlib import Path
from tests.lakes import small_lake
from tests.publication.releases import write_draft
lake = small_lake(Path({str(tmp_path / "lake")!r}))
while True:
    write_draft(Path({str(tmp_path)!r}), lake)
    print(flush=True)
"""
    for pause in (0.0, 0.05, 0.11):
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as building:
            assert building.stdout is not None
            building.stdout.readline()
            time.sleep(pause)
            os.kill(building.pid, signal.SIGKILL)
        assert queries.verify(tmp_path, number="draft") == ()
