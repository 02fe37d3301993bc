"""A release as a data package of the Frictionless standard, version 1: https://specs.frictionlessdata.io/data-package/."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from opencompact.publication.rules.release import Release
from opencompact.shapes.shape import Column, Shape

_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "BOOLEAN": "boolean",
    "DECIMAL(18,2)": "number",
}


@dataclass(frozen=True)
class TableFile:
    """A table's CSV: `path` within the release, rows below the header, size in bytes and checksum."""

    shape: Shape
    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Publication:
    """A publication the release was made from."""

    title: str
    url: str | None
    licence: str | None


def data_package(release: Release, *, files: Iterable[TableFile], publications: Sequence[Publication]) -> dict[str, Any]:
    """The content of datapackage.json, the number left to `version` so that freezing changes nothing else."""
    licences = sorted({publication.licence for publication in publications if publication.licence})
    titles = {publication.title: publication.url for publication in reversed(publications)}
    package = {
        "profile": "tabular-data-package",
        "name": "opencompact",
        "title": release.title,
        "version": release.number,
        "created": release.at.isoformat(),
        "description": f"Tables of the public record and what it shows of each promise. {release.stamp.capitalize()}.",
        "licenses": [{"name": re.sub(r"[^A-Za-z0-9.]+", "-", licence).strip("-") or "other", "title": licence} for licence in licences],
        "sources": [{"title": title, **({"path": url} if url and re.match(r"https?://\S+$", url) else {})} for title, url in sorted(titles.items())],
        "resources": [_resource(file) for file in files],
    }
    return {key: value for key, value in package.items() if value != []}


def _resource(file: TableFile) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.shape.name.replace("_", "-"),
        "title": file.shape.title,
        "description": file.shape.description,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(file.shape),
    }


def _schema(shape: Shape) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in shape.columns], "missingValues": [""]}
    if shape.key:
        schema["primaryKey"] = list(shape.key)
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    if constraints:
        field["constraints"] = constraints
    return field
