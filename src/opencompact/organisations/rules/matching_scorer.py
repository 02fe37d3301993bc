"""The scorer: boosted trees kept as data, their score made a probability by what was right on names not trained on, and what is decided by it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from opencompact.organisations.rules.matching_index import Floats, Ints, recency

ACCEPTED, REVIEW, NONE = "accepted", "review", "none"


@dataclass(frozen=True)
class Scorer:
    """Trees over features in order; `knots` lead from the trees' score to a probability. `accept` and `review` are the thresholds."""

    features: tuple[str, ...]
    start: float
    trees: tuple[Mapping[str, np.ndarray], ...]
    knots: tuple[Floats, Floats]
    accept: float
    review: float

    def scores(self, table: Floats) -> Floats:
        """The sum of the trees for each row, before it is a probability."""
        total = np.full(len(table), self.start)
        for tree in self.trees:
            node = np.zeros(len(table), dtype=np.int64)
            inside = tree["left"][node] >= 0
            while inside.any():
                at = node[inside]
                goes_left = table[inside, tree["feature"][at]] <= tree["threshold"][at]
                node[inside] = np.where(goes_left, tree["left"][at], tree["right"][at])
                inside = tree["left"][node] >= 0
            total += tree["value"][node]
        return total

    def probabilities(self, table: Floats) -> Floats:
        """How likely each pair is the same organisation, from 0 to 1."""
        return np.interp(self.scores(table), *self.knots) if len(table) else np.zeros(0)


def scorer(held: Mapping[str, Any]) -> Scorer:
    """The scorer from its file."""
    trees = tuple(
        {
            "feature": np.array(tree["feature"], np.int64),
            "threshold": np.array(tree["threshold"], float),
            "left": np.array(tree["left"], np.int64),
            "right": np.array(tree["right"], np.int64),
            "value": np.array(tree["value"], float),
        }
        for tree in held["trees"]
    )
    knots = (np.array(held["knots"]["score"], float), np.array(held["knots"]["probability"], float))
    return Scorer(tuple(held["features"]), float(held["start"]), trees, knots, float(held["accept"]), float(held["review"]))


@dataclass(frozen=True)
class Decision:
    """What a payee is taken to be: the organisation and place in the index of the name that won, how likely, and whether it is accepted."""

    organisation: str
    place: int
    pair: int
    probability: float
    decision: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relations:
    """What a register says of its organisations: which id stands for another, which is part of which, which have ended. All may be empty."""

    same_as: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()


def decide(
    scores: Scorer, probabilities: Floats, owner: Ints, places: Ints, ids: Sequence[str], *, relations: Relations, tie: float = 0.05
) -> dict[int, Decision]:
    """For each payee the likeliest organisation; of several as likely, one that goes on, then the whole before its branch, then the one registered last,
    since a charity that is made anew takes a new number. Twins are no rivals."""
    best: dict[int, dict[str, int]] = defaultdict(dict)
    for pair, (payee, identifier) in enumerate(zip(owner.tolist(), ids, strict=True)):
        held = best[payee]
        stands = relations.same_as.get(identifier, identifier)
        if stands not in held or (probabilities[pair], identifier == stands) > (probabilities[held[stands]], False):
            held[stands] = pair
    return {payee: _chosen(scores, probabilities, places, ids, held, relations, tie) for payee, held in best.items()}


def _chosen(
    scores: Scorer, probabilities: Floats, places: Ints, ids: Sequence[str], held: Mapping[str, int], relations: Relations, tie: float
) -> Decision:
    top = max(float(probabilities[pair]) for pair in held.values())
    close = [pair for pair in held.values() if probabilities[pair] >= top - tie]
    among = {ids[pair] for pair in close}

    def rank(pair: int) -> tuple[bool, bool, int, float]:
        own = ids[pair]
        return own not in relations.ended, relations.parents.get(own, "") not in among - {own}, recency(own), float(probabilities[pair])

    pair = max(close, key=rank)
    probability = float(probabilities[pair])
    word = ACCEPTED if probability >= scores.accept else REVIEW if probability >= scores.review else NONE
    rivals = tuple(sorted(ids[each] for each in close if each != pair))
    return Decision(relations.same_as.get(ids[pair], ids[pair]), int(places[pair]), pair, probability, word, rivals)
