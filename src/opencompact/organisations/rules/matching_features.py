"""What is compared of a payee's name and a register's: likeness of letters and words, what each has over, kinds of payee, rivals, registers of the file."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import distance, fuzz, process

from opencompact.organisations.rules.matching_index import SMALL, Floats, Index, Ints
from opencompact.organisations.rules.matching_names import initials

FIRM, CIC = re.compile(r"\b(LTD|LIMITED|LLP|PLC)\b"), re.compile(r"\bC ?I ?C\b|COMMUNITY INTEREST")
_CUT = (28, 36)  # letters at which systems cut a name off
_RIVAL = 0.02
_ALIKE = {"ratio": fuzz.ratio, "words_sorted": fuzz.token_sort_ratio, "words_shared": fuzz.token_set_ratio, "part": fuzz.partial_ratio}


@dataclass(frozen=True)
class Payees:
    """Published names to match, one row a name that a payee may go by: whose it is, as compared, as spelled, and whether it is only a part."""

    owner: Ints
    names: tuple[str, ...]
    spelled: tuple[str, ...]
    is_part: np.ndarray


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
    """Every feature of these pairs; `classes` gives the class of a word of the vocabulary `payee-words`."""
    left = [payees.names[row] for row in rows]
    right = [index.register.names[place] for place in places]
    columns: dict[str, Floats] = {name: process.cpdist(left, right, scorer=scorer) / 100.0 for name, scorer in _ALIKE.items()}
    columns["beginning"] = np.asarray(process.cpdist(left, right, scorer=distance.JaroWinkler.normalized_similarity), float)
    columns["joined"] = process.cpdist(["".join(each.split()) for each in left], ["".join(each.split()) for each in right], scorer=fuzz.ratio) / 100.0
    columns |= _weights(index, payees, rows, places)
    columns |= _shapes(left, right, payees, index, rows, places)
    columns |= _kinds(left, right, classes)
    columns |= _rivals(columns, payees.owner[rows], [index.register.ids[place] for place in places])
    return Pairs(rows, places, columns)


def _weights(index: Index, payees: Payees, rows: Ints, places: Ints) -> dict[str, Floats]:
    held, inverse = np.unique(rows, return_inverse=True)
    names = [payees.names[row] for row in held]
    unseen = np.array([index.unseen_words(name) for name in names], float)[inverse] * index.unseen
    words, others = index.of_words(names)[inverse], index.by_word[places]
    shared = words.minimum(others)
    common, ours, theirs = _sum(shared), _sum(words) + unseen, _sum(others)
    return {
        "shared": common,
        "share_of_payee": common / np.maximum(ours, 1e-9),
        "share_of_register": common / np.maximum(theirs, 1e-9),
        "over_in_payee": np.maximum(_most(words - shared), np.where(unseen > 0, index.unseen, 0)),
        "over_in_register": _most(others - shared),
        "rarest_shared": _most(shared),
        "pieces": _sum(index.of_pieces(names)[inverse].multiply(index.by_piece[places])),
        "rarest_word": np.log1p(np.array([index.rarest(name) for name in names], float))[inverse],
    }


def _shapes(left: Sequence[str], right: Sequence[str], payees: Payees, index: Index, rows: Ints, places: Ints) -> dict[str, Floats]:
    ours, theirs = [name.split() for name in left], [name.split() for name in right]
    long, others = np.array([len(name) for name in left], float), np.array([len(name) for name in right], float)
    begins = np.array([len(a) < len(b) and b.startswith(a) for a, b in zip(left, right, strict=True)], float)
    spelled = [payees.spelled[row] for row in rows]
    cut = np.array([_CUT[0] <= len(text) <= _CUT[1] for text in spelled], float)
    return {
        "letters_of_payee": long,
        "letters_of_register": others,
        "letters": np.minimum(long, others) / np.maximum(np.maximum(long, others), 1),
        "words_of_payee": np.array([len(words) for words in ours], float),
        "words_of_register": np.array([len(words) for words in theirs], float),
        "first_word": np.array([a[:1] == b[:1] for a, b in zip(ours, theirs, strict=True)], float),
        "same": np.array([a == b for a, b in zip(left, right, strict=True)], float),
        "begins": begins,
        "cut_off": cut * begins,
        "initials": np.array([_are_initials(a, b) for a, b in zip(ours, theirs, strict=True)], float),
        "same_numbers": np.array([_numbers(a) == _numbers(b) for a, b in zip(ours, theirs, strict=True)], float),
        "firm_of_payee": np.array([bool(FIRM.search(text)) for text in spelled], float),
        "cic_of_payee": np.array([bool(CIC.search(text)) for text in spelled], float),
        "firm_of_register": np.array([bool(FIRM.search(index.register.spelled[place])) for place in places], float),
        "part_of_payee": payees.is_part[rows].astype(float),
        "part_of_register": index.register.is_part[places].astype(float),
    }


def _are_initials(ours: list[str], theirs: list[str]) -> bool:
    joined = "".join(ours)
    return len(ours) <= 2 and len(theirs) > 1 and joined in initials(theirs, SMALL)


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _kinds(left: Sequence[str], right: Sequence[str], classes: Mapping[str, str]) -> dict[str, Floats]:
    """For each class of words whether only the payee's name, or only the register's, has one."""
    found: dict[str, list[float]] = {f"{kind}_of_{side}": [] for kind in sorted(set(classes.values())) for side in ("payee", "register")}
    for name, other in zip(left, right, strict=True):
        ours, theirs = set(name.split()), set(other.split())
        mine = {classes[word] for word in ours - theirs if word in classes}
        its = {classes[word] for word in theirs - ours if word in classes}
        for key, values in found.items():
            kind, _, side = key.partition("_of_")
            values.append(float(kind in (mine if side == "payee" else its)))
    return {key: np.array(values, float) for key, values in found.items()}


def _rivals(columns: Mapping[str, Floats], owner: Ints, ids: Sequence[str]) -> dict[str, Floats]:
    """How far ahead of the best other organisation a pair is, and how many are as good."""
    likeness = (columns["words_sorted"] + columns["pieces"]) / 2
    best: dict[int, dict[str, float]] = defaultdict(dict)
    for payee, organisation, value in zip(owner.tolist(), ids, likeness.tolist(), strict=True):
        held = best[payee]
        held[organisation] = max(held.get(organisation, 0.0), value)
    tops = {payee: sorted(held.values(), reverse=True)[:2] for payee, held in best.items()}
    equals = {payee: sum(value >= tops[payee][0] - _RIVAL for value in held.values()) for payee, held in best.items()}
    ahead = []
    for payee, organisation, value in zip(owner.tolist(), ids, likeness.tolist(), strict=True):
        first, second = (*tops[payee], 0.0)[:2]
        ahead.append(value - (second if best[payee][organisation] == first else first))
    return {"ahead": np.array(ahead, float), "as_good": np.array([equals[payee] for payee in owner.tolist()], float)}


def registers_of_file(same: Floats, words: Floats, owner: Ints, ids: Sequence[str]) -> Floats:
    """How often each pair's register is that of the file's unmistakable names (the same name of three words or more, of one organisation), as a log.

    A file of an English body names few that stand only on the Scottish register, and the file itself tells.
    """
    lists = [identifier.split("-")[1] if identifier.count("-") else identifier for identifier in ids]
    sure: dict[int, set[str]] = defaultdict(set)
    for place in np.flatnonzero((same > 0) & (words >= 3)).tolist():
        sure[int(owner[place])].add(ids[place])
    counted = Counter(next(iter(held)).split("-")[1] for held in sure.values() if len(held) == 1 and "-" in next(iter(held)))
    total = sum(counted.values())
    share = {each: float(np.log((counted[each] + 0.5) / (total + 1.5))) for each in set(lists)}
    return np.array([share[each] for each in lists], float)


def _sum(rows: Any) -> Floats:
    return np.asarray(rows.sum(axis=1), dtype=np.float64).ravel()


def _most(rows: Any) -> Floats:
    return np.asarray(rows.max(axis=1).todense(), dtype=np.float64).ravel()
