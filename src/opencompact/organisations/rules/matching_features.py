"""What is compared of a payee's name and a register's: likeness of letters and words, what each has over, kinds of payee, rivals, registers of the file."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import distance, fuzz, process
from scipy import sparse

from opencompact.organisations.rules.matching_index import DATED, LONG, SHORT, SMALL, Floats, Index, Ints
from opencompact.organisations.rules.matching_names import initials

FIRM, CIC = re.compile(r"\b(LTD|LIMITED|LLP|PLC)\b"), re.compile(r"\bC ?I ?C\b|COMMUNITY INTEREST")
EACH = 4  # names of the register that are compared in full for each name of a payee, beside those that are the same
_RIVAL = 0.02
_PART = 0.03  # how much less a name is that is only a part of what was published: the whole name goes before it
_ALIKE = {"ratio": fuzz.ratio, "words_shared": fuzz.token_set_ratio, "part": fuzz.partial_ratio}


@dataclass(frozen=True)
class Payees:
    """Published names to match, one row a name that a payee may go by: whose it is, as compared, as spelled, whether it is only a part, and whether what
    was published has a length at which systems cut names off."""

    owner: Ints
    names: tuple[str, ...]
    spelled: tuple[str, ...]
    is_part: np.ndarray
    is_cut: np.ndarray


@dataclass(frozen=True)
class Pairs:
    """Names of payees (rows of Payees) with names of the register (places of the Index), and what is compared of them by the feature's name."""

    rows: Ints
    places: Ints
    columns: Mapping[str, Floats]

    def table(self, order: Sequence[str]) -> Floats:
        """The features as a table, in the order the scorer asks for."""
        return np.column_stack([self.columns[name] for name in order])


def compare(index: Index, payees: Payees, rows: Ints, places: Ints, *, classes: Mapping[str, str]) -> Pairs:
    """Every feature of the likeliest of these pairs; `classes` gives the class of a word of the vocabulary `payee-words`."""
    pieces = index.of_pieces(payees.names)
    likeness = (_sorted_words(index, payees, rows, places), _sum(pieces[rows].multiply(index.by_piece[places])))
    kept = _likeliest(index, payees, rows, places, (likeness[0] + likeness[1]) / 2)
    rows, places = rows[kept], places[kept]
    columns: dict[str, Floats] = {"words_sorted": likeness[0][kept], "pieces": likeness[1][kept]}
    left, right = [payees.names[row] for row in rows], [index.register.names[place] for place in places]
    columns |= _letters(left, right)
    columns |= _weights(index, payees, rows, places, classes)
    columns |= _of_payee(index, payees, rows)
    columns |= _of_register(index, places)
    columns |= _shapes(left, right, payees.is_cut[rows].astype(float))
    owner, organisations = payees.owner[rows], index.organisations[places]
    columns |= _rivals(columns, owner, organisations, index.recency[places])
    columns["initials"] /= np.maximum(_bearers(columns["initials"], owner, organisations), 1)
    return Pairs(rows, places, columns)


def _sorted_words(index: Index, payees: Payees, rows: Ints, places: Ints) -> Floats:
    """The likeness of the names with their words in order of the alphabet."""
    ours = [" ".join(sorted(name.split())) for name in payees.names]
    held, where = np.unique(places, return_inverse=True)
    theirs = [" ".join(sorted(index.register.names[place].split())) for place in held]
    return np.asarray(process.cpdist([ours[row] for row in rows], [theirs[place] for place in where], scorer=fuzz.ratio), float) / 100.0


def _likeliest(index: Index, payees: Payees, rows: Ints, places: Ints, likeness: Floats) -> Ints:
    """The places of pairs worth comparing in full: of each row the likest, and all that have the same letters or initials."""
    alike = np.array([index.alike(name) for name in payees.names], dtype=np.int64)
    is_short = np.array([len(name.replace(" ", "")) <= LONG for name in payees.names], bool)
    sure = is_short[rows] | (alike[rows] == index.alike_of[places])
    order = np.lexsort((-likeness, rows))
    begins = np.searchsorted(rows[order], rows[order], side="left")
    kept = np.zeros(len(rows), bool)
    kept[order] = np.arange(len(rows)) - begins < EACH
    return np.flatnonzero(kept | sure)


def _letters(left: Sequence[str], right: Sequence[str]) -> dict[str, Floats]:
    columns: dict[str, Floats] = {name: process.cpdist(left, right, scorer=scorer) / 100.0 for name, scorer in _ALIKE.items()}
    columns["beginning"] = np.asarray(process.cpdist(left, right, scorer=distance.JaroWinkler.normalized_similarity), float)
    joined = [[name.replace(" ", "") for name in names] for names in (left, right)]
    columns["joined"] = process.cpdist(*joined, scorer=fuzz.ratio) / 100.0
    return columns


