"""What the reconciliation API 0.2 asks of each answer, as JSON Schema, written from the text of the specification."""

TEXT, URL = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^https?://"}
ID_IN_URL = {"type": "string", "pattern": r"\{\{id\}\}"}


def obj(required, more=(), **properties):
    return {"type": "object", "properties": properties, "required": [*required], **({"additionalProperties": False} if more is None else {})}


NAMED = obj(("id", "name"), id=TEXT, name=TEXT)
TYPE = obj(("id", "name"), None, id=TEXT, name=TEXT, broader={"type": "array", "items": NAMED})
PLACE = obj(("service_url", "service_path"), None, service_url=URL, service_path={"type": "string", "pattern": "^/"})
MANIFEST = obj(
    ("versions", "name", "identifierSpace", "schemaSpace"),
    versions={"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
    name=TEXT,
    identifierSpace=URL,
    schemaSpace=URL,
    documentation=URL,
    serviceVersion=TEXT,
    logo=URL,
    defaultTypes={"type": "array", "items": TYPE, "uniqueItems": True, "minItems": 1},
    view=obj(("url",), url=ID_IN_URL),
    preview=obj(("url", "width", "height"), url=ID_IN_URL, width={"type": "integer"}, height={"type": "integer"}),
    suggest=obj((), None, entity=PLACE, type=PLACE, property=PLACE),
    extend=obj((), None, propose_properties=PLACE, property_settings={"type": "array"}),
    batchSize={"type": "integer", "minimum": 1},
)
FEATURE = obj(("id", "value"), None, id=TEXT, value={"type": ["boolean", "number"]})
CANDIDATE = obj(
    ("id", "name", "score", "match", "type"),
    None,
    id=TEXT,
    name=TEXT,
    description=TEXT,
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    type={"type": "array", "items": NAMED, "minItems": 1},
    features={"type": "array", "items": FEATURE},
)
RESULT = obj(("result",), None, result={"type": "array", "items": CANDIDATE})
RESULTS = {"type": "object", "additionalProperties": RESULT}
SUGGESTED = obj(("id", "name"), None, id=TEXT, name=TEXT, description=TEXT, notable={"type": "array", "items": NAMED})
SUGGESTIONS = obj(("result",), None, result={"type": "array", "items": SUGGESTED})
PROPOSALS = obj(("properties", "type"), properties={"type": "array", "items": NAMED}, type={"type": "string"}, limit={"type": "integer"})
INSTANT = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"}
VALUE = {"oneOf": [obj(("str",), None, str=TEXT), obj(("float",), None, float={"type": "number"}), obj(("date",), None, date=INSTANT)]}
EXTENSION = obj(
    ("meta", "rows"),
    None,
    meta={"type": "array", "items": NAMED},
    rows={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": VALUE}}},
)
