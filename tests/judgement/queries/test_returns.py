"""What pages ask of returns: as the viewer may see it, missing never nought, and each body's own last return."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.judgement.invented_returns import DUE, KEY, campaign, open_return, take
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import PUBLIC, SEES
from opencompact.judgement.queries import returns as queries

pytestmark = pytest.mark.django_db
ASKED = ("grants", "budget", "contracts")
TODAY = DUE + timedelta(days=1)


def test_lines_tell_each_bodys_response_and_numbers() -> None:
    row = open_return()
    take({"grants": "5.00", "contracts": "not_held"})
    lines = {line.row.body: line for line in queries.lines(PUBLIC, row, asked=ASKED, today=TODAY)}
    assert {body: line.response for body, line in lines.items()} == {EXAMPLES: "partial", SAMPLES: "no_reply"}
    held = lines[EXAMPLES]
    assert (held.number("grants"), held.number("contracts"), held.number("budget"), held.answered(ASKED)) == (Decimal(5), None, None, 1)


@pytest.mark.parametrize("role", ["public", "charity", "lead", "sector", "central", "auditor"])
def test_held_answers_are_seen_by_those_who_may(role: str) -> None:
    row = open_return()
    take({"held_text": "Between us."})
    who = PUBLIC if role == "public" else viewer(role, SAMPLES if role in ("charity", "sector") else "")
    line = queries.line(who, row, EXAMPLES, asked=ASKED, today=TODAY)
    assert line is not None
    may = SEES["held"].get(role) == "any" or role == "lead"
    assert ({name: answer.text for name, answer in line.answers.items()}, line.response) == ({"held_text": "Between us."} if may else {}, "partial")
    assert queries.last_answers(who, [EXAMPLES], questions=["held_text"]) == ({(EXAMPLES, "held_text"): "Between us."} if may else {})


@pytest.mark.parametrize(("role", "seen"), [("central", "foi@sample-town.invalid"), ("sector", "foi@sample-town.invalid"), ("lead", ""), ("public", "")])
def test_address_is_seen_by_those_who_write_to_it(role: str, seen: str) -> None:
    row = campaign()
    line = queries.line(PUBLIC if role == "public" else viewer(role), row, "sample-town", asked=ASKED, today=TODAY)
    assert line is not None
    assert line.row.email == seen
    assert queries.line(PUBLIC, row, "nobody", asked=ASKED, today=TODAY) is None


def test_last_return_is_the_latest_earlier_one_with_an_answer() -> None:
    for year in (2027, 2028, 2029, 2030):
        row = open_return(year)
    take({"grants": "3.00"}, year=2027)
    take({"grants": "4.00", "budget": "9.00", "held_text": "Between us."}, year=2028)
    take({"grants": "7.00"}, year=2030)
    last = queries.last_numbers(PUBLIC, row, asked=ASKED, today=TODAY)
    assert {body: (year, line.number("grants"), line.number("budget")) for body, (year, line) in last.items()} == {EXAMPLES: (2028, Decimal(4), Decimal(9))}
    assert "held_text" not in last[EXAMPLES][1].answers
    assert queries.last_answers(PUBLIC, [EXAMPLES, SAMPLES], questions=["grants", "budget"]) == {(EXAMPLES, "grants"): "7.00"}


def test_rounds_count_who_is_asked_and_who_replied() -> None:
    open_return(2029)
    open_return()
    take({"grants": "5.00"})
    campaign()
    assert [(row.key, row.asked, row.replied, row.last_due_on) for row in queries.rounds("return")] == [("return-2030", 2, 1, DUE), ("return-2029", 2, 0, DUE)]
    assert (queries.return_round(KEY), queries.return_round(KEY, kind="campaign").key) == (None, KEY)


@pytest.mark.parametrize("bodies", [(EXAMPLES,), (EXAMPLES, SAMPLES, "third")])
def test_lines_take_two_queries_whatever_their_number(django_assert_num_queries, bodies: tuple[str, ...]) -> None:
    row = open_return(bodies=bodies)
    take({"grants": "5.00"})
    with django_assert_num_queries(2):
        queries.lines(PUBLIC, row, asked=ASKED, today=AT.date())
