"""The index of a register's names, and the few names of it that each payee may be: by rare words, by 4-letter pieces, by the same letters, by initials."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from opencompact.organisations.rules.matching_names import initials
from opencompact.organisations.rules.names import NameRules

SMALL = frozenset({"THE", "AND", "OF", "FOR", "IN", "AT", "A"})
EACH = 8  # candidates of each way
SHORT, LONG = 3, 8  # letters of an acronym
DATED = 10**9  # from here on `recency` is of the register of England and Wales, whose numbers go up with the day of registration
_LEAST_LIKE = 0.08  # likeness below which a candidate is never right
_COMMON = 0.02  # pieces in more of the names than this say too little to be worth their time
_WORTH = 6_000  # register names looked through for each payee, its rarest words and pieces first: so a larger register costs no more a name
_SAME = 30  # names alike that are looked at
_AT_ONCE = 1_000_000  # letters or pieces read at a time, so that what is needed on the way stays small
_LETTERS = b" ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_CODES = len(_LETTERS) + 1  # and one for any other letter
Matrix = Any  # scipy.sparse.csr_matrix
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Register:
    """Names to match against: the org-id, the name as compared and as spelled, and whether it is only a part of the published name."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    spelled: tuple[str, ...]
    is_part: NDArray[np.bool_]


