"""The merge of a process's releases into one: the OCDS merge routine, nested and in place, with a plain form for what is odd and for the history.

The rules are those of https://standard.open-contracting.org/latest/en/schema/merging/ as its reference implementation reads them; which fields are
discarded or replaced whole is data, the vocabulary `release-merge-rules`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

import orjson

OMIT, WHOLE = "omitWhenMerged", "wholeListMerge"
Rules = Mapping[Any, Any]  # a field's name to OMIT, WHOLE, or the rules of the fields below it; _OMITTED to the names of those discarded
Release = dict[str, Any]
Paths = dict[tuple[str, ...], Any]
_NO_RULES: Rules = {}
_OMITTED = None


class Odd(ValueError):
    """The releases change a field's shape, or an identifier's type: the nested merge leaves them to the plain one."""


@dataclass(frozen=True)
class Merged:
    """A compiled release, and the paths at which releases disagreed whether a field is a value, an object or a list (the first shape stands)."""

    release: Release
    conflicts: tuple[str, ...] = ()


class Rows(list[Any]):
    """An array of objects merged by identifier: `places` leads from an identifier to its object, all identifiers being of one `kind`."""

    __slots__ = ("kind", "places")

    def __init__(self) -> None:
        self.places: dict[Any, Release] = {}
        self.kind: type | None = None


class Item(str):
    """A step of a path into an array: the object with this identifier; `given` is the identifier as published, None where there is none."""

    __slots__ = ("given", "key")
    given: Any
    key: Any


def rule_tree(terms: Iterable[Mapping[str, Any]]) -> Rules:
    """The rules from terms of a `path` (`tender/items/additionalClassifications`) and a `rule`."""
    tree: dict[str, Any] = {}
    for term in terms:
        *above, last = str(term["path"]).split("/")
        node = tree
        for name in above:
            node = node.setdefault(name, {})
        node[last] = str(term["rule"])
    _name_omitted(tree)
    return tree


def _name_omitted(tree: dict[Any, Any]) -> None:
    for below in tree.values():
        if isinstance(below, dict):
            _name_omitted(below)
    tree[_OMITTED] = tuple(name for name, rule in tree.items() if rule == OMIT)


def merge(texts: Sequence[bytes | str], rules: Rules, *, seen: Callable[[int, Release], None] | None = None) -> Merged:
    """The compiled release of one process from the JSON of its releases in order of date; `seen` is told each release before it is merged."""
    releases: list[Release] = list(map(orjson.loads, texts))
    if seen:
        for number, release in enumerate(releases):
            seen(number, release)
    nulls = any(b"null" in text if isinstance(text, bytes) else "null" in text for text in texts)
    try:
        return Merged(compiled(releases, rules, nulls=nulls))
    except Odd:
        return compiled_plainly(map(orjson.loads, texts), rules)


def compiled(releases: Iterable[Release], rules: Rules, *, nulls: bool = True) -> Release:
    """The compiled release of releases in order; they are used up. Raises Odd, when they may be half used up.

    Without `nulls` the caller knows that no release holds any but the nulls its missing date or ocid make.
    """
    target: Release = {"tag": ["compiled"]}
    bare: list[Any] = []
    for release in releases:
        release.pop("tag", None)
        ocid, date = release.get("ocid"), release.get("date")
        target["id"], target["date"], target["ocid"] = f"{ocid}-{date}", date, ocid
        _merge(target, release, rules, bare)
    if nulls or target["ocid"] is None or target["date"] is None:
        _drop_nulls(target, rules)
    return target


def _merge(target: Release, source: Release, rules: Rules, bare: list[Any]) -> None:
    """Merge `source` into `target`; `bare` holds an object of an array without identifier, once one was met: repeated, such objects are added again."""
    for key, value in source.items():
        kind = type(value)
        below = rules.get(key, _NO_RULES) if rules else _NO_RULES
        if type(below) is str:
            if below == WHOLE:
                target[key] = value
        elif kind is dict:
            if value:
                _merge_object(target, key, value, below, bare)
        elif kind is list and (not value or type(value[0]) is dict):
            if value:
                _merge_rows(target, key, value, below, bare)
        elif key in target and type(target[key]) in _CONTAINERS:
            if value is not None:
                raise Odd(key)
        else:
            target[key] = value


def _merge_object(target: Release, key: str, value: Release, rules: Rules, bare: list[Any]) -> None:
    held = target.get(key)
    if held is None:
        if _adopt(value, rules, bare):
            target[key] = value
    elif type(held) is not dict:
        raise Odd(key)
    elif bare or held != value:  # most releases repeat what the one before said
        _merge(held, value, rules, bare)


def _merge_rows(target: Release, key: str, value: list[Release], rules: Rules, bare: list[Any]) -> None:
    held = target.get(key)
    if held is None:
        rows = _rows(Rows(), value, rules, bare)
        if rows:
            target[key] = rows
    elif type(held) is Rows:
        if bare or held.kind is not str or held != value:
            _rows(held, value, rules, bare)
    else:
        raise Odd(key)


def _rows(rows: Rows, value: Iterable[Release], rules: Rules, bare: list[Any]) -> Rows:
    places = rows.places
    for item in value:
        if type(item) is not dict:
            raise Odd("not objects alone")
        if "id" not in item:
            if not bare:
                bare.append(item)
            if _adopt(item, rules, bare):
                rows.append(item)
            continue
        identifier = item["id"]
        if type(identifier) is not rows.kind:
            _learn_kind(rows, identifier)
        held = places.get(identifier)
        if held is None:
            if (not rules and _is_flat(map(type, item.values()))) or _adopt(item, rules, bare):
                rows.append(item)
                places[identifier] = item
        elif bare or held != item:
            _merge(held, item, rules, bare)
    return rows


def _learn_kind(rows: Rows, identifier: Any) -> None:
    if rows.kind is not None or type(identifier) not in (str, int):
        raise Odd("id")
    rows.kind = type(identifier)


def _adopt(node: Release, rules: Rules, bare: list[Any]) -> bool:
    """Make a release's own object part of the compiled one, without what is discarded or empty; says whether anything is left of it."""
    gone = None
    for key, value in node.items():
        kind = type(value)
        if kind is dict or kind is list:  # most values are neither
            below = rules.get(key, _NO_RULES) if rules else _NO_RULES
            if type(below) is str:
                keep = below == WHOLE
            elif kind is dict:
                keep = bool(value) and ((not below and _is_flat(map(type, value.values()))) or _adopt(value, below, bare))
            else:
                keep = _adopt_list(node, key, value, below, bare)
            if not keep:
                gone = [*gone, key] if gone else [key]
    for key in gone or ():
        del node[key]
    for key in rules[_OMITTED] if rules else ():
        node.pop(key, None)
    return bool(node)


