"""The organisations of a release as a register that names are matched to: made once for a release and kept, however many ask at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import duckdb
import pyarrow as pa

from opencompact.lake import Connection, Lake
from opencompact.organisations.actions.matching import Match, Matcher, Payee, matcher, of_person
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.queries.finding import WITHHELD
from opencompact.organisations.queries.review import learning
from opencompact.organisations.rules import settled
from opencompact.organisations.rules.decided import Decided, Decisions, Known, decisions
from opencompact.organisations.rules.learned import learned_of
from opencompact.organisations.rules.matching_scorer import ACCEPTED, NONE, REVIEW
from opencompact.organisations.rules.names import NameRules, name_rules, normalised
from opencompact.registry import load_catalogue

MOST_NAMES = 500_000  # held in memory at about 4 kB each
KEPT = 2  # the latest release and the one the site shows may differ
LOOKED_AT = 25  # candidates among which the organisation of a number is looked for
BY_NUMBER_ALONE = 0.5  # how likely a number is right whose organisation has another name

# Only the first half of a postcode is compared: from a whole one, tried again and again, an address that no page shows could be told.
_DISTRICT = "nullif(regexp_extract(upper(replace(postcode, ' ', '')), '^([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$', 1), '')"
_ORGANISATIONS = f"""
  SELECT organisation_id, name, other_ids, (CASE WHEN is_voluntary THEN 0 WHEN kind = 'public_body' THEN 1 ELSE 2 END) AS turn
  FROM organisations WHERE name <> '{WITHHELD}' ORDER BY turn, on_register DESC, organisation_id LIMIT {{most}}"""
_HISTORY = "SELECT organisation_id, told AS name, CAST(NULL AS VARCHAR) AS district FROM organisation_history WHERE line = 'name' AND told IS NOT NULL"
# Whose entry was removed has ended, whatever word its register has for it.
_STATUS = "concat_ws(' ', status, CASE WHEN removed_on IS NOT NULL THEN 'removed' END)"
_REGISTERS = f"SELECT DISTINCT organisation_id, name, {_DISTRICT} AS district, {_STATUS} AS status FROM register_names WHERE standing = ? AND slug IS NULL"
_PARENTS = """
SELECT organisation_id, min(parent) FROM (
  SELECT organisation_id, other_id AS parent FROM register_numbers WHERE relation = 'parent' AND standing = $standing
  UNION ALL SELECT other_id, organisation_id FROM register_numbers WHERE relation = 'branch' AND standing = $standing)
WHERE organisation_id <> parent GROUP BY organisation_id"""
_ENTRIES = """
WITH told AS (
  SELECT organisation_id, min(district) AS district, string_agg(DISTINCT status, ' ' ORDER BY status) AS status FROM register_names GROUP BY organisation_id),
names AS (
  SELECT organisation_id, name, 0 AS place FROM organisations
  UNION ALL SELECT organisation_id, name, 1 FROM history UNION ALL SELECT organisation_id, name, 2 FROM register_names)
SELECT n.organisation_id, n.name, coalesce(t.district, ''), coalesce(t.status, '')
FROM names n SEMI JOIN organisations USING (organisation_id) LEFT JOIN told t USING (organisation_id)
WHERE trim(n.name) <> ''
QUALIFY row_number() OVER (PARTITION BY n.organisation_id, lower(n.name) ORDER BY n.place, n.name) = 1
ORDER BY n.place, n.organisation_id, n.name"""
_TWINS = """
SELECT other, min(organisation_id) FROM (SELECT organisation_id, unnest(string_split(other_ids, ';')) AS other FROM organisations WHERE other_ids IS NOT NULL)
WHERE other <> organisation_id GROUP BY other HAVING count(DISTINCT organisation_id) = 1"""


@dataclass(frozen=True)
class Offer:
    """The organisations offered, ready to be matched against by any number of readers: how many, how many names, and how many were left out for room.

    `decided` is what people decided about names until the lake was built, which comes before a number and before likeness. Likeness is heeded by what
    decisions had taught when the release was made.
    """

    matcher: Matcher
    organisations: int
    names: int
    left_out: int
    decided: Decisions = field(default_factory=Decisions)

    def match(self, payees: Sequence[Payee], *, known: Sequence[Known] = ()) -> list[Match]:
        """What the payees of one file are taken to be, in order; `known` has for each what is known beside its name."""
        told = known or [Known()] * len(payees)
        matches = self._own().match(payees)
        numbered = [place for place, each in enumerate(told) if each.organisation]
        for place, candidates in zip(numbered, self._ranked([payees[place] for place in numbered]), strict=True):
            matches[place] = _of_number(told[place].organisation, candidates, payees[place])
        decided = [self._decided(payee, each) for payee, each in zip(payees, told, strict=True)]
        return [of_person(found) if found else match for match, found in zip(matches, decided, strict=True)]

    def candidates(self, payees: Sequence[Payee], *, known: Sequence[Known] = ()) -> list[list[Match]]:
        """For each payee its likeliest organisations, each payee by itself; what a person decided, or else the organisation of its number, first.

        Where a person decided that it is nobody on the registers, there is no candidate.
        """
        told = known or [Known()] * len(payees)
        return [
            _first(of_person(found), held) if (found := self._decided(payee, each)) else _with_number(each.organisation, held, payee)
            for payee, each, held in zip(payees, told, self._ranked(payees), strict=True)
        ]

    def _decided(self, payee: Payee, known: Known) -> Decided | None:
        return self.decided.about(normalised(payee.name, self.matcher.rules), known) if self.decided.of else None

    def _ranked(self, payees: Sequence[Payee]) -> list[list[Match]]:
        """The candidates of each; those of the same payee are looked for once."""
        asked = list(dict.fromkeys(payees))
        found = dict(zip(asked, self._own().candidates(asked, limit=LOOKED_AT), strict=True))
        return [found[payee] for payee in payees]

    def _own(self) -> Matcher:
        """The matcher with a connection of one reader's own; what it is made of is shared and never changed."""
        return replace(self.matcher, con=self.matcher.con.cursor())


