"""A real browser over the site as it is served, with every kind of page to look at."""

import shutil
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings as site_settings
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import enable_socket
from tests.web.invented import build

from opencompact.organisations.actions import offering
from opencompact.web import showing

# Debian's Chromium, run as in a container: no sandbox of its own, nothing fetched in the background.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    enable_socket()
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("There is no Chromium on this machine; `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
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
