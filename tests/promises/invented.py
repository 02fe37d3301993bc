"""Invented cards for the tests of promises."""

from datetime import date

from opencompact.registry.cards import Agreement, Indicator, Outcome, RuleSet, Undertaking


def undertaking(**given) -> Undertaking:
    """An undertaking, of invented content where none is given."""
    return Undertaking(
        **{"number": "1.1", "outcome": "1", "bound": "government", "paraphrase": "Do an invented thing.", "test": "computed", "wording": "confirmed", **given}
    )


def agreement(slug: str, *undertakings: Undertaking, **given) -> Agreement:
    """An agreement of one outcome."""
    outcomes = (Outcome(number="1", title="An invented outcome"),)
    return Agreement(**{"slug": slug, "title": f"Title of {slug}", "parties": "Invented parties", "outcomes": outcomes, "undertakings": undertakings, **given})


def rule_set(slug: str, **given) -> RuleSet:
    """A rule set in force from 2031."""
    return RuleSet(
        **{"slug": slug, "title": f"Title of {slug}", "made_by": "government", "in_force_from": date(2031, 1, 1), "rule": "An invented rule.", **given}
    )


def indicator(slug: str, *, tests: tuple[str, ...]) -> Indicator:
    """An indicator that says which undertakings it tests."""
    return Indicator(
        slug=slug,
        title=f"Title of {slug}",
        question="How many?",
        why_it_matters="It is invented.",
        tests=tests,
        unit="count",
        better="neither",
        population="Invented cases",
        needs=(),
        interval="none",
        not_enough_below=1,
        version=1,
        reviewed_on=date(2031, 1, 1),
        review_due_on=date(2032, 1, 1),
    )
