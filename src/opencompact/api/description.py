"""The OpenAPI description of the API, made from the shapes of its tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opencompact.api import parameters
from opencompact.api.resources import Filter, Resource
from opencompact.shapes.shape import Column, Type

Schema = dict[str, Any]

_TYPES: Mapping[Type, Schema] = {
    "VARCHAR": {"type": "string"},
    "BIGINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "DATE": {"type": "string", "format": "date"},
    "TIMESTAMP": {"type": "string", "format": "date-time"},
    "BOOLEAN": {"type": "boolean"},
    "DECIMAL(18,2)": {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"},
}
_RELEASE: dict[str, Schema] = {
    "number": {"type": "string"},
    "state": {"enum": ["draft", "frozen"]},
    "standing": {"enum": ["real", "sample"], "description": "`sample` means that everything in it is invented."},
    "as_of": {"type": "string", "format": "date-time"},
    "stamp": {"type": "string", "description": "How far its verdicts have come."},
    "checksum": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 of its checksums.txt."},
}
_RELEASE_IN_FULL: dict[str, Schema] = {
    **_RELEASE,
    "frozen_at": {"type": ["string", "null"], "format": "date-time"},
    "version": {"type": "string", "description": "Of the program that made it."},
    "because": {"type": "string", "description": "Why figures changed since the one before."},
    "tables": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "Rows by table."},
    "coverage": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}}},
}
_MONEY_ROW: dict[str, Schema] = {
    "record": {"enum": ["payments", "grants", "contracts"]},
    "body": {"type": "string"},
    "body_name": {"type": "string"},
    "is_public": {"type": "boolean", "description": "Whether it is public money; some funders give their own."},
    "year": {"type": ["string", "null"], "description": "Financial year, `2031/32`; null where no day is held."},
    "rows": {"type": "integer", "description": "Rows identified as this organisation's by number, exact name or review."},
    "amount": {**_TYPES["DECIMAL(18,2)"], "type": ["string", "null"]},
    "why_missing": {"type": ["string", "null"], "description": "Why the year or the amount is missing."},
    "probable_rows": {"type": "integer", "description": "Rows linked by probability alone, which `rows` and `amount` leave out."},
    "probable_amount": {**_TYPES["DECIMAL(18,2)"], "type": ["string", "null"], "description": "Their sum: what `amount` would gain if all are right."},
    "disputed_rows": {"type": "integer", "description": "Rows that somebody says are not of this organisation; they count until a person has decided."},
    "disputed_amount": {**_TYPES["DECIMAL(18,2)"], "type": ["string", "null"], "description": "Their sum."},
    "body_rows": {"type": "integer", "description": "All rows of that body, record and year."},
    "body_identified_rows": {"type": "integer", "description": "Those of them whose recipient is identified, whoever it is."},
    "body_unidentified_amount": {**_TYPES["DECIMAL(18,2)"], "description": "What is not identified at all: the most that `amount` could still gain."},
    "body_review_amount": {**_TYPES["DECIMAL(18,2)"], "description": "The part of it whose names are like somebody's on a register: a person decides."},
    "body_identified_share": {"type": ["number", "null"], "description": "Their share: the lower, the more may be missing from `rows`."},
}

MONEY_COLUMNS = tuple(_MONEY_ROW)


def components(resources: Iterable[Resource]) -> dict[str, Schema]:
    """The schemas that answers refer to: a row of each table, the release, an error."""
    tables = {row_name(each): object_of({column.name: _column(column) for column in each.columns}, each.shape.title) for each in resources}
    fault: dict[str, Schema] = {name: {"type": "string"} for name in ("field", "found", "expected")}
    problem: dict[str, Schema] = {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}
    error = object_of(problem, "An error, as RFC 9457 has it")
    error["properties"] = {**problem, "errors": {"type": "array", "items": object_of(fault, "What was found and expected")}}
    return {
        **tables,
        "Release": object_of(_RELEASE, "The release an answer comes from"),
        "WholeRelease": object_of(_RELEASE_IN_FULL, "A release"),
        "MoneyRow": object_of(_MONEY_ROW, "Money found for an organisation from one body in one year"),
        "Problem": error,
    }


def row_name(resource: Resource) -> str:
    """`ConsultationVerdicts`."""
    return "".join(word.title() for word in resource.shape.name.split("_")) + "Row"


def list_operation(resource: Resource) -> Schema:
    """What the list of a table takes and gives."""
    content = {
        "release": ref("Release"),
        "count": {"type": ["integer", "null"], "description": "All rows that fit; null unless `count=true`."},
        "next": {"type": ["string", "null"], "description": "Address of the rows that follow; null at the end."},
        "items": list_of(row_name(resource)) | {"maxItems": parameters.MOST},
    }
    return operation((*resource.filters, *parameters.IN_PAGES), {"application/json": object_of(content, resource.shape.title), "text/csv": {"type": "string"}})


def operation(taken: Sequence[Filter], answers: Mapping[str, Schema], *, paths: Sequence[tuple[str, Schema, str]] = (), missing: bool = True) -> Schema:
    """An operation by the parameters it takes in the query and the path, and its answer in each content type; `missing` where it can be 404."""
    problem = {"content": {"application/problem+json": {"schema": ref("Problem")}}}
    said = {
        200: "The answer",
        400: "A parameter cannot be used",
        **({404: "No such release, or nothing of this name in it"} if missing else {}),
        405: "This API is read only",
        503: "No release is held yet",
    }
    responses: dict[int, Schema] = {status: {"description": words, **(problem if status != 200 else {})} for status, words in said.items()}
    responses[200]["content"] = {kind: {"schema": schema} for kind, schema in answers.items()}
    responses[304] = {"description": "You hold it already (If-None-Match)"}
    inside = [{"in": "path", "name": name, "required": True, "schema": schema, "description": meaning} for name, schema, meaning in paths]
    asked = [
        {"in": "query", "name": each.name, "required": False, "schema": dict(parameters.schema(each)), "description": each.meaning.replace("`;`", "semicolons")}
        for each in taken
    ]
    return {"parameters": [*inside, *asked], "responses": responses}


def one_operation(content: Mapping[str, Schema], title: str, *, paths: Sequence[tuple[str, Schema, str]], taken: Sequence[Filter]) -> Schema:
    """What the address of one thing takes and gives."""
    schema = object_of({"release": ref("Release"), **content}, title)
    return operation(taken, {"application/json": schema, **({"text/csv": {"type": "string"}} if taken == parameters.IN_FORMAT else {})}, paths=paths)


def ref(name: str) -> Schema:
    """A reference to one of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(name: str) -> Schema:
    """A list of one of the components."""
    return {"type": "array", "items": ref(name)}


def object_of(properties: Mapping[str, Schema], title: str) -> Schema:
    """An object with these properties and no other, all of them there."""
    return {"type": "object", "title": title, "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _column(column: Column) -> Schema:
    schema = dict(_TYPES[column.type])
    if not column.required:
        schema["type"] = [schema["type"], "null"]
    if column.words:
        schema["enum"] = [*column.words, *(() if column.required else (None,))]
    return {**schema, "description": f"{column.meaning}{f' Unit: {column.unit}.' if column.unit else ''}"}
