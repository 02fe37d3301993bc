"""`make evaluate`: how often the matcher is right, beside its peers in the same run, on names judged by people and on planted ones.

The judged names are read from the folder named by LINKAGE in the environment or by --linkage, and are left out, saying so, where it is absent.
Nothing of them is written but sums.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy

import csv
import itertools

import numpy as np

from bench.names_peers import PEERS, Found
from bench.planted_names import NOISE, planted
from bench.train_matching import DECLARED, FOLDS, PLANTED, UNTRAINED, cases_of, entries_of, invented, learned, table_of
from opencompact.organisations.actions.matching import Matcher, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules.matching_scorer import ACCEPTED, scorer

OUT = Path("build/evaluate")
SEEDS = (11, 12, 13)
_NO_CHARITY = ("-1", "-2", "-6")


@dataclass(frozen=True)
class Quality:
    """Of accepted links how many are right, of payees on the register how many are found, and the two together."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def quality(truth: Sequence[str], answers: Sequence[str], weights: np.ndarray | None = None) -> Quality:
    weight = np.ones(len(truth)) if weights is None else weights
    linked = np.array([answer != "" for answer in answers])
    right = np.array([bool(each) and each == answer for each, answer in zip(truth, answers, strict=True)])
    there = np.array([each != "" for each in truth])
    return Quality(float(weight[right].sum() / max(weight[linked].sum(), 1e-9)), float(weight[right].sum() / max(weight[there].sum(), 1e-9)))


