import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.records.rules.consultation import Phrases, ResponseClock, response_clocks, work_out
from opencompact.registry import load_shapes
from opencompact.shapes.consultations import CONSULTATION_COLUMNS
from opencompact.values.days import HolidayWindow

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WINDOWS = [HolidayWindow("bank holiday", "bank_holidays", "england-and-wales"), HolidayWindow("August", "yearly", first=(8, 1), last=(8, 31))]
PHRASES = Phrases((re.compile("shorter because"),), (re.compile("workshop"), re.compile("extra copies")), (re.compile("charit"),))
CLOCKS = [ResponseClock(date(2016, 1, 14), date(2018, 3, 18), 84), ResponseClock(date(2018, 3, 19), None, 84)]
READ_2012 = "the page read on 14 November 2012"


def line(**given):
    blank = dict.fromkeys(column.name for column in CONSULTATION_COLUMNS)
    return {**blank, "opened_on": date(2012, 7, 16), "closed_on": date(2012, 8, 27), "read_on": date(2012, 11, 14), "documents": 0, **given}


def worked(**given):
    return work_out(line(**given), phrases=PHRASES, windows=WINDOWS, clocks=CLOCKS, at=AT)


def test_columns_are_those_the_table_adds():
    added = [column.name for column in load_shapes()["consultations"].columns if column not in CONSULTATION_COLUMNS]
    assert set(worked()) == {"days_open", *added[: added.index("source")]}


def test_length_and_holidays_of_a_summer_consultation():
    found = worked()
    assert {key: found[key] for key in ("days_open", "working_days", "holiday_days", "holidays")} == {
        "days_open": 42,
        "working_days": 29,
        "holiday_days": 27,
        "holidays": "August 2012 (27 days); bank holiday 27 August 2012",
    }


def test_span_without_holiday_has_none_and_nought_days():
    found = worked(opened_on=date(2012, 6, 10), closed_on=date(2012, 6, 20))
    assert (found["holidays"], found["holiday_days"]) == (None, 0)


@pytest.mark.parametrize("wrong", [{"closed_on": date(2012, 7, 1)}, {"closed_on": None}, {"opened_on": None}])
def test_dates_missing_or_in_wrong_order_leave_the_sums_unknown(wrong):
    found = worked(**wrong, page_text="It is shorter because of the law. A workshop was held.")
    assert {key: value for key, value in found.items() if value is not None} == {"sector_relevance": "unknown"}


# Explanations


def explained(**given):
    found = worked(**given)
    return found["explanation"], found["explanation_quote"], found["explanation_found_in"]


def test_explanation_is_quoted_from_the_page():
    text = "Views are asked. It is shorter because of the law. Thanks."
    assert explained(page_text=text) == ("given", "It is shorter because of the law.", READ_2012)


def test_explanation_is_quoted_from_the_short_description_where_the_page_has_none():
    assert explained(page_text="Other.", summary="Shorter because. It is shorter because of the law.") == (
        "given",
        "It is shorter because of the law.",
        "the publisher's short description",
    )


@pytest.mark.parametrize(
    ("documents", "read", "words"),
    [
        (0, None, READ_2012),
        (3, 3, READ_2012),
        (3, None, f"{READ_2012}; its 3 documents were not read"),
        (3, 0, f"{READ_2012}; its 3 documents were not read"),
        (1, 0, f"{READ_2012}; its 1 document was not read"),
        (3, 1, f"{READ_2012}; 2 of its 3 documents were not read"),
        (None, None, f"{READ_2012}; how many documents it had is not held"),
    ],
)
def test_none_found_says_which_documents_were_not_read(documents, read, words):
    assert explained(page_text="Other.", documents=documents, documents_read=read) == ("none_found", None, words)


def test_none_found_says_where_the_day_of_reading_is_not_held():
    assert explained(page_text="Other.", read_on=None) == ("none_found", None, "the page, read on a day not held")


def test_page_not_held_says_so():
    assert explained(page_text=None, summary="Other.", documents=3) == ("not_held", None, "no text of the page is held; its 3 documents were not read")


