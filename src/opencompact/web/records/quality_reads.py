"""What the pages of publishers ask of the release: shares, files and problems of each."""

from collections.abc import Iterator
from typing import Any

from opencompact.lake import Connection
from opencompact.records.queries import Row, rows, stream

_OF = "FROM problems p JOIN publisher_files f USING (source_file) WHERE f.publisher = ?"


def shares(con: Connection, *, publisher: str = "") -> list[Row]:
    """Every share by `record`, publisher and place, of one publisher or of all; `middle` is the middle one of its record."""
    where, given = ("WHERE publisher = ?", [publisher]) if publisher else ("", [])
    return rows(
        con,
        f"""SELECT * FROM (SELECT *, median(share) OVER (PARTITION BY record, measure) AS middle,
            count(share) OVER (PARTITION BY record, measure) AS publishers FROM publisher_quality)
        {where} ORDER BY record, lower(name), publisher, place""",
        given,
    )


def files(con: Connection, *, publisher: str) -> list[Row]:
    """The publisher's files with their `problems`, those that could not be read first."""
    return rows(
        con,
        """SELECT f.record, s.*, coalesce(p.problems, 0) AS problems FROM publisher_files f JOIN sources s USING (source_file)
        LEFT JOIN (SELECT source_file, count(*) AS problems FROM problems GROUP BY source_file) p USING (source_file)
        WHERE f.publisher = ? ORDER BY s.state <> 'refused', f.record, s.source_file""",
        [publisher],
    )


def problems_by_kind(con: Connection, *, publisher: str) -> list[Row]:
    """Problems by `kind`, `consequence`, `field` and `fix`, with `times`, `files` and one `example` with its file and row; the commonest first."""
    return rows(
        con,
        f"""SELECT kind, consequence, field, fix, any_value(expected) AS expected, count(*) AS times, count(DISTINCT source_file) AS files,
            min({{'file': source_file, 'row': source_row, 'found': found}}) AS example
        {_OF} GROUP BY kind, consequence, field, fix ORDER BY times DESC, kind, field, consequence, fix""",
        [publisher],
    )


def problems_stream(con: Connection, *, publisher: str) -> Iterator[tuple[Any, ...]]:
    """Every problem of the publisher for a file: the header, then the rows in the order of its files."""
    columns = "source_file AS file, source_row AS row, field, found, expected, fix, kind, consequence AS what_became_of_it"
    return stream(con, f"SELECT {columns} {_OF} ORDER BY source_file, source_row NULLS FIRST, field, kind, found", [publisher])


def name(con: Connection, *, publisher: str) -> str:
    """The publisher's name; empty where there is no such publisher."""
    found = con.execute("SELECT name FROM publisher_files WHERE publisher = ? LIMIT 1", [publisher]).fetchall()
    return found[0][0] if found else ""
