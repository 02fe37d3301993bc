"""Trains the matcher's scorer and writes it as data: `python -m bench.train_matching --register NAMES.csv [--judged FILE.csv …] --out scorer.json`.

NAMES.csv has org_id and name. A judged file has a name, and the org_id it is of or nothing where it is none of the register; `--columns name,org_id` says
how they are called. Invented noise of the register's own names is always among what it is trained on.
"""

import argparse
import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from bench.invented_noise import look_alike, noisy
from opencompact.organisations.actions.matching import Entry, Matcher, Payee, matcher
from opencompact.organisations.rules.matching_features import registers_of_file
from opencompact.organisations.rules.matching_scorer import Scorer

FOLDS, INVENTED = 5, 4_000
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


def table_of(held: Matcher, cases: Sequence[Case], order: Sequence[str] | None):
    """Features, truth and owner of every pair; the register's share is of this file."""
    payees, pairs = held._pairs([Payee(name) for name, _, _ in cases])
    ids = [held.index.register.ids[place] for place in pairs.places]
    owner = payees.owner[pairs.rows]
    columns = dict(pairs.columns) | {"register_of_file": registers_of_file(pairs.columns["same"], pairs.columns["words_of_payee"], owner, ids)}
    names = tuple(order or sorted(columns))
    stands = [not cases[payee][2] or cases[payee][1] != identifier for payee, identifier in zip(owner.tolist(), ids, strict=True)]
    right = [bool(cases[payee][1]) and cases[payee][1] == identifier for payee, identifier in zip(owner.tolist(), ids, strict=True)]
    kept = np.array(stands)
    return np.column_stack([columns[name] for name in names])[kept], np.array(right)[kept], owner[kept], names


def model() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=40, l2_regularization=2.0, early_stopping=False, random_state=0
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
    with given.register.open(encoding="utf-8-sig", newline="") as file:
        entries = [Entry(row["org_id"], row["name"]) for row in csv.DictReader(file)]
    held = matcher(entries, scores=UNTRAINED)
    known = {entry.organisation for entry in entries}
    groups = [cases_of(Path(path), name, org_id, known) for path, name, org_id in given.judged] + [invented(entries, 1)]
    weights = [3.0] + [0.3] * (len(groups) - 2) + [0.1] if len(groups) > 1 else [1.0]
    order = None
    tables = []
    for cases in groups:
        features, right, owner, order = table_of(held, cases, order)
        tables.append((features, right, owner))
    features = np.concatenate([each[0] for each in tables])
    right = np.concatenate([each[1] for each in tables])
    weight = np.concatenate([np.full(len(each[1]), value) for each, value in zip(tables, weights, strict=True)])
    # folds of whole payees, over the first judged file, give scores of names not trained on
    first, owner = len(tables[0][1]), tables[0][2]
    fold = np.random.RandomState(0).randint(0, FOLDS, owner.max() + 1)[owner]
    unseen = np.zeros(first)
    for number in range(FOLDS):
        out = np.zeros(len(right), bool)
        out[:first] = fold == number
        trained = model().fit(features[~out], right[~out], sample_weight=weight[~out])
        unseen[out[:first]] = trained.decision_function(features[out])
    top = calibrate(unseen, tables[0][1], owner)
    trained = model().fit(features, right, sample_weight=weight)
    start, trees = as_data(trained)
    said = {
        "trained_on": [f"{len(cases)} names" for cases in groups],
        "features": list(order or ()),
        "start": start,
        "trees": trees,
        "knots": {"score": top[0], "probability": top[1]},
        "accept": 0.9,
        "review": 0.3,
    }
    given.out.write_text(json.dumps(said, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(trees)} trees over {len(order or ())} features written to {given.out}")


def calibrate(scores: np.ndarray, right: np.ndarray, owner: np.ndarray) -> tuple[list[float], list[float]]:
    """From the score of the likeliest pair of each payee to how often such are right."""
    best: dict[int, int] = {}
    for pair, payee in enumerate(owner.tolist()):
        if payee not in best or scores[pair] > scores[best[payee]]:
            best[payee] = pair
    chosen = np.array(sorted(best.values()))
    fitted = IsotonicRegression(y_min=0.005, y_max=0.995, out_of_bounds="clip").fit(scores[chosen], right[chosen])
    grid = np.quantile(scores[chosen], np.linspace(0, 1, 41))
    smooth = fitted.predict(grid)
    slope = 1e-4 * np.arange(len(grid))  # so that a better score is always a better probability
    return [round(float(each), 5) for each in grid], [round(float(min(each + more, 0.995)), 5) for each, more in zip(smooth, slope, strict=True)]


if __name__ == "__main__":
    main()
