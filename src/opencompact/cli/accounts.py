"""`opencompact accounts`: invite people, list them, end a role, and send the digest of what they were told."""

from datetime import UTC, datetime
from pathlib import Path

import click

from opencompact.cli import Refused
from opencompact.cli._opening import WORKSPACE, open_office

ADDRESS = click.option(
    "--address", default="http://localhost:8000", show_default=True, envvar="OPENCOMPACT_ADDRESS", help="Where the site stands, for links in mails."
)
AT_THE_MACHINE = "at the machine"  # who did it, in the audit trail


@click.group()
def command() -> None:
    """People who sign in to the office."""


@command.command("invite")
@WORKSPACE
@click.argument("email")
@click.option("--name", required=True, help="Their name.")
@click.option("--role", required=True, help="Their role; the page /roles/ lists them.")
@click.option("--body", default="", help="The body, by its slug, where the role is one of a body.")
@click.option("--because", default="invited at the machine", show_default=True, help="Why, for the audit trail.")
@ADDRESS
def invite(workspace: Path, email: str, name: str, role: str, body: str, because: str, address: str) -> None:
    """Invite EMAIL to a role, and print the link; it opens for 14 days. This is also how the first central officer comes in."""
    open_office(workspace)
    from opencompact.accounts.actions import BadInvitation, first_invitation
    from opencompact.organisations.queries.office import body_names

    if body and body not in body_names():
        raise Refused(f"No body {body} takes part. Those that do: {', '.join(sorted(body_names())) or 'none yet'}.")
    try:
        token = first_invitation(email, name=name, role=role, body=body, by=AT_THE_MACHINE, at=datetime.now(UTC), because=because)
    except BadInvitation as refusal:
        raise Refused(str(refusal)) from refusal
    click.echo(f"Send this to {name}; it is shown once:\n  {address.rstrip('/')}/account/join/{token}/")


@command.command("list")
@WORKSPACE
def listed(workspace: Path) -> None:
    """Everybody with an account, and their roles."""
    open_office(workspace)
    from opencompact.accounts.queries import everybody

    for account, grants in everybody():
        roles = ", ".join(f"{grant.role}{f' of {grant.body}' if grant.body else ''}" for grant in grants) or "no role"
        click.echo(f"{account.email:40} {account.name:30} {roles}")


@command.command("end")
@WORKSPACE
@click.argument("email")
@click.option("--role", required=True, help="The role that ends.")
@click.option("--body", default="", help="Its body, where the role is one of a body.")
@click.option("--because", required=True, help="Why, for the audit trail.")
def end(workspace: Path, email: str, role: str, body: str, because: str) -> None:
    """End a role of EMAIL today, and every session of that person."""
    open_office(workspace)
    from opencompact.accounts.actions import end_access
    from opencompact.accounts.queries import everybody
    from opencompact.accounts.rules import Grant, Viewer

    found = [(account, grants) for account, grants in everybody() if account.email == email.lower()]
    if not found or not any((grant.role, grant.body) == (role, body) for grant in found[0][1]):
        raise Refused(f"{email} has no role {role}{f' of {body}' if body else ''} now. See `opencompact accounts list`.")
    by = Viewer(AT_THE_MACHINE, (Grant("central"),))
    end_access(found[0][0], role=role, body=body, by=by, at=datetime.now(UTC), because=because)
    click.echo(f"{email} is no longer {role}{f' of {body}' if body else ''}.")


@command.command("digest")
@WORKSPACE
@ADDRESS
def digest(workspace: Path, address: str) -> None:
    """Send each person one mail of what they were told and have not read; run it once a day."""
    open_office(workspace)
    from django.conf import settings
    from django.core.mail import send_mail

    from opencompact.accounts.actions import take_digest
    from opencompact.accounts.queries import to_be_told

    sent = 0
    for account in to_be_told():
        rows = take_digest(account, at=datetime.now(UTC))
        lines = "\n".join(f"- {row.text} {address.rstrip('/')}{row.address}" for row in rows)
        send_mail(f"OpenCompact: {len(rows)} new", f"{lines}\n", settings.DEFAULT_FROM_EMAIL, [account.email])
        sent += 1
    click.echo(f"Sent {sent} {'mail' if sent == 1 else 'mails'}.")
