"""A matched file in the reader's hands: sealed into the page, for we keep none, and written as CSV or a workbook that runs no formula."""

import base64
import csv
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO

import orjson
from django.core.signing import BadSignature, TimestampSigner

from opencompact.web.organisations.workbook import Cell, workbook

ADDED = ("match_org_id", "match_name", "match_kind", "match_size_band", "match_probability", "match_decision", "match_stage", "match_why")
MOST_AGE = 24 * 3600  # seconds a page can be used
MOST_HELD = 40 * 2**20  # bytes of the sealed file
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[-+]?£?[0-9][0-9,]*(\.[0-9]+)?", re.ASCII)


class CannotUse(ValueError):
    """The sealed file was not made here, was changed, or is too old."""


@dataclass(frozen=True)
class Answer:
    """What one row is taken to be, with the public columns of the organisation."""

    organisation: str = ""
    name: str = ""
    kind: str = ""
    band: str = ""
    is_voluntary: bool = False
    probability: float = 0.0
    decision: str = "none"
    stage: str = "none"
    why: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As ADDED has them."""
        return (self.organisation, self.name, self.kind, self.band, f"{self.probability:.4f}", self.decision, self.stage, self.why)


@dataclass(frozen=True)
class Matched:
    """A file with the answers for its rows; `answers` has each different one once, `places` the answer of each row. `note` says what it was matched to."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: dict[str, int]
    answers: tuple[Answer, ...] = ()
    places: tuple[int, ...] = ()
    note: str = ""
    is_sample: bool = False

    def with_answers(self, answers: Sequence[Answer], *, note: str, is_sample: bool) -> "Matched":
        """The file with an answer for each row."""
        different = {answer: place for place, answer in enumerate(dict.fromkeys(answers))}
        return replace(self, answers=tuple(different), places=tuple(different[answer] for answer in answers), note=note, is_sample=is_sample)

    @property
    def by_row(self) -> list[Answer]:
        """The answer of each row, in order."""
        return [self.answers[place] for place in self.places]

    @property
    def records(self) -> Iterator[tuple[str, ...]]:
        """The file as it goes out: its header with ADDED, then every row."""
        yield (*self.headers, *ADDED)
        for row, answer in zip(self.rows, self.by_row, strict=True):
            yield (*row, *answer.cells)


def sealed(held: Matched) -> str:
    """The file as text that only this site can have made."""
    return _signer().sign(base64.b64encode(zlib.compress(orjson.dumps(held), 6)).decode())


def unsealed(text: str) -> Matched:
    """The file again; raises CannotUse."""
    try:
        given = orjson.loads(zlib.decompress(base64.b64decode(_signer().unsign(text, max_age=MOST_AGE))))
    except BadSignature as error:
        raise CannotUse("The page is more than a day old, or its file was changed on the way. Give the file again.") from error
    rows, answers = tuple(tuple(row) for row in given["rows"]), tuple(Answer(**each) for each in given["answers"])
    return Matched(**{**given, "headers": tuple(given["headers"]), "rows": rows, "answers": answers, "places": tuple(given["places"])})


def as_csv(held: Matched) -> Iterator[str]:
    """Its lines."""
    for record in held.records:
        line = StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([safe(cell) for cell in record])
        yield line.getvalue()


def as_workbook(held: Matched) -> bytes:
    """A workbook: the rows on one sheet, what they were matched to on another. Amounts are numbers, all else is text."""
    amounts = {held.columns.get("amount"), len(held.headers) + ADDED.index("match_probability")}
    rows = ([_typed(cell, is_amount=place > 0 and at in amounts) for at, cell in enumerate(record)] for place, record in enumerate(held.records))
    return workbook({"Matched": rows, "How it was made": [[safe(line)] for line in held.note.splitlines()]})


def safe(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before what would be a formula; plain numbers stay, whatever their sign."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(text.strip(" ")) else text


def file_name(held: Matched, ending: str) -> str:
    """`matched-march.csv`; on sample data the name says so."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", held.name.rsplit(".", 1)[0]).strip("-.") or "file"
    return f"{'INVENTED-SAMPLE-' if held.is_sample else ''}matched-{stem[:80]}.{ending}"


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="opencompact.web.organisations.matched_file")


def _typed(cell: str, *, is_amount: bool) -> Cell:
    if is_amount and _NUMBER.fullmatch(cell.strip()):
        return float(cell.strip().replace(",", "").replace("£", ""))
    return safe(cell)