class Index:
    """Words and pieces of a register's names, weighted by how rare they are; `more_words` are known even where no name has them.

    `same_as` gives for an org-id the one that stands for both.
    """

    def __init__(self, register: Register, *, more_words: Iterable[str] = (), same_as: Mapping[str, str] | None = None) -> None:
        self.register = register
        self.size = len(register.names)
        numbers: dict[str, int] = {}
        standing = [(same_as or {}).get(each, each) for each in register.ids]
        self.organisations = np.array([numbers.setdefault(each, len(numbers)) for each in standing], dtype=np.int64)
        self.recency = np.array([recency(each) for each in register.ids], dtype=np.int64)
        self.recencies = _distinct(self.recency[self.recency >= DATED])
        self.words = {word: place for place, word in enumerate(dict.fromkeys([word for name in register.names for word in name.split()] + list(more_words)))}
        indptr, found = self._found_words(register.names)
        self.times = np.bincount(found, minlength=len(self.words)).astype(np.int64)
        self.rarity = np.log1p(self.size / np.maximum(self.times, 1)).astype(np.float32)
        self.unseen = float(np.log1p(self.size))
        self.by_word = self._weighed_words(indptr, found)
        self._read_pieces()
        self._word_columns = _unit(self.by_word).T.tocsr()
        self._piece_columns = self.by_piece.T.tocsr()
        self._read_alike()
        self._initials: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(register.names):
            for short in set(initials(name.split(), SMALL)):
                if SHORT <= len(short) <= LONG:
                    self._initials[short].append(place)

    def of_words(self, names: Sequence[str]) -> Matrix:
        """Names by words; words of no register name are left out."""
        return self._weighed_words(*self._found_words(names))

    def of_pieces(self, names: Sequence[str]) -> Matrix:
        """Names by their 4-letter pieces, each row of length 1."""
        return self._weighed_pieces(*_pieces(names), len(names))

    def unseen_words(self, name: str) -> int:
        """How many words of a name no register name has."""
        return sum(word not in self.words or not self.times[self.words[word]] for word in set(name.split()))

    def rarest(self, name: str) -> int:
        """In how many register names the rarest of its words stands."""
        return int(min((self.times[self.words[word]] if word in self.words else 0 for word in name.split()), default=0))

    def alike(self, name: str) -> int:
        """The number of a name with its blanks taken out, as `alike_of` has it for each place of the register; -1 for one that none is like."""
        return self._alike.get(name.replace(" ", ""), -1)

    def candidates(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        """Pairs of (row of `names`, place in the register) worth comparing, each once."""
        pieces = _rarest(self.of_pieces(names), self._piece_times)
        words = _rarest(_unit(self.of_words(names)), self.times)
        by_piece = sp_matmul_topn(pieces, self._piece_columns, top_n=EACH, threshold=_LEAST_LIKE)
        by_word = sp_matmul_topn(words, self._word_columns, top_n=EACH, threshold=_LEAST_LIKE)
        pairs = [_pairs(by_piece), _pairs(by_word), self._same(names)]
        rows, places = (np.concatenate(each) for each in zip(*pairs, strict=True))
        both = _distinct(rows.astype(np.int64) * self.size + places)
        return both // max(self.size, 1), both % max(self.size, 1)

    def _same(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        found: list[tuple[int, int]] = []
        for row, name in enumerate(names):
            joined = name.replace(" ", "")
            if (number := self.alike(name)) >= 0:
                first, end = self._alike_begins[number : number + 2]
                found += [(row, place) for place in self._by_alike[first:end][:_SAME].tolist()]
            if SHORT <= len(joined) <= LONG:
                found += [(row, place) for place in self._initials.get(joined, ())[:_SAME]]
        held = np.array(found, dtype=np.int64).reshape(-1, 2)
        return held[:, 0], held[:, 1]

    def _found_words(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        """For each name where its words begin, and the words, each once a name."""
        known, ends = self.words, [0]
        found: list[int] = []
        for name in names:
            found += {known[word] for word in name.split() if word in known}
            ends.append(len(found))
        return np.array(ends, dtype=np.int64), np.array(found, dtype=np.int64)

    def _weighed_words(self, indptr: Ints, found: Ints) -> Matrix:
        rows = sparse.csr_matrix((self.rarity[found], found.astype(np.int32), indptr), shape=(len(indptr) - 1, len(self.words)))
        rows.sort_indices()
        return rows

    def _read_alike(self) -> None:
        """Which names have the same letters, blanks aside, and how many organisations bear each as a whole name; where none does, as a part of theirs."""
        self._alike: dict[str, int] = {}
        known = self._alike
        self.alike_of = np.fromiter((known.setdefault(name.replace(" ", ""), len(known)) for name in self.register.names), np.int64, count=self.size)
        self._by_alike = np.argsort(self.alike_of, kind="stable")
        self._alike_begins = np.searchsorted(self.alike_of[self._by_alike], np.arange(len(known) + 1))
        bearers = [_bearers(self.alike_of[chosen], self.organisations[chosen], len(known)) for chosen in (~self.register.is_part, slice(None))]
        self.namesakes = np.where(bearers[0] > 0, *bearers)[self.alike_of]

    def _read_pieces(self) -> None:
        """Which pieces are kept, how often each stands in the register, and the names by them."""
        rows, pieces = _pieces(self.register.names)
        often = np.zeros(_CODES**4, dtype=np.int64)
        for start in range(0, len(pieces), _AT_ONCE):  # numpy counts a copy in wide numbers
            often += np.bincount(pieces[start : start + _AT_ONCE], minlength=_CODES**4)
        kept = np.flatnonzero((often > 0) & (often <= max(int(_COMMON * self.size), 50)))
        self._column_of = np.full(_CODES**4, -1, dtype=np.int32)
        self._column_of[kept] = np.arange(len(kept), dtype=np.int32)
        self._piece_times = often[kept].astype(np.int64)
        self._piece_rarity = np.log1p(self.size / often[kept]).astype(np.float32)
        self.by_piece = self._weighed_pieces(rows, pieces, self.size)

    def _weighed_pieces(self, rows: NDArray[np.int32], pieces: NDArray[np.int32], size: int) -> Matrix:
        columns = self._column_of[pieces]
        known = columns >= 0
        rows, columns = rows[known], columns[known]
        indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=size))))
        held = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, indptr), shape=(size, len(self._piece_rarity)))
        held.sum_duplicates()
        held.data = self._piece_rarity[held.indices]
        return _unit(held)


def recency(identifier: str) -> int:
    """A number that grows as an organisation was registered later, as far as its number tells; England and Wales before the other lists."""
    last = identifier.rsplit("-", 1)[-1]
    digits = last if last.isdigit() else "".join([letter for letter in last if letter.isdigit()])
    return int(digits[:9] or 0) + (DATED if identifier.startswith("GB-CHC-") else 0)


