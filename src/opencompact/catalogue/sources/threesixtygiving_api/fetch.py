"""How 360Giving's interface is asked: the grants one organisation made and received, page by page; two requests a second at most."""

from typing import Any

from opencompact.fetching.feed import Feed, Item, Manners, Request, Told, Window, part

ROOT = "https://api.threesixtygiving.org"


def feed(root: str = ROOT, only: tuple[str, ...] = ()) -> Feed:
    """`only` are org-ids. Each list counts its grants (`count`) and names its next page."""

    def first(_window: Window, _stage: str) -> tuple[Request, ...]:
        return tuple(Request(f"{root}/api/v1/org/{org}/{side}/") for org in only for side in ("grants_made", "grants_received"))

    return Feed(first=first, read=read, manners=Manners(pause=0.6), step=0, every=7, chooses="org-id", must_choose=True)


def read(_request: Request, document: Any) -> Told:
    """One page: grants by their identifier."""
    results, following = part(document, "results", list), part(document, "next", str, "")
    items = tuple(Item(part(result, "grant_id", str)) for result in results if part(result, "data", dict) is not None)
    return Told(arrived=items, offered=part(document, "count", int), next=Request(following) if following else None)
