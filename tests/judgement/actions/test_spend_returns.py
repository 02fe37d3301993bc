"""Targets set and changed, returns filed and corrected, each step signed once in its order: who may, what is refused, what the trail keeps."""

from datetime import date
from decimal import Decimal
from json import loads
from typing import Any

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.audit.models import Event
from opencompact.judgement.actions import spend_returns as actions
from opencompact.judgement.models import SpendFiling, SpendSignOff, SpendTarget

pytestmark = pytest.mark.django_db
ORDER = ("presented", "approved", "published")
DAY = date(2031, 5, 2)


def of(role: str, body: str = EXAMPLES) -> Viewer:
    return Viewer() if role == "public" else viewer(role, body if role in OF_A_BODY else "")


def set_target(by: Viewer | None = None, **given: Any) -> SpendTarget:
    told = {"supplier": "vcse", "year": 2032, "unit": "share", "amount": Decimal("4.5"), "baseline_year": 2030, "baseline_amount": None, "because": "Invented."}
    return actions.set_target("sample-return", EXAMPLES, **told | given, by=by or of("analyst"), at=AT)


def file_return(by: Viewer | None = None, **given: Any) -> SpendFiling:
    told = {"year": 2030, "figures": {"vcse": "12.00"}, "release": "release 2031-05", "method": "By number."}
    return actions.file_return("sample-return", EXAMPLES, **told | given, by=by or of("lead"), at=AT)


def sign(row: SpendTarget, step: str, by: Viewer | None = None, **given: Any) -> SpendSignOff:
    told = {"name": "Sample Minister", "post": "Minister", "on": DAY, "order": ORDER}
    return actions.sign_target(row.pk, step=step, **told | given, by=by or of("official"), at=AT)


def attempt(verb: str, by: Viewer) -> object:
    """Do the act of a verb as somebody, on rows made by whoever may."""
    if verb == "set_target":
        return set_target(by)
    filed = file_return(because="Again.")
    if verb == "file_return":
        return file_return(by, because="A correction.")
    sign(set_target(), "presented", by)
    return actions.sign_filing(filed.pk, step="presented", order=ORDER, name="A", post="B", on=DAY, by=by, at=AT)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["set_target", "file_return", "record_sign_off"])
def test_only_the_bodys_own_people_set_file_and_sign(verb: str, role: str) -> None:
    if role in MAY[verb]:
        assert attempt(verb, of(role))
    else:
        with pytest.raises(NotAllowed):
            attempt(verb, of(role))
    with pytest.raises(NotAllowed):
        attempt(verb, of(role, SAMPLES))


def test_change_is_a_new_target_and_the_old_one_stands_unchanged() -> None:
    first = set_target()
    second = set_target(amount=Decimal(3), because="A duty moved.")
    assert [(row.place, row.amount, row.because) for row in SpendTarget.objects.order_by("place")] == [
        (1, Decimal("4.50"), "Invented."),
        (2, Decimal("3.00"), "A duty moved."),
    ]
    assert set_target(supplier="sme").place == 1
    assert (first.place, second.place) == (1, 2)
    event = Event.objects.filter(verb="set_target").order_by("pk")[1]
    assert (event.subject, event.because, loads(event.detail)["amount"]) == ("spend-return/sample-return/department-of-examples", "A duty moved.", "3")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"because": " "}, "Nothing is written for why"),
        ({"unit": "tons"}, "Found the unit 'tons'"),
        ({"amount": Decimal(0)}, "expected more than nought"),
        ({"amount": Decimal(101)}, "at most 100 per cent"),
        ({"baseline_year": 2032}, "expected one before 2032"),
    ],
)
def test_target_that_says_nothing_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotStep, match=says):
        set_target(**given)
    assert SpendTarget.objects.count() == 0


def test_pounds_may_be_more_than_a_hundred() -> None:
    assert set_target(unit="pounds", amount=Decimal(2_000_000)).amount == Decimal(2_000_000)


def test_steps_are_signed_once_in_their_order() -> None:
    row = set_target()
    for step in ORDER:
        assert sign(row, step).name == "Sample Minister"
    with pytest.raises(CannotStep, match="every step is taken already"):
        sign(row, "published")
    assert Event.objects.filter(verb="record_sign_off").count() == 3


@pytest.mark.parametrize(("given", "says"), [({"step": "approved"}, "'presented' first"), ({"step": "presented", "name": ""}, "Nothing is written for name")])
def test_step_out_of_order_or_of_nobody_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotStep, match=says):
        sign(set_target(), **given)
    assert SpendSignOff.objects.count() == 0


def test_target_that_a_later_one_replaced_is_signed_no_further() -> None:
    row = set_target()
    sign(row, "presented")
    set_target()
    with pytest.raises(CannotStep, match="A later target was set"):
        sign(row, "approved")


def test_correction_says_why_and_the_first_filing_stands() -> None:
    first = file_return()
    with pytest.raises(CannotStep, match="why it is corrected"):
        file_return(figures={"vcse": "13.00"})
    file_return(figures={"vcse": "13.00"}, because="Two payees were settled.")
    assert [(row.place, row.figures, row.because) for row in SpendFiling.objects.order_by("place")] == [
        (1, {"vcse": "12.00"}, ""),
        (2, {"vcse": "13.00"}, "Two payees were settled."),
    ]
    with pytest.raises(CannotStep, match="A correction was filed"):
        actions.sign_filing(first.pk, step="presented", order=ORDER, name="A", post="B", on=DAY, by=of("sro"), at=AT)


def test_filing_is_signed_like_a_target() -> None:
    row = file_return()
    signed = actions.sign_filing(row.pk, step="presented", order=ORDER, name="A", post="Commercial Director", on=DAY, note="By hand.", by=of("sro"), at=AT)
    assert (signed.filing_id, signed.target_id, signed.note) == (row.pk, None, "By hand.")


@pytest.mark.parametrize(("given", "says"), [({"year": 2031}, "expected a year that has ended"), ({"method": ""}, "Nothing is written for method")])
def test_year_that_runs_still_and_figures_without_a_method_are_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(CannotStep, match=says):
        file_return(**given)
    assert SpendFiling.objects.count() == 0
