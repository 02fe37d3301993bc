"""`opencompact build`: from files to a draft release, in one run."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from functools import reduce
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from time import monotonic
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from opencompact import __version__
from opencompact.cli import BAD_INPUT, Refused
from opencompact.cli._engine import ENGINE, engine_of, workers
from opencompact.cli._opening import name_decisions, name_disputes, signed_verdicts
from opencompact.cli._pace import Step, in_words, run_steps

FOLDER = click.Path(path_type=Path, file_okay=False)
INSTANT = click.DateTime(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"])
SHOWN = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())


@click.command()
@click.option("--workspace", type=FOLDER, default="workspace", show_default=True, help="Folder for the lake and the releases.")
@click.option("--input", "inputs", type=click.Path(path_type=Path), multiple=True, help="A file or folder to read; several may follow.")
@click.argument("more", type=click.Path(path_type=Path), nargs=-1)
@click.option("--at", type=INSTANT, help="The instant this is computed as of; now, if not given. Same files, version and instant: same bytes.")
@click.option("--sources", type=FOLDER, help="A folder of your own source cards, as `opencompact sources propose` writes them. WORKSPACE/sources is read too.")
@click.option("--because", default="", help="Why figures changed since the release before, for the change note.")
@ENGINE
@click.pass_context
def command(
    ctx: click.Context, workspace: Path, inputs: tuple[Path, ...], more: tuple[Path, ...], at: datetime | None, sources: Path | None, because: str, engine: str
) -> None:
    """Read public files, test the promises against them, and make a draft release."""
    from opencompact.judgement.rules.measuring import BadMeasure
    from opencompact.publication.actions import MayNotPublish
    from opencompact.records.actions.reading import NoInput, find_inputs
    from opencompact.records.rules.inputs import MixedStandings
    from opencompact.registry import BadCard

    console = Console(stderr=True)
    moment = (at or datetime.now(UTC)).replace(tzinfo=UTC, microsecond=0)
    if not (inputs or more):
        raise click.UsageError("Say what to read: --input FILE-OR-FOLDER. To try it first: opencompact sample --out country.")
    try:
        given = find_inputs([*inputs, *more])
        with workers(engine) as cluster, Progress(*SHOWN, console=console, transient=True) as progress:
            summary = build(workspace, given, at=moment, because=because, progress=progress, sources=sources, engine=engine_of(cluster))
    except (BadCard, NoInput, MixedStandings, BadMeasure, MayNotPublish) as refusal:
        raise Refused(str(refusal)) from refusal
    show(console, workspace, summary)
    if summary["refused"]:
        ctx.exit(BAD_INPUT)


def build(
    workspace: Path, given: list[Any], *, at: datetime, because: str, progress: Progress, sources: Path | None = None, engine: Any = None
) -> dict[str, Any]:
    """Run the pipeline and say what came of it; the lake changes only when every step has ended well."""
    from opencompact.judgement import actions as judgement
    from opencompact.lake import Lake
    from opencompact.organisations import actions as organisations
    from opencompact.promises import actions as promises
    from opencompact.publication import actions as publication
    from opencompact.records.actions import arriving, consulting, grading, merging, publishing, reading
    from opencompact.records.rules.inputs import standings
    from opencompact.registry import load_catalogue, load_shapes, with_sources

    own = [workspace / "sources", *([sources] if sources else [])]
    catalogue = reduce(with_sources, own, load_catalogue())
    standing, digest = standings(given), code_digest(*own)
    deciding = code_digest(*own, *(Path(str(resources.files(f"opencompact.{room}"))) for room in ("organisations", "promises", "judgement", "publication")))
    lake = Lake(workspace / "lake", load_shapes())
    fetched, given = given, arriving.readable(given)
    with lake.change() as change:
        files, began = progress.add_task("Reading", total=None), monotonic()

        def told(step: reading.Step) -> None:
            progress.update(files, completed=step.bytes, total=step.of_bytes, description=told_of(step, taken=monotonic() - began))

        reading.read(change, given, catalogue=catalogue, digest=digest, told=told)
        progress.update(files, description=f"Read {len(given):,} files")
        made: list[publication.Draft] = []

        def draft() -> None:
            # written whole before the lake changes, so that a full disk leaves both as they were; then only names change
            made.append(publication.make_draft(change, folder=workspace / "releases", at=at, version=__version__, catalogue=catalogue, because=because))

        def once(step: Step) -> None:
            """Run it, unless a build that was killed had, from the same tables by the same code for the same day."""
            change.once(f"{step.title} {deciding} {standing} {at.date()} {change.made_of(*sorted(change.after))}", step.run)

        steps = [  # seconds, and seconds for each million rows, as measured on the sample country at scale 2 and at the national one
            Step("Agreements and rule sets", lambda: promises.extract(change, catalogue=catalogue), 0.1, 0),
            Step("Copies set aside", lambda: publishing.set_copies_aside(change, digest=digest), 0.2, 1.5),
            Step("Procurement merged", lambda: merging.merge(change, catalogue=catalogue, standing=standing, digest=digest, at=at), 0.4, 4),
            Step("Decisions about names", lambda: organisations.put_decisions(change, name_decisions(workspace, at=at)), 0.1, 0, always=True),
            Step("Disputes about names", lambda: organisations.put_disputes(change, name_disputes(workspace, at=at)), 0.1, 0, always=True),
            Step("Who was paid", lambda: organisations.identify(change, catalogue=catalogue), 0.6, 5),
            Step("Payments, grants and contracts", lambda: publishing.publish_money(change, standing=standing, digest=digest), 0.5, 7),
            Step("Disputed links", lambda: organisations.mark_disputed(change), 0.1, 0.1),
            Step("Sums of money", lambda: publishing.publish_sums(change), 0.1, 0.5),
            Step("Consultations", lambda: consulting.publish_consultations(change, catalogue=catalogue, standing=standing, at=at, digest=digest), 0.7, 0.1),
            Step("Problems", lambda: publishing.publish_problems(change, standing=standing), 0.1, 0.1),
            Step("Coverage", lambda: publishing.publish_coverage(change), 0.1, 0.1),
            Step("Arrivals", lambda: arriving.put_arrivals(change, fetched, catalogue=catalogue, at=at), 0.1, 0, always=True),
            Step("Quality by publisher", lambda: grading.grade(change, standing=standing), 0.3, 1),
            Step(
                "Measures and verdicts",
                lambda: judgement.judge(change, catalogue=catalogue, at=at, digest=deciding, engine=engine or engine_of(None)),
                0.9,
                1.5,
            ),
            Step("Signed verdicts", lambda: judgement.put_judged(change, signed_verdicts(workspace, at=at)), 0.1, 0, always=True),
            Step("Search entries", lambda: publication.entries(change), 0.1, 0.2),
            Step("Draft release", draft, 0.8, 4, always=True),
        ]
        rows = sum(part.rows for table, parts in change.after.items() if table.endswith("_lines") for part in parts)
        run_steps(steps, rows=rows, once=once, progress=progress)
        summary = summarise(change.con)
    publication.place_draft(made[0])
    return summary


def told_of(step: Any, *, taken: float) -> str:
    """How far the reading is after so many seconds: files, megabytes, and what is left at the pace of the bytes, files being of all sizes."""
    left = f", {in_words(taken * (step.of_bytes - step.bytes) / step.bytes)} left" if step.bytes else ""
    return f"Reading {step.name}: {step.files:,} of {step.of_files:,} files, {step.bytes / 1e6:,.0f} of {step.of_bytes / 1e6:,.0f} MB{left}"


def code_digest(*own: Path) -> str:
    """A checksum of everything that decides how a file is read, and of folders of cards of one's own: rows read by other code are read again."""
    digest = hashlib.sha256()
    packages = [resources.files(package) for package in ("opencompact.values", "opencompact.shapes", "opencompact.records", "opencompact.catalogue")]
    for root in (*packages, *(folder for folder in own if folder.is_dir())):
        pending: list[Traversable] = [root]
        while pending:
            for item in sorted(pending.pop().iterdir(), key=lambda entry: entry.name):
                if item.is_dir():
                    pending.append(item)
                elif item.name.endswith((".py", ".yml", ".sql")):
                    digest.update(item.name.encode() + item.read_bytes())
    return digest.hexdigest()