def _weights(index: Index, payees: Payees, rows: Ints, places: Ints, classes: Mapping[str, str]) -> dict[str, Floats]:
    """How much of each name's words, weighed by rarity, the other has; and the classes of the words that only one has."""
    unseen = np.array([index.unseen_words(name) for name in payees.names], float)[rows]
    ours, theirs = index.of_words(payees.names)[rows], index.by_word[places]
    shared = ours.minimum(theirs)
    over, missing = ours - shared, theirs - shared
    common, all_ours, all_theirs = _sum(shared), _sum(ours) + unseen * index.unseen, _sum(theirs)
    columns = {
        "shared": common,
        "share_of_payee": common / np.maximum(all_ours, 1e-9),
        "share_of_register": common / np.maximum(all_theirs, 1e-9),
        "over_in_payee": np.maximum(_most(over), np.where(unseen > 0, index.unseen, 0)),
        "over_in_register": _most(missing),
        "unseen_words": unseen,
        "rarest_shared": _most(shared),
    }
    kinds = sorted(set(classes.values()))
    members = _members(index, kinds, classes)
    for side, words in (("payee", ours), ("payee_over", over)):
        counted = (words.sign() @ members).toarray()
        columns |= {f"{kind}_in_{side}": np.minimum(counted[:, place], 1).astype(float) for place, kind in enumerate(kinds)}
    return columns


def _members(index: Index, kinds: Sequence[str], classes: Mapping[str, str]) -> Any:
    """Which words of the index are of which class."""
    held = [(index.words[word], kinds.index(kind)) for word, kind in classes.items() if word in index.words]
    words, places = np.array(held, dtype=np.int64).reshape(-1, 2).T
    return sparse.csr_matrix((np.ones(len(words), np.float32), (words, places)), shape=(len(index.words), len(kinds)))


def _of_payee(index: Index, payees: Payees, rows: Ints) -> dict[str, Floats]:
    """What is known of the payee's name alone."""
    spelled, names = payees.spelled, payees.names
    told = {
        "letters_of_payee": [len(name) for name in names],
        "words_of_payee": [len(name.split()) for name in names],
        "rarest_word": [np.log1p(index.rarest(name)) for name in names],
        "firm_of_payee": [FIRM.search(text) is not None for text in spelled],
        "cic_of_payee": [CIC.search(text) is not None for text in spelled],
        "cut_off": payees.is_cut,
        "part_of_payee": payees.is_part,
    }
    return {name: np.array(values, float)[rows] for name, values in told.items()}


def _of_register(index: Index, places: Ints) -> dict[str, Floats]:
    """What is known of the register's name alone."""
    held, where = np.unique(places, return_inverse=True)
    names, spelled = [index.register.names[place] for place in held], [index.register.spelled[place] for place in held]
    told = {
        "letters_of_register": [len(name) for name in names],
        "words_of_register": [len(name.split()) for name in names],
        "namesakes": index.namesakes[held],
        "firm_of_register": [FIRM.search(text) is not None for text in spelled],
        "cic_of_register": [CIC.search(text) is not None for text in spelled],
        "part_of_register": index.register.is_part[held],
    }
    return {name: np.array(values, float)[where] for name, values in told.items()}


def _shapes(left: Sequence[str], right: Sequence[str], cut: Floats) -> dict[str, Floats]:
    """What the two names have in common in their build."""
    ours, theirs = [name.split() for name in left], [name.split() for name in right]
    pairs = list(zip(ours, theirs, strict=True))
    long, others = np.array([len(name) for name in left], float), np.array([len(name) for name in right], float)
    begins = np.array([len(a) < len(b) and b.startswith(a) for a, b in zip(left, right, strict=True)], float)
    return {
        "letters": np.minimum(long, others) / np.maximum(np.maximum(long, others), 1),
        "first_word": np.array([a[:1] == b[:1] for a, b in pairs], float),
        "same": np.array([a == b for a, b in zip(left, right, strict=True)], float),
        "begins": begins,
        "begins_cut_off": begins * cut,
        "initials": np.array([_are_initials(a, b) for a, b in pairs], float),
        "same_numbers": np.array([_numbers(a) == _numbers(b) for a, b in pairs], float),
    }


def _are_initials(ours: list[str], theirs: list[str]) -> bool:
    joined = "".join(ours) if len(ours) <= 2 else ""
    return SHORT <= len(joined) <= LONG and len(theirs) > 1 and joined in initials(theirs, SMALL)


def _numbers(words: list[str]) -> list[str]:
    return sorted([word for word in words if word[0].isdigit()])


