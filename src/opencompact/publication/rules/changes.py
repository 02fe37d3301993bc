"""What changed between one release and the next, as questions to both and as a note people read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TableChange:
    """Rows of one table added, removed and changed, told apart by its key; `columns` are those that only one of the two releases has."""

    table: str
    added: int
    removed: int
    changed: int
    columns: tuple[str, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.columns)


@dataclass(frozen=True)
class Moved:
    """A measure in both releases whose value is not the same; a missing value is null, never zero."""

    indicator: str
    body: str
    period: str
    before: float | None
    after: float | None


def changes_select(*, before: str, after: str, key: Sequence[str], columns: Sequence[str]) -> str:
    """A SELECT of one row (added, removed, changed) over two sources, comparing `columns`, which hold `key`.

    Without a key a row has no identity but its content, so it can be added or removed and not changed.
    A row of the later source that stands in no row of the earlier one is new or changed; those with a new key are the new ones.
    """
    names, whole = (", ".join(f'"{name}"' for name in some) for some in (key or columns, columns))

    def lost(some: str, first: str, second: str) -> str:
        return f"(SELECT count(*) FROM (SELECT {some} FROM {first} EXCEPT ALL SELECT {some} FROM {second}))"

    counts = f"SELECT {lost(names, after, before)} AS added, {lost(names, before, after)} AS removed, {lost(whole, after, before)} AS new_or_changed"
    return f"SELECT added, removed, new_or_changed - added AS changed FROM ({counts})"


def moved_select(*, before: str, after: str) -> str:
    """A SELECT of the measures that moved, in the order of Moved's fields."""
    return f"""SELECT indicator, body, period, o.value, n.value FROM {before} o JOIN {after} n USING (indicator, body, period)
        WHERE o.value IS DISTINCT FROM n.value ORDER BY indicator, body, period"""


def change_note(title: str, *, before: str | None, tables: Iterable[TableChange], moved: Sequence[Moved], because: str) -> str:
    """CHANGES.md: what differs from the release `before`, every figure that moved, and why."""
    reason = because.strip().rstrip(".") or ("no reason was given" if before else "first release")
    lines = [f"# What changed: {title}", "", f"Revised because: {reason}.", ""]
    if before is None:
        return "\n".join([*lines, "There is no release before this one.", ""])
    lines += [f"Compared with release {before}.", "", "## Tables", ""]
    lines += _table_lines([change for change in tables if change.is_change])
    lines += ["", "## Figures that moved", ""]
    lines += _moved_lines(moved)
    return "\n".join([*lines, ""])


def _table_lines(tables: Sequence[TableChange]) -> list[str]:
    if not tables:
        return ["No table changed."]
    rows = [f"| {t.table} | {t.added:,} | {t.removed:,} | {t.changed:,} | {', '.join(t.columns)} |" for t in tables]
    return ["| table | rows added | rows removed | rows changed | columns that came or went |", "|---|--:|--:|--:|---|", *rows]


def _moved_lines(moved: Sequence[Moved]) -> list[str]:
    if not moved:
        return ["No figure moved."]
    rows = [f"| {m.indicator} | {m.body} | {m.period} | {_value(m.before)} | {_value(m.after)} |" for m in moved]
    return ["| indicator | body | period | from | to |", "|---|---|---|--:|--:|", *rows]


def _value(value: float | None) -> str:
    return "no value" if value is None else repr(value)
