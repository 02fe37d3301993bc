"""The lake: Parquet parts under one manifest, swapped whole, so that every reader sees one state."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
from pyarrow import parquet

from opencompact.lake.memory import SPILL, limits
from opencompact.lake.part import Part as Part
from opencompact.lake.unfinished import Unfinished
from opencompact.shapes.shape import Column, Shape
from opencompact.values.sql import quoted

Connection = duckdb.DuckDBPyConnection
MANY_PARTS, FEW_ROWS = 100, 50  # of a table of so many parts, and so few rows in each, opening the files costs more than reading their rows
A_RUN, LONGEST_RUN = 32, 96


class WrongShape(ValueError):
    """Rows do not have the declared shape; the message names the table, the column, what was found and what was expected."""


class NoLake(FileNotFoundError):
    """The workspace holds no lake yet."""


Manifest = dict[str, tuple[Part, ...]]


class Tables(Protocol):
    """Tables that can be read: a lake as it stands, or a change in the making."""

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """The shape of each table by name."""

    def connect(self) -> Connection:
        """A reader of its own, with nothing outside the lake within reach."""

    def files(self) -> dict[str, tuple[Path, ...]]:
        """The Parquet files of each table, for an engine other than DuckDB."""


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

    def files(self) -> dict[str, tuple[Path, ...]]:
        """The Parquet files of each table, of the state of this moment."""
        return _files(self.folder, self.shapes, self.manifest())

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
        self.spill = lake.folder / SPILL
        shutil.rmtree(self.spill, ignore_errors=True)  # what a kill left
        self.con = _database(self.spill)
        self.unfinished = Unfinished(lake.folder)
        self._made: dict[str, list[tuple[str, Part]]] = {}
        for table, parts in self.before.items():
            for part in parts:
                self._made.setdefault(part.made_from, []).append((table, part))

    def part(self, table: str, select: str, *, made_from: str = "") -> Part:
        """Write the rows of `select` as one part of `table`, in its own order; columns absent from it are null."""
        shape = self.lake.shapes[table]
        columns = _check_columns(shape, [row[0] for row in self.con.execute(f"DESCRIBE {select}").fetchall()])
        temporary = self.lake.folder / "parts" / f".{table}.{os.getpid()}.tmp"
        rows = self._one(f"COPY (SELECT {columns} FROM ({select})) TO {quoted(temporary)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")
        return self._named(table, temporary, rows, made_from)

    def part_of(self, table: str, rows: pa.Table, *, made_from: str = "") -> Part:
        """Write rows as one part of `table`: the same as `part` for the few rows of a small file, of which SQL costs more to plan than to run."""
        shape = self.lake.shapes[table]
        schema = pa.schema([(column.name, _ARROW[column.type]) for column in shape.columns])
        temporary = self.lake.folder / "parts" / f".{table}.{os.getpid()}.tmp"
        parquet.write_table(rows.cast(schema), temporary, compression="zstd", compression_level=1, store_decimal_as_integer=True)
        return self._named(table, temporary, rows.num_rows, made_from)

    def _named(self, table: str, written: Path, rows: int, made_from: str) -> Part:
        digest = hashlib.sha256(written.read_bytes()).hexdigest()
        path = f"parts/{table}-{digest[:20]}.parquet"
        written.replace(self.lake.folder / path)
        return Part(path, digest, rows, made_from)

    def known_part(self, table: str, made_from: str) -> Part | None:
        """The part in force that was made from the same inputs, if it still stands."""
        return next((part for name, part in self._made.get(made_from, ()) if name == table and (self.lake.folder / part.path).is_file()), None)

    def known_parts(self, made_from: str) -> list[tuple[str, Part]] | None:
        """Every part in force that was made from the same inputs, with its table; None where one of them no longer stands."""
        made = self._made.get(made_from, [])
        return list(made) if all((self.lake.folder / part.path).is_file() for _, part in made) else None

    def made_of(self, *tables: str) -> str:
        """A checksum of the rows that these tables have in this change: the same parts, the same checksum."""
        return hashlib.sha256(json.dumps([[table, *(part.sha256 for part in self.after[table])] for table in tables]).encode()).hexdigest()

    def once(self, key: str, make: Callable[[], object]) -> None:
        """Call `make`, which puts tables, unless a change that a kill cut off had put them under the same key: then they stand as it put them."""
        if kept := self.unfinished.kept(key):
            for row in kept.rows:
                self.put_parts(row["table"], [part for table, part in kept.parts if table == row["table"]])
            return
        before = dict(self.after)
        make()
        put = {table: parts for table, parts in self.after.items() if table in self.lake.shapes and before.get(table) is not parts}
        self.unfinished.keep(key, [(table, part) for table, parts in put.items() for part in parts], [{"table": table} for table in put])

    def part_once(self, table: str, select: str, *, made_from: str) -> Part:
        """The rows of `select` as one part of `table`: as made from the same before, in force or by a change that a kill cut off, or else made now."""
        if known := self.known_part(table, made_from):
            return known
        key = f"{table} {made_from}"
        if kept := self.unfinished.kept(key):
            return kept.parts[0][1]
        part = self.part(table, select, made_from=made_from)
        self.unfinished.keep(key, [(table, part)], [])
        return part

    def put(self, table: str, select: str, *, made_from: str = "") -> int:
        """Make `table` the rows of `select`, checked against its shape; returns the rows. Order the SELECT: parts keep its order."""
        return self.put_parts(table, [self.part(table, select, made_from=made_from)])

    def put_rows(self, table: str, rows: Iterable[Mapping[str, Any]], *, made_from: str = "") -> int:
        """Make `table` the given rows; keys absent from a row are null."""
        return self.put_parts(table, [self.rows_part(table, rows, made_from=made_from)])

    def rows_part(self, table: str, rows: Iterable[Mapping[str, Any]], *, made_from: str = "") -> Part:
        """Write the given rows as one part of `table`; keys absent from a row are null."""
        held = list(rows)
        shape = self.lake.shapes[table]
        unknown = sorted({key for row in held for key in row} - set(shape.column_names))
        if unknown:
            raise WrongShape(f"Table {table}: found columns {', '.join(unknown)}; expected only {', '.join(shape.column_names)}.")
        self.con.register("put_rows_given", pa.table({column.name: _array(shape, column, held) for column in shape.columns}))
        try:
            return self.part(table, "SELECT * FROM put_rows_given", made_from=made_from)
        finally:
            self.con.unregister("put_rows_given")

    def put_parts(self, table: str, parts: Iterable[Part]) -> int:
        """Make `table` the given parts, checked as a whole against its shape."""
        shape, held = self.lake.shapes[table], set(self.before.get(table, ()))
        self.after[table] = tuple(parts)
        self._gather(table)
        self.con.execute(f'CREATE OR REPLACE VIEW "{table}" AS {_view(self.lake.folder, shape, _read_from(self.after, table))}')
        if new := tuple(part for part in self.after[table] if part not in held):  # the others were checked when they were new
            self._check_rows(shape, f'"{table}"' if new == self.after[table] else f"({_view(self.lake.folder, shape, new)})")
            self._check_key(shape)
        return sum(part.rows for part in self.after[table])

    def _gather(self, table: str) -> None:
        """Of a table of many small parts, hold the rows of dozens in one file too, for reading; of a run that has not changed the file stands."""
        parts = self.after[table]
        self.after.pop(_gathered(table), None)
        if len(parts) < MANY_PARTS or sum(part.rows for part in parts) > FEW_ROWS * len(parts):
            return
        gathered = []
        for run in _runs(parts):
            made_from = hashlib.sha256(" ".join(part.sha256 for part in run).encode()).hexdigest()
            known = self.known_part(_gathered(table), made_from)
            gathered.append(known or self.part(table, parquet_select(self.lake.folder / part.path for part in run), made_from=made_from))
        self.after[_gathered(table)] = tuple(gathered)

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """The shapes of the lake's tables."""
        return self.lake.shapes

    def connect(self) -> Connection:
        """A reader over the tables as put so far in this change, with nothing outside the lake within reach: for SELECTs of other people's cards."""
        return _reader(self.lake.folder, self.lake.shapes, self.after, spill=self.spill)

    def files(self) -> dict[str, tuple[Path, ...]]:
        """The Parquet files of each table as put so far in this change."""
        return _files(self.lake.folder, self.lake.shapes, self.after)

    def swap(self) -> None:
        """Put the change in force: one rename, so that a kill leaves the old state or the new."""
        for part in {part for parts in self.after.values() for part in parts} - {part for parts in self.before.values() for part in parts}:
            with (self.lake.folder / part.path).open("rb") as written:
                os.fsync(written.fileno())
        stored = {"tables": {table: [vars(part) for part in parts] for table, parts in sorted(self.after.items())}}
        write_whole(self.lake.folder / "manifest.json", json.dumps(stored, indent=1).encode())
        self.unfinished.forget()
        in_force = {part.path for parts in self.after.values() for part in parts}
        in_force |= {part.path for parts in self.before.values() for part in parts}  # a reader may have just opened the state before
        for path in sorted((self.lake.folder / "parts").iterdir()):
            if f"parts/{path.name}" not in in_force:
                path.unlink()

    def _one(self, query: str) -> Any:  # a count or a value of any column type
        rows = self.con.execute(query).fetchall()  # fetchone would leave the result open
        return rows[0][0] if rows else None

    def _check_rows(self, shape: Shape, rows: str) -> None:
        """All in one question: a table of a thousand parts is opened once."""
        asked = [(column, f'count(*) FILTER ("{column.name}" IS NULL)') for column in shape.columns if column.required]
        asked += [(column, f'any_value("{column.name}") FILTER ("{column.name}" NOT IN ({_listed(column.words)}))') for column in shape.columns if column.words]
        if not asked:
            return
        found = self.con.execute(f"SELECT {', '.join(question for _, question in asked)} FROM {rows}").fetchall()[0]
        for (column, question), answer in zip(asked, found, strict=True):
            if question.startswith("count") and answer:
                raise WrongShape(f"Table {shape.name}, column {column.name}: found {answer} rows without a value; expected one in each.")
            if not question.startswith("count") and answer is not None:
                raise WrongShape(f"Table {shape.name}, column {column.name}: found {answer!r}; expected one of {', '.join(column.words)}.")

    def _check_key(self, shape: Shape) -> None:
        if shape.key:
            key = ", ".join(f'"{name}"' for name in shape.key)
            shown = ", ".join(f"{name}: any_value({name})" for name in shape.key)
            if (twice := self._one(f"SELECT to_json({{{shown}}}) FROM {shape.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1")) is not None:
                raise WrongShape(f"Table {shape.name}: found {twice} twice; expected {key} to be unique.")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quoted(word) for word in words)


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


