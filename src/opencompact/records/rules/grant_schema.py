"""What the standard's schema says of a grant, in plain words: errors of one kind gathered, with what to do about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opencompact.records.rules.grant_headings import Path, Schema, leaf_of, title_of

PLACES = 5  # the first so many places of each kind are shown
_RECIPIENTS = ("recipientOrganization", "recipientIndividual")
_PERSONAL = {"recipientIndividual", "contactName", "email", "telephone"}


@dataclass(frozen=True)
class Fault:
    """One error as the checker of schemas gives it: which grant (from 0), where in it, what rule, and the value found."""

    grant: int
    path: Path
    keyword: str
    found: Any
    missing: str = ""


@dataclass(frozen=True)
class Place:
    """Where something was found: the row of the table or the place in the list (from 1), the path in the JSON, and the value where it names nobody."""

    row: int
    path: str
    found: str = ""


@dataclass(frozen=True)
class FaultKind:
    """Errors that are mended the same way."""

    keyword: str
    field: str
    says: str
    fix: str
    count: int
    places: tuple[Place, ...]


def gather(faults: Iterable[Fault], grants: Mapping[int, Any], schema: Schema, *, rows: Sequence[int]) -> list[FaultKind]:
    """Errors by kind, the commonest first; `grants` are those with an error, by place.

    A grant whose required fields do not fit is told by each field it lacks, so kinds may add to more than errors.
    """
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        for told in _told(fault, grants, schema):
            path = (*told.path, told.missing) if told.missing else told.path
            kinds.setdefault((told.keyword, title_of(tuple(0 if isinstance(step, int) else step for step in path), schema)), []).append(told)
    made = [_kind(keyword, field, held, schema, rows) for (keyword, field), held in kinds.items()]
    return sorted(made, key=lambda kind: (-kind.count, kind.field))


def _told(fault: Fault, grants: Mapping[int, Any], schema: Schema) -> list[Fault]:
    """The error itself; for "one of two sets of fields" the fields that are missing, or that there are two recipients.

    A value of the wrong kind also fails to be one of two forms of day; its kind alone is told.
    """
    if fault.keyword != "oneOf":
        return [fault]
    if fault.path:
        return [fault] if isinstance(fault.found, str) else []
    grant = grants[fault.grant]
    if not isinstance(grant, dict):
        return []
    if all(name in grant for name in _RECIPIENTS):
        return [Fault(fault.grant, (), "two recipients", None)]
    wanted = [name for name in schema["oneOf"][0]["required"] if name not in _RECIPIENTS]
    nobody = not any(name in grant for name in _RECIPIENTS)
    return [Fault(fault.grant, (), "required", None, name) for name in [*wanted, *_RECIPIENTS[: int(nobody)]] if name not in grant]


def _kind(keyword: str, field: str, held: list[Fault], schema: Schema, rows: Sequence[int]) -> FaultKind:
    says, fix = _words(keyword, field, leaf_of(held[0].path, schema))
    if keyword == "type" and all(fault.found is None for fault in held):
        says, fix = f"{field or 'a grant'} is null", "Give it a value, or leave it out."
    places = tuple(Place(rows[fault.grant], _pointer(fault), _shown(fault)) for fault in held[:PLACES])
    return FaultKind(keyword, field or "the grant", says, fix, len(held), places)


def _words(keyword: str, field: str, leaf: Mapping[str, Any]) -> tuple[str, str]:
    kinds = leaf.get("type", "")
    if keyword == "required":
        return f"{field} is missing", f"Fill in {field} for each of these grants."
    if keyword == "two recipients":
        return "a grant names both an organisation and a person as recipient", "Keep the one that was given the money."
    if keyword == "oneOf" or leaf.get("format") == "date-time":
        form = "2031-07-16T09:00:00Z" if leaf.get("format") else "2031-07-16"
        return f"{field} is not a day the standard can read", f"Write it as {form}: year, month, day."
    if keyword == "format":
        return f"{field} is not a web address", "Give the whole address, from https:// on, without blanks."
    if keyword == "enum":
        listed = leaf.get("enum", ("",))
        usual = next((word for word in ("GBP", "GB", "Yes") if word in listed), listed[0])
        return f"{field} is not on the standard's list", f"Use a value of the list, as {usual}."
    if keyword == "minItems":
        return f"{field} is an empty list", "Name at least one."
    return f"{field} is not {_KINDS.get(kinds[0] if isinstance(kinds, list) else kinds, 'of the right kind')}", _FIXES.get(str(kinds), _FIX)


_KINDS = {"number": "a number", "string": "text", "array": "a list", "object": "a group of fields"}
_FIX = "Look at the field in the standard's reference and give it in the form written there."
_FIXES = {
    "number": "Write the number alone: no pound sign, commas, blanks or words.",
    "string": "Put the value in quotation marks, as text; leave the field out where there is none.",
}


def _pointer(fault: Fault) -> str:
    return "/".join(str(step) for step in ("grants", fault.grant, *fault.path, *([fault.missing] if fault.missing else [])))


def _shown(fault: Fault) -> str:
    if fault.found is None or isinstance(fault.found, dict | list) or _PERSONAL & set(map(str, fault.path)):
        return ""
    shown = str(fault.found)[:60]
    return "" if "@" in shown else shown
