"""Reads the files given into lines: knows each file, tidies it, keeps its problems, reuses what has not changed."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pyarrow as pa

from opencompact import __version__
from opencompact.lake import Change, Part
from opencompact.organisations.rules import bodies
from opencompact.records.actions.decoding import CannotRead, Notice, Sheet, decode, document, read_bytes, sheets, table_of, table_of_records, without_cut_row
from opencompact.records.rules.inputs import MARKER, OWN_ACCOUNT, Input, mark_sample, named
from opencompact.records.rules.plan import Found, Plan, problems_sql, tidy_sql
from opencompact.records.rules.recognise import document_card, header_row, near_miss
from opencompact.registry import Catalogue
from opencompact.registry.cards import Source
from opencompact.values.sql import quoted

REGISTERS = "register_names"
KEPT = "kept "  # before the key of a reading that stands on, so that the file itself, should it come back, is read anew
Told = Callable[[str, int, int], None]


class NoInput(ValueError):
    """Nothing to read was given."""


@dataclass(frozen=True)
class Former:
    """What the build before read from a file of the same name: its row of `readings`, and the key its parts were made from."""

    reading: Mapping[str, Any]
    made_from: str


@dataclass(frozen=True)
class Run:
    """One reading of everything given: the parts so far, by table, and the readings of the build before, by file."""

    change: Change
    catalogue: Catalogue
    former: Mapping[str, Former]
    parts: dict[str, list[Part]]


@dataclass(frozen=True)
class Known:
    """A file that answered to a card: its raw rows, plan and what to tell of it."""

    card: Source
    raw: pa.Table
    plans: tuple[Plan, ...]
    because: str
    encoding: str
    rows_blank: int
    columns_unused: str
    notices: tuple[Notice, ...]
    rows_cut: int = 0


def find_inputs(paths: Iterable[Path]) -> list[Input]:
    """Every file under the paths, named, the sample country's marked; raises NoInput and MixedStandings."""
    files: list[tuple[Path, Path]] = []
    for path in (Path(os.path.abspath(path)) for path in paths):
        if not os.path.lexists(path):
            raise NoInput(f"{path} is not there. Give files or folders that exist.")
        files.extend((found, path) for found in _walk(path) if found.name != MARKER)
    if not files:
        raise NoInput("The folders given hold no files. Give a folder with published files, or make some with `opencompact sample --out DIR`.")
    return mark_sample(named(files), {marker.parent: _bodies_of(marker) for marker in _markers(files)})


def read(change: Change, inputs: list[Input], *, catalogue: Catalogue, digest: str, told: Told = lambda *_: None) -> None:
    """Put the lines of every record, readings and problems. Registers are read first, for the names of bodies."""
    lines = line_tables(catalogue)
    run = Run(change, catalogue, _readings_before(change), {table: [] for table in (*lines, "readings", "problems")})
    waiting = []
    for place, item in enumerate(inputs, start=1):
        told(item.name, place, len(inputs))
        if not _read_one(run, item, digest=digest, registers=True):
            waiting.append(item)
    change.put_parts("register_names", run.parts["register_names"])
    names = _put_body_names(change, catalogue=catalogue)
    for place, item in enumerate(waiting, start=1):
        told(item.name, len(inputs) - len(waiting) + place, len(inputs))
        _read_one(run, item, digest=f"{digest} {names}", registers=False)
    for table, parts in run.parts.items():
        if table != REGISTERS:
            change.put_parts(table, parts)
    if change.before:
        _refuse_nothing(change)


def line_tables(catalogue: Catalogue) -> tuple[str, ...]:
    """The tables files are read into: those that any source card names, and the five the house is built on even where no card does."""
    named = {table for card in catalogue.sources.values() for table in (card.table, *card.also)}
    return tuple(sorted(named | {REGISTERS, "consultation_lines", "payment_lines", "grant_lines", "contract_lines"}))


def _refuse_nothing(change: Change) -> None:
    """Raises NoInput where a lake would be changed for files of which not one could be used."""
    files = change.con.execute("SELECT source_file, because, coalesce(rows_loaded, 0) > 0 OR state = 'read' FROM readings ORDER BY 1").fetchall()
    if not any(used for _, _, used in files):
        told = "; ".join(f"{name}: {because}" for name, because, _ in files[:5])
        raise NoInput(f"Of the {len(files)} files given none could be used ({told}). The tables of the build before stand as they were.")


