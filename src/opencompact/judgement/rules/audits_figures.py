"""The figures of the audits of 2012 and 2015, computed from rows: short consultations, those not explained, bodies that have a thing, shares by period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opencompact.judgement.rules.audits import Grade, best

TWELVE_WEEKS = 84  # days: both the audits and the independent count speak of 12 weeks


@dataclass(frozen=True)
class Case:
    """One consultation: its body, when it opened, its days open (None: not known), whether an explanation was found where it was short (None: not searched)."""

    body: str
    opened_on: date | None
    days: int | None
    explained: bool | None = None


@dataclass(frozen=True)
class Share:
    """So many of so many; `missing` could not be told and are in neither."""

    hits: int
    of: int
    missing: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is nothing to divide by: missing is never zero."""
        return self.hits / self.of if self.of else None

    @property
    def percent(self) -> int | None:
        """The whole per cent, a half rounded up, as the audits print them."""
        return None if not self.of else (200 * self.hits + self.of) // (2 * self.of)


def short(cases: Iterable[Case]) -> Share:
    """Consultations open for under 12 weeks, of those whose length is known (209 reviewed, 40 % short)."""
    held = list(cases)
    known = [case for case in held if case.days is not None]
    return Share(sum(_is_short(case) for case in known), len(known), len(held) - len(known))


def unexplained(cases: Iterable[Case]) -> Share:
    """Short consultations with no explanation found, of the short ones that were searched for one (54 % of the short ones)."""
    held = [case for case in cases if _is_short(case)]
    searched = [case for case in held if case.explained is not None]
    return Share(sum(case.explained is False for case in searched), len(searched), len(held) - len(searched))


def over_twelve_weeks(cases: Iterable[Case]) -> Share:
    """Consultations open for more than 12 weeks: exactly 84 days is not more (56.5 % of 253, then 26 % of 207)."""
    held = list(cases)
    known = [case for case in held if case.days is not None]
    return Share(sum(case.days is not None and case.days > TWELVE_WEEKS for case in known), len(known), len(held) - len(known))


def at_the_boundary(cases: Iterable[Case]) -> int:
    """Consultations of exactly 84 days: by these the two ways of counting differ."""
    return sum(case.days == TWELVE_WEEKS for case in cases)


def by_period(cases: Iterable[Case], periods: Mapping[str, tuple[date, date]]) -> dict[str, Share]:
    """The share that was short in each period, first and last day included (40 %, then 76 %, then 81 %)."""
    held = list(cases)
    return {name: short(case for case in held if case.opened_on and first <= case.opened_on <= last) for name, (first, last) in periods.items()}


def by_body(cases: Iterable[Case]) -> dict[str, tuple[Share, Share]]:
    """For each body the share that was short and, of the short, the share not explained."""
    held = list(cases)
    return {body: (short(own), unexplained(own)) for body in sorted({case.body for case in held}) for own in ([case for case in held if case.body == body],)}


def having(answers: Mapping[str, bool | None]) -> Share:
    """Bodies that have a thing, of those that could be told: 2 of 9 had an external page, 9 of 14 wrote of it in their plan, 1 watched the length."""
    told = [answer for answer in answers.values() if answer is not None]
    return Share(sum(told), len(told), len(answers) - len(told))


def share_of_spend(spend: Mapping[str, int], bodies: Iterable[str]) -> Share:
    """Pounds spent by the bodies looked at, of the pounds of all (nine departments, 98 %)."""
    chosen = set(bodies)
    return Share(sum(pounds for body, pounds in spend.items() if body in chosen), sum(spend.values()))


def at_best(findings: Mapping[str, Sequence[str]], *, scale: Sequence[Grade]) -> dict[str, str]:
    """For each recommendation the best grade any body has (`at best, adequate` against each)."""
    return {recommendation: best(grades, scale=scale) for recommendation, grades in findings.items()}


def _is_short(case: Case) -> bool:
    return case.days is not None and case.days < TWELVE_WEEKS
