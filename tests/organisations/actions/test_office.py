"""What is done about the bodies that take part."""

import json
from datetime import date

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, bodies, viewer

from opencompact.accounts.rules import NotAllowed
from opencompact.audit.models import Event
from opencompact.organisations.actions.office import record_body, record_succession
from opencompact.organisations.models import Body, Succession
from opencompact.organisations.rules.succession import NotASuccession

pytestmark = pytest.mark.django_db


def test_body_is_put_and_put_right_and_both_are_on_the_trail():
    for name in ("Old Name", "New Name"):
        record_body("an-office", name=name, kind="department", mail_domain="Sample.Invalid", by=viewer("central"), at=AT)
    assert list(Body.objects.values_list("name", "mail_domain")) == [("New Name", "sample.invalid")]
    assert list(Event.objects.order_by("sequence").values_list("verb", "subject")) == [("record_body", "body/an-office"), ("change_body", "body/an-office")]


@pytest.mark.parametrize("role", ["lead", "sector", "auditor", "public"])
def test_only_the_central_team_records_bodies(role):
    bodies()
    with pytest.raises(NotAllowed):
        record_body("an-office", name="An Office", kind="department", by=viewer(role), at=AT)
    with pytest.raises(NotAllowed):
        record_succession(SAMPLES, successor=EXAMPLES, on=date(2032, 1, 1), how="merged", by=viewer(role), at=AT, because="")
    assert (Event.objects.count(), Succession.objects.count()) == (0, 0)


def test_succession_is_recorded_once_and_of_bodies_that_take_part():
    bodies()
    record_succession(SAMPLES, successor=EXAMPLES, on=date(2032, 1, 1), how="merged", by=viewer("central"), at=AT, because="a test")
    assert json.loads(Event.objects.get().detail) == {"how": "merged", "on": "2032-01-01", "successor": EXAMPLES}
    with pytest.raises(NotASuccession, match=r"^No body nobody takes part\. Record it first\.$"):
        record_succession("nobody", successor=EXAMPLES, on=date(2032, 1, 1), how="merged", by=viewer("central"), at=AT, because="")
    with pytest.raises(NotASuccession, match="continues"):
        record_succession(EXAMPLES, successor=SAMPLES, on=date(2033, 1, 1), how="split", by=viewer("central"), at=AT, because="")
