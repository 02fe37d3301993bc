"""Settings of every door: the workspace, its database and the applications with tables."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

OPENCOMPACT_WORKSPACE = Path(os.environ.get("OPENCOMPACT_WORKSPACE", "workspace")).absolute()

# The release the site shows: a number, or empty for the draft.
OPENCOMPACT_RELEASE = os.environ.get("OPENCOMPACT_RELEASE", "")


def databases(workspace: Path, address: str = "") -> dict[str, dict[str, Any]]:
    """The database of a workspace: the one at `address` (`postgresql://…`), else SQLite beside the lake.

    SQLite begins its transactions as writers, so that two never find the same last event.
    """
    if address:
        return {"default": dict(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))}
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": workspace / "opencompact.sqlite", "OPTIONS": options}}


DATABASES = databases(OPENCOMPACT_WORKSPACE, os.environ.get("OPENCOMPACT_DATABASE", ""))
OFFICE = [
    "opencompact.audit",
    "opencompact.accounts",
    "opencompact.asking",
    "opencompact.organisations",
    "opencompact.promises",
    "opencompact.convening",
    "opencompact.judgement",
]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "allauth", "allauth.account", "allauth.mfa", *OFFICE]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # allauth refuses to start without it
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
