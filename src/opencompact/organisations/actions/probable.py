"""Compares the names that no number and no exact name identifies with the registers, in portions; a name compared before is not compared again.

What comparing gave is kept as the scorer gave it (`scored_candidates`); the candidates are made of it by what people's decisions taught.
"""

import hashlib
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import pyarrow as pa

from opencompact.lake import Change, Part
from opencompact.organisations.actions.learning import learn_from_decisions
from opencompact.organisations.actions.matching import Match, Matcher, Payee, matcher, shipped_scorer
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules import probable, probable_payees, taught
from opencompact.organisations.rules.matching_features import Surroundings
from opencompact.organisations.rules.matching_scorer import NONE, REVIEW
from opencompact.registry import Catalogue

TABLE, SCORED = "link_candidates", "scored_candidates"
VOCABULARIES = ("name-rules", "name-abbreviations", "payee-words", "legal-forms")
PORTION = 20_000  # names between two notes of how far it came: what a kill costs at most
MOST_ENTRIES = 1_000_000  # names of a register compared with whole; beyond them companies of no common rare word are left out
LINKED_FROM = 0.8  # a published figure stands on a link, so it needs more than the matcher's own threshold
BORNE = "By the naming rules the exact name tells no single organisation."
MOST_CANDIDATES, LEAST = 4, 0.02  # shown beside one another; of the others those at least so likely
# Between these the likeliest organisations are kept of every name that was compared, since what is learned may send it to a person, or link it.
LEAST_TAUGHT, MOST_TAUGHT = 0.1, 0.95
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A name to compare, with what is known beside it and the checksum of that."""

    payee: Payee
    told: str


def put_candidates(change: Change, *, standing: str, catalogue: Catalogue, public_names: str) -> None:
    """Put `scored_candidates`, `match_learning` and `link_candidates` of the names left in the view `unlinked`, and of those that a person decided.

    Reads `published`, `candidates`, `companies`, `decided` and `decided_names` too; `public_names` selects charities that bear a public body's name.
    """
    personal = [str(term["pattern"]) for term in catalogue.vocabularies["legal-forms"].terms if term["says"] == "person"]
    change.con.execute(f"CREATE OR REPLACE TEMP VIEW comparable AS {probable.comparable_sql()}")
    numbers = "register_numbers" if "register_numbers" in change.after else "(SELECT '' AS organisation_id, '' AS relation, '' AS other_id WHERE false)"
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE twins AS {probable.twins_sql(numbers)}")
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE asked AS {probable.asked_sql(personal)}")
    around = probable.around(dict(change.con.execute(probable.shares_sql()).fetchall()))
    made_from = _made_from(change, standing, catalogue, around)
    asked = _left(change, _asked(change, standing), made_from)
    parts = _compared(change, asked, standing=standing, catalogue=catalogue, around=around, made_from=made_from) if asked else []
    rows = " UNION ALL ".join(["SELECT * FROM compared", *(f"SELECT * FROM read_parquet('{change.lake.folder / part.path}')" for part in parts)])
    change.put(SCORED, f"SELECT * FROM ({rows}) ORDER BY published_name, place", made_from=made_from)
    learned, scores = learn_from_decisions(change, standing=standing, catalogue=catalogue, public_names=public_names), shipped_scorer()
    change.put(TABLE, taught.candidates_sql(learned, accept=scores.accept, review=scores.review, linked=LINKED_FROM))


def _asked(change: Change, standing: str) -> list[Asked]:
    found = change.con.execute(probable_payees.payees_sql(standing)).fetchall()
    return [_with(Payee(name, postcode, probable_payees.words_beside(name, context))) for name, postcode, context in found]


def _with(payee: Payee) -> Asked:
    return Asked(payee, probable_payees.asked_with(payee.postcode, payee.context))


def _left(change: Change, asked: Sequence[Asked], made_from: str) -> list[Asked]:
    """Those not compared before with the same beside them; what was compared stands in the table `compared`."""
    told = (("published_name", [each.payee.name for each in asked]), ("asked_with", [each.told for each in asked]))
    change.con.register("asked_now", pa.table({name: pa.array(values, pa.string()) for name, values in told}))
    known = _known(change, made_from)
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE compared AS SELECT k.* FROM ({known}) k SEMI JOIN asked_now USING (published_name, asked_with)")
    change.con.unregister("asked_now")
    held = {name for (name,) in change.con.execute("SELECT DISTINCT published_name FROM compared").fetchall()}
    return [each for each in asked if each.payee.name not in held]


def _known(change: Change, made_from: str) -> str:
    """What was compared in the build before, with the same registers by the same rules."""
    part = change.known_part(SCORED, made_from)
    if part:
        return f"SELECT * FROM read_parquet('{change.lake.folder / part.path}')"
    columns = ", ".join(f'CAST(NULL AS {column.type}) AS "{column.name}"' for column in change.shapes[SCORED].columns)
    return f"SELECT {columns} WHERE false"


def _made_from(change: Change, standing: str, catalogue: Catalogue, around: Surroundings) -> str:
    """A checksum of everything that decides what a name is like: the registers, the scorer, the code and the vocabularies."""
    digest = hashlib.sha256()
    registers = [table for table in ("register_names", "register_numbers") if table in change.after]
    twins = change.con.execute("SELECT company_id, organisation_id FROM companies ORDER BY ALL").fetchall()
    for told in (change.made_of(*registers), standing, sorted(around.registers.items()), twins, [catalogue.vocabularies[slug].terms for slug in VOCABULARIES]):
        digest.update(repr(told).encode())
    digest.update(pickle.dumps(shipped_scorer()))
    package = resources.files("opencompact.organisations")
    for folder in ("rules", "actions"):
        for file in sorted((package / folder).iterdir(), key=lambda entry: entry.name):
            if file.name.startswith(("matching", "names", "probable")) and file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _compared(
    change: Change,
    asked: Sequence[Asked],
    *,
    standing: str,
    catalogue: Catalogue,
    around: Surroundings,
    made_from: str,
) -> list[Part]:
    """The names compared, a part for each portion; a portion that a killed build had compared is taken as it stands."""
    borne = {name for (name,) in change.con.execute("SELECT published_name FROM comparable JOIN candidates USING (normalised_name)").fetchall()}
    parts, held, files = [], None, _files(change)
    for start in range(0, len(asked), PORTION):
        portion = asked[start : start + PORTION]
        key = f"{SCORED} {made_from} {hashlib.sha256(repr(portion).encode()).hexdigest()}"
        if kept := change.unfinished.kept(key):
            parts.append(kept.parts[0][1])
            continue
        held = held or matcher(_entries(change, standing), catalogue=catalogue)
        part = change.rows_part(SCORED, _rows(held, portion, borne, around=around, files=files))
        change.unfinished.keep(key, [(SCORED, part)], [])
        parts.append(part)
    return parts


def _entries(change: Change, standing: str) -> Iterator[Entry]:
    postcodes = dict(change.con.execute(probable_payees.register_postcodes_sql(standing)).fetchall())
    found = change.con.execute(probable.entries_sql(standing, most=MOST_ENTRIES))
    while batch := found.fetchmany(50_000):
        for organisation, name, stands in batch:
            yield Entry(organisation, name, postcodes.get(organisation, ""), stands)


def _files(change: Change) -> dict[str, tuple[str, str | None]]:
    return {
        organisation: (file, sha256)
        for organisation, file, sha256 in change.con.execute("SELECT organisation_id, register_file, register_sha256 FROM stood_on").fetchall()
    }


def _rows(held: Matcher, portion: Sequence[Asked], borne: set[str], *, around: Surroundings, files: Mapping[str, tuple[str, str | None]]) -> Iterator[Row]:
    """The rows of these names: one of what was surely accepted or is near nothing, several of what a person decides now or may by what is learned."""
    matches = held.match([each.payee for each in portion], around=around)
    near = [each.payee for each, match in zip(portion, matches, strict=True) if _is_doubtful(each, match, borne) or _may_be_taught(match)]
    others = dict(zip(near, held.candidates(near, around=around, limit=MOST_CANDIDATES), strict=True)) if near else {}
    for each, match in zip(portion, matches, strict=True):
        if each.payee not in others:
            yield _row(each, 1, match.decision, match, match.why, files)
            continue
        word = REVIEW if _is_doubtful(each, match, borne) else match.decision
        is_borne = each.payee.name in borne
        kept = [other for place, other in enumerate(others[each.payee]) if place == 0 or other.probability >= LEAST]
        for place, other in enumerate(kept, start=1):
            is_first = place == 1
            doubt = f"{BORNE} " if is_first and is_borne else ""
            told = replace(other, is_doubted=is_first and (is_borne or other.is_doubted))
            yield _row(each, place, word if is_first else REVIEW, told, f"{doubt}{other.why}", files)


def _is_doubtful(asked: Asked, match: Match, borne: set[str]) -> bool:
    """Whether by the scorer alone a person decides."""
    return match.decision == REVIEW or asked.payee.name in borne or (match.decision != NONE and not _is_linked(match))


def _may_be_taught(match: Match) -> bool:
    """Whether what is learned may make another word of it."""
    return match.stage in (taught.COMPARED, NONE) and LEAST_TAUGHT <= match.probability < MOST_TAUGHT


def _is_linked(match: Match) -> bool:
    """Whether a published figure may stand on it: likely enough, and by more than initials, which a firm or a way of paying has too."""
    return match.probability >= LINKED_FROM and match.stage != "initials"


def _row(asked: Asked, place: int, decision: str, match: Match, because: str, files: Mapping[str, tuple[str, str | None]]) -> Row:
    row: Row = {"published_name": asked.payee.name, "asked_with": asked.told, "place": place, "decision": decision, "stage": match.stage}
    row |= {"is_doubted": match.is_doubted, "probability": match.probability, "because": because}
    if match.organisation:
        file, sha256 = files.get(match.organisation, (None, None))
        row |= {"organisation_id": match.organisation, "register_name": match.name, "register_file": file, "register_sha256": sha256}
    return row
