"""One reading of a window: its pages in order, each asked for or, after a stop, taken from those that came before."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace as replace_entry

from opencompact.fetching.answers import BREAKING, Answer, Chain, charset_of, judge, read_body
from opencompact.fetching.asking import Asker, Landed, host_in_words, is_public, same_host
from opencompact.fetching.faults import PASSING, Unusable, fault
from opencompact.fetching.feed import Feed, Item, Request, Told, Window
from opencompact.fetching.ledger import Entry, Event, Ledger
from opencompact.fetching.manners import pause_before

MOST_REDIRECTS = 5
FOR_ALL = frozenset({"throttled", "unreachable", "source_failed"})  # of the whole source, not of one page
FOR_NOW = frozenset({"web_page", "empty", "cut_short", "broken_json"})  # of one page, and perhaps not tomorrow


class Stopped(Exception):
    """The reading cannot go on in this run; the next run goes on from its last whole page. `is_for_all`: nor can any other of the source."""

    def __init__(self, *, is_for_all: bool) -> None:
        super().__init__()
        self.is_for_all = is_for_all


class Broken(Exception):
    """This reading cannot go on, now or later."""


@dataclass(frozen=True)
class Step:
    """One request of a reading, the run of pages it belongs to, and the address it was moved from."""

    request: Request
    chain: Chain
    moved_from: str = ""


@dataclass(frozen=True)
class Paging:
    """The reading `number` of a window; `before` are its entries of an earlier run."""

    source: str
    feed: Feed
    folder: Path
    asker: Asker
    ledger: Ledger
    tell: Callable[[str], None]
    window: Window
    number: int
    by_stage: bool
    before: Sequence[Entry]

    def read(self) -> None:
        """Read to the end and say in the ledger how it ended; raises Stopped."""
        (self.folder / self.window.name).mkdir(exist_ok=True)
        try:
            self._read()
        except Broken:
            self._note("broken")
        except Stopped:
            self._note("stopped")
            raise
        else:
            self._note("finished")

    def _read(self) -> None:
        stages = self.feed.stages if self.by_stage else ("",)
        first = [request for stage in stages for request in self.feed.first(self.window, stage)]
        if not self.before:
            items = tuple(request.item for request in first if request.item is not None)
            self._note("begun", listed=items, offered=len(items) if items else None)
        held = {entry.address: entry for entry in self.before if entry.is_usable}
        steps = deque(Step(request, Chain(request.url)) for request in first)
        while steps:
            step = steps.popleft()
            told = self._held(step, held.get(step.request.url)) or self._asked(step, root=first[0].url)
            if told.next is not None:
                steps.appendleft(Step(told.next, step.chain))
            steps.extend(Step(request, Chain(request.url)) for request in told.more)

    def _held(self, step: Step, before: Entry | None) -> Told | None:
        """What a page tells that came before the stop, or a record held already in this very version; None where it must be asked for."""
        request = step.request
        entry = before or (self.ledger.usable.get(request.url) if request.version else None)
        if entry is None or entry.version != request.version or not self._stands(entry):
            return None
        try:
            told, _, _ = read_body(self.folder / entry.file, request, feed=self.feed, charset=entry.charset)
        except Unusable:
            return None
        told = replace(told, next=Request(entry.next, is_index=request.is_index) if entry.next else None)
        if before is None:
            self._record(step, Answer(None, entry.file, told), asked_at=self.asker.clock.now(), held=entry)
        step.chain.remember(request, entry.sha256, told)
        return told

    def _stands(self, entry: Entry) -> bool:
        path = self.folder / entry.file
        return bool(entry.file) and path.is_file() and path.stat().st_size == entry.bytes

    def _asked(self, step: Step, *, root: str) -> Told:
        """Ask as often as the manners allow; every answer enters the ledger. Raises Stopped and Broken."""
        manners, kind = self.feed.manners, ""
        for attempt in range(1, manners.attempts + 1):
            answer = self._follow(step, attempt, root=root)
            kind = answer.fault.kind if answer.fault else ""
            if answer.told is not None:
                if kind in BREAKING:
                    raise Broken
                return answer.told
            wait = pause_before(attempt, manners=manners) if answer.wait is None else answer.wait
            if kind not in PASSING or attempt == manners.attempts or wait > manners.longest_wait:
                break
            self.asker.clock.sleep(wait)
        return self._without(step.request, kind)

    def _without(self, request: Request, kind: str) -> Told:
        """Go on without a record that did not come; without a page there is no going on."""
        if request.item is not None and (request.may_leave or kind not in FOR_ALL):
            return Told()
        if kind in FOR_ALL | FOR_NOW:
            raise Stopped(is_for_all=kind in FOR_ALL)
        raise Broken

    def _follow(self, step: Step, attempt: int, *, root: str) -> Answer:
        """Ask the address and those it leads to, each an entry of its own."""
        request = step.request
        for _ in range(MOST_REDIRECTS):
            moved_from = step.request.url if request is not step.request else ""
            answer = self._ask(replace(step, request=request, moved_from=moved_from), attempt, root=root)
            if not answer.moved_to:
                return answer
            request = replace(request, url=answer.moved_to)
        answer = Answer(None, fault=fault("too_many_redirects", f"{MOST_REDIRECTS} in a row"))
        self._record(step, answer, asked_at=self.asker.clock.now(), attempt=attempt)
        return answer

    def _ask(self, step: Step, attempt: int, *, root: str) -> Answer:
        request, now = step.request, self.asker.clock.now
        if request.may_leave and not same_host(root, request.url) and is_public(root) and not is_public(request.url):
            answer = Answer(None, fault=fault("other_host", f"not of the public web: {host_in_words(request.url)}"))
            self._record(step, answer, asked_at=now(), attempt=attempt)
            return answer
        self.tell(f"{self.window.name} {request.url}")
        held = self._last(request)
        landed = self.asker.ask(request.url, folder=self.folder / self.window.name, manners=self.feed.manners, headers=_conditions(held))
        answer = judge(landed, request, feed=self.feed, chain=step.chain)
        if answer.status == 304:
            answer = _unchanged(held, request)
        self._record(step, answer, asked_at=landed.asked_at, attempt=attempt, landed=landed, held=held if answer.status == 304 else None)
        if answer.told is not None:
            step.chain.remember(request, landed.sha256, answer.told)
        return answer

    def _last(self, request: Request) -> Entry | None:
        entry = self.ledger.usable.get(request.url) if request.if_changed else None
        return entry if entry is not None and self._stands(entry) else None

    def _record(self, step: Step, answer: Answer, *, asked_at: datetime, attempt: int = 1, landed: Landed | None = None, held: Entry | None = None) -> None:
        """The answer as an entry of the ledger; `held` is the entry whose file it stands on, where nothing new was sent."""
        request, told, headers = step.request, answer.told or Told(), landed.headers if landed else {}
        self.ledger.append(
            replace_entry(
                self._entry("answer", asked_at),
                answered_at=landed.answered_at if landed else None,
                chain=step.chain.url,
                url=request.url,
                moved_from=step.moved_from,
                item=request.item.id if request.item else "",
                version=request.version,
                attempt=attempt,
                status=answer.status,
                file=answer.file,
                sha256=held.sha256 if held else landed.sha256 if landed and answer.file else "",
                bytes=held.bytes if held else landed.size if landed and answer.file else 0,
                charset=held.charset if held else charset_of(headers),
                etag=held.etag if held else headers.get("ETag", ""),
                last_modified=held.last_modified if held else headers.get("Last-Modified", ""),
                arrived=told.arrived,
                listed=told.listed,
                offered=told.offered,
                next=told.next.url if told.next else answer.moved_to,
                fault=answer.fault,
                is_usable=answer.told is not None,
            )
        )

    def _note(self, event: Event, *, listed: tuple[Item, ...] = (), offered: int | None = None) -> None:
        self.ledger.append(replace_entry(self._entry(event, self.asker.clock.now()), listed=listed, offered=offered))

    def _entry(self, event: Event, asked_at: datetime) -> Entry:
        return Entry(
            source=self.source,
            window=self.window.name,
            reading=self.number,
            event=event,
            asked_at=asked_at,
            is_whole=self.feed.step == 0,
            by_stage=self.by_stage,
        )


def _conditions(held: Entry | None) -> dict[str, str]:
    """Headers that ask for the answer only if it is another than the one held (RFC 9110, section 13.1)."""
    given = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified} if held else {}
    return {name: value for name, value in given.items() if value}


def _unchanged(held: Entry | None, request: Request) -> Answer:
    if held is None or request.item is None:
        return Answer(304, fault=fault("not_held", "status 304"))
    return Answer(304, held.file, Told(arrived=(request.item,)))