def twins(register: Register, rules: NameRules) -> dict[str, str]:
    """Org-ids set aside by the naming rules' `twin`, each with the one id of the same name that stands for both."""
    found: dict[str, str] = {}
    for guard in rules.twin:
        second, first = re.compile(guard.pattern), re.compile(guard.of)
        seconds = [(identifier, name) for identifier, name in zip(register.ids, register.names, strict=True) if second.search(identifier)]
        borne: dict[str, set[str]] = {name: set() for _, name in seconds}
        for identifier, name in zip(register.ids, register.names, strict=True):
            if name in borne and first.search(identifier):
                borne[name].add(identifier)
        for identifier, name in seconds:
            if len(borne[name]) == 1:
                found.setdefault(identifier, *borne[name])
    return found


def _pieces(names: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Every 4-letter piece of every name: the rows, and the pieces as numbers."""
    parts, step = [], max(_AT_ONCE // 32, 1)
    for start in range(0, max(len(names), 1), step):
        rows, pieces = _pieces_at_once(names[start : start + step])
        parts.append((rows + np.int32(start), pieces))
    rows, pieces = (np.concatenate(each) for each in zip(*parts, strict=True))
    return rows, pieces


def _pieces_at_once(names: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    lengths = np.fromiter((len(name) + 2 for name in names), dtype=np.int64, count=len(names))
    written = "".join(f" {name} " for name in names).encode("ascii", "replace")
    number = np.full(256, _CODES - 1, dtype=np.int32)
    number[np.frombuffer(_LETTERS, dtype=np.uint8)] = np.arange(len(_LETTERS), dtype=np.int32)
    letters = number[np.frombuffer(written, dtype=np.uint8)]
    rows = np.repeat(np.arange(len(names), dtype=np.int32), lengths)
    codes = ((letters[:-3] * _CODES + letters[1:-2]) * _CODES + letters[2:-1]) * _CODES + letters[3:]
    whole = rows[:-3] == rows[3:]
    return rows[:-3][whole], codes[whole]


def _bearers(names: Ints, organisations: Ints, size: int) -> Ints:
    """How many organisations bear each of so many numbered names."""
    many = int(organisations.max()) + 1 if len(organisations) else 1
    return np.bincount(_distinct(names * many + organisations) // many, minlength=size)


def _distinct(values: Ints) -> Ints:
    """The values in order, each once: for so many by sorting, which is quicker than by a table of them as numpy does."""
    held = np.sort(values)
    return held[np.concatenate(([True], held[1:] != held[:-1]))] if len(held) else held


def rows_of(matrix: Matrix) -> Ints:
    """The row of each value that a sparse matrix holds."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _unit(matrix: Matrix) -> Matrix:
    """The rows made of length 1; empty ones stay empty."""
    many = np.diff(matrix.indptr)
    begins = matrix.indptr[:-1][many > 0]
    length = np.ones(matrix.shape[0], dtype=np.float32)
    if len(begins):
        length[many > 0] = np.maximum(np.sqrt(np.add.reduceat(matrix.data * matrix.data, begins)), 1e-9)
    return sparse.csr_matrix((matrix.data / np.repeat(length, many), matrix.indices, matrix.indptr), shape=matrix.shape)


def _rarest(matrix: Matrix, times: Ints) -> Matrix:
    """Of each row what is rarest, until the register names that have it come to what is worth looking through; at least the rarest one of all."""
    rows = rows_of(matrix)
    order = np.lexsort((times[matrix.indices], rows))
    cost = np.cumsum(times[matrix.indices][order])
    begins = matrix.indptr[:-1][np.diff(matrix.indptr) > 0]
    before = np.zeros(matrix.shape[0], dtype=np.int64)
    before[rows[begins]] = np.where(begins > 0, cost[begins - 1], 0)
    first = np.zeros(len(rows), dtype=bool)
    first[begins] = True
    kept = np.sort(order[(cost - before[rows] <= _WORTH) | first])
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows[kept], minlength=matrix.shape[0]))))
    return sparse.csr_matrix((matrix.data[kept], matrix.indices[kept], indptr), shape=matrix.shape)


def _pairs(found: Matrix) -> tuple[Ints, Ints]:
    return rows_of(found), found.indices.astype(np.int64)
