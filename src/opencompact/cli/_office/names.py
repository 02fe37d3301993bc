"""Names of the invented office: a firm that a reviewer settled, and a link that somebody disputes."""

from datetime import datetime, timedelta

from opencompact.accounts.rules import Grant, Viewer
from opencompact.cli._office import SECRET
from opencompact.organisations.actions.decisions import object_to_link, settle_name
from opencompact.organisations.rules.decisions import NOT_VOLUNTARY, Settlement
from opencompact.sample.country import england

REVIEWER = Viewer("sample-reviewer", (Grant("reviewer"),), "Sample Reviewer")


def plant(at: datetime) -> None:
    """Settle one name, and let somebody dispute another."""
    settled = Settlement("Invented Oil and Wicks Ltd", NOT_VOLUNTARY, f"Its own site calls it a shop. {SECRET}")
    settle_name(settled, seen=(), by=REVIEWER, at=at - timedelta(days=3))
    said = f"We are a club of the same name and had no such payment. {SECRET}"
    object_to_link("sample-dispute", organisation_id=england(1), payee_name="Sample Lantern Club", words=said, email="", at=at - timedelta(days=2))
