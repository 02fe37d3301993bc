"""Files as publishers write them: encodings, line ends, byte order marks, and the number a spreadsheet gives each row."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any


class TableFile:
    """A CSV file being written; use it in a `with`. `write` gives the row's number, the header being row 1."""

    def __init__(self, path: Path, header: Sequence[str], *, encoding: str = "utf-8", line_end: str = "\n") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._file = path.open("w", encoding=encoding, newline="")
        self._line_end = line_end
        self._writer = csv.writer(self._file, lineterminator=line_end)
        self.write(header)

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def write(self, cells: Iterable[str]) -> int:
        """Write a row; a cell may hold line ends."""
        self.rows += 1
        self._writer.writerow(list(cells))
        return self.rows

    def blank_line(self) -> int:
        """Write a line with nothing on it, which is a row all the same."""
        self.rows += 1
        self._file.write(self._line_end)
        return self.rows


class ListFile:
    """A JSON document whose list under `key` is written item by item; use it in a `with`. `write` gives the place, from 1."""

    def __init__(self, path: Path, key: str, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._after = after or {}
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")
        self._file.write("{" + "".join(f"{_text(name)}: {_text(value)}, " for name, value in (before or {}).items()) + f"{_text(key)}: [")

    def __enter__(self) -> "ListFile":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.write("\n]" + "".join(f", {_text(name)}: {_text(value)}" for name, value in self._after.items()) + "}\n")
        self._file.close()

    def write(self, item: dict[str, Any]) -> int:
        """Write an item; an infinite number is written `1e9999`, as a live feed once did."""
        self._file.write(("," if self.rows else "") + "\n" + _text(item).replace("Infinity", "1e9999"))
        self.rows += 1
        return self.rows


def write_json(path: Path, document: Any) -> None:
    """Write a JSON document, indented."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
