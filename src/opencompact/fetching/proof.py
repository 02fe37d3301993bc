"""The completeness proof: from the ledger, for each day, what was offered, what arrived, what is missing and how we know; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from opencompact.fetching.faults import Fault
from opencompact.fetching.feed import Item, Window, is_over, window_named
from opencompact.fetching.ledger import Entry

State = Literal["complete", "gaps", "not_offered_a_count", "not_yet_asked"]
DOUBTED = frozenset({"lost_next_link", "full_last_page", "other_host"})


@dataclass(frozen=True)
class Reading:
    """One time a window was asked for, from its first page to its last: the items it showed, the source's own count, and how it ended."""

    window: Window
    began_at: datetime
    last_asked_at: datetime
    is_whole: bool
    by_stage: bool
    ended: str
    shown: frozenset[Item]
    offered: int | None
    repeated: int
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        """Whether it came to its end with nothing to doubt, and showed as many items as the source counted, where it counts."""
        doubted = any(fault.kind in DOUBTED for fault in self.faults)
        return self.ended == "finished" and not doubted and (self.offered is None or len({item.id for item in self.shown}) >= self.offered)

    def of_day(self, day: date) -> frozenset[str]:
        """Identifiers it showed of a day; an item without a day counts where a single day was asked for."""
        return frozenset(item.id for item in self.shown if item.day == day or (self.window.is_day and (item.day is None or self.is_whole)))


@dataclass(frozen=True)
class Proof:
    """What is known of one day of one source. Counts are of different identifiers; `offered` and `missing` are None where nobody can tell.

    `wanting` are identifiers listed that did not arrive, `differing` counts items that one sound reading showed and another left out, and
    `repeated` times an item came again within a reading.
    """

    day: date
    state: State
    because: str
    offered: int | None
    arrived: int
    missing: int | None
    wanting: tuple[str, ...]
    differing: int
    repeated: int
    readings: int
    faults: tuple[Fault, ...]
    first_asked_at: datetime | None = None
    last_asked_at: datetime | None = None


def readings(entries: Iterable[Entry]) -> list[Reading]:
    """The readings of a source's ledger, in the order they began."""
    groups: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.window, entry.reading].append(entry)
    return sorted((_reading(group) for group in groups.values()), key=lambda reading: reading.began_at)


def _reading(group: Sequence[Entry]) -> Reading:
    usable = [entry for entry in group if entry.is_usable or entry.event == "begun"]
    pages: dict[str, Counter[Item]] = defaultdict(Counter)
    offered: dict[str, int | None] = {}
    for entry in usable:
        pages[entry.chain].update(entry.listed if entry.listed or entry.item else entry.arrived)
        if not entry.item and (entry.event == "answer" or entry.offered is not None):
            offered[entry.chain] = entry.offered
    shown = frozenset(item for counts in pages.values() for item in counts)
    counted = [count for count in offered.values() if count is not None]
    return Reading(
        window=window_named(group[0].window),
        began_at=group[0].asked_at,
        last_asked_at=group[-1].asked_at,
        is_whole=group[0].is_whole,
        by_stage=group[0].by_stage,
        ended=next((entry.event for entry in reversed(group) if entry.event in ("finished", "broken", "stopped")), ""),
        shown=shown,
        offered=sum(counted) if counted and len(counted) == len(offered) else None,
        repeated=sum(count - 1 for counts in pages.values() for count in counts.values()),
        faults=tuple(entry.fault for entry in group if entry.fault is not None),
    )


def prove(entries: Iterable[Entry], *, at: datetime) -> list[Proof]:
    """The proof of every day from the first to the last that a source was ever asked for, or that its items stand under."""
    held = list(entries)
    arrived = arrivals_of(held)
    covering: dict[date, list[Reading]] = defaultdict(list)
    for reading in readings(held):
        for day in reading.window.days:
            covering[day].append(reading)
    return [proof_of(day, covering[day], arrived=arrived.get(day, frozenset()), at=at) for day in _days(covering, arrived)]


