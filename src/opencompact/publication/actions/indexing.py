"""Writes the search index of a release: SQLite's FTS5 over the search entries."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

# An index of the same entries has the same bytes: one connection, one order, no journal, nothing of the clock.
_SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entry (place INTEGER PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, weight INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(title, text, content='entry', content_rowid='place', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
BEGIN;
"""


def write_index(path: Path, entries: Iterable[tuple[str, str, str, str, int]]) -> None:
    """Write the index of entries (path, kind, title, text, weight), in the order given, to a new file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        index.executescript(_SCHEMA)
        index.executemany("INSERT INTO entry (path, kind, title, text, weight) VALUES (?, ?, ?, ?, ?)", entries)
        index.execute("INSERT INTO words (words) VALUES ('rebuild')")
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.execute("COMMIT")
        index.execute("VACUUM")
