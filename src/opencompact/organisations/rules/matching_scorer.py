"""The scorer: boosted trees kept as data, their score made a probability by what was right on names not trained on, and what is decided by it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
        columns, total = np.ascontiguousarray(table.T), np.full(len(table), self.start)
        for tree in self.trees:
            waiting = [(0, np.arange(len(table)))]
            while waiting:
                node, rows = waiting.pop()
                if tree["left"][node] < 0:
                    total[rows] += tree["value"][node]
                elif len(rows):
                    goes_left = columns[tree["feature"][node]][rows] <= tree["threshold"][node]
                    waiting += [(tree["left"][node], rows[goes_left]), (tree["right"][node], rows[~goes_left])]
        return total

    def probabilities(self, table: Floats) -> Floats:
        """How likely each pair is the same organisation, from 0 to 1."""
        return np.interp(self.scores(table), *self.knots) if len(table) else np.zeros(0)

    def word(self, probability: float) -> str:
        """What a probability comes to by the thresholds."""
        return ACCEPTED if probability >= self.accept else REVIEW if probability >= self.review else NONE


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
    """What a payee is taken to be: the organisation and place in the index of the name that won, how likely, and whether it is accepted.

    `scored` is what the scorer gave, where decisions taught another probability.
    """

    organisation: str
    place: int
    pair: int
    probability: float
    decision: str
    rivals: tuple[str, ...] = ()
    scored: float | None = None


def decide(
    scores: Scorer, probabilities: Floats, owner: Ints, places: Ints, ids: Sequence[str], *, same_as: Mapping[str, str], tie: float = 0.05
) -> dict[int, Decision]:
    """For each payee the likeliest organisation; of several as likely, the one registered last, since a charity that is made anew takes a new number.

    `same_as` gives for an org-id the one that stands for both, so that twins are no rivals.
    """
    best: dict[int, dict[str, int]] = defaultdict(dict)
    for pair, (payee, identifier) in enumerate(zip(owner.tolist(), ids, strict=True)):
        held = best[payee]
        stands = same_as.get(identifier, identifier)
        if stands not in held or (probabilities[pair], identifier == stands) > (probabilities[held[stands]], False):
            held[stands] = pair
    return {payee: _chosen(scores, probabilities, places, held, tie) for payee, held in best.items()}


def _chosen(scores: Scorer, probabilities: Floats, places: Ints, held: Mapping[str, int], tie: float) -> Decision:
    top = max(float(probabilities[pair]) for pair in held.values())
    close = [organisation for organisation, pair in held.items() if probabilities[pair] >= top - tie]
    chosen = max(close, key=lambda organisation: (recency(organisation), probabilities[held[organisation]]))
    pair = held[chosen]
    probability = float(probabilities[pair])
    return Decision(chosen, int(places[pair]), pair, probability, scores.word(probability), tuple(sorted(each for each in close if each != chosen)))
