"""What may answer the SELECTs of cards: this machine's DuckDB, or whatever gives the same rows."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from opencompact.lake import Connection, Tables


class CannotRun(ValueError):
    """The engine cannot answer a SELECT as DuckDB would; the message says what was found and what was expected."""


class Answer(Protocol):
    """The rows of one SELECT."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None:
        """For each column a sequence that begins with its name."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""


class Reader(Protocol):
    """Someone who answers SELECTs written for DuckDB."""

    def execute(self, query: str, parameters: Any = None, /) -> Answer:
        """The rows of a SELECT, or, of a `CREATE TEMP MACRO`, the promise to know it from now on; raises CannotRun or a duckdb.Error."""

    def close(self) -> None:
        """Let go of what is held."""


Engine = Callable[[Tables], Reader]


def one_machine(tables: Tables) -> Connection:
    """The engine of one machine: DuckDB, in this process."""
    return tables.connect()
