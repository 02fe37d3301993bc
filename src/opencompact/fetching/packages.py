"""Feeds of OCDS release packages whose next page stands under `links.next`, as the standard's pagination extension says; pure."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from opencompact.fetching.feed import ChangedType, Item, Request, Told, Window, day_of, part

OVERLAP = timedelta(hours=1)


def bounds(window: Window) -> tuple[str, str]:
    """The instants a window is asked by: an hour before its first day to an hour after its last, UK wall-clock time.

    The hour makes a window whole whether the service takes the time as UK or as universal, on the days the clocks change too. Midnight is never
    an hour that comes twice or not at all; what falls outside the window counts for its own day.
    """
    first, last = window.first - timedelta(days=1), window.last + timedelta(days=1)
    return f"{first}T23:00:00", f"{last}T01:00:00"


def first_page(address: str, *, begin: str, end: str, limit: int) -> Callable[[Window, str], tuple[Request, ...]]:
    """The first request of a window, and of a stage of it; `begin` and `end` are what the service calls the bounds."""

    def first(window: Window, stage: str) -> tuple[Request, ...]:
        since, until = bounds(window)
        return (Request(f"{address}?{begin}={since}&{end}={until}&limit={limit}" + (f"&stages={stage}" if stage else "")),)

    return first


def read_package(_request: Request, document: Any) -> Told:
    """The releases of a package and the next page; raises ChangedType. Older pages held packages within `results`."""
    packages = part(document, "results", list) if "results" in document else [document]
    releases = [release for package in packages for release in part(package, "releases", list)]
    links = part(document, "links", dict, {})
    following = part(links, "next", str, "")
    return Told(arrived=tuple(_item(release) for release in releases), next=Request(following) if following else None)


def _item(release: Any) -> Item:
    """A release by its identifier; one published without (they exist) by its process and instant, or by its content."""
    if not isinstance(release, dict):
        raise ChangedType(f"a release is {json.dumps(release)[:60]}; expected an object")
    ocid, instant = part(release, "ocid", str, ""), part(release, "date", str, "")
    named = release.get("id") or (f"{ocid} {instant}" if ocid and instant else "")
    if not isinstance(named, str | int):
        raise ChangedType("the `id` of a release is neither text nor a number")
    return Item(str(named) or hashlib.sha256(json.dumps(release, sort_keys=True).encode()).hexdigest(), day_of(instant))
