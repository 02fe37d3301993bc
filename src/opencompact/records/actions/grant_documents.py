"""A file of grants as one grant after another, each as the standard's JSON has it, whatever form the file has."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from opencompact.records.actions.decoding import CannotRead, Sheet, decode, document, is_workbook, sheets, text_encoding
from opencompact.records.actions.decoding.columns import is_blank
from opencompact.records.rules.grant_headings import Path as Place
from opencompact.records.rules.grant_headings import Schema, read_headings
from opencompact.records.rules.grant_rows import Grant, grants_of, merged

Terms = Sequence[Mapping[str, Any]]
_HEADER_WITHIN = 25
_ENOUGH = 4  # headings of the standard, by which a table is one of grants whatever else it holds
_SLICE = 2_000  # rows made into grants at a time
_BOM = b"\xef\xbb\xbf"


@dataclass
class Document:
    """Each grant with its text as JSON, once; and the row of each: as a spreadsheet numbers it, or the place in the list."""

    grants: Iterator[tuple[Any, bytes]]
    rows: Sequence[int]
    form: str
    remarks: list[str] = field(default_factory=list)


class _Page(msgspec.Struct):
    data: msgspec.Raw = msgspec.Raw(b"null")


def read_grants(content: bytes, name: str, *, schema: Schema, synonyms: Terms) -> Document:
    """Every grant of the file, tables as the standard's JSON would have them; raises CannotRead, some of it only as the grants are taken."""
    begins = content.removeprefix(_BOM)[:1000].lstrip()[:1]
    if not begins:
        raise CannotRead("a file of no bytes", "a file with grants", kind="empty_file")
    if Path(name).suffix.lower() == ".json" or begins in (b"{", b"["):
        return _from_json(content)
    return _from_table(sheets(Path(name), content), schema, synonyms, form="workbook" if is_workbook(content) else "text table")


def _from_json(content: bytes) -> Document:
    remarks = []
    if content.startswith(_BOM) or text_encoding(content) != "utf-8":
        content = decode(content)[0].encode("utf-8", errors="replace")
        remarks.append("The file begins with a byte order mark or is not UTF-8; JSON should be plain UTF-8.")
    try:
        records = _records(content)
    except (msgspec.DecodeError, RecursionError):  # broken; or with half a character, or a number beyond a computer's reach
        records = _listed(document(content))
    if records is None:
        raise CannotRead("a JSON document without a list of `grants`", 'a document as {"grants": [...]}', kind="no_grants")
    if not records:
        raise CannotRead("an empty list of `grants`", "at least one grant", kind="no_grants")
    return Document(map(_loaded, records), range(1, len(records) + 1), "JSON", remarks)


def _records(content: bytes) -> list[msgspec.Raw] | None:
    """The grants as they stand in the text, not yet read; None where there is no list of them."""
    if content.lstrip()[:1] == b"[":
        return msgspec.json.decode(content, type=list[msgspec.Raw])
    whole = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    if "grants" in whole:
        return msgspec.json.decode(whole["grants"], type=list[msgspec.Raw])
    if "results" in whole:  # a page of the standard's own service
        return [page.data for page in msgspec.json.decode(whole["results"], type=list[_Page])]
    return None


def _listed(whole: Any) -> list[Any] | None:
    """The same of a document read whole."""
    held = whole.get("grants", whole.get("results")) if isinstance(whole, dict) else whole
    if not isinstance(held, list):
        return None
    return held if not isinstance(whole, dict) or "grants" in whole else [page.get("data") if isinstance(page, dict) else None for page in held]


def _loaded(record: Any) -> tuple[Any, bytes]:
    """The grant and its text; half characters, which neither the schema's checker nor the lake can hold, become `?`."""
    if isinstance(record, msgspec.Raw):
        text = bytes(record)
        try:
            return orjson.loads(text), text
        except orjson.JSONDecodeError:  # a number beyond a computer's reach
            record = document(text)
    mended = _text(record)
    return orjson.loads(mended), mended


