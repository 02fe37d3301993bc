"""The facts of a quarter, one by one: who is behind, what stands, which figure, and nothing that is not public."""

from collections import Counter
from datetime import date

import pytest
from tests.office import EXAMPLES, SAMPLES, bodies

from opencompact.organisations.queries.office import office_bodies
from opencompact.promises.rules.commitments import State
from opencompact.web.home import brief_facts as facts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State(), "Not started; no day was set"),
        (State("claimed_done", due_on=date(2025, 5, 30)), "Done, says the owner; due 30 May 2025"),
        (State("claimed_done", "not_delivered", date(2025, 5, 30)), "Not delivered, found independently; due 30 May 2025"),
    ],
)
def test_where_it_stands_is_the_finding_where_there_is_one(state: State, words: str) -> None:
    assert facts._said(state) == words


def test_bodies_behind_are_the_furthest_first_then_by_name_and_a_vacant_post_alone_is_not_behind() -> None:
    names = {"a": "Zeta", "b": "Alpha", "c": "Beta", "d": "Only Vacant"}
    found = facts._must_act(names, Counter({"a": 2, "b": 1}), Counter({"c": 1, "gone": 3}), Counter({"d": 2, "b": 1}))
    assert found == (facts.MustAct("gone", 0, 3, 0), facts.MustAct("Zeta", 2, 0, 0), facts.MustAct("Alpha", 1, 0, 1), facts.MustAct("Beta", 0, 1, 0))


@pytest.mark.parametrize(
    ("until", "vacant"), [(None, {EXAMPLES: 2, SAMPLES: 2}), (date(2025, 6, 30), {EXAMPLES: 2}), (date(2025, 7, 1), {EXAMPLES: 2, SAMPLES: 2})]
)
def test_posts_are_vacant_in_bodies_that_are_there_on_the_day(until: date | None, vacant: dict[str, int]) -> None:
    bodies()
    office_bodies().filter(body=SAMPLES).update(until_on=until)
    assert dict(facts._vacant({row.body: row for row in office_bodies()}, date(2025, 6, 30))) == vacant


@pytest.mark.parametrize(
    ("value", "words"), [(0.25, "25 %, of 1,200; known for 50 %"), (None, "too few to say; known for 50 %"), (0.0, "0 %, of 1,200; known for 50 %")]
)
def test_figure_says_its_cases_and_its_coverage_and_never_nought_for_missing(value, words: str) -> None:
    row = {"value": value, "why_missing": "too few to say", "unit": "share", "n": 1200, "coverage": 0.5, "title": "T"}
    assert facts._figure(row) == facts.Figure("T", words)


def test_without_a_release_there_is_no_figure(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert facts._record("2025-Q2") == ((), "")
