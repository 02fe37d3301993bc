"""`opencompact office`: the invented office to try things in, and copies of the office kept and brought back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from opencompact.cli import Refused
from opencompact.cli._opening import WORKSPACE, open_office


@click.group()
def command() -> None:
    """The people, promises, meetings and audits kept beside the record."""


@command.command("sample")
@WORKSPACE
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"]), help="The instant the invented office is at; now, if not given.")
def sample(workspace: Path, at: datetime | None) -> None:
    """Fill an empty office with invented people, promises, meetings and audits of the sample country."""
    open_office(workspace)
    from opencompact.cli import _office
    from opencompact.organisations.queries.office import office_bodies
    from opencompact.publication.queries import NoRelease, read_release, release_folder
    from opencompact.publication.rules.release import DRAFT

    try:
        standing = read_release(release_folder(workspace / "releases", DRAFT)).standing
    except NoRelease:
        standing = "sample"
    if standing != "sample" or office_bodies().exists():
        raise Refused("The invented office goes only into an empty office beside an invented country. Name another workspace.")
    people = _office.plant((at or datetime.now(UTC)).replace(tzinfo=UTC))
    click.echo(
        "An invented office stands. Sign in at /account/login/ with an address below; every passphrase and the second factor's secret are beside it; "
        "`opencompact office code ADDRESS` gives the code of the moment."
    )
    for person in people:
        click.echo(f"  {person}")


@command.command("code")
@click.argument("email")
def code(email: str) -> None:
    """Print the second factor's code by which somebody of the invented office signs in now."""
    from opencompact.accounts.rules import ROLES
    from opencompact.cli._office.codes import INVENTED, code_now

    role = email.lower().removesuffix(INVENTED)
    if role not in ROLES or role == "public" or role == email.lower():
        raise Refused(f"{email} is nobody of the invented office; found where one such as central{INVENTED} was expected.")
    click.echo(code_now(role, at=datetime.now(UTC)))


@command.command("backup")
@WORKSPACE
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(workspace: Path, file: Path) -> None:
    """Copy the whole office into FILE, also while it is running."""
    open_office(workspace)
    from opencompact.cli import _keeping

    try:
        kept = _keeping.keep(workspace.absolute(), file, at=datetime.now(UTC))
    except _keeping.CannotKeep as refusal:
        raise Refused(str(refusal)) from refusal
    click.echo(f"Kept {kept.events:,} events and {kept.files:,} files in {file}. Bring it back with: opencompact office restore {file} --workspace FOLDER")


@command.command("restore")
@WORKSPACE
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(workspace: Path, file: Path) -> None:
    """Bring the office kept in FILE into a workspace that has none."""
    from opencompact.cli import _keeping

    try:
        kept = _keeping.bring_back(workspace.absolute(), file)
    except _keeping.CannotKeep as refusal:
        raise Refused(str(refusal)) from refusal
    click.echo(f"Brought back {kept.events:,} events and {kept.files:,} files. Check them with: opencompact audit verify --workspace {workspace}")
