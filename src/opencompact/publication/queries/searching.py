"""A search over the pages of a release."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from opencompact.publication.queries.reading import ReleaseReader
from opencompact.publication.rules.words import match_expression

# Marks around a word found, in a private part of Unicode so that no text holds them by chance.
_OPEN, _CLOSE = "\ue000", "\ue001"

# A word in a title counts ten times one in the text. Ranks are rounded, so that near equals go by weight.
_MATCHING = "FROM words JOIN entry e ON e.place = words.rowid WHERE words MATCH :match AND (:kinds = '' OR instr(:kinds, ';' || e.kind || ';'))"
_COUNT = f"SELECT count(*) {_MATCHING}"
_HITS = f"""SELECT e.path, e.kind, e.title, snippet(words, -1, :open, :close, '…', 24), e.weight {_MATCHING}
    ORDER BY round(bm25(words, 10.0, 1.0), 1), e.weight DESC, e.path LIMIT :limit OFFSET :offset"""


@dataclass(frozen=True)
class Hit:
    """A page found. `pieces` are the passage around the words, each with whether it is a word found; join them for plain text."""

    path: str
    kind: str
    title: str
    pieces: tuple[tuple[str, bool], ...]
    weight: int

    @property
    def snippet(self) -> str:
        """The passage as plain text."""
        return "".join(piece for piece, _ in self.pieces)


@dataclass(frozen=True)
class Found:
    """The hits asked for, best first, and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]


def search(reader: ReleaseReader, *, text: str, kinds: Collection[str] = (), limit: int = 20, offset: int = 0) -> Found:
    """The pages that hold every word of `text`, the last word as a beginning, of these kinds (all, if none is named)."""
    asked = {
        "match": match_expression(text),
        "kinds": f";{';'.join(kinds)};" if kinds else "",
        "limit": limit,
        "offset": offset,
        "open": _OPEN,
        "close": _CLOSE,
    }
    if not asked["match"]:
        return Found(0, ())
    with closing(sqlite3.connect(f"{(reader.folder / 'search.sqlite').as_uri()}?mode=ro&immutable=1", uri=True)) as index:
        return Found(index.execute(_COUNT, asked).fetchone()[0], tuple(_hit(row) for row in index.execute(_HITS, asked)))


def _hit(row: tuple[Any, ...]) -> Hit:
    path, kind, title, passage, weight = row
    pieces = []
    for part in passage.split(_OPEN):
        found, _, rest = part.rpartition(_CLOSE)
        pieces += [(found, True), (rest, False)]
    return Hit(path, kind, title, tuple(piece for piece in pieces if piece[0]), weight)
