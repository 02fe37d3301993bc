"""Opening the office of a workspace: its database, and its tables brought up to this version."""

import os
from pathlib import Path

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
