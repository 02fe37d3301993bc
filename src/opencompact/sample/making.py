"""Makes the sample country: all its files in a folder of their own, put in place only when the last one is written."""

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.sample import country as land
from opencompact.sample.companies import COMPANIES_A_SCALE, write_companies
from opencompact.sample.consultations import write_consultations
from opencompact.sample.contracts import write_contracts
from opencompact.sample.grants import write_grants
from opencompact.sample.registers import write_registers
from opencompact.sample.schedule import FOLDERS, MISSING, spend_files
from opencompact.sample.size import Size, size_of
from opencompact.sample.spend import write_spend_file
from opencompact.sample.truth import Truth
from opencompact.sample.writing import write_json

MARKER = "sample-country.json"
NOTE = "An invented country: no body, charity, person or payment in these files exists. The truth about them stands in truth.json and truth-links.jsonl."
# Beside the marker and not among the files to read.
ANSWERS = ("truth.json", "truth-links.jsonl")
Told = Callable[[str, int, int], None]


class NotOurs(FileExistsError):
    """The folder holds something that is no sample country; nothing was touched."""


@dataclass(frozen=True)
class Made:
    """What was made: where, and how many files and rows that must count."""

    folder: Path
    files: int
    payments: int
    grants: int
    contracts: int


def make_country(out: Path, *, scale: int | str, seed: int, with_broken_files: bool = False, told: Told = lambda *_: None) -> Made:
    """Make the country in folder `out`, in place of an older one; raises NotOurs for a folder with anything else in it.

    `scale` is how many times everything that grows, or `national`. Files are written row by row: memory does not grow with the country.
    The same scale and seed give the same bytes. `told` hears the part begun, its place and the number of parts.
    """
    out = out.resolve()
    refuse_others(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    workplace = out.with_name(f".{out.name}.being-made")
    shutil.rmtree(workplace, ignore_errors=True)
    workplace.mkdir()
    with Truth(workplace, root=out.name) as truth:
        _write_all(workplace, truth, size=size_of(scale), seed=seed, with_broken_files=with_broken_files, told=told)
        truth.write(bodies=land.BODIES, seed=seed, scale=scale, today=land.TODAY)
    files = _checksums(workplace)
    marker = {
        "opencompact_sample": 1,
        "seed": seed,
        "scale": scale,
        "today": land.TODAY,
        "note": NOTE,
        "bodies": FOLDERS,
        "answers": list(ANSWERS),
        "files": files,
    }
    write_json(workplace / MARKER, marker)
    shutil.rmtree(out, ignore_errors=True)
    workplace.rename(out)
    return Made(out, len(files) - len(ANSWERS), *(truth.sums[record].rows for record in ("payments", "grants", "contracts")))


def refuse_others(out: Path) -> None:
    """Raise NotOurs unless the folder is absent, empty, or holds a sample country and nothing besides."""
    if not out.exists():
        return
    if not out.is_dir():
        raise NotOurs(f"{out} is a file. Give a folder that is not there yet.")
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    if not found:
        return
    strange = sorted(found - _known_files(out / MARKER))
    if strange:
        raise NotOurs(
            f"{out} holds files of which no sample country knows ({len(strange)}, such as {strange[0]}); expected an empty folder or a sample country. "
            "Nothing was touched. Give another folder."
        )


def _known_files(marker: Path) -> set[str]:
    """The files the marker lists, itself among them; none where there is no marker that can be read."""
    try:
        held = json.loads(marker.read_text(encoding="utf-8"))
        return {MARKER, *held["files"]} if held["opencompact_sample"] else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write_all(folder: Path, truth: Truth, *, size: Size, seed: int, with_broken_files: bool, told: Told) -> None:
    def chance(part: str) -> random.Random:
        return random.Random(f"{seed}/{part}")  # noqa: S311  the same seed must give the same country; nothing here is secret

    plans = [part for plan in spend_files() for part in plan.in_parts(size.payments)]
    total = len(plans) + 5
    told("registers", 0, total)
    country = land.settle(chance("country"), charities=land.CHARITIES_A_SCALE * size.charities)
    write_registers(folder / "registers", country, rng=chance("registers"), truth=truth)
    told("companies", 1, total)
    write_companies(folder / "registers", country, rng=chance("companies"), count=COMPANIES_A_SCALE * size.companies)
    for place, (part, write, times) in enumerate(
        (
            ("consultations", write_consultations, size.consultations),
            ("grants", write_grants, size.grants),
            ("contracts", write_contracts, size.releases),
        ),
        start=2,
    ):
        told(part, place, total)
        write(folder / part, country, rng=chance(part), times=times, truth=truth)
    for place, plan in enumerate(plans, start=5):
        told(plan.path, place, total)
        write_spend_file(folder, plan, country, rng=chance(plan.path), truth=truth)
    for body, month in MISSING:
        truth.missing_months.append({"body": body, "month": f"{month:%Y-%m}"})
    _write_strays(folder / "strays", truth)
    if with_broken_files:
        _write_broken(folder, truth)
    told("done", total, total)


def _write_strays(folder: Path, truth: Truth) -> None:
    """Files that are no source and must be named as not used."""
    folder.mkdir()
    readme, schema = folder / "README.txt", folder / "schema.json"
    readme.write_text("Notes left beside the files.\nNothing here is a table.\n", encoding="utf-8")
    described: dict[str, Any] = {"$schema": f"{land.WEB}/schema", "title": "A schema, not a record", "type": "object", "properties": {}}
    write_json(schema, described)
    truth.unused += [truth.named(readme), truth.named(schema)]


def _write_broken(folder: Path, truth: Truth) -> None:
    """Files that cannot be read at all: one of no bytes, and one that breaks off."""
    empty, broken = folder / "spend" / land.EXAMPLES / "2034-07.csv", folder / "contracts" / "notices-broken.json"
    empty.write_bytes(b"")
    broken.write_text('{"uri": "https://www.sample.example", "publisher": {}, "releases": [{"ocid": "ocds-sa', encoding="utf-8")
    for path, dirt in ((empty, "zero bytes"), (broken, "breaks off")):
        truth.problem(path, None, dirt, reported=True, loads=False)
        truth.refused.append(truth.named(path))


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