def summarise(con: Any) -> dict[str, Any]:
    """What the person who ran it wants to know first."""
    tables = ("consultations", "payments", "grants", "contracts", "organisations")
    chosen = "source, organisation_id, link_stage, amount"
    money = " UNION ALL ".join(f"SELECT '{table}' AS record, {chosen} FROM {table}" for table in ("payments", "grants", "contracts"))
    return {
        "rows": {table: con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables},
        "states": con.execute("SELECT state, count(*) FROM sources GROUP BY ALL ORDER BY ALL").fetchall(),
        "refused": con.execute("SELECT source_file, because FROM sources WHERE state = 'refused' ORDER BY ALL").fetchall(),
        "unused": con.execute("SELECT source_file, because FROM sources WHERE state = 'unused' ORDER BY ALL").fetchall(),
        "copies": con.execute("SELECT source_file, copy_of FROM sources WHERE state = 'copy' ORDER BY ALL").fetchall(),
        "problems": con.execute("SELECT kind, consequence, count(*), min(source_file) FROM problems GROUP BY ALL ORDER BY 3 DESC, 1").fetchall(),
        "matched": con.execute(
            f"""SELECT source, count(*), count(*) FILTER (link_stage = 'identifier'), count(*) FILTER (link_stage = 'exact'),
              count(*) FILTER (link_stage = 'reviewed'), count(*) FILTER (link_stage = 'probable'), sum(amount),
              sum(amount) FILTER (organisation_id IS NOT NULL) FROM ({money}) GROUP BY ALL ORDER BY ALL"""
        ).fetchall(),
        "verdicts": con.execute("SELECT rule_set, verdict, count(*) FROM consultation_verdicts GROUP BY ALL ORDER BY ALL").fetchall(),
    }


