"""Settings of every door: the workspace, its database and the applications with tables."""

import os
from pathlib import Path
from typing import Any

OPENCOMPACT_WORKSPACE = Path(os.environ.get("OPENCOMPACT_WORKSPACE", "workspace")).absolute()

# The release the site shows: a number, or empty for the draft.
OPENCOMPACT_RELEASE = os.environ.get("OPENCOMPACT_RELEASE", "")


def databases(workspace: Path) -> dict[str, dict[str, Any]]:
    """The database of a workspace: SQLite, its transactions begun as writers, so that two never find the same last event."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": workspace / "opencompact.sqlite", "OPTIONS": options}}


DATABASES = databases(OPENCOMPACT_WORKSPACE)
INSTALLED_APPS = ["opencompact.audit"]
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
