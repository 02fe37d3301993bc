"""Names read in to be matched, spelled and written out by the one list of naming rules: those of a register, and those of payees."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from opencompact.organisations.rules.matching_features import Payees
from opencompact.organisations.rules.matching_index import Register
from opencompact.organisations.rules.matching_names import Spellings, is_cut, names_of, uncut, written_out
from opencompact.organisations.rules.names import NameRules, normalised_sql, spelled_sql

ENDED = re.compile(r"(?i)\b(removed|ceased|dissolved|deregistered|closed|inactive|ended|liquidated|wound up)\b")
_LEAST_PART = 4  # letters of a part of a name


@dataclass(frozen=True, slots=True)
class Entry:
    """A name on a register."""

    organisation: str
    name: str
    postcode: str = ""
    same_as: str = ""
    parent: str = ""
    kind: str = ""
    status: str = ""


def read_register(held: Sequence[Entry], *, con: duckdb.DuckDBPyConnection, rules: NameRules, known: Spellings) -> tuple[Register, dict[int, Entry]]:
    """The names to match against, and whose each is; what is needed only on the way is let go before the index is made."""
    owner, texts, parts = _every_name([entry.name for entry in held])
    spelled, plain = _plain(con, texts, rules)
    names = [written_out(each, known) for each in plain]
    kept = _kept(held, owner, names, parts)
    register = Register(
        tuple(held[owner[place]].organisation for place in kept),
        tuple(names[place] for place in kept),
        tuple(spelled[place] for place in kept),
        np.array([parts[place] for place in kept], dtype=bool),
    )
    return register, {number: held[owner[place]] for number, place in enumerate(kept)}


def read_payees(names: Sequence[str], *, con: duckdb.DuckDBPyConnection, rules: NameRules, known: Spellings) -> Payees:
    """Published names, with every name each goes by; those without a letter or figure are left out."""
    owner, texts, parts = _every_name(names, others=uncut)
    spelled, plain = _plain(con, texts, rules)
    names_out = [written_out(each, known) for each in plain]
    kept = [place for place, name in enumerate(names_out) if name]
    return Payees(
        np.array([owner[place] for place in kept], dtype=np.int64),
        tuple(names_out[place] for place in kept),
        tuple(spelled[place] for place in kept),
        np.array([parts[place] for place in kept], dtype=bool),
        np.array([is_cut(names[owner[place]]) for place in kept], dtype=bool),
    )


def _every_name(names: Sequence[str], others: Callable[[str], tuple[str, ...]] = lambda _: ()) -> tuple[list[int], list[str], list[bool]]:
    """Every name each goes by, and others: whose it is, the text, and whether it is only a part."""
    found = [(number, text, place > 0) for number, name in enumerate(names) for place, text in enumerate((*names_of(name), *others(name)))]
    return [each[0] for each in found], [each[1] for each in found], [each[2] for each in found]


def _plain(con: duckdb.DuckDBPyConnection, texts: Sequence[str], rules: NameRules) -> tuple[list[str], list[str]]:
    """The texts spelled and normalised, by the one list of naming rules."""
    con.register("given_names", pa.table({"place": range(len(texts)), "name": pa.array(texts, pa.string())}))
    found = con.sql(
        f"SELECT coalesce({spelled_sql('name', rules)}, ''), coalesce({normalised_sql('name', rules)}, '') FROM given_names ORDER BY place"
    ).to_arrow_table()
    con.unregister("given_names")
    return found.column(0).to_pylist(), found.column(1).to_pylist()


def _kept(held: Sequence[Entry], owner: Sequence[int], names: Sequence[str], parts: Sequence[bool]) -> list[int]:
    """The places of names to compare: once an organisation, no part of fewer than four letters, and not where another organisation stands for the name."""
    times, kept = Counter(names), []
    borne: dict[str, dict[str, int]] = defaultdict(dict)
    for place, name in enumerate(names):
        if len(name) > 1 and not (parts[place] and len(name) < _LEAST_PART):
            if times[name] == 1:
                kept.append(place)
            else:
                borne[name].setdefault(held[owner[place]].organisation, place)
    return sorted(kept + [place for bearers in borne.values() for place in bearers.values() if not _gives_way(held, owner, bearers, place)])


def _gives_way(held: Sequence[Entry], owner: Sequence[int], bearers: Mapping[str, int], place: int) -> bool:
    """Whether another bearer of the name stands for it: one that goes on where this one has ended, or the whole that this is an unplaced branch of."""
    if len(bearers) == 1:
        return False
    entry = held[owner[place]]
    if _has_ended(entry) and not all(_has_ended(held[owner[other]]) for other in bearers.values()):
        return True
    return entry.parent != entry.organisation and entry.parent in bearers and not entry.postcode


def _has_ended(entry: Entry) -> bool:
    return ENDED.search(f"{entry.kind} {entry.status}") is not None
