"""How large the sample country is: how many times each part of it, and how many rows go into a file before the next begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

NATIONAL = "national"
LARGEST = 1700  # beyond it charities would take the numbers of funders
PAYMENTS_A_FILE, GRANTS_A_FILE, COMPANIES_A_FILE = 20_000, 25_000, 800_000


@dataclass(frozen=True)
class Size:
    """How many times the charities, payments, grants, releases, consultations and companies of scale 1; `scale` is what was asked for."""

    scale: int | str
    charities: int
    payments: int
    grants: int
    releases: int
    consultations: int
    companies: int


def size_of(scale: int | str) -> Size:
    """The size of a scale: each part so many times, or the nation's own proportions for `national`.

    National: 600,000 contract releases, 1.5 million grants, 10 million payment lines, 400,000 registered names and 5.5 million companies.
    """
    if isinstance(scale, str):
        return Size(NATIONAL, charities=1105, payments=1690, grants=2510, releases=5000, consultations=10, companies=10_000)
    return Size(scale, scale, scale, scale, scale, scale, scale)


def parts(path: PurePath, rows: int, *, most: int) -> Iterator[tuple[str, int, int]]:
    """Files for so many rows, none with more than `most`: name, first row and number of rows. All in one keep the name; else parts are numbered."""
    for part, first in enumerate(range(0, max(rows, 1), most), start=1):
        name = path.name if part == 1 else f"{path.stem}-part-{part:02}{path.suffix}"
        yield name, first, min(most, rows - first)
