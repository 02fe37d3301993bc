"""What a change has made before it is in force: noted as it is made, so that the one after a kill need not make it again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from opencompact.lake.part import Part

NAME = "unfinished.jsonl"


@dataclass(frozen=True)
class Kept:
    """What was made under a key: parts with their tables, and rows that go with them (days as ISO text)."""

    parts: tuple[tuple[str, Part], ...]
    rows: tuple[dict[str, Any], ...]


class Unfinished:
    """The notes of a change in a file of the lake. Its parts count only while their checksums hold: a loss of power may have emptied them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._noted = self._read()

    def keep(self, key: str, parts: Iterable[tuple[str, Part]], rows: Iterable[Mapping[str, Any]]) -> None:
        """Note parts already written, and rows that go with them, under the key of what they were made from."""
        noted = {"key": key, "parts": [[table, vars(part)] for table, part in parts], "rows": list(rows)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(noted, default=_text) + "\n")

    def kept(self, key: str) -> Kept | None:
        """What a change that never came into force made under the key; None where there is nothing, or a part no longer stands."""
        noted = self._noted.get(key)
        if noted is None:
            return None
        parts = tuple((str(table), Part(**part)) for table, part in noted["parts"])
        whole = all(self._is_whole(part) for _, part in parts)
        return Kept(parts, tuple(noted["rows"])) if whole else None

    def forget(self) -> None:
        """Leave the notes: the change is in force, or another was."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        noted = {}
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, UnicodeDecodeError):
            return {}
        for line in lines:
            try:
                entry = json.loads(line)
                noted[entry["key"]] = entry
            except (ValueError, KeyError, TypeError):
                continue  # the line a kill cut
        return noted

    def _is_whole(self, part: Part) -> bool:
        try:
            return hashlib.sha256((self._folder / part.path).read_bytes()).hexdigest() == part.sha256
        except OSError:
            return False


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be noted")
