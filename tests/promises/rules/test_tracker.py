"""How a tracker's rows are read, and what is said of those that cannot be."""

from datetime import UTC, date, datetime

import pytest

from opencompact.promises.rules.tracker import Action, Trouble, find_header, plain, read_row

SYNONYMS = {"key": ["ref"], "action": ["action", "what"], "owner": ["owner", "who"], "due_on": ["due"], "delivery": ["status"], "text": ["progress"]}
BODIES = {"department of examples": "examples", "sample and sons": "sons", "voice": "voice"}
STATES = {"done": "claimed_done", "on track": "in_progress"}
COLUMNS = {"key": 0, "action": 1, "owner": 2, "due_on": 3, "delivery": 4, "text": 5}


def test_header_is_searched_below_the_title() -> None:
    rows = [("A plan",), (), ("Ref.", "What?", "WHO", "Due"), ("1", "Do it", "Voice", "")]
    assert find_header(rows, SYNONYMS) == (2, {"key": 0, "action": 1, "owner": 2, "due_on": 3})
    assert find_header([("Ref", "Action")], SYNONYMS) is None
    assert find_header([("x",)] * 15 + [("what", "who")], SYNONYMS) is None


def read(*row: object):
    return read_row(7, row, COLUMNS, bodies=BODIES, states=STATES)


def test_row_is_read_with_joint_owners_day_and_state() -> None:
    assert read(1.0, " Do  it ", "Department of Examples and Voice", datetime(2031, 5, 6, tzinfo=UTC), "On track", "Begun") == (
        Action(7, "1", "", "Do it", ("examples", "voice"), date(2031, 5, 6), "in_progress", "Begun", "", ""),
        [],
    )
    assert read("", "Do it", "Sample and Sons")[0].owners == ("sons",)


@pytest.mark.parametrize("text", ["06/05/2031", "2031-05-06", "6 May 2031", "06-May-31", "06/05/31"])
def test_day_is_read_as_trackers_write_it(text: str) -> None:
    assert read("", "Do it", "Voice", text)[0].due_on == date(2031, 5, 6)
    assert read("", "Do it", "Voice", date(2031, 5, 6))[0].due_on == date(2031, 5, 6)


def test_cells_that_cannot_be_read_are_named_and_the_rest_stands() -> None:
    action, troubles = read("", "Do it", "Voice; Somebody", "soon", "ugly")
    assert (action.owners, action.due_on, action.delivery) == (("voice",), None, "")
    assert troubles == [
        Trouble(7, "owner", "Somebody", "the name of a body that takes part, as the office writes it"),
        Trouble(7, "due_on", "soon", "a day such as 30/09/2031"),
        Trouble(7, "delivery", "ugly", "one of: done, on track"),
    ]


def test_row_without_an_owner_is_not_recorded_and_one_without_an_action_is_passed_over() -> None:
    assert read("", "Do it", "") == (None, [Trouble(7, "owner", "", "the name of at least one body that takes part")])
    assert read("", "", "Voice") == (None, [])
    assert read() == (None, [])


def test_plain_words_lose_capitals_signs_and_spaces() -> None:
    assert (plain("  By-When?  "), plain(None)) == ("by when", "")
