"""What a file is: its tables or records, the card each answers to, and their raw rows with the plans that tidy them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import PurePath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opencompact.records.actions import decoding
from opencompact.records.actions.decoding import CannotRead, Content, Lines, Notice, Sheet, StoredLines
from opencompact.records.rules.inputs import OWN_ACCOUNT, Input
from opencompact.records.rules.mapped_files import mapped_plan
from opencompact.records.rules.plan import Found, Plan
from opencompact.records.rules.recognise import document_card, header_names, header_row, near_miss, why
from opencompact.registry import Catalogue
from opencompact.registry.cards import Source

JSON = {".json", ".geojson", ".hexjson", ".topojson", *decoding.LINES}
DOCUMENTS = {".pdf", ".odt", ".doc", ".docx", ".rtf", ".odp", ".ppt", ".pptx", ".rda", ".rds", ".mdb", ".accdb", ".sav", ".dta"}
MANY_ROWS = 5_000  # of a table that is read by itself: the rows of smaller ones are read together
FIRST_ROWS = 16_000  # of a column, enough where its texts are nearly all different
MOST_DIFFERENT = 5_000  # texts of a column that a plan is told: rules look at each
PUBLISHED = {*JSON, *decoding.DELIMITERS, *decoding.WORKBOOKS, ".zip"}  # names of data: a web page under one is an answer gone wrong


@dataclass
class Known:
    """A table or list of records that answered to a card: its raw rows, the plans that tidy them and what to tell of it. `name` is its source_file.

    `raws` are the raw rows, in one table or, of a file of lines, in several, which are taken once; what `lines` were blank or faulty is known then.
    """

    name: str
    card: Source
    raws: Iterable[pa.Table]
    plans: tuple[Plan, ...]
    because: str
    encoding: str
    rows_blank: int = 0
    rows_cut: int = 0
    columns_unused: str = ""
    columns_read: str = ""
    notices: tuple[Notice, ...] = ()
    lines: Lines | None = None

    @property
    def raw(self) -> pa.Table:
        """The one raw table of what is no file of lines."""
        (table,) = self.raws
        return table

    def tell_of_lines(self) -> None:
        """Take over what the lines taken say."""
        if self.lines is not None:
            self.rows_blank, self.rows_cut, self.notices = self.lines.blank, len(self.lines.notices), tuple(self.lines.notices)


@dataclass(frozen=True)
class Answered:
    """A table or records that answer to a card, not yet read whole. `place` is the header's, for a table."""

    name: str
    card: Source
    of: Sheet | Lines | list[Any]
    place: int = 0
    encoding: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Knowing:
    """What files are known by: the catalogue."""

    catalogue: Catalogue
    missing_words: tuple[str, ...]

    def answers(self, content: Content | StoredLines, item: Input) -> list[Answered] | str:
        """The tables or records of the file that answer to a card, or why none does; raises CannotRead."""
        path = PurePath(item.member or item.path)
        if item.is_sample and path.name in OWN_ACCOUNT:
            return "it is the sample country's own account of itself, not a publication"
        cards = [card for card in self.catalogue.sources.values() if not (item.is_sample and card.standing != "real")]
        if isinstance(content, StoredLines):
            return self._lines(content, item, cards)
        if decoding.is_pdf(content) or path.suffix.lower() in DOCUMENTS:
            kind = "a PDF" if decoding.is_pdf(content) or path.suffix.lower() == ".pdf" else f"a file of the kind {path.suffix}"
            return f"{kind}: its tables cannot be read; ask the publisher for CSV or a spreadsheet"
        if decoding.is_page(content):
            if path.suffix.lower() in PUBLISHED:
                found = "a web page where a file should be, as sites answer when something is wrong"
                raise CannotRead(found, "the file itself; fetch it again, and look at its first lines", kind="error_page")
            return "it is a web page"
        if path.suffix.lower() in JSON and not decoding.is_workbook(content):
            return self._documents(content, item, cards, path)
        return self._tables(content, item, cards, path)

    def _tables(self, content: Content, item: Input, cards: list[Source], path: PurePath) -> list[Answered] | str:
        found = decoding.sheets(path, content)
        places = [(sheet, self._header(sheet, cards, item)) for sheet in found]
        known = [(sheet, *place) for sheet, place in places if place is not None]
        if not known:
            if path.suffix.lower() in decoding.WORKBOOKS and not decoding.is_workbook(content):
                expected = "a workbook saved again, or the name its content asks for"
                raise CannotRead(f"{path.suffix} in the name, but bytes that are no workbook", expected, kind="wrong_extension")
            return next((near_miss(sheet.beginning, cards) for sheet in found if any(map(any, sheet.beginning))), "it holds no rows")
        seen = [one for one in known if not one[0].is_hidden] or known[:1]
        hidden = tuple(_hidden(sheet) for sheet, *_ in known if sheet not in [one[0] for one in seen])
        names = [item.name, *(f"{item.name}/{sheet.name}" for sheet, *_ in seen[1:])]  # the first keeps the file's name, by which its rows are known
        told = [hidden, *([()] * (len(seen) - 1))]
        return [Answered(name, card, sheet, place, sheet.encoding, notices) for name, (sheet, place, card), notices in zip(names, seen, told, strict=True)]

    def _header(self, sheet: Sheet, cards: list[Source], item: Input) -> tuple[int, Source] | None:
        return header_row(sheet.beginning, cards, path=item.name, any_value=item.is_sample, vocabularies=self.catalogue.vocabularies)

    def _documents(self, content: Content, item: Input, cards: list[Source], path: PurePath) -> list[Answered] | str:
        cards = [card for card in cards if card.format != "table"]
        if not cards:
            return "it is no table"
        if not content:
            raise CannotRead("a file of no bytes", "a JSON document; fetch it again", kind="empty_file")
        if decoding.are_lines(content) or (path.suffix.lower() in decoding.LINES and not _is_document(content)):
            return self._lines(content, item, cards)
        whole, encoding = decoding.document(content), decoding.text_encoding(content)
        if card := _card_of([whole], cards, item):
            records = whole[card.items] if card.items else [whole]
            if not isinstance(records, list):
                raise CannotRead(f"`{card.items}` that is no list", f"a list of records under `{card.items}`", kind="broken_json")
            return [Answered(item.name, card, records, encoding=encoding)]
        card = _card_of(whole[:50], [card for card in cards if not card.items], item) if isinstance(whole, list) else None
        return [Answered(item.name, card, whole, encoding=encoding)] if card else "its keys answer to no source card"

    def _lines(self, content: Content | StoredLines, item: Input, cards: list[Source]) -> list[Answered] | str:
        lines = decoding.read_lines(content)
        card = _card_of(lines.first, [card for card in cards if card.format != "table" and not card.items], item)
        return [Answered(item.name, card, lines, encoding=lines.encoding)] if card else "the keys of its records answer to no source card"

    def known(self, answered: Answered, item: Input) -> Known:
        """The raw rows and plans of what answered to a card; raises CannotRead."""
        if isinstance(answered.of, Sheet):
            return self._known_table(answered, answered.of, item)
        card = answered.card
        found = Found(card, (), item.body or card.body, self.missing_words, vocabularies=self.catalogue.vocabularies, file_name=item.name)
        plans = self._plans(found)
        because = f"it has the keys {', '.join(card.recognise.keys)}"
        if isinstance(answered.of, list):
            raw = decoding.table_of_records(answered.of, without=card.without, record=plans[0].record, plain=plans[0].plain)
            return Known(answered.name, card, (raw,), plans, because, answered.encoding)
        raws = answered.of.tables(without=card.without, record=plans[0].record, plain=plans[0].plain)
        because = f"its lines have the keys {', '.join(card.recognise.keys)}"
        return Known(answered.name, card, raws, plans, because, answered.encoding, lines=answered.of)

    def _known_table(self, answered: Answered, sheet: Sheet, item: Input) -> Known:
        card, place = answered.card, answered.place
        header = header_names(sheet.beginning, place)
        raw, blank = sheet.raw(header, place=place)
        titles = tuple(dict.fromkeys(cell.strip() for row in sheet.beginning[: max(place, 0)] for cell in row if cell.strip()))
        found = Found(
            card,
            tuple(header),
            item.body or card.body,
            self.missing_words,
            decoding.blank_columns(raw),
            self.catalogue.vocabularies,
            item.name,
            titles,
            cache(lambda at: different(raw.column(at + 1))),
            neat=decoding.neat_columns(raw) if raw.num_rows >= MANY_ROWS else frozenset(),  # of few rows the files of a header then have one plan
        )
        plans = self._plans(found)
        unused = [name for name in header if name and name not in found.used]
        unknown = [name for name in unused if not any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in card.known_columns)]
        notices = (*answered.notices, *sheet.notices, *(_unknown_column(place, name) for name in unknown))
        because = why(card, place, sheet=sheet.name)
        return Known(answered.name, card, (raw,), plans, because, sheet.encoding, blank, sheet.rows_cut, "; ".join(unused), "\n".join(found.said), notices)

    def _plans(self, found: Found) -> tuple[Plan, ...]:
        made: Plan | tuple[Plan, ...] = self.catalogue.tidies.get(found.card.slug, mapped_plan)(found)
        return made if isinstance(made, tuple) else (made,)