_is_flat = frozenset((dict, list)).isdisjoint  # most objects in objects are: nothing is discarded or empty in them, nor to be found by identifier


def _adopt_list(node: Release, key: str, value: list[Any], rules: Rules, bare: list[Any]) -> bool:
    if value and type(value[0]) is not dict:
        return True
    node[key] = rows = _rows(Rows(), value, rules, bare)
    return bool(rows)


def _drop_nulls(node: Release, rules: Rules) -> None:
    gone = None
    for key, value in node.items():
        kind = type(value)
        if value is None:
            gone = [*gone, key] if gone else [key]
        elif kind is dict or kind is Rows:
            below = rules.get(key, _NO_RULES) if rules else _NO_RULES
            if type(below) is str:
                continue
            for child in (value,) if kind is dict else value:
                _drop_nulls(child, below)
    for key in gone or ():
        del node[key]


_CONTAINERS = (dict, Rows)


def compiled_plainly(releases: Iterable[Release], rules: Rules) -> Merged:
    """The compiled release by way of paths, for releases that are odd; slower, and the same wherever both can be had."""
    paths: Paths = {("tag",): ["compiled"]}
    numbers = count()
    for release in releases:
        ocid, date = release.get("ocid"), release.get("date")
        paths[("id",)], paths[("date",)], paths[("ocid",)] = f"{ocid}-{date}", date, ocid
        paths.update(_paths({key: value for key, value in release.items() if key != "tag"}, rules, numbers))
    return _nested(paths)


