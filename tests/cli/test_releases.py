"""Releases from the command line."""

import json
import os
import subprocess
import sys

import pytest
from tests.lakes import small_lake
from tests.publication.releases import write_draft

from opencompact.audit.models import Event
from opencompact.cli import run
from opencompact.publication.actions.placing import write_checksums

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLE = "INVENTED SAMPLE COUNTRY: OpenCompact"


@pytest.fixture
def workspace(tmp_path, settings, monkeypatch):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    monkeypatch.setenv("OPENCOMPACT_WORKSPACE", str(tmp_path))
    return tmp_path


@pytest.fixture
def drafted(workspace):
    write_draft(workspace / "releases", small_lake(workspace / "lake"))
    return workspace


@pytest.fixture
def releases(workspace, capsys):
    def ask(*arguments):
        code, message = run(["releases", *arguments, "--workspace", str(workspace)])
        return code, capsys.readouterr().out, message

    return ask


def test_draft_is_frozen_listed_and_verified(drafted, releases):
    code, out, _ = releases("build", "--number", "2031-11", "--because", "a reason")
    assert (code, out.splitlines()[0]) == (0, f"{SAMPLE}, release 2031-11: 53 rows in 36 tables, in {drafted}/releases/2031-11.")
    assert releases("list")[1].splitlines() == [
        f"2031-11     computed as of 2031-11-22         53 rows  {SAMPLE}, release 2031-11",
        f"draft       computed as of 2031-11-22         53 rows  {SAMPLE}, draft release",
    ]
    assert releases("verify") == (0, "OK: release 2031-11.\n", "")
    assert releases("verify", "draft") == (0, "OK: release draft.\n", "")
    assert list(Event.objects.values_list("verb", "subject", "because")) == [("freeze release", "2031-11", "a reason")]


def test_number_is_this_month_where_none_is_given(drafted, releases):
    releases("build")
    releases("build")
    first, second = (row["number"] for row in json.loads(releases("list", "--json")[1])[:2])
    assert second == f"{first}.2"


def test_list_as_json(drafted, releases):
    assert json.loads(releases("list", "--json")[1]) == [
        {"number": "draft", "title": f"{SAMPLE}, draft release", "state": "draft", "at": "2031-11-22T09:30:00+00:00", "standing": "sample", "because": ""}
    ]


def test_no_release_yet(releases):
    assert releases("list")[1] == "There is no release yet: `opencompact build` makes a draft, and `opencompact releases build` freezes it.\n"
    for verb in ("build", "verify"):
        code, out, message = releases(verb)
        assert (code, out, message.split(". ")[1]) == (3, "", "Run `opencompact build` first.")


def test_number_that_exists_or_is_none_is_refused(drafted, releases):
    releases("build", "--number", "2031-11")
    assert releases("build", "--number", "2031-11")[0] == 3
    assert releases("build", "--number", "soon")[2].startswith("Release number: found 'soon'")


def test_each_file_that_differs_is_named(drafted, releases):
    (drafted / "releases" / "draft" / "tables" / "bodies.csv").unlink()
    (drafted / "releases" / "draft" / "mine").touch()
    assert releases("verify", "draft") == (
        1,
        "mine: is in the folder and not listed in checksums.txt.\n"
        "tables/bodies.csv: is listed in checksums.txt and missing from the folder.\nDIFFERS: release draft, 2 found.\n",
        "",
    )


def test_release_that_says_nothing_of_itself_is_refused(drafted, releases):
    (drafted / "releases" / "draft" / "release.json").write_text("{")
    assert releases("list")[2].startswith("release.json cannot be read")


def test_release_written_anew_differs_from_the_audit_trail(drafted, releases):
    (drafted / "opencompact.sqlite").touch()
    releases("build", "--number", "2031-11")
    assert releases("verify", "2031-11")[0] == 0
    assert releases("verify", "draft")[0] == 0
    (drafted / "releases" / "2031-11" / "CHANGES.md").write_text("Nothing to see.")
    write_checksums(drafted / "releases" / "2031-11")
    assert releases("verify", "2031-11")[:2] == (
        1,
        "checksums.txt: is not the list that the audit trail recorded when the release was frozen.\nDIFFERS: release 2031-11, 1 found.\n",
    )


def test_workspace_named_is_the_one_written(tmp_path):
    write_draft(tmp_path / "releases", small_lake(tmp_path / "lake"))
    environment = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "OPENCOMPACT_WORKSPACE")}

    def ask(*arguments):
        command = [sys.executable, "-m", "opencompact.cli", *arguments, "--workspace", tmp_path.name]
        return subprocess.run(command, cwd=tmp_path.parent, env=environment, capture_output=True, text=True, check=True).stdout

    ask("releases", "build", "--number", "2031-11")
    assert ask("audit", "verify") == "OK: events held: 1, each as it was recorded.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audit-head.txt", "lake", "opencompact.sqlite", "releases", "secret-key"]
