from datetime import UTC, date, datetime

import pytest

from opencompact.accounts.rules import MAY
from opencompact.convening.rules.roundtables import RIGHTS, STATES, STEPS, WHEN, Contact, Trouble, may_step, read_pool, silence_words, waiting

HEADERS = {
    "name": ["name"], "organisation": ["organisation", "charity"], "email": ["email", "e mail"], "region": ["region"], "size_band": ["size"],
    "sub_sector": ["sub sector"], "role": ["role"], "last_invited_on": ["last invited"],
}  # fmt: skip
VALUES = {"region": {"wales": "wales", "north east": "north-east"}, "size_band": {"micro": "micro"}, "sub_sector": {}, "role": {}}
HEAD = ("Name", "Charity", "E-mail", "Region", "Last invited")
SOMEBODY = ("Sample Person", "Sample Charity", "One@Sample.invalid", "Wales", None)


def pool(*rows, head=HEAD):
    return read_pool([head, *rows], headers=HEADERS, values=VALUES)


def test_steps_lead_from_and_to_states_there_are_and_each_verb_has_a_right() -> None:
    assert {state for starts, end in STEPS.values() for state in (*starts, end)} | set().union(*WHEN.values()) <= set(STATES)
    assert set(RIGHTS) == {*STEPS, *WHEN}
    assert set(RIGHTS.values()) - set(MAY) == set()


@pytest.mark.parametrize(("verb", "state", "may"), [("draw", "planned", True), ("draw", "held", False), ("point", "held", True), ("point", "closed", False)])
def test_may_step_of_steps_and_of_what_keeps_the_state(verb, state, may) -> None:
    assert may_step(verb, state) is may


@pytest.mark.parametrize(("today", "number"), [(date(2031, 5, 1), 2), (date(2031, 5, 2), 2), (date(2031, 5, 3), 0)])
def test_waiting_counts_the_due_day_itself(today, number) -> None:
    assert waiting(["", "yes", ""], date(2031, 5, 2), today) == number


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2031, 5, 2), "no reply yet: due on 2 May 2031"),
        (date(2031, 5, 3), "no reply: it was due on 2 May 2031, 1 day ago"),
        (date(2031, 5, 12), "no reply: it was due on 2 May 2031, 10 days ago"),
    ],
)
def test_silence_words_show_how_it_was_counted(today, said) -> None:
    assert silence_words(date(2031, 5, 2), today) == said


def test_read_pool_of_an_empty_sheet_says_what_was_expected() -> None:
    assert read_pool([], headers=HEADERS, values=VALUES) == ([], [Trouble(1, "", "an empty sheet", "a row of headers, then a row for each contact")])


def test_read_pool_reads_rows_and_passes_empty_ones() -> None:
    assert pool(SOMEBODY, (None, "", " ", None, None)) == ([Contact(2, "Sample Person", "Sample Charity", "one@sample.invalid", "wales")], [])


def test_read_pool_a_column_for_opinions_is_not_kept_and_said() -> None:
    held, troubles = pool((*SOMEBODY, "a critic"), head=(*HEAD, "Opinion"))
    assert troubles == [Trouble(1, "Opinion", "a column that is none of the pool's", "no such column: it was not kept")]
    assert [vars(each) for each in held] == [vars(each) for each in pool(SOMEBODY)[0]]


def test_read_pool_without_a_column_it_needs_reads_nothing() -> None:
    held, troubles = pool(("Sample Person", "x"), head=("Name", "Notes"))
    assert (held, [(trouble.field, trouble.expected) for trouble in troubles]) == (
        [],
        [("Notes", "no such column: it was not kept"), ("organisation", "one of: organisation, charity"), ("email", "one of: email, e mail")],
    )


def test_read_pool_bad_rows_are_named_and_good_rows_stay() -> None:
    held, troubles = pool(("", "Sample Charity", "one at sample", "Wales"), SOMEBODY, ("Other Person", "Sample Charity", "x" * 250 + "@sample.invalid"))
    assert [each.row for each in held] == [3]
    assert [(trouble.row, trouble.field, trouble.found[:13], trouble.expected) for trouble in troubles] == [
        (2, "name", "", "the name"),
        (2, "email", "one at sample", "an e-mail address"),
        (4, "email", "x" * 13, "an e-mail address"),
    ]


def test_read_pool_an_unknown_value_is_left_empty_and_said() -> None:
    held, troubles = pool(("Sample Person", "Sample Charity", "one@sample.invalid", "Atlantis, who never answers"))
    assert held[0].region == ""
    assert troubles == [Trouble(2, "region", "Atlantis, who never answers", "one of: north-east, wales; left empty")]


def test_read_pool_the_same_address_twice_is_kept_once() -> None:
    held, troubles = pool(SOMEBODY, ("Other", "Other", "ONE@sample.invalid"))
    assert ([each.name for each in held], troubles) == (["Sample Person"], [Trouble(3, "email", "one@sample.invalid", "an address once: row 2 was kept")])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2030, 9, 3), date(2030, 9, 3)), (datetime(2030, 9, 3, 12, tzinfo=UTC), date(2030, 9, 3)), ("2030-09-03", date(2030, 9, 3)),
        ("3/9/2030", date(2030, 9, 3)), ("", None), (None, None),
    ],
)  # fmt: skip
def test_read_pool_days_are_read_as_people_write_them(value, day) -> None:
    held, troubles = pool((*SOMEBODY[:4], value))
    assert (held[0].last_invited_on, troubles) == (day, [])


def test_read_pool_a_day_that_is_none_is_said() -> None:
    held, troubles = pool((*SOMEBODY[:4], "last spring"))
    assert (held[0].last_invited_on, troubles) == (None, [Trouble(2, "last_invited_on", "last spring", "a day such as 30/09/2031; left empty")])
