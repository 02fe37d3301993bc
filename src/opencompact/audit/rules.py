"""How events are chained: each one's hash covers its own fields and the hash of the event before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

BEGINNING = "0" * 64


class NotCanonical(ValueError):
    """A value has no canonical form; the message says which and what was expected."""


@dataclass(frozen=True)
class Fields:
    """What an event says: who did what to which subject, when and why; `detail` is canonical JSON."""

    sequence: int
    at: datetime
    by: str
    verb: str
    subject: str
    because: str
    detail: str


@dataclass(frozen=True)
class Link:
    """An event as stored: what it says, and the two hashes stored with it."""

    said: Fields
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Head:
    """The last event the head file tells of."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class Broken:
    """The first event that does not fit, by its sequence, and what is wrong."""

    sequence: int
    wrong: str


def canonical(value: Mapping[str, Any]) -> str:
    """The one JSON text of a mapping: keys sorted, no spaces, instants in UTC to the microsecond. Raises NotCanonical."""
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_instant)
    except (TypeError, ValueError) as error:
        raise NotCanonical(f"{error}; expected text, numbers, true, false, null, instants with a time zone, and lists and mappings of them.") from error


def chain(previous_hash: str, said: Fields) -> str:
    """The hash of an event: SHA-256 over the hash before it and its canonical fields, as 64 hexadecimal digits."""
    content = canonical({field.name: getattr(said, field.name) for field in fields(said)})
    return hashlib.sha256(f"{previous_hash}\n{content}".encode()).hexdigest()


def first_broken(links: Iterable[Link], head: Head | None) -> Broken | None:
    """The first event that was changed, removed or moved, or the cut-off end that `head` knows of; null where the chain holds.

    `links` come in the order of their sequence. A head behind the last event is no fault: it is written after the event.
    """
    sequence, previous_hash, at_head = 0, BEGINNING, BEGINNING
    for link in links:
        sequence += 1
        if broken := _misfit(link, sequence, previous_hash):
            return broken
        previous_hash = link.hash
        if head and sequence == head.sequence:
            at_head = link.hash
    return _against_head(head, sequence, at_head)


def head_line(head: Head) -> str:
    """The content of the head file."""
    return f"{head.sequence} {head.hash}\n"


def parse_head(text: str) -> Head | None:
    """The head in the content of the head file; null where it is none."""
    sequence, _, digest = text.strip().partition(" ")
    return Head(int(sequence), digest) if sequence.isdecimal() and len(digest) == len(BEGINNING) else None


def _misfit(link: Link, sequence: int, previous_hash: str) -> Broken | None:
    if link.said.sequence != sequence:
        return Broken(sequence, f"is missing: event {link.said.sequence} stands where event {sequence} was expected, so one was removed or renumbered")
    if link.previous_hash != previous_hash:
        return Broken(sequence, "does not follow the event before it: events were removed, replaced or put in another order")
    if link.hash != chain(previous_hash, link.said):
        return Broken(sequence, "was changed: what it says no longer gives its hash")
    return None


def _against_head(head: Head | None, last: int, at_head: str) -> Broken | None:
    if head is None:
        return Broken(last, "is the last event held, and there is no readable head file to say whether later ones were cut off") if last else None
    if head.sequence > last:
        return Broken(last + 1, f"is missing: the head file tells of {head.sequence} events, and {last} are held, so the end was cut off")
    if head.hash != at_head:
        return Broken(head.sequence, "is not the event the head file tells of: the chain was written anew")
    return None


def _instant(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"Found {value!r} of type {type(value).__name__}")