def _from_table(found: list[Sheet], schema: Schema, synonyms: Terms, *, form: str) -> Document:
    known = [(sheet, *header) for sheet in found if (header := _header(sheet, schema, synonyms)) is not None]
    if not known:
        raise CannotRead("a table whose headings are not the standard's", "headings as Identifier, Title, Amount Awarded, Award Date", kind="no_grants")
    first, *others = sorted(known, key=lambda held: -_count(held[2]))
    added = [held for held in others if ("id",) in held[2] and _count(held[2]) > 1]
    grants, rows = _grants_of_sheet(*first, schema, form)
    if not rows:
        raise CannotRead("headings without a row below them", "at least one grant", kind="no_grants")
    if added:
        grants = iter(_with_sheets(list(grants), added, schema, form))
    return Document(((grant, _text(grant)) for grant in grants), rows, form, _remarks(first[0], [held[0] for held in added], found))


def _remarks(sheet: Sheet, added: list[Sheet], found: list[Sheet]) -> list[str]:
    remarks = [f"Grants were read from the sheet {sheet.name}."] if sheet.name else []
    remarks += [f"The sheet {other.name} was added to them by Identifier." for other in added]
    unread = [other.name for other in found if other.name and other is not sheet and other not in added and other.beginning]
    remarks += [f"The sheet {name} was not read: its headings are not the standard's." for name in unread]
    if sheet.encoding not in ("", "utf-8"):
        remarks.append(f"The text is {sheet.encoding}, not UTF-8: save it as UTF-8, so that every program reads it alike.")
    return remarks


def _with_sheets(grants: list[Grant], added: list[tuple[Sheet, int, list[Place | None]]], schema: Schema, form: str) -> list[Grant]:
    for held in added:
        merged(grants, _grants_of_sheet(*held, schema, form)[0])
    return grants


def _header(sheet: Sheet, schema: Schema, synonyms: Terms) -> tuple[int, list[Place | None]] | None:
    """The row with most headings of the standard among the first, and the path of each column; None where they are few, and fewer than the others."""
    first = sheet.beginning[:_HEADER_WITHIN]
    read = [read_headings([cell.strip() for cell in row], schema, synonyms) for row in first]
    at = max(range(len(first)), key=lambda place: (_count(read[place]), -place), default=None)
    if at is None or not _count(read[at]):
        return None
    return (at, read[at]) if _count(read[at]) >= _ENOUGH or _count(read[at]) * 2 >= sum(map(bool, first[at])) else None


def _count(paths: Sequence[Place | None]) -> int:
    return sum(path is not None for path in paths)


def _grants_of_sheet(sheet: Sheet, at: int, paths: list[Place | None], schema: Schema, form: str) -> tuple[Iterator[Grant], list[int]]:
    headings = [cell.strip() for cell in sheet.beginning[at]]
    raw, _ = sheet.raw(headings, place=at)
    grants = _grants_of_raw(raw.select(range(1, min(len(headings), raw.num_columns - 1) + 1)), paths, headings, schema, form)
    return grants, raw.column("source_row").to_pylist()


def _grants_of_raw(raw: pa.Table, paths: list[Place | None], headings: list[str], schema: Schema, form: str) -> Iterator[Grant]:
    for start in range(0, raw.num_rows, _SLICE):
        columns = [_filled(column).to_pylist() for column in raw.slice(start, _SLICE).columns]
        yield from grants_of(columns, paths, headings, schema, is_workbook=form == "workbook")


def _filled(column: Any) -> Any:  # an array of Arrow
    """The texts of a column, null where they are empty or blank."""
    return pc.if_else(is_blank(column), pa.scalar(None, pa.string()), column)


def _text(grant: Any) -> bytes:
    """The grant as JSON, half characters as `?`."""
    try:
        return orjson.dumps(grant)
    except TypeError:  # half characters, or whole numbers beyond 64 bits
        return json.dumps(grant, ensure_ascii=False).encode("utf-8", errors="replace")