_kept: dict[str, Offer] = {}
_making = Lock()


def offered(con: Connection, *, release: str, standing: str, lake: Lake | None = None, most: int = MOST_NAMES) -> Offer:
    """The organisations of the release that `con` reads; `release` is its checksum. Made at the first call, which the others wait for, then kept.

    Offered are those with a name in the public table `organisations`, voluntary ones and public bodies first where there are more than `most`. They are also
    found by their names in the release's history and, where the lake is held, by every name of theirs on the registers; those names go nowhere.
    """
    key = f"{release} {_state(lake)} {most}"
    with _making:
        offer = _kept.pop(key, None) or _made(con, standing, lake, most)
        _kept[key] = offer  # the one used last stands last
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]
    return offer


def forget() -> None:
    """Let go of what is kept."""
    _kept.clear()


def _made(con: Connection, standing: str, lake: Lake | None, most: int) -> Offer:
    tables = {
        "organisations": con.sql(_ORGANISATIONS.format(most=most)).to_arrow_table(),
        "history": con.sql(_HISTORY).to_arrow_table(),
        "register_names": _registers(lake, standing),
    }
    count = con.execute(f"SELECT count(*) FROM organisations WHERE name <> '{WITHHELD}'").fetchall()[0][0]
    with duckdb.connect() as own:
        for name, table in tables.items():
            own.register(name, table)
        entries = own.execute(_ENTRIES).fetchmany(most)
        twins = dict(own.execute(_TWINS).fetchall())
    made = matcher(_entries(entries, twins, _parents(lake, standing)), learned=learned_of(learning(con)))
    offered_now = tables["organisations"].num_rows
    return Offer(made, offered_now, len(entries), count - offered_now, _decisions(lake))


def _entries(rows: Sequence[tuple[str, str, str, str]], twins: Mapping[str, str], parents: Mapping[str, str]) -> Iterator[Entry]:
    for organisation, name, district, status in rows:
        # the company that a charity is goes by the charity's number, so that the two are no rivals
        stands, parent = twins.get(organisation, organisation), parents.get(organisation, "")
        yield Entry(stands, name, f"{district} ***" if district else "", parent=twins.get(parent, parent), status=status)


def _registers(lake: Lake | None, standing: str) -> pa.Table:
    nothing = pa.table({name: pa.array([], pa.string()) for name in ("organisation_id", "name", "district", "status")})
    if lake is None or "register_names" not in lake.manifest():
        return nothing
    with lake.connect() as reader:
        return reader.sql(_REGISTERS, params=[standing]).to_arrow_table()


def _parents(lake: Lake | None, standing: str) -> dict[str, str]:
    """The whole that each branch on a register is a part of."""
    if lake is None or "register_numbers" not in lake.manifest():
        return {}
    with lake.connect() as reader:
        return dict(reader.execute(_PARENTS, {"standing": standing}).fetchall())


def _decisions(lake: Lake | None) -> Decisions:
    """What people had decided about names when the lake was built."""
    if lake is None or "name_decisions" not in lake.manifest():
        return Decisions()
    with lake.connect() as reader:
        found = reader.execute(f"{settled.decided_sql(_rules())} ORDER BY decided_on, decision")
        columns = [column[0] for column in found.description or ()]
        return decisions(dict(zip(columns, row, strict=True)) for row in found.fetchall())


def _rules() -> NameRules:
    return name_rules(load_catalogue().vocabularies["name-rules"].terms)


def _state(lake: Lake | None) -> str:
    """Which state of the lake it is: another after each build."""
    manifest = lake.folder / "manifest.json" if lake else None
    return str(manifest.stat().st_mtime_ns) if manifest and manifest.is_file() else ""


def _first(chosen: Match, candidates: list[Match]) -> list[Match]:
    """What a person chose, and the others as they were likely, none of them accepted; nobody where nobody was chosen."""
    if chosen.decision == NONE:
        return []
    return [chosen, *_unaccepted(each for each in candidates if each.organisation != chosen.organisation)]


def _unaccepted(candidates: Iterable[Match]) -> list[Match]:
    return [replace(each, decision=REVIEW if each.decision == ACCEPTED else each.decision) for each in candidates]


def _with_number(number: str, candidates: list[Match], payee: Payee) -> list[Match]:
    """The candidates and the organisation of the number: first where it is accepted; where not, nobody is, and it stands by its probability."""
    if not number:
        return candidates
    first = _of_number(number, candidates, payee)
    rest = _unaccepted(each for each in candidates if each.organisation != number)
    return [first, *rest] if first.decision == ACCEPTED else sorted([first, *rest], key=lambda each: -each.probability)


def _of_number(number: str, candidates: Sequence[Match], payee: Payee) -> Match:
    """The organisation of a number, accepted where the name is like one of its own or none was given; else for a person to look at."""
    like = next((each for each in candidates if each.organisation == number), None)
    if not payee.name.strip():
        return Match(number, "", 1.0, ACCEPTED, "identifier", "Its number was given, and no name.")
    if like:
        return Match(number, like.name, 1.0, ACCEPTED, "identifier", f"Its number was given. {_plain(like.why)}")
    return Match(number, "", BY_NUMBER_ALONE, REVIEW, "identifier", "Its number was given, but the name is not like its own: a person decides.")


def _plain(why: str) -> str:
    """Why, without how likely a name alone made it and what was to be done of it."""
    return re.split(" Learned from | Below ", why, maxsplit=1)[0]
