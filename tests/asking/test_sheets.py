"""What goes out as a spreadsheet comes back as it went, and what cannot be read is named by its row and field."""

from datetime import UTC, date, datetime

import pytest

from opencompact.asking.rules.questions import HELD_WORDS, PUBLIC_WORDS, Question
from opencompact.asking.rules.sheets import FIXED, Fault, Filled, Owed, cells, heads, notes, read_row

QUESTIONS = (
    Question("grade", "Grade", "choice", choices=(("good", "Good"), ("bad", "Bad"))),
    Question("on", "Day", "day", help="Of the meeting."),
    Question("held", "Remark", held=True),
    Question("agreed", "Agreed?", "yes_no"),
    Question("number", "How many", "number"),
)
OWED = Owed(7, 3, "Sample Body", "A question", date(2031, 5, 6), {"grade": "bad", "on": "2031-09-30"})


def test_heads_and_notes_stand_over_each_column() -> None:
    assert heads(QUESTIONS) == (*FIXED, "Grade", "Day", "Remark", "Agreed?", "How many")
    assert notes(QUESTIONS)[len(FIXED) :] == (
        f"{PUBLIC_WORDS} One of: Good; Bad.",
        f"{PUBLIC_WORDS} Of the meeting.",
        HELD_WORDS,
        f"{PUBLIC_WORDS} One of: yes; no.",
        PUBLIC_WORDS,
    )


def test_row_that_went_out_comes_back_as_its_answers() -> None:
    row = cells(OWED, QUESTIONS)
    assert row == (7, 3, "Sample Body", "A question", date(2031, 5, 6), "Bad", "2031-09-30", "", "", "")
    assert read_row(3, row, QUESTIONS) == (Filled(3, 7, 3, {"grade": "bad", "on": "2031-09-30"}), [])


def test_values_of_a_spreadsheet_are_read_by_what_they_are() -> None:
    row = (7.0, 3, "b", "t", "d", "good", datetime(2031, 9, 30, tzinfo=UTC), None, True, 4.0)
    assert read_row(3, row, QUESTIONS) == (Filled(3, 7, 3, {"grade": "good", "on": "2031-09-30", "agreed": "yes", "number": "4"}), [])
    assert read_row(3, (7, 3, "b", "t", "d", None, None, None, False, 4.5), QUESTIONS)[1] == [Fault(3, "How many", "4.5", "a whole number, without words")]


@pytest.mark.parametrize("row", [(), (7, 3), (7, 3, "b", "t", "d", "", None, " ", "", "")])
def test_row_without_an_answer_is_passed_over(row) -> None:
    assert read_row(3, row, QUESTIONS) == (None, [])


def test_row_without_its_number_says_so() -> None:
    assert read_row(9, ("x", 3, "b", "t", "d", "good"), QUESTIONS) == (None, [Fault(9, "Number", "x 3", "the number and version that stood there")])


def test_cell_that_cannot_be_read_keeps_the_row_out_and_is_named() -> None:
    filled, faults = read_row(4, (7, 3, "b", "t", "d", "ugly", "soon"), QUESTIONS)
    assert (filled, faults) == (None, [Fault(4, "Grade", "ugly", "one of: Good; Bad"), Fault(4, "Day", "soon", "a day such as 2031-09-30 or 30/09/2031")])


def test_formula_is_refused() -> None:
    assert read_row(4, (7, 3, "b", "t", "d", "=1+1"), QUESTIONS) == (None, [Fault(4, "Grade", "=1+1", "the value itself, not a formula")])
