"""A site over a small invented release, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.test import Client
from tests.web.invented import build

from opencompact.web import showing


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """An empty folder of gathered static files, which whitenoise warns of where it is missing."""
    Path(site_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The workspace every page test reads; the reader is let go at the end, so that the engine closes before Python does."""
    yield build(tmp_path_factory.mktemp("site"))
    showing._open.clear()


@pytest.fixture
def site(workspace: Path, settings) -> Client:
    """A reader of the site."""
    settings.OPENCOMPACT_WORKSPACE = workspace
    cache.clear()
    return Client()