def _readings_before(change: Change) -> dict[str, Former]:
    keys = {str(change.lake.folder / part.path): part.made_from for part in change.before.get("readings", ())}
    files = [file for file in keys if os.path.isfile(file)]
    if not files:
        return {}
    answer = change.con.execute("SELECT * FROM read_parquet(?, filename = true) WHERE table_name IS NOT NULL", [files])
    names = [column[0] for column in answer.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["source_file"]: Former(row, keys[row.pop("filename")].removeprefix(KEPT)) for row in rows}


def _former(run: Run, item: Input) -> Former | None:
    """The reading before of a file of this name, where it was of the same world: nothing invented may stand on beside the real record."""
    former = run.former.get(item.name)
    return former if former is not None and (former.reading["standing"] == "sample") == item.is_sample else None


def _read_one(run: Run, item: Input, *, digest: str, registers: bool) -> bool:
    """Read one file, or reuse its parts. With `registers`, only files of registers; says whether it was dealt with."""
    former = _former(run, item)
    was_register = former is not None and former.reading["table_name"] == "register_names"
    content = b""
    try:
        content = read_bytes(Path(item.path))
        sha256 = hashlib.sha256(content).hexdigest()
        made_from = hashlib.sha256(f"{__version__} {digest} {item.name} {item.body} {item.is_sample} {sha256}".encode()).hexdigest()
        if _reuse(run, made_from):
            return True
        known = _know(content, item, catalogue=run.catalogue, registers=registers)
        if isinstance(known, str):
            if former is not None and registers == was_register and former.reading["sha256"] != sha256:
                raise CannotRead(f"a file of which {known}", f"one of {former.reading['source']}, as it was before", kind="no_longer_known")
            if not registers:
                _put_reading(run, made_from, source_file=item.name, state="unused", because=known, sha256=sha256, bytes=len(content))
            return not registers
        _put_known(run, item, known, sha256, len(content), made_from)
    except CannotRead as refusal:
        if registers and not was_register:
            return False
        _put_refused(run, item, refusal, former, len(content))
    return True


def _reuse(run: Run, made_from: str) -> bool:
    """Take over every part made from the same; the reading alone tells whether there are any."""
    if run.change.known_part("readings", made_from) is None:
        return False
    for table, held in run.parts.items():
        part = run.change.known_part(table, made_from)
        if part is not None:
            held.append(part)
    return True


def _know(content: bytes, item: Input, *, catalogue: Catalogue, registers: bool) -> Known | str:
    """The file with its card and plan, or why it is no source; raises CannotRead."""
    path = Path(item.path)
    cards = [card for card in catalogue.sources.values() if not (item.is_sample and card.standing != "real")]
    if registers:
        cards = [card for card in cards if card.table == "register_names"]
    missing_words = tuple(str(term["word"]) for term in catalogue.vocabularies["missing-words"].terms)
    if item.is_sample and path.name in OWN_ACCOUNT:
        return "it is the sample country's own account of itself, not a publication"
    if path.suffix.lower() == ".jsonl":
        return "JSON lines answer to no source card yet"
    if path.suffix.lower() == ".json":
        return _know_document(content, item, cards, catalogue, missing_words)
    if registers and not _may_be_table(path, content, item, cards):
        return "its columns answer to no register"
    found = sheets(path, content)
    places = [(sheet, header_row(sheet.rows, cards, path=item.name, any_value=item.is_sample)) for sheet in found]
    known = [(sheet, *place) for sheet, place in places if place is not None]
    if not known:
        return next((near_miss(sheet.rows, cards) for sheet in found if any(map(any, sheet.rows))), "it holds no rows")
    first, *others = known
    first[0].notices.extend(_unread(sheet) for sheet, *_ in others)
    return _known_table(*first, item=item, catalogue=catalogue, missing_words=missing_words)


def _may_be_table(path: Path, content: bytes, item: Input, cards: list[Source]) -> bool:
    """Whether a text table's first lines, or a workbook, answer to one of the cards, so that other texts need not be read whole."""
    if content[:2] == b"PK" or not content:
        return True
    beginning, _ = decode(content[:200_000])
    return any(header_row(sheet.rows, cards, path=item.name, any_value=item.is_sample) is not None for sheet in sheets(path, beginning.encode()))


