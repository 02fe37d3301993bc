from datetime import date
from decimal import Decimal

import pytest
from tests.web.invented import BODIES, SAMPLE, build, tables

from opencompact.api import organisations, reading

OWN, OTHER = "GB-CHC-9900001", "GB-COH-09900001"
BODY = BODIES[5][0]


def _payment(row: int, organisation: str | None, amount: str, *, stage: str = "identifier", day: date | None = date(2031, 4, 1)):
    return {
        "body": BODY,
        "paid_on": day,
        "paid_in_month": f"{day:%Y-%m}" if day else None,
        "payee_name": "Sample",
        "amount": Decimal(amount),
        "organisation_id": organisation,
        "link_stage": stage,
        "source": "sample",
        "source_file": "spend/made-up.csv",
        "source_row": row,
        **SAMPLE,
    }


@pytest.fixture
def money(monkeypatch, settings, tmp_path):
    def made(*payments, grants=(), disputed=()):
        from tests.web import invented

        held = {**tables(), "payments": list(payments), "grants": list(grants), "contracts": [], "disputed_links": list(disputed)}
        monkeypatch.setattr(invented, "tables", lambda: held)
        settings.OPENCOMPACT_WORKSPACE = build(tmp_path)
        return organisations.money_of(reading.open_release(None), OWN)

    yield made
    reading._open.clear()


def test_money_is_counted_by_body_and_financial_year_over_accepted_links(money):
    found = money(
        _payment(2, OWN, "10.50"),
        _payment(3, OWN, "1.00", stage="reviewed"),
        _payment(4, OWN, "99.00", stage="probable"),
        _payment(5, OTHER, "7.00"),
        _payment(6, None, "5.00", stage="none"),
        _payment(8, None, "3.00", stage="review"),
        _payment(7, OWN, "2.00", day=date(2031, 3, 31)),
    )
    assert found == [
        {
            "record": "payments",
            "body": BODY,
            "body_name": "Borough of Nowhere",
            "is_public": True,
            "year": "2031/32",
            "rows": 2,
            "amount": "11.50",
            "why_missing": None,
            "probable_rows": 1,
            "probable_amount": "99.00",
            "disputed_rows": 0,
            "disputed_amount": None,
            "body_rows": 6,
            "body_identified_rows": 3,
            "body_unidentified_amount": "8.00",
            "body_review_amount": "3.00",
            "body_identified_share": 0.5,
        },
        {
            "record": "payments",
            "body": BODY,
            "body_name": "Borough of Nowhere",
            "is_public": True,
            "year": "2030/31",
            "rows": 1,
            "amount": "2.00",
            "why_missing": None,
            "probable_rows": 0,
            "probable_amount": None,
            "disputed_rows": 0,
            "disputed_amount": None,
            "body_rows": 1,
            "body_identified_rows": 1,
            "body_unidentified_amount": "0.00",
            "body_review_amount": "0.00",
            "body_identified_share": 1.0,
        },
    ]


def test_disputed_rows_are_counted_apart_and_stay_in_the_sum(money):
    dispute = {"reference": "ABCD-2345", "organisation_id": OWN, "received_on": date(2031, 8, 1), "source_file": "spend/made-up.csv"}
    disputed = [{**dispute, "record": "payments", "source_row": 2}, {**dispute, "record": "grants", "source_row": 3}]
    (found,) = money(_payment(2, OWN, "10.50"), _payment(3, OWN, "1.00"), disputed=disputed)
    assert (found["rows"], found["amount"], found["disputed_rows"], found["disputed_amount"]) == (2, "11.50", 1, "10.50")


def test_what_is_missing_is_null_with_its_reason(money):
    grant = {**_payment(2, OWN, "1.00"), "grant_id": "360G-sample-1", "awarded_on": None, "amount": None, "has_identifier": True}
    for gone in ("paid_on", "paid_in_month", "payee_name"):
        del grant[gone]
    found = money(_payment(2, OWN, "9.00", stage="probable"), grants=[grant])
    assert [(row["record"], row["year"], row["amount"], row["why_missing"]) for row in found] == [
        ("payments", "2031/32", None, "every row is a probable link only"),
        ("grants", None, None, "no day is held; no amount is held"),
    ]


def test_an_organisation_without_money_has_no_rows(money):
    assert money(_payment(2, OTHER, "9.00")) == []
