"""`opencompact asks`: remind the bodies that owe an answer."""

from datetime import UTC, datetime
from pathlib import Path

import click

from opencompact.cli._opening import WORKSPACE, open_office
from opencompact.cli.accounts import ADDRESS


@click.group()
def command() -> None:
    """What bodies are asked."""


@command.command("remind")
@WORKSPACE
@ADDRESS
def remind(workspace: Path, address: str) -> None:
    """Tell whoever acts for a body that owes an answer: ten and three days before it is due, and the day after; run it once a day."""
    open_office(workspace)
    from django.utils import timezone

    from opencompact.accounts.actions import notify
    from opencompact.accounts.queries import accounts_with
    from opencompact.accounts.rules import Grant, Viewer
    from opencompact.asking.actions import take_reminders

    at = datetime.now(UTC)
    today = timezone.localdate(at)
    by = Viewer("at the machine", (Grant("central"),))
    told = 0
    for ask in take_reminders(today=today, by=by, at=at):
        people = [account for role in ("lead", "sro", "official", "sector") for account in accounts_with(role, body=ask.body, on=today)]
        late = "was due on" if ask.due_on < today else "is due on"
        notify(people, text=f"{ask.title} {late} {ask.due_on:%-d %B %Y}.", address=f"/asks/{ask.pk}/", at=at)
        told += len({account.pk for account in people})
        if not people:
            click.echo(f"Nobody acts for {ask.body} here: send a one-time link from {address.rstrip('/')}/asks/{ask.pk}/")
    click.echo(f"Told {told} {'person' if told == 1 else 'people'}; the daily digest mails it.")