def _unread(sheet: Sheet) -> Notice:
    return Notice(
        None,
        sheet.name,
        f"a second sheet of the kind, {len(sheet.rows)} rows",
        "one such sheet in a file",
        "unread_sheet",
        "kept",
        "Give each sheet as a file of its own.",
    )


def _known_table(sheet: Sheet, place: int, card: Source, *, item: Input, catalogue: Catalogue, missing_words: tuple[str, ...]) -> Known:
    header = [cell.strip() for cell in sheet.rows[place]]
    rows = without_cut_row(sheet, width=len(header))
    raw, blank = table_of(header, rows[place + 1 :], first_row=place + 2, notices=sheet.notices)
    empty = frozenset(place for place in range(len(header)) if not any(text.strip() for text in raw.column(place + 1).to_pylist()))
    found = Found(card, tuple(header), item.body or card.body, missing_words, empty, catalogue.vocabularies)
    plans = _plans(catalogue, found)
    unused = [name for name in header if name and name not in found.used]
    unknown = [name for name in unused if not any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in card.known_columns)]
    sheet.notices.extend(
        Notice(place + 1, name, name, "a column this source is known to have", "unknown_column", "kept", "Tell us what the column means.") for name in unknown
    )
    because = f"row {place + 1} has the columns {', '.join(card.recognise.columns)}" + (f" (sheet {sheet.name})" if sheet.name else "")
    return Known(card, raw, plans, because, sheet.encoding, blank, "; ".join(unused), tuple(sheet.notices), len(sheet.rows) - len(rows))


def _know_document(content: bytes, item: Input, cards: list[Source], catalogue: Catalogue, missing_words: tuple[str, ...]) -> Known | str:
    if all(card.format == "table" for card in cards):
        return "it is no table"
    if not content:
        raise CannotRead("a file of no bytes", "a JSON document; fetch it again", kind="empty_file")
    whole = document(content)
    card = document_card(whole, cards, path=item.name, form="json", any_value=item.is_sample)
    if card is None:
        return "its keys answer to no source card"
    records = whole[card.items] if card.items else [whole]
    if not isinstance(records, list):
        raise CannotRead(f"`{card.items}` that is no list", f"a list of records under `{card.items}`", kind="broken_json")
    found = Found(card, (), item.body or card.body, missing_words, vocabularies=catalogue.vocabularies)
    because = f"it has the keys {', '.join(card.recognise.keys)}"
    return Known(card, table_of_records(records), _plans(catalogue, found), because, decode(content)[1], 0, "", ())


def _plans(catalogue: Catalogue, found: Found) -> tuple[Plan, ...]:
    made: Plan | tuple[Plan, ...] = catalogue.tidies[found.card.slug](found)
    return made if isinstance(made, tuple) else (made,)


def _put_known(run: Run, item: Input, known: Known, sha256: str, size: int, made_from: str) -> None:
    con, card = run.change.con, known.card
    standing = "sample" if item.is_sample else card.standing
    con.register("raw", known.raw)
    _no_problems(run)
    tables = [plan.table or card.table for plan in known.plans]
    # the first plan, which the reading tells of, is tidied last
    parts = [_lines(run, item, card.slug, plan, table, standing, made_from) for plan, table in reversed(list(zip(known.plans, tables, strict=True)))]
    con.unregister("raw")
    loaded = parts[-1].rows
    _check_rows(card, loaded, is_sample=item.is_sample)
    for table, part in zip(reversed(tables), parts, strict=True):
        run.parts[table].append(part)
    _put_problems(run, item, known.notices, standing, made_from)
    found, refused = con.execute("SELECT count(DISTINCT source_row), count(*) FILTER (NOT is_kept) FROM tidied").fetchall()[0]
    first, last = _first_and_last(run.change, known.plans[0])
    _put_reading(
        run,
        made_from,
        source_file=item.name,
        source=card.slug,
        title=card.title,
        publisher="The invented sample country" if item.is_sample else card.publisher,
        licence="" if item.is_sample else card.licence,
        url="" if item.is_sample else card.url,
        standing=standing,
        state="read",
        because=known.because,
        sha256=sha256,
        bytes=size,
        encoding=known.encoding,
        table_name=card.table,
        rows_found=known.raw.num_rows + known.rows_cut,
        rows_loaded=loaded,
        rows_refused=refused + known.rows_cut,
        rows_blank=known.rows_blank,
        rows_not_of_kind=known.raw.num_rows - found,
        columns_unused=known.columns_unused,
        first_on=first,
        last_on=last,
    )


