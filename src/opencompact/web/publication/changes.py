"""The change note of a release, read back from its CHANGES.md into what a page shows."""

from dataclasses import dataclass
from pathlib import Path

# A page names this many; the note itself has all.
MOST = 12


@dataclass(frozen=True)
class Changes:
    """Why figures changed, since which release (empty for the first), tables by rows added, removed and changed, and the figures that moved."""

    because: str
    since: str
    tables: tuple[tuple[str, ...], ...]
    moved: tuple[tuple[str, ...], ...]

    @property
    def first_moved(self) -> tuple[tuple[str, ...], ...]:
        """As many of the moved figures as a page names."""
        return self.moved[:MOST]

    @property
    def more(self) -> int:
        """Moved figures beyond those."""
        return max(0, len(self.moved) - MOST)


def read_changes(release: Path) -> Changes:
    """The changes of the release in this folder; nothing at all where it has no note."""
    try:
        lines = (release / "CHANGES.md").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        lines = []
    because = next((line.removeprefix("Revised because: ") for line in lines if line.startswith("Revised because: ")), "")
    since = next((line.removeprefix("Compared with release ").rstrip(".") for line in lines if line.startswith("Compared with release ")), "")
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| ")]
    tables = [row for row in rows if row[0] != "table" and _is_count(row[1])]
    moved = [row for row in rows if row[0] not in ("table", "indicator") and not _is_count(row[1])]
    return Changes(because, since, tuple(tables), tuple(moved))


def _is_count(text: str) -> bool:
    return text.replace(",", "").isdigit()
