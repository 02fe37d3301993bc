"""First pages of those who look at every body: silence, slippage and vacancy by body, claims to check, and the next meeting."""

import pytest
from django.utils import timezone
from tests.convening.gatherings import planned
from tests.convening.gatherings import today as now
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, viewer
from tests.web.home.homes import opened, owe, promise, texts

from opencompact.organisations.models import Body
from opencompact.promises.actions.ledger import record_update
from opencompact.web.home.first import MOST
from opencompact.web.home.of_office import auditor, central, sector

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_release(settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    bodies()


def test_centre_counts_each_body_once_for_each_thing_and_cuts_the_list() -> None:
    for place in range(MOST):
        Body.objects.create(body=f"b-{place:02}", name=f"B {place:02}", kind="department")
    owe("q", SAMPLES, days=-1)
    promise("p", SAMPLES, days=-1)
    promise("r", EXAMPLES, days=-1)
    table = central(opened("central")).blocks[0]
    assert texts(table)[:3] == [["Ministry of Samples", "1", "1", "2"], ["Department of Examples", "0", "1", "2"], ["B 00", "0", "0", "2"]]
    assert table.note == f"Showing {MOST} of {MOST + 2}."


def test_sector_body_is_not_missed_for_a_post_it_need_not_fill() -> None:
    assert "Sample Sector Voice" not in str(texts(central(opened("central")).blocks[0]))


def test_next_meeting_is_an_act_where_there_is_one() -> None:
    assert not any("cockpit" in address for address, _, _ in central(opened("central")).acts)
    row = planned("soon", at=now(), days=3)
    assert (f"/meetings/{row.key}/cockpit/", f"Prepare: {row.title}") in [act[:2] for act in central(opened("central")).acts]


def test_auditor_checks_claims_that_nobody_checked_and_no_others() -> None:
    on, at = timezone.localdate(), timezone.now()
    for key in ("claimed", "checked", "begun"):
        promise(key, EXAMPLES, days=9)
        delivery = "in_progress" if key == "begun" else "claimed_done"
        record_update(key, body=EXAMPLES, on=on, text="x", delivery=delivery, by=viewer("lead"), at=at, because="")
    record_update("checked", body="", on=on, text="x", finding="delivered", by=viewer("auditor"), at=at, because="")
    first = auditor(opened("auditor"))
    assert [row[0] for row in texts(first.blocks[1])] == ["Promise claimed"]
    assert ("1 claim of delivery to be checked" in first.answer[0].replace("\u00a0", " "), "No release is made yet" in first.answer[1]) == (True, True)


def test_sector_body_without_returns_is_told_that_nobody_says() -> None:
    promise("money", SAMPLES, days=-1, kind="announcement")
    first = sector(opened("sector", VOICE))
    assert first.answer[0].replace("\u00a0", " ").startswith("No return gives a number of issues, of 2 asked. 1 announcement is overdue;")
    assert first.answer[1] == "No release is made yet, so no consultation can be looked at."
    assert first.blocks[0].empty == "No body has said in a return how many issues were raised."
