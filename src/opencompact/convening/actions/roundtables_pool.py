"""What is done to the pool of contacts: read from a spreadsheet, and people erased from it at their request."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record
from opencompact.convening.models import Draw, Invitee, PoolContact
from opencompact.convening.queries.roundtables import number
from opencompact.convening.queries.roundtables_profiles import headers, known_values
from opencompact.convening.rules.draw_file import without_number
from opencompact.convening.rules.roundtables import ATTRIBUTES, Contact, Trouble, read_pool

TOLD = ("name", "organisation", *ATTRIBUTES, "last_invited_on", "imported_at")


@transaction.atomic
def import_pool(rows: Sequence[Sequence[object]], *, by: Viewer, at: datetime) -> tuple[int, list[Trouble]]:
    """Read contacts into the pool, one an e-mail address; gives how many, and what was not kept. Raises NotAllowed."""
    require(by, "draw_invitations")
    contacts, troubles = read_pool(rows, headers=headers(), values=known_values())
    held = PoolContact.objects.in_bulk(field_name="email")
    told = [_told(held.get(contact.email) or PoolContact(email=contact.email), contact, at) for contact in contacts]
    PoolContact.objects.bulk_create([row for row in told if row.pk is None], batch_size=500)
    PoolContact.objects.bulk_update([row for row in told if row.email in held], TOLD, batch_size=500)
    record(verb="import_pool", subject="pool", by=by.account, at=at, because="", detail={"contacts": len(contacts), "not_kept": len(troubles)})
    return len(contacts), troubles


def _told(row: PoolContact, contact: Contact, at: datetime) -> PoolContact:
    """The row as the spreadsheet tells; the latest day somebody was invited stands, whether the office or the spreadsheet knows it."""
    for name in ("name", "organisation", *ATTRIBUTES):
        setattr(row, name, getattr(contact, name))
    row.last_invited_on = max(filter(None, (row.last_invited_on, contact.last_invited_on)), default=None)
    row.imported_at = at
    return row


def erase_contact(pk: int, *, by: Viewer, at: datetime) -> None:
    """Erase somebody who asked the office to. Raises NotAllowed; nothing is done where they are gone already."""
    require(by, "erase_contact")
    _erase(pk, by=by.account, at=at)


def erase_oneself(place: Invitee, *, at: datetime) -> None:
    """Somebody who came by the link of their place is erased at their own word."""
    if place.contact_id:
        _erase(place.contact_id, by="link", at=at)


@transaction.atomic
def _erase(pk: int, *, by: str, at: datetime) -> None:
    """Everything of the person goes: contact, link, number in pools drawn from, and their name beside points. Their places stay as counts.

    The trail says that it was done, and of nobody.
    """
    name = number(pk)
    for draw in Draw.objects.filter(pool__contains=f"\n{name},"):
        draw.pool, draw.erased = without_number(draw.pool, name), F("erased") + 1
        draw.kept, draw.without = ([each for each in names if each != name] for names in (draw.kept, draw.without))
        draw.save(update_fields=["pool", "erased", "kept", "without"])
    Invitee.objects.filter(contact=pk).update(token_hash="")
    if PoolContact.objects.filter(pk=pk).delete()[0]:
        record(verb="erase_contact", subject="pool", by=by, at=at, because="at their request", detail={})
