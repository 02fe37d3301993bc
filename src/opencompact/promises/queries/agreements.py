"""What pages ask about promises: plain rows from a lake connection, never written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opencompact.lake import Connection
from opencompact.promises.rules.agreements import SEPARATOR

_UNDERTAKING = """
    SELECT undertaking, agreement, number, outcome, bound, paraphrase, test, wording,
        coalesce(source_url, ''), coalesce(cannot_yet, ''), coalesce(indicators, ''), coalesce(kin, ''),
        undertaking IN (SELECT undertaking FROM verdicts)
    FROM undertakings
"""


@dataclass(frozen=True)
class AgreementShown:
    """An agreement; text that is missing is empty."""

    agreement: str
    title: str
    in_force_from: date | None
    in_force_to: date | None
    parties: str
    source_url: str
    note: str


@dataclass(frozen=True)
class UndertakingShown:
    """An undertaking; `has_verdict` says whether any body has a verdict on it."""

    undertaking: str
    agreement: str
    number: str
    outcome: str
    bound: str
    paraphrase: str
    test: str
    wording: str
    source_url: str
    cannot_yet: str
    indicators: tuple[str, ...]
    kin: tuple[str, ...]
    has_verdict: bool


@dataclass(frozen=True)
class SignShown:
    """What would show a principle being kept (`progress`) or not (`warning`)."""

    sign: str
    text: str
    wording: str
    source_url: str


@dataclass(frozen=True)
class RuleSetShown:
    """A dated rule; a clock it does not set is None."""

    rule_set: str
    title: str
    made_by: str
    in_force_from: date
    in_force_to: date | None
    least_days: int | None
    usual_most_days: int | None
    response_days: int | None
    rule: str
    dates_note: str
    source_url: str


@dataclass(frozen=True)
class Counts:
    """Undertakings of an agreement: all, those with any verdict, and the rest, which nobody can test yet."""

    all: int
    with_verdict: int

    @property
    def untested(self) -> int:
        """Undertakings on which no body has a verdict."""
        return self.all - self.with_verdict


def agreements(con: Connection) -> list[AgreementShown]:
    """Every agreement, the earliest first, those without a first day last."""
    select = "SELECT agreement, title, in_force_from, in_force_to, coalesce(parties, ''), coalesce(source_url, ''), coalesce(note, '') FROM agreements"
    return [AgreementShown(*row) for row in con.execute(f"{select} ORDER BY in_force_from NULLS LAST, agreement").fetchall()]


def undertakings_of(con: Connection, agreement: str) -> list[UndertakingShown]:
    """The undertakings of an agreement in its own order; empty where there is no such agreement."""
    return [_undertaking(row) for row in con.execute(f"{_UNDERTAKING} WHERE agreement = ? ORDER BY place", [agreement]).fetchall()]


def undertaking(con: Connection, undertaking_id: str) -> UndertakingShown | None:
    """One undertaking by its id, `compact-2010/2.4`; None where there is none."""
    row = con.execute(f"{_UNDERTAKING} WHERE undertaking = ?", [undertaking_id]).fetchone()
    return _undertaking(row) if row else None


def signs_of(con: Connection, undertaking_id: str) -> list[SignShown]:
    """The signs of a principle in order; empty for an undertaking without any."""
    select = "SELECT sign, text, wording, coalesce(source_url, '') FROM signs WHERE undertaking = ? ORDER BY place"
    return [SignShown(*row) for row in con.execute(select, [undertaking_id]).fetchall()]


def rule_sets(con: Connection) -> list[RuleSetShown]:
    """Every rule set, the earliest first."""
    select = """
        SELECT rule_set, title, made_by, in_force_from, in_force_to, least_days, usual_most_days, response_days, rule,
            coalesce(dates_note, ''), coalesce(source_url, '')
        FROM rule_sets ORDER BY in_force_from, rule_set
    """
    return [RuleSetShown(*row) for row in con.execute(select).fetchall()]


def counts(con: Connection, agreement: str) -> Counts:
    """How many undertakings an agreement has, and on how many any body has a verdict."""
    shown = undertakings_of(con, agreement)
    return Counts(all=len(shown), with_verdict=sum(item.has_verdict for item in shown))


def _undertaking(row: tuple[Any, ...]) -> UndertakingShown:  # columns of several types, in the order of _UNDERTAKING
    values = [*row[:-3], _list(row[-3]), _list(row[-2]), row[-1]]
    return UndertakingShown(*values)


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()
