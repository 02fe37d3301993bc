"""Which source a file is: by the columns of its header or the keys of its document, and what some values look like."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from opencompact.records.rules.plan import same_header
from opencompact.registry.cards import Source

HEADER_WITHIN = 25  # rows searched for a header: publishers put titles and notes above it


def header_row(rows: Sequence[Sequence[str]], cards: Iterable[Source], *, path: str, any_value: bool = False) -> tuple[int, Source] | None:
    """The place of the header row and the card it answers to: the one asking for most, else none.

    `any_value` leaves values unchecked, as for the invented country; then the card asking for fewest values is the likeliest.
    """
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        fitting = [card for card in cards if card.format == "table" and _has_columns(row, card) and _named(path, card)]
        fitting = [card for card in fitting if any_value or _table_values_fit(rows[place], rows[place + 1 :], card)]
        if fitting:
            return place, max(fitting, key=lambda card: _demands(card, any_value=any_value))
    return None


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
    values = -len(known.values) if any_value else len(known.values)
    return (values, len(known.columns) + len(known.keys), len(known.names), card.slug)


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
