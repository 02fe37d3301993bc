"""How grants in the 360Giving standard are had: the registry lists every publisher's files, then each file is taken where its publisher keeps it."""

from typing import Any

from opencompact.fetching.addresses import chosen
from opencompact.fetching.feed import Feed, Item, Manners, Request, Told, Window, part

ROOT = "https://registry.threesixtygiving.org"
MANNERS = Manners(pause=2.0, attempts=3, read_seconds=60.0)


def feed(root: str = ROOT, only: tuple[str, ...] = ()) -> Feed:
    """`only` are prefixes of publishers (`360G-example`). The registry is one document, so what it lists is what it offers."""

    def first(_window: Window, _stage: str) -> tuple[Request, ...]:
        return (Request(f"{root}/data.json", is_index=True),)

    def read(_request: Request, document: Any) -> Told:
        datasets = part({"registry": document}, "registry", list)
        prefixes = [part(part(dataset, "publisher", dict), "prefix", str, "") for dataset in datasets]
        wanted = set(chosen(only, prefixes, called="publishers"))
        more = tuple(request for dataset, prefix in zip(datasets, prefixes, strict=True) if prefix in wanted for request in _files(dataset))
        listed = tuple(request.item for request in more if request.item is not None)
        return Told(listed=listed, offered=len(listed), more=more)

    return Feed(first=first, read=read, manners=MANNERS, step=0, every=7, chooses="publisher")


def _files(dataset: Any) -> list[Request]:
    """Requests for the files of a dataset, in each of which its grants stand whole, so that the first with an address is enough."""
    identifier, version = part(dataset, "identifier", str), part(dataset, "modified", str, "")
    addresses = [part(file, "downloadURL", str, "") for file in part(dataset, "distribution", list)]
    return [Request(url, form="file", item=Item(identifier), version=version, may_leave=True) for url in addresses if url][:1]
