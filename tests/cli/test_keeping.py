"""The office kept in one file while others write, and brought back whole."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.postgresql import cluster

from opencompact.cli import _keeping

WRITER = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from opencompact.audit.actions import record
for number in range(int(sys.argv[1])):
    record(verb="try", subject=f"thing/{number}", by="sample", at=datetime(2031, 5, 6, tzinfo=UTC), because="", detail={})
    print(number, flush=True)
"""


def opencompact(*arguments: str, address: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "opencompact.cli", *arguments]
    return subprocess.run(command, env=environment(address=address), capture_output=True, text=True, check=False)


def environment(workspace: Path | None = None, address: str = "") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "OPENCOMPACT_WORKSPACE", "OPENCOMPACT_DATABASE")}
    given = {"OPENCOMPACT_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "opencompact.settings.web"} if workspace else {}
    return {**kept, **given, **({"OPENCOMPACT_DATABASE": address} if address else {})}


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request):
    if request.param == "sqlite":
        yield ""
        return
    with cluster() as found:
        yield found


def test_copy_made_while_others_write_loses_nothing_recorded_before_it(tmp_path, address):
    workspace, again, file = tmp_path / "office", tmp_path / "again", tmp_path / "kept.tar.gz"
    (workspace / "evidence").mkdir(parents=True)
    (workspace / "evidence" / "sample.txt").write_text("invented evidence", encoding="utf-8")
    assert opencompact("audit", "verify", "--workspace", str(workspace), address=address).returncode == 0
    with subprocess.Popen([sys.executable, "-c", WRITER, "100000"], env=environment(workspace, address), stdout=subprocess.PIPE, text=True) as writer:
        for _ in range(20):
            before = int(writer.stdout.readline())
        done = opencompact("office", "backup", str(file), "--workspace", str(workspace), address=address)
        writer.kill()
    assert (done.returncode, done.stderr) == (0, "")
    if address:  # a database of its own for the copy
        with cluster() as other:
            _check_brought_back(again, file, before, address=other)
    else:
        _check_brought_back(again, file, before, address="")


def _check_brought_back(again: Path, file: Path, before: int, *, address: str) -> None:
    back = opencompact("office", "restore", str(file), "--workspace", str(again), address=address)
    assert (back.returncode, back.stderr) == (0, "")
    verified = opencompact("audit", "verify", "--workspace", str(again), address=address)
    assert verified.stdout.startswith("OK: events held: ")
    assert int(verified.stdout.split()[3].rstrip(",").replace(",", "")) >= before + 1
    assert (again / "evidence" / "sample.txt").read_text(encoding="utf-8") == "invented evidence"
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_brought_over_an_office_that_stands(tmp_path):
    (tmp_path / "office").mkdir()
    assert opencompact("audit", "verify", "--workspace", str(tmp_path / "office")).returncode == 0
    assert opencompact("office", "backup", str(tmp_path / "kept"), "--workspace", str(tmp_path / "office")).returncode == 0
    refused = opencompact("office", "restore", str(tmp_path / "kept"), "--workspace", str(tmp_path / "office"))
    assert (refused.returncode, refused.stderr) == (
        3,
        f"{tmp_path / 'office'} has an office already. Name an empty folder, or move opencompact.sqlite away first.\n",
    )


def test_a_file_cut_short_or_of_another_database_is_refused_and_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "office").mkdir()
    sqlite3.connect(tmp_path / "office" / "opencompact.sqlite").execute("CREATE TABLE audit_event (sequence, hash)").connection.close()
    from datetime import UTC, datetime

    kept = _keeping.keep(tmp_path / "office", tmp_path / "kept", at=datetime(2031, 5, 6, tzinfo=UTC))
    assert (kept.events, kept.files) == (0, 0)
    whole = (tmp_path / "kept").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(_keeping.CannotKeep, match="is not a whole copy of an office"):
        _keeping.bring_back(tmp_path / "again", tmp_path / "cut")
    monkeypatch.setenv("OPENCOMPACT_DATABASE", "postgresql://nobody@sample.invalid/none")
    with pytest.raises(_keeping.CannotKeep, match=r"was kept from SQLite: leave OPENCOMPACT_DATABASE out\.$"):
        _keeping.bring_back(tmp_path / "again", tmp_path / "kept")
    assert list((tmp_path / "again").iterdir()) == []


def test_postgresql_that_is_not_there_is_said_in_a_sentence(tmp_path, monkeypatch):
    with pytest.raises(_keeping.CannotKeep, match=r"^pg_restore ended with: "):
        _keeping._run("pg_restore", str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(_keeping.CannotKeep, match=r"^There is no pg_dump on this machine"):
        _keeping._run("pg_dump")
    assert shutil.which("pg_dump") is None


def test_every_name_in_a_copy_is_a_plain_one(tmp_path):
    with tarfile.open(tmp_path / "crafted", "w:gz") as archive:
        _keeping._add(archive, "../outside", b"x")
    with pytest.raises(_keeping.CannotKeep, match="is not a whole copy"):
        _keeping.bring_back(tmp_path / "again", tmp_path / "crafted")
    assert not (tmp_path / "outside").exists()


def test_a_link_in_a_copy_is_refused(tmp_path):
    with tarfile.open(tmp_path / "crafted", "w:gz") as archive:
        link = tarfile.TarInfo("evidence")
        link.type, link.linkname = tarfile.SYMTYPE, "/"
        archive.addfile(link)
    with pytest.raises(_keeping.CannotKeep, match="found the entry 'evidence'; expected files within the copy alone"):
        _keeping.bring_back(tmp_path / "again", tmp_path / "crafted")
