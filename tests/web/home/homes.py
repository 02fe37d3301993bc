"""What the first pages are tested with: somebody who opens one, and things owed and promised, days counted from today."""

from datetime import timedelta

from django.test import RequestFactory
from django.utils import timezone
from tests.office import viewer

from opencompact.accounts.rules import PUBLIC
from opencompact.asking.actions import ask
from opencompact.organisations.queries.office import body_names
from opencompact.promises.actions.ledger import record_commitment
from opencompact.web.blocks import Table, cell
from opencompact.web.home.first import Whose
from opencompact.web.office import Asked

CENTRAL = viewer("central")


def opened(role: str, *bodies: str) -> Whose:
    """Somebody of that role who opens a first page for those bodies."""
    who = Asked(RequestFactory().get("/office/"), None, PUBLIC if role == "public" else viewer(role, bodies[0] if bodies else ""), timezone.now())
    return Whose(who, bodies, body_names())


def promise(key: str, body: str, *, days: int, kind: str = "joint_action") -> None:
    """Something promised long ago, due so many days from today."""
    due, at = timezone.localdate() + timedelta(days=days), timezone.now() - timedelta(days=200)
    record_commitment(key=key, kind=kind, title=f"Promise {key}", text="x", owners=(body,), due_on=due, by=CENTRAL, at=at, because="")


def owe(subject: str, body: str, *, days: int) -> None:
    """A question asked long ago, due so many days from today."""
    due, at = timezone.localdate() + timedelta(days=days), timezone.now() - timedelta(days=200)
    ask(body, kind="sign_off", subject=subject, title=f"Question {subject}", due_on=due, by=CENTRAL, at=at, because="")


def texts(table: Table) -> list[list[str]]:
    """The cells of a table in words."""
    return [[cell(value).text.replace("\u00a0", " ") for value in row] for row in table.rows]
