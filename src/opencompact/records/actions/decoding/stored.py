"""A large text of lines that stays where it stands: read in portions of whole lines, never held whole."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencompact.records.actions.decoding.content import MOST_LINE, CannotRead, Content

PORTION = 2**22  # bytes of lines taken at a time: beyond it memory costs more than it saves
LEAST_STORED = 2**24  # bytes of a file that is worth going through twice


@dataclass(frozen=True)
class StoredLines:
    """A file of lines that is not held: its beginning, which ends with a line, its size in bytes and its checksum."""

    path: Path
    beginning: bytes
    size: int
    sha256: str

    def __len__(self) -> int:
        return self.size

    def portions(self) -> Iterator[bytes]:
        """The lines in portions; raises CannotRead where the file is no longer the one it was."""
        digest = hashlib.sha256()
        for portion in file_portions(self.path):
            digest.update(portion)
            yield portion
        if digest.hexdigest() != self.sha256:
            raise CannotRead("a file that changed while it was read", "one that nothing writes to; build again", kind="unreadable_file")


def store(path: Path) -> StoredLines:
    """Go through the file once; raises CannotRead for one that cannot be opened, and where a line is too long."""
    digest, beginning, size = hashlib.sha256(), b"", 0
    for portion in file_portions(path):
        beginning = beginning or portion
        digest.update(portion)
        size += len(portion)
    return StoredLines(path, beginning, size, digest.hexdigest())


def file_portions(path: Path) -> Iterator[bytes]:
    """The bytes of a file in portions that end with a line, the last one with the file; raises CannotRead."""
    try:
        with path.open("rb") as file:
            left = b""
            while step := file.read(PORTION):
                end = step.rfind(b"\n") + 1
                if end:
                    yield left + step[:end]
                    left = step[end:]
                else:
                    left += step
                if len(left) > MOST_LINE:
                    found = f"a line of more than {MOST_LINE // 2**20} MB"
                    raise CannotRead(found, "lines that end; the file may be no text, or its line ends are gone", kind="line_too_long")
            if left:
                yield left
    except OSError as error:
        raise CannotRead(error.strerror or str(error), "a file this account may read", kind="unreadable_file") from error


def held_portions(content: Content) -> Iterator[Content]:
    """The same of bytes that are held; a mark of UTF-8 at the start is left in."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + PORTION) + 1 or len(content)
        yield content[start:end]
        start = end
