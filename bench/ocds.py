"""Procurement releases: merging and reading them, ours beside `ocdskit compile`, `ocdsmerge` and DuckDB's own read with declared columns."""

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path

PROCESSES = 55_000
FILE = "releases.jsonl"
CASES: dict[str, list[str]] = {
    "releases, merged only": ["ours_ocds_merge", "ocdskit_compile", "ocdsmerge_grouped"],
    "releases, merged into tables": ["ours_ocds_tables", "ocdskit_compile"],
    "releases, read into tables unmerged": ["ours_ocds_unmerged", "duckdb_declared"],
}
_WORDS = (
    "the",
    "of",
    "service",
    "supply",
    "care",
    "home",
    "road",
    "repair",
    "school",
    "meal",
    "bus",
    "route",
    "water",
    "clean",
    "site",
    "new",
    "plan",
    "advice",
)


def prepare(folder: Path) -> None:
    """About 250 MB of releases."""
    make_releases(folder / FILE, processes=PROCESSES)


def make_releases(path: Path, *, processes: int = PROCESSES, seed: int = 7) -> None:
    """Invented releases in order of date, those of a process apart: a plan, a tender, changes, awards told anew, contracts."""
    chance = random.Random(seed)
    waiting: list[tuple[datetime, int, int, list[dict]]] = []
    begun = 0
    with path.open("w", encoding="utf-8") as file:
        while begun < processes or waiting:
            if begun < processes:
                story = _story(chance, begun)
                heappush(waiting, (datetime.fromisoformat(story[0]["date"]), begun, 0, story))
                begun += 1
            while waiting and (begun == processes or len(waiting) > 4_000):
                _, process, step, story = heappop(waiting)
                file.write(json.dumps(story[step], separators=(",", ":")) + "\n")
                if step + 1 < len(story):
                    heappush(waiting, (datetime.fromisoformat(story[step + 1]["date"]), process, step + 1, story))


def _story(chance: random.Random, process: int) -> list[dict]:
    tags = [
        tag for tag, share in (("planning", 0.2), ("tender", 0.8), ("tenderUpdate", 0.18), ("award", 0.9), ("awardUpdate", 0.12)) if chance.random() < share
    ]
    tags = tags or ["tender"]
    tags += ["contract"] if "award" in tags and chance.random() < 0.3 else []
    day = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=process * 19)
    ocid, lots = f"ocds-sample-{process:06}", chance.choice((0, 0, 1, 1, 2, 4))
    parties = [_party(chance.randrange(900), "buyer")] + [_party(1_000 + chance.randrange(30_000), "supplier") for _ in range(chance.choice((1, 1, 2, 3)))]
    story = []
    for step, tag in enumerate(tags):
        day += timedelta(days=chance.randrange(1, 60), minutes=chance.randrange(900))
        story.append(_release(chance, ocid, step, tag, day, parties, lots))
    return story


