"""JSON: whole documents and lines of records, faulty lines told, numbers beyond a computer's reach kept as text."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from typing import Any

import msgspec
import orjson
import pyarrow as pa

from opencompact.records.actions.decoding.content import MOST_BYTES as MOST_BYTES_OF_LINES
from opencompact.records.actions.decoding.content import CannotRead, Content, Notice
from opencompact.records.actions.decoding.stored import LEAST_STORED, StoredLines, file_portions, held_portions, store
from opencompact.records.actions.decoding.text import decode

MOST_BYTES = 512 * 2**20  # a document stands in memory as objects, about eight times its size; lines are read one by one
MOST_VALUES = 60_000_000  # `{}` a hundred million times is a small file and more memory than a machine has
_ROUNDED = b"e+"  # so orjson writes a whole number of more than 64 bits, which it rounds
_BATCH = 5_000  # records turned into columns at a time
_AT_ONCE = 2**24  # bytes of records in one raw table, of those of a large file
_MARK = b"\xef\xbb\xbf"
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


_Record = tuple[bytes, Sequence[str | None] | None]
_Read = Callable[[Content], _Record]


@dataclass
class Lines:
    """Records of a file of JSON lines: the first for recognising, all as raw tables, how many lines were blank, and a notice for each faulty one."""

    first: list[Any]
    content: Content | StoredLines
    encoding: str = "utf-8"
    blank: int = 0
    notices: list[Notice] = field(default_factory=list)

    def tables(self, *, without: Sequence[str] = (), record: type | None = None, plain: type | None = None) -> Iterator[pa.Table]:
        """Raw tables, one at least, each of many records: `record` is the JSON, its keys of `without` dropped, `source_row` the line's number.

        Where `record` is the type of a record, only the fields it names are kept; of those that fit the stricter type `plain`, `told` is what its
        method of that name tells, a list of texts.
        What was blank or faulty is known once all are taken.
        """
        self.blank, self.notices = 0, []
        read, number = _reader(frozenset(without), record, plain), 1
        batch, held = _Batch(), []
        for portion in self._portions():
            lines = portion.removeprefix(_MARK).split(b"\n") if number == 1 else portion.split(b"\n")
            if not lines[-1]:
                lines.pop()  # the portion ends with a line
            self._add(batch, lines, number, read)
            number += len(lines)
            if len(batch.records) < _BATCH:
                continue
            held.append(batch.raw())
            batch = _Batch()
            if sum(each.nbytes for each in held) >= _AT_ONCE:
                yield pa.Table.from_batches(held)
                held = []
        yield pa.Table.from_batches([*held, batch.raw()])

    def _portions(self) -> Iterator[Content]:
        return self.content.portions() if isinstance(self.content, StoredLines) else held_portions(self.content)

    def _add(self, batch: "_Batch", lines: Sequence[Content], first: int, read: "_Read") -> None:
        try:
            records = list(map(read, lines))  # most portions are without fault
        except CannotRead:
            self._add_each(batch, lines, first, read)
        else:
            batch.places.extend(range(first, first + len(lines)))
            batch.records.extend(records)

    def _add_each(self, batch: "_Batch", lines: Sequence[Content], first: int, read: "_Read") -> None:
        for number, line in enumerate(lines, start=first):
            if not line.strip():
                self.blank += 1
                continue
            try:
                batch.add(number, read(line))
            except CannotRead as fault:
                self.notices.append(Notice(number, "", fault.found, "a whole JSON value on a line", fault.kind, "row_refused", "Write the line again."))


@dataclass
class _Batch:
    """Records read: the place of each, its JSON, and what a plain one tells."""

    places: list[int] = field(default_factory=list)
    records: list[_Record] = field(default_factory=list)

    def add(self, place: int, record: _Record) -> None:
        self.places.append(place)
        self.records.append(record)

    def raw(self) -> pa.RecordBatch:
        texts, told = zip(*self.records, strict=True) if self.records else ((), ())
        columns = {"source_row": pa.array(self.places, pa.int64()), "record": pa.array(texts, pa.string())}
        return pa.record_batch(columns | {"told": pa.array(told, pa.list_(pa.string()))})


def document(content: Content) -> Any:
    """A JSON document; numbers beyond a computer's reach (`1e9999`, `NaN`) become text, a problem where one is read. Raises CannotRead naming the line."""
    if len(content) > MOST_BYTES:
        raise CannotRead(
            f"a JSON document of {len(content) / 2**20:,.0f} MB", f"at most {MOST_BYTES // 2**20} MB; ask for it as JSON lines, or in parts", kind="too_large"
        )
    if (values := sum(content.count(sign) for sign in (b",", b"[", b"{"))) > MOST_VALUES:
        raise CannotRead(f"a JSON document of {values:,} values", f"at most {MOST_VALUES:,}", kind="too_large")
    try:
        return _loads(content)
    except json.JSONDecodeError as error:
        raise CannotRead(
            f"JSON that breaks off or goes wrong at line {error.lineno}, column {error.colno}", "a whole JSON document; fetch it again", kind="broken_json"
        ) from error
    except ValueError as error:
        raise CannotRead("JSON with a whole number of thousands of digits", "numbers a computer can hold", kind="broken_json") from error
    except RecursionError as error:
        raise _too_deep() from error


