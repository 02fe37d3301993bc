"""A real browser over the site as it is served, with every kind of page to look at."""

import os
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings as site_settings
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import enable_socket
from tests.organisations import waiting
from tests.web.invented import build

from opencompact.cli._office.codes import code_now
from opencompact.organisations.actions import offering
from opencompact.web import showing

# Debian's Chromium, run as in a container: no sandbox of its own, nothing fetched in the background.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one file of tests: while it runs, Django takes the thread for one that must not ask a database."""
    enable_socket()
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("There is no Chromium on this machine; `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the invented country is served."""
    Path(site_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    before = site_settings.OPENCOMPACT_WORKSPACE
    site_settings.OPENCOMPACT_WORKSPACE = build(tmp_path_factory.mktemp("browsed"))
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    site_settings.OPENCOMPACT_WORKSPACE = before
    showing._open.clear()
    offering.forget()


@pytest.fixture(scope="session")
def office_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the invented office is served by a process of its own, as a host would."""
    enable_socket()
    workspace = build(tmp_path_factory.mktemp("office"))
    waiting.build(workspace / "lake")  # names that wait for a person; the release stands by itself
    opencompact = [sys.executable, "-m", "opencompact.cli"]
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("OPENCOMPACT_", "DJANGO_"))}
    subprocess.run([*opencompact, "office", "sample", "--workspace", str(workspace)], check=True, capture_output=True, env=mine)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*opencompact, "serve", "--workspace", str(workspace), "--port", str(port), "--no-open"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env=mine)  # fmt: skip
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def code() -> Callable[[str], str]:
    """The second factor's code of a role of the invented office."""
    return lambda role: code_now(role, at=datetime.now(UTC))
