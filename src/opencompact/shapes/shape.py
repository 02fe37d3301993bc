"""What a table of the lake looks like: its columns, and who may see it."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["VARCHAR", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "DECIMAL(18,2)"]
Visibility = Literal["public", "internal"]
Privacy = Literal["none", "organisation", "person"]


@dataclass(frozen=True)
class Column:
    """One column: `privacy` is `person` where a value may name a living person, `organisation` where it names a body or charity."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    required: bool = False
    privacy: Privacy = "none"
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """One table; an `internal` one never enters a release. `key` names the columns that together are unique."""

    name: str
    title: str
    description: str
    visibility: Visibility
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)
