"""One reading of everything given: files unchanged are reused, refused ones keep their former rows, what a kill interrupted is taken up."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from opencompact import __version__
from opencompact.lake import Change
from opencompact.lake.part import Part
from opencompact.organisations.rules import bodies
from opencompact.records.actions.decoding import (
    LINES,
    BookSheet,
    CannotRead,
    Content,
    Notice,
    StoredLines,
    member_bytes,
    read_bytes,
    refuse_archive,
    stored_lines,
)
from opencompact.records.actions.reading.giving import NoInput
from opencompact.records.actions.reading.knowing import Answered, Knowing, Known, knowing
from opencompact.records.actions.reading.tidying import Tidied, check_rows, put_notices, tidy
from opencompact.records.actions.reading.together import is_small, kind_of, tidy_together
from opencompact.records.rules.inputs import Input
from opencompact.registry import Catalogue
from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.readings import SHAPE as READINGS
from opencompact.shapes.shape import Shape

REGISTERS = "register_names"
KEPT = "kept "  # before the key of a reading that stands on, so that the file itself, should it come back, is read anew
MOST_HELD = 2**28  # bytes of files that wait, known but unread, for the names of the registers
FILES_TOGETHER, BYTES_TOGETHER = 200, 2**24  # small files that are tidied together at most: what a kill may cost
_WEIGHTS: dict[type, int] = {BookSheet: 30, list: 8}  # how much more memory than bytes a workbook and a document take
Facts = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """How far the reading has come: the file it is at, and the files and bytes done and given."""

    name: str
    files: int
    of_files: int
    bytes: int
    of_bytes: int


Told = Callable[[Step], None]


@dataclass(frozen=True)
class Waiting:
    """A file that waits for the names of the registers: its key so far, and what of it answers to a card, where that is held in memory."""

    item: Input
    key: str
    size: int = 0
    sha256: str = ""
    weight: int = 0
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class Small:
    """A small file that is known, and waits to be tidied together with others."""

    item: Input
    known: Known
    key: str
    size: int
    sha256: str


@dataclass
class Run:
    """The parts so far by file, the readings so far, the readings of the build before by file and by key, and how much waits in memory."""

    change: Change
    knowing: Knowing
    former: Mapping[str, Facts]
    digest: str
    parts: dict[str, list[tuple[str, Part]]] = field(default_factory=dict)
    readings: list[Facts] = field(default_factory=list)
    former_by_key: dict[str, list[Facts]] = field(default_factory=dict)
    held: int = 0
    small: list[Small] = field(default_factory=list)

    def __post_init__(self) -> None:
        for reading in self.former.values():
            self.former_by_key.setdefault(reading["made_from"], []).append(reading)

    def put(self, table: str, inputs: Iterable[Input]) -> None:
        """Put a table of all parts made for it, in the order of the files given, whichever were read first."""
        self.change.put_parts(table, [part for item in inputs for name, part in self.parts.get(item.name, ()) if name == table])


def read(change: Change, inputs: list[Input], *, catalogue: Catalogue, digest: str, told: Told = lambda _: None) -> None:
    """Put the lines of every record, readings and problems. Registers are read first, for the names of bodies.

    `digest` is a checksum of the code that decides how files are read. Raises NoInput where a lake would be changed for nothing.
    """
    tables = (*line_tables(catalogue, change.lake.shapes), "problems")
    run = Run(change, knowing(catalogue), _readings_before(change), digest)
    tell = _teller(told, inputs)
    waiting = []
    for item in inputs:
        tell(item, done=False)
        held = _look(run, item)
        if held is None:
            tell(item, done=True)
        else:
            waiting.append(held)
    run.put(REGISTERS, inputs)
    names = _put_body_names(change, catalogue=catalogue)
    while waiting:
        held = waiting.pop(0)
        tell(held.item, done=False)
        for item in _read_waiting(run, held, names):
            tell(item, done=True)
    for item in _put_small(run):
        tell(item, done=True)
    for table in tables:
        if table != REGISTERS:
            run.put(table, inputs)
    _put_readings(run)
    if change.before:
        _refuse_nothing(change)


def line_tables(catalogue: Catalogue, shapes: Mapping[str, Shape]) -> tuple[str, ...]:
    """The tables files are read into: those any source card names, and all of lines with an origin, so that none is wanting where no card names it."""
    named = {table for card in catalogue.sources.values() for table in (card.table, *card.also)}
    lines = {name for name, table in shapes.items() if table.visibility == "internal" and table.columns[-len(ORIGIN) :] == ORIGIN}
    return tuple(sorted(named | lines))


def _teller(told: Told, inputs: list[Input]) -> Callable[..., None]:
    step = Step("", 0, len(inputs), 0, sum(item.size for item in inputs))

    def tell(item: Input, *, done: bool) -> None:
        nonlocal step
        step = replace(step, name=item.name, files=step.files + done, bytes=step.bytes + done * item.size)
        told(step)

    return tell


def _look(run: Run, item: Input) -> Waiting | None:
    """Settle a file that needs no names of bodies: one of a register, of no use, refused, or unchanged; else hold it back."""
    size = 0
    try:
        content, sha256, key = _taken(run, item)
        size = len(content)
        if _reuse(run, item, key):
            return None
        before = run.former.get(item.name)
        if before is not None and before["made_from"].startswith(f"{key} "):
            return Waiting(item, key)  # unchanged, so no register now either
        answered = _answers(run, item, content, sha256, key)
        if any(REGISTERS in (one.card.table, *one.card.also) for one in answered):
            _put(run, item, answered, sha256, size, key)
            return None
    except CannotRead as refusal:
        _put_refused(run, item, refusal, size)
        return None
    if not answered:
        return None
    weight = 0 if isinstance(content, StoredLines) else size * _WEIGHTS.get(type(answered[0].of), 1)
    if run.held and run.held + weight > MOST_HELD:
        return Waiting(item, key)
    run.held += weight
    return Waiting(item, key, size, sha256, weight, tuple(answered))


def _read_waiting(run: Run, waiting: Waiting, names: str) -> list[Input]:
    """Read a file that waited for the names of bodies, which are part of what its rows are made from; returns the files that are done by now."""
    item, size, sha256, answered = waiting.item, waiting.size, waiting.sha256, list(waiting.answered)
    run.held -= waiting.weight
    try:
        if _reuse(run, item, f"{waiting.key} {names}"):
            return [item]
        if not answered:
            content, sha256, key = _taken(run, item)
            size, answered = len(content), _answers(run, item, content, sha256, key)
            del content
        if len(answered) == 1:
            known = run.knowing.known(answered[0], item)
            answered.clear()
            return _put_known(run, Small(item, known, f"{waiting.key} {names}", size, sha256))
        _put(run, item, answered, sha256, size, f"{waiting.key} {names}")
    except CannotRead as refusal:
        _put_refused(run, item, refusal, size)
    return [item]


def _put_known(run: Run, one: Small) -> list[Input]:
    """Tidy a file of one table, or hold it back to be tidied with others; returns the files that are done by now."""
    if is_small(one.known):
        run.small.append(one)
        enough = len(run.small) >= FILES_TOGETHER or sum(small.size for small in run.small) >= BYTES_TOGETHER
        return _put_small(run) if enough else []
    standing = _standing(one.known, one.item)
    _keep(run, one, tidy(run.change, one.known, standing=standing, made_from=one.key, any_size=one.item.is_sample))
    return [one.item]


def _put_small(run: Run) -> list[Input]:
    """Tidy the small files that wait, those of a kind together; returns them."""
    kinds: dict[Any, list[Small]] = {}
    for one in run.small:
        kinds.setdefault((_standing(one.known, one.item), *kind_of(one.known)), []).append(one)
    for kind, files in kinds.items():
        made = tidy_together(run.change, [one.known for one in files], standing=kind[0], made_from=[one.key for one in files])
        for one, tidied in zip(files, made, strict=True):
            try:
                if not one.item.is_sample:
                    check_rows(one.known.card, tidied.facts["rows_loaded"])
                _keep(run, one, tidied)
            except CannotRead as refusal:
                _put_refused(run, one.item, refusal, one.size)
    done = [one.item for one in run.small]
    run.small.clear()
    return done


def _taken(run: Run, item: Input) -> tuple[Content | StoredLines, str, str]:
    """The file's bytes, or a large file of lines left where it is, its checksum, and the key of all that decides what is read but the names of bodies."""
    path = Path(item.path)
    content: Content | StoredLines
    if item.member:
        content = member_bytes(path, item.member)
    else:
        refuse_archive(path)
        content = (stored_lines(path) if path.suffix.lower() in LINES else None) or read_bytes(path)
    sha256 = content.sha256 if isinstance(content, StoredLines) else hashlib.sha256(content).hexdigest()
    made_from = f"{__version__} {run.digest} {item.name} {item.body} {item.is_sample} {sha256}"
    return content, sha256, hashlib.sha256(made_from.encode()).hexdigest()


