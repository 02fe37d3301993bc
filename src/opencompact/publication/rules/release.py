"""What a release says of itself, and how releases are numbered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import msgspec

DRAFT: Final = "draft"
FREEZE: Final = "freeze release"
STAMP = "computed, not yet put to the body"
SAMPLE_MARK = "INVENTED SAMPLE COUNTRY"
Standing = Literal["real", "sample"]

_NUMBER = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:\.([2-9]|[1-9]\d+))?", re.ASCII)


class BadNumber(ValueError):
    """A release number is not of the form `2026-11` or `2026-11.2`."""


class BadRelease(ValueError):
    """A release.json cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class Input:
    """A file the release was made from; `sha256` is null where its bytes could not be had."""

    file: str
    sha256: str | None


@dataclass(frozen=True)
class Release:
    """What release.json says: `tables` are rows by table, `coverage` months by record and state, `at` the instant it was computed as of."""

    number: str
    state: Literal["draft", "frozen"]
    at: datetime
    version: str
    standing: Standing
    stamp: str
    inputs: tuple[Input, ...]
    tables: dict[str, int]
    coverage: dict[str, dict[str, int]]
    because: str = ""
    frozen_at: datetime | None = None

    @property
    def title(self) -> str:
        """Its title, which says first of all where the country is invented."""
        name = "OpenCompact, draft release" if self.state == DRAFT else f"OpenCompact, release {self.number}"
        return f"{SAMPLE_MARK}: {name}" if self.standing == "sample" else name


def to_json(release: Release) -> bytes:
    """The content of release.json."""
    return msgspec.json.format(msgspec.json.encode({"title": release.title, **msgspec.to_builtins(release)}), indent=1) + b"\n"


def from_json(content: bytes) -> Release:
    """The release a release.json tells of; raises BadRelease."""
    try:
        return msgspec.json.decode(content, type=Release)
    except msgspec.DecodeError as error:
        raise BadRelease(f"release.json cannot be read: {error}. It may have been changed by hand; take a fresh copy of the release.") from error


def number_order(number: str) -> tuple[int, int, int]:
    """Year, month and place within the month, by which releases are ordered; raises BadNumber."""
    found = _NUMBER.fullmatch(number)
    if not found:
        raise BadNumber(f"Release number: found {number!r}; expected the year and month, such as 2026-11, or 2026-11.2 for the second of a month.")
    return int(found[1]), int(found[2]), int(found[3] or 1)


def is_number(name: str) -> bool:
    """Whether a folder's name is a release number."""
    return _NUMBER.fullmatch(name) is not None


def next_number(existing: Iterable[str], at: datetime) -> str:
    """The number of a release frozen at `at`: its year and month, then `.2` and so on, never one that was used before."""
    month = f"{at:%Y-%m}"
    places = [number_order(number)[2] for number in existing if number.split(".")[0] == month]
    return f"{month}.{max(places) + 1}" if places else month


def number_before(existing: Iterable[str], number: str) -> str | None:
    """The release before `number`: the latest of the existing ones, for the draft; null for the first."""
    earlier = [held for held in existing if number == DRAFT or number_order(held) < number_order(number)]
    return max(earlier, key=number_order, default=None)
