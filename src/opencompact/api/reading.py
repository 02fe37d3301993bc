"""What the API reads: a release, opened once and shared, and rows of its public tables."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from opencompact.api.parameters import Asked
from opencompact.api.resources import Resource
from opencompact.lake import Connection
from opencompact.publication import queries as publication
from opencompact.publication.queries import ReleaseReader
from opencompact.publication.rules.release import DRAFT, Release, is_number
from opencompact.publication.rules.tables import csv_select
from opencompact.shapes.shape import Column
from opencompact.values.sql import quoted

KEPT_OPEN = 4
BATCH = 1000

Row = dict[str, Any]


class NotHere(LookupError):
    """There is no such release, or it has no such thing; the message says so in plain words."""


class NothingYet(LookupError):
    """No release is held yet."""


@dataclass(frozen=True)
class Opened:
    """A release in use: its reader, the checksum of its list of checksums, and the columns of each table it holds."""

    reader: ReleaseReader
    checksum: str
    tables: Mapping[str, frozenset[str]]

    @property
    def release(self) -> Release:
        """What the release says of itself."""
        return self.reader.release

    def con(self) -> Connection:
        """A connection of one request's own; it sees the release and nothing else."""
        return self.reader.con.cursor()

    def rows_of(self, resource: Resource) -> str:
        """SQL of the table with each row's place in the file, `file_row_number`; raises NotHere for a release made before there was this table."""
        shape = resource.shape
        if shape.name not in self.tables:
            raise NotHere(f"Release {self.release.number} has no table {shape.name}: it was made by OpenCompact {self.release.version}, which made none.")
        path = self.reader.folder / "tables" / f"{shape.name}.parquet"
        lacking = [column for column in shape.columns if column.name not in self.tables[shape.name]]
        nulls = "".join(f', CAST(NULL AS {column.type}) AS "{column.name}"' for column in lacking)
        return f"(SELECT *{nulls} FROM read_parquet({quoted(path)}, file_row_number = true))"


@dataclass(frozen=True)
class Page:
    """Rows of a list, the place to go on after (null at the end), and how many fit in all, where that was asked."""

    rows: list[Row]
    after: int | None
    count: int | None


_open: dict[str, Opened] = {}
_opening = Lock()


def releases_folder() -> Path:
    """Where the releases of this site stand."""
    return Path(settings.OPENCOMPACT_WORKSPACE) / "releases"


def open_release(number: str | None) -> Opened:
    """The release asked for; else the one this site was told to show; else the latest frozen one; else the draft. Raises NotHere, NothingYet."""
    folder = releases_folder()
    try:
        held = publication.release_folder(folder, number or settings.OPENCOMPACT_RELEASE or None)
        with _opening:
            return _opened(folder, held.name if is_number(held.name) else DRAFT)
    except publication.NoRelease as error:
        if there := [each.number for each in publication.releases(folder)]:
            raise NotHere(f"There is no release {number}; there are: {', '.join(there)}.") from error
        raise NothingYet("No release is held here yet. Whoever runs this site makes one with `opencompact build`.") from error


def _opened(folder: Path, number: str) -> Opened:
    key = str(folder / number)
    opened = _open.pop(key, None)
    if opened is None or not publication.is_current(opened.reader):
        opened = _with_columns(publication.open_release(folder, number))
    _open[key] = opened  # the one used last stands last
    while len(_open) > KEPT_OPEN:
        del _open[next(iter(_open))]
    return opened


def all_releases() -> list[tuple[Release, str]]:
    """Every release held, the earliest first, the draft last, each with the checksum of its list of checksums."""
    folder = releases_folder()
    return [(each, checksum_of(publication.release_folder(folder, each.number))) for each in publication.releases(folder)]


def checksum_of(release: Path) -> str:
    """The checksum of a release's list of checksums: it changes when anything in the release does."""
    return hashlib.sha256((release / "checksums.txt").read_bytes()).hexdigest()


