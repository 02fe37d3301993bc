"""A table that somebody gives, opened in memory: its header found, its rows as text, and the column of each field of a payment told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

import duckdb
import pyarrow as pa

from opencompact.records.actions.decoding import CannotRead, Content, sheets
from opencompact.records.rules.headers import with_looks
from opencompact.records.rules.mapping import propose
from opencompact.records.rules.plan import amount_sql
from opencompact.registry import Catalogue


@dataclass(frozen=True)
class Table:
    """A table as given: the names of its columns, its filled rows as text, each as wide as the header, and the place of each field's column."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, int]

    def values(self, place: int | None) -> list[str]:
        """The column at this place, trimmed; empty texts where there is no such column."""
        return [row[place].strip() for row in self.rows] if place is not None else [""] * len(self.rows)


def open_table(content: Content, *, file_name: str, catalogue: Catalogue, most_rows: int) -> Table:
    """The first table of the file that has rows; raises CannotRead for what is no table, or has more rows."""
    filled = [sheet for sheet in sheets(PurePath(file_name), content) if any(map(any, sheet.beginning))]
    if not filled:
        raise CannotRead("a file without rows", "a table with a header and rows", kind="empty_file")
    sheet = filled[0]
    proposal = propose(sheet.rows, file_name=file_name, vocabularies=catalogue.vocabularies, table="payment_lines")
    raw, _ = sheet.raw(list(proposal.headers), place=proposal.place)
    if raw.num_rows > most_rows:
        raise CannotRead(f"{raw.num_rows:,} rows", f"at most {most_rows:,}; give it in parts", kind="too_large")
    given = [[text or "" for text in column.to_pylist()] for column in raw.columns[1:]]
    columns = with_looks(proposal.columns, proposal.headers, lambda place: given[place], wanted=["postcode"])
    names = tuple(header or f"column {place + 1}" for place, header in enumerate(proposal.headers))
    return Table(names, tuple(zip(*given, strict=True)), {name: column.place for name, column in columns.items()})


def read_amounts(texts: Sequence[str]) -> list[Decimal | None]:
    """The amounts as pounds, read as those of published files are; None where a text is none."""
    with duckdb.connect() as con:
        con.register("given", pa.table({"place": range(len(texts)), "amount": pa.array(texts, pa.string())}))
        found = con.execute(f"SELECT {amount_sql('amount')} FROM given ORDER BY place").fetchall()
    return [row[0] for row in found]
