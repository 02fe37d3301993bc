"""What is done about posts: who is appointed and until when, what they agreed to have published, and contacts between meetings."""

from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.models import Appointment, Contact
from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record, unchanged
from opencompact.registry import load_catalogue


class BadPost(ValueError):
    """The appointment cannot be recorded so; the message says what was found and expected."""


def posts() -> dict[str, str]:
    """The posts of a body and what they are called, of the vocabulary `posts`."""
    return {str(term["post"]): str(term["title"]) for term in load_catalogue().vocabularies["posts"].terms}


@transaction.atomic
def appoint(
    body: str, *, post: str, name: str, email: str, from_on: date, name_public: bool, email_public: bool, by: Viewer, at: datetime, because: str = ""
) -> Appointment:
    """Put somebody in a post from a day on; whoever holds a post of one holder leaves it that day. Raises NotAllowed, BadPost."""
    require(by, "record_appointment", body=body)
    if post not in posts() or not name.strip():
        raise BadPost(f"Found the post {post!r} for {name!r}; expected a name, and one of {', '.join(posts())}.")
    if post != "champion":
        for held in Appointment.objects.filter(body=body, post=post, until_on=None):
            if held.from_on >= from_on:
                raise BadPost(f"{held.name} is in that post since {held.from_on:%-d %B %Y}; found a new holder from {from_on:%-d %B %Y}, which is not later.")
            held.until_on = from_on
            held.version += 1
            held.save(update_fields=["until_on", "version"])
    row = Appointment.objects.create(
        body=body, post=post, name=name.strip(), email=email, from_on=from_on, name_public=name_public, email_public=email_public,
        recorded_by=by.account, recorded_at=at,
    )  # fmt: skip
    record(verb="appoint", subject=f"post/{body}/{post}", by=by.account, at=at, because=because, detail={"appointment": row.pk, "from_on": str(from_on)})
    return row


@transaction.atomic
def end_appointment(pk: int, *, until_on: date, handover_note: str, version: int, by: Viewer, at: datetime) -> Appointment:
    """End an appointment: its last day is the day before `until_on`. Raises NotAllowed, BadPost, ChangedMeanwhile."""
    row = unchanged(Appointment.objects.filter(pk=pk), version=version)
    require(by, "record_appointment", body=row.body)
    if until_on <= row.from_on:
        raise BadPost(f"Found the end {until_on:%-d %B %Y}; expected a day after it began, {row.from_on:%-d %B %Y}.")
    row.until_on, row.handover_note = until_on, handover_note.strip()
    row.save()
    record(
        verb="end_appointment", subject=f"post/{row.body}/{row.post}", by=by.account, at=at, because="", detail={"appointment": row.pk, "until": str(until_on)}
    )
    return row


@transaction.atomic
def record_contact(body: str, *, on: date, with_whom: str, text: str, by: Viewer, at: datetime) -> Contact:
    """Put down a contact between meetings; held. Raises NotAllowed."""
    require(by, "record_contact", body=body)
    row = Contact.objects.create(body=body, on=on, with_whom=with_whom.strip(), text=text.strip(), recorded_by=by.account, recorded_at=at)
    record(verb="record_contact", subject=f"body/{body}", by=by.account, at=at, because="", detail={"contact": row.pk})
    return row
