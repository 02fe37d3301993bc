"""Releases that are as the standard has them in all that is read of them, which most are: known as they are read, so that they can be merged in columns.

In a plain release no field is null, each is of its type, and every object of a list that is merged by identifier has one that is a text.
"""

import json
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Meta, Struct, UnsetType, defstruct
from msgspec.structs import fields

from opencompact.records.rules.merging import WHOLE, Rules
from opencompact.records.rules.release_fields import Identifier, Release

_TEXT = Union[  # noqa: UP007  of annotated types
    str, bool, Annotated[int, Meta(ge=-(10**15), le=10**15)], Annotated[float, Meta(ge=-1e15, le=1e15)]
]
_ID = Annotated[str, Meta(min_length=1)]
# Of all others each object of a list its id, but for those of lists that are replaced whole
_REQUIRED: Mapping[type[Struct], tuple[str, ...]] = {Release: ("ocid", "date")}
TOLD = ("ocid", "id", "date", "tag")
"""What a plain release tells as it is read: these fields, the words of a list with commas between them."""


def plain_release() -> type:
    """The msgspec type that a plain release fits, and no other; its method `told` gives the fields TOLD, None where absent."""
    made: type = _plain_struct(Release, is_row=False)
    return made


def _told(release: Any) -> tuple[str | None, ...]:
    return release.ocid, release.id, release.date, None if release.tag is None else ",".join(release.tag)


@cache
def _plain_struct(of: type[Struct], *, is_row: bool) -> Any:  # a type made here
    required = (*_REQUIRED.get(of, ()), *(("id",) if is_row and of is not Identifier else ()))
    # an absent field is None, which no field given can be, and stays absent
    given = [(each.name, _ID) if each.name in required else (each.name, _plain(each.type), None) for each in fields(of)]
    rename, namespace = {each.name: each.encode_name for each in fields(of)}, {"told": _told} if of is Release else None
    return defstruct(f"Plain{of.__name__}", given, rename=rename, namespace=namespace, kw_only=True, gc=False, omit_defaults=True)


def _plain(of: Any) -> Any:  # types, as `typing` has them
    inner = _inner(of)
    if get_origin(inner) is Annotated:
        return get_args(inner)[1].extra["plain"]
    if get_origin(inner) is list:
        return list[_plain_struct(get_args(inner)[0], is_row=True)]  # type: ignore[misc]  # a type made here
    return _TEXT if inner is Any else _plain_struct(inner, is_row=False)


def _inner(of: Any) -> Any:
    """The type of a field that may be absent or null."""
    if get_origin(of) in (Union, UnionType):
        return next(each for each in get_args(of) if each not in (UnsetType, type(None)))
    return of


_TYPES = {str: "VARCHAR", bool: "BOOLEAN", list[str]: ["VARCHAR"]}


def structure() -> str:
    """What DuckDB's `from_json` makes of a plain release: a STRUCT of the fields that are read, values as text."""
    return json.dumps(_structure(Release))


def _structure(of: type[Struct]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(of):
        inner = _inner(each.type)
        if get_origin(inner) is Annotated:
            found[each.encode_name] = _TYPES[get_args(inner)[1].extra["plain"]]
        elif get_origin(inner) is list:
            found[each.encode_name] = [_structure(get_args(inner)[0])]
        else:
            found[each.encode_name] = "VARCHAR" if inner is Any else _structure(inner)
    return found


def are_usual(rules: Rules) -> bool:
    """Whether the rules say of what is read only what the merge in columns does: lists of words and of further identifiers are replaced whole."""
    return _are_usual(rules, Release)


def _are_usual(rules: Rules, of: type[Struct]) -> bool:
    for each in fields(of):
        inner, rule = _inner(each.type), rules.get(each.encode_name)
        is_list = get_origin(inner) is list
        if is_list and get_args(inner)[0] is Identifier:
            if rule != WHOLE:
                return False
        elif isinstance(rule, Mapping):
            if not _are_usual(rule, get_args(inner)[0] if is_list else inner):
                return False
        elif rule is not None and not (rule == WHOLE and _is_words(inner)) and (of, each.name) not in _OWN:
            return False
    return True


_OWN = {(Release, "id"), (Release, "date"), (Release, "tag")}  # a compiled release has these of its own


def _is_words(of: Any) -> bool:
    return get_origin(of) is Annotated and get_args(of)[1].extra["plain"] == list[str]
