"""Who is put in a post and leaves it, and contacts between meetings."""

from datetime import date, timedelta

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts import actions, queries
from opencompact.accounts.actions import BadPost
from opencompact.accounts.models import Contact
from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES, NotAllowed
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.queries import events

pytestmark = pytest.mark.django_db
CENTRAL = viewer("central")
DAY = date(2031, 5, 6)


def appoint(*, post: str = "lead", name: str = "First", from_on: date = DAY, by=CENTRAL, name_public: bool = True):
    return actions.appoint(
        EXAMPLES, post=post, name=name, email="x@sample.invalid", from_on=from_on, name_public=name_public, email_public=False, by=by, at=AT, because=""
    )


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"public"}))
@pytest.mark.parametrize("verb", ["record_appointment", "record_contact"])
def test_each_role_does_what_its_table_says(role: str, verb: str) -> None:
    by = viewer(role)
    doing = {
        "record_appointment": lambda: appoint(by=by),
        "record_contact": lambda: actions.record_contact(EXAMPLES, on=DAY, with_whom="", text="Rang.", by=by, at=AT),
    }
    if MAY[verb].get(role) and (MAY[verb][role] == "any" or role in OF_A_BODY):
        doing[verb]()
    else:
        with pytest.raises(NotAllowed):
            doing[verb]()


def test_new_holder_of_a_post_ends_the_former_that_day() -> None:
    first = appoint()
    appoint(name="Second", from_on=DAY + timedelta(days=30))
    first.refresh_from_db()
    assert first.until_on == DAY + timedelta(days=30)


def test_new_holder_before_the_former_is_refused() -> None:
    appoint()
    with pytest.raises(BadPost, match="which is not later"):
        appoint(name="Second")


def test_a_body_has_as_many_champions_as_it_likes() -> None:
    appoint(post="champion")
    appoint(post="champion", name="Second")
    assert queries.appointments_on(DAY).count() == 2


@pytest.mark.parametrize(("post", "name"), [("king", "Somebody"), ("lead", " ")])
def test_appointment_without_post_or_name_is_refused(post: str, name: str) -> None:
    with pytest.raises(BadPost, match="expected a name"):
        appoint(post=post, name=name)


def test_end_of_an_appointment_is_after_its_beginning_and_of_the_row_that_was_seen() -> None:
    row = appoint()
    with pytest.raises(BadPost, match="expected a day after"):
        actions.end_appointment(row.pk, until_on=DAY, handover_note="", version=1, by=CENTRAL, at=AT)
    actions.end_appointment(row.pk, until_on=DAY + timedelta(days=1), handover_note=" Keys in the drawer. ", version=1, by=CENTRAL, at=AT)
    row.refresh_from_db()
    assert (row.until_on, row.handover_note) == (DAY + timedelta(days=1), "Keys in the drawer.")
    with pytest.raises(ChangedMeanwhile):
        actions.end_appointment(row.pk, until_on=DAY + timedelta(days=2), handover_note="", version=1, by=CENTRAL, at=AT)


@pytest.mark.parametrize("act", ["appoint", "end", "contact"])
def test_nobody_does_it_for_another_body(act: str) -> None:
    row, by = appoint(), viewer("lead", SAMPLES)
    doing = {
        "appoint": lambda: appoint(name="Second", from_on=DAY + timedelta(days=9), by=by),
        "end": lambda: actions.end_appointment(row.pk, until_on=DAY + timedelta(days=1), handover_note="", version=1, by=by, at=AT),
        "contact": lambda: actions.record_contact(EXAMPLES, on=DAY, with_whom="", text="x", by=by, at=AT),
    }
    with pytest.raises(NotAllowed):
        doing[act]()
    row.refresh_from_db()
    assert (row.until_on, Contact.objects.count()) == (None, 0)


def test_contact_is_kept_trimmed_and_its_words_never_reach_the_trail() -> None:
    row = actions.record_contact(EXAMPLES, on=DAY, with_whom=" Somebody ", text=" Rang. ", by=CENTRAL, at=AT)
    assert (row.with_whom, row.text) == ("Somebody", "Rang.")
    assert [("Rang" in event.detail, event.verb) for event in events(9)] == [(False, "record_contact")]


def test_posts_are_those_of_the_catalogue() -> None:
    assert list(actions.posts()) == ["sro", "lead", "deputy", "champion"]