def locked_reader(folder: Path, views: Mapping[str, str], *, spill: Path | None = None) -> Connection:
    """A DuckDB of its own with these views (name to SELECT) over files of `folder`: it reaches no file outside it, and no setting can be changed.

    What does not fit in memory goes to the folder `spill`.
    """
    con = _database(spill)
    con.execute(f"SET allowed_directories = [{quoted(f'{folder.absolute()}/')}]")
    con.execute("SET enable_external_access = false")
    for name, select in views.items():
        con.execute(f'CREATE VIEW "{name}" AS {select}')
    con.execute("SET lock_configuration = true")
    return con


def parquet_select(paths: Iterable[Path], *, named: bool = False) -> str:
    """A SELECT of all rows of these Parquet files, in order; `named` adds the column `filename`."""
    return f"SELECT * FROM read_parquet([{', '.join(quoted(path.absolute()) for path in paths)}]{', filename = true' if named else ''})"


def _gathered(table: str) -> str:
    """The name under which a manifest has the files in which the rows of a table's many small parts stand together."""
    return f"{table} gathered"


def _read_from(manifest: Mapping[str, tuple[Part, ...]], table: str) -> tuple[Part, ...]:
    """The files a table is read from: those in which its parts are gathered, where they are."""
    return manifest.get(_gathered(table), manifest[table])


