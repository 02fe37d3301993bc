"""Which releases there are, and a reader over the tables of one."""

from dataclasses import dataclass
from pathlib import Path

from opencompact.lake import Connection, locked_reader, parquet_select
from opencompact.publication.rules.release import DRAFT, BadRelease, Release, from_json, is_number, number_order

# While a new draft takes the old one's place there is an instant with neither; the old one stands under this name until the new one is in.
DRAFT_BEFORE = ".draft.before"


class NoRelease(FileNotFoundError):
    """There is no such release; the message says which there are."""


@dataclass(frozen=True)
class ReleaseReader:
    """An open release: `con` sees each of its tables as a view and nothing else. Each thread takes a `con.cursor()` of its own."""

    folder: Path
    release: Release
    con: Connection
    opened: tuple[int, int]


def numbers(folder: Path) -> list[str]:
    """The frozen releases in the releases folder, earliest first."""
    return sorted((path.name for path in folder.glob("*") if path.is_dir() and is_number(path.name)), key=number_order)


def release_folder(folder: Path, number: str | None) -> Path:
    """The folder of a release, `draft` among them; of the latest frozen one, else the draft, where no number is given. Raises NoRelease."""
    frozen = numbers(folder)
    wanted = number or (frozen[-1] if frozen else DRAFT)
    if wanted in frozen:
        return folder / wanted
    if wanted == DRAFT:
        for name in (DRAFT, DRAFT_BEFORE):
            if (folder / name).is_dir():
                return folder / name
        raise NoRelease(f"{folder} holds no draft release. Run `opencompact build` first.")
    raise NoRelease(f"There is no release {wanted} in {folder}; there are: {', '.join(frozen) or 'none'}. `opencompact releases list` shows them.")


def read_release(release: Path) -> Release:
    """What the release in this folder says of itself; raises BadRelease."""
    try:
        return from_json((release / "release.json").read_bytes())
    except FileNotFoundError as error:
        raise BadRelease(f"{release} holds no release.json; take a fresh copy of the release, or build it again.") from error


def releases(folder: Path) -> list[Release]:
    """What every release says of itself: the frozen ones, earliest first, then the draft if there is one. Raises BadRelease."""
    held = [folder / number for number in numbers(folder)]
    drafts = [folder / name for name in (DRAFT, DRAFT_BEFORE) if (folder / name).is_dir()]
    return [read_release(path) for path in [*held, *drafts[:1]]]


def open_release(folder: Path, number: str | None = None) -> ReleaseReader:
    """A reader over a release of the releases folder: the latest frozen one, else the draft, where no number is given. Raises NoRelease, BadRelease."""
    held = release_folder(folder, number).absolute()
    opened = _identity(held)
    reader = ReleaseReader(held, read_release(held), _connect(held), opened)
    return reader if is_current(reader) else open_release(folder, number)  # a build replaced the draft meanwhile


def is_current(reader: ReleaseReader) -> bool:
    """Whether the folder still holds the release that was opened; a new build replaces the draft, and the door then opens it anew."""
    try:
        return _identity(reader.folder) == reader.opened
    except FileNotFoundError:
        return False


def _identity(release: Path) -> tuple[int, int]:
    found = release.stat()
    return found.st_ino, found.st_mtime_ns


def _connect(release: Path) -> Connection:
    return locked_reader(release, {path.stem: parquet_select([path]) for path in sorted((release / "tables").glob("*.parquet"))})
