"""`opencompact indicators`: what is measured, how, and what came of it."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from opencompact.cli import FOUND_WRONG, Refused
from opencompact.cli._engine import ENGINE, engine_of, workers

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


@command.command("measure")
@click.argument("indicators", nargs=-1)
@WORKSPACE
@ENGINE
@click.option("--json", "as_json", is_flag=True, help="Every figure, as a JSON array.")
@click.pass_context
def measure(ctx: click.Context, indicators: tuple[str, ...], workspace: Path, engine: str, as_json: bool) -> None:
    """Measure INDICATORS (all, if none is named) anew over the lake as it stands, and hold them against the figures it has. Writes nothing.

    Exit code 1 where a figure differs from the lake's.
    """
    from opencompact.judgement.actions import measures
    from opencompact.judgement.queries import rows
    from opencompact.judgement.rules.measuring import BadMeasure
    from opencompact.lake import Lake
    from opencompact.registry import load_catalogue, load_shapes

    cards = load_catalogue().indicators
    if unknown := [name for name in indicators if name not in cards]:
        raise Refused(f"There is no indicator {', '.join(unknown)}. Known: {', '.join(sorted(cards))}.")
    lake, asked = Lake(workspace / "lake", load_shapes()), [cards[name] for name in indicators or cards]
    stored = rows(lake.connect(), "SELECT * FROM measures")
    try:
        with workers(engine) as cluster:
            found = list(measures(lake, cards=asked, engine=engine_of(cluster)))
    except BadMeasure as refusal:
        raise Refused(str(refusal)) from refusal
    told = [_told(found, stored, card.slug) for card in asked]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        table = Table("indicator", "figures", "without a value", "other than the lake's", box=None, header_style="dim")
        for row in told:
            table.add_row(*(cell if isinstance(cell, str) else f"{cell:,}" for cell in row))
        Console().print(table)
    if any(differ for *_, differ in told):
        ctx.exit(FOUND_WRONG)


def _told(found: list[dict[str, Any]], stored: list[dict[str, Any]], indicator: str) -> tuple[str, int, int, int]:
    """The indicator, its figures, those without a value, and how many are other than in the lake, or stand in only one of the two."""
    ours, theirs = ({(row["body"], row["period"]): row for row in each if row["indicator"] == indicator} for each in (found, stored))
    differ = sum(ours.get(place) != theirs.get(place) for place in ours.keys() | theirs.keys())
    return indicator, len(ours), sum(row["value"] is None for row in ours.values()), differ


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"