def are_lines(content: Content) -> bool:
    """Whether each line is a record of its own: the first is a whole JSON object and another follows."""
    lines = (line for line in _split(content) if line.strip())
    first, second = next(lines, b""), next(lines, b"")
    try:
        return bool(second) and isinstance(document(first), dict)
    except CannotRead:
        return False


def stored_lines(path: Path) -> StoredLines | None:
    """A file of JSON lines that is left where it stands; None of one too small, too large or of another form, to be held. Raises CannotRead."""
    try:
        if not LEAST_STORED <= path.stat().st_size <= MOST_BYTES_OF_LINES:
            return None
    except OSError:
        return None
    beginning = next(file_portions(path), b"")
    return store(path) if beginning[:2] not in _MARKS_OF_UTF_16 and are_lines(beginning) else None


def read_lines(content: Content | StoredLines, *, look: int = 50) -> Lines:
    """A file of JSON lines: the first `look` good records are read for recognising; the others wait. Raises CannotRead where none is."""
    if isinstance(content, StoredLines):
        return replace(read_lines(content.beginning, look=look), content=content)
    if content[:2] in _MARKS_OF_UTF_16:
        text, encoding = decode(content)
        content = text.encode("utf-8", errors="replace")
    else:
        encoding = "utf-8"
    first: list[Any] = []
    fault: CannotRead | None = None
    for line in _split(content):
        if len(first) == look:
            break
        if line.strip():
            try:
                first.append(document(line))
            except CannotRead as found:
                fault = fault or found
    if not first and fault:
        raise fault
    return Lines(first, content, encoding)


def table_of_records(records: Sequence[Any], *, without: Sequence[str] = (), record: type | None = None, plain: type | None = None) -> pa.Table:
    """The raw table, as of lines, of records read already; half characters, which no text can hold, become `?`. Raises CannotRead.

    Keys of `without` are dropped at any depth: what they hold never reaches the lake.
    """
    dropped, batch = frozenset(without), _Batch()
    read = _reader(dropped, record, plain)
    for place, each in enumerate(records, start=1):
        batch.add(place, (_dumps(_without(each, dropped)), None) if record is None else read(_dumps(each)))
    return pa.Table.from_batches([batch.raw()])


def _split(content: Content) -> Iterator[Content]:
    """Lines without their ends, one at a time; a mark of UTF-8 at the start is left out."""
    start = len(_MARK) if content[: len(_MARK)] == _MARK else 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        yield content[start:end]
        start = end + 1


def _reader(dropped: frozenset[str], record: type | None, plain: type | None) -> _Read:
    """What makes a line the text of its record, with what it tells where it is plain.

    By the type of a record where one is given and the line fits it, else whole but for what is dropped.
    """
    if record is None:
        return lambda line: (_record_text(line, dropped), None)
    encode = msgspec.json.Encoder().encode
    decode_any: Callable[[Content], object] = msgspec.json.Decoder(record).decode
    decode_plain: Callable[[Content], Any] = msgspec.json.Decoder(plain or record).decode

    def read(line: Content) -> _Record:
        try:
            known = decode_plain(line)
            return encode(known), known.told() if plain else None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return read_odd(line), None

    def read_odd(line: Content) -> bytes:
        try:
            return encode(decode_any(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            whole = _record_text(line, dropped)
        try:
            return encode(decode_any(whole))  # a number beyond reach is text by now
        except (msgspec.MsgspecError, RecursionError):
            return whole  # a field has another shape than its type's

    return read


def _record_text(line: Content, dropped: frozenset[str]) -> bytes:
    try:
        text = _dumps(_without(orjson.loads(line), dropped))
        if _ROUNDED not in text:
            return text
    except orjson.JSONDecodeError:
        pass
    return _dumps(_without(document(line), dropped))


def _loads(content: Content) -> Any:
    """orjson's reading, which is fast; the standard library's where that refuses the text, or would round a number."""
    try:
        value = orjson.loads(content)
        if _ROUNDED not in orjson.dumps(value):
            return value
    except (orjson.JSONDecodeError, TypeError, RecursionError):
        pass
    return json.loads(decode(content)[0], parse_float=_float, parse_constant=str)


def _dumps(record: Any) -> bytes:
    try:
        return orjson.dumps(record)
    except TypeError:  # half characters, numbers of more than 64 bits, deep nesting
        pass
    try:
        return json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8", errors="replace")
    except RecursionError as error:
        raise _too_deep() from error


def _without(record: Any, dropped: frozenset[str]) -> Any:
    try:
        return _drop(record, dropped) if dropped else record
    except RecursionError as error:
        raise _too_deep() from error


def _drop(node: Any, dropped: frozenset[str]) -> Any:
    if isinstance(node, dict):
        return {key: _drop(value, dropped) if isinstance(value, (dict, list)) else value for key, value in node.items() if key not in dropped}
    if isinstance(node, list):
        return [_drop(value, dropped) if isinstance(value, (dict, list)) else value for value in node]
    return node


def _too_deep() -> CannotRead:
    return CannotRead("JSON nested too deep to read", "a document nested less than 1,000 deep", kind="broken_json")


def _float(text: str) -> float | str:
    value = float(text)
    return value if isfinite(value) else text
