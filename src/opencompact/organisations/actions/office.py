"""What is done about the bodies that take part, in the audit trail."""

from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record
from opencompact.organisations.models import Body, Succession
from opencompact.organisations.queries.office import office_body, steps
from opencompact.organisations.rules.succession import NotASuccession, Step, check


@transaction.atomic
def record_body(
    body: str, *, name: str, kind: str, by: Viewer, at: datetime, from_on: date | None = None, until_on: date | None = None, mail_domain: str = ""
) -> Body:
    """Put a body, or put it right; gives the row. Raises NotAllowed."""
    require(by, "record_body")
    told = {"name": name, "kind": kind, "from_on": from_on, "until_on": until_on, "mail_domain": mail_domain.lower()}
    row, made = Body.objects.update_or_create(body=body, defaults=told)
    verb = "record_body" if made else "change_body"
    record(verb=verb, subject=f"body/{body}", by=by.account, at=at, because="", detail={key: str(value or "") for key, value in told.items()})
    return row


@transaction.atomic
def record_succession(predecessor: str, *, successor: str, on: date, how: str, by: Viewer, at: datetime, because: str) -> Succession:
    """Say that from that day one body continues another. Raises NotAllowed, NotASuccession."""
    require(by, "record_body")
    for body in (predecessor, successor):
        if office_body(body) is None:
            raise NotASuccession(f"No body {body} takes part. Record it first.")
    check(Step(predecessor, successor, on, how), steps=steps())
    row = Succession.objects.create(predecessor=predecessor, successor=successor, on=on, how=how, because=because, recorded_by=by.account, recorded_at=at)
    record(
        verb="record_succession",
        subject=f"body/{predecessor}",
        by=by.account,
        at=at,
        because=because,
        detail={"successor": successor, "on": str(on), "how": how},
    )
    return row
