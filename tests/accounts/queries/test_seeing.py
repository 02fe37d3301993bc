"""The one policy by which rows and held fields are seen, asked as every role against the table, and whose a session is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, account, client, viewer

from opencompact.accounts.actions import grant_role, record_contact
from opencompact.accounts.models import Account, Contact, Session
from opencompact.accounts.queries import SessionStore, masked, of_bodies_seen, viewer_of, visible
from opencompact.accounts.rules import ANY, OF_A_BODY, OWN, PUBLIC, ROLES, SEES, VISIBILITIES, Grant, Viewer
from opencompact.promises.models import Commitment

pytestmark = pytest.mark.django_db


def of(role: str) -> Viewer:
    return PUBLIC if role == "public" else viewer(role, EXAMPLES if role in OF_A_BODY else "")


def rows() -> None:
    """A row of each visibility for each of two bodies; `plan` stands for the body of a row."""
    for kept in VISIBILITIES:
        for body in (EXAMPLES, SAMPLES):
            Commitment.objects.create(key=f"{kept}-{body}", kind="offer", title="t", text="t", plan=body, visibility=kept, recorded_by="x", recorded_at=AT)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_the_rows_its_table_says_and_no_other(role: str) -> None:
    rows()
    expected = set()
    for kept, reach in ((kept, SEES[kept]) for kept in VISIBILITIES):
        if kept == "public" or reach.get(role) == ANY:
            expected |= {f"{kept}-{EXAMPLES}", f"{kept}-{SAMPLES}"}
        elif reach.get(role) == OWN and role in OF_A_BODY:
            expected.add(f"{kept}-{EXAMPLES}")
    assert set(Commitment.objects.filter(visible(of(role), bodies="plan")).values_list("key", flat=True)) == expected


def test_two_roles_of_two_bodies_see_what_either_sees() -> None:
    rows()
    both = Viewer("p", (Grant("lead", EXAMPLES), Grant("sector", SAMPLES)))
    seen = Commitment.objects.filter(visible(both, bodies="plan"), visibility="held").values_list("plan", flat=True)
    assert sorted(seen) == [EXAMPLES, SAMPLES]


@pytest.mark.parametrize("role", ROLES)
def test_rows_kept_all_one_way_and_fields_kept_so_follow_the_same_table(role: str) -> None:
    for body in (EXAMPLES, SAMPLES):
        record_contact(body, on=AT.date(), with_whom="", text="words", by=viewer("central"), at=AT)
    seen = set(Contact.objects.filter(of_bodies_seen(of(role), "held")).values_list("body", flat=True))
    reach = SEES["held"].get(role)
    assert seen == ({EXAMPLES, SAMPLES} if reach == ANY else {EXAMPLES} if reach == OWN and role in OF_A_BODY else set())
    for row in Contact.objects.all():
        assert masked(of(role), row, bodies=[row.body], fields=("text",)).text == ("words" if row.body in seen else "")
        assert masked(of(role), row, bodies=[row.body], kept="central", fields=("text",)).text == ("words" if role == "central" else "")


@pytest.mark.parametrize(("days", "roles"), [(-1, {"lead"}), (0, {"lead", "auditor"}), (9, {"lead", "auditor"}), (10, {"lead"})])
def test_roles_are_those_in_force_on_the_day(days: int, roles: set[str]) -> None:
    somebody = account("lead")
    grant = grant_role(somebody, role="auditor", body="", by="test", at=AT, because="a test")
    grant.until_on = AT.date() + timedelta(days=10)
    grant.save()
    assert viewer_of(somebody, on=AT.date() + timedelta(days=days)).roles == roles


def test_role_ended_the_day_it_began_was_never_in_force() -> None:
    somebody = account("charity", on=date(2031, 5, 6))
    somebody.role_grants.update(until_on=date(2031, 5, 6))
    assert viewer_of(somebody, on=date(2031, 5, 6)).grants == ()


def test_nobody_and_who_is_closed_are_the_public() -> None:
    somebody = account("central")
    somebody.is_active = False
    assert [viewer_of(each, on=AT.date()) for each in (None, "central", somebody)] == [PUBLIC] * 3
    assert viewer_of(account("lead"), on=AT.date()) == Viewer("p-lead-any", (Grant("lead", EXAMPLES),), "A sample lead")


def test_session_knows_whose_it_is_and_keeps_nothing_of_the_machine() -> None:
    browser = client("lead")
    row = Session.objects.get(session_key=browser.session.session_key)
    assert (row.account_id, row.began_at is not None) == (Account.objects.get().pk, True)
    nobody = SessionStore()
    nobody["x"] = "y"
    nobody.save()
    row = Session.objects.get(session_key=nobody.session_key)
    assert (row.account_id, row.began_at > datetime(2020, 1, 1, tzinfo=UTC)) == (None, True)
    assert {field.name for field in Session._meta.fields} == {"session_key", "session_data", "expire_date", "account_id", "began_at"}
