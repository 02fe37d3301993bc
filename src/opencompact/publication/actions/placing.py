"""Puts a folder that was made apart into its place, whole."""

import os
import shutil
from pathlib import Path

from opencompact.publication.queries.checking import CHECKSUMS, files_of, sha256_of


def fresh(folder: Path) -> Path:
    """An empty folder to make something in; what a kill left there before is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_checksums(release: Path) -> str:
    """Write checksums.txt over every other file, as sha256sum does; returns the checksum of the list itself."""
    lines = [f"{sha256_of(path)}  {name}\n" for name, path in files_of(release).items()]
    (release / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
    return sha256_of(release / CHECKSUMS)


def put_in_place(made: Path, target: Path, *, before: Path) -> None:
    """Give `made` the name `target`, on the disk for certain; an older target stands as `before` until then.

    A kill at any moment leaves the old folder, under one name or the other, or the new one.
    """
    for path in [*made.rglob("*"), made]:
        _sync(path)
    if target.exists():
        shutil.rmtree(before, ignore_errors=True)
        target.rename(before)
    made.rename(target)
    _sync(target.parent)
    shutil.rmtree(before, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
