"""Whether a release stands as it was made: checksums, the list of files, headers, rows and keys."""

import csv
import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from opencompact.lake.memory import within_limits
from opencompact.publication.queries.reading import read_release, release_folder
from opencompact.publication.rules.release import DRAFT, BadRelease

CHECKSUMS = "checksums.txt"


@dataclass(frozen=True)
class Fault:
    """A file of a release, by its path in it, that is not as it should be, and how."""

    path: str
    wrong: str


def sha256_of(path: Path) -> str:
    """The checksum of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(release: Path) -> dict[str, Path]:
    """Every file of a release by its path in it, but the list of checksums."""
    found = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if not path.is_dir()}
    return {name: found[name] for name in sorted(found) if name != CHECKSUMS}


def verify(folder: Path, *, number: str | None, fingerprint: str | None = None) -> tuple[Fault, ...]:
    """What is wrong with a release, nothing if it stands. `fingerprint` is the checksum its list of checksums had when it was frozen. Raises NoRelease.

    Tables are looked into only when every file is as listed: a changed file is already named.
    """
    release = release_folder(folder, number)
    return tuple(_changed(release, fingerprint)) or tuple(_misnumbered(release)) or tuple(_unlike_package(release))


def _changed(release: Path, fingerprint: str | None) -> Iterator[Fault]:
    if not (release / CHECKSUMS).is_file():
        yield Fault(CHECKSUMS, "is missing; take a fresh copy of the release")
        return
    if fingerprint and sha256_of(release / CHECKSUMS) != fingerprint:
        yield Fault(CHECKSUMS, "is not the list that the audit trail recorded when the release was frozen")
    lines = (release / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    held = files_of(release)
    for name in sorted(listed.keys() | held.keys()):
        if name not in held:
            yield Fault(name, "is listed in checksums.txt and missing from the folder")
        elif name not in listed:
            yield Fault(name, "is in the folder and not listed in checksums.txt")
        elif (found := sha256_of(held[name])) != listed[name]:
            yield Fault(name, f"has changed: found checksum {found}, expected {listed[name]}")


def _misnumbered(release: Path) -> Iterator[Fault]:
    try:
        found = read_release(release)
    except (BadRelease, OSError) as error:
        yield Fault("release.json", str(error))
        return
    place = DRAFT if found.state == DRAFT else release.name
    if found.number != place:
        yield Fault("release.json", f"says it is release {found.number}; expected {place}, as its folder is named")


def _unlike_package(release: Path) -> Iterator[Fault]:
    try:
        resources = json.loads((release / "datapackage.json").read_bytes())["resources"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Fault("datapackage.json", f"cannot be read: {error!r}")
        return
    with TemporaryDirectory() as spill, closing(within_limits(Path(spill))) as con:
        for resource in resources:
            yield from _unlike_resource(con, release, resource)


def _unlike_resource(con: duckdb.DuckDBPyConnection, release: Path, resource: dict[str, Any]) -> Iterator[Fault]:
    path, columns, rows = resource["path"], [field["name"] for field in resource["schema"]["fields"]], resource["rows"]
    parquet = str(Path(path).with_suffix(".parquet"))
    try:
        for name, header, count in ((path, *_csv(con, release / path)), (parquet, *_parquet(con, release / parquet))):
            if header != columns:
                yield Fault(name, f"has columns {', '.join(header)}; datapackage.json says {', '.join(columns)}")
            elif count != rows:
                yield Fault(name, f"has {count} rows; datapackage.json says {rows}")
        if twice := _twice(con, release / parquet, resource["schema"].get("primaryKey", [])):
            yield Fault(parquet, f"has the key {twice} more than once")
    except (OSError, duckdb.Error) as error:
        yield Fault(path, f"cannot be read: {error}")


def _csv(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[list[str], int]:
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    types = dict.fromkeys(header, "VARCHAR")
    relation = con.read_csv(str(path), header=True, columns=types, auto_detect=False, delimiter=",", quotechar='"', escapechar='"', parallel=False)
    return header, len(relation)


def _parquet(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[list[str], int]:
    relation = con.read_parquet(str(path))
    return relation.columns, len(relation)


def _twice(con: duckdb.DuckDBPyConnection, path: Path, key: list[str]) -> str:
    if not key:
        return ""
    names = ", ".join(f'"{name}"' for name in key)
    rows = con.execute(f"SELECT {names} FROM read_parquet(?) GROUP BY {names} HAVING count(*) > 1 ORDER BY {names} LIMIT 1", [str(path)]).fetchall()
    return ", ".join(str(value) for row in rows for value in row)
