"""Records what was done, in order, each event chained to the one before."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from opencompact.audit.models import Event
from opencompact.audit.queries import head_file
from opencompact.audit.rules import BEGINNING, Fields, Head, canonical, chain, head_line
from opencompact.lake import write_whole

_TRIES = 5


M = TypeVar("M", bound=Model)


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed the row since it was read; nothing was written, and the message says what to do."""


class CannotRecord(RuntimeError):
    """The event could not be recorded, so what it tells of must not be done."""


def unchanged(rows: QuerySet[M], *, version: int) -> M:
    """The one row of `rows`, locked, whose `version` is raised but not saved; inside a transaction. Raises ChangedMeanwhile."""
    row: Any = rows.select_for_update().first()
    if row is None or row.version != version:
        raise ChangedMeanwhile("Somebody else changed this since you opened it. Nothing of yours was saved: compare with what it says now, and send again.")
    row.version += 1
    return row  # type: ignore[no-any-return]  # a row of `rows`, whose `version` its model has


def record(*, verb: str, subject: str, by: str, at: datetime, because: str, detail: Mapping[str, Any]) -> Event:
    """Record that `by` did `verb` to `subject` at the instant `at`, and why; with the caller's other changes, or not at all.

    SQLite lets one writer in at a time (transactions begin IMMEDIATE). On PostgreSQL writers wait for each other at the first event; only
    where there is none yet may two take the same place, and then the later tries again. Raises CannotRecord, NotCanonical.
    """
    said = canonical(detail)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                event = _append(verb=verb, subject=subject, by=by, at=at, because=because, detail=said)
        except IntegrityError as error:
            refusal = error
            continue
        transaction.on_commit(partial(_write_head, Head(event.sequence, event.hash)))
        return event
    raise CannotRecord(f"The event `{verb} {subject}` could not be recorded after {_TRIES} tries: {refusal}. Nothing was done; try again.") from refusal


def _write_head(head: Head) -> None:
    write_whole(head_file(), head_line(head).encode())


def _append(*, verb: str, subject: str, by: str, at: datetime, because: str, detail: str) -> Event:
    Event.objects.select_for_update().filter(sequence=1).first()  # not the last, which would be the last no longer once another writer lets go of it
    last = Event.objects.order_by("-sequence").first()
    sequence, previous_hash = (last.sequence + 1, last.hash) if last else (1, BEGINNING)
    said = Fields(sequence, at, by, verb, subject, because, detail)
    return Event.objects.create(**vars(said), previous_hash=previous_hash, hash=chain(previous_hash, said))
