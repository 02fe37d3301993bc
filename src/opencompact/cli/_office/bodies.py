"""The bodies of the invented office: those of the sample country, and a sector body."""

from datetime import date, datetime

from opencompact.accounts.rules import Grant, Viewer
from opencompact.cli._office import VOICE
from opencompact.organisations.actions.office import record_body, record_succession
from opencompact.sample.country import BODIES, LAMPS, LANTERNS

BY = Viewer("sample-central", (Grant("central"),), "Sample Central Officer")


def plant(at: datetime) -> None:
    """Put every body, and that one continues another."""
    for body in BODIES:
        record_body(body.slug, name=body.name, kind=body.kind, from_on=None, until_on=_day(body.ended_on), mail_domain=f"{body.slug}.invalid", by=BY, at=at)
    record_body(VOICE, name="Sample Sector Voice", kind="sector", from_on=None, until_on=None, mail_domain="sample-sector-voice.invalid", by=BY, at=at)
    record_succession(LAMPS, successor=LANTERNS, on=date(2032, 10, 1), how="renamed", by=BY, at=at, because="invented: a department took a new name")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
