"""The command that serves the site."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.lakes import small_lake
from tests.publication.releases import write_draft

from opencompact.cli import Refused, run, serve


@pytest.fixture
def workspace(tmp_path):
    write_draft(tmp_path / "releases", small_lake(tmp_path / "lake"))
    return tmp_path


@pytest.fixture
def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def test_serve_workspace_without_a_release_says_what_to_run(tmp_path) -> None:
    code, message = run(["serve", "--workspace", str(tmp_path), "--no-open"])
    assert (code, message) == (3, f"{tmp_path}/releases holds no draft release. Run `opencompact build` first.")


def test_serve_unknown_release_is_refused(workspace) -> None:
    code, message = run(["serve", "--workspace", str(workspace), "--release", "2031-01", "--no-open"])
    assert (code, "There is no release 2031-01" in message) == (3, True)


def test_serve_broken_release_is_refused(workspace) -> None:
    (workspace / "releases" / "draft" / "release.json").write_text("{")
    code, message = run(["serve", "--workspace", str(workspace), "--no-open"])
    assert (code, "release.json cannot be read" in message) == (3, True)


def test_check_port_that_is_taken_names_another(free_port) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        with pytest.raises(Refused, match=f"Another program may hold it. Try `--port {free_port + 1}`"):
            serve.check_port("127.0.0.1", free_port)


def test_check_port_that_is_free_is_accepted(free_port) -> None:
    serve.check_port("127.0.0.1", free_port)


@pytest.mark.parametrize(("variable", "expected"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("", False)])
def test_has_display_only_where_one_is_named(monkeypatch, variable: str, expected: bool) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, ":0")
    assert serve.has_display() == expected


@pytest.fixture
def served(monkeypatch, workspace, free_port, capsys):
    """Everything up to the server itself, and what it would have been started with."""
    started: list[tuple[str, int]] = []
    opened: list[str] = []
    monkeypatch.setattr(serve, "serve", lambda host, port: started.append((host, port)))
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    for name in ("OPENCOMPACT_WORKSPACE", "OPENCOMPACT_RELEASE", "OPENCOMPACT_HOSTS", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)

    def ask(*arguments):
        code, message = run(["serve", "--workspace", str(workspace), "--port", str(free_port), *arguments])
        time.sleep(1.2)
        return code, message, capsys.readouterr().out, started, opened

    return ask


@pytest.mark.django_db(transaction=True)
def test_serve_names_workspace_release_and_hosts(served, workspace, free_port) -> None:
    code, message, said, started, opened = served("--release", "draft", "--host", "0.0.0.0")
    assert (code, message, started, opened) == (0, "", [("0.0.0.0", free_port)], [])
    assert said == f"OpenCompact is at http://localhost:{free_port}/\nPress Ctrl+C to stop.\n"
    assert [os.environ[name] for name in ("OPENCOMPACT_WORKSPACE", "OPENCOMPACT_RELEASE", "OPENCOMPACT_HOSTS")] == [
        str(workspace),
        "draft",
        "localhost,127.0.0.1,[::1],*",
    ]


@pytest.mark.django_db(transaction=True)
def test_serve_opens_the_browser_when_asked(served, free_port) -> None:
    assert served("--open")[-1] == [f"http://localhost:{free_port}/"]


def _answer(address: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return "no answer"


def test_serve_shows_the_release(workspace, free_port) -> None:
    program = shutil.which("opencompact", path=str(Path(sys.executable).parent)) or "opencompact"
    command = [program, "serve", "--workspace", str(workspace), "--port", str(free_port), "--no-open"]
    own = {name: given for name, given in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "OPENCOMPACT_WORKSPACE")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=own) as site:
        try:
            page = _answer(f"http://127.0.0.1:{free_port}/")
            look = _answer(f"http://127.0.0.1:{free_port}/static/opencompact.css")
        finally:
            site.terminate()
        said = site.stdout.read() if site.stdout else ""
    assert ("Is the Compact being kept?" in page, "--calm" in look) == (True, True)
    assert said.startswith(f"OpenCompact is at http://localhost:{free_port}/\n")
    assert "Warning" not in said
