"""The bodies that take part, as pages ask of them."""

from datetime import date

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, bodies, viewer

from opencompact.organisations.actions.office import record_body, record_succession
from opencompact.organisations.queries import office

pytestmark = pytest.mark.django_db


def test_bodies_by_kind_and_by_day():
    bodies()
    record_body("old-office", name="Old Office", kind="department", until_on=date(2031, 1, 1), by=viewer("central"), at=AT)
    assert [row.body for row in office.office_bodies()] == [EXAMPLES, SAMPLES, "old-office", VOICE]
    assert [row.body for row in office.office_bodies("sector")] == [VOICE]
    assert [row.body for row in office.office_bodies("department", on=date(2031, 1, 1))] == [EXAMPLES, SAMPLES]
    assert [row.body for row in office.office_bodies("department", on=date(2030, 12, 31))] == [EXAMPLES, SAMPLES, "old-office"]
    assert office.body_names()[VOICE] == "Sample Sector Voice"
    assert (str(office.office_body(EXAMPLES)), office.office_body("nobody")) == ("Department of Examples", None)


def test_who_answers_for_whom():
    bodies()
    step = record_succession(SAMPLES, successor=EXAMPLES, on=date(2032, 1, 1), how="merged", by=viewer("central"), at=AT, because="a test")
    assert str(step) == f"{SAMPLES} → {EXAMPLES}"
    assert (office.successors_on(SAMPLES, on=date(2031, 12, 31)), office.successors_on(SAMPLES, on=date(2032, 1, 1))) == ((SAMPLES,), (EXAMPLES,))
    assert office.lineage(EXAMPLES, on=date(2032, 1, 1)) == (EXAMPLES, SAMPLES)
