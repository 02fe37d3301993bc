"""Keeping a copy of the office in one file, and bringing it back: the database as it is at one moment, the audit head, the key and stored evidence."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from opencompact import __version__

DATABASE, DUMP, HEAD, NOTE = "opencompact.sqlite", "opencompact.pgdump", "audit-head.txt", "kept.json"
# Beside the database: the site's key, stored copies of evidence, and mail not yet taken away.
FILES = ("secret-key", "evidence", "mail")


class CannotKeep(RuntimeError):
    """The copy cannot be made or brought back; the message says why and what to do. What stood before still stands."""


@dataclass(frozen=True)
class Kept:
    """What a copy holds: events of the audit trail, and files beside the database."""

    events: int
    files: int


def keep(workspace: Path, file: Path, *, at: datetime) -> Kept:
    """Copy the office while it runs; the file appears whole or not at all. Raises CannotKeep."""
    address = os.environ.get("OPENCOMPACT_DATABASE", "")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".keeping-") as folder:
        copy = Path(folder) / (DUMP if address else DATABASE)
        events, head = (_dump if address else _copy)(address or str(workspace / DATABASE), copy)
        beside = list(_beside(workspace))
        note = {"version": __version__, "at": at.isoformat(), "events": events, "files": len(beside)}
        whole = Path(folder) / "whole.tar.gz"
        with tarfile.open(whole, "w:gz") as archive:
            archive.add(copy, copy.name)
            for path in beside:
                archive.add(path, str(path.relative_to(workspace)))
            _add(archive, HEAD, head.encode())
            _add(archive, NOTE, json.dumps(note).encode())
        whole.chmod(0o600)
        whole.replace(file)
    return Kept(events, len(beside))


def bring_back(workspace: Path, file: Path) -> Kept:
    """Put a kept office into a workspace that has none. Raises CannotKeep."""
    address = os.environ.get("OPENCOMPACT_DATABASE", "")
    if (workspace / DATABASE).exists() and not address:
        raise CannotKeep(f"{workspace} has an office already. Name an empty folder, or move {DATABASE} away first.")
    workspace.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workspace, prefix=".bringing-") as folder:
        try:
            with tarfile.open(file, "r:gz") as archive:
                _take_out(archive, Path(folder).resolve())
            note = json.loads((Path(folder) / NOTE).read_text(encoding="utf-8"))
        except (tarfile.TarError, EOFError, OSError, ValueError) as fault:
            raise CannotKeep(f"{file} is not a whole copy of an office: {fault}. Take another copy.") from fault
        dump = Path(folder) / DUMP
        if dump.exists() != bool(address):
            raise CannotKeep(
                f"{file} was kept from {'PostgreSQL: name one with OPENCOMPACT_DATABASE' if dump.exists() else 'SQLite: leave OPENCOMPACT_DATABASE out'}."
            )
        if address:
            _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", address, str(dump))
        for name in (*FILES, HEAD, *([] if address else [DATABASE])):
            found = Path(folder) / name
            if found.exists():
                shutil.rmtree(workspace / name, ignore_errors=True) if found.is_dir() else None
                found.replace(workspace / name)
    return Kept(note["events"], note["files"])


def _take_out(archive: tarfile.TarFile, folder: Path) -> None:
    """Every entry, a file for its owner alone within the folder: what `filter="data"` sees to, which Python has from 3.11.4 on. Raises ValueError."""
    for entry in archive:
        path = (folder / entry.name).resolve()
        content = archive.extractfile(entry) if entry.isfile() and path.is_relative_to(folder) else None
        if content is None:
            raise ValueError(f"found the entry {entry.name!r}; expected files within the copy alone")
        path.parent.mkdir(parents=True, exist_ok=True)
        with content, open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            shutil.copyfileobj(content, file)


def _copy(source: str, copy: Path) -> tuple[int, str]:
    """The database by SQLite's own online copy, which is of one moment though others write; and the head of its own trail."""
    with closing(sqlite3.connect(source, timeout=30)) as running, closing(sqlite3.connect(copy)) as kept:
        running.backup(kept)
        last = kept.execute("SELECT sequence, hash FROM audit_event ORDER BY sequence DESC LIMIT 1").fetchone()
    return _head(last)


def _dump(address: str, copy: Path) -> tuple[int, str]:
    """The database by pg_dump, which is of one moment too; the head is that of the trail just before, which the trail can only have outgrown."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, hash FROM audit_event ORDER BY sequence DESC LIMIT 1")
        last = cursor.fetchone()
    _run("pg_dump", "--format=custom", "--no-owner", "--file", str(copy), address)
    return _head(last)


def _head(last: tuple[int, str] | None) -> tuple[int, str]:
    return (last[0], f"{last[0]} {last[1]}\n") if last else (0, "")


def _run(*command: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise CannotKeep(f"There is no {command[0]} on this machine. Install PostgreSQL's client programs.")
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)  # noqa: S603  a program of PostgreSQL, arguments not by a shell
    if done.returncode:
        raise CannotKeep(f"{command[0]} ended with: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}.")


def _beside(workspace: Path) -> Iterator[Path]:
    for name in FILES:
        found = workspace / name
        yield from sorted(path for path in found.rglob("*") if path.is_file()) if found.is_dir() else [found] if found.is_file() else []


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