def _with_columns(reader: ReleaseReader) -> Opened:
    tables: dict[str, set[str]] = {}
    for table, column in reader.con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall():
        tables.setdefault(table, set()).add(column)
    return Opened(reader, checksum_of(reader.folder), {table: frozenset(columns) for table, columns in tables.items()})


def page(opened: Opened, resource: Resource, asked: Asked, *, after: int, limit: int) -> Page:
    """At most `limit` rows after the place given, in the order of the release."""
    where, given = _where(asked)
    con, table = opened.con(), opened.rows_of(resource)
    columns = ", ".join(cell(column) for column in resource.columns)
    select = f"SELECT {columns}, file_row_number FROM {table} WHERE file_row_number > ? AND {where} ORDER BY file_row_number LIMIT ?"
    found = rows(con, select, [after, *given, limit + 1])
    count = con.execute(f"SELECT count(*) FROM {table} WHERE {where}", given).fetchall()[0][0] if asked.count else None
    places = [row.pop("file_row_number") for row in found]
    return Page(found[:limit], places[limit - 1] if len(found) > limit else None, count)


def stream(opened: Opened, resource: Resource, asked: Asked, *, after: int) -> Iterator[tuple[Any, ...]]:
    """Every row after the place given, or the first `asked.limit`, for a file: text as the release's own CSV has it, a thousand rows held at a time."""
    where, given = _where(asked)
    # rows come in the order they stand; a look into another table may disturb it, and only then are they sorted
    order = "ORDER BY file_row_number" if any(each.through != "{}" for each, _ in asked.filters) else ""
    cut = f"LIMIT {asked.limit}" if asked.limit else ""
    select = f"SELECT * FROM {opened.rows_of(resource)} WHERE file_row_number > ? AND {where} {order} {cut}"
    return batches(opened.con(), f"SELECT {_columns(resource)} FROM ({csv_select(resource.shape, f'({select})')})", [after, *given])


def batches(con: Connection, select: str, given: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, asked at once and fetched as they are taken, so that a refusal comes before the first of them."""
    answer = con.execute(select, list(given))
    return chain.from_iterable(iter(lambda: answer.fetchmany(BATCH), []))


def one(opened: Opened, resource: Resource, name: str) -> Row:
    """The row of this name; raises NotHere."""
    columns = ", ".join(cell(column) for column in resource.columns)
    found = rows(opened.con(), f'SELECT {columns} FROM {opened.rows_of(resource)} WHERE "{resource.id_column}" = ?', [name])
    if not found:
        raise NotHere(f"Release {opened.release.number} has no {resource.id_column} {name!r} in {resource.shape.name}.")
    return found[0]


def at_place(opened: Opened, resource: Resource, source_file: str, source_row: int) -> list[Row]:
    """The table's rows that were read from one row of a file."""
    columns = ", ".join(cell(column) for column in resource.columns)
    select = f"SELECT {columns} FROM {opened.rows_of(resource)} WHERE source_file = ? AND source_row = ? ORDER BY file_row_number"
    return rows(opened.con(), select, [source_file, source_row])


def rows(con: Connection, select: str, given: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
    """The rows of a query by column name."""
    answer = con.execute(select, given)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def cell(column: Column) -> str:
    """The column as JSON shows it: money as text, so that no program rounds it."""
    return f'CAST("{column.name}" AS VARCHAR) AS "{column.name}"' if column.type == "DECIMAL(18,2)" else f'"{column.name}"'


def _columns(resource: Resource) -> str:
    return ", ".join(f'"{column.name}"' for column in resource.columns)


def _where(asked: Asked) -> tuple[str, list[Any]]:
    """The conditions asked for; those through another table together, so that one row of it must meet them all."""
    through: dict[str, list[str]] = {}
    given: dict[str, list[Any]] = {}
    for each, value in asked.filters:
        place = each.through if each.through != "{}" else each.name
        through.setdefault(place, []).append(each.condition)
        given.setdefault(place, []).append(value)
    conditions = [place.format(" AND ".join(held)) if "{}" in place else " AND ".join(held) for place, held in through.items()]
    return " AND ".join(conditions) or "true", [value for held in given.values() for value in held]
