"""The bytes of a file: what may be read at all, how large it may be, and how a refusal or an oddity is told."""

from dataclasses import dataclass
from pathlib import Path, PurePath
from stat import S_ISDIR, S_ISREG
from typing import IO

Content = bytes | bytearray

DELIMITERS = {".csv": ",", ".tsv": "\t", ".txt": ",", ".tab": "\t"}
LINES = {".jsonl", ".ndjson"}
MOST_BYTES = 2 * 2**30  # a table stands in memory about three times while it is read: 8 GB of memory hold it
MOST_LINE = 64 * 2**20  # bytes: the largest record published is a quarter of it; beyond, the line ends are gone
STEP = MOST_LINE // 2  # bytes taken at a time: two steps without the end of a line are a line too long


class CannotRead(ValueError):
    """The file cannot be read as what it says it is; `expected` says what to give instead."""

    def __init__(self, found: str, expected: str, *, kind: str) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found, self.expected, self.kind = found, expected, kind


@dataclass(frozen=True)
class Notice:
    """Something about a row or the whole file that was mended or is odd."""

    source_row: int | None
    field: str
    found: str
    expected: str
    kind: str
    consequence: str
    fix: str


def is_text_name(path: PurePath) -> bool:
    """Whether the name is that of a text of lines."""
    return path.suffix.lower() in DELIMITERS.keys() | LINES


def read_bytes(path: Path) -> Content:
    """The file's bytes; raises CannotRead for one gone, without rights or too large, and for what is no file: reading a pipe would never end."""
    try:
        status = path.stat()
        if S_ISREG(status.st_mode):
            with path.open("rb") as file:
                return take(file, status.st_size, is_text=is_text_name(path))
    except OSError as error:
        raise CannotRead(error.strerror or str(error), "a file this account may read", kind="unreadable_file") from error
    if S_ISDIR(status.st_mode):
        raise CannotRead("a folder that may not be listed", "a folder this account may read", kind="unreadable_file")
    raise CannotRead("a pipe or device", "a file", kind="unreadable_file")


def take(stream: IO[bytes], size: int, *, is_text: bool) -> Content:
    """`size` bytes of a stream, or as many as it has; raises CannotRead where they are too many, or a text's line is, before all are held."""
    if size > MOST_BYTES:
        raise CannotRead(f"a file of {_gigabytes(size)}", f"at most {_gigabytes(MOST_BYTES)}; give it in parts", kind="too_large")
    held, done, without_end = bytearray(size), 0, 0
    while done < size and (step := stream.readinto(memoryview(held)[done : done + STEP])):  # type: ignore[attr-defined]  # every stream of bytes has it
        has_end = any(held.find(end, done, done + step) >= 0 for end in (b"\n", b"\r"))
        without_end = 0 if has_end else without_end + step
        if is_text and without_end > STEP:
            raise CannotRead(
                f"a line of more than {STEP // 2**20} MB", "lines that end; the file may be no text, or its line ends are gone", kind="line_too_long"
            )
        done += step
    del held[done:]
    return held


def _gigabytes(size: int) -> str:
    return f"{size / 2**30:,.1f} GB"
