"""The ledger of one source: every request and what came of it, one JSON line each, on the disk before the next is asked."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from opencompact.fetching.faults import Fault
from opencompact.fetching.feed import Item

LEDGER = "ledger.jsonl"
INDEX = ".index.json"
Event = Literal["begun", "answer", "finished", "broken", "stopped"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: a reading of a window begun or ended, or one answer within it.

    A reading ends `finished` (all pages came), `broken` (it cannot go on: a lost link) or `stopped` (it goes on in the next run). `chain` is the
    address a run of pages began with, `moved_from` the one that led to `url`, `item` the record the answer is, where it is one. `file` is
    relative to the ledger's folder.
    """

    source: str
    window: str
    reading: int
    event: Event
    asked_at: datetime
    answered_at: datetime | None = None
    is_whole: bool = False
    by_stage: bool = False
    chain: str = ""
    url: str = ""
    moved_from: str = ""
    item: str = ""
    version: str = ""
    attempt: int = 1
    status: int | None = None
    file: str = ""
    sha256: str = ""
    bytes: int = 0
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    arrived: tuple[Item, ...] = ()
    listed: tuple[Item, ...] = ()
    offered: int | None = None
    next: str = ""
    fault: Fault | None = None
    is_usable: bool = False

    @property
    def address(self) -> str:
        """The address that was to be asked, wherever it led."""
        return self.moved_from or self.url


class BadLedger(ValueError):
    """A line of a ledger cannot be read; the message names the file and the line."""


class Ledger:
    """The ledger in a folder; one process writes it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LEDGER
        folder.mkdir(parents=True, exist_ok=True)
        _mend(self.path)
        self.entries: list[Entry] = []
        self.by_window: dict[str, list[Entry]] = defaultdict(list)
        self.usable: dict[str, Entry] = {}
        for entry in read_ledger(self.path):
            self._keep(entry)

    def append(self, entry: Entry) -> Entry:
        """Write the entry to the disk, then count on it."""
        with self.path.open("ab") as file:
            file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self._keep(entry)
        return entry

    def _keep(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.by_window[entry.window].append(entry)
        if entry.is_usable:
            self.usable[entry.address] = entry


def read_ledger(path: Path) -> list[Entry]:
    """The entries in order; a last line cut by a kill is left out. Raises BadLedger for any other line that is none."""
    if not path.is_file():
        return []
    entries = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
        try:
            entries.append(msgspec.json.decode(line, type=Entry))
        except msgspec.DecodeError as error:
            raise BadLedger(f"{path}, line {number}: found a line that is no entry ({error}). Put the file back from a copy, or move it away.") from error
    return entries


def standing(entries: Iterable[Entry]) -> set[str]:
    """Files to be read, relative to the ledger: of each record its latest answer, of a source taken whole the pages of its latest whole reading,
    and of other pages the latest that together hold every record. Not among them: answers that may not be used, and those that only list.
    """
    held = list(entries)
    usable = [entry for entry in held if entry.is_usable and entry.file and not entry.file.endswith(INDEX)]
    items = {entry.item: entry.file for entry in usable if entry.item}
    pages = [entry for entry in usable if entry.arrived and not entry.item]
    finished = {(entry.window, entry.reading) for entry in held if entry.event == "finished"}
    return set(items.values()) | _whole(pages, finished) | _latest([entry for entry in pages if not entry.is_whole])


def _whole(pages: Iterable[Entry], finished: set[tuple[str, int]]) -> set[str]:
    """Pages of sources taken whole that are of the last finished reading of their run, or later."""
    held = [(entry, (entry.window, entry.reading)) for entry in pages if entry.is_whole]
    last = {entry.chain: reading for entry, reading in held if reading in finished}
    return {entry.file for entry, reading in held if reading >= last.get(entry.chain, ("", 0))}


def _latest(pages: Sequence[Entry]) -> set[str]:
    """Pages with a record that no later one has: what is read twice to prove a day is not read twice into the lake."""
    files: set[str] = set()
    seen: set[str] = set()
    for entry in reversed(pages):
        new = {item.id for item in entry.arrived} - seen
        seen |= new
        files |= {entry.file} if new else set()
    return files


def _mend(path: Path) -> None:
    """Cut off a last line that a kill left half written, so that the next line stands on its own."""
    if path.is_file() and not (content := path.read_bytes()).endswith(b"\n") and content:
        with path.open("r+b") as file:
            file.truncate(content.rfind(b"\n") + 1)
