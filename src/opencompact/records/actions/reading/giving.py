"""What the build was given: every file below the paths and inside the zips, named, those of the sample country marked."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from opencompact.records.actions.decoding import CannotRead, is_archive, members
from opencompact.records.rules.inputs import MARKER, Input, mark_sample, named


class NoInput(ValueError):
    """Nothing to read was given."""


def find_inputs(paths: Iterable[Path]) -> list[Input]:
    """Every file under the paths, named, the sample country's marked; raises NoInput and MixedStandings.

    The files in a zip are inputs of their own; a zip that cannot be listed is one, for the reading to refuse.
    """
    files: list[tuple[Path, Path]] = []
    for path in (Path(os.path.abspath(path)) for path in paths):
        if not os.path.lexists(path):
            raise NoInput(f"{path} is not there. Give files or folders that exist.")
        files.extend((found, path) for found in _walk(path) if found.name != MARKER)
    if not files:
        raise NoInput("The folders given hold no files. Give a folder with published files, or make some with `opencompact sample --out DIR`.")
    given = [unpacked for item in named(files) for unpacked in _unpacked(item)]
    return mark_sample(given, {marker.parent: _bodies_of(marker) for marker in _markers(files)})


def _unpacked(item: Input) -> list[Input]:
    path = Path(item.path)
    if is_archive(path):
        try:
            if inside := members(path):
                return [replace(item, name=f"{item.name}/{name}", member=name, size=size) for name, size in inside]
        except CannotRead:
            pass
    try:
        return [replace(item, size=path.stat().st_size)]
    except OSError:
        return [item]


def _walk(path: Path) -> Iterator[Path]:
    if not os.path.isdir(path):
        yield path
        return
    unreadable: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=unreadable.append):
        folders.sort()
        yield from (Path(folder) / name for name in sorted(files))
    yield from (Path(str(error.filename)) for error in unreadable)


def _markers(files: Iterable[tuple[Path, Path]]) -> set[Path]:
    folders = {parent for file, _ in files for parent in file.parents}
    return {folder / MARKER for folder in folders if os.path.isfile(folder / MARKER)}


def _bodies_of(marker: Path) -> dict[str, str]:
    try:
        return dict(json.loads(marker.read_text(encoding="utf-8"))["bodies"])
    except (ValueError, KeyError, TypeError) as error:
        raise NoInput(
            f"{marker}: found a marker that cannot be read ({error}); expected the one `opencompact sample` writes. Make the sample country again."
        ) from error
