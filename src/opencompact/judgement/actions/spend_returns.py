"""What is done about yearly returns of spending: a target set or changed, a return filed, each step of a sign-off written down; nothing is ever rewritten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import record
from opencompact.judgement.actions.trail import needed
from opencompact.judgement.models import SpendFiling, SpendSignOff, SpendTarget
from opencompact.judgement.rules.spend_returns import UNITS, BadStep, check_step, year_ends_on

_WHOLE = Decimal(100)


@transaction.atomic
def set_target(
    spend_return: str,
    body: str,
    *,
    supplier: str,
    year: int,
    unit: str,
    amount: Decimal,
    baseline_year: int,
    baseline_amount: Decimal | None,
    by: Viewer,
    at: datetime,
    because: str,
) -> SpendTarget:
    """Set a target, or propose to change the one that stands: it is in force only once its sign-off is whole. Raises NotAllowed, CannotStep."""
    require(by, "set_target", body=body)
    needed(why=because)
    if unit not in UNITS:
        raise CannotStep(f"Found the unit {unit!r}; expected one of {', '.join(UNITS)}.")
    if amount <= 0 or (unit == "share" and amount > _WHOLE):
        raise CannotStep(f"Found a target of {amount}; expected more than nought{' and at most 100 per cent' if unit == 'share' else ''}.")
    if baseline_year >= year:
        raise CannotStep(f"Found the baseline year {baseline_year}; expected one before {year}, in which the target is to be reached.")
    earlier = SpendTarget.objects.select_for_update().filter(spend_return=spend_return, body=body, supplier=supplier)
    row = SpendTarget.objects.create(
        spend_return=spend_return,
        body=body,
        supplier=supplier,
        place=len(earlier) + 1,
        year=year,
        unit=unit,
        amount=amount,
        baseline_year=baseline_year,
        baseline_amount=baseline_amount,
        because=because.strip(),
        set_by=by.account,
        set_at=at,
    )
    detail = {"supplier": supplier, "place": row.place, "year": year, "unit": unit, "amount": str(amount), "baseline_year": baseline_year}
    record(verb="set_target", subject=_subject(spend_return, body), by=by.account, at=at, because=because, detail=detail)
    return row


@transaction.atomic
def file_return(
    spend_return: str, body: str, *, year: int, figures: Mapping[str, str], release: str, method: str, by: Viewer, at: datetime, because: str = ""
) -> SpendFiling:
    """File a year's return with the figures as they stand, or a correction of one that was filed, which says why. Raises NotAllowed, CannotStep."""
    require(by, "file_return", body=body)
    needed(method=method)
    if localdate(at) <= year_ends_on(year):
        raise CannotStep(f"The financial year ends on {year_ends_on(year):%-d %B %Y}; expected a year that has ended.")
    earlier = SpendFiling.objects.select_for_update().filter(spend_return=spend_return, body=body, year=year)
    place = len(earlier) + 1
    if place > 1:
        needed(why_it_is_corrected=because)
    row = SpendFiling.objects.create(
        spend_return=spend_return,
        body=body,
        year=year,
        place=place,
        figures=dict(figures),
        release=release,
        method=method.strip(),
        because=because.strip(),
        filed_by=by.account,
        filed_at=at,
    )
    detail = {"year": year, "place": place, "release": release, "figures": dict(figures)}
    record(verb="file_return", subject=_subject(spend_return, body), by=by.account, at=at, because=because, detail=detail)
    return row


@transaction.atomic
def sign_target(target_id: int, *, step: str, order: Sequence[str], name: str, post: str, on: date, by: Viewer, at: datetime, note: str = "") -> SpendSignOff:
    """Write down one step of a target's sign-off. A target that a later one replaced is signed no further. Raises NotAllowed, CannotStep."""
    row = SpendTarget.objects.select_for_update().get(pk=target_id)
    require(by, "record_sign_off", body=row.body)
    if SpendTarget.objects.filter(spend_return=row.spend_return, body=row.body, supplier=row.supplier, place__gt=row.place).exists():
        raise CannotStep("A later target was set; sign that one. What was signed of this one stands.")
    return _sign(row, step=step, order=order, name=name, post=post, on=on, by=by, at=at, note=note)


@transaction.atomic
def sign_filing(filing_id: int, *, step: str, order: Sequence[str], name: str, post: str, on: date, by: Viewer, at: datetime, note: str = "") -> SpendSignOff:
    """Write down one step of a filed return's sign-off; one that a correction replaced is signed no further. Raises NotAllowed, CannotStep."""
    row = SpendFiling.objects.select_for_update().get(pk=filing_id)
    require(by, "record_sign_off", body=row.body)
    if SpendFiling.objects.filter(spend_return=row.spend_return, body=row.body, year=row.year, place__gt=row.place).exists():
        raise CannotStep("A correction was filed; sign that one. What was signed of this one stands.")
    return _sign(row, step=step, order=order, name=name, post=post, on=on, by=by, at=at, note=note)


def _sign(
    row: SpendTarget | SpendFiling, *, step: str, order: Sequence[str], name: str, post: str, on: date, by: Viewer, at: datetime, note: str
) -> SpendSignOff:
    needed(name=name, post=post)
    done = dict(row.sign_offs.values_list("step", "on"))
    try:
        check_step(step, order=order, done=done, on=on, today=localdate(at))
    except BadStep as refusal:
        raise CannotStep(str(refusal)) from refusal
    of = {"target": row} if isinstance(row, SpendTarget) else {"filing": row}
    signed = SpendSignOff.objects.create(
        **of, step=step, name=name.strip(), post=post.strip(), on=on, note=note.strip(), recorded_by=by.account, recorded_at=at
    )
    detail = {"of": next(iter(of)), "place": row.place, "step": step, "post": post, "on": str(on)}
    record(verb="record_sign_off", subject=_subject(row.spend_return, row.body), by=by.account, at=at, because=note, detail=detail)
    return signed


def _subject(spend_return: str, body: str) -> str:
    return f"spend-return/{spend_return}/{body}"
