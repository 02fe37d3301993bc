"""Where each heading of a flattened 360Giving table belongs in the standard's JSON: by title or field name, with numbers or without."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]
Schema = Mapping[str, Any]


def read_headings(headings: Sequence[str], schema: Schema, synonyms: Iterable[Mapping[str, Any]] = ()) -> list[Path | None]:
    """For each heading its path in a grant, or None where the standard has no such field.

    `Recipient Org:Name`, `Recipient Org:0:Name`, `recipientOrganization/0/name` and `recipientOrganization:name` are one. A list without a
    number means its first item. `synonyms` are terms with `heading` and `path`, for headings publishers use and the standard does not.
    https://standard.threesixtygiving.org/en/latest/technical/reference/ has the titles; their rules of flattening are flatten-tool's.
    """
    known = {heading_key(str(term["heading"])): _path_of(str(term["path"])) for term in synonyms}
    return [known.get(heading_key(heading)) or _walk(schema, schema, [part.strip() for part in re.split("[:/]", heading)]) for heading in headings]


def heading_key(text: str) -> str:
    """What of a heading is compared: its parts without capitals, surplus blanks, and the number of a first item."""
    parts = (" ".join(part.split()).strip(" ?").casefold() for part in re.split("[:/]", text))
    return ":".join(part for part in parts if part != "0")


def resolved(node: Schema, schema: Schema) -> Schema:
    """The schema a node stands for: what its `$ref` names, with the title given beside it."""
    if "$ref" not in node:
        return node
    name = str(node["$ref"]).rsplit("/", 1)[-1]
    return {**schema["definitions"][name], **{key: value for key, value in node.items() if key == "title"}}


def leaf_of(path: Path, schema: Schema) -> Schema:
    """The schema of the field at a path; empty where the standard has none."""
    node: Schema = schema
    for step in path:
        node = resolved(node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {}), schema)
    return node


def title_of(path: Path, schema: Schema) -> str:
    """What the standard's own spreadsheet calls a field: `Recipient Org:Name`; a field it does not have by its own name."""
    titles: list[str] = []
    for place, step in enumerate(path):
        if isinstance(step, int):
            titles += [str(step)] if step else []  # the first item is what a heading without a number means
        else:
            titles.append(str(leaf_of(path[: place + 1], schema).get("title") or step))
    return ":".join(titles)


def _walk(node: Schema, schema: Schema, parts: list[str]) -> Path | None:
    if not parts:
        return ()
    if node.get("type") == "array":
        index, rest = (int(parts[0]), parts[1:]) if _is_place(parts[0]) else (0, parts)
        inner = _walk(resolved(node["items"], schema), schema, rest) if rest else None
        return (index, *inner) if inner else None
    wanted = heading_key(parts[0])
    for name, child in node.get("properties", {}).items():
        below = resolved(child, schema)
        if wanted and wanted in (heading_key(name), heading_key(str(below.get("title", "")))):
            inner = _walk(below, schema, parts[1:])
            return None if inner is None else (name, *inner)
    return None


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


def _path_of(text: str) -> Path:
    return tuple(int(step) if _is_place(step) else step for step in text.split("/"))
