"""Organisations as reconciliation shows them: their types, and the candidates for a name with score, features and why."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings

from opencompact.api.reading import Opened
from opencompact.api.reconciliation.asked import Query
from opencompact.lake import Lake
from opencompact.organisations.actions.matching import Match
from opencompact.organisations.actions.offering import Offer, offered
from opencompact.organisations.queries import finding
from opencompact.organisations.queries.finding import Row, bodies_called, by_ids, by_numbers
from opencompact.organisations.rules.matching_scorer import ACCEPTED
from opencompact.organisations.rules.numbers import one_of
from opencompact.registry import load_catalogue, load_shapes

ANY = {"id": finding.ANY, "name": "Organisation"}
VOLUNTARY = {"id": finding.VOLUNTARY, "name": "Voluntary organisation"}
LEAST = 0.01  # a candidate less likely is not worth a line

Named = dict[str, Any]


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The kinds of the vocabulary `organisation-kinds`, by word."""
    return {str(term["kind"]): term for term in load_catalogue().vocabularies["organisation-kinds"].terms}


@cache
def bands() -> Mapping[str, str]:
    """What each size band is called."""
    return {str(term["band"]): str(term["label"]) for term in load_catalogue().vocabularies["size-bands"].terms}


def kind_name(word: str) -> str:
    """What a kind is called."""
    return str(kinds()[word]["label"]) if word in kinds() else word


@cache
def types() -> tuple[Named, ...]:
    """Every type: any organisation, the voluntary ones, and each kind with what it is one of."""
    of_kinds = [{"id": word, "name": kind_name(word), "broader": [VOLUNTARY if term["is_voluntary"] else ANY]} for word, term in kinds().items()]
    return (ANY, {**VOLUNTARY, "broader": [ANY]}, *of_kinds)


def types_of(row: Row) -> list[Named]:
    """The types an organisation has, its kind first."""
    return [{"id": row["kind"], "name": kind_name(row["kind"])}, *([VOLUNTARY] if row["is_voluntary"] else []), ANY]


def offer_of(opened: Opened) -> Offer:
    """The organisations of the release, ready to be matched against."""
    lake = Lake(settings.OPENCOMPACT_WORKSPACE / "lake", load_shapes())
    return offered(opened.con(), release=opened.checksum, standing=opened.release.standing, lake=lake)


def found(opened: Opened, queries: Sequence[Query]) -> list[list[Named]]:
    """For each query its candidates, likeliest first."""
    con = opened.con()
    owners = by_numbers(con, [number for query in queries for number in query.numbers])
    bodies = bodies_called(con, [query.body for query in queries])
    known = [query.known(one_of(owners, query.numbers), bodies.get(query.body, "")) for query in queries]
    ranked = offer_of(opened).candidates([query.payee for query in queries], known=known)
    rows = by_ids(con, [match.organisation for matches in ranked for match in matches])
    return [_candidates(query, matches, rows) for query, matches in zip(queries, ranked, strict=True)]


def _candidates(query: Query, matches: Sequence[Match], rows: Mapping[str, Row]) -> list[Named]:
    wanted = set(query.types)
    held = [(match, rows[match.organisation]) for match in matches if match.organisation in rows and match.probability >= LEAST]
    fit = [(match, row) for match, row in held if not wanted or wanted & {each["id"] for each in types_of(row)}]
    return [_candidate(match, row) for match, row in fit[: query.limit]]


def _candidate(match: Match, row: Row) -> Named:
    return {
        "id": row["organisation_id"],
        "name": row["name"],
        "description": f"{kind_name(row['kind'])} {row['organisation_id']}. {why(match, row)}",
        "type": types_of(row),
        "score": round(match.probability * 100, 2),
        "match": match.decision == ACCEPTED,
        "features": [
            {"id": "probability", "value": match.probability},
            {"id": "same_name", "value": match.stage == "exact"},
            {"id": "number", "value": match.stage == "identifier"},
            {"id": "person", "value": match.stage == "reviewed"},
            {"id": "voluntary", "value": row["is_voluntary"]},
        ],
    }


def why(match: Match, row: Row) -> str:
    """Why, in words; where the name compared is not the public one, its words are not told."""
    if match.name and match.name.casefold() != row["name"].casefold():
        return "Found by another of its names on the register."
    return match.why
