"""`opencompact audit`: what was done in a workspace, and whether the record of it still holds."""

import json
from pathlib import Path

import click

from opencompact.cli import FOUND_WRONG
from opencompact.cli._opening import WORKSPACE, open_office


@click.group()
def command() -> None:
    """What was done, by whom and why; append only and hash chained."""


@command.command("list")
@WORKSPACE
@click.option("--limit", default=50, show_default=True, help="How many, the latest first.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def list_events(workspace: Path, limit: int, as_json: bool) -> None:
    """The latest events, newest first."""
    open_office(workspace)
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
    open_office(workspace)
    from opencompact.audit import queries

    if broken := queries.verify():
        click.echo(f"BROKEN: event {broken.sequence} {broken.wrong}.")
        ctx.exit(FOUND_WRONG)
    held = queries.events(1)
    click.echo(f"OK: events held: {held[0].sequence if held else 0}, each as it was recorded.")
