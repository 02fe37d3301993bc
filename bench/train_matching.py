"""Trains the matcher's scorer and writes it as data: `python -m bench.train_matching --register NAMES.csv [--judged …] --out scorer.json`.

NAMES.csv has org_id and name. A judged file comes with the column of its names and of their org_id, which is empty where the name is of none of the
register: `--judged FILE NAME ORG_ID`; the first is the one that makes scores into probabilities. Invented noise of the register's own names is always
among what it is trained on.
"""

import argparse
import csv
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from bench.invented_noise import look_alike, noisy
from opencompact.organisations.actions.matching import Matcher, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules.matching_features import Pairs, surroundings
from opencompact.organisations.rules.matching_scorer import Scorer
from opencompact.organisations.rules.probable import held_back

FOLDS, INVENTED = 5, 4_000
FIRST, DECLARED, PLANTED = 3.0, 0.3, 0.1  # what a pair weighs: judged by people, declared and not checked, invented
ACCEPT, REVIEW = 0.7, 0.3  # how likely a name must be to be taken, and to be shown to a person; at 0.7 about 96 % of judged names taken are right
UNTRAINED = Scorer((), 0.0, (), (np.array([0.0, 1.0]), np.array([0.0, 1.0])), 1.0, 1.0)
Case = tuple[str, str, bool]  # the name, the org_id it is of, whether that is taken out of the register for it


def cases_of(path: Path, name: str, org_id: str, known: set[str]) -> list[Case]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row[name], row[org_id], False) for row in csv.DictReader(file) if not row[org_id] or row[org_id] in known]


def invented(entries: Sequence[Entry], seed: int) -> list[Case]:
    chance = random.Random(seed)
    found: list[Case] = []
    for entry in chance.sample(list(entries), min(INVENTED, len(entries))):
        roll = chance.random()
        text = noisy(entry.name, chance) if roll < 0.8 else look_alike(entry.name, chance)
        found.append((text, entry.organisation if roll < 0.8 else "", 0.6 <= roll < 0.8))
    return found


@dataclass(frozen=True)
class Table:
    """Every pair of some cases: its features in order of their names, whether it is right, whose it is, and whether `rules/probable.py` holds it back."""

    names: tuple[str, ...]
    features: np.ndarray
    right: np.ndarray
    owner: np.ndarray
    held_back: np.ndarray

    def of(self, kept: np.ndarray) -> "Table":
        """The pairs that are kept."""
        return Table(self.names, self.features[kept], self.right[kept], self.owner[kept], self.held_back[kept])


def table_of(held: Matcher, cases: Sequence[Case]) -> Table:
    """Features and truth of every pair; the register's share is of this file. What is taken out of the register for a case stays out."""
    payees, pairs = held._pairs([Payee(name) for name, _, _ in cases])
    ids = [held.index.register.ids[place] for place in pairs.places]
    same = held.same_as
    truth = [same.get(org_id, org_id) for _, org_id, _ in cases]
    owner = payees.owner[pairs.rows]
    columns = dict(pairs.columns) | surroundings(held.index, pairs, owner).columns(held.index, pairs.places)
    names = tuple(sorted(columns))
    right = [bool(truth[payee]) and truth[payee] == same.get(identifier, identifier) for payee, identifier in zip(owner.tolist(), ids, strict=True)]
    kept = np.array([not (cases[payee][2] and is_right) for payee, is_right in zip(owner.tolist(), right, strict=True)])
    doubtful = np.array([_is_held_back(held, cases[payee][0], pair, pairs) for pair, payee in enumerate(owner.tolist())], bool)
    return Table(names, np.column_stack([columns[name] for name in names]), np.array(right), owner, doubtful).of(kept)


def _is_held_back(held: Matcher, name: str, pair: int, pairs: Pairs) -> bool:
    entry = held.entries[int(pairs.places[pair])]
    stage = "exact" if pairs.columns["same"][pair] > 0 else "initials" if pairs.columns["initials"][pair] > 0 else "compared"
    return bool(held_back(name, entry.name, entry.organisation, words=held.words, stage=stage))


def model() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=80, learning_rate=0.08, max_leaf_nodes=10, min_samples_leaf=30, l2_regularization=5.0, max_features=0.3, early_stopping=False, random_state=0
    )


