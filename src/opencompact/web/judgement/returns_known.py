"""What the release in force already says to the questions of a data return, and where each answer is from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opencompact.publication.queries import NoRelease
from opencompact.records.queries import Known, known_of_year
from opencompact.values.period import financial_year
from opencompact.web.showing import in_force

APRIL = 4  # the financial year of public bodies begins in April


@dataclass(frozen=True)
class Filled:
    """Answers filled in beforehand by question, and in a sentence each, where they are from."""

    answers: Mapping[str, str]
    origins: Mapping[str, str]


def span_of(year: int) -> tuple[date, date]:
    """The first and last day of the financial year that begins in `year`."""
    return date(year, APRIL, 1), date(year + 1, APRIL, 1) - timedelta(days=1)


def year_words(year: int) -> str:
    """`2033/34`."""
    return financial_year(date(year, APRIL, 1))


def filled(body: str, year: int) -> Filled:
    """What the release says of a body's financial year: nothing of what it does not hold, so that nobody is told a nought."""
    try:
        held = in_force().reader
    except NoRelease:
        return Filled({}, {})
    first, last = span_of(year)
    found = known_of_year(held.con.cursor(), body=body, first=first, last=last)
    release = f"release {held.release.number} as of {held.release.at:%-d %B %Y}"
    return Filled({name: known.text for name, known in found.items()}, {name: _origin(known, release) for name, known in found.items()})


def _origin(known: Known, release: str) -> str:
    months = f"; {known.months} of the year's 12 months are held" if known.months is not None else ""
    return (
        f"Filled in from {release}: {known.rows:,} rows of {known.record} in the year, {known.used:,} of them counted{months}. "
        "Put it right where you know better."
    )
