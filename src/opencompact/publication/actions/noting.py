"""Writes the change note of a release, from its tables and those of the release before."""

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from opencompact.lake.memory import SPILL, within_limits
from opencompact.publication.queries.reading import numbers
from opencompact.publication.rules.changes import Moved, TableChange, change_note, changes_select, moved_select
from opencompact.publication.rules.release import Release, number_before


@dataclass(frozen=True)
class _Table:
    source: str
    rows: int
    columns: tuple[str, ...]
    key: tuple[str, ...]


def write_change_note(made: Path, release: Release, *, folder: Path) -> None:
    """Write CHANGES.md into `made`, comparing it with the release before it in the releases folder; each tells its own tables and keys."""
    before = number_before(numbers(folder), release.number)
    tables: list[TableChange] = []
    moved: list[Moved] = []
    if before:
        old, new = _tables(folder / before), _tables(made)
        with closing(within_limits(made / SPILL)) as con:
            tables = [_table_change(con, name, old.get(name), new.get(name)) for name in sorted(old | new)]
            moved = _moved(con, old, new)
    note = change_note(release.title, before=before, tables=tables, moved=moved, because=release.because)
    (made / "CHANGES.md").write_text(note, encoding="utf-8")


def _tables(release: Path) -> dict[str, _Table]:
    found = {}
    for resource in json.loads((release / "datapackage.json").read_bytes())["resources"]:
        path = (release / resource["path"]).with_suffix(".parquet")
        schema = resource["schema"]
        source = "read_parquet('" + str(path).replace("'", "''") + "')"
        found[path.stem] = _Table(source, resource["rows"], tuple(field["name"] for field in schema["fields"]), tuple(schema.get("primaryKey", ())))
    return found


def _table_change(con: duckdb.DuckDBPyConnection, name: str, old: _Table | None, new: _Table | None) -> TableChange:
    if old is None or new is None:
        return TableChange(name, new.rows if new else 0, old.rows if old else 0, 0)
    common = [column for column in new.columns if column in old.columns]
    key = new.key if set(new.key) <= set(common) else ()
    added, removed, changed = con.execute(changes_select(before=old.source, after=new.source, key=key, columns=common)).fetchall()[0]
    return TableChange(name, added, removed, changed, tuple(sorted(set(old.columns) ^ set(new.columns))))


def _moved(con: duckdb.DuckDBPyConnection, old: dict[str, _Table], new: dict[str, _Table]) -> list[Moved]:
    if "measures" not in old or "measures" not in new:
        return []
    return [Moved(*row) for row in con.execute(moved_select(before=old["measures"].source, after=new["measures"].source)).fetchall()]
