"""The files inside a zip: listed without unpacking, each taken out by itself, bombs and locked ones refused."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from opencompact.records.actions.decoding.content import CannotRead, Content, is_text_name, take

MOST_MEMBERS = 10_000  # publishers' zips hold tens; listing millions would fill the memory
MOST_UNPACKED = 16 * 2**30  # bytes in all: more than any publication, less than a bomb
MOST_RATIO = 200  # times: tables of money shrink to a tenth or a fiftieth, a bomb a thousandfold
SURELY_SMALL = 64 * 2**20  # bytes below which no ratio harms: a column of noughts shrinks well too
_OF_WORKBOOKS = {"[Content_Types].xml", "mimetype"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError)


def is_archive(path: Path) -> bool:
    """Whether the file is a zip of files, by its first bytes and its list: a workbook is a zip as well, and is none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(path) as archive:
            return _OF_WORKBOOKS.isdisjoint(archive.NameToInfo)
    except (OSError, *BROKEN):
        return path.suffix.lower() == ".zip"


def members(path: Path) -> list[tuple[str, int]]:
    """The names and unpacked sizes of the files in a zip, in order, without what systems add; raises CannotRead for a broken one and a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [info for info in archive.infolist() if not info.is_dir()]
    except OSError as error:
        raise CannotRead(error.strerror or str(error), "a file this account may read", kind="unreadable_file") from error
    except BROKEN as error:
        raise _broken(error) from error
    unpacked, packed = sum(info.file_size for info in listed), sum(info.compress_size for info in listed)
    if len(listed) > MOST_MEMBERS or unpacked > MOST_UNPACKED or _is_bomb(unpacked, packed):
        found = f"a zip of {len(listed):,} files that would unpack to {unpacked / 2**20:,.0f} MB from {packed / 2**20:,.1f} MB"
        raise CannotRead(found, "a zip of published files; a zip bomb is not opened", kind="zip_bomb")
    return sorted({info.filename: info.file_size for info in listed if not _is_of_system(info.filename)}.items())


def refuse_archive(path: Path) -> None:
    """Raises CannotRead for a zip of files, which is no file itself: it cannot be listed, or holds none."""
    if is_archive(path):
        members(path)
        raise CannotRead("a zip with no file in it", "a zip of published files; fetch it again", kind="empty_file")


def member_bytes(path: Path, member: str) -> Content:
    """The bytes of one file of the zip; raises CannotRead where it is locked, damaged or a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(member)
            if _is_bomb(info.file_size, info.compress_size):
                raise CannotRead(f"{info.file_size:,} bytes packed into {info.compress_size:,}", "a published file; a zip bomb is not opened", kind="zip_bomb")
            with archive.open(info) as stream:
                return take(stream, info.file_size, is_text=is_text_name(PurePosixPath(member)))
    except RuntimeError as error:  # so zipfile says that a password is asked for; NotImplementedError is one too
        if isinstance(error, NotImplementedError):
            raise _broken(error) from error
        raise CannotRead("a file locked with a password", "one anyone may open; ask the publisher for it without", kind="locked") from error
    except CannotRead:
        raise
    except OSError as error:
        raise CannotRead(error.strerror or str(error), "a file this account may read", kind="unreadable_file") from error
    except BROKEN as error:
        raise _broken(error) from error


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > SURELY_SMALL and unpacked > MOST_RATIO * packed


def _is_of_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")


def _broken(error: Exception) -> CannotRead:
    found = "a zip that cannot be opened; it may be cut short"
    if isinstance(error, NotImplementedError):
        found = f"a zip packed in a way this program does not know ({error})"
    return CannotRead(found, "a whole zip, packed the usual way; fetch it again, or unpack it", kind="broken_zip")
