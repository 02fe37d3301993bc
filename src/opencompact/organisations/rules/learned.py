"""What people's decisions teach the matcher: a shift and a slope of the scorer's log-odds, fitted to what was right, and next to none while few are held."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# The prior, Gaussian round a shift of 0 and a slope of 1. Names compared by likeness alone were off by 0.1 to 0.2 units of log-odds and up to a tenth of the
# slope where the scorer was held against judged and planted names (docs/reference/matching.md, Learning from decisions). The prior is half as wide again, so
# that one decision moves 0.90 by some 0.03 at most, chance costs next to nothing where the scorer is right, and a hundred decisions say most of what there
# is to say.
SHIFT_WIDTH, SLOPE_WIDTH = 0.3, 0.1
LEAST_SLOPE = 0.1  # a likelier name stays the likelier one, whatever was decided
NEAREST = 0.00005  # probabilities are kept to four places: nothing is nearer to 0 or 1 than half the last one
BANDS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
SHOWN = (0.7, 0.8, 0.9, 0.95)  # of which pages say what they became
_STEPS, _ENOUGH = 100, 1e-12
Evidence = Sequence[tuple[float, bool]]  # the scorer's probability of a name's likeliest organisation, and whether a person chose it


@dataclass(frozen=True)
class Learned:
    """How the scorer's probabilities are heeded: their log-odds times `slope`, plus `shift`; learned from so many `decisions`, and as they are from none."""

    shift: float = 0.0
    slope: float = 1.0
    decisions: int = 0

    def of(self, probability: float) -> float:
        """The probability, from 0 to 1, that is heeded where the scorer gave this one; to four places, as the scorer's is kept."""
        return round(_share(self.shift + self.slope * _log_odds(round(probability, 4))), 4) if self.decisions else probability

    def of_sql(self, column: str) -> str:
        """The same as SQL over a column that has the scorer's probability to four places."""
        held = f"greatest({NEAREST}, least({1 - NEAREST}, {column}))"
        return f"round(1 / (1 + exp(-({self.shift!r} + {self.slope!r} * ln({held} / (1 - {held}))))), 4)" if self.decisions else column

    def says(self, scored: float, heeded: float) -> str:
        """The sentence of a match that says so."""
        return f" Learned from {told(self.decisions)}: {heeded:.2f} where the scorer gave {scored:.2f}."

    def became(self) -> str:
        """What the probabilities that pages speak of are heeded as, in words."""
        return ", ".join(f"{each:.2f} is now {self.of(each):.2f}" for each in SHOWN)


UNLEARNED = Learned()


def told(decisions: int) -> str:
    """So many decisions, in words."""
    return f"{decisions:,} decision{'' if decisions == 1 else 's'}"


def learn(evidence: Evidence) -> Learned:
    """The likeliest shift and slope under the prior, by Newton's method, in whatever order the evidence comes; UNLEARNED from none."""
    if not evidence:
        return UNLEARNED
    counted = Counter((_log_odds(round(probability, 4)), is_right) for probability, is_right in evidence)
    rows = [(log_odds, is_right, times) for (log_odds, is_right), times in sorted(counted.items())]
    shift, slope = _likeliest(rows, 0.0, 1.0, is_free=True)
    if slope < LEAST_SLOPE:
        shift, slope = _likeliest(rows, 0.0, LEAST_SLOPE, is_free=False)
    return Learned(round(shift, 6), round(slope, 6), len(evidence))


def bands(evidence: Evidence, learned: Learned) -> list[dict[str, Any]]:
    """Rows of the table `match_learning`: for each band of what the scorer said, the decisions and how many chose the organisation. None where none were made.

    A band begins at its lower bound; the last has 1 too.
    """
    if not evidence:
        return []
    return [_band(least, below, evidence, learned) for least, below in pairwise(BANDS)]


def learned_of(rows: Iterable[Mapping[str, Any]]) -> Learned:
    """What these rows of `match_learning` say was learned."""
    held = list(rows)
    return Learned(held[0]["shift"], held[0]["slope"], sum(row["decisions"] for row in held)) if held else UNLEARNED


def _band(least: float, below: float, evidence: Evidence, learned: Learned) -> dict[str, Any]:
    held = [(probability, is_right) for probability, is_right in evidence if least <= probability < below or (below == 1 and probability == 1)]
    row: dict[str, Any] = {"probability_from": least, "probability_to": below, "decisions": len(held), "right": sum(is_right for _, is_right in held)}
    if held:
        row["scored"] = round(math.fsum(probability for probability, _ in held) / len(held), 4)
        row["heeded"] = round(math.fsum(learned.of(probability) for probability, _ in held) / len(held), 4)
    return row | {"shift": learned.shift, "slope": learned.slope}


def _likeliest(rows: Sequence[tuple[float, bool, int]], shift: float, slope: float, *, is_free: bool) -> tuple[float, float]:
    """Steps of Newton's method, each halved until it makes the decisions likelier; the loss is convex, so there is one likeliest."""
    loss = _loss(rows, shift, slope)
    for _ in range(_STEPS):
        by_shift, by_slope = _step(rows, shift, slope, is_free=is_free)
        size = 1.0
        while (new := _loss(rows, shift - size * by_shift, slope - size * by_slope)) > loss and size > _ENOUGH:
            size /= 2
        if loss - new <= _ENOUGH:
            return shift, slope
        shift, slope, loss = shift - size * by_shift, slope - size * by_slope, new
    return shift, slope


def _loss(rows: Sequence[tuple[float, bool, int]], shift: float, slope: float) -> float:
    """How unlikely the decisions and the prior are, as minus a log."""
    prior = (shift / SHIFT_WIDTH) ** 2 / 2 + ((slope - 1) / SLOPE_WIDTH) ** 2 / 2
    return prior + math.fsum(-times * math.log(_share((1 if is_right else -1) * (shift + slope * log_odds))) for log_odds, is_right, times in rows)


def _step(rows: Sequence[tuple[float, bool, int]], shift: float, slope: float, *, is_free: bool) -> tuple[float, float]:
    """The slopes of the loss, divided by its curvature."""
    likely = [(log_odds, times, _share(shift + slope * log_odds), is_right) for log_odds, is_right, times in rows]
    over = [(log_odds, times * (share - is_right)) for log_odds, times, share, is_right in likely]
    bent = [(log_odds, times * share * (1 - share)) for log_odds, times, share, _ in likely]
    first = shift / SHIFT_WIDTH**2 + math.fsum(each for _, each in over)
    second = (slope - 1) / SLOPE_WIDTH**2 + math.fsum(log_odds * each for log_odds, each in over)
    of_shift = 1 / SHIFT_WIDTH**2 + math.fsum(each for _, each in bent)
    of_both = math.fsum(log_odds * each for log_odds, each in bent)
    of_slope = 1 / SLOPE_WIDTH**2 + math.fsum(log_odds**2 * each for log_odds, each in bent)
    if not is_free:
        return first / of_shift, 0.0
    whole = of_shift * of_slope - of_both**2
    return (first * of_slope - second * of_both) / whole, (second * of_shift - first * of_both) / whole


def _log_odds(probability: float) -> float:
    held = min(max(probability, NEAREST), 1 - NEAREST)
    return math.log(held / (1 - held))


def _share(log_odds: float) -> float:
    """The probability of these log-odds, without overflow; never quite 0."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds > -30 else math.exp(log_odds)