def _release(chance, ocid, step, tag, day, parties, lots) -> dict:
    buyer, *suppliers = parties
    release = {"ocid": ocid, "id": f"{ocid}-{step}", "language": "en", "date": day.strftime("%Y-%m-%dT%H:%M:%SZ"), "tag": [tag], "initiationType": "tender"}
    release["parties"] = parties if tag.startswith(("award", "contract")) else [buyer]
    release["buyer"] = {"id": buyer["id"], "name": buyer["name"]}
    tender = {"id": ocid[-6:], "title": _text(chance, 6), "status": "active"}
    if tag in ("planning", "tender", "tenderUpdate"):
        tender["description"] = _text(chance, 40)
        tender["classification"] = {"scheme": "CPV", "id": str(chance.randrange(10**7, 10**8)), "description": _text(chance, 3)}
        tender["items"] = [_item(chance, place) for place in range(1 + lots)]
        tender["value"] = {"amount": chance.randrange(1_000, 9_000_000), "currency": "GBP"}
        tender["procurementMethod"], tender["procurementMethodDetails"] = "open", "Open procedure"
        tender["tenderPeriod"] = {"startDate": release["date"], "endDate": (day + timedelta(days=chance.randrange(9, 60))).strftime("%Y-%m-%dT%H:%M:%SZ")}
        tender["suitability"] = {"sme": chance.random() < 0.6, "vcse": chance.random() < 0.3}
        tender["documents"] = [_document(chance, ocid, tag)]
        if lots:
            tender["lots"] = [{"id": str(lot), "title": _text(chance, 5), "status": "active", "description": _text(chance, 12)} for lot in range(1, lots + 1)]
    release["tender"] = tender
    if tag.startswith("award"):
        release["awards"] = [_award(chance, ocid, day, place, suppliers) for place in range(1, 1 + max(1, lots // 2))]
    if tag == "contract":
        contract = {"id": f"{ocid}-c1", "awardID": f"{ocid}-1", "status": "active", "dateSigned": release["date"], "documents": [_document(chance, ocid, tag)]}
        release["contracts"] = [contract]
    return release


def _award(chance, ocid, day, place, suppliers) -> dict:
    return {
        "id": f"{ocid}-{place}",
        "status": "active",
        "date": day.strftime("%Y-%m-%dT00:00:00Z"),
        "datePublished": day.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "value": {"amount": chance.randrange(1_000, 900_000), "currency": "GBP"},
        "suppliers": [{"id": supplier["id"], "name": supplier["name"]} for supplier in suppliers],
        "contractPeriod": {"startDate": day.strftime("%Y-%m-%dT00:00:00Z"), "endDate": (day + timedelta(days=730)).strftime("%Y-%m-%dT23:59:59Z")},
        "documents": [_document(chance, ocid, "award")],
    }


def _party(number, role) -> dict:
    party = {
        "id": f"GB-CFS-{90_000 + number}",
        "name": f"Sample {role.title()} {number} Ltd",
        "identifier": {"legalName": f"Sample {role.title()} {number} Ltd"},
    }
    if role == "supplier" and number % 3:
        party["identifier"] |= {"scheme": "GB-COH", "id": f"{98_000_000 + number}"}
    address = {"streetAddress": f"{number % 200} Sample Street", "locality": "Sampleton", "postalCode": "ZZ1 1ZZ", "countryName": "England"}
    contact = {"name": "Sample Person", "email": f"someone{number}@sample.example", "telephone": "01632 960000"}
    return party | {"address": address, "contactPoint": contact, "roles": [role], "details": {"scale": "sme", "vcse": number % 11 == 0}}


def _item(chance, place) -> dict:
    return {
        "id": str(place + 1),
        "deliveryAddresses": [{"region": "England"}, {"postalCode": "ZZ1 1ZZ", "countryName": "United Kingdom"}],
        "description": _text(chance, 8),
    }


def _document(chance, ocid, tag) -> dict:
    return {
        "id": f"{ocid}-{tag}",
        "documentType": f"{tag}Notice",
        "description": _text(chance, 8),
        "url": f"https://notices.sample.example/{ocid}/{tag}",
        "format": "text/html",
    }


def _text(chance, words) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def _terms():
    """The merge rules, without the rest of the catalogue."""
    from importlib import resources

    from opencompact.registry import read_card
    from opencompact.registry.cards import Vocabulary

    slug = "release-merge-rules"
    return read_card(resources.files("opencompact.catalogue") / "vocabularies" / slug, "vocabulary.yml", Vocabulary, slug=slug).terms


def ours_ocds_merge(folder: Path) -> None:
    """Where each release stands, by process and day; then the merge, process by process; compiled releases written out as `ocdskit compile` does."""
    import gc
    from itertools import groupby
    from mmap import ACCESS_READ, mmap

    import msgspec
    import orjson

    from opencompact.records.rules.merging import merge, rule_tree

    rules, places, at = rule_tree(_terms()), [], 0
    told = msgspec.json.Decoder(msgspec.defstruct("Told", [("ocid", str), ("date", str)], gc=False)).decode
    gc.disable()
    with (folder / FILE).open("rb") as file, (folder / "compiled.jsonl").open("wb") as out:
        for line in file:
            release = told(line)
            places.append((release.ocid, release.date, at, len(line)))
            at += len(line)
        places.sort()
        with mmap(file.fileno(), 0, access=ACCESS_READ) as lines:
            for _, process in groupby(places, lambda place: place[0]):
                compiled = merge([lines[start : start + size] for _, _, start, size in process], rules).release
                out.write(orjson.dumps(compiled) + b"\n")


def ours_ocds_tables(folder: Path) -> None:
    """The pipeline's own reading and merging: releases kept without contact people, merged, and typed tables with the file and row of each value."""
    from opencompact.lake import Lake
    from opencompact.records.actions import merging, publishing
    from opencompact.registry import load_catalogue, load_shapes

    target, catalogue = folder / "lake-ocds", load_catalogue()
    shutil.rmtree(target, ignore_errors=True)
    with Lake(target, load_shapes()).change() as change:
        _read(change, folder, catalogue)
        publishing.set_copies_aside(change, digest="bench")
        merging.merge(change, catalogue=catalogue, standing="sample", digest="bench", at=datetime(2035, 1, 1, tzinfo=UTC))


def ours_ocds_unmerged(folder: Path) -> None:
    """The pipeline's own reading: a row for each release, with its file and row, contact people dropped, problems told."""
    from opencompact.lake import Lake
    from opencompact.registry import load_catalogue, load_shapes

    target = folder / "lake-ocds"
    shutil.rmtree(target, ignore_errors=True)
    with Lake(target, load_shapes()).change() as change:
        _read(change, folder, load_catalogue())


def _read(change, folder: Path, catalogue) -> None:
    from opencompact.records.actions import reading
    from opencompact.records.rules.inputs import Input

    reading.read(change, [Input((folder / FILE).absolute(), FILE, True, "sample-office")], catalogue=catalogue, digest="bench")


def ocdskit_compile(folder: Path) -> None:
    """The field's command, with its schema at hand (it would fetch it) and its spool of SQLite."""
    import os

    import orjson
    from ocdskit.combine import merge

    os.chdir(folder)
    with (folder / FILE).open("rb") as file, (folder / "ocdskit.jsonl").open("wb") as out:
        for release in merge(map(orjson.loads, file), schema=_schema(), force_version="1.1", ignore_version=True):
            out.write(orjson.dumps(release) + b"\n")


def ocdsmerge_grouped(folder: Path) -> None:
    """The reference merge on releases grouped in memory."""
    import ocdsmerge
    import orjson

    processes: dict[str, list[dict]] = {}
    for line in (folder / FILE).open("rb"):
        release = orjson.loads(line)
        processes.setdefault(release["ocid"], []).append(release)
    merger = ocdsmerge.Merger(_schema())
    with (folder / "ocdsmerge.jsonl").open("wb") as out:
        for releases in processes.values():
            out.write(orjson.dumps(merger.create_compiled_release(releases)) + b"\n")


def _schema() -> dict:
    """A schema with our merge rules, which are the standard's and its extensions'."""
    properties: dict = {}
    for term in _terms():
        *above, last = str(term["path"]).split("/")
        node = properties
        for name in above:
            node = node.setdefault(name, {"type": "object", "properties": {}})["properties"]
        node[last] = {"type": "array", str(term["rule"]): True}
    return {"properties": properties}


_DECLARED = """{'ocid': 'VARCHAR', 'id': 'VARCHAR', 'date': 'TIMESTAMP', 'tag': 'VARCHAR[]', 'language': 'VARCHAR', 'initiationType': 'VARCHAR',
'buyer': 'STRUCT(id VARCHAR, name VARCHAR)',
'parties': 'STRUCT(id VARCHAR, name VARCHAR, identifier STRUCT(scheme VARCHAR, id VARCHAR, legalName VARCHAR), roles VARCHAR[],
  details STRUCT(scale VARCHAR, vcse BOOLEAN))[]',
'tender': 'STRUCT(id VARCHAR, title VARCHAR, description VARCHAR, status VARCHAR, "value" STRUCT(amount DOUBLE, currency VARCHAR), procurementMethod VARCHAR,
  procurementMethodDetails VARCHAR, tenderPeriod STRUCT(startDate TIMESTAMP, endDate TIMESTAMP), suitability STRUCT(sme BOOLEAN, vcse BOOLEAN),
  lots STRUCT(id VARCHAR, title VARCHAR, status VARCHAR)[])',
'awards': 'STRUCT(id VARCHAR, status VARCHAR, date TIMESTAMP, datePublished TIMESTAMP, "value" STRUCT(amount DOUBLE, currency VARCHAR),
  suppliers STRUCT(id VARCHAR, name VARCHAR)[], contractPeriod STRUCT(startDate TIMESTAMP, endDate TIMESTAMP))[]',
'contracts': 'STRUCT(id VARCHAR, awardID VARCHAR, status VARCHAR, dateSigned TIMESTAMP)[]'}"""


def duckdb_declared(folder: Path) -> None:
    """DuckDB's own read with the columns declared, to Parquet: no check, problem, file or row."""
    import duckdb

    declared = _DECLARED.replace("\n", " ")
    duckdb.execute(f"COPY (SELECT * FROM read_json('{folder / FILE}', format = 'newline_delimited', columns = {declared})) TO '{folder / 'declared.parquet'}'")