def _answers(run: Run, item: Input, content: Content | StoredLines, sha256: str, key: str) -> list[Answered]:
    """What of the file answers to a card; none of a file of no use, which is settled here. Raises CannotRead where it was of use before."""
    answered = run.knowing.answers(content, item)
    if not isinstance(answered, str):
        return answered
    if any(before["sha256"] != sha256 for before in _former(run, item)):
        before = _former(run, item)[0]
        raise CannotRead(f"a file of which {answered}", f"one of {before['source']}, as it was before", kind="no_longer_known")
    run.readings.append({"source_file": item.name, "state": "unused", "because": answered, "sha256": sha256, "bytes": len(content), "made_from": key})
    return []


def _former(run: Run, item: Input) -> list[Facts]:
    """The readings before of a file of this name, or of what was in it, where they were of the same world: nothing invented may stand on beside the real."""
    names = [name for name in run.former if name == item.name or name.startswith(f"{item.name}/")] if run.former else []
    readings = [run.former[name] for name in names]
    return [reading for reading in readings if reading["table_name"] and (reading["standing"] == "sample") == item.is_sample]


def _reuse(run: Run, item: Input, key: str) -> bool:
    """Take over all that was made from the same: by the build before, or by one that was killed."""
    kept = run.change.unfinished.kept(key)
    readings = kept.rows if kept else run.former_by_key.get(key, [])
    parts = kept.parts if kept else run.change.known_parts(key)
    if not readings or parts is None:
        return False
    _take(run, item, parts, readings)
    return True


