"""Writes the draft release: every public table, what it means, how it was made and what changed."""

import csv
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from opencompact.lake import Connection, Tables
from opencompact.lake.memory import within_limits
from opencompact.publication.actions.indexing import write_index
from opencompact.publication.actions.noting import write_change_note
from opencompact.publication.actions.placing import fresh, put_in_place, write_checksums
from opencompact.publication.queries.checking import sha256_of
from opencompact.publication.queries.reading import DRAFT_BEFORE
from opencompact.publication.rules.methods import method_page
from opencompact.publication.rules.package import Publication, TableFile, data_package
from opencompact.publication.rules.release import DRAFT, STAMP, Input, Release, to_json
from opencompact.publication.rules.tables import (
    DICTIONARY_HEADER,
    MayNotPublish,
    csv_select,
    dictionary_rows,
    neutralised,
    ordered_select,
    public_shapes,
    standing_of,
)
from opencompact.registry import Catalogue
from opencompact.shapes.shape import Shape


@dataclass(frozen=True)
class Draft:
    """The draft that was written, and the folder it stands in."""

    folder: Path
    release: Release


def draft(tables: Tables, *, folder: Path, at: datetime, version: str, catalogue: Catalogue, because: str = "") -> Draft:
    """Write the draft of the releases folder from the tables, and put it in place whole; as make_draft and place_draft."""
    return place_draft(make_draft(tables, folder=folder, at=at, version=version, catalogue=catalogue, because=because))


def place_draft(made: Draft) -> Draft:
    """Put a draft that was made in the place of the one before."""
    folder = made.folder.parent
    put_in_place(made.folder, folder / DRAFT, before=folder / DRAFT_BEFORE)
    return Draft(folder / DRAFT, made.release)


def make_draft(tables: Tables, *, folder: Path, at: datetime, version: str, catalogue: Catalogue, because: str = "") -> Draft:
    """Write the draft of the releases folder beside the one in force; where it fails, nothing of it stays.

    `at` is the instant it is computed as of, `because` why figures changed. The same lake, catalogue, version and instant give the
    same bytes. Raises MayNotPublish where real and invented rows meet, an example row stands in a table, or a table is missing.
    """
    made = fresh(folder / ".draft.new")
    try:
        return Draft(made, _write(made, tables, folder=folder, at=at, version=version, catalogue=catalogue, because=because))
    except BaseException:  # an interruption too leaves no half draft; it is raised again
        shutil.rmtree(made, ignore_errors=True)
        raise


def _write(made: Path, tables: Tables, *, folder: Path, at: datetime, version: str, catalogue: Catalogue, because: str) -> Release:
    shapes = public_shapes(tables.shapes)
    with closing(tables.connect()) as con:
        _check_whole(con, shapes)
        release = _release(con, shapes, at=at, version=version, because=because)
        files = _write_tables(con, made, shapes)
        _write_json(made / "datapackage.json", data_package(release, files=files, publications=_publications(con)))
        write_index(made / "search.sqlite", _entries(con))
    _write_dictionary(made / "data-dictionary.csv", shapes)
    _write_methods(made / "methods", catalogue)
    (made / "release.json").write_bytes(to_json(release))
    write_change_note(made, release, folder=folder)
    write_checksums(made)
    return release


def _check_whole(con: Connection, shapes: Sequence[Shape]) -> None:
    held = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    if missing := [shape.name for shape in shapes if shape.name not in held]:
        raise MayNotPublish(f"The lake has no table {', '.join(missing)}; expected every public table. Run `opencompact build` again.")


def _release(con: Connection, shapes: Sequence[Shape], *, at: datetime, version: str, because: str) -> Release:
    stated = [shape for shape in shapes if "standing" in shape.column_names]
    standing = standing_of((shape, [row[0] for row in con.execute(f"SELECT DISTINCT standing FROM {shape.name} ORDER BY 1").fetchall()]) for shape in stated)
    coverage: dict[str, dict[str, int]] = {}
    for record, state, months in con.execute("SELECT record, state, count(*) FROM coverage GROUP BY ALL ORDER BY ALL").fetchall():
        coverage.setdefault(record, {})[state] = months
    return Release(
        number=DRAFT,
        state=DRAFT,
        at=at,
        version=version,
        standing=standing,
        stamp=STAMP,
        inputs=tuple(Input(*row) for row in con.execute("SELECT source_file, sha256 FROM sources ORDER BY source_file").fetchall()),
        tables={shape.name: con.execute(f"SELECT count(*) FROM {shape.name}").fetchall()[0][0] for shape in shapes},
        coverage=coverage,
        because=because,
    )


def _write_tables(con: Connection, made: Path, shapes: Sequence[Shape]) -> list[TableFile]:
    (made / "tables").mkdir()
    with closing(within_limits()) as writer:
        writer.execute("SET threads = 1")  # one writer cuts the rows into the same groups every time
        return [_write_table(con, writer, made, shape) for shape in shapes]


def _write_table(con: Connection, writer: Connection, made: Path, shape: Shape) -> TableFile:
    path = made / "tables" / f"{shape.name}.csv"
    parquet, table = (str(path.with_suffix(suffix)).replace("'", "''") for suffix in (".parquet", ".csv"))
    writer.register("rows_given", con.sql(ordered_select(shape)).to_arrow_reader(20_000))
    writer.execute(f"COPY (FROM rows_given) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)")
    writer.unregister("rows_given")
    source = f"read_parquet('{parquet}')"
    writer.execute(f"COPY ({csv_select(shape, source)}) TO '{table}' (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"')")
    rows = writer.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    return TableFile(shape, f"tables/{path.name}", rows, path.stat().st_size, sha256_of(path))


def _entries(con: Connection) -> Iterator[tuple[str, str, str, str, int]]:
    answer = con.execute("SELECT path, kind, title, coalesce(text, ''), coalesce(weight, 0) FROM entries ORDER BY path")
    while some := answer.fetchmany(10_000):
        yield from some


def _publications(con: Connection) -> list[Publication]:
    rows = con.execute(
        "SELECT DISTINCT coalesce(title, source), url, licence FROM sources WHERE state = 'read' AND coalesce(title, source) IS NOT NULL ORDER BY ALL"
    ).fetchall()
    return [Publication(*row) for row in rows]


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_dictionary(path: Path, shapes: Sequence[Shape]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DICTIONARY_HEADER)
        writer.writerows([neutralised(cell) for cell in row] for row in dictionary_rows(shapes))


def _write_methods(folder: Path, catalogue: Catalogue) -> None:
    folder.mkdir()
    for slug, card in sorted(catalogue.indicators.items()):
        (folder / f"{slug}.md").write_text(method_page(card), encoding="utf-8")
