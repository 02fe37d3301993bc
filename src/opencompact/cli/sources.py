"""`opencompact sources`: the publications we can read, and what became of the files given."""

import json
from pathlib import Path

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
        {name: getattr(card, name) for name in ("slug", "title", "standing", "table")} | {"known_by": ", ".join(card.recognise.columns or card.recognise.keys)}
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


def _show(rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    table = Table(*(Column(name, overflow="fold") for name in (rows[0] if rows else ["nothing"])), box=None, header_style="dim")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)
