"""What a reconciliation client asks: batches of queries and of properties to fetch, checked, and refused in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from opencompact.organisations.actions.matching import Payee
from opencompact.organisations.rules.decided import Known
from opencompact.organisations.rules.numbers import entries_of, is_number

BATCH = 1000  # queries of one request
DEFAULT_LIMIT, MOST_LIMIT = 5, 25
MOST_TEXT = 500
STRICT = ("any", "should", "all")


class BadQuery(ValueError):
    """The question cannot be understood; the message says where, what was found and what was expected."""


class TooMany(ValueError):
    """More was asked at once than one request may."""


@dataclass(frozen=True)
class Query:
    """One name to find: with what else is known of it, and how many candidates are wanted of which types."""

    name: str
    types: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def payee(self) -> Payee:
        """The name to match; none where the name given is a number."""
        said = {name: " ".join(self.properties.get(name, ())) for name in ("postcode", "purpose")}
        return Payee("" if self._is_number else self.name, said["postcode"], said["purpose"])

    @property
    def numbers(self) -> tuple[str, ...]:
        """The org-ids that its numbers may mean."""
        texts = [*self.properties.get("number", ()), *([self.name] if self._is_number else [])]
        return tuple(dict.fromkeys(each for text in texts for each in entries_of(text)))

    @property
    def body(self) -> str:
        """The body that pays, as it was written."""
        return " ".join(self.properties.get("body", ())).strip()

    def known(self, organisation: str, body: str) -> Known:
        """What is known beside the name: whose its numbers are, and the body by its slug."""
        return Known(organisation, self.numbers, body, " ".join(self.properties.get("vendor", ())).strip())

    @property
    def _is_number(self) -> bool:
        return is_number(self.name) and bool(entries_of(self.name))


@dataclass(frozen=True)
class Fetch:
    """Properties to fetch of organisations."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_batch(text: str) -> dict[str, Query]:
    """The queries of a batch by their own keys, in order; raises BadQuery, TooMany."""
    given = _object(text, "queries")
    if len(given) > BATCH:
        raise TooMany(f"queries: found {len(given):,} of them; expected at most {BATCH:,} in one request, as the manifest's batchSize says.")
    return {key: _query(each, f"queries.{key}"[:80]) for key, each in given.items()}


def read_one(text: str) -> Query:
    """A single query: a name, or an object as in a batch; raises BadQuery."""
    return _query(_object(text, "query"), "query") if text.lstrip().startswith("{") else _query({"query": text}, "query")


def read_fetch(text: str) -> Fetch:
    """The organisations and properties of a data extension; raises BadQuery, TooMany."""
    given = _object(text, "extend")
    ids, properties = (_list(given.get(name), f"extend.{name}") for name in ("ids", "properties"))
    if len(ids) > BATCH:
        raise TooMany(f"extend.ids: found {len(ids):,} of them; expected at most {BATCH:,} in one request.")
    wanted = [_text(each.get("id") if isinstance(each, Mapping) else each, "extend.properties") for each in properties]
    return Fetch(tuple(_text(each, "extend.ids") for each in ids), tuple(dict.fromkeys(wanted)))


def _query(given: Any, place: str) -> Query:
    if not isinstance(given, Mapping):
        raise BadQuery(f"{place}: found {_shown(given)}; expected an object with `query`.")
    properties: dict[str, tuple[str, ...]] = {}
    for each in _list(given.get("properties", []), f"{place}.properties"):
        if not isinstance(each, Mapping) or "v" not in each:
            raise BadQuery(f"{place}.properties: found {_shown(each)}; expected an object with `pid` and `v`.")
        pid = _text(each.get("pid"), f"{place}.properties.pid")
        properties[pid] = properties.get(pid, ()) + tuple(_values(each["v"], f"{place}.properties.v"))
    name = _text(given.get("query", ""), f"{place}.query").strip()
    if not name and not properties:
        raise BadQuery(f"{place}: found neither `query` nor `properties`; expected one of them.")
    if given.get("type_strict", "any") not in STRICT:
        raise BadQuery(f"{place}.type_strict: found {_shown(given['type_strict'])}; expected one of {', '.join(STRICT)}.")
    return Query(name, _types(given.get("type"), f"{place}.type"), _limit(given.get("limit"), place), properties)


def _types(given: Any, place: str) -> tuple[str, ...]:
    if given in (None, "", []):
        return ()
    held = given if isinstance(given, list) else [given]
    return tuple(_text(each.get("id") if isinstance(each, Mapping) else each, place) for each in held)


def _limit(given: Any, place: str) -> int:
    if given is None:
        return DEFAULT_LIMIT
    if isinstance(given, bool) or not isinstance(given, int | float) or given < 1:
        raise BadQuery(f"{place}.limit: found {_shown(given)}; expected a whole number from 1.")
    return min(int(given), MOST_LIMIT)


def _values(given: Any, place: str) -> Iterable[str]:
    """The values of a property as text: of an organisation found before, its id."""
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, Mapping):
            yield _text(each.get("id"), place)
        elif isinstance(each, float) and each.is_integer():  # a spreadsheet's number
            yield str(int(each))
        elif each is not None:
            yield _text(each if isinstance(each, str) else str(each), place)


def _object(text: str, name: str) -> Mapping[str, Any]:
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadQuery(f"{name}: found text that is no JSON ({error}); expected an object.") from error
    if not isinstance(given, Mapping):
        raise BadQuery(f"{name}: found {_shown(given)}; expected an object.")
    return given


def _list(given: Any, place: str) -> list[Any]:
    if not isinstance(given, list):
        raise BadQuery(f"{place}: found {_shown(given)}; expected a list.")
    return given


def _text(given: Any, place: str) -> str:
    if not isinstance(given, str):
        raise BadQuery(f"{place}: found {_shown(given)}; expected text.")
    return given[:MOST_TEXT].replace("\x00", " ")


def _shown(given: Any) -> str:
    return "nothing" if given is None else repr(given)[:60]