def arrivals_of(entries: Iterable[Entry]) -> dict[date, frozenset[str]]:
    """Identifiers of the records held, by the day they stand under; records without a day stand under the day asked for."""
    arrived: dict[date, set[str]] = defaultdict(set)
    for entry in entries:
        window = window_named(entry.window)
        for item in entry.arrived if entry.is_usable else ():
            arrived[window.first if entry.is_whole else item.day or window.first].add(item.id)
    return {day: frozenset(ids) for day, ids in arrived.items()}


def _days(covering: dict[date, list[Reading]], arrived: dict[date, frozenset[str]]) -> Iterator[date]:
    if not covering:
        return
    whole = all(reading.is_whole for held in covering.values() for reading in held)
    between = covering if whole else Window(min(covering), max(covering)).days
    yield from sorted({*between, *arrived})


def proof_of(day: date, covering: Sequence[Reading], *, arrived: frozenset[str], at: datetime) -> Proof:
    """What the readings that cover a day prove of it; `arrived` are the identifiers held, `at` the instant it is computed as of."""
    timely = [reading for reading in covering if reading.is_whole or is_over(day, at=reading.began_at)]
    sound = [reading for reading in timely if reading.is_sound]
    judged = _judged(day, timely, sound, is_over_now=is_over(day, at=at))
    wanting = tuple(sorted(judged.listed - arrived))
    missing = max(len(wanting), judged.offered - len(arrived)) if judged.offered is not None else len(wanting) or None
    state, because = judged.state, judged.because
    if state == "complete" and missing:
        state, because = "gaps", "Not everything the source lists arrived."
    shown = [reading.of_day(day) for reading in sound]
    return Proof(
        day=day,
        state=state,
        because=because,
        offered=judged.offered,
        arrived=len(arrived),
        missing=missing,
        wanting=wanting,
        differing=len(frozenset[str]().union(*shown) - frozenset.intersection(*shown)) if shown and not sound[-1].is_whole else 0,
        repeated=sum(reading.repeated for reading in covering if reading.window.is_day),
        readings=len(timely),
        faults=tuple(fault for reading in covering if reading.window.first == day for fault in reading.faults),
        first_asked_at=min((reading.began_at for reading in covering), default=None),
        last_asked_at=max((reading.last_asked_at for reading in covering), default=None),
    )


@dataclass(frozen=True)
class _Judged:
    """The state of a day and why, what the source offered of it, and the identifiers it listed."""

    state: State
    because: str
    listed: frozenset[str] = frozenset()
    offered: int | None = None


def _judged(day: date, timely: Sequence[Reading], sound: Sequence[Reading], *, is_over_now: bool) -> _Judged:
    if not timely:
        return _Judged("not_yet_asked", "It was not asked for." if is_over_now else "The day is not over yet.")
    last = sound[-1] if sound else timely[-1]
    if last.offered is not None:
        shown = last.of_day(day)
        offered = last.offered if last.window.is_day else len(shown) if sound else None
        return (
            _Judged("complete", f"The source’s own count for {_days_in_words(last)} was reached.", shown, offered)
            if sound
            else _Judged("gaps", _why(last), shown, offered)
        )
    listed = frozenset[str]().union(*(reading.of_day(day) for reading in timely))
    if not sound:
        return _Judged("gaps", _why(last), listed)
    agreeing = sum(reading.of_day(day) == listed for reading in sound)
    if len(sound) == 1:
        return _Judged("not_offered_a_count", "The source tells no count, and only one reading came to its end.", listed)
    if agreeing > 1:
        return _Judged("complete", f"The source tells no count; {agreeing} readings showed the same items, and none showed another.", listed, len(listed))
    return _Judged("gaps", "Readings of the day differ, and no two of them show every item that any of them showed.", listed)


def _days_in_words(reading: Reading) -> str:
    return "this day" if reading.window.is_day else f"{reading.window.first} to {reading.window.last}"


def _why(reading: Reading) -> str:
    if reading.faults:
        return f"{reading.faults[-1].kind.replace('_', ' ').capitalize()}: {reading.faults[-1].found}."
    if reading.offered is not None and reading.ended == "finished":
        return f"The source counts {reading.offered} items and showed {len({item.id for item in reading.shown})}."
    return "No reading has come to its end yet."