def _lines(run: Run, item: Input, source: str, plan: Plan, table: str, standing: str, made_from: str) -> Part:
    """Tidy the registered `raw` by one plan into a part of the table, and add to `found_problems`."""
    con = run.change.con
    con.execute(f"CREATE OR REPLACE TEMP TABLE tidied AS {tidy_sql(plan)}")
    con.execute("INSERT INTO found_problems " + " UNION ALL ".join(problems_sql(plan)))
    wanted = {column.name for column in run.change.lake.shapes[table].columns}
    fields = ", ".join(f'"{field.name}"' for field in plan.fields if field.name in wanted)
    origin = f"{quoted(source)} AS source, {quoted(standing)} AS standing, {quoted(item.name)} AS source_file, source_row"
    return run.change.part(table, f"SELECT {fields}, {origin} FROM tidied WHERE is_kept", made_from=made_from)


def _no_problems(run: Run) -> None:
    columns = ", ".join(f"CAST(NULL AS {'BIGINT' if name == 'source_row' else 'VARCHAR'}) AS {name}" for name in _PROBLEM.split(", "))
    run.change.con.execute(f"CREATE OR REPLACE TEMP TABLE found_problems AS SELECT {columns} WHERE false")


def _check_rows(card: Source, rows: int, *, is_sample: bool) -> None:
    """Raises CannotRead for a file with fewer or more rows than its card says; the invented country is as large as it is made."""
    if rows < card.least_rows and not is_sample:
        raise CannotRead(f"{rows} rows that can be used", f"{card.least_rows} or more", kind="too_few_rows")
    if card.most_rows is not None and rows > card.most_rows and not is_sample:
        raise CannotRead(f"{rows} rows", f"{card.most_rows} or fewer", kind="too_many_rows")


def _first_and_last(change: Change, plan: Plan) -> tuple[Any, Any]:
    dated = next((field.name for field in plan.fields if field.name in ("paid_on", "awarded_on", "opened_on")), None)
    if dated is None:
        return None, None
    return change.con.execute(f"SELECT min({dated}), max({dated}) FROM tidied WHERE is_kept").fetchall()[0]


def _put_problems(run: Run, item: Input, notices: Iterable[Notice], standing: str, made_from: str) -> None:
    """Keep what stands in `found_problems`, and the notices, as the file's problems."""
    con = run.change.con
    con.register("noticed", pa.Table.from_pylist([vars(notice) for notice in notices], schema=_NOTICES))
    con.execute(f"INSERT INTO found_problems SELECT {_PROBLEM} FROM noticed")
    con.unregister("noticed")
    if con.execute("SELECT count(*) FROM found_problems").fetchall() != [(0,)]:
        select = f"SELECT {quoted(item.name)} AS source_file, {_PROBLEM}, {quoted(standing)} AS standing FROM found_problems ORDER BY ALL"
        run.parts["problems"].append(run.change.part("problems", select, made_from=made_from))


def _put_refused(run: Run, item: Input, refusal: CannotRead, former: Former | None, size: int) -> None:
    """A problem of the whole file; where the build before had read it, its rows, problems and reading stand on, so that no figure falls silently."""
    notice = Notice(None, "", refusal.found, refusal.expected, refusal.kind, "file_refused", "Give the file again as expected.")
    _no_problems(run)
    _put_problems(run, item, [notice], "sample" if item.is_sample else "real", "")
    if former is None:
        _put_reading(run, "", source_file=item.name, state="refused", because=str(refusal), bytes=size)
        return
    for table in run.parts.keys() - {"readings"}:
        part = run.change.known_part(table, former.made_from)
        if part is not None:
            run.parts[table].append(part)
    _put_reading(run, KEPT + former.made_from, **{**former.reading, "state": "refused", "because": f"{refusal}; the rows of the reading before are kept"})


def _put_reading(run: Run, made_from: str, **facts: Any) -> None:
    run.change.con.register("reading", pa.Table.from_pylist([facts]))
    run.parts["readings"].append(run.change.part("readings", "SELECT * FROM reading", made_from=made_from))


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
    return hashlib.sha256(json.dumps(sorted(names.items())).encode()).hexdigest()


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


_PROBLEM = "source_row, field, found, expected, kind, consequence, fix"
_NOTICES = pa.schema(
    [("source_row", pa.int64()), *((name, pa.string()) for name in ("field", "found", "expected", "kind", "consequence", "fix"))],
)
