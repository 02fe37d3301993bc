"""Which source a file is: by the columns of its header or the keys of its document, and what some values look like."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from opencompact.records.rules.bodies_said import words_said
from opencompact.records.rules.headers import Column, header_key, looks_like_table, named_columns, names_of, with_looks
from opencompact.records.rules.plan import same_header
from opencompact.registry.cards import Source, Vocabulary

HEADER_WITHIN = 25  # rows searched for a header: publishers put titles and notes above it


NO_HEADER = -1  # the place of a header that is not there


def header_row(
    rows: Sequence[Sequence[str]], cards: Iterable[Source], *, path: str, any_value: bool = False, vocabularies: Mapping[str, Vocabulary] | None = None
) -> tuple[int, Source] | None:
    """The place of the header row and the card it answers to: the one asking for most, else none.

    `any_value` leaves values unchecked, as for the invented country; then the card asking for fewest values is the likeliest. The place is NO_HEADER
    where the columns of a table without a header can be told by their looks alone.
    """
    tables = [card for card in cards if card.format == "table" and _named(path, card)]
    families = [card for card in tables if card.recognise.fields and vocabularies]
    names = {card.recognise.headers: names_of(vocabularies[card.recognise.headers].terms) for card in families if vocabularies}
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        fitting = [card for card in tables if _has_columns(row, card)]
        fitting = [card for card in fitting if any_value or _table_values_fit(rows[place], rows[place + 1 :], card)]
        for card in families:
            found = _fields_found(rows, place, card, names[card.recognise.headers])
            if found and (any_value or _says(card, path, rows, place, found)):
                fitting.append(card)
        if fitting:
            return place, max(fitting, key=lambda card: _demands(card, any_value=any_value))
    by_name = [card for card in tables if card.mapping and card.recognise.names and not card.recognise.columns]
    if by_name:
        return NO_HEADER, by_name[0]
    bare = [card for card in families if card.recognise.headerless and (any_value or _says(card, path, rows, 0, {}))]
    return (NO_HEADER, max(bare, key=lambda card: _demands(card, any_value=any_value))) if bare and looks_like_table(rows[:500]) else None


def header_names(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The header's names, with empty ones for columns most rows have beyond it, and empty ones alone where there is no header."""
    below = Counter(len(row) for row in rows[place + 1 :] if any(row))
    usual, times = below.most_common(1)[0] if below else (0, 0)
    names = [] if place == NO_HEADER else [cell.strip() for cell in rows[place]]
    return names + [""] * (usual - len(names)) if times > below.total() / 2 else names


def why(card: Source, place: int, *, sheet: str = "") -> str:
    """Why a table was taken for this card, in words."""
    of_sheet = f" (sheet {sheet})" if sheet else ""
    if place == NO_HEADER:
        return f"it has no header, and its columns look like those of {card.slug}{of_sheet}"
    if card.recognise.fields:
        return f"row {place + 1} names its columns as files of {card.slug} do{of_sheet}"
    return f"row {place + 1} has the columns {', '.join(card.recognise.columns)}{of_sheet}"


def _fields_found(rows: Sequence[Sequence[str]], place: int, card: Source, names: Mapping[str, Mapping[str, int]]) -> dict[str, Column]:
    """The columns of a family's fields, at least two of them by name; empty where one is wanting or a column is of another kind of table."""
    header, below = rows[place], rows[place + 1 : place + 201]
    named = named_columns(header, names)
    without = {header_key(column) for column in card.recognise.without_columns}
    if len(named.keys() & set(card.recognise.fields)) < 2 or any(header_key(cell) in without for cell in header if cell.strip()):
        return {}
    found = with_looks(named, header, lambda at: [row[at] for row in below if at < len(row)], wanted=card.recognise.fields)
    return found if set(card.recognise.fields) <= found.keys() else {}


def _says(card: Source, path: str, rows: Sequence[Sequence[str]], place: int, found: Mapping[str, Column]) -> bool:
    """Whether the file's name, the titles above its header or its first payers have one of the card's words."""
    if not card.recognise.says:
        return True
    payer = found.get("body")
    payers = [row[payer.place] for row in rows[place + 1 : place + 21] if payer and payer.place < len(row)]
    said = words_said(path, [cell for row in rows[:place] for cell in row], payers)
    return any(f" {word.casefold()} " in said for word in card.recognise.says)


def document_card(document: Any, cards: Iterable[Source], *, path: str, form: str, any_value: bool = False) -> Source | None:
    """The card a JSON document answers to, the one asking for most, else none."""
    if not isinstance(document, Mapping):
        return None
    fitting = [
        card
        for card in cards
        if card.format == form and set(card.recognise.keys) <= set(document) and _named(path, card) and (any_value or _document_values_fit(document, card))
    ]
    return max(fitting, key=lambda card: _demands(card, any_value=any_value), default=None)


def near_miss(rows: Sequence[Sequence[str]], cards: Iterable[Source]) -> str:
    """What an unused table came nearest to with any of its first rows, for the reader of the build's report."""
    tables = [card for card in cards if card.recognise.columns]
    scored = [
        (sum(_in(column, row) for column in card.recognise.columns) / len(card.recognise.columns), row, card) for row in rows[:HEADER_WITHIN] for card in tables
    ]
    share, row, card = max(scored, key=lambda found: found[0], default=(0.0, (), None))
    if card is None or share < 0.5:
        return "its columns answer to no source card"
    absent = [column for column in card.recognise.columns if not _in(column, row)]
    if not absent:
        return f"it has the columns of {card.slug}, but not the values that card expects of its publisher"
    return f"it comes nearest to {card.slug}, but has no column {', '.join(absent)}"


def _demands(card: Source, *, any_value: bool) -> tuple[int, int, int, str]:
    known = card.recognise
    asked = len(known.values) + bool(known.says) + bool(card.mapping)  # a person confirmed it
    return (-asked if any_value else asked, len(known.columns) + len(known.keys), len(known.names), card.slug)


def _named(path: str, card: Source) -> bool:
    return not card.recognise.names or any(fnmatchcase(path, f"*{pattern}") for pattern in card.recognise.names)


def _in(column: str, row: Iterable[str]) -> bool:
    return any(same_header(str(cell), column) for cell in row)


def _has_columns(row: Sequence[str], card: Source) -> bool:
    known = card.recognise
    return bool(known.columns) and all(_in(column, row) for column in known.columns) and not any(_in(column, row) for column in known.without_columns)


def _table_values_fit(header: Sequence[str], rows: Sequence[Sequence[str]], card: Source) -> bool:
    for column, patterns in card.recognise.values.items():
        place = next((index for index, cell in enumerate(header) if same_header(str(cell), column)), None)
        if place is None or not any(place < len(row) and _fits(row[place], patterns) for row in rows[:500]):
            return False
    return True


def _document_values_fit(document: Mapping[str, Any], card: Source) -> bool:
    return all(any(_fits(str(value), patterns) for value in _values_at(document, path.split("."))) for path, patterns in card.recognise.values.items())


def _values_at(node: Any, path: Sequence[str]) -> list[Any]:
    if isinstance(node, list):
        return [value for item in node[:500] for value in _values_at(item, path)]
    if not path:
        return [node]
    return _values_at(node.get(path[0]), path[1:]) if isinstance(node, Mapping) else []


def _fits(value: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(value.strip().casefold(), pattern.casefold()) for pattern in patterns)
