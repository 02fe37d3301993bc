"""What a true first answer of each live source must still be: asked of our own servers in every run, and of the live ones by a person with a network."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.fetching.asking import feed_of

from opencompact.fetching.answers import Answer, Chain, judge
from opencompact.fetching.asking import Asker, Clock
from opencompact.fetching.feed import Request, Window


@dataclass(frozen=True)
class Shape:
    """A source, parts of it to ask for, and the keys its first answer and the first record in it have; `records` is where records stand."""

    source: str
    only: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    records: str = ""
    record_keys: frozenset[str] = frozenset()


SHAPES = {
    shape.source: shape
    for shape in (
        Shape("contracts-finder", (), frozenset({"uri", "publisher", "releases", "license"}), "releases", frozenset({"ocid", "id", "date", "tag"})),
        Shape("find-a-tender", (), frozenset({"uri", "publisher", "releases", "license"}), "releases", frozenset({"ocid", "id", "date", "tag"})),
        Shape("govuk-consultations", (), frozenset({"results", "total", "start"}), "results", frozenset({"title", "link", "public_timestamp"})),
        Shape(
            "govuk-organisations-api",
            (),
            frozenset({"results", "total", "pages", "current_page", "page_size", "start_index"}),
            "results",
            frozenset({"id", "title", "details", "analytics_identifier"}),
        ),
        Shape("threesixtygiving-api", ("GB-CHC-202918",), frozenset({"count", "next", "previous", "results"}), "results", frozenset({"grant_id", "data"})),
        Shape("threesixtygiving-table", (), frozenset(), "", frozenset({"identifier", "modified", "publisher", "distribution"})),
        Shape("charity-commission-charities", ("charity_policy",)),
    )
}


def first_answer(folder: Path, shape: Shape, *, day: date, clock: Clock, root: str = "") -> tuple[Answer, Request]:
    """The first answer for a day, judged, and what was asked; of the live source where no root is given."""
    given = {"only": shape.only} if shape.only else {}
    feed = feed_of(shape.source, **({"root": root} if root else {}), **given)
    request = feed.first(Window(day, day), "")[0]
    folder.mkdir(parents=True, exist_ok=True)
    with Asker(agent=f"OpenCompact/verification ({os.environ.get('OPENCOMPACT_CONTACT', 'no contact given')})", clock=clock) as asker:
        landed = asker.ask(request.url, folder=folder, manners=feed.manners, headers={})
    return judge(landed, request, feed=feed, chain=Chain(request.url)), request


def wanting(document: object, shape: Shape) -> set[str]:
    """Keys the answer or its first record has not; the first record of an answer without one wants nothing."""
    records = document[shape.records] if shape.records and isinstance(document, Mapping) else document
    first = records[0] if isinstance(records, list) and records else dict.fromkeys(shape.record_keys)
    return (set(shape.keys) - (set(document) if isinstance(document, Mapping) else set())) | (set(shape.record_keys) - set(first))
