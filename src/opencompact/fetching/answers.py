"""What an answer is worth: its body judged, what it tells, and the name it is kept under, evidence among it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from opencompact.fetching.asking import PART, REDIRECTS, Landed, host_in_words, joined, same_host
from opencompact.fetching.faults import Fault, Unusable, fault, judge_file, read_json
from opencompact.fetching.feed import ChangedType, Feed, Item, Request, Told
from opencompact.fetching.ledger import INDEX
from opencompact.fetching.manners import wait_for

UNUSABLE = ".unusable"
BREAKING = frozenset({"lost_next_link", "other_host"})  # the page counts, but the way on from it is lost


@dataclass
class Chain:
    """A run of pages: the address it began with and what its earlier pages were, so that a page that comes twice is known."""

    url: str
    addresses: set[str] = field(default_factory=set)
    checksums: set[str] = field(default_factory=set)
    pages: list[frozenset[Item]] = field(default_factory=list)

    def remember(self, request: Request, sha256: str, told: Told) -> None:
        """Count a page in."""
        self.addresses.add(request.url)
        self.checksums.add(sha256)
        self.pages.append(frozenset(told.arrived + told.listed))


@dataclass(frozen=True)
class Answer:
    """A judged answer: `told` is None where nothing of it may be used; `wait` is how long the source asks us to wait; `moved_to` where it leads."""

    status: int | None
    file: str = ""
    told: Told | None = None
    fault: Fault | None = None
    wait: float | None = None
    moved_to: str = ""


def judge(landed: Landed, request: Request, *, feed: Feed, chain: Chain) -> Answer:
    """What the answer is worth; its file is given the name it is kept under."""
    status, headers = landed.status, landed.headers
    if landed.fault is not None or status is None:
        return _evidence(landed, landed.fault or fault("unreachable", "no answer"))
    if status in REDIRECTS:
        return _moved(landed, request)
    if status == 304:
        _drop(landed)
        return Answer(status)
    if status == 200:
        return _body(landed, request, feed=feed, chain=chain)
    wait = wait_for(status, headers.get("Retry-After", ""), manners=feed.manners, at=landed.answered_at)
    if wait is not None:
        return _evidence(landed, fault("throttled", f"status {status}; it asks for {wait:.0f} seconds"), wait=wait)
    return _evidence(landed, fault("source_failed" if status >= 500 else "refused", f"status {status}"))


def read_body(path: Path, request: Request, *, feed: Feed, charset: str) -> tuple[Told, Fault | None, str]:
    """What a body tells, a fault it is usable in spite of, and its suffix; raises Unusable."""
    if request.form == "file":
        return Told(arrived=(request.item,) if request.item else ()), None, judge_file(path, size=path.stat().st_size)
    document, noted = read_json(path.read_bytes(), charset=charset)
    return _told(feed, request, document), noted, "json"


def _told(feed: Feed, request: Request, document: Any) -> Told:
    try:
        return feed.read(request, document)
    except (ChangedType, AttributeError, KeyError, TypeError, ValueError) as error:  # whatever a changed answer makes a source's reading stumble on
        raise Unusable(fault("changed_type", str(error))) from error


def _body(landed: Landed, request: Request, *, feed: Feed, chain: Chain) -> Answer:
    assert landed.path is not None
    try:
        told, noted, suffix = read_body(landed.path, request, feed=feed, charset=charset_of(landed.headers))
        told, wrong = _checked(told, request, landed.sha256, limit=feed.limit, chain=chain)
    except Unusable as refusal:
        return _evidence(landed, refusal.fault)
    return Answer(landed.status, _keep(landed, INDEX if request.is_index else f".{suffix}"), told, wrong or noted)


def _checked(told: Told, request: Request, sha256: str, *, limit: int | None, chain: Chain) -> tuple[Told, Fault | None]:
    """The page with a next link that may be followed, or none and why; raises Unusable for a page that came before."""
    if request.item is not None:
        return told, None
    items = frozenset(told.arrived + told.listed)
    if sha256 in chain.checksums or (items and items in chain.pages):
        raise Unusable(fault("repeated_page", f"page {len(chain.pages) + 1} holds what an earlier page held"))
    if told.next is not None:
        return _with_next(told, told.next, request, chain)
    shown = len({item.id for page in (*chain.pages, items) for item in page})
    if told.offered is not None and shown < told.offered:
        return told, fault("lost_next_link", f"no next page after {shown} of {told.offered} items")
    if told.offered is None and limit is not None and len(told.arrived + told.listed) >= limit:
        return told, fault("full_last_page", f"no next page after one with {limit} items")
    return told, None


def _with_next(told: Told, following: Request, request: Request, chain: Chain) -> tuple[Told, Fault | None]:
    url = _as_safe(request.url, joined(request.url, following.url))
    end = Told(told.arrived, told.listed, told.offered, None, told.more)
    if not same_host(request.url, url):
        return end, fault("other_host", f"a next page at {host_in_words(url)}")
    if url in chain.addresses or url == request.url:
        return end, fault("lost_next_link", "its next link leads back to a page already given")
    return Told(told.arrived, told.listed, told.offered, Request(url, is_index=following.is_index), told.more), None


def _as_safe(url: str, following: str) -> str:
    """A link of the same host as safe as the page it stands on: servers behind a proxy write http into pages they give over https."""
    one, two = urlsplit(url), urlsplit(following)
    return urlunsplit(two._replace(scheme=one.scheme)) if one.netloc == two.netloc and (one.scheme, two.scheme) == ("https", "http") else following


def _moved(landed: Landed, request: Request) -> Answer:
    _drop(landed)
    target = joined(request.url, landed.headers.get("Location", ""))
    if target == request.url:
        return Answer(landed.status, fault=fault("too_many_redirects", "the address leads to itself"))
    if not (request.may_leave or same_host(request.url, target)):
        return Answer(landed.status, fault=fault("other_host", f"status {landed.status}, to {host_in_words(target)}"))
    return Answer(landed.status, fault=fault("redirected", f"status {landed.status}, to {target}"), moved_to=target)


def _evidence(landed: Landed, wrong: Fault, *, wait: float | None = None) -> Answer:
    """The answer kept to be looked at, under a name nothing reads."""
    if wrong.kind == "too_large":
        _drop(landed)
        return Answer(landed.status, fault=wrong)
    return Answer(landed.status, _keep(landed, UNUSABLE), None, wrong, wait)


def _keep(landed: Landed, suffix: str) -> str:
    """Give the body its name, `<time>-<checksum>.<suffix>`, and return it; "" where there was none."""
    if landed.path is None:
        return ""
    path = landed.path.with_name(f"{landed.path.name.removesuffix(PART)}-{landed.sha256[:12]}{suffix}")
    landed.path.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name too must be on the disk before the ledger tells of it
    finally:
        os.close(folder)
    return f"{path.parent.name}/{path.name}"


def _drop(landed: Landed) -> None:
    if landed.path is not None:
        landed.path.unlink(missing_ok=True)


def charset_of(headers: Mapping[str, str]) -> str:
    """The encoding a Content-Type names; "" where it names none."""
    _, _, after = headers.get("Content-Type", "").partition("charset=")
    return after.split(";")[0].strip()