def different(column: Any) -> list[str]:
    """The different texts of a column, in the order they stand; of very many the first, and some of those without a letter."""
    for rows in (FIRST_ROWS, len(column)):
        texts = pc.unique(column.slice(0, rows))
        if len(texts) > MOST_DIFFERENT:
            odd = texts[MOST_DIFFERENT:].filter(pc.invert(pc.match_substring_regex(texts[MOST_DIFFERENT:], "[A-Za-z]")))
            if len(odd) >= MOST_DIFFERENT // 5 or rows >= len(column):  # what the first rows settle need not be looked for in all
                return list(texts[:MOST_DIFFERENT].to_pylist() + odd[: MOST_DIFFERENT // 5].to_pylist())
    return list(texts.to_pylist())


def knowing(catalogue: Catalogue) -> Knowing:
    """What files are known by in this catalogue."""
    return Knowing(catalogue, tuple(str(term["word"]) for term in catalogue.vocabularies["missing-words"].terms))


def _card_of(records: Sequence[Any], cards: Sequence[Source], item: Input) -> Source | None:
    """The card that the first record to answer to any answers to."""
    for record in records:
        for form in ("json", "jsonl"):
            card = document_card(record, cards, path=item.name, form=form, any_value=item.is_sample)
            if card is not None:
                return card
    return None


def _is_document(content: Content) -> bool:
    try:
        decoding.document(content)
    except CannotRead:
        return False
    return True


def _hidden(sheet: Sheet) -> Notice:
    found = f"a hidden sheet of the kind, {sheet.name}"
    return Notice(None, "", found, "sheets that people see", "hidden_sheet", "kept", "Show the sheet if it is part of the publication.")


def _unknown_column(place: int, name: str) -> Notice:
    return Notice(place + 1, name, name, "a column this source is known to have", "unknown_column", "kept", "Tell us what the column means.")
