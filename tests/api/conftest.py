"""The API over a small invented release, built once: a draft, and the same frozen."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from tests.web.invented import build

from opencompact.api import reading
from opencompact.publication import actions

FROZEN = "2032-03"
AT = datetime(2032, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """An empty folder of gathered static files, which whitenoise warns of where it is missing."""
    Path(site_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The workspace every test reads; readers are let go at the end, so that the engine closes before Python does."""
    yield build(tmp_path_factory.mktemp("api"))
    reading._open.clear()


@pytest.fixture
def own_workspace(tmp_path: Path, settings) -> Iterator[Path]:
    """A workspace that a test may change, with a frozen release beside the draft."""
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path)
    actions.freeze(tmp_path / "releases", number=FROZEN, at=AT, by="sample", because="", audit=lambda **_: None)
    yield tmp_path
    reading._open.clear()


@pytest.fixture
def api(workspace: Path, settings) -> Client:
    """A program that asks."""
    settings.OPENCOMPACT_WORKSPACE = workspace
    return Client()


@pytest.fixture
def ask(api: Client) -> Callable[..., Any]:
    """The JSON at an address below the API's root, once its status is as expected."""

    def asked(address: str, status: int = 200, **headers: str) -> Any:
        answer = api.get(address if address.startswith("/") else f"/api/v1/{address}", headers=headers)
        assert answer.status_code == status, answer.content
        return json.loads(answer.content)

    return asked
