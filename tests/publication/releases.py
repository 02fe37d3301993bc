"""Drafts and releases of the small sample lake, for the tests of this room."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.lakes import Rows, sample_tables

from opencompact.lake import Lake
from opencompact.publication import actions
from opencompact.publication.rules.release import Release
from opencompact.registry import Catalogue, load_shapes

AT = datetime(2031, 11, 22, 9, 30, tzinfo=UTC)


def lake_with(folder: Path, **tables: Rows) -> Lake:
    """The small lake, some of its tables replaced."""
    lake = Lake(folder, load_shapes())
    with lake.change() as change:
        for table, rows in {**sample_tables(), **tables}.items():
            change.put_rows(table, rows)
        actions.entries(change)
    return lake


def write_draft(folder: Path, lake: Lake, *, because: str = "", catalogue: Catalogue | None = None) -> actions.Draft:
    return actions.draft(lake, folder=folder, at=AT, version="0.1.0", catalogue=catalogue or Catalogue(), because=because)


def freeze(folder: Path, *, number: str | None = None, because: str = "", events: list[dict[str, Any]] | None = None) -> Release:
    """Freeze the draft; the event goes to `events`."""

    def record(**event: Any) -> None:
        if events is not None:
            events.append(event)

    return actions.freeze(folder, number=number, at=AT, by="sample-officer", because=because, audit=record)
