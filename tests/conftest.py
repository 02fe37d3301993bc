"""What every test stands on: no socket beyond this machine, and properties tried the same way every time."""

import hypothesis
import pytest
from pytest_socket import socket_allow_hosts

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("verification") is None:
        socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that call live sources run only when asked for: `pytest -m verification`."""
    if "verification" not in config.getoption("markexpr"):
        skip = pytest.mark.skip(reason="calls a live source; run with -m verification")
        for item in items:
            if item.get_closest_marker("verification"):
                item.add_marker(skip)
