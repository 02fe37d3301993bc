"""First pages of those who act for a body: their numbers are of that body and of what it inherited, the most pressing act first."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.office import EXAMPLES, SAMPLES, bodies, viewer
from tests.web.home.homes import CENTRAL, opened, owe, promise, texts

from opencompact.organisations.actions.office import record_succession
from opencompact.promises.actions.ledger import record_update
from opencompact.web.home.of_bodies import lead, sro

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_release(settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    bodies()


def said(first) -> str:
    return " ".join(first.answer).replace("\u00a0", " ")


def test_lead_acts_first_on_what_is_asked_and_then_on_what_is_late() -> None:
    for place in range(3):
        owe(f"q{place}", EXAMPLES, days=place - 1)
        promise(f"p{place}", EXAMPLES, days=-place - 1)
    first = lead(opened("lead", EXAMPLES))
    assert [words for _, words, _ in first.acts] == [
        "Answer: Question q0", "Answer: Question q1", "Say where it stands: Promise p2", "Everything asked of us, and the spreadsheet of it",
    ]  # fmt: skip
    assert "No release is made yet, so no consultation can be looked at." in said(first)


def test_lead_with_nothing_owed_is_told_so() -> None:
    first = lead(opened("lead", EXAMPLES))
    assert [table.empty for table in first.blocks[:2]] == ["Nothing is asked that is not answered.", "No commitment is past its day."]
    assert len(first.acts) == 1


@pytest.mark.parametrize("page", [lead, sro])
def test_what_was_inherited_stands_among_ones_own(page) -> None:
    promise("old", SAMPLES, days=-2)
    on = timezone.localdate()
    record_succession(SAMPLES, successor=EXAMPLES, on=on, how="merged", by=CENTRAL, at=timezone.now(), because="a test")
    first = page(opened("lead", EXAMPLES))
    assert any(words.endswith("Promise old") for _, words, _ in first.acts)
    assert ("1 commitment" in said(first), "Promise old" in str([texts(block) for block in first.blocks if block.kind == "table"])) == (True, True)


def test_senior_officer_sees_claims_apart_from_findings() -> None:
    for key in ("claimed", "found", "neither"):
        promise(key, EXAMPLES, days=30)
    on, at = timezone.localdate() - timedelta(days=3), timezone.now()
    record_update("claimed", body=EXAMPLES, on=on, text="x", delivery="claimed_done", by=viewer("lead"), at=at, because="")
    record_update("found", body="", on=on, text="x", finding="delivered", by=viewer("auditor"), at=at, because="")
    first = sro(opened("sro", EXAMPLES))
    assert "has 3 commitments: 1 found delivered, 1 done by our own word and not checked, 0 past their day." in said(first)
    says, found = ({label: size for label, size, _ in block.bars} for block in first.blocks if block.kind == "bars")
    assert (says["Done, says the owner"], says["Not started"], found["Delivered"], found["Not yet checked"]) == (1, 2, 1, 2)


def test_somebody_of_two_bodies_sees_both() -> None:
    promise("a", EXAMPLES, days=-1)
    promise("b", SAMPLES, days=-2)
    assert said(sro(opened("sro", EXAMPLES, SAMPLES))).startswith("Department of Examples and Ministry of Samples has 2 commitments")