def show(console: Console, workspace: Path, summary: dict[str, Any]) -> None:
    """The summary, and what to type next."""
    files = ", ".join(f"[bold]{count:,}[/] {state}" for state, count in summary["states"])
    console.print(f"Files: {files}. Rows: {', '.join(f'{rows:,} {table}' for table, rows in summary['rows'].items())}.")
    heads = ("source", "rows", "number", "name", "person", "likely", "£m", "share")
    money = [(*counts, _millions(total), _share(identified, total)) for *counts, total, identified in summary["matched"]]
    _table(console, "Who was paid: rows identified by number, exact name, a person and likeness, and the share of the money", heads, money)
    _table(console, "Consultations by rule set", ("rule set", "verdict", "consultations"), summary["verdicts"])
    _table(console, "Problems", ("kind", "what became of the row", "rows", "for example in"), summary["problems"])
    for title, rows in (("Copies, counted once", summary["copies"]), ("Not used", summary["unused"]), ("Could not be read", summary["refused"])):
        _table(console, title, ("file", "of" if title.startswith("Copies") else "because"), rows[:30])
        if len(rows) > 30:
            console.print(f"… and {len(rows) - 30} more; see `opencompact sources list --workspace {workspace}`.")
    console.print(f"Next: [bold]opencompact serve --workspace {workspace}[/]")


_LEAST_WIDTH = 12  # letters of a column of words, so that it stays legible beside wide numbers


def _table(console: Console, title: str, headers: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    are_numbers = [all(cell is None or not isinstance(cell, str) or cell.endswith("%") for cell in cells) for cells in zip(*rows, strict=True)]
    columns = [
        Column(header, overflow="fold", no_wrap=is_number, justify="right" if is_number else "left", min_width=len(header) if is_number else _LEAST_WIDTH)
        for header, is_number in zip(headers, are_numbers, strict=True)
    ]
    table = Table(*columns, title=title, title_justify="left", box=None, header_style="dim")
    for row in rows:
        table.add_row(*("" if cell is None else cell if isinstance(cell, str) else f"{cell:,}" for cell in row))
    console.print(table)


def _millions(pounds: Decimal | None) -> Decimal | int | None:
    return None if pounds is None else round(pounds / 1_000_000, 1 if pounds < 1_000_000_000 else None)  # beyond a thousand to the million


def _share(part: Decimal | None, whole: Decimal | None) -> str | None:
    return f"{(part or 0) / whole:.0%}" if whole else None
