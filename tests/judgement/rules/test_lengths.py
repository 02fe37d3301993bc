from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.judgement.rules.lengths import STATE, LengthRule, in_force, length_verdict
from opencompact.shapes.consultation_verdicts import VERDICTS
from opencompact.shapes.consultations import EXPLANATIONS

CODE = LengthRule("code-sample", "Sample Code", "government", date(2008, 11, 1), date(2012, 7, 16), 84)
COMPACT = LengthRule("compact-sample", "Sample Compact", "compact", date(2010, 12, 17), None, 84)
NO_LENGTH = LengthRule("no-length", "Sample Principles", "government", date(2016, 1, 14), None, None)
TODAY = date(2026, 11, 22)
WHERE = "the page read on 14 November 2012; its 3 documents were not read"
SUM = "closed 27 August 2012 − opened 16 July 2012 = 42 days; 84 wanted; 42 short"


def consultation(**given):
    return {
        "consultation_id": "examples/a",
        "kind": "consultation",
        "opened_on": date(2012, 7, 16),
        "closed_on": date(2012, 8, 27),
        "explanation": "none_found",
        "explanation_quote": None,
        "explanation_found_in": WHERE,
        "sector_relevance": "unknown",
        **given,
    }


def judged(rule=CODE, **given):
    row = length_verdict(consultation(**given), rule=rule, today=TODAY)
    return row["verdict"], row["because"]


@pytest.mark.parametrize(
    ("day", "rules"), [(date(2008, 10, 31), []), (date(2008, 11, 1), [CODE]), (date(2012, 7, 16), [CODE, COMPACT]), (date(2012, 7, 17), [COMPACT]), (None, [])]
)
def test_rules_in_force_count_first_and_last_day(day, rules):
    assert in_force([CODE, COMPACT, NO_LENGTH], on=day) == rules


def test_row_names_consultation_rule_set_and_state():
    row = length_verdict(consultation(), rule=CODE, today=TODAY)
    assert (row["consultation_id"], row["rule_set"], row["state"]) == ("examples/a", "code-sample", STATE)
    assert STATE == "computed, not yet put to the body"


def test_short_without_explanation_is_unexplained_under_the_governments_rule():
    assert judged() == ("unexplained", f"{SUM}; no explanation found on {WHERE}")


def test_short_without_explanation_cannot_be_told_under_the_compact_where_the_sector_is_unknown():
    doubt = "the promise covers consultations that concern the voluntary sector, and whether this one does is not known"
    assert judged(COMPACT) == ("cannot_tell", f"{SUM}; no explanation found on {WHERE}; {doubt}")


def test_short_without_explanation_is_unexplained_under_the_compact_where_the_sector_is_concerned():
    assert judged(COMPACT, sector_relevance="yes")[0] == "unexplained"


@pytest.mark.parametrize("rule", [CODE, COMPACT])
def test_short_with_explanation_is_explained(rule):
    assert judged(rule, explanation="given", explanation_quote="It is late.", explanation_found_in="the page read on 14 November 2012") == (
        "explained",
        f"{SUM}; explained in the page read on 14 November 2012: “It is late.”",
    )


@pytest.mark.parametrize(
    ("explanation", "where", "words"),
    [
        ("not_held", "no text of the page is held", "no text of the page is held"),
        ("not_needed", None, "no search for an explanation is held"),
        (None, None, "no search for an explanation is held"),
    ],
)
def test_short_with_no_page_held_cannot_be_told(explanation, where, words):
    assert judged(explanation=explanation, explanation_found_in=where) == ("cannot_tell", f"{SUM}; whether it was explained cannot be told: {words}")


@pytest.mark.parametrize(
    ("days", "verdict", "words"),
    [
        (83, "unexplained", "closed 7 October 2012 − opened 16 July 2012 = 83 days; 84 wanted; 1 short"),
        (84, "met", "closed 8 October 2012 − opened 16 July 2012 = 84 days; 84 wanted; exactly 84, which meets it"),
        (85, "met", "closed 9 October 2012 − opened 16 July 2012 = 85 days; 84 wanted; 1 over"),
    ],
)
def test_boundary_of_84_days(days, verdict, words):
    found = judged(closed_on=date(2012, 7, 16) + timedelta(days=days))
    assert found == (verdict, words if verdict == "met" else f"{words}; no explanation found on {WHERE}")


def test_rule_without_length_does_not_apply():
    assert judged(NO_LENGTH) == ("not_applicable", "Sample Principles sets no length")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"closed_on": None}, "the day it closed is not held, so its length cannot be told; 84 days wanted"),
        ({"opened_on": None}, "the day it opened is not held, so its length cannot be told; 84 days wanted"),
        ({"closed_on": date(2012, 7, 1)}, "closed 1 July 2012, before it opened on 16 July 2012, so its length cannot be told; 84 days wanted"),
    ],
)
def test_unknown_length_cannot_be_told(given, words):
    assert judged(**given) == ("cannot_tell", words)


def test_call_for_evidence_is_judged_alike_and_named():
    assert judged(kind="call_for_evidence") == ("unexplained", f"{SUM}; the body called it a call for evidence; no explanation found on {WHERE}")


def test_consultation_still_open_closes():
    found = judged(COMPACT, opened_on=date(2026, 11, 1), closed_on=date(2026, 11, 23) + timedelta(days=90))
    assert found == ("met", "closes 21 February 2027 − opened 1 November 2026 = 112 days; 84 wanted; 28 over")


@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from(EXPLANATIONS), st.sampled_from(["yes", "unknown"]), st.sampled_from(["government", "compact"]))
def test_verdict_is_met_exactly_where_days_reach_the_least(days, least, explanation, relevance, made_by):
    rule = LengthRule("r", "R", made_by, date(2000, 1, 1), None, least)
    verdict = judged(rule, closed_on=date(2012, 7, 16) + timedelta(days=days), explanation=explanation, sector_relevance=relevance)[0]
    assert verdict in VERDICTS
    assert (verdict == "met") == (days >= least)
