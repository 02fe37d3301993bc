"""A site over a small invented release, built once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.web.invented import tables

from opencompact import __version__
from opencompact.lake import Lake
from opencompact.publication import actions
from opencompact.registry import load_catalogue, load_shapes

AT = datetime(2032, 3, 4, 9, tzinfo=UTC)


def build(workspace: Path, **given: object) -> Path:
    """A workspace with a draft release of the invented country."""
    lake = Lake(workspace / "lake", load_shapes())
    with lake.change() as change:
        for table, rows in tables(**given).items():
            change.put_rows(table, rows)
        actions.entries(change)
    actions.draft(lake, folder=workspace / "releases", at=AT, version=__version__, catalogue=load_catalogue())
    return workspace


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace every page test reads."""
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(workspace: Path, settings) -> Client:
    """A reader of the site."""
    settings.OPENCOMPACT_WORKSPACE = workspace
    return Client()
