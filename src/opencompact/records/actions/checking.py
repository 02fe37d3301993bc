"""Checks a file of grants against the 360Giving standard, and tells what would make it better to use; keeps nothing of it unless asked."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import jsonschema_rs
import pyarrow as pa

from opencompact.records.actions.decoding import DELIMITERS, WORKBOOKS, CannotRead
from opencompact.records.actions.grant_documents import Document, read_grants
from opencompact.records.rules.grant_checks import Rules, counts_sql, flagged_sql, places_sql, seen_sql
from opencompact.records.rules.grant_headings import Schema
from opencompact.records.rules.grant_report import Finding, Report
from opencompact.records.rules.grant_schema import Fault, Place, gather
from opencompact.registry import read_card
from opencompact.registry.cards import Vocabulary
from opencompact.values.collector import without_collector

MOST_BYTES = 500 * 2**20  # the largest file that is checked
_BATCH = 20_000  # grants held at a time
_SUFFIXES = {".json", *DELIMITERS, *WORKBOOKS}


@dataclass
class _Seen:
    """What was seen on the way through the grants: every fault, the grants that have one by place, and the fields that are not the standard's."""

    faults: list[Fault] = field(default_factory=list)
    faulty: dict[int, Any] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)


def check_grants(content: bytes, name: str, *, at: datetime) -> Report:
    """The report of a file of grants; `name` says its form by its ending. Raises CannotRead for what holds no grants that can be read."""
    if len(content) > MOST_BYTES:
        raise CannotRead(f"a file of {len(content):,} bytes", f"{MOST_BYTES:,} bytes or fewer; give it in parts", kind="too_large")
    schema = grant_schema()
    read = read_grants(content, name, schema=schema, synonyms=_vocabularies()["grant-headings"].terms)
    with duckdb.connect(config={"autoload_known_extensions": False, "autoinstall_known_extensions": False}) as con:
        with without_collector():
            seen = _look_at(con, read, schema)
        counts, rows = _counts(con, rules_of(_vocabularies(), at=at))
    return Report(
        name=name,
        form=read.form,
        grants=len(read.rows),
        to_people=counts["to_people"],
        funders=counts["funders"],
        errors=len(seen.faults),
        faulty_grants=len(seen.faulty),
        faults=tuple(gather(seen.faults, seen.faulty, schema, rows=read.rows)),
        findings=tuple(_findings(counts, rows, read)),
        unknown_fields=tuple(sorted(seen.unknown)),
        remarks=tuple(read.remarks),
    )


def keep(content: bytes, name: str, *, folder: Path) -> Path:
    """Keep a file because its owner asked for it, under its checksum, with nothing of its name but the ending; returns where."""
    suffix = Path(name).suffix.lower()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (hashlib.sha256(content).hexdigest() + (suffix if suffix in _SUFFIXES else ""))
    path.write_bytes(content)
    return path


@cache
def grant_schema() -> Schema:
    """The standard's schema of one grant, with where it comes from beside it in the catalogue."""
    path = resources.files("opencompact.catalogue") / "standards" / "threesixtygiving" / "grant-schema.json"
    held: Schema = json.loads(path.read_text(encoding="utf-8"))
    return held


def rules_of(vocabularies: Mapping[str, Vocabulary], *, at: datetime) -> Rules:
    """What the checks take from the catalogue."""
    codes: dict[str, list[str]] = {}
    for term in vocabularies["grant-codes"].terms:
        codes.setdefault(str(term["list"]), []).append(str(term["code"]))
    lists = [str(term["code"]) for term in vocabularies["org-id-lists"].terms]
    return Rules(vocabularies["grant-checks"].terms, codes, lists, at.date())


@cache
def _vocabularies() -> Mapping[str, Vocabulary]:
    """The four vocabularies that are needed: reading the whole catalogue takes longer than checking most files."""
    folder = resources.files("opencompact.catalogue") / "vocabularies"
    slugs = ("grant-checks", "grant-codes", "grant-headings", "org-id-lists")
    return {slug: read_card(folder / slug, "vocabulary.yml", Vocabulary, slug=slug) for slug in slugs}


def _look_at(con: duckdb.DuckDBPyConnection, read: Document, schema: Schema) -> _Seen:
    """Hold each grant against the schema, and put what the checks look at into the table `seen`; no more than a batch of grants is held."""
    seen, checker, known = _Seen(), _checker(), schema["properties"].keys()
    fits = checker.is_valid
    for start in range(0, len(read.rows), _BATCH):
        texts = []
        for place, (grant, text) in enumerate(islice(read.grants, _BATCH), start=start):
            texts.append(text)
            if isinstance(grant, dict):
                seen.unknown.update(grant.keys() - known)
            if not fits(grant):
                seen.faults.extend(_faults(checker, place, grant))
                seen.faulty[place] = grant
        places = pa.array(read.rows[start : start + _BATCH], pa.int64())
        con.register("raw", pa.table({"source_row": places, "record": pa.array(texts, pa.string())}))
        con.execute(f"INSERT INTO seen {seen_sql()}" if start else f"CREATE TABLE seen AS {seen_sql()}")
    return seen


def _faults(checker: Any, place: int, grant: Any) -> Iterator[Fault]:
    for error in checker.iter_errors(grant):
        missing = str(error.kind.as_dict()["property"]) if error.kind.name == "required" else ""
        yield Fault(place, tuple(error.instance_path), error.kind.name, error.instance, missing)


@cache
def _checker() -> Any:
    return jsonschema_rs.validator_for(dict(grant_schema()))


def _counts(con: duckdb.DuckDBPyConnection, rules: Rules) -> tuple[dict[str, int], dict[str, list[int]]]:
    """How many grants each check finds, and the first rows of those that find any."""
    con.execute(f"CREATE TABLE flagged AS {flagged_sql(rules)}")
    answer = con.execute(counts_sql(rules))
    names = [column[0] for column in answer.description or ()]
    counts = dict(zip(names, answer.fetchall()[0], strict=True))
    found = [str(term["slug"]) for term in rules.terms if counts[term["slug"]]]
    return counts, {slug: [row for (row,) in con.execute(places_sql(slug)).fetchall()] for slug in found}


def _findings(counts: Mapping[str, int], rows: Mapping[str, Sequence[int]], read: Document) -> Iterator[Finding]:
    of = {"grants": counts["all_grants"], "organisations": counts["to_organisations"], "people": counts["to_people"]}
    for term in _vocabularies()["grant-checks"].terms:
        places = tuple(Place(row, f"grants/{read.rows.index(row)}") for row in rows.get(term["slug"], ()))
        said = {name: str(term[name]) for name in ("slug", "group", "field", "says", "why", "fix", "good")}
        yield Finding(**said, applies=str(term["of"]), count=counts[term["slug"]], of=of[term["of"]], places=places)
