"""Opening the office of a workspace: its database, and its tables brought up to this version."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from opencompact.cli import Refused

WORKSPACE = click.option(
    "--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder of the lake and the releases."
)


def open_office(workspace: Path) -> None:
    """Start Django on the workspace's database, its tables made where they are not yet. Raises Refused where there is no workspace."""
    if not workspace.is_dir():
        raise Refused(f"There is no workspace {workspace}. Run `opencompact build --workspace {workspace}` first, or name another.")
    os.environ["OPENCOMPACT_WORKSPACE"] = str(workspace.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencompact.settings.web")
    import django
    from django.core.management import call_command
    from django.db import OperationalError

    django.setup()
    try:
        call_command("migrate", verbosity=0)
    except OperationalError as refusal:
        raise Refused(f"The office's database does not open: {str(refusal).strip()}. Check OPENCOMPACT_DATABASE, or leave it out to use SQLite.") from refusal


def has_office(workspace: Path) -> bool:
    """Whether the workspace has an office's database to take public rows from."""
    return bool(os.environ.get("OPENCOMPACT_DATABASE")) or (workspace / "opencompact.sqlite").is_file()


def signed_verdicts(workspace: Path, *, at: datetime) -> list[dict[str, Any]]:
    """Rows of the table `judged_verdicts` from the workspace's office; none where it has no office. Raises Refused."""
    if not has_office(workspace):
        return []
    open_office(workspace)
    from opencompact.judgement.queries.verdicts import for_release

    return for_release(at=at)


def name_decisions(workspace: Path, *, at: datetime) -> list[dict[str, Any]]:
    """Rows of the table `name_decisions` from the workspace's office; none where it has no office. Raises Refused."""
    if not has_office(workspace):
        return []
    open_office(workspace)
    from opencompact.organisations.queries.decisions import for_build

    return for_build(at=at)


def name_disputes(workspace: Path, *, at: datetime) -> list[dict[str, Any]]:
    """Rows of the table `name_disputes` from the workspace's office; none where it has no office. Raises Refused."""
    if not has_office(workspace):
        return []
    open_office(workspace)
    from opencompact.organisations.queries.decisions import disputes_for_build

    return disputes_for_build(at=at)