def _rivals(columns: Mapping[str, Floats], owner: Ints, organisations: Ints, recency: Ints) -> dict[str, Floats]:
    """How far ahead of the best other organisation a pair is, how many are as good, and whether it is the one registered last of those."""
    likeness = (columns["words_sorted"] + columns["pieces"]) / 2 - _PART * (columns["part_of_payee"] + columns["part_of_register"])
    if not len(owner):
        return {"ahead": likeness, "as_good": likeness, "latest": likeness}
    keys, group = np.unique(owner * (organisations.max() + 1) + organisations, return_inverse=True)
    best = np.zeros(len(keys))
    np.maximum.at(best, group, likeness)
    order = np.lexsort((-best, whose := keys // (organisations.max() + 1)))
    begins = np.searchsorted(whose[order], whose[order], side="left")
    ranked, rank = best[order], np.arange(len(order)) - begins
    first = ranked[begins]
    follows = np.minimum(begins + 1, len(order) - 1)
    second = np.where(whose[order][follows] == whose[order], ranked[follows], 0.0) * (follows > begins)
    other = np.empty(len(keys))
    other[order] = np.where(rank == 0, second, first)
    equals = np.empty(len(keys))
    equals[order] = np.add.reduceat(ranked >= first - _RIVAL, np.unique(begins)).astype(float)[np.cumsum(rank == 0) - 1]
    top = np.zeros(owner.max() + 1)
    np.maximum.at(top, owner, likeness)
    good = likeness >= top[owner] - _RIVAL
    newest = np.full(owner.max() + 1, -1, dtype=np.int64)
    np.maximum.at(newest, owner[good], recency[good])
    return {"ahead": likeness - other[group], "as_good": equals[group], "latest": (recency >= newest[owner]).astype(float)}


def _bearers(holds: Floats, owner: Ints, organisations: Ints) -> Floats:
    """Of each pair for which something holds, for how many organisations it holds with the same payee; 0 for the others."""
    told, held = np.zeros(len(owner)), np.flatnonzero(holds)
    if len(held):
        each = np.unique(owner[held] * (organisations.max() + 1) + organisations[held]) // (organisations.max() + 1)
        told[held] = np.bincount(each, minlength=owner.max() + 1)[owner[held]]
    return told


@dataclass(frozen=True)
class Surroundings:
    """What the other names of a file tell: the log of how often each register (`CHC`, and `""` for one that does not occur) is that of its unmistakable
    names, and how late the organisations of these were registered, in order.

    A file of an English body names few that stand only on the Scottish register, and one of long ago none that was registered since.
    """

    registers: Mapping[str, float]
    recencies: Ints

    def columns(self, index: Index, places: Ints) -> dict[str, Floats]:
        """The log share of each pair's register, and how much rarer in the file than on the register those are that were registered as late or later."""
        ids = [index.register.ids[place] for place in places]
        later = np.log1p(_later(self.recencies, index.recency[places]))
        expected = np.log1p(_later(index.recencies, index.recency[places]) * len(self.recencies) / max(len(index.recencies), 1))
        return {
            "register_of_file": np.array([self.registers.get(register_of(each), self.registers[""]) for each in ids], float),
            "late_for_file": np.where(index.recency[places] >= DATED, later - expected, 0.0),
        }


def surroundings(index: Index, pairs: Pairs, owner: Ints) -> Surroundings:
    """What a file tells by its unmistakable names: the same name of three words or more, of one organisation."""
    sure: dict[int, dict[str, int]] = defaultdict(dict)
    for pair in np.flatnonzero((pairs.columns["same"] > 0) & (pairs.columns["words_of_payee"] >= 3)).tolist():
        place = int(pairs.places[pair])
        sure[int(owner[pair])][index.register.ids[place]] = int(index.recency[place])
    alone = [next(iter(held.items())) for held in sure.values() if len(held) == 1]
    counted = Counter(register_of(identifier) for identifier, _ in alone)
    logs = {register: float(np.log((times + 0.5) / (len(alone) + 1.5))) for register, times in counted.items()}
    return Surroundings(logs | {"": float(np.log(0.5 / (len(alone) + 1.5)))}, np.sort(np.array([late for _, late in alone if late >= DATED], dtype=np.int64)))


def register_of(identifier: str) -> str:
    """The letters of an org-id's list within its country: `CHC` of `GB-CHC-1900001`; an id without a list is its own."""
    return identifier.split("-")[1] if "-" in identifier else identifier


def _later(recencies: Ints, than: Ints) -> Floats:
    return (len(recencies) - np.searchsorted(recencies, than, side="left")).astype(float)


def _sum(rows: Any) -> Floats:
    return np.asarray(rows.sum(axis=1), dtype=np.float64).ravel()


def _most(rows: Any) -> Floats:
    return np.asarray(rows.max(axis=1).todense(), dtype=np.float64).ravel()
