"""One Parquet file of a table of the lake."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table: `path` relative to the lake, its checksum and rows, and the key of what it was made from."""

    path: str
    sha256: str
    rows: int
    made_from: str = ""
