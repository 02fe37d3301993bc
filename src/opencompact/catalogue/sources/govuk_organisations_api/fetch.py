"""How GOV.UK's list of organisations is asked: page by page, whole, once a week."""

from typing import Any

from opencompact.fetching.feed import Feed, Item, Manners, Request, Told, Window, part

ROOT = "https://www.gov.uk"


def feed(root: str = ROOT) -> Feed:
    """The list counts what it holds (`total`) and names its next page."""

    def first(_window: Window, _stage: str) -> tuple[Request, ...]:
        return (Request(f"{root}/api/organisations?page=1"),)

    return Feed(first=first, read=read, manners=Manners(pause=0.5), step=0, every=7)


def read(_request: Request, document: Any) -> Told:
    """One page: organisations by their address."""
    results, following = part(document, "results", list), part(document, "next_page_url", str, "")
    items = tuple(Item(part(result, "id", str)) for result in results)
    return Told(arrived=items, offered=part(document, "total", int), next=Request(following) if following else None)
