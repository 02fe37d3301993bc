"""Signed verdicts on their way into a build."""

from datetime import UTC, datetime
from pathlib import Path

from opencompact.cli._opening import signed_verdicts


def test_workspace_without_an_office_has_no_signed_verdict(tmp_path: Path) -> None:
    assert signed_verdicts(tmp_path, at=datetime.now(UTC)) == []
