"""The build as a person meets it: what it makes, what it says, and what stands when it is stopped."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.small_country import PAYMENTS, small_country

from opencompact.cli import run
from opencompact.cli.build import told_of
from opencompact.lake import Change, Lake
from opencompact.records.actions.reading import Step
from opencompact.registry import load_shapes

AT = ["--at", "2034-07-01T09:00:00Z"]


@pytest.fixture
def country(tmp_path):
    return small_country(tmp_path / "country")


@pytest.fixture
def work(tmp_path):
    return tmp_path / "work"


def build(work: Path, country: Path) -> tuple[int, str]:
    return run(["build", "--workspace", str(work), "--input", str(country), *AT])


def answer(work: Path, select: str) -> list[tuple]:
    return Lake(work / "lake", load_shapes()).connect().execute(select).fetchall()


def state(work: Path) -> dict[str, bytes]:
    paths = [work / "lake" / "manifest.json", *sorted((work / "releases" / "draft").rglob("*"))]
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


def test_build_makes_the_public_tables_and_a_draft(work, country):
    assert build(work, country) == (0, "")
    assert answer(work, "SELECT body, amount, payee_name, organisation_id, link_stage, source_file, source_row FROM payments ORDER BY source_file") == [
        ("sample-office", pytest.approx(100.5), "SAMPLE LANTERN TRUST", "GB-CHC-1990001", "exact", "country/spend/2031-01.csv", 2),
        ("sample-office", pytest.approx(7), "withheld", None, "none", "country/spend/2031-02.csv", 2),
    ]
    assert answer(work, "SELECT source_file, source_row, field, found, kind FROM problems WHERE consequence = 'row_refused'") == [
        ("country/spend/2031-01.csv", 3, "Amount", "(empty)", "missing")
    ]
    assert answer(work, "SELECT consultation_id, rule_set, verdict FROM consultation_verdicts ORDER BY ALL") == [
        ("sample-office/long", "code-2008", "met"),
        ("sample-office/short", "code-2008", "unexplained"),
        ("sample-office/short", "compact-2010-2.4", "cannot_tell"),
    ]
    assert json.loads((work / "releases" / "draft" / "release.json").read_text())["standing"] == "sample"


def test_several_paths_after_one_input_are_all_read(work, country):
    code, _ = run(["build", "--workspace", str(work), "--input", str(country / "spend"), str(country / "names.csv"), *AT])
    assert code == 0
    assert answer(work, "SELECT count(*) FROM payments WHERE link_stage = 'exact'") == [(1,)]


def test_no_input_is_wrong_use(work):
    code, message = run(["build", "--workspace", str(work)])
    assert code == 2
    assert "--input FILE-OR-FOLDER" in message


def test_an_absent_path_is_named(work, tmp_path):
    code, message = run(["build", "--workspace", str(work), "--input", str(tmp_path / "absent")])
    assert (code, "absent is not there" in message) == (3, True)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("empty.csv", b"", "empty_file"),
        ("cut.xlsx", b"PK\x03\x04 and then no more", "broken_workbook"),
        ("not-a-book.xlsx", b"plain words", "wrong_extension"),
        ("cut.json", b'{"grants": [{"id": "360G-sample-1"', "broken_json"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_load(work, country, name, content, kind):
    (country / name).write_bytes(content)
    code, _ = build(work, country)
    assert code == 3
    assert answer(work, "SELECT source_file, kind FROM problems WHERE consequence = 'file_refused'") == [(f"country/{name}", kind)]
    assert answer(work, "SELECT count(*) FROM payments") == [(2,)]


def test_nul_characters_are_taken_out_and_told(work, country):
    (country / "spend" / "2031-03.csv").write_bytes((PAYMENTS + "2031-03-05,9.00,SAMPLE OFFICE,NUL\0 LTD,,\n").encode())
    assert build(work, country)[0] == 0
    assert answer(work, "SELECT kind, consequence FROM problems WHERE source_file LIKE '%2031-03.csv'") == [("nul_characters", "repaired")]
    assert answer(work, "SELECT payee_name FROM payments WHERE source_file LIKE '%2031-03.csv'") == [("NUL LTD",)]


@pytest.mark.parametrize(
    "step",
    [
        "opencompact.promises.actions.extract",
        "opencompact.organisations.actions.identify",
        "opencompact.records.actions.publishing.publish_money",
        "opencompact.judgement.actions.judge",
        "opencompact.publication.actions.entries",
        "opencompact.publication.actions.make_draft",
        "opencompact.publication.actions.drafting.write_checksums",
    ],
)
def test_a_fault_at_any_step_leaves_the_lake_and_the_draft_as_they_were(work, country, monkeypatch, step):
    assert build(work, country)[0] == 0
    before = state(work)
    (country / "spend" / "2031-04.csv").write_text(PAYMENTS + "2031-04-05,1.00,SAMPLE OFFICE,LATE LTD,,\n")

    def fail(*args, **keywords):
        raise RuntimeError("injected")

    monkeypatch.setattr(step, fail)
    code, message = build(work, country)
    assert code == 70
    assert "Traceback" not in message
    assert state(work) == before
    assert [path.name for path in (work / "releases").iterdir()] == ["draft"]


def test_a_full_disk_is_told_in_plain_words_and_the_state_before_stands(work, country, monkeypatch):
    assert build(work, country)[0] == 0
    before = state(work)

    def full(*args, **keywords):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Change, "swap", full)
    code, message = build(work, country)
    assert code == 5
    assert "No space left on device" in message
    assert "Free some room" in message
    assert state(work) == before


@pytest.mark.parametrize("seconds", [0.4, 0.9, 1.5, 2.1])
def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new(work, country, seconds):
    assert build(work, country)[0] == 0
    (country / "spend" / "2031-05.csv").write_text(PAYMENTS + "2031-05-05,1.00,SAMPLE OFFICE,LATE LTD,,\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "opencompact.cli", "build", "--workspace", str(work), "--input", str(country), *AT],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert answer(work, "SELECT count(*) FROM payments") in ([(2,)], [(3,)])
    assert run(["releases", "verify", "draft", "--workspace", str(work)])[0] == 0
    assert build(work, country)[0] == 0
    assert answer(work, "SELECT count(*) FROM payments") == [(3,)]


def test_two_frozen_releases_of_the_same_inputs_and_instant_are_the_same_bytes(tmp_path, country):
    sums = []
    for name in ("one", "two"):
        assert build(tmp_path / name, country)[0] == 0
        freeze = [sys.executable, "-m", "opencompact.cli", "releases", "build", "--workspace", str(tmp_path / name)]
        subprocess.run(freeze, check=True, stdout=subprocess.DEVNULL)  # a process of its own: Django knows one workspace at a time
        sums.append([(tmp_path / name / path).read_text() for path in ("releases/2034-07/checksums.txt", "lake/manifest.json")])
    assert sums[0] == sums[1]


def test_a_build_that_can_use_nothing_leaves_the_lake_as_it_was(work, country, tmp_path):
    assert build(work, country)[0] == 0
    before = state(work)
    (tmp_path / "zero.csv").touch()
    code, message = run(["build", "--workspace", str(work), "--input", str(tmp_path / "zero.csv"), *AT])
    assert (code, "found a file of no bytes" in message, "stand as they were" in message) == (3, True, True)
    assert state(work) == before


def test_nothing_changed_gives_the_same_lake(work, country):
    assert build(work, country)[0] == 0
    before = state(work)
    assert build(work, country)[0] == 0
    assert state(work) == before


def test_a_build_that_was_stopped_goes_on_where_it_was(work, country, monkeypatch):
    def stop(*args, **keywords):
        raise RuntimeError("stopped")

    with monkeypatch.context() as patch:
        patch.setattr("opencompact.publication.actions.make_draft", stop)
        assert build(work, country)[0] == 70
    with monkeypatch.context() as patch:
        for step in ("organisations.actions.identify", "records.actions.publishing.publish_money", "judgement.actions.judge", "publication.actions.entries"):
            patch.setattr(f"opencompact.{step}", stop)
        assert build(work, country) == (0, "")
    assert build(work.parent / "another", country) == (0, "")
    assert (work / "releases/draft/checksums.txt").read_bytes() == (work.parent / "another/releases/draft/checksums.txt").read_bytes()


@pytest.mark.parametrize("name", ["spend/2031-01.csv", "names.csv", "consultations.csv"])
def test_after_one_changed_file_the_bytes_are_those_of_a_build_from_nothing(work, country, name):
    assert build(work, country) == (0, "")
    path = country / name
    path.write_text(path.read_text().replace("Kettle", "Copper").replace("100.50", "90.25").replace("3/26/2010", "3/27/2010"))
    for workspace in (work, work.parent / "another"):
        assert build(workspace, country) == (0, "")
    assert (work / "releases/draft/checksums.txt").read_bytes() == (work.parent / "another/releases/draft/checksums.txt").read_bytes()


def test_reading_tells_files_megabytes_and_time_left_by_bytes():
    assert told_of(Step("a.csv", 0, 3, 0, 9_000_000), taken=0) == "Reading a.csv: 0 of 3 files, 0 of 9 MB"
    assert told_of(Step("b.csv", 1, 3, 3_000_000, 9_000_000), taken=600) == "Reading b.csv: 1 of 3 files, 3 of 9 MB, about 20 minutes left"
