"""The verdict on the length of a consultation, under each rule in force on the day it opened, with its sum in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opencompact.values.days import count_in_words, days_open, in_words

# A body has had no chance to answer a verdict that a program has only just worked out.
STATE = "computed, not yet put to the body"
Consultation = Mapping[str, Any]


@dataclass(frozen=True)
class LengthRule:
    """A row of the table `rule_sets`: `least_days` None means that no length is set."""

    rule_set: str
    title: str
    made_by: str
    in_force_from: date
    in_force_to: date | None
    least_days: int | None


def in_force(rules: Iterable[LengthRule], *, on: date | None) -> list[LengthRule]:
    """The rules in force that day, first and last day included; none where the day is not known."""
    return [rule for rule in rules if on is not None and rule.in_force_from <= on <= (rule.in_force_to or on)]


def length_verdict(consultation: Consultation, *, rule: LengthRule, today: date) -> dict[str, str]:
    """A row of the table `consultation_verdicts`: graded as the table's words say, with the sum and the finding in a sentence."""
    verdict, finding = _grade(consultation, rule)
    parts = [] if rule.least_days is None else [_sum(consultation, rule.least_days, today)]
    if consultation["kind"] == "call_for_evidence":
        parts.append("the body called it a call for evidence")
    return {
        "consultation_id": consultation["consultation_id"],
        "rule_set": rule.rule_set,
        "verdict": verdict,
        "because": "; ".join(filter(None, (*parts, finding))),
        "state": STATE,
    }


def _grade(consultation: Consultation, rule: LengthRule) -> tuple[str, str]:
    days = days_open(consultation["opened_on"], consultation["closed_on"])
    if rule.least_days is None:
        return "not_applicable", f"{rule.title} sets no length"
    if days is None:
        return "cannot_tell", ""
    if days >= rule.least_days:
        return "met", f"exactly {rule.least_days}, which meets it" if days == rule.least_days else ""
    return _grade_short(consultation, rule)


def _grade_short(consultation: Consultation, rule: LengthRule) -> tuple[str, str]:
    where = consultation["explanation_found_in"]
    if consultation["explanation"] == "given":
        return "explained", f"explained in {where}: “{consultation['explanation_quote']}”"
    if consultation["explanation"] != "none_found":
        return "cannot_tell", f"whether it was explained cannot be told: {where or 'no search for an explanation is held'}"
    found = f"no explanation found on {where}"
    if rule.made_by == "compact" and consultation["sector_relevance"] != "yes":
        return "cannot_tell", f"{found}; the promise covers consultations that concern the voluntary sector, and whether this one does is not known"
    return "unexplained", found


def _sum(consultation: Consultation, least: int, today: date) -> str:
    opened, closed = consultation["opened_on"], consultation["closed_on"]
    if opened is None or closed is None:
        missing = "day it opened" if opened is None else "day it closed"
        return f"the {missing} is not held, so its length cannot be told; {least} days wanted"
    closes = f"{'closed' if closed <= today else 'closes'} {in_words(closed)}"
    days = days_open(opened, closed)
    if days is None:
        return f"{closes}, before it opened on {in_words(opened)}, so its length cannot be told; {least} days wanted"
    spare = days - least
    compared = f"; {abs(spare)} {'short' if spare < 0 else 'over'}" if spare else ""
    return f"{closes} − opened {in_words(opened)} = {count_in_words(days, 'day')}; {least} wanted{compared}"
