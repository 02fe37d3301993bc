"""Reads the windows of a source, goes on where a run was stopped, and asks again until each day is proved or was asked often enough."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from opencompact.fetching.asking import PART, Asker
from opencompact.fetching.feed import Feed, Window, is_over, windows
from opencompact.fetching.ledger import Ledger
from opencompact.fetching.paging import Paging, Stopped
from opencompact.fetching.proof import Proof, prove, readings

MOST_READINGS = 4  # of one day in one run: a feed that differs each time is left for the next run
RECENT = timedelta(days=30)  # how far back the first harvest of a source goes
AGAIN = timedelta(hours=20)  # a day with gaps is asked again once a day
GIVEN_UP = timedelta(days=60)  # and no longer than this
MOST_STOPS = 2  # windows stopped one after another, before the run gives the source up


@dataclass
class Harvest:
    """One source in its folder `raw/<source>`, read with one asker; `tell` is told in a few words what is being asked."""

    source: str
    feed: Feed
    folder: Path
    asker: Asker
    tell: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.folder)
        for half in self.folder.glob(f"*/*{PART}"):
            half.unlink()

    def fetch(self, first: date, last: date) -> list[Proof]:
        """Read every window from `first` to `last` until its days are proved or were asked often enough; the proof of each day."""
        stops = 0
        for window in windows(self.feed, first, last):
            try:
                self._settle(window)
                stops = 0
            except Stopped as stop:
                stops += 1
                if stop.is_for_all or stops == MOST_STOPS:
                    break
        return [proof for proof in self.proofs() if first <= proof.day <= last]

    def harvest(self) -> list[Proof]:
        """Read what is due: days since the last one asked, days with gaps, a whole source whose time has come; the proof of each day asked for."""
        asked: list[Proof] = []
        for first, last in self.due():
            asked.extend(self.fetch(first, last))
        return asked

    def due(self) -> list[tuple[date, date]]:
        """Spans of days to be asked for now, oldest first."""
        at = self.asker.clock.now()
        today, held = at.date(), self.proofs()
        if self.feed.step == 0:
            last = max((proof.day for proof in held if proof.state == "complete"), default=None)
            return [(today, today)] if last is None or (today - last).days >= self.feed.every else []
        gaps = [(proof.day, proof.day) for proof in held if _is_due(proof, at)]
        asked = [proof.day for proof in held if proof.readings]
        begin = max(asked) + timedelta(days=1) if asked else max(today - RECENT, self.feed.earliest or date.min)
        return [*gaps, *([(begin, today - timedelta(days=1))] if begin < today else [])]

    def proofs(self) -> list[Proof]:
        """The proof of every day so far."""
        return prove(self.ledger.entries, at=self.asker.clock.now())

    def _settle(self, window: Window) -> None:
        """Read the window, then each of its days that this does not prove, as often as one run may."""
        if self._unproved(window):
            self._read(window, by_stage=False)
        if self.feed.step == 0:
            return
        for day in self._unproved(window):
            for _ in range(MOST_READINGS):
                if not self._unproved(Window(day, day)):
                    break
                self._read(Window(day, day), by_stage=self._is_by_stage(day))

    def _unproved(self, window: Window) -> list[date]:
        """Days of the window that are over and not yet complete. A whole source that came whole today is complete."""
        at, days = self.asker.clock.now(), set(window.days)
        near = [entry for name, held in self.ledger.by_window.items() if _overlaps(name, window) for entry in held]
        complete = {proof.day for proof in prove(near, at=at) if proof.state == "complete"}
        return sorted(day for day in days - complete if self.feed.step == 0 or is_over(day, at=at))

    def _is_by_stage(self, day: date) -> bool:
        own = readings(self.ledger.by_window[day.isoformat()])
        return bool(self.feed.stages) and any(reading.ended == "finished" and not reading.by_stage for reading in own)

    def _read(self, window: Window, *, by_stage: bool) -> None:
        """One reading of the window, or the rest of one that was stopped; raises Stopped."""
        held = self.ledger.by_window[window.name]
        number = max((entry.reading for entry in held), default=0)
        before = [entry for entry in held if entry.reading == number]
        if not before or before[-1].event in ("finished", "broken"):
            number, before = number + 1, []
        else:
            by_stage = before[0].by_stage
        Paging(self.source, self.feed, self.folder, self.asker, self.ledger, self.tell, window, number, by_stage, before).read()


def _is_due(proof: Proof, at: datetime) -> bool:
    unproved = proof.state in ("gaps", "not_offered_a_count") or (proof.state == "not_yet_asked" and proof.last_asked_at is not None)
    asked = proof.last_asked_at
    return unproved and asked is not None and is_over(proof.day, at=at) and at - asked >= AGAIN and at.date() - proof.day <= GIVEN_UP


def _overlaps(name: str, window: Window) -> bool:
    first, _, last = name.partition("_")
    return first <= window.last.isoformat() and (last or first) >= window.first.isoformat()
