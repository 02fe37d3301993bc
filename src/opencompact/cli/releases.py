"""`opencompact releases`: freeze the draft, list the releases, and check that one stands as it was made."""

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from opencompact.cli import FOUND_WRONG, Refused
from opencompact.cli._opening import WORKSPACE, open_office


@click.group()
def command() -> None:
    """Numbered releases that never change."""


@command.command("build")
@WORKSPACE
@click.option("--number", help="Such as 2026-11; the next one of the month the draft speaks as of, if not given.")
@click.option("--because", default="", help="Why figures changed since the release before, for the change note.")
def build(workspace: Path, number: str | None, because: str) -> None:
    """Freeze the draft as a numbered release, and record that it was done."""
    open_office(workspace)
    from opencompact.audit import actions as audit
    from opencompact.publication import actions
    from opencompact.publication.queries import NoRelease, read_release, release_folder
    from opencompact.publication.rules.release import DRAFT, BadNumber, BadRelease

    now = datetime.now(UTC).replace(microsecond=0)

    def record(**event: Any) -> object:
        return audit.record(**{**event, "at": now})  # the trail tells when it was done; the release, as of when it speaks

    folder = workspace / "releases"
    try:
        at = read_release(release_folder(folder, DRAFT)).at
        release = actions.freeze(folder, number=number, at=at, by=getpass.getuser(), because=because, audit=record)
    except (actions.CannotFreeze, BadNumber, BadRelease, NoRelease, audit.CannotRecord) as refusal:
        raise Refused(str(refusal)) from refusal
    click.echo(f"{release.title}: {sum(release.tables.values()):,} rows in {len(release.tables)} tables, in {workspace / 'releases' / release.number}.")
    click.echo(f"Check it at any time: opencompact releases verify {release.number} --workspace {workspace}")


@command.command("list")
@WORKSPACE
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def list_releases(workspace: Path, as_json: bool) -> None:
    """The draft and every frozen release, earliest first."""
    from opencompact.publication.queries import releases
    from opencompact.publication.rules.release import BadRelease

    try:
        found = releases(workspace / "releases")
    except BadRelease as refusal:
        raise Refused(str(refusal)) from refusal
    if as_json:
        rows = [{"number": r.number, "title": r.title, "state": r.state, "at": r.at.isoformat(), "standing": r.standing, "because": r.because} for r in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for release in found:
        click.echo(f"{release.number:<10}  computed as of {release.at:%Y-%m-%d}  {sum(release.tables.values()):>9,} rows  {release.title}")
    if not found:
        click.echo("There is no release yet: `opencompact build` makes a draft, and `opencompact releases build` freezes it.")


@command.command("verify")
@WORKSPACE
@click.argument("number", required=False, metavar="[NUMBER|draft]")
@click.pass_context
def verify(ctx: click.Context, workspace: Path, number: str | None) -> None:
    """Whether a release stands as it was made; exit code 1, and each file that differs, if not. The latest one, if none is named."""
    from opencompact.publication import queries

    folder = workspace / "releases"
    try:
        name = queries.release_folder(folder, number).name
        faults = queries.verify(folder, number=number, fingerprint=_fingerprint(workspace, name))
    except queries.NoRelease as refusal:
        raise Refused(str(refusal)) from refusal
    for fault in faults:
        click.echo(f"{fault.path}: {fault.wrong}.")
    click.echo(f"DIFFERS: release {name}, {len(faults)} found." if faults else f"OK: release {name}.")
    if faults:
        ctx.exit(FOUND_WRONG)


def _fingerprint(workspace: Path, name: str) -> str | None:
    """What the audit trail says the release's list of checksums was; null for a draft, or a release frozen in another workspace."""
    if not (workspace / "opencompact.sqlite").is_file():
        return None
    open_office(workspace)
    from opencompact.audit import queries
    from opencompact.publication.rules.release import FREEZE

    event = queries.latest(verb=FREEZE, subject=name)
    return json.loads(event.detail)["checksums_sha256"] if event else None