def versioned(releases: Iterable[Release], rules: Rules) -> Merged:
    """The versioned release: for every field the values it had, each with the release that first gave it."""
    paths: Paths = {}
    numbers = count()
    for release in releases:
        given = _paths({key: value for key, value in release.items() if key != "tag"}, rules, numbers)
        given.pop(("ocid",), None)
        paths[("ocid",)] = release.get("ocid")
        for path, value in given.items():
            held = paths.get(path)
            if path not in paths or (type(held) is list and held[-1]["value"] != value):
                told = {"releaseID": release.get("id"), "releaseDate": release.get("date"), "releaseTag": release.get("tag"), "value": value}
                paths.setdefault(path, []).append(told)
    return _nested(paths)


def _paths(node: Release, rules: Rules, numbers: Iterator[int], above: tuple[str, ...] = ()) -> Paths:
    """Every value of a release by its path; empty objects and arrays have none."""
    found: Paths = {}
    for key, value in node.items():
        path, below = (*above, key), rules.get(key, _NO_RULES)
        if below == OMIT:
            continue
        if below == WHOLE or not isinstance(value, dict | list) or (isinstance(value, list) and _is_plain(value)):
            found[path] = value
        elif isinstance(value, dict):
            found.update(_paths(value, below, numbers, path))
        else:
            for item in value:
                found.update(_paths(item, below, numbers, (*path, _item(item, f"\0{next(numbers)}"))))
    return found


def _item(item: Release, otherwise: str) -> Item:
    """The step to an object of an array: its identifier, as text; without one, or with one that is an object or a list, a step of its own."""
    has_id = "id" in item and not isinstance(item["id"], dict | list)
    step = Item(item["id"] if has_id else otherwise)
    step.given = item["id"] if has_id else None
    step.key = item["id"] if has_id else otherwise
    return step


def _nested(paths: Paths) -> Merged:
    """The release that has these values at these paths; of two shapes of one field the first stands, unless it is a plain value."""
    root: Release = {}
    objects: dict[tuple[Any, ...], Release] = {}
    conflicts: dict[str, None] = {}
    for path, value in paths.items():
        if at := _place(root, objects, path, value):
            conflicts["/".join(part for part in path[:at] if not isinstance(part, Item))] = None
    return Merged(root, tuple(conflicts))


def _place(root: Release, objects: dict[tuple[Any, ...], Release], path: tuple[str, ...], value: Any) -> int:
    """Put a value where its path leads, as far as that can be; returns how many steps lead to a field of another shape than expected, or 0."""
    node: Any = root
    odd = 0
    for end, (part, following) in enumerate(pairwise(path), start=1):
        if type(node) is not _shape(part):
            return end - 1
        if isinstance(part, Item):
            node = _object(node, objects, (*path[: end - 1], part.key), part)
            continue
        wanted, held = _shape(following), node.get(part)
        if not isinstance(held, dict | list):
            odd = odd or (end if part in node else 0)
            node[part] = held = wanted()
        elif wanted is list and isinstance(held, list) and _is_plain(held):
            odd = odd or end  # objects follow plain values in one list, as the reference implementation has it
        node = held
    if not isinstance(node, dict):
        return len(path) - 1
    return odd if _set(node, path[-1], value) else len(path)


def _shape(part: str) -> Any:  # list or dict
    """What a step leads on from: an array to one of its objects, an object to one of its fields."""
    return list if isinstance(part, Item) else dict


def _object(rows: list[Any], objects: dict[tuple[Any, ...], Release], key: tuple[Any, ...], item: Item) -> Release:
    """The object of an array that a step leads to, added where there is none yet."""
    if key not in objects:
        objects[key] = {} if item.given is None else {"id": item.given}
        rows.append(objects[key])
    return objects[key]


def _is_plain(value: list[Any]) -> bool:
    """Whether a list has anything but objects: such lists are replaced whole."""
    return any(not isinstance(item, dict) for item in value)


def _set(node: Release, part: str, value: Any) -> bool:
    """Set a field that is not set yet, and say whether it could be: an object or array that stands there stays. A null is left out."""
    if part in node:
        return value is None or part == "id" or not isinstance(node[part], dict | list)
    if value is not None:
        node[part] = value
    return True
