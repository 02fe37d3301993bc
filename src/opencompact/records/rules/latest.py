"""Rows told one after another, in columns: of which object each is, and what was told last of every object, field by field."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Column = Any  # pyarrow.Array


class Objects:
    """Objects numbered in the order they were first told; `keys` are their rows', in the order told.

    `of` is the object of each row, `first` and `last` are the first and the last row of each object.
    """

    def __init__(self, keys: Ints) -> None:
        self._keys, first, of = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(first)
        self._numbers = np.empty_like(order)
        self._numbers[order] = np.arange(len(order))
        self.of: Ints = self._numbers[of]
        self.first: Ints = first[order]
        self._rows = np.argsort(self.of, kind="stable")
        ends = np.cumsum(np.bincount(self.of, minlength=len(order)))
        self._starts = np.append(0, ends)[:-1]
        self.last: Ints = self._rows[ends - 1]

    def latest(self, column: Column) -> Column:
        """Of each object the value told last, null where none was."""
        if not column.null_count:
            return column.take(pa.array(self.last))
        is_told = column.is_valid().to_numpy(zero_copy_only=False)
        return taken(column, np.maximum.reduceat(np.where(is_told, np.arange(len(column)), -1)[self._rows], self._starts))

    def last_at(self, keys: Ints) -> Ints:
        """The last row of the object with each of these keys; -1 where there is none."""
        place = np.searchsorted(self._keys, keys)
        is_held = np.append(self._keys, -1)[place] == keys
        return np.append(self.last, -1)[np.where(is_held, np.append(self._numbers, -1)[place], -1)]


def rows_of(lists: Column) -> tuple[Column, Ints]:
    """The objects of lists, and the place of the list each is in."""
    return pc.list_flatten(lists), pc.list_parent_indices(lists).to_numpy().astype(np.int64)


def within(structs: Column, path: str) -> Column:
    """The field at a path, `value.amount`, of objects."""
    return pc.struct_field(structs, path.split("."))


def keyed(groups: Ints, ids: Column) -> tuple[Ints, int]:
    """A key for each pair of a group and an id, and how many follow one another in a group."""
    found = ids.dictionary_encode(null_encoding="encode")
    return groups * len(found.dictionary) + found.indices.to_numpy(), len(found.dictionary)


def matched(groups: Ints, ids: Column, *, to_groups: Ints, to_ids: Column) -> Ints:
    """For each of these pairs of a group and an id the last row with the same of the groups and ids matched to; -1 where there is none."""
    keys, _ = keyed(np.append(to_groups, groups), pa.concat_arrays([to_ids, ids]))
    return Objects(keys[: len(to_groups)]).last_at(keys[len(to_groups) :])


def taken(column: Column, places: Ints) -> Column:
    """The values at these places; null at -1."""
    return column.take(pa.array(places, mask=places < 0))


def last_of(groups: Ints, rows: Ints, *, count: int) -> Ints:
    """Of each of so many groups the last of these rows, in the order given; -1 where it has none of them."""
    last = np.full(count, -1)
    last[groups[rows]] = rows
    return last


def are(truths: Column) -> NDArray[np.bool_]:
    """Where it is true; null is not."""
    is_so: NDArray[np.bool_] = truths.fill_null(False).to_numpy(zero_copy_only=False)
    return is_so


def any_of(truths: Column, groups: Ints, *, count: int) -> Column:
    """Whether any of each group is true, null where it is told of none."""
    told = [np.bincount(groups[each], minlength=count) > 0 for each in (are(truths), are(truths.is_valid()))]
    return pa.array(told[0], mask=~told[1])


def filled(texts: Column) -> Column:
    """The texts, null where empty."""
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def holding(lists: Column, word: str) -> Column:
    """Whether the word is in each list; null where there is no list."""
    words, places = rows_of(lists)
    is_held = np.zeros(len(lists), np.bool_)
    is_held[places[are(pc.equal(words, word))]] = True
    return pa.array(is_held, mask=~are(lists.is_valid()))
