"""`opencompact brief`: the quarter's brief as one PDF."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from opencompact.cli import Refused
from opencompact.cli._opening import WORKSPACE, open_office


@click.command()
@WORKSPACE
@click.option("--quarter", default="", help="Quarter of the calendar, such as 2031-Q2; the one that runs, if not given.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The PDF to write.")
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"]), help="The instant the brief is made; now, if not given.")
def command(workspace: Path, quarter: str, out: Path, at: datetime | None) -> None:
    """Write the quarter's brief: what is kept, what slipped, who must act; two pages at most."""
    open_office(workspace)
    from django.utils.timezone import localdate

    from opencompact.promises.rules.quarter import BadQuarter
    from opencompact.publication.queries import NoRelease

    page, showing = import_module("opencompact.web.home.brief"), import_module("opencompact.web.showing")  # the other door, named and not imported
    today = localdate((at or datetime.now(UTC)).replace(tzinfo=UTC))
    try:
        is_sample = showing.in_force().reader.release.standing == "sample"
    except NoRelease:
        is_sample = False
    try:
        found = page.facts(quarter or page.this_quarter(today), is_sample=is_sample, today=today)
    except BadQuarter as refusal:
        raise Refused(str(refusal)) from refusal
    try:
        out.write_bytes(page.pdf(found))
    except OSError as refusal:
        raise Refused(f"Cannot write {out}: {refusal.strerror}. Name a folder that is there and can be written.") from refusal
    click.echo(f"{out}: {found.span}; {found.kept} kept, {found.slipped} slipped, {found.overdue} overdue.")
