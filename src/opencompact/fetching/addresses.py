"""Feeds of plain files: one request an address, taken again only when it has changed; pure."""

from collections.abc import Iterable
from typing import Any

from opencompact.fetching.feed import CannotAsk, ChangedType, Feed, Item, Manners, Request, Told, Window

MANNERS = Manners(pause=2.0)


def files(addresses: Iterable[str], *, manners: Manners = MANNERS, every: int = 7) -> Feed:
    """A source that is a list of files, each known by its address."""
    requests = tuple(Request(url, form="file", item=Item(url), if_changed=True, may_leave=True) for url in addresses)

    def first(_window: Window, _stage: str) -> tuple[Request, ...]:
        return requests

    return Feed(first=first, read=no_pages, manners=manners, step=0, every=every)


def no_pages(_request: Request, _document: Any) -> Told:
    """A source of files has no pages to read."""
    raise ChangedType("a page where a file was expected")


def chosen(only: Iterable[str], among: Iterable[str], *, called: str) -> tuple[str, ...]:
    """The parts asked for, all where none is named; raises CannotAsk for one there is not."""
    known, wanted = tuple(among), tuple(only)
    if strange := sorted(set(wanted) - set(known)):
        raise CannotAsk(f"Found the {called} {', '.join(strange)}; expected some of {', '.join(known)}.")
    return wanted or known
