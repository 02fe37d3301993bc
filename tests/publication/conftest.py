"""A releases folder that holds a draft of the small sample lake."""

import shutil
from pathlib import Path

import pytest
from tests.lakes import small_lake
from tests.publication.releases import write_draft


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafted")
    write_draft(folder / "releases", small_lake(folder / "lake"))
    return folder / "releases"


@pytest.fixture
def releases(tmp_path: Path, drafted: Path) -> Path:
    return shutil.copytree(drafted, tmp_path / "releases")
