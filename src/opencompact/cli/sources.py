"""`opencompact sources`: the publications we can read, and what became of the files given."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

SHOWN = ("source_file", "source", "state", "rows_loaded", "rows_refused", "because")
WORKSPACE = click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder of the lake.")


@click.group()
def command() -> None:
    """Publications we can read, and the files read."""


@command.command("cards")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def cards(as_json: bool) -> None:
    """Every source card: what it reads and how a file of it is known."""
    from opencompact.registry import load_catalogue

    rows = [
        {name: getattr(card, name) for name in ("slug", "title", "standing", "table")}
        | {"known_by": ", ".join(card.recognise.columns or card.recognise.keys or card.recognise.fields)}
        for card in load_catalogue().sources.values()
    ]
    _show(rows, as_json=as_json)


@command.command("list")
@WORKSPACE
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def files(workspace: Path, as_json: bool) -> None:
    """Every file of the last build: what it was taken for, its rows, and why any was set aside."""
    from opencompact.lake import Lake
    from opencompact.records.queries import files as files_read
    from opencompact.registry import load_shapes

    rows = files_read(Lake(workspace / "lake", load_shapes()).connect())
    _show(rows if as_json else [{name: row[name] for name in SHOWN} for row in rows], as_json=as_json)


@command.command("propose")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--table", type=click.Choice(["payments", "grants", "consultations"]), help="What its rows are; told from its columns, if not given.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the source into, for `build --sources` or WORKSPACE/sources.")
def propose(file: Path, table: str | None, out: Path | None) -> None:
    """Propose how a file nobody has seen before would be read, and show ten rows and what would be refused."""
    from opencompact.cli import _proposing

    _proposing.propose(file, table=table or "", out=out)


@command.command("fetch")
@click.argument("slug")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day; the last day, if not given.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day; yesterday, if not given. Sources taken whole need no days.")
@click.option("--only", multiple=True, help="A part of the source: an org-id, a publisher, a table. Several may follow.")
@click.option("--root", default="", hidden=True, help="Another server that answers as the source does, to try it out.")
@WORKSPACE
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_context
def fetch(
    ctx: click.Context, slug: str, first: datetime | None, last: datetime | None, only: tuple[str, ...], root: str, workspace: Path, as_json: bool
) -> None:
    """Ask one live source for some days, and prove that everything came. Run it again to go on where it was stopped."""
    from opencompact.cli import _asking

    feed = _asking.feed_of(slug, root=root, only=only)
    today = datetime.now(UTC).date()
    until = today if feed.step == 0 else last.date() if last else today - timedelta(days=1)
    since = first.date() if first and feed.step else until
    if feed.step and not (feed.earliest or since) <= since <= until < today:
        begin = f"on {feed.earliest} or later, " if feed.earliest else ""
        raise click.UsageError(f"Found the days {since} to {until}; expected them {begin}in order, and before today: a day is asked for once it is over.")
    console = Console(stderr=True)
    with _asking.running(workspace, console) as run:
        rows = _asking.fetch(run, slug, feed, first=since, last=until)
    _told(ctx, console, rows, workspace=workspace, as_json=as_json)


@command.command("harvest")
@WORKSPACE
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_context
def harvest(ctx: click.Context, workspace: Path, as_json: bool) -> None:
    """Ask every live source for what is due: new days, days with gaps, lists whose time has come."""
    from opencompact.cli import _asking

    console = Console(stderr=True)
    rows = []
    with _asking.running(workspace, console) as run:
        for slug, feed in _asking.feeds_to_harvest():
            rows.extend(_asking.harvest(run, slug, feed))
    _told(ctx, console, rows, workspace=workspace, as_json=as_json)


def _told(ctx: click.Context, console: Console, rows: list[Any], *, workspace: Path, as_json: bool) -> None:
    from opencompact.cli import FOUND_WRONG, _asking

    if as_json:
        _show([dict(row) for row in rows], as_json=True)
    else:
        _asking.show(console, rows, workspace=workspace)
    if any(row["state"] in _asking.NOT_WHOLE for row in rows):
        ctx.exit(FOUND_WRONG)


def _show(rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    table = Table(*(Column(name, overflow="fold") for name in (rows[0] if rows else ["nothing"])), box=None, header_style="dim")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)
