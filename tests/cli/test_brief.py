"""The command that writes the quarter's brief, as its own process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader


def opencompact(*arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "OPENCOMPACT_WORKSPACE", "OPENCOMPACT_DATABASE")}
    return subprocess.run([sys.executable, "-m", "opencompact.cli", *arguments], env=kept, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def test_brief_is_written_for_the_quarter_asked_for(workspace: Path) -> None:
    out = workspace / "brief.pdf"
    done = opencompact("brief", "--workspace", str(workspace), "--quarter", "2031-Q2", "--at", "2031-07-01", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, f"{out}: 1 April 2031 to 30 June 2031; 0 kept, 0 slipped, 0 overdue.\n")
    reader = PdfReader(out)
    assert (reader.metadata.title, len(reader.pages)) == ("The quarter's brief, 2031-Q2", 1)
    assert "No release" not in reader.pages[0].extract_text()
    assert "The record held here gives no figure for this quarter." in reader.pages[0].extract_text()


def test_brief_without_a_quarter_is_of_the_one_that_runs(workspace: Path) -> None:
    done = opencompact("brief", "--workspace", str(workspace), "--at", "2031-05-06T09:30:00Z", "--out", str(workspace / "now.pdf"))
    assert done.stdout == f"{workspace / 'now.pdf'}: 1 April 2031 to 6 May 2031; 0 kept, 0 slipped, 0 overdue.\n"


def test_what_cannot_be_is_refused_in_words(workspace: Path) -> None:
    bad = opencompact("brief", "--workspace", str(workspace), "--quarter", "spring", "--out", str(workspace / "x.pdf"))
    assert (bad.returncode != 0, bad.stderr) == (True, "Found the quarter 'spring'; expected one such as 2031-Q2.\n")
    nowhere = opencompact("brief", "--workspace", str(workspace), "--out", str(workspace / "none" / "x.pdf"))
    assert "No such file or directory. Name a folder that is there and can be written." in nowhere.stderr
    assert list(workspace.glob("x.pdf")) == []
