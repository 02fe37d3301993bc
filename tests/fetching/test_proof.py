from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.fetching.faults import fault
from opencompact.fetching.feed import Item
from opencompact.fetching.ledger import Entry
from opencompact.fetching.proof import prove

DAY = date(2031, 7, 1)
AFTER = datetime(2031, 7, 3, tzinfo=UTC)


def items(ids, day=DAY):
    return tuple(Item(each, day) for each in ids)


def reading(number, ids, *, window="2031-07-01", ended="finished", at=AFTER, day=DAY, **given):
    """The entries of one reading of one page."""
    head = {"source": "sample", "window": window, "reading": number, "asked_at": at + timedelta(minutes=number)}
    page = {"event": "answer", "chain": "first", "url": "first", "is_usable": True, "arrived": items(ids, day), **given}
    return [Entry(**head, event="begun"), Entry(**head, **page), *([Entry(**head, event=ended)] if ended else [])]


def proved(*groups, at=AFTER + timedelta(days=1)):
    return {proof.day: proof for proof in prove([entry for group in groups for entry in group], at=at)}


def told(proof):
    return proof.state, proof.offered, proof.arrived, proof.missing


def test_nothing_asked_proves_nothing():
    assert proved() == {}


def test_one_reading_without_a_count_proves_nothing_yet():
    assert told(proved(reading(1, "abc"))[DAY]) == ("not_offered_a_count", None, 3, None)


def test_two_readings_that_agree_prove_a_day():
    assert told(proved(reading(1, "abc"), reading(2, "cba"))[DAY]) == ("complete", 3, 3, 0)


@given(st.lists(st.sets(st.sampled_from("abcdef")), min_size=2, max_size=5))
def test_day_without_a_count_is_complete_only_where_two_readings_show_all_that_any_showed(shown):
    proof = proved(*(reading(number, sorted(ids)) for number, ids in enumerate(shown, start=1)))[DAY]
    everything = set().union(*shown)
    assert (proof.state == "complete") == (sum(ids == everything for ids in shown) > 1)
    assert (proof.arrived, proof.differing) == (len(everything), len(everything - set.intersection(*shown)))


@given(offered=st.integers(0, 6), ids=st.sets(st.sampled_from("abcdef")))
def test_day_with_a_count_is_complete_where_so_many_came(offered, ids):
    proof = proved(reading(1, sorted(ids), offered=offered))[DAY]
    assert told(proof) == (("complete" if len(ids) >= offered else "gaps"), offered, len(ids), max(0, offered - len(ids)))


def test_count_of_a_window_proves_its_days_where_it_is_reached():
    window = "2031-07-01_2031-07-02"
    whole = reading(1, "ab", window=window, offered=2)
    assert told(proved(whole)[DAY]) == ("complete", 2, 2, 0)
    short = reading(1, "ab", window=window, offered=3)
    proofs = proved(short)
    assert {day: told(proof) for day, proof in proofs.items()} == {DAY: ("gaps", None, 2, None), date(2031, 7, 2): ("gaps", None, 0, None)}
    assert proofs[DAY].because == "The source counts 3 items and showed 2."


def test_later_failure_does_not_undo_a_proof():
    assert proved(reading(1, "ab", offered=2), reading(2, "", ended="stopped", offered=2))[DAY].state == "complete"


def test_listed_item_that_did_not_arrive_is_missing_by_name():
    index = reading(1, "", listed=items("ab"), offered=2, ended="")
    page = Entry(
        source="sample", window="2031-07-01", reading=1, asked_at=AFTER, event="answer", chain="a", url="a", item="a", is_usable=True, arrived=items("a")
    )
    end = Entry(source="sample", window="2031-07-01", reading=1, asked_at=AFTER, event="finished")
    proof = proved([*index, page, end])[DAY]
    assert (told(proof), proof.wanting, proof.because) == (("gaps", 2, 1, 1), ("b",), "Not everything the source lists arrived.")


@pytest.mark.parametrize(
    ("ended", "given", "because"),
    [
        ("stopped", {"fault": fault("throttled", "status 429")}, "Throttled: status 429."),
        ("", {}, "No reading has come to its end yet."),
        ("finished", {"fault": fault("full_last_page", "no next page")}, "Full last page: no next page."),
    ],
)
def test_reading_that_is_not_sound_leaves_gaps_and_says_why(ended, given, because):
    proof = proved(reading(1, "ab", ended=ended, **given))[DAY]
    assert (told(proof), proof.because, len(proof.faults)) == (("gaps", None, 2, None), because, len(given))


def test_day_between_two_asked_ones_was_not_asked_for():
    proofs = proved(reading(1, "a"), reading(1, "b", window="2031-07-03", day=date(2031, 7, 3), at=AFTER + timedelta(days=2)), at=AFTER + timedelta(days=3))
    assert {day: (proof.state, proof.because) for day, proof in proofs.items() if day.day == 2} == {
        date(2031, 7, 2): ("not_yet_asked", "It was not asked for.")
    }


def test_day_asked_for_before_it_was_over_is_not_proved():
    early = datetime(2031, 7, 1, 12, tzinfo=UTC)
    proof = proved(reading(1, "a", at=early, offered=1), at=early)[DAY]
    assert (proof.state, proof.because, proof.readings) == ("not_yet_asked", "The day is not over yet.", 0)


def test_item_that_comes_again_within_a_reading_is_counted():
    proof = proved(reading(1, "aab", offered=2))[DAY]
    assert (told(proof), proof.repeated) == (("complete", 2, 2, 0), 1)


def test_item_without_a_day_counts_where_one_day_was_asked_for():
    assert told(proved(reading(1, "ab", day=None, offered=2))[DAY]) == ("complete", 2, 2, 0)
    assert proved(reading(1, "ab", day=None, window="2031-07-01_2031-07-02", offered=2))[DAY].offered == 0


def test_unusable_pages_count_for_nothing():
    assert told(proved(reading(1, "ab", is_usable=False))[DAY])[2] == 0


def test_whole_source_has_a_row_for_each_day_it_was_asked():
    first = reading(1, "ab", day=None, offered=2, is_whole=True)
    again = reading(1, "abc", day=None, offered=3, is_whole=True, window="2031-07-08", at=AFTER + timedelta(days=7))
    whole = [Entry(**{**{name: getattr(entry, name) for name in entry.__struct_fields__}, "is_whole": True}) for entry in first + again]
    assert {day.day: told(proof) for day, proof in proved(whole, at=AFTER + timedelta(days=8)).items()} == {1: ("complete", 2, 2, 0), 8: ("complete", 3, 3, 0)}
