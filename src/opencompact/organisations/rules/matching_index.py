"""The index of a register's names, and the few names of it that each payee may be: by rare words, by 4-letter pieces, by the same letters, by initials."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from opencompact.organisations.rules.matching_names import initials

SMALL = frozenset({"THE", "AND", "OF", "FOR", "IN", "AT", "A"})
EACH = 8  # candidates of each way
_LEAST_PIECES, _LEAST_WORDS = 0.15, 0.2  # likeness below which a candidate is never right
_COMMON = 0.02  # pieces in more of the names than this say too little to be worth their time
_SHORT, _LONG = 3, 8  # letters of an acronym
_SAME = 30  # names alike that are looked at
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
    """Words and pieces of a register's names, weighted by how rare they are."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.size = len(register.names)
        self.words = {word: place for place, word in enumerate(dict.fromkeys(word for name in register.names for word in name.split()))}
        counted = _count([self.words[word] for name in register.names for word in set(name.split())], len(self.words))
        self.times = counted
        self.rarity = np.log((1 + self.size) / (1 + counted))
        self.unseen = float(np.log(1 + self.size))
        rows, pieces = _pieces(register.names)
        held, self._piece_of = np.unique(pieces, return_inverse=True)
        often = np.bincount(self._piece_of)
        kept = often <= max(int(_COMMON * self.size), 50)
        self._kept = held[kept]
        self._piece_rarity = np.log((1 + self.size) / (1 + often[kept]))
        self.by_word = self.of_words(register.names)
        self.by_piece = self._weighed(rows, pieces, self.size)
        self._word_columns = _unit(self.by_word).T.tocsr()
        self._piece_columns = self.by_piece.T.tocsr()
        self._alike = _places("".join(name.split()) for name in register.names)
        self._initials: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(register.names):
            for short in set(initials(name.split(), SMALL)):
                if _SHORT <= len(short) <= _LONG:
                    self._initials[short].append(place)

    def of_words(self, names: Sequence[str]) -> Matrix:
        """Names by words; words of no register name are left out."""
        found = [(row, self.words[word]) for row, name in enumerate(names) for word in set(name.split()) if word in self.words]
        rows, columns = (np.array(each, dtype=np.int64) for each in zip(*found, strict=True)) if found else (np.zeros(0, int), np.zeros(0, int))
        return sparse.csr_matrix((self.rarity[columns], (rows, columns)), shape=(len(names), len(self.words)))

    def of_pieces(self, names: Sequence[str]) -> Matrix:
        """Names by their 4-letter pieces, each row of length 1."""
        return self._weighed(*_pieces(names), len(names))

    def unseen_words(self, name: str) -> int:
        """How many words of a name no register name has."""
        return sum(word not in self.words for word in set(name.split()))

    def rarest(self, name: str) -> int:
        """In how many register names the rarest of its words stands."""
        return int(min((self.times[self.words[word]] if word in self.words else 0 for word in name.split()), default=0))

    def candidates(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        """Pairs of (row of `names`, place in the register) worth comparing, each once."""
        by_piece = sp_matmul_topn(self.of_pieces(names), self._piece_columns, top_n=EACH, threshold=_LEAST_PIECES)
        by_word = sp_matmul_topn(_unit(self.of_words(names)), self._word_columns, top_n=EACH, threshold=_LEAST_WORDS)
        pairs = [_pairs(by_piece), _pairs(by_word), self._same(names)]
        rows, places = (np.concatenate(each) for each in zip(*pairs, strict=True))
        both = np.unique(rows.astype(np.int64) * self.size + places)
        return both // self.size, both % self.size

    def _same(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        found: list[tuple[int, int]] = []
        for row, name in enumerate(names):
            joined = "".join(name.split())
            found += [(row, place) for place in self._alike.get(joined, ())[:_SAME]]
            if _SHORT <= len(joined) <= _LONG:
                found += [(row, place) for place in self._initials.get(joined, ())[:_SAME]]
        held = np.array(found, dtype=np.int64).reshape(-1, 2)
        return held[:, 0], held[:, 1]

    def _weighed(self, rows: Ints, pieces: Ints, size: int) -> Matrix:
        places = np.searchsorted(self._kept, pieces)
        places[places == len(self._kept)] = 0
        known = self._kept[places] == pieces if len(self._kept) else np.zeros(len(pieces), bool)
        rows, places = rows[known], places[known]
        return _unit(sparse.csr_matrix((self._piece_rarity[places], (rows, places)), shape=(size, len(self._kept))))


def _pieces(names: Sequence[str]) -> tuple[Ints, Ints]:
    """Every 4-letter piece of every name, once a name: the rows, and the pieces as numbers."""
    texts = [f" {name} ".encode("ascii", "replace") for name in names]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    letters = np.frombuffer(b"".join(texts) or b"    ", dtype=np.uint8).astype(np.int64)
    rows = np.repeat(np.arange(len(texts)), lengths)
    if len(letters) < 4 or not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    codes = (letters[:-3] << 24) | (letters[1:-2] << 16) | (letters[2:-1] << 8) | letters[3:]
    whole = rows[:-3] == rows[3:]
    both = np.unique((rows[:-3][whole] << 32) | codes[whole])
    return both >> 32, both & 0xFFFFFFFF


def _count(places: Sequence[int], size: int) -> Ints:
    return np.bincount(np.array(places, dtype=np.int64), minlength=size).astype(np.int64)


def _places(keys: Any) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        found[key].append(place)
    return found


def _unit(rows: Matrix) -> Matrix:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    length[length == 0] = 1
    return (sparse.diags(1 / length) @ rows).tocsr()


def _pairs(found: Matrix) -> tuple[Ints, Ints]:
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    return rows, found.indices.astype(np.int64)
