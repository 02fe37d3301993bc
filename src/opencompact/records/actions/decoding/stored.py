"""A large text of lines that stays where it stands: read in portions of whole lines, never held whole."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencompact.records.actions.decoding.content import MOST_LINE, CannotRead, Content

PORTION = 2**18  # bytes taken at a time: more of them would be new memory each time, which costs as much as reading them
LEAST_STORED = 2**24  # bytes of a file that is worth going through twice


@dataclass(frozen=True)
class StoredLines:
    """A file of lines that is not held: its beginning, which ends with a line, its checksum and how it stood when that was taken."""

    path: Path
    beginning: bytes
    sha256: str
    stood: tuple[int, ...]

    def __len__(self) -> int:
        return self.stood[0]

    def portions(self) -> Iterator[bytes]:
        """The lines in portions; raises CannotRead where the file is no longer the one it was."""
        yield from file_portions(self.path)
        if _stands(self.path) != self.stood:
            raise CannotRead("a file that changed while it was read", "one that nothing writes to; build again", kind="unreadable_file")


def store(path: Path) -> StoredLines:
    """Go through the file once; raises CannotRead for one that cannot be opened, and where a line is too long."""
    stood, digest, beginning = _stands(path), hashlib.sha256(), b""
    for portion in file_portions(path):
        beginning = beginning or portion
        digest.update(portion)
    return StoredLines(path, beginning, digest.hexdigest(), stood)


def _stands(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(error) from error
    return status.st_size, status.st_mtime_ns, status.st_ino


def file_portions(path: Path) -> Iterator[bytes]:
    """The bytes of a file in portions that end with a line, the last one with the file; raises CannotRead."""
    try:
        with path.open("rb") as file:
            while portion := file.read(PORTION):
                begins = portion.rfind(b"\n") + 1
                if begins < len(portion):  # its last line goes on
                    portion += file.readline(MOST_LINE)
                if len(portion) - begins > MOST_LINE:
                    found = f"a line of more than {MOST_LINE // 2**20} MB"
                    raise CannotRead(found, "lines that end; the file may be no text, or its line ends are gone", kind="line_too_long")
                yield portion
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> CannotRead:
    return CannotRead(error.strerror or str(error), "a file this account may read", kind="unreadable_file")


def held_portions(content: Content) -> Iterator[Content]:
    """The same of bytes that are held; a mark of UTF-8 at the start is left in."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + PORTION) + 1 or len(content)
        yield content[start:end]
        start = end
