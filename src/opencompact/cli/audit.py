"""`opencompact audit`: what was done in a workspace, and whether the record of it still holds."""

import json
import os
from pathlib import Path

import click

from opencompact.cli import FOUND_WRONG, Refused

WORKSPACE = click.option(
    "--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder of the lake and the releases."
)


@click.group()
def command() -> None:
    """What was done, by whom and why; append only and hash chained."""


@command.command("list")
@WORKSPACE
@click.option("--limit", default=50, show_default=True, help="How many, the latest first.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def list_events(workspace: Path, limit: int, as_json: bool) -> None:
    """The latest events, newest first."""
    open_trail(workspace)
    from opencompact.audit import queries

    found = queries.events(limit)
    if as_json:
        names = ("sequence", "by", "verb", "subject", "because", "hash")
        rows = [{**{name: getattr(event, name) for name in names}, "at": event.at.isoformat(), "detail": json.loads(event.detail)} for event in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for event in found:
        click.echo(f"{event.sequence}  {event.at:%Y-%m-%d %H:%M}  {event.by}: {event.verb} {event.subject}{f' ({event.because})' if event.because else ''}")
    if not found:
        click.echo("Nothing is recorded yet: a release that is frozen will be.")


@command.command("verify")
@WORKSPACE
@click.pass_context
def verify(ctx: click.Context, workspace: Path) -> None:
    """Whether any event was changed, removed, put elsewhere or cut off; exit code 1 if one was."""
    open_trail(workspace)
    from opencompact.audit import queries

    if broken := queries.verify():
        click.echo(f"BROKEN: event {broken.sequence} {broken.wrong}.")
        ctx.exit(FOUND_WRONG)
    held = queries.events(1)
    click.echo(f"OK: events held: {held[0].sequence if held else 0}, each as it was recorded.")


def open_trail(workspace: Path) -> None:
    """Start Django on the workspace's database, its tables made where they are not yet. Raises Refused where there is no workspace."""
    if not workspace.is_dir():
        raise Refused(f"There is no workspace {workspace}. Run `opencompact build --workspace {workspace}` first, or name another.")
    os.environ["OPENCOMPACT_WORKSPACE"] = str(workspace)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencompact.settings.common")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
