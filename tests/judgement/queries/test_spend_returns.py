"""Targets and filings with their steps, in two queries however many there are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.judgement.actions.test_spend_returns import ORDER, file_return, set_target, sign
from tests.office import AT, EXAMPLES, viewer

from opencompact.judgement.actions import spend_returns as actions
from opencompact.judgement.queries import spend_returns as queries

pytestmark = pytest.mark.django_db
DAY = date(2031, 5, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_history_and_steps_come_in_two_queries_each(number: int) -> None:
    for _ in range(number):
        sign(set_target(), "presented")
        filed = file_return(because="Again.")
    actions.sign_filing(filed.pk, step="presented", order=ORDER, name="A", post="B", on=DAY, by=viewer("sro"), at=AT)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        targets, filings = queries.targets("sample-return"), queries.filings("sample-return")
    assert len(asked) == 4
    assert [each.place for each in targets[EXAMPLES, "vcse"]] == [each.place for each in filings[EXAMPLES, 2030]] == list(range(1, number + 1))
    assert (targets[EXAMPLES, "vcse"][-1].done, filings[EXAMPLES, 2030][-1].done) == ({"presented": DAY}, {"presented": DAY})


def test_bodies_named_alone_are_given() -> None:
    set_target()
    file_return()
    assert queries.targets("sample-return", bodies=["another"]) == queries.filings("sample-return", bodies=["another"]) == queries.targets("another") == {}
    assert set(queries.targets("sample-return", bodies=[EXAMPLES])) == {(EXAMPLES, "vcse")}