def at_best(truth: Sequence[str], found: Found) -> list[str]:
    """A peer's answers over the threshold that is best for it on these very names."""
    levels = sorted({score for org_id, score in found if org_id})
    tried = [[org_id if score >= level else "" for org_id, score in found] for level in levels[:: max(len(levels) // 60, 1)]]
    return max(tried, key=lambda answers: quality(truth, answers).f1, default=[""] * len(found))


def real(folder: Path) -> None:
    """Judged names by folds of whole payees: what is asked of a fold was learned from the others alone."""
    entries = entries_of(folder / "register-names.csv")
    with (folder / "nhs-payees-judged-dev.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    held, known = matcher(entries, scores=UNTRAINED), {entry.organisation for entry in entries}
    cases = [(row["supplier"], row["charity_org_id"] if row["charity_org_id"] in known else "", False) for row in rows]
    others = [
        (table_of(held, cases_of(folder / "names-with-declared-ids-dev.csv", "name", "org_id", known)), DECLARED),
        (table_of(held, invented(entries, 1)), PLANTED),
    ]
    table = table_of(held, cases)
    fold = np.random.RandomState(5).randint(0, FOLDS, len(cases))
    matches = [None] * len(cases)
    for number in range(FOLDS):
        kept = fold[table.owner] != number
        trained = replace(held, scores=scorer(learned(table.of(kept), others, folds=3)))
        answered = trained.match([Payee(name) for name, _, _ in cases])
        for place in np.flatnonzero(fold == number):
            matches[place] = answered[place]
    same = held.same_as
    truth = [same.get(org_id, org_id) for _, org_id, _ in cases]
    pounds = np.array([max(float(row["amount"] or 0), 0) for row in rows])
    answers = [match.organisation if match.decision == ACCEPTED else "" for match in matches]
    print(f"Names judged by people: {len(cases)} payees, {sum(map(bool, truth))} of them on the register of {len(known):,} organisations")
    _row("ours, by folds", truth, answers, rows, pounds)
    register = [(entry.organisation, entry.name) for entry in entries]
    for peer, find in PEERS.items():
        found = [(same.get(org_id, org_id), score) for org_id, score in find(register, [name for name, _, _ in cases])]
        _row(peer, truth, at_best(truth, found), rows, pounds)
    likeliest = [(match.probability, bool(each) and match.organisation == each) for match, each in zip(matches, truth, strict=True) if match.organisation]
    reliability(likeliest, OUT / "reliability-judged")


def _row(who: str, truth: Sequence[str], answers: Sequence[str], rows: Sequence[dict], pounds: np.ndarray) -> None:
    none = [place for place, row in enumerate(rows) if row["verdict_charity"].split()[0] in _NO_CHARITY]
    wrong = sum(answers[place] != "" for place in none)
    share = f"{wrong} of {len(none)} ({wrong / max(len(none), 1):.1%})"
    print(f"  {who:34} {quality(truth, answers)}   by pounds {quality(truth, answers, pounds)}   no charity, yet linked {share}")


def invented_country(seeds: Sequence[int]) -> None:
    """Planted truth with the scorer as it is shipped."""
    pooled: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_peer: dict[str, list[Quality]] = defaultdict(list)
    likeliest: list[tuple[float, bool]] = []
    for seed in seeds:
        made = planted(seed)
        held = matcher([Entry(org_id, name, postcode) for org_id, name, postcode in made.register])
        truth = [org_id for _, org_id, _, _ in made.payees]
        answers = _answers(held, made.payees, likeliest)
        by_peer["ours, as shipped"].append(quality(truth, answers))
        for (_, org_id, kind, _), answer in zip(made.payees, answers, strict=True):
            pooled[kind].append((org_id, answer))
        register = [(org_id, name) for org_id, name, _ in made.register]
        for peer, find in PEERS.items():
            by_peer[peer].append(quality(truth, at_best(truth, find(register, [name for name, _, _, _ in made.payees]))))
    print(f"Planted names, seeds {', '.join(map(str, seeds))}")
    for who, each in by_peer.items():
        print(f"  {who:34} {Quality(float(np.mean([one.precision for one in each])), float(np.mean([one.recall for one in each])))}")
    for kind in (*NOISE, "trading name, recorded", "trading name, unrecorded"):
        asked = pooled[kind]
        right, linked = sum(org_id == answer for org_id, answer in asked), sum(answer != "" for _, answer in asked)
        print(f"    {kind:32} {len(asked):6}  found {right / max(len(asked), 1):6.1%}  of those linked right {right / max(linked, 1):6.1%}")
    for kind in ("not on the register, alike", "firm, person or group"):
        wrong = sum(answer != "" for _, answer in pooled[kind])
        print(f"    {kind:32} {len(pooled[kind]):6}  wrongly linked {wrong / max(len(pooled[kind]), 1):6.1%}")
    reliability(likeliest, OUT / "reliability-planted")


def _answers(held: Matcher, payees: Sequence[tuple[str, str, str, str]], likeliest: list[tuple[float, bool]]) -> list[str]:
    matches = held.match([Payee(name, postcode) for name, _, _, postcode in payees])
    likeliest += [(match.probability, match.organisation == org_id) for match, (_, org_id, _, _) in zip(matches, payees, strict=True) if match.organisation]
    return [match.organisation if match.decision == ACCEPTED else "" for match in matches]


def reliability(likeliest: Sequence[tuple[float, bool]], out: Path) -> None:
    """Of the links given a probability how many are right, as a table and as a small picture."""
    edges = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001)
    lines, points = ["| probability | links | said | right |", "|---|---|---|---|"], []
    for low, high in itertools.pairwise(edges):
        among = [(said, right) for said, right in likeliest if low <= said < high]
        if among:
            said, right = (float(np.mean([each[at] for each in among])) for at in (0, 1))
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(among)} | {said:.1%} | {right:.1%} |")
            points.append((said, right))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out.with_suffix(".svg").write_text(picture(points), encoding="utf-8")
    print("\n".join(f"    {line}" for line in lines))


def picture(points: Sequence[tuple[float, float]]) -> str:
    """Said against right; on the line what is said is so."""
    dots = "".join(f'<circle cx="{40 + 200 * said:.0f}" cy="{220 - 200 * right:.0f}" r="5"/>' for said, right in points)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 260" role="img" font-family="sans-serif" font-size="12">'
        "<title>Of links given a probability, how many are right</title>"
        '<path d="M40 20V220H240" fill="none" stroke="#0b0c0c"/><path d="M40 220L240 20" stroke="#505a5f" stroke-dasharray="4"/>'
        f'<g fill="#1d70b8">{dots}</g><text x="140" y="250" text-anchor="middle">probability said</text>'
        '<text x="12" y="120" text-anchor="middle" transform="rotate(-90 16 120)">share right</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--linkage", type=Path, default=Path(os.environ.get("LINKAGE", "linkage")))
    given = parser.parse_args()
    if (given.linkage / "nhs-payees-judged-dev.csv").is_file():
        real(given.linkage)
    else:
        print(f"Names judged by people are left out: {given.linkage} is not here. Give their folder with --linkage or LINKAGE.")
    invented_country(SEEDS)


if __name__ == "__main__":
    main()
