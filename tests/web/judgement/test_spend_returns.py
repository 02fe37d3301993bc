"""The page of a return of spending: every body it binds within its kind, its target, where its return stands, and its coverage."""

import csv
from decimal import Decimal
from io import StringIO
from re import sub

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.office import viewer

from opencompact.judgement.actions import spend_returns as actions
from opencompact.organisations.models import Body
from opencompact.registry import load_catalogue

pytestmark = pytest.mark.django_db
CARD = load_catalogue().returns["ppn-001"]
BODY, PAGE = "department-for-examples", "/spend-returns/ppn-001/"


def words(response) -> str:
    return " ".join(sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ").split())


def body(slug: str = BODY, kind: str = "department") -> None:
    Body.objects.create(body=slug, name=slug.replace("-", " ").title(), kind=kind)


def target(slug: str = BODY, *, whole: bool = True, amount: str = "4.5", unit: str = "share", year: int | None = None, because: str = "Invented."):
    by, at = viewer("official", slug), timezone.now()
    asked = {"supplier": "vcse", "year": year or CARD.target_year, "unit": unit, "amount": Decimal(amount), "baseline_year": 2025, "baseline_amount": None}
    row = actions.set_target("ppn-001", slug, **asked, by=by, at=at, because=because)
    order = [step.step for step in CARD.target_steps]
    for step in order if whole else order[:1]:
        actions.sign_target(row.pk, step=step, order=order, name="Sample Person", post="Minister", on=timezone.localdate(), by=by, at=at)
    return row


def test_without_a_release_or_bodies_it_says_so(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    cache.clear()
    assert "No body that this return binds takes part or is in the record." in words(Client().get(PAGE))
    assert "Spending with voluntary and social enterprises (PPN 001)" in words(Client().get("/spend-returns/"))
    assert Client().get("/spend-returns/none/").status_code == 404


def test_bodies_of_the_record_stand_beside_their_coverage_within_their_kind(site: Client) -> None:
    page = words(site.get(f"{PAGE}?year=2029"))
    assert "0 of 1 body published a return for 2029/30; 0 have a target in force." in page
    assert "Department for Examples The year has not ended none in force 12 of 12" in page
    assert "Payments under each body’s publication threshold are absent, so small charities are undercounted." in page
    assert "This form is provisional" in page
    assert "Departments, 2029/30" in page


def test_year_before_the_first_owes_nothing(site: Client) -> None:
    assert "No return is owed for 2025/26: the first is of 2026/27." in words(site.get(f"{PAGE}?year=2025"))


def test_body_without_a_row_says_nothing_is_held_and_a_council_is_not_bound(site: Client) -> None:
    body("sample-office", "executive_agency")
    body("sample-council", "council")
    page = words(site.get(f"{PAGE}?year=2029"))
    assert "Sample Office The year has not ended none in force nothing held of the year" in page
    assert "Sample Council" not in page


def test_target_in_force_stands_and_one_not_yet_signed_does_not(site: Client) -> None:
    body()
    body("sample-office", "executive_agency")
    target()
    target("sample-office", whole=False)
    page = words(site.get(f"{PAGE}?year=2029"))
    assert "4.5 % of direct spend in the financial year 2027/28" in page
    assert "1 have a target in force" in page


def test_file_has_the_same_bodies(site: Client) -> None:
    text = b"".join(site.get(f"{PAGE}?year=2029&format=csv").streaming_content).decode()
    assert [row["Body"] for row in csv.DictReader(StringIO(text))] == ["Department for Examples"]


def test_years_without_a_choice_are_the_last_that_ended_in_the_record(site: Client) -> None:
    assert "published a return for 2030/31" in words(site.get(PAGE))


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_few_questions_however_many_bodies(site: Client, number: int) -> None:
    for place in range(number):
        body(f"sample-office-{place}", "executive_agency")
        target(f"sample-office-{place}")
    with CaptureQueriesContext(connection) as asked:
        assert site.get(f"{PAGE}?year=2029").status_code == 200
    assert len(asked) == 5