@pytest.mark.parametrize(("days", "state"), [(83, "none_found"), (84, "not_needed"), (85, "not_needed")])
def test_explanation_is_needed_under_84_days(days, state):
    assert worked(closed_on=date(2012, 7, 16) + timedelta(days=days), page_text="Other.")["explanation"] == state


# Softening and relevance


def test_softening_quotes_the_page_and_names_a_later_closing_day():
    found = worked(page_text="Other. A workshop was held. We sent extra copies.", first_closed_on=date(2012, 8, 20))
    assert found["softened_by"] == "A workshop was held. | We sent extra copies. | closing day moved from 20 August 2012 to 27 August 2012"


@pytest.mark.parametrize(
    "given",
    [{}, {"first_closed_on": date(2012, 8, 27)}, {"first_closed_on": date(2012, 9, 1)}, {"closed_on": date(2012, 12, 1), "page_text": "A workshop."}],
)
def test_softening_is_none_where_nothing_was_found_or_it_was_long_enough(given):
    assert worked(**given)["softened_by"] is None


@pytest.mark.parametrize("column", ["title", "summary", "page_text"])
def test_relevance_quotes_the_words_that_show_it(column):
    found = worked(**{column: "About money. For charities too."})
    assert (found["sector_relevance"], found["relevance_quote"]) == ("yes", "For charities too.")


def test_relevance_is_unknown_and_never_no():
    assert worked(title="Roads")["sector_relevance"] == "unknown"


# Response


def response(**given):
    # Opened under the rule of 2016; due 84 days after 1 March is 24 May.
    found = worked(**{"opened_on": date(2016, 2, 1), "closed_on": date(2016, 3, 1), "read_on": None, **given})
    return found["response_due_on"], found["response_state"]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"responded_on": date(2016, 5, 24)}, "in_time"),
        ({"responded_on": date(2016, 3, 1)}, "in_time"),
        ({"responded_on": date(2016, 5, 25)}, "late"),
        ({"responded_on": date(2016, 2, 28)}, "published_on_unknown_day"),
        ({"read_on": date(2016, 5, 25)}, "overdue"),
        ({"read_on": date(2016, 5, 24)}, "not_due"),
        ({}, "not_held"),
    ],
)
def test_response_state(given, state):
    assert response(**given) == (date(2016, 5, 24), state)


def test_response_is_not_due_on_the_due_day_itself():
    due = AT.date()
    found = worked(opened_on=due - timedelta(days=100), closed_on=due - timedelta(days=84), read_on=None)
    assert (found["response_due_on"], found["response_state"]) == (due, "not_due")


@pytest.mark.parametrize("opened", [date(2016, 1, 13), date(2012, 7, 16)])
def test_no_response_clock_runs_before_a_rule_set_one(opened):
    assert response(opened_on=opened, responded_on=date(2016, 5, 1)) == (None, None)


def test_soonest_of_two_clocks_counts():
    clocks = [ResponseClock(date(2016, 1, 1), None, 84), ResponseClock(date(2016, 1, 1), None, 30)]
    found = work_out(line(opened_on=date(2016, 2, 1), closed_on=date(2016, 3, 1)), phrases=PHRASES, windows=WINDOWS, clocks=clocks, at=AT)
    assert found["response_due_on"] == date(2016, 3, 31)


def test_response_clocks_are_the_rule_sets_that_set_one():
    rows = [
        {"in_force_from": date(2008, 11, 1), "in_force_to": date(2012, 7, 16), "response_days": None},
        {"in_force_from": date(2018, 3, 19), "in_force_to": None, "response_days": 84},
    ]
    assert response_clocks(rows) == (ResponseClock(date(2018, 3, 19), None, 84),)


MAYBE_DAY = st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1))


@settings(deadline=None)
@given(opened_on=MAYBE_DAY, closed_on=MAYBE_DAY, first_closed_on=MAYBE_DAY, responded_on=MAYBE_DAY, read_on=MAYBE_DAY, page_text=st.none() | st.text())
def test_any_line_can_be_worked_out_in_the_words_of_the_table(**given):
    found = worked(**given)
    words = {column.name: column.words for column in load_shapes()["consultations"].columns if column.words}
    assert [(name, found[name]) for name in words if found.get(name) not in (None, *words[name])] == []
