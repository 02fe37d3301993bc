"""What a first page is made of: days in words, lists that say how many they leave out, and what a body inherited."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.office import EXAMPLES, SAMPLES, bodies
from tests.web.home.homes import CENTRAL, opened, owe, promise, texts

from opencompact.asking import queries as asking
from opencompact.organisations.actions.office import record_succession
from opencompact.web.blocks import cell
from opencompact.web.home.first import MOST, are, late_commitments, late_table, owed_table, until

pytestmark = pytest.mark.django_db
TODAY = date(2031, 5, 6)


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "in 1 day"), (9, "in 9 days")])
def test_day_to_come_is_said_with_how_long(days: int, words: str) -> None:
    on = TODAY + timedelta(days=days)
    assert until(on, TODAY).replace("\u00a0", " ") == f"by {on:%-d %B %Y}, {words}"


@pytest.mark.parametrize(("number", "words"), [(0, "0 are late"), (1, "1 is late"), (1200, "1,200 are late")])
def test_number_agrees_with_its_verb(number: int, words: str) -> None:
    assert are(number, "is late", "are late").replace("\u00a0", " ") == words


@pytest.mark.parametrize(("number", "note"), [(0, ""), (MOST, ""), (MOST + 2, f"Showing {MOST} of {MOST + 2}.")])
def test_lists_are_cut_and_say_so(number: int, note: str) -> None:
    bodies()
    for place in range(number):
        owe(f"q{place:02}", EXAMPLES, days=place - 3)
        promise(f"p{place:02}", EXAMPLES, days=-place - 1)
    whose, today = opened("lead", EXAMPLES), timezone.localdate()
    owed, late = owed_table(list(asking.owed(whose.who.viewer)), today, whose.names), late_table(late_commitments(whose.who, ()), today)
    assert (len(owed.rows), owed.note, len(late.rows), late.note) == (min(number, MOST), note, min(number, MOST), note)
    if number:
        assert [row[3] for row in texts(owed)[:5]] == ["3 days past", "2 days past", "1 day past", "today", "in 1 day"]
        assert (texts(late)[0][2], cell(late.rows[0][2]).mark) == (f"{number} days past", "late")


def test_body_answers_for_what_it_inherited_from_that_day_on() -> None:
    bodies()
    promise("own", EXAMPLES, days=-1)
    promise("old", SAMPLES, days=-2)
    whose = opened("lead", EXAMPLES)
    assert whose.lineage() == (EXAMPLES,)
    for days, lineage, late in ((1, (EXAMPLES,), ["own"]), (0, (EXAMPLES, SAMPLES), ["old", "own"])):
        on = timezone.localdate() + timedelta(days=days)
        if days == 0:
            record_succession(SAMPLES, successor=EXAMPLES, on=on, how="merged", by=CENTRAL, at=timezone.now(), because="a test")
        assert (whose.lineage(), [row.key for row in late_commitments(whose.who, whose.lineage())]) == (lineage, late)


def test_bodies_are_called_by_their_names() -> None:
    bodies()
    assert opened("lead", EXAMPLES, SAMPLES).called == "Department of Examples and Ministry of Samples"
    assert (opened("central").called, opened("lead", "unknown").called) == ("every body", "unknown")
