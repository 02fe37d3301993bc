import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.rules.latest import Objects, any_of, are, filled, holding, keyed, last_of, matched, rows_of, taken, within


def ints(*values):
    return np.array(values, np.int64)


def test_objects_are_numbered_as_they_were_first_told():
    objects = Objects(ints(7, 3, 7, 5, 3))
    assert (objects.of.tolist(), objects.first.tolist(), objects.last.tolist()) == ([0, 1, 0, 2, 1], [0, 1, 3], [2, 4, 3])


def test_no_rows_are_no_objects():
    objects = Objects(ints())
    assert (len(objects.first), objects.latest(pa.array([], pa.string())).to_pylist(), objects.last_at(ints(1)).tolist()) == (0, [], [-1])


def test_value_told_last_stands_for_each_field():
    objects = Objects(ints(7, 3, 7, 5, 3))
    assert objects.latest(pa.array(["a", "b", None, None, "c"])).to_pylist() == ["a", "c", None]
    assert objects.latest(pa.array(["a", "b", "c", "d", "e"])).to_pylist() == ["c", "e", "d"]


def test_last_row_of_a_key_is_found_and_none_of_an_unknown_one():
    assert Objects(ints(7, 3, 7)).last_at(ints(3, 7, 1, 9)).tolist() == [1, 2, -1, -1]


@given(st.lists(st.tuples(st.integers(0, 4), st.none() | st.text(max_size=1)), max_size=12))
def test_objects_say_what_a_walk_through_the_rows_says(rows):
    walked = {}
    for key, value in rows:
        walked[key] = value if value is not None else walked.get(key)
    objects = Objects(ints(*(key for key, _ in rows)))
    assert objects.latest(pa.array([value for _, value in rows], pa.string())).to_pylist() == list(walked.values())


def test_rows_of_lists_know_their_lists():
    rows, places = rows_of(pa.array([[{"id": "a"}], None, [], [{"id": "b"}, {"id": None}]]))
    assert (within(rows, "id").to_pylist(), places.tolist()) == (["a", "b", None], [0, 3, 3])


def test_field_within_an_object_that_is_not_there_is_null():
    assert within(pa.array([{"value": {"amount": "1"}}, {"value": None}, None]), "value.amount").to_pylist() == ["1", None, None]


def test_keys_tell_pairs_apart():
    keys, size = keyed(ints(0, 0, 1, 1, 0), pa.array(["a", None, "a", "b", "a"]))
    assert (len(set(keys.tolist())), size, keys[0] == keys[4]) == (4, 3, True)
    assert (keys // size).tolist() == [0, 0, 1, 1, 0]


def test_pairs_are_matched_with_the_last_of_the_same():
    places = matched(ints(0, 1, 1), pa.array(["a", "a", None]), to_groups=ints(0, 0, 1), to_ids=pa.array(["a", "a", "b"]))
    assert places.tolist() == [1, -1, -1]


def test_nothing_is_taken_from_place_minus_one():
    assert taken(pa.array(["a", "b"]), ints(1, -1)).to_pylist() == ["b", None]
    assert taken(pa.array([], pa.string()), ints(-1)).to_pylist() == [None]


def test_last_of_each_group_is_of_the_rows_given():
    assert last_of(ints(0, 0, 1, 2), ints(1, 0, 3), count=3).tolist() == [0, -1, 3]


def test_any_of_a_group_is_null_where_nothing_is_told():
    truths = pa.array([True, False, False, None, None])
    assert any_of(truths, ints(0, 0, 1, 1, 2), count=3).to_pylist() == [True, False, None]
    assert are(truths).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize(("lists", "expected"), [([["a"], ["b", "a"], ["b"], [], None], [True, True, False, False, None]), ([], [])])
def test_word_is_held_by_a_list(lists, expected):
    assert holding(pa.array(lists, pa.list_(pa.string())), "a").to_pylist() == expected


def test_empty_text_is_none():
    assert filled(pa.array(["a", "", None])).to_pylist() == ["a", None, None]
