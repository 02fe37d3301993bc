"""The lake: Parquet parts under one manifest, swapped whole, so that every reader sees one state."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from opencompact.shapes.shape import Column, Shape
from opencompact.values.sql import quoted

Connection = duckdb.DuckDBPyConnection


class WrongShape(ValueError):
    """Rows do not have the declared shape; the message names the table, the column, what was found and what was expected."""


class NoLake(FileNotFoundError):
    """The workspace holds no lake yet."""


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table: `path` relative to the lake, its checksum and rows, and the key of what it was made from."""

    path: str
    sha256: str
    rows: int
    made_from: str = ""


Manifest = dict[str, tuple[Part, ...]]


class Tables(Protocol):
    """Tables that can be read: a lake as it stands, or a change in the making."""

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """The shape of each table by name."""

    def connect(self) -> Connection:
        """A reader of its own, with nothing outside the lake within reach."""


class Lake:
    """A folder of Parquet parts and the manifest naming those in force."""

    def __init__(self, folder: Path, shapes: Mapping[str, Shape]) -> None:
        self.folder = folder.absolute()  # DuckDB compares whole paths with the folder a reader may reach
        self.shapes = shapes

    def manifest(self) -> Manifest:
        """The parts in force, by table; empty before the first change."""
        try:
            stored = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return {table: tuple(Part(**part) for part in parts) for table, parts in stored["tables"].items()}

    def connect(self) -> Connection:
        """A reader of its own over the state of this moment: every table a view, nothing outside the lake within reach."""
        manifest = self.manifest()
        if not manifest:
            raise NoLake(f"{self.folder} holds no tables yet. Run `opencompact build` first.")
        return _reader(self.folder, self.shapes, manifest)

    @contextmanager
    def change(self) -> Iterator["Change"]:
        """A change of any number of tables, in force all at once when the block ends well, and not at all otherwise."""
        change = Change(self)
        try:
            yield change
            change.swap()
        finally:
            change.con.close()


class Change:
    """Tables being made. `con` sees each table as it was put in this change; a table not put here does not exist in it."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.before = lake.manifest()
        self.after: dict[str, tuple[Part, ...]] = {}
        (lake.folder / "parts").mkdir(parents=True, exist_ok=True)
        self.con = _database()

    def part(self, table: str, select: str, *, made_from: str = "") -> Part:
        """Write the rows of `select` as one part of `table`, in its own order; columns absent from it are null."""
        shape = self.lake.shapes[table]
        columns = _check_columns(shape, [row[0] for row in self.con.execute(f"DESCRIBE {select}").fetchall()])
        temporary = self.lake.folder / "parts" / f".{table}.{os.getpid()}.tmp"
        self.con.execute(f"COPY (SELECT {columns} FROM ({select})) TO {quoted(temporary)} (FORMAT parquet, COMPRESSION zstd)")
        digest = hashlib.sha256(temporary.read_bytes()).hexdigest()
        path = f"parts/{table}-{digest[:20]}.parquet"
        rows = self._one(f"SELECT count(*) FROM read_parquet({quoted(temporary)})")
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(self.lake.folder / path)
        return Part(path, digest, rows, made_from)

    def known_part(self, table: str, made_from: str) -> Part | None:
        """The part in force that was made from the same inputs, if it still stands."""
        for part in self.before.get(table, ()):
            if part.made_from == made_from and (self.lake.folder / part.path).is_file():
                return part
        return None

    def put(self, table: str, select: str) -> int:
        """Make `table` the rows of `select`, checked against its shape; returns the rows. Order the SELECT: parts keep its order."""
        return self.put_parts(table, [self.part(table, select)])

    def put_rows(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Make `table` the given rows; keys absent from a row are null."""
        held = list(rows)
        shape = self.lake.shapes[table]
        unknown = sorted({key for row in held for key in row} - set(shape.column_names))
        if unknown:
            raise WrongShape(f"Table {table}: found columns {', '.join(unknown)}; expected only {', '.join(shape.column_names)}.")
        self.con.register("put_rows_given", pa.table({column.name: _array(shape, column, held) for column in shape.columns}))
        try:
            return self.put(table, "SELECT * FROM put_rows_given")
        finally:
            self.con.unregister("put_rows_given")

    def put_parts(self, table: str, parts: Iterable[Part]) -> int:
        """Make `table` the given parts, checked as a whole against its shape."""
        self.after[table] = tuple(parts)
        self.con.execute(f'CREATE OR REPLACE VIEW "{table}" AS {_view(self.lake.folder, self.lake.shapes[table], self.after[table])}')
        self._check_rows(self.lake.shapes[table])
        return sum(part.rows for part in self.after[table])

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """The shapes of the lake's tables."""
        return self.lake.shapes

    def connect(self) -> Connection:
        """A reader over the tables as put so far in this change, with nothing outside the lake within reach: for SELECTs of other people's cards."""
        return _reader(self.lake.folder, self.lake.shapes, self.after)

    def swap(self) -> None:
        """Put the change in force: one rename, so that a kill leaves the old state or the new."""
        stored = {"tables": {table: [vars(part) for part in parts] for table, parts in sorted(self.after.items())}}
        write_whole(self.lake.folder / "manifest.json", json.dumps(stored, indent=1).encode())
        in_force = {part.path for parts in self.after.values() for part in parts}
        in_force |= {part.path for parts in self.before.values() for part in parts}  # a reader may have just opened the state before
        for path in sorted((self.lake.folder / "parts").iterdir()):
            if f"parts/{path.name}" not in in_force:
                path.unlink()

    def _one(self, query: str) -> Any:  # a count or a value of any column type
        rows = self.con.execute(query).fetchall()  # fetchone would leave the result open
        return rows[0][0] if rows else None

    def _check_rows(self, shape: Shape) -> None:
        for column in shape.columns:
            if column.required and (missing := self._one(f'SELECT count(*) FROM {shape.name} WHERE "{column.name}" IS NULL')):
                raise WrongShape(f"Table {shape.name}, column {column.name}: found {missing} rows without a value; expected one in each.")
            if column.words:
                listed = ", ".join(f"'{word}'" for word in column.words)
                if (odd := self._one(f'SELECT any_value("{column.name}") FROM {shape.name} WHERE "{column.name}" NOT IN ({listed})')) is not None:
                    raise WrongShape(f"Table {shape.name}, column {column.name}: found {odd!r}; expected one of {', '.join(column.words)}.")
        if shape.key:
            key = ", ".join(f'"{name}"' for name in shape.key)
            shown = ", ".join(f"{name}: any_value({name})" for name in shape.key)
            if (twice := self._one(f"SELECT to_json({{{shown}}}) FROM {shape.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1")) is not None:
                raise WrongShape(f"Table {shape.name}: found {twice} twice; expected {key} to be unique.")


_ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(18,2)": pa.decimal128(18, 2),
}


def _array(shape: Shape, column: Column, rows: list[Mapping[str, Any]]) -> pa.Array:
    try:
        return pa.array([row.get(column.name) for row in rows], type=_ARROW[column.type])
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise WrongShape(f"Table {shape.name}, column {column.name}: found a value that is no {column.type} ({error}); expected {column.meaning}") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a kill, finds the old content or the new, never a part."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _check_columns(shape: Shape, found: list[str]) -> str:
    unknown = sorted(set(found) - set(shape.column_names))
    if unknown:
        raise WrongShape(f"Table {shape.name}: found columns {', '.join(unknown)}; expected only {', '.join(shape.column_names)}.")
    values = {name: f'"{name}"' for name in found}
    return ", ".join(f'CAST({values.get(column.name, "NULL")} AS {column.type}) AS "{column.name}"' for column in shape.columns)


def locked_reader(folder: Path, views: Mapping[str, str]) -> Connection:
    """A DuckDB of its own with these views (name to SELECT) over files of `folder`: it reaches no file outside it, and no setting can be changed."""
    con = _database()
    con.execute(f"SET allowed_directories = [{quoted(f'{folder.absolute()}/')}]")
    con.execute("SET enable_external_access = false")
    for name, select in views.items():
        con.execute(f'CREATE VIEW "{name}" AS {select}')
    con.execute("SET lock_configuration = true")
    return con


def parquet_select(paths: Iterable[Path]) -> str:
    """A SELECT of all rows of these Parquet files, in order."""
    return f"SELECT * FROM read_parquet([{', '.join(quoted(path.absolute()) for path in paths)}])"


def _view(folder: Path, shape: Shape, parts: tuple[Part, ...]) -> str:
    if parts:
        return parquet_select(folder / part.path for part in parts)
    columns = ", ".join(f'CAST(NULL AS {column.type}) AS "{column.name}"' for column in shape.columns)
    return f"SELECT {columns} WHERE false"


def _reader(folder: Path, shapes: Mapping[str, Shape], manifest: Manifest) -> Connection:
    return locked_reader(folder, {table: _view(folder, shapes[table], parts) for table, parts in manifest.items() if table in shapes})


def _database() -> Connection:
    con = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    return con
