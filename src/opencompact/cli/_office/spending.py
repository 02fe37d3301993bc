"""The invented targets for spending with the sector: one in force with a change proposed, one replaced, one only proposed."""

from datetime import datetime, timedelta
from decimal import Decimal

from opencompact.accounts.rules import Grant, Viewer
from opencompact.cli._office import AFFAIRS, EXAMPLES, WORKS
from opencompact.judgement.actions import spend_returns as actions
from opencompact.registry import load_catalogue

CARD = "ppn-001"


def plant(at: datetime) -> None:
    """Put the targets and their sign-offs, some of them whole."""
    steps = [(each.step, each.post) for each in load_catalogue().returns[CARD].target_steps]
    _target(EXAMPLES, "4.50", "What the record shows of the year before, and half as much again. Invented.", at - timedelta(days=200), steps)
    _target(EXAMPLES, "3.00", "A duty with most of these contracts moves to another body. Invented.", at - timedelta(days=20), steps[:1])
    _target(AFFAIRS, "2.00", "A first target, as nothing was measured before. Invented.", at - timedelta(days=90), [])
    _target(WORKS, "5.00", "The first target. Invented.", at - timedelta(days=300), steps)
    _target(WORKS, "6.00", "The first was reached early, so it is raised. Invented.", at - timedelta(days=100), steps)


def _target(body: str, share: str, because: str, when: datetime, steps: list[tuple[str, str]]) -> None:
    official = Viewer(f"sample-official-{body}", (Grant("official", body),), "Sample Official")
    card = load_catalogue().returns[CARD]
    row = actions.set_target(
        CARD, body, supplier="vcse", year=card.target_year, unit="share", amount=Decimal(share), baseline_year=card.first_year - 1,
        baseline_amount=Decimal("1250000.00") if body == EXAMPLES else None, by=official, at=when, because=because,
    )  # fmt: skip
    order = [each.step for each in card.target_steps]
    for place, (step, post) in enumerate(steps, start=1):
        day = when + timedelta(days=4 * place)
        actions.sign_target(row.pk, step=step, order=order, name=f"Sample {post}", post=post, on=day.date(), by=official, at=day)
