"""`opencompact ledger`: read a plan's tracker from its spreadsheet."""

from datetime import UTC, datetime
from pathlib import Path

import click

from opencompact.cli import Refused
from opencompact.cli._opening import WORKSPACE, open_office


@click.group()
def command() -> None:
    """Commitments and what became of them."""


@command.command("read")
@WORKSPACE
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--plan", required=True, help="The plan's short name, such as joint-action-plan-2031.")
@click.option("--on", "on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the tracker speaks of.")
def read(workspace: Path, file: Path, plan: str, on: datetime) -> None:
    """Read a tracker, one row for each action; rows that cannot be read are named, and the others stand."""
    open_office(workspace)
    from opencompact.accounts.rules import Grant, Viewer
    from opencompact.organisations.queries.office import body_names
    from opencompact.promises.actions.tracker import CannotReadTracker, read_tracker
    from opencompact.promises.queries.ledger import import_problems

    by = Viewer("at the machine", (Grant("central"),))
    try:
        done = read_tracker(file.read_bytes(), file=file.name, plan=plan, year_ends_on=on.date(), bodies=body_names(), by=by, at=datetime.now(UTC))
    except CannotReadTracker as refusal:
        raise Refused(str(refusal)) from refusal
    for each in import_problems(plan):
        click.echo(f"{each.file}, {each.sheet}, row {each.row}, {each.field}: found {each.found!r}; expected {each.expected}.")
    click.echo(f"{done.recorded} actions recorded, {done.known} known already, {done.troubles} cells not read. They stand at /ledger/plans/{plan}/")
