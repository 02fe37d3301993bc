import numpy as np
import pytest

from opencompact.organisations.rules.matching_scorer import ACCEPTED, NONE, REVIEW, decide, scorer

# one tree: "like" at most 0.5 goes left, to -2, else right, to +2
TREE = {"feature": [0, 0, 0], "threshold": [0.5, 0, 0], "left": [1, -1, -1], "right": [2, -1, -1], "value": [0, -2, 2]}
HELD = {"features": ["like"], "start": 1.0, "trees": [TREE], "knots": {"score": [-1, 3], "probability": [0.1, 0.95]}, "accept": 0.9, "review": 0.3}


def chosen(probabilities, ids, same_as=None):
    count = len(ids)
    held = decide(scorer(HELD), np.array(probabilities), np.zeros(count, np.int64), np.arange(count), ids, same_as=same_as or {})
    return held[0]


def test_trees_are_summed_and_their_sum_becomes_a_probability():
    held, table = scorer(HELD), np.array([[0.2], [0.5], [0.9]])
    assert held.scores(table).tolist() == [-1, -1, 3]
    assert held.probabilities(table).tolist() == [0.1, 0.1, 0.95]
    assert held.probabilities(np.zeros((0, 1))).tolist() == []


@pytest.mark.parametrize(("probability", "decision"), [(0.95, ACCEPTED), (0.9, ACCEPTED), (0.89, REVIEW), (0.3, REVIEW), (0.29, NONE)])
def test_probability_gives_one_of_three_answers(probability, decision):
    assert chosen([probability], ["GB-CHC-1"]).decision == decision


def test_likeliest_is_chosen_even_if_another_was_registered_later():
    held = chosen([0.9, 0.5], ["GB-CHC-1", "GB-CHC-2"])
    assert (held.organisation, held.rivals) == ("GB-CHC-1", ())


def test_of_several_as_likely_the_one_registered_last_is_taken_and_the_others_told():
    held = chosen([0.9, 0.88, 0.9], ["GB-CHC-1", "GB-CHC-3", "GB-CHC-2"])
    assert (held.organisation, held.rivals) == ("GB-CHC-3", ("GB-CHC-1", "GB-CHC-2"))


def test_twins_are_one_organisation_and_no_rivals():
    held = chosen([0.9, 0.9], ["GB-SC-SC098001", "GB-CHC-1"], same_as={"GB-SC-SC098001": "GB-CHC-1"})
    assert (held.organisation, held.rivals, held.place) == ("GB-CHC-1", (), 1)
    alone = chosen([0.9], ["GB-SC-SC098001"], same_as={"GB-SC-SC098001": "GB-CHC-1"})
    assert alone.organisation == "GB-CHC-1"
