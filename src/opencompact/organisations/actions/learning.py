"""Learns from people's decisions about names: those of a build's record, and those of a file beside a register, which settle its names too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from opencompact.lake import Change
from opencompact.organisations.actions.matching import Match, Matcher, Payee, of_person, shipped_scorer
from opencompact.organisations.rules import kinds, taught
from opencompact.organisations.rules.decided import Decisions, Known
from opencompact.organisations.rules.decisions import NOT_VOLUNTARY, Settlement
from opencompact.organisations.rules.learned import Learned, bands, learn
from opencompact.organisations.rules.matching_scorer import NONE
from opencompact.organisations.rules.names import name_rules, normalised, spelled_sql
from opencompact.registry import Catalogue, load_catalogue
from opencompact.values.sql import quoted

TABLE = "match_learning"
# The names that `voluntary_among` judges: organisation_id, name, register_kind and has_public_name of each candidate.
_OF_REGISTERS = """
SELECT organisation_id, list(name ORDER BY coalesce(name_kind, 'main') <> 'main', name)[1] AS name, min(kind) AS register_kind,
  organisation_id IN ({public_names}) AS has_public_name
FROM register_names WHERE standing = {standing} AND organisation_id IN ({among}) GROUP BY organisation_id"""


def learn_from_decisions(change: Change, *, standing: str, catalogue: Catalogue, public_names: str) -> Learned:
    """What the decisions of this change teach of the names in `scored_candidates`; puts `match_learning`.

    Reads `decided_names`, `published`, `twins` and the registers too; `public_names` selects the org-ids of charities that bear the name of a public body.
    """
    found = change.con.execute(taught.teaching_sql(review=shipped_scorer().review)).fetchall()
    among = sorted({candidate for outcome, _, candidate, _ in found if outcome == NOT_VOLUNTARY})
    select = _OF_REGISTERS.format(public_names=public_names, standing=quoted(standing), among=", ".join(map(quoted, among)))
    voluntary = _voluntary_among(change.con, select, catalogue) if among else frozenset()
    judged = [
        (probability, taught.was_right(outcome, chosen=chosen, candidate=candidate, is_voluntary=candidate in voluntary))
        for outcome, chosen, candidate, probability in found
    ]
    evidence = [(probability, is_right) for probability, is_right in judged if is_right is not None]
    learned = learn(evidence)
    change.put_rows(TABLE, bands(evidence, learned))
    return learned


def taught_by(held: Matcher, decided: Iterable[tuple[str, Settlement]], *, payees: Sequence[Payee]) -> Matcher:
    """The matcher with what these decisions teach, each with its name as compared: the names are compared with the register first, as those of `payees` are.

    A decision for every body goes before those of one body.
    """
    by_name = {plain: each for plain, each in sorted(decided, key=_for_every_body_last) if plain and not each.vendor_number and not each.published_org_id}
    asked = list(by_name.values())
    matches = held.match([Payee(each.payee_name) for each in asked], around=held.around(payees))
    shown = [
        (each, match) for each, match in zip(asked, matches, strict=True) if match.stage == taught.COMPARED and match.decision != NONE and not match.is_doubted
    ]
    voluntary = _voluntary(held, {match.organisation for each, match in shown if each.outcome == NOT_VOLUNTARY})
    evidence: list[tuple[float, bool]] = []
    for each, match in shown:
        chosen, candidate = held.stands(each.organisation_id), match.organisation
        is_right = taught.was_right(each.outcome, chosen=chosen, candidate=candidate, is_voluntary=candidate in voluntary)
        evidence += [(match.probability, is_right)] if is_right is not None else []
    return replace(held, learned=learn(evidence))


def settled(held: Matcher, matches: Sequence[Match], payees: Sequence[Payee], decisions: Decisions, *, known: Sequence[Known]) -> list[Match]:
    """The matches, with what people decided before all else; `known` has for each payee what is known beside its name."""
    found = [decisions.about(normalised(payee.name, held.rules), each) for payee, each in zip(payees, known, strict=True)]
    return [of_person(each, name=held.names.get(each.organisation, "")) if each else match for each, match in zip(found, matches, strict=True)]


def _for_every_body_last(decided: tuple[str, Settlement]) -> tuple[bool, str]:
    return decided[1].body == "", decided[1].body


def _voluntary(held: Matcher, among: Iterable[str]) -> frozenset[str]:
    """Those that count as voluntary by their org-id, by the kind their register gives, or by their name."""
    wanted = sorted(among)
    if not wanted:
        return frozenset()
    entries = {entry.organisation: entry for entry in held.entries.values()}
    kept = [entries[each] for each in wanted if each in entries]
    columns: Mapping[str, list[Any]] = {
        "organisation_id": [each.organisation for each in kept],
        "name": [held.names[each.organisation] for each in kept],
        "register_kind": [each.kind for each in kept],
    }
    held.con.register("candidates_given", pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))
    try:
        return _voluntary_among(held.con, "SELECT *, false AS has_public_name FROM candidates_given", load_catalogue())
    finally:
        held.con.unregister("candidates_given")


def _voluntary_among(con: duckdb.DuckDBPyConnection, select: str, catalogue: Catalogue) -> frozenset[str]:
    """Which organisations of `select` count as voluntary, by the rules that say so of every organisation."""
    rules = name_rules(catalogue.vocabularies["name-rules"].terms)
    kind = kinds.kind_sql(catalogue.vocabularies["organisation-kinds"].terms, rules)
    rows = con.execute(
        f"SELECT organisation_id FROM (SELECT organisation_id, {kind} AS found FROM (SELECT *, {spelled_sql('name', rules)} AS spelling FROM ({select}))) "
        "WHERE found.is_voluntary"
    ).fetchall()
    return frozenset(str(organisation) for (organisation,) in rows)
