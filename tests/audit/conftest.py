"""A workspace of its own for each test, so that the head files stay apart."""

import pytest


@pytest.fixture(autouse=True)
def workspace(tmp_path, settings):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    return tmp_path
