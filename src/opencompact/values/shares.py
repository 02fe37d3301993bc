"""A share of a whole of which part is not known: the least and the most it can be."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Between:
    """The least share, were none of the unknown part of it, and the most, were all of it."""

    least: float
    most: float


def between(part: Decimal, other: Decimal, unknown: Decimal) -> Between | None:
    """The range of the share of `part` in part, other and unknown together; None where a sum is below nought, as credits may make it, or all are nought."""
    whole = part + other + unknown
    if min(part, other, unknown) < 0 or whole == 0:
        return None
    return Between(float(part / whole), float((part + unknown) / whole))
