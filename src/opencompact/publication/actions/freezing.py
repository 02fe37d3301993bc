"""Freezes the draft as a numbered release that never changes again."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from opencompact.publication.actions.noting import write_change_note
from opencompact.publication.actions.placing import fresh, put_in_place, write_checksums
from opencompact.publication.queries import numbers, read_release, release_folder, verify
from opencompact.publication.rules.release import DRAFT, FREEZE, Release, next_number, number_order, to_json


class CannotFreeze(ValueError):
    """The draft cannot become this release; the message says why and what to do."""


class Audit(Protocol):
    """The action that records an event, given by the door: `audit.actions.record`."""

    def __call__(self, *, verb: str, subject: str, by: str, at: datetime, because: str, detail: Mapping[str, Any]) -> object:
        """Record the event."""


def freeze(folder: Path, *, number: str | None, at: datetime, by: str, because: str, audit: Audit) -> Release:
    """Copy the draft of the releases folder to the release `number`, the next one of the month of `at` where none is given.

    The event is recorded first, with the checksum of the list of checksums, and the folder takes its name last: no release stands
    unrecorded. Raises NoRelease, BadNumber, and CannotFreeze where the number is taken or the draft is not as it was made.
    """
    held = numbers(folder)
    wanted = number or next_number(held, at)
    number_order(wanted)
    _check(folder, wanted, held)
    made = _copy(folder, wanted)
    drafted = read_release(made)
    release = replace(drafted, number=wanted, state="frozen", frozen_at=at, because=because or drafted.because)
    (made / "release.json").write_bytes(to_json(release))
    _entitle(made / "datapackage.json", release)
    write_change_note(made, release, folder=folder)
    fingerprint = write_checksums(made)
    audit(verb=FREEZE, subject=wanted, by=by, at=at, because=release.because, detail={"checksums_sha256": fingerprint})
    put_in_place(made, folder / wanted, before=folder / f".{wanted}.before")
    return release


def _check(folder: Path, wanted: str, held: list[str]) -> None:
    if wanted in held:
        raise CannotFreeze(f"Release {wanted} exists, and a release never changes. Leave the number out to take the next one.")
    if faults := verify(folder, number=DRAFT):
        raise CannotFreeze(f"The draft is not as it was made: {faults[0].path} {faults[0].wrong}. Run `opencompact build` again.")


def _copy(folder: Path, wanted: str) -> Path:
    made = fresh(folder / f".{wanted}.new")
    return shutil.copytree(release_folder(folder, DRAFT), made, dirs_exist_ok=True)


def _entitle(package: Path, release: Release) -> None:
    content = json.loads(package.read_bytes())
    content |= {"title": release.title, "version": release.number}
    package.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
