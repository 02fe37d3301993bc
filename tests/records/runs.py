"""Runs of the reading over a few files, for tests: write files, read them into a lake, look at what came of it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from opencompact.lake import Change, Connection, Lake
from opencompact.records.actions import publishing, reading
from opencompact.records.rules.inputs import Input
from opencompact.registry import Catalogue, load_catalogue, load_shapes

PAYMENTS = "Departmental Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction number,Amount\n"
REGISTER = "index-entry-number,entry-number,entry-timestamp,key,government-organisation,name,website,start-date,end-date\n"


def payment(day: str, supplier: str, amount: str, *, entity: str = "Sample Office") -> str:
    return f"SAM,{entity},{day},SAMPLE,SAMPLE,{supplier},980001,{amount}\n"


def catalogue_of(*slugs: str) -> Catalogue:
    """Our catalogue with these sources alone."""
    whole = load_catalogue()
    return Catalogue(
        vocabularies=whole.vocabularies, sources={slug: whole.sources[slug] for slug in slugs}, tidies={slug: whole.tidies[slug] for slug in slugs}
    )


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def lake_of(workspace: Path) -> Lake:
    return Lake(workspace / "lake", load_shapes())


def read(workspace: Path, inputs: Iterable[Path | Input], *, catalogue: Catalogue | None = None, digest: str = "as of today") -> Lake:
    """Read the paths, or the inputs as they are, into the workspace's lake."""
    lake, given = lake_of(workspace), list(inputs)
    items = [item for item in given if isinstance(item, Input)] or reading.find_inputs(given)
    with lake.change() as change:
        read_into(change, items, catalogue=catalogue, digest=digest)
    return lake


def read_into(change: Change, items: list[Input], *, catalogue: Catalogue | None = None, digest: str = "as of today") -> None:
    reading.read(change, items, catalogue=catalogue or load_catalogue(), digest=digest)
    publishing.set_copies_aside(change, digest=digest)


def rows(con: Connection | Lake, select: str) -> list[dict[str, Any]]:
    answer = (con.connect() if isinstance(con, Lake) else con).execute(select)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def states(lake: Lake) -> dict[str, str]:
    return {row["source_file"]: row["state"] for row in rows(lake, "SELECT source_file, state FROM sources ORDER BY ALL")}
