"""How a live source is asked: its manners, its requests and what an answer tells; pure, written once for each source in its fetch.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
UK = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


class ChangedType(ValueError):
    """A part of an answer is not of the type it always had; the message names the part, what was found and what was expected."""


class CannotAsk(LookupError):
    """What was asked for is nothing this source has."""


class Item(NamedTuple):
    """One record a source offers: its identifier there, and the day it stands under; None where the source names no day."""

    id: str
    day: date | None = None


@dataclass(frozen=True)
class Window:
    """Days asked for together, both inside."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """`2031-07-01`, or `2031-07-01_2031-07-15`: names order in time."""
        return self.first.isoformat() if self.is_day else f"{self.first}_{self.last}"

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def days(self) -> tuple[date, ...]:
        """Its days in order."""
        return tuple(self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


def window_named(name: str) -> Window:
    """The window of that name."""
    first, _, last = name.partition("_")
    return Window(date.fromisoformat(first), date.fromisoformat(last or first))


@dataclass(frozen=True)
class Manners:
    """How politely a source is asked.

    `pause` is the least time between two requests to one host, `waits` the statuses that mean "too fast" with the wait where the answer names
    none, `longest_wait` the most we wait within one run, all in seconds; `attempts` is how often one address is asked; `most_bytes` the largest
    answer taken.
    """

    pause: float = 1.0
    waits: Mapping[int, float] = field(default_factory=lambda: {429: 120.0, 503: 120.0})
    longest_wait: float = 3600.0
    attempts: int = 5
    connect_seconds: float = 15.0
    read_seconds: float = 120.0
    most_bytes: int = 2**31


@dataclass(frozen=True)
class Request:
    """One address to ask.

    `item` is the record the answer is, where it is one; an answer of the same `version` is not asked for twice. `is_index`: the answer only lists
    what there is. `if_changed`: ask for it only if it changed. `may_leave`: the file may lie with another host, as publishers' own files do.
    """

    url: str
    form: Literal["json", "file"] = "json"
    item: Item | None = None
    version: str = ""
    is_index: bool = False
    if_changed: bool = False
    may_leave: bool = False


@dataclass(frozen=True)
class Told:
    """What one answer tells: records that came with it, records it only lists, the source's own count, the next page, and what to ask for besides."""

    arrived: tuple[Item, ...] = ()
    listed: tuple[Item, ...] = ()
    offered: int | None = None
    next: Request | None = None
    more: tuple[Request, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A live source. `first` gives the requests a window (and a stage, or "") begins with; `read` says what a JSON answer tells.

    `step` is the days of a window, 0 where the source is always taken whole. `stages` are parts in which a window can be asked a second time.
    `limit` is the records of a full page where the source tells no count. `every` is the days between two harvests, `earliest` the first day there is.
    `chooses` says what a part of the source is called, where parts can be asked for; `must_choose` where it cannot be asked whole.
    """

    first: Callable[[Window, str], tuple[Request, ...]]
    read: Callable[[Request, Any], Told]
    manners: Manners
    step: int = 1
    stages: tuple[str, ...] = ()
    limit: int | None = None
    every: int = 1
    earliest: date | None = None
    chooses: str = ""
    must_choose: bool = False


def windows(feed: Feed, first: date, last: date) -> list[Window]:
    """The windows from `first` to `last`, both inside; one of the last day for a source taken whole."""
    if feed.step == 0:
        return [Window(last, last)]
    begins = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, feed.step)]
    return [Window(begin, min(begin + timedelta(days=feed.step - 1), last)) for begin in begins]


def day_of(instant: str, zone: tzinfo = UK) -> date | None:
    """The day of an ISO instant in the zone a source counts its days in; one without a zone is of that zone already. None where it is no instant."""
    try:
        read = datetime.fromisoformat(instant)
    except ValueError:
        return None
    return (read if read.tzinfo is None else read.astimezone(zone)).date()


def is_over(day: date, *, at: datetime) -> bool:
    """Whether the day had ended at that instant, in the United Kingdom and in universal time, which is never ahead of it."""
    return at.astimezone(UTC).date() > day


def part(document: Any, name: str, kind: type[T], otherwise: T | None = None) -> T:
    """The part of a JSON object under a key; raises ChangedType where it is of another type, or missing and nothing stands for it."""
    if not isinstance(document, dict):
        raise ChangedType(f"found {_said(document)} where an object with `{name}` was expected")
    found = document.get(name)
    if found is None and otherwise is not None:
        return otherwise
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is int):
        raise ChangedType(f"`{name}` is {_said(found)}; expected {_WORDS[kind]}")
    return found


_WORDS: Mapping[type, str] = {dict: "an object", list: "a list", str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _said(found: Any) -> str:
    return "missing" if found is None else _WORDS[type(found)]
