"""How events are chained."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.audit.rules import BEGINNING, Broken, Fields, Head, Link, NotCanonical, canonical, chain, first_broken, head_line, parse_head

AT = datetime(2031, 11, 22, 9, 30, tzinfo=UTC)
texts = st.text(max_size=5)


def linked(count):
    links, previous = [], BEGINNING
    for sequence in range(1, count + 1):
        said = Fields(sequence, AT + timedelta(hours=sequence), "sample-officer", "freeze release", f"2031-{sequence}", "", "{}")
        links.append(Link(said, previous, chain(previous, said)))
        previous = links[-1].hash
    return links


def head_of(links):
    return Head(len(links), links[-1].hash) if links else None


def test_canonical_form_is_sorted_tight_and_in_utc():
    assert (
        canonical({"b": [1, None, True], "a": AT.astimezone(timezone(timedelta(hours=1))), "é": "ü"})
        == '{"a":"2031-11-22T09:30:00.000000+00:00","b":[1,null,true],"é":"ü"}'
    )


@pytest.mark.parametrize("value", [AT.replace(tzinfo=None), float("nan"), {1, 2}, b"x"])
def test_value_without_a_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical, match="expected text, numbers"):
        canonical({"a": value})


def test_hash_covers_the_hash_before_and_the_canonical_fields():
    said = Fields(1, AT, "o", "v", "s", "b", "{}")
    content = f'{BEGINNING}\n{{"at":"2031-11-22T09:30:00.000000+00:00","because":"b","by":"o","detail":"{{}}","sequence":1,"subject":"s","verb":"v"}}'
    assert chain(BEGINNING, said) == hashlib.sha256(content.encode()).hexdigest()


@given(st.lists(st.tuples(texts, texts, texts, texts), min_size=2, max_size=2, unique=True))
def test_other_fields_give_another_hash(said):
    assert len({chain(BEGINNING, Fields(1, AT, by, verb, subject, because, "{}")) for by, verb, subject, because in said}) == 2


@given(st.integers(0, 6), st.integers(0, 6))
def test_chain_as_recorded_holds_though_the_head_lags(count, lag):
    links = linked(count)
    assert first_broken(links, head_of(links[: max(1, count - lag)])) is None


@given(st.integers(1, 6), st.data())
def test_change_of_any_field_is_found_at_its_event(count, data):
    links = linked(count)
    place = data.draw(st.integers(0, count - 1))
    name = data.draw(st.sampled_from([field.name for field in fields(Fields) if field.name != "sequence"]))
    said = links[place].said
    value = getattr(said, name)
    broken = [
        *links[:place],
        replace(links[place], said=replace(said, **{name: value + timedelta(seconds=1) if name == "at" else f"{value}x"})),
        *links[place + 1 :],
    ]
    assert first_broken(broken, head_of(links)) == Broken(place + 1, "was changed: what it says no longer gives its hash")


@given(st.integers(2, 6), st.data())
def test_event_removed_from_the_middle_is_found(count, data):
    links = linked(count)
    place = data.draw(st.integers(0, count - 2))
    wrong = f"is missing: event {place + 2} stands where event {place + 1} was expected, so one was removed or renumbered"
    assert first_broken([*links[:place], *links[place + 1 :]], head_of(links)) == Broken(place + 1, wrong)


def test_events_removed_and_renumbered_are_found():
    first, _, third = linked(3)
    assert first_broken([first, replace(third, said=replace(third.said, sequence=2))], head_of([first])) == Broken(
        2, "does not follow the event before it: events were removed, replaced or put in another order"
    )


def test_events_in_another_order_are_found():
    first, second, third = linked(3)
    assert first_broken([first, third, second], None) == Broken(2, "is missing: event 3 stands where event 2 was expected, so one was removed or renumbered")


@given(st.integers(1, 6), st.data())
def test_end_cut_off_is_found(count, data):
    links = linked(count)
    held = data.draw(st.integers(0, count - 1))
    assert first_broken(links[:held], head_of(links)) == Broken(
        held + 1, f"is missing: the head file tells of {count} events, and {held} are held, so the end was cut off"
    )


def test_chain_written_anew_is_found():
    links = linked(2)
    said = replace(links[1].said, subject="another")
    anew = [links[0], Link(said, links[0].hash, chain(links[0].hash, said))]
    assert first_broken(anew, head_of(links)) == Broken(2, "is not the event the head file tells of: the chain was written anew")


def test_missing_head_is_told_once_there_are_events():
    wrong = "is the last event held, and there is no readable head file to say whether later ones were cut off"
    assert (first_broken([], None), first_broken(linked(2), None)) == (None, Broken(2, wrong))


@given(st.integers(0, 2**60))
def test_head_line_read_back_is_the_same_head(sequence):
    assert parse_head(head_line(Head(sequence, "ab" * 32))) == Head(sequence, "ab" * 32)


@pytest.mark.parametrize("text", ["", "1", "1 ab", f"x {'a' * 64}", f"{'a' * 64}"])
def test_head_line_that_is_none(text):
    assert parse_head(text) is None