def _runs(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts that follow one another, in runs of dozens. The content of each alone decides whether it ends one, so that one changed part touches few."""
    run: list[Part] = []
    for part in parts:
        run.append(part)
        if int(part.sha256[:8], 16) % A_RUN == 0 or len(run) == LONGEST_RUN:
            yield run
            run = []
    if run:
        yield run


def _view(folder: Path, shape: Shape, parts: tuple[Part, ...]) -> str:
    if parts:
        return parquet_select(folder / part.path for part in parts)
    columns = ", ".join(f'CAST(NULL AS {column.type}) AS "{column.name}"' for column in shape.columns)
    return f"SELECT {columns} WHERE false"


def _files(folder: Path, shapes: Mapping[str, Shape], manifest: Manifest) -> dict[str, tuple[Path, ...]]:
    return {table: tuple(folder / part.path for part in _read_from(manifest, table)) for table in manifest if table in shapes}


def _reader(folder: Path, shapes: Mapping[str, Shape], manifest: Manifest, *, spill: Path | None = None) -> Connection:
    return locked_reader(folder, {table: _view(folder, shapes[table], _read_from(manifest, table)) for table in manifest if table in shapes}, spill=spill)


def _database(spill: Path | None = None) -> Connection:
    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "checkpoint_threshold": "1TB"}  # nothing in it outlives it
    con = duckdb.connect(config={**settings, **limits(spill)})
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    return con
