import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.judgement.rules.undertakings import may_have_verdict, undertaking_verdict
from opencompact.shapes.consultation_verdicts import VERDICTS

TESTABLE = {"wording": "confirmed", "test": "computed", "cannot_yet": None}


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"test": "both"}, True),
        ({"cannot_yet": ""}, True),
        ({"wording": "unconfirmed"}, False),
        ({"test": "judgement"}, False),
        ({"cannot_yet": "no record of it is published"}, False),
    ],
)
def test_only_what_the_record_can_test_may_have_a_verdict(change, may):
    assert may_have_verdict({**TESTABLE, **change}) is may


@pytest.mark.parametrize(
    ("cases", "verdict", "because"),
    [
        (["met"], "met", "1 consultation: 1 met."),
        (["met", "explained"], "explained", "2 consultations: 1 met, 1 not met but explained."),
        (["explained", "met", "cannot_tell"], "cannot_tell", "3 consultations: 1 met, 1 not met but explained, 1 cannot be told."),
        (["cannot_tell", "unexplained"], "unexplained", "2 consultations: 1 not met with no explanation found, 1 cannot be told."),
        (["not_applicable"], "not_applicable", "1 consultation: 1 not covered by a length."),
        ([], "not_applicable", "No case is held."),
    ],
)
def test_gravest_case_decides(cases, verdict, because):
    row = undertaking_verdict(cases, undertaking="sample/1", body="examples", needs_judgement=False)
    assert (row["verdict"], row["because"]) == (verdict, because)


@pytest.mark.parametrize(
    ("cases", "verdict"), [(["met"], "cannot_tell"), (["explained"], "explained"), (["unexplained"], "unexplained"), ([], "not_applicable")]
)
def test_sums_never_pass_a_promise_that_needs_judgement(cases, verdict):
    assert undertaking_verdict(cases, undertaking="sample/1", body="examples", needs_judgement=True)["verdict"] == verdict


def test_verdict_that_waits_for_an_assessor_says_so():
    row = undertaking_verdict(["met"], undertaking="sample/1", body="examples", needs_judgement=True)
    assert (row["met"], row["because"]) == (1, "1 consultation: 1 met. Part of the promise needs a named assessor, and has none yet.")


@given(st.lists(st.sampled_from(VERDICTS)))
def test_counts_add_up_to_the_cases(cases):
    row = undertaking_verdict(cases, undertaking="sample/1", body="examples", needs_judgement=False)
    assert row["met"] + row["explained"] + row["unexplained"] + row["cannot_tell"] == row["cases"] == len(cases) - cases.count("not_applicable")
    assert (row["verdict"] == "met") == (set(cases) - {"not_applicable"} == {"met"})