def _take(run: Run, item: Input, parts: Iterable[tuple[str, Part]], readings: Iterable[Facts]) -> None:
    run.parts.setdefault(item.name, []).extend(parts)
    run.readings.extend(readings)


def _put(run: Run, item: Input, answered: Iterable[Answered], sha256: str, size: int, key: str) -> None:
    """Read what answered, and keep it at once, so that a build after a kill need not read it again."""
    parts: list[tuple[str, Part]] = []
    readings: list[Facts] = []
    for one in answered:
        known = run.knowing.known(one, item)
        tidied = tidy(run.change, known, standing=_standing(known, item), made_from=key, any_size=item.is_sample)
        parts.extend(tidied.parts)
        readings.append({**_facts(known, item), "sha256": sha256, "bytes": size, "made_from": key, **tidied.facts})
    run.change.unfinished.keep(key, parts, readings)
    _take(run, item, parts, readings)


def _keep(run: Run, one: Small, tidied: Tidied) -> None:
    """Keep what came of a file of one table."""
    reading = {**_facts(one.known, one.item), "sha256": one.sha256, "bytes": one.size, "made_from": one.key, **tidied.facts}
    run.change.unfinished.keep(one.key, tidied.parts, [reading])
    _take(run, one.item, tidied.parts, [reading])


def _standing(known: Known, item: Input) -> str:
    return "sample" if item.is_sample else known.card.standing


