"""`opencompact indicators`: what is measured, how, and what came of it."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from opencompact.cli import Refused

WORKSPACE = click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder of the lake.")


@click.group()
def command() -> None:
    """What is measured, how, and what came of it."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def cards(as_json: bool) -> None:
    """Every indicator and the question it answers."""
    from opencompact.registry import load_catalogue

    rows = [{"indicator": card.slug, "question": card.question, "unit": card.unit} for card in load_catalogue().indicators.values()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("indicator", "question", "unit", box=None, header_style="dim")
    for row in rows:
        table.add_row(*row.values())
    Console().print(table)


@command.command("explain")
@click.argument("indicator")
@WORKSPACE
@click.option("--body", default="all", show_default=True, help="Body to show, by its slug.")
def explain(indicator: str, workspace: Path, body: str) -> None:
    """How an indicator is measured, and its values for one body."""
    from opencompact.judgement.queries import measure_series
    from opencompact.lake import Lake
    from opencompact.registry import load_catalogue, load_shapes

    cards = load_catalogue().indicators
    if indicator not in cards:
        raise Refused(f"There is no indicator {indicator}. Known: {', '.join(sorted(cards))}.")
    card, console = cards[indicator], Console()
    console.print(f"[bold]{card.title}[/]\n{card.question}\n{card.why_it_matters}\nCounted over: {card.population}")
    console.print(Syntax(card.sql, "sql"))
    table = Table("period", "value", "interval", "n", "coverage", "why missing", box=None, header_style="dim")
    con = Lake(workspace / "lake", load_shapes()).connect()
    for kind in ("all", "year", "financial_year", "quarter"):
        for row in measure_series(con, indicator=indicator, body=body, kind=kind):
            interval = f"{row['low']:g} to {row['high']:g}" if row["low"] is not None else ""
            value = "" if row["value"] is None else f"{row['value']:g}"
            table.add_row(row["period"], value, interval, str(row["n"]), _share(row["coverage"]), row["why_missing"] or "")
    console.print(table)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"
