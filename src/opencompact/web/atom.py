"""Feeds by which people follow a list: Atom, RFC 4287."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed


@dataclass(frozen=True)
class Entry:
    """One thing that happened: the address of its page, a title and words, the instant, and a name of its own that never changes."""

    address: str
    title: str
    words: str
    at: datetime
    name: str


def feed(request: HttpRequest, title: str, entries: Iterable[Entry]) -> HttpResponse:
    """The feed; an entry keeps its identifier, so that a reader shows it once."""
    here = request.build_absolute_uri()
    made = Atom1Feed(title=title, link=request.build_absolute_uri(request.path), description=title, feed_url=here, language="en-GB")
    for entry in entries:
        link = request.build_absolute_uri(entry.address)
        made.add_item(title=entry.title, link=link, description=entry.words, updateddate=entry.at.astimezone(UTC), unique_id=f"{link}#{entry.name}")
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