def _facts(known: Known, item: Input) -> Facts:
    card = known.card
    return {
        "source_file": known.name,
        "source": card.slug,
        "title": card.title,
        "publisher": "The invented sample country" if item.is_sample else card.publisher,
        "licence": "" if item.is_sample else card.licence,
        "url": "" if item.is_sample else card.url,
        "standing": _standing(known, item),
        "state": "read",
        "because": known.because,
        "encoding": known.encoding,
        "table_name": card.table,
        "columns_unused": known.columns_unused,
        "columns_read": known.columns_read,
    }


def _put_refused(run: Run, item: Input, refusal: CannotRead, size: int) -> None:
    """A problem of the whole file; where the build before had read it, its rows, problems and reading stand on, so that no figure falls silently."""
    notice = Notice(None, "", refusal.found, refusal.expected, refusal.kind, "file_refused", "Give the file again as expected.")
    parts = put_notices(run.change, item.name, [notice], standing="sample" if item.is_sample else "real")
    readings: list[Facts] = []
    for before in _former(run, item):
        key = before["made_from"].removeprefix(KEPT)
        because = f"{refusal}; the rows of the reading before are kept"
        readings.append({**before, "state": "refused", "because": because, "made_from": KEPT + key})
    for key in sorted({reading["made_from"].removeprefix(KEPT) for reading in readings}):
        parts += run.change.known_parts(key) or []
    _take(run, item, parts, readings or [{"source_file": item.name, "state": "refused", "because": str(refusal), "bytes": size}])


def _readings_before(change: Change) -> dict[str, Facts]:
    files = [str(change.lake.folder / part.path) for part in change.before.get("readings", ()) if (change.lake.folder / part.path).is_file()]
    if not files:
        return {}
    answer = change.con.execute("SELECT * FROM read_parquet(?)", [files])
    names = [column[0] for column in answer.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["source_file"]: row for row in rows if row.get("made_from")}


def _put_readings(run: Run) -> None:
    columns = {column.name: pa.int64() if column.type == "BIGINT" else pa.string() for column in READINGS.columns}
    rows = [{name: str(value) if isinstance(value, date) else value for name, value in reading.items()} for reading in run.readings]
    run.change.con.register("readings_found", pa.Table.from_pylist(rows, schema=pa.schema(columns.items())))
    run.change.put("readings", "SELECT * FROM readings_found ORDER BY source_file")
    run.change.con.unregister("readings_found")


def _refuse_nothing(change: Change) -> None:
    """Raises NoInput where a lake would be changed for files of which not one could be used."""
    files = change.con.execute("SELECT source_file, because, coalesce(rows_loaded, 0) > 0 OR state = 'read' FROM readings ORDER BY 1").fetchall()
    if not any(used for _, _, used in files):
        told = "; ".join(f"{name}: {because}" for name, because, _ in files[:5])
        raise NoInput(f"Of the {len(files)} files given none could be used ({told}). The tables of the build before stand as they were.")


def _put_body_names(change: Change, *, catalogue: Catalogue) -> str:
    """The temporary table body_names(name, slug) that plans look bodies up in; returns its checksum."""
    register = change.con.execute("SELECT name, slug FROM register_names WHERE slug IS NOT NULL AND standing <> 'example' ORDER BY ALL").fetchall()
    codes = change.con.execute("SELECT organisation_id, slug FROM register_names WHERE slug IS NOT NULL AND standing <> 'example' ORDER BY ALL").fetchall()
    aliases = [(str(term["name"]), str(term["slug"])) for term in catalogue.vocabularies["body-names"].terms]
    names = bodies.lookup([*register, *codes], aliases)
    table = pa.table({"name": pa.array(list(names), pa.string()), "slug": pa.array(list(names.values()), pa.string())})
    change.con.register("body_names_given", table)
    change.con.execute("CREATE OR REPLACE TEMP TABLE body_names AS SELECT * FROM body_names_given")
    change.con.unregister("body_names_given")
    return hashlib.sha256(json.dumps(sorted(names.items())).encode()).hexdigest()[:16]
