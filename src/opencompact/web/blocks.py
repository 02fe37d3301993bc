"""A page of the office as blocks in order: words, facts, tables that are also files of CSV, forms, and buttons; templates draw them and decide nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.http import HttpResponse, StreamingHttpResponse

from opencompact.web.forms import Form
from opencompact.web.pictures.ink import Picture
from opencompact.web.showing import csv_lines
from opencompact.web.words import count, day, pounds


@dataclass(frozen=True)
class Cell:
    """One cell: its words, where they lead, a smaller line below them, and whether it stands for what is missing."""

    text: str
    href: str = ""
    note: str = ""
    is_missing: bool = False
    mark: str = ""


Value = str | int | Decimal | date | Cell | None


def cell(value: Value) -> Cell:
    """A value as a cell: days and amounts in words, nothing as `not held`; missing is never zero."""
    if isinstance(value, Cell):
        return value
    if value is None:
        return Cell("not held", is_missing=True)
    if isinstance(value, datetime | date):
        return Cell(day(value))
    return Cell(pounds(value) if isinstance(value, Decimal) else count(value) if isinstance(value, int) else value)


@dataclass(frozen=True)
class Table:
    """A table; a head that begins with `#` is of numbers. `empty` says why there is none, and what would fill it."""

    caption: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    empty: str
    note: str = ""
    csv: str = ""
    kind: ClassVar[str] = "table"

    @property
    def shown_heads(self) -> list[tuple[str, bool]]:
        """Each head and whether its column is of numbers."""
        return [(head.lstrip("#"), head.startswith("#")) for head in self.heads]

    @property
    def shown_rows(self) -> list[list[tuple[Cell, bool]]]:
        """Each row's cells, and whether each is in a column of numbers."""
        return [[(cell(value), head.startswith("#")) for value, head in zip(row, self.heads, strict=True)] for row in self.rows]


def as_csv(table: Table, name: str, *, is_sample: bool) -> StreamingHttpResponse:
    """The table as a file; on invented data the name says so."""
    heads = tuple(head.lstrip("#") for head in table.heads)
    lines = csv_lines([heads, *(tuple(value.text if isinstance(value, Cell) else value for value in row) for row in table.rows)])
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{"INVENTED-SAMPLE-" if is_sample else ""}opencompact-{name}.csv"'
    return response


@dataclass(frozen=True)
class Facts:
    """Terms with what is said of each; a pair without a value is left out only where it is None."""

    pairs: Sequence[tuple[str, Value]]
    heading: str = ""
    kind: ClassVar[str] = "facts"

    @property
    def shown(self) -> list[tuple[str, Cell]]:
        """The pairs as cells."""
        return [(term, cell(value)) for term, value in self.pairs]


@dataclass(frozen=True)
class Words:
    """Paragraphs, in order."""

    lines: Sequence[str]
    heading: str = ""
    kind: ClassVar[str] = "words"


@dataclass(frozen=True)
class Links:
    """A list of links, each with what is said beside it."""

    links: Sequence[tuple[str, str, str]]
    heading: str = ""
    kind: ClassVar[str] = "links"


@dataclass(frozen=True)
class Entry:
    """A form with its button; `act` names which of a page's forms was sent, `version` the row it was opened on."""

    form: Form
    button: str
    act: str = ""
    heading: str = ""
    note: str = ""
    version: int | None = None
    enctype: str = ""
    files: Sequence[tuple[str, str]] = ()
    is_closed: bool = False
    kind: ClassVar[str] = "entry"

    @property
    def shown_form(self) -> Form:
        """The form, its fields kept apart from those of another form of the page."""
        return replace(self.form, prefix=self.act)


@dataclass(frozen=True)
class Press:
    """Buttons, each a form of its own that is sent by POST with the fields given."""

    buttons: Sequence[tuple[str, Mapping[str, Any]]]
    heading: str = ""
    note: str = ""
    action: str = ""
    kind: ClassVar[str] = "press"


@dataclass(frozen=True)
class Filters:
    """Choices that narrow a list, sent by GET: (name, label, options, chosen); a list of no options is a field for words."""

    fields: Sequence[tuple[str, str, Mapping[str, str], str]]
    action: str
    kind: ClassVar[str] = "filters"


@dataclass(frozen=True)
class Bars:
    """Amounts side by side as bars drawn to one scale, with their figures in words beside them: (label, size, words)."""

    bars: Sequence[tuple[str, int, str]]
    heading: str = ""
    note: str = ""
    kind: ClassVar[str] = "bars"

    @property
    def shown(self) -> list[tuple[str, int, str]]:
        """Label, length of a hundred, and words."""
        most = max((size for _, size, _ in self.bars), default=0) or 1
        return [(label, round(100 * size / most), words) for label, size, words in self.bars]


@dataclass(frozen=True)
class Drawing:
    """A picture; its words and its table stand beside it."""

    picture: Picture
    kind: ClassVar[str] = "drawing"


@dataclass(frozen=True)
class Paging:
    """Where in a long list this page is."""

    at: int
    pages: int
    before: str = ""
    after: str = ""
    kind: ClassVar[str] = "paging"


Block = Table | Facts | Words | Links | Entry | Press | Filters | Bars | Drawing | Paging


@dataclass(frozen=True)
class Sheet:
    """A whole page: the question it answers, the answer in sentences, its blocks, and the pages above it."""

    question: str
    answer: Sequence[str]
    blocks: Sequence[Block] = ()
    crumbs: Sequence[tuple[str, str]] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def paged(rows: Any, *, at: int, size: int, address: str) -> tuple[list[Any], Paging]:
    """One page of a list that can be counted and cut, in two queries; `address` ends where `page=` is to be added."""
    pages = max(1, -(-(rows.count() if hasattr(rows, "values") else len(rows)) // size))
    at = min(max(at, 1), pages)
    before, after = (f"{address}page={at - 1}" if at > 1 else "", f"{address}page={at + 1}" if at < pages else "")
    return list(rows[size * (at - 1) : size * at]), Paging(at, pages, before, after)


def shown(who: Any, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    """The page."""
    answered: HttpResponse = who.page("office/blocks.html", status=status, sheet=sheet, crumbs=sheet.crumbs, **sheet.more)
    return answered
