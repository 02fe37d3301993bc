from hypothesis import given
from hypothesis import strategies as st

from opencompact.convening.rules.draw import Quota
from opencompact.convening.rules.roundtables_room import LEAST_PUBLISHED, Covered, Place, Told, covered, missing, published

QUOTA = Quota("region", "wales", 3, 5)
WALES, KENT = {"region": "wales"}, {"region": "kent"}


def test_covered_counts_places_not_declined_accepted_and_came() -> None:
    places = [Place(WALES, "accepted", True), Place(WALES, "accepted", False), Place(WALES, "", True), Place(WALES, "declined", False), Place(KENT, "accepted")]
    assert covered(places, [QUOTA]) == [Covered(QUOTA, drawn=3, accepted=2, came=2)]


def test_missing_before_it_was_held_is_by_places() -> None:
    rows = [Covered(QUOTA, 1, 1, 0), Covered(Quota("region", "kent", 1, 5), 1, 0, 0)]
    assert missing(rows, {"wales": "Wales"}, held=False) == ["Wales: 1 of at least 3 have a place; 2 missing."]


def test_missing_once_held_is_by_who_came_and_says_who_had_a_place() -> None:
    rows = [Covered(QUOTA, 3, 3, 0), Covered(Quota("region", "kent", 2, 5), 1, 1, 1)]
    assert missing(rows, {"wales": "Wales"}, held=True) == [
        "Wales: none of at least 3 came (3 had a place); 3 missing.",
        "kent: 1 of at least 2 came; 1 missing.",
    ]


def test_published_groups_large_enough_stand_alone() -> None:
    assert published({"a": 5, "b": 9}, wider={}) == Told((("a", 5), ("b", 9)))


def test_published_small_groups_and_groups_of_nobody_are_told_together() -> None:
    assert published({"a": 8, "b": 3, "c": 4, "d": 0}, wider={}) == Told((("a", 8),), ("b", "c", "d"), 7)


def test_published_one_small_group_takes_the_smallest_large_one_with_it() -> None:
    assert published({"a": 8, "b": 6, "c": 2}, wider={}) == Told((("a", 8),), ("b", "c"), 8)


def test_published_groups_of_nobody_alone_tell_of_nobody() -> None:
    assert published({"a": 8, "b": 0}, wider={}) == Told((("a", 8),), ("b",), 0)


def test_published_small_groups_that_must_each_be_of_four_take_another_with_them() -> None:
    assert published({"a": 9, "b": 4, "c": 4}, wider={}) == Told((), ("a", "b", "c"), 17)


def test_published_wider_groups_are_merged_first() -> None:
    assert published({"a": 3, "b": 3, "c": 6}, wider={"a": "north", "b": "north"}) == Told((("c", 6), ("north", 6)))


def test_published_of_a_small_room_is_nothing() -> None:
    assert published({"a": 3, "b": 1}, wider={}) is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)), st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xy")))
def test_published_never_tells_of_a_group_under_five_and_loses_nobody(counts, wider) -> None:
    told = published(counts, wider=wider)
    if told is None:
        assert sum(counts.values()) < LEAST_PUBLISHED
        return
    assert sum(number for _, number in told.shown) + told.number == sum(counts.values())
    assert [number for _, number in told.shown if number < LEAST_PUBLISHED] == []
    assert told.number == 0 or told.number >= LEAST_PUBLISHED