def as_data(trained: HistGradientBoostingClassifier) -> tuple[float, list[dict]]:
    """The trees as lists; a leaf leads nowhere."""
    trees = []
    for (one,) in trained._predictors:
        nodes = one.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": nodes["feature_idx"].tolist(),
                "threshold": [float(f"{each:.6g}") for each in nodes["num_threshold"]],
                "left": np.where(leaf, -1, nodes["left"].astype(int)).tolist(),
                "right": np.where(leaf, -1, nodes["right"].astype(int)).tolist(),
                "value": [round(float(each), 6) if is_leaf else 0.0 for each, is_leaf in zip(nodes["value"], leaf, strict=True)],
            }
        )
    return float(trained._baseline_prediction.ravel()[0]), trees


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--register", type=Path, required=True)
    parser.add_argument("--judged", nargs=3, action="append", default=[], metavar=("FILE", "NAME", "ORG_ID"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    entries = entries_of(given.register)
    held = matcher(entries, scores=UNTRAINED)
    known = {entry.organisation for entry in entries}
    groups = [cases_of(Path(path), name, org_id, known) for path, name, org_id in given.judged] + [invented(entries, 1)]
    tables = [table_of(held, cases) for cases in groups]
    said = learned(tables[0], list(zip(tables[1:], weights_of(len(tables)), strict=True)))
    said = {"trained_on": [f"{len(cases)} names" for cases in groups], **said}
    given.out.write_text(json.dumps(said, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(said['trees'])} trees over {len(said['features'])} features written to {given.out}; accepted from {said['accept']}")


def entries_of(register: Path) -> list[Entry]:
    with register.open(encoding="utf-8-sig", newline="") as file:
        return [Entry(row["org_id"], row["name"]) for row in csv.DictReader(file)]


def weights_of(many: int) -> list[float]:
    """What the groups after the first weigh: other judged files, and last the invented names."""
    return [DECLARED] * (many - 2) + [PLANTED] if many > 1 else []


def learned(first: Table, others: Sequence[tuple[Table, float]], *, folds: int = FOLDS) -> dict:
    """The scorer as data. Scores of names not trained on, by folds of whole payees of the first group, make the probabilities.

    What would be held back anyhow is no part of these.
    """
    fold = np.random.RandomState(0).randint(0, folds, first.owner.max() + 1)[first.owner]
    unseen = np.zeros(len(fold))
    for number in range(folds):
        unseen[fold == number] = fit(first, fold != number, others).decision_function(first.features[fold == number])
    scores, right = likeliest(unseen, first)
    knots = calibrate(scores, right)
    start, trees = as_data(fit(first, np.ones(len(fold), bool), others))
    return {
        "features": list(first.names),
        "start": start,
        "trees": trees,
        "knots": {"score": knots[0], "probability": knots[1]},
        "accept": ACCEPT,
        "review": REVIEW,
    }


def fit(first: Table, kept: np.ndarray, others: Sequence[tuple[Table, float]]) -> HistGradientBoostingClassifier:
    features = np.concatenate([first.features[kept], *(table.features for table, _ in others)])
    right = np.concatenate([first.right[kept], *(table.right for table, _ in others)])
    weight = np.concatenate([np.full(kept.sum(), FIRST), *(np.full(len(table.right), value) for table, value in others)])
    return model().fit(features, right, sample_weight=weight)


def likeliest(scores: np.ndarray, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """The score of the likeliest pair of each payee, best first, and whether it is right; without those that are held back."""
    order = np.lexsort((-scores, table.owner))
    first = np.unique(table.owner[order], return_index=True)[1]
    chosen = order[first]
    chosen = chosen[~table.held_back[chosen]]
    chosen = chosen[np.argsort(-scores[chosen], kind="stable")]
    return scores[chosen], table.right[chosen]


def calibrate(scores: np.ndarray, right: np.ndarray) -> tuple[list[float], list[float]]:
    """From the score of the likeliest pair of each payee to how often such are right."""
    fitted = IsotonicRegression(y_min=0.005, y_max=0.99, out_of_bounds="clip").fit(scores, right)
    grid = np.unique(np.quantile(scores, np.linspace(0, 1, 31)))
    smooth = fitted.predict(grid)
    slope = 1e-4 * np.arange(len(grid))  # so that a better score is always a better probability
    return lengthened([round(float(each), 5) for each in grid], [round(float(min(each + more, 0.995)), 5) for each, more in zip(smooth, slope, strict=True)])


def lengthened(scores: list[float], probabilities: list[float]) -> tuple[list[float], list[float]]:
    """The knots with others in place of the first: of so poor scores few are not held back, and there a unit of score is one of log-odds, as trees mean it."""
    first = np.log(probabilities[1] / (1 - probabilities[1]))
    below = [(round(scores[1] - step, 5), round(float(1 / (1 + np.exp(step - first))), 5)) for step in (6, 5, 4, 3, 2, 1)]
    return [score for score, _ in below] + scores[1:], [told for _, told in below] + probabilities[1:]


if __name__ == "__main__":
    main()
