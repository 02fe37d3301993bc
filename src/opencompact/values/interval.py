"""Intervals of 95 %: Wilson's for a share, order statistics for a median."""

from collections.abc import Sequence
from functools import cache
from math import exp, lgamma, log, sqrt

# The point of the normal distribution with 2.5 % above it.
_Z = 1.959963984540054


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Lower and upper end for the share hits / n, each from 0 to 1; n is at least 1 (Wilson, 1927)."""
    share = hits / n
    widened = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / widened
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / widened
    # At the ends the sum is exactly 0 or 1; rounding must not push the share outside its own interval.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def median_interval(observations: Sequence[float]) -> tuple[float, float] | None:
    """Lower and upper end for the median, two of the observations themselves; None below 6, where no pair reaches 95 %.

    Assumes nothing about the distribution: the number of observations below the median is binomial with chance one half
    (Conover, Practical Nonparametric Statistics, section 3.2).
    """
    rank = _rank(len(observations))
    if rank == 0:
        return None
    held = sorted(observations)
    return held[rank - 1], held[-rank]


@cache
def _rank(n: int) -> int:
    """The largest rank r, counted from 1, with a chance of at most 2.5 % that fewer than r observations lie below the median; 0 if none."""
    chance, below = 0.0, 0
    while (chance := chance + _chance_of(below, n)) <= 0.025:
        below += 1
    return below


def _chance_of(hits: int, n: int) -> float:
    """Chance of so many heads in n throws, through logarithms: one half to the power of n is too small for a float once n passes a thousand."""
    return exp(lgamma(n + 1) - lgamma(hits + 1) - lgamma(n - hits + 1) - n * log(2))
