"""A releases folder that holds a draft of the small sample lake."""

from pathlib import Path

import pytest

from tests.lakes import small_lake
from tests.publication.releases import write_draft


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    write_draft(tmp_path / "releases", small_lake(tmp_path / "lake"))
    return tmp_path / "releases"
