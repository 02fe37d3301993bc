"""`opencompact organisations`: who an organisation was on a day, and who the names of a file are."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

from opencompact.cli import BAD_INPUT, Refused
from opencompact.cli._engine import DUCKDB, ENGINE, workers

WORKSPACE = click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder of the lake.")


@click.group()
def command() -> None:
    """Who is who: registers, names, numbers and what became of them."""


@command.command("show")
@click.argument("organisation_id")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day meant, as 2014-03-31; today, if not given.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@WORKSPACE
def show(organisation_id: str, day: datetime | None, as_json: bool, workspace: Path) -> None:
    """Who an organisation was on a day: names, status, accounts, parents, other numbers, and what it became."""
    from opencompact.lake import Lake
    from opencompact.organisations.queries import as_of
    from opencompact.organisations.rules.history import lines_sql
    from opencompact.registry import load_catalogue, load_shapes

    on = (day or datetime.now(UTC)).date()
    con = Lake(workspace / "lake", load_shapes()).connect()
    standings = [standing for (standing,) in con.execute("SELECT DISTINCT standing FROM register_names WHERE standing <> 'example'").fetchall()]
    bands = load_catalogue().vocabularies["size-bands"].terms
    found = as_of(con, organisation_id, on=on, bands=bands, lines=lines_sql(standings[0] if standings else "real"))
    if not found["is_held"]:
        raise Refused(f"No register held in {workspace} tells of {organisation_id}. Give an org-id as GB-CHC-1234567, and build with the registers first.")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return
    _tell(Console(), found)


@command.command("match")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", required=True, help="Column of FILE with the names to match.")
@click.option("--postcode", help="Column of FILE with postcodes.")
@click.option("--context", multiple=True, help="Column of FILE that says what was paid for, or where; may be given several times.")
@click.option("--identifier", help="Column of FILE with charity numbers, company numbers or org-ids; a number on the register decides before the name.")
@click.option(
    "--register",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of names to match against: org_id, name, and if known postcode, kind, status, parent, same_as.",
)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of a lake, to match against the organisations of its release by what people decided about names; instead of --register.",
)
@click.option(
    "--decisions",
    "decided",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With --register: CSV of decisions about names, as `decisions export` writes it. They settle their names, and teach how likely others are.",
)
@click.option("--body", default="", help="With --workspace or --decisions: the body that pays, for what was decided for it alone.")
@click.option("--vendor", help="With --body: column of FILE with the body's own vendor numbers.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where to write FILE with the matches beside each row.")
@click.option(
    "--by",
    type=click.Choice(["opencompact", "splink"]),
    default="opencompact",
    show_default=True,
    help="What compares the names. Splink needs the extra `splink` and --register, and heeds names and numbers alone.",
)
@ENGINE
def match(
    file: Path,
    name: str,
    postcode: str | None,
    context: tuple[str, ...],
    identifier: str | None,
    register: Path | None,
    workspace: Path | None,
    decided: Path | None,
    body: str,
    vendor: str | None,
    out: Path,
    by: str,
    engine: str,
) -> None:
    """Find who each name of FILE is on a register: accepted, for a person to review, or none; each with its probability and why."""
    from opencompact.cli._matching import Columns, match_file, match_file_by_splink, match_to_release

    columns = Columns(name, postcode, context, identifier, vendor)
    if by == "splink":
        if not register or workspace or decided or body or vendor or postcode or context or engine != DUCKDB:
            raise click.UsageError("With --by splink give --register, and of the other columns --identifier alone: Splink compares names, on this machine.")
        done = match_file_by_splink(file, columns=columns, register=register, out=out)
    elif workspace and not register and not decided:
        done = match_to_release(file, columns=columns, body=body, workspace=workspace, out=out)
    elif register and not workspace and (decided or not (body or vendor)):
        with workers(engine) as cluster:
            done = match_file(file, columns=columns, register=register, out=out, cluster=cluster, decided=decided, body=body)
    else:
        raise click.UsageError("Give --register with or without --decisions, or --workspace; with --workspace or --decisions --body and --vendor too.")
    counts, total = done.counts, sum(done.counts.values())
    click.echo(f"Of {total:,} rows {counts['accepted']:,} accepted, {counts['review']:,} for review, {counts['none']:,} not identified. Written to {out}.")
    if done.learned.decisions:
        click.echo(done.taught)
    elif decided:
        click.echo(f"No decision of {decided} taught anything: of the names decided, none is compared with this register by likeness alone.")


@command.group("decisions")
def decisions() -> None:
    """What people decided about names: as a file, to keep and to share."""


@decisions.command("export")
@WORKSPACE
@click.option("--body", help="Only decisions that hold for this body or for every body.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where to write the CSV.")
def export_decisions(workspace: Path, body: str | None, out: Path) -> None:
    """Write every decision in force to a CSV file."""
    from opencompact.cli._deciding import write_decisions

    click.echo(f"{write_decisions(workspace, body=body, out=out):,} decisions written to {out}.")


@decisions.command("import")
@WORKSPACE
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def import_decisions(ctx: click.Context, workspace: Path, file: Path) -> None:
    """Take the decisions of FILE; what stands already is left, and cells that cannot be taken are named."""
    from opencompact.cli._deciding import read_decisions

    came = read_decisions(workspace, file, at=datetime.now(UTC))
    for trouble in came.troubles:
        click.echo(str(trouble))
    click.echo(f"{came.made:,} decisions made, {came.known:,} stood already, {len(came.troubles):,} cells not taken. They hold from the next build.")
    if came.troubles:
        ctx.exit(BAD_INPUT)


@command.command("vendors")
@WORKSPACE
@click.argument("body")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where to write the CSV.")
def vendors(workspace: Path, body: str, out: Path) -> None:
    """Write the vendor numbers of BODY that are not settled, with who each may be, as a file to fill in and import."""
    from opencompact.cli._deciding import write_vendors

    new, all_of = write_vendors(workspace, body=body, out=out)
    click.echo(
        f"Of {all_of:,} vendor numbers of {body}, {new:,} are not settled; written to {out}. Fill in outcome, organisation_id and because, then import it."
    )


def _tell(console: Console, found: dict[str, Any]) -> None:
    console.print(f"[bold]{found['organisation_id']}[/] on {found['on']}: {found['status'].replace('_', ' ')}")
    table = Table(*(Column(name, overflow="fold") for name in ("what", "told", "from", "to", "file", "row")), box=None, header_style="dim")
    for what, lines in (
        ("name", found["names"]),
        ("name at some time", found["undated_names"]),
        ("parent", found["parents"]),
        ("also", found["twins"]),
        ("became", found["successors"]),
    ):
        for line in lines:
            table.add_row(what, _told(line), _day(line["from_on"]), _day(line["to_on"]), line["source_file"], str(line["source_row"]))
    accounts = found["accounts"]
    if accounts:
        told = f"£{accounts['income']:,.2f} ({found['band']})"
        table.add_row("income", told, _day(accounts["from_on"]), _day(accounts["to_on"]), accounts["source_file"], str(accounts["source_row"]))
    console.print(table)
    if not accounts:
        console.print("No accounts of that year are held.")


def _told(line: dict[str, Any]) -> str:
    return ", ".join(part for part in (line["told"], line["other_id"]) if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
