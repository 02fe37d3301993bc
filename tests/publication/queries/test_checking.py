"""Whether a release stands as it was made."""

import hashlib
import json
from dataclasses import replace

import duckdb
import pytest
from tests.publication.releases import freeze

from opencompact.publication.actions.placing import write_checksums
from opencompact.publication.queries import Fault, read_release, verify
from opencompact.publication.queries.checking import files_of, sha256_of
from opencompact.publication.rules.release import to_json


def faults(releases, number="draft", **asked):
    return [(fault.path, fault.wrong) for fault in verify(releases, number=number, **asked)]


def change_package(release, change):
    path = release / "datapackage.json"
    package = json.loads(path.read_text())
    change(next(resource for resource in package["resources"] if resource["name"] == "payments"))
    path.write_text(json.dumps(package))
    write_checksums(release)


def test_release_as_it_was_made_has_no_fault(releases):
    freeze(releases)
    assert [verify(releases, number=number) for number in ("draft", "2031-11", None)] == [(), (), ()]


def test_every_changed_missing_and_added_file_is_named(releases):
    draft = releases / "draft"
    (draft / "tables" / "bodies.csv").write_bytes(b"body\n")
    (draft / "CHANGES.md").unlink()
    (draft / "notes.txt").write_text("mine")
    listed = dict(reversed(line.split("  ")) for line in (draft / "checksums.txt").read_text().splitlines())
    expected = listed["tables/bodies.csv"]
    assert verify(releases, number="draft") == (
        Fault("CHANGES.md", "is listed in checksums.txt and missing from the folder"),
        Fault("notes.txt", "is in the folder and not listed in checksums.txt"),
        Fault("tables/bodies.csv", f"has changed: found checksum {hashlib.sha256(b'body' + bytes([10])).hexdigest()}, expected {expected}"),
    )


def test_list_of_checksums_that_is_missing_is_named(releases):
    (releases / "draft" / "checksums.txt").unlink()
    assert faults(releases) == [("checksums.txt", "is missing; take a fresh copy of the release")]


def test_list_of_checksums_outside_the_folder_is_not_followed(releases):
    with (releases / "draft" / "checksums.txt").open("a") as file:
        file.write(f"{'0' * 64}  ../secret\n")
    assert faults(releases) == [("../secret", "is listed in checksums.txt and missing from the folder")]


def test_release_written_anew_with_new_checksums_is_found_by_its_fingerprint(releases):
    events = []
    freeze(releases, events=events)
    fingerprint = events[0]["detail"]["checksums_sha256"]
    assert faults(releases, "2031-11", fingerprint=fingerprint) == []
    (releases / "2031-11" / "CHANGES.md").write_text("Nothing to see.")
    write_checksums(releases / "2031-11")
    assert faults(releases, "2031-11") == []
    assert faults(releases, "2031-11", fingerprint=fingerprint) == [
        ("checksums.txt", "is not the list that the audit trail recorded when the release was frozen")
    ]


def test_release_in_the_folder_of_another_is_named(releases):
    freeze(releases)
    (releases / "2031-11").rename(releases / "2031-12")
    assert faults(releases, "2031-12") == [("release.json", "says it is release 2031-11; expected 2031-12, as its folder is named")]


def test_draft_that_says_it_is_frozen_is_named(releases):
    draft = releases / "draft"
    (draft / "release.json").write_bytes(to_json(replace(read_release(draft), number="2031-11")))
    write_checksums(draft)
    assert faults(releases) == [("release.json", "says it is release 2031-11; expected draft, as its folder is named")]


def test_release_json_that_is_none_is_named(releases):
    (releases / "draft" / "release.json").write_text("{}")
    write_checksums(releases / "draft")
    assert [path for path, wrong in faults(releases) if "cannot be read" in wrong] == ["release.json"]


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_package_that_is_none_is_named(releases, content):
    (releases / "draft" / "datapackage.json").write_text(content)
    write_checksums(releases / "draft")
    assert [path for path, wrong in faults(releases) if wrong.startswith("cannot be read")] == ["datapackage.json"]


def test_columns_unlike_the_package_are_named(releases):
    change_package(releases / "draft", lambda payments: payments["schema"]["fields"].pop())
    header = "body, unit, paid_on, paid_in_month, payee_name, amount, is_card, organisation_id, link_stage, source, standing, source_file"
    wrong = f"has columns {header}, source_row; datapackage.json says {header}"
    assert faults(releases) == [("tables/payments.csv", wrong), ("tables/payments.parquet", wrong)]


def test_rows_unlike_the_package_are_named(releases):
    change_package(releases / "draft", lambda payments: payments.update(rows=4))
    assert faults(releases) == [
        ("tables/payments.csv", "has 3 rows; datapackage.json says 4"),
        ("tables/payments.parquet", "has 3 rows; datapackage.json says 4"),
    ]


def test_key_that_stands_twice_is_named(releases):
    change_package(releases / "draft", lambda payments: payments["schema"].update(primaryKey=["body", "link_stage"]))
    assert faults(releases) == [("tables/payments.parquet", "has the key sample-department-for-unity, none more than once")]


def test_table_that_cannot_be_read_is_named(releases):
    (releases / "draft" / "tables" / "payments.parquet").write_bytes(b"not parquet")
    write_checksums(releases / "draft")
    assert [(path, wrong.split(":")[0]) for path, wrong in faults(releases)] == [("tables/payments.csv", "cannot be read")]


def test_line_ends_inside_cells_are_not_rows(releases):
    with duckdb.connect() as con:
        assert con.execute(f"SELECT count(*) FROM '{releases}/draft/tables/consultations.parquet' WHERE contains(summary, chr(10))").fetchone() == (1,)
    assert faults(releases) == []


def test_files_are_named_by_their_path_and_hashed_whole(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/c", "a", "checksums.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert {name: sha256_of(path) for name, path in files_of(tmp_path).items()} == dict.fromkeys(("a", "b/c"), hashlib.sha256(b"x").hexdigest())
