"""What is done about challenges: received from anybody, settled with a reason, and the address erased."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests.judgement.invented import AUDITOR, CENTRAL, challenge_in, received, settled
from tests.office import AT, account, viewer

from opencompact.accounts.models import Notification
from opencompact.accounts.rules import MAY, ROLES, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.judgement.actions import challenges
from opencompact.judgement.models import Challenge
from opencompact.judgement.rules.challenges import LETTERS, MOST_IN_AN_HOUR, MOST_WRITTEN, SETTLED, STATES, STEPS

pytestmark = pytest.mark.django_db
PLACE = challenges.Place("/spend/")


def attempt(verb: str, row: Challenge, by: Viewer) -> Challenge:
    if verb == "look":
        return challenges.look(row.reference, version=row.version, by=by, at=AT)
    if verb == "look_again":
        return challenges.look_again(row.reference, version=row.version, by=by, at=AT, because="another page says otherwise")
    return challenges.settle(row.reference, outcome=verb, summary="One day.", because="The page says so.", version=row.version, by=by, at=AT)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", [verb for verb in STEPS if verb != "receive"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_verb_and_role_follows_the_two_tables(state: str, verb: str, role: str) -> None:
    row = challenge_in(state)
    assert row is not None
    by = viewer(role) if role != "public" else Viewer()
    if role not in MAY["settle_challenge"]:
        with pytest.raises(NotAllowed):
            attempt(verb, row, by)
    elif state not in STEPS[verb][0]:
        with pytest.raises(CannotStep, match=f"This challenge is {STATES[state].lower()}"):
            attempt(verb, row, by)
    else:
        made = attempt(verb, row, by)
        assert (made.state, made.settled_at is not None, [step.verb for step in made.steps.order_by("pk")][-1]) == (
            STEPS[verb][1],
            STEPS[verb][1] in SETTLED,
            verb,
        )


def test_anybody_is_received_with_a_reference_and_the_office_is_told() -> None:
    account("central")
    account("auditor")
    row = received()
    assert (row.state, len(row.reference), set(row.reference) <= set(LETTERS) | {"-"}) == ("received", 9, True)
    assert sorted((note.account.name, note.text) for note in Notification.objects.select_related("account")) == [
        ("A sample auditor", f"Challenge {row.reference} was received."),
        ("A sample central", f"Challenge {row.reference} was received."),
    ]


def test_same_form_sent_twice_makes_one_challenge() -> None:
    assert (received().pk == received().pk, Challenge.objects.count(), received("form-2").pk == received().pk) == (True, 1, False)


def test_what_is_taken_in_an_hour_has_an_end() -> None:
    for place in range(MOST_IN_AN_HOUR):
        received(f"form-{place}")
    with pytest.raises(challenges.TooMany, match="Nothing was kept"):
        received("one-more")
    assert received("later", at=AT + timedelta(hours=1)).state == "received"


@pytest.mark.parametrize("field", ["wrong", "right", "checking"])
def test_answer_that_is_too_long_is_refused_and_the_longest_is_taken(field: str) -> None:
    told = {"wrong": "A day.", "right": "", "checking": "", "email": ""}
    with pytest.raises(CannotStep, match="longer than 2,000 letters"):
        challenges.receive("form", place=PLACE, at=AT, **{**told, field: "x" * (MOST_WRITTEN + 1)})
    assert challenges.receive("form", place=PLACE, at=AT, **{**told, field: "x" * MOST_WRITTEN}).state == "received"


def test_challenge_without_words_is_refused() -> None:
    with pytest.raises(CannotStep, match="Nothing is written for what is wrong"):
        challenges.receive("form", place=PLACE, wrong=" ", right="", checking="", email="", at=AT)


@pytest.mark.parametrize("outcome", ["correct", "not_uphold"])
def test_address_is_told_once_and_erased_when_it_is_settled(outcome: str, django_capture_on_commit_callbacks) -> None:
    row = challenges.look(received().reference, version=1, by=CENTRAL, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        made = settled(row, outcome)
    assert [(each.to, each.subject) for each in mail.outbox] == [(["somebody@example.org"], f"Your challenge {row.reference}")]
    assert ("zq-" in mail.outbox[0].body, made.email, Challenge.objects.filter(email="").count()) == (False, "", 1)


def test_nobody_is_told_who_left_no_address(django_capture_on_commit_callbacks) -> None:
    row = received(email="")
    with django_capture_on_commit_callbacks(execute=True):
        settled(challenges.look(row.reference, version=1, by=AUDITOR, at=AT))
    assert mail.outbox == []


def test_database_refuses_a_settled_challenge_that_keeps_the_address() -> None:
    settled(challenges.look(received().reference, version=1, by=AUDITOR, at=AT))
    with pytest.raises(IntegrityError, match="challenge_settled_with_reason_without_address"), transaction.atomic():
        Challenge.objects.update(email="somebody@example.org")


@pytest.mark.parametrize(
    ("told", "why"), [({"because": ""}, "reason"), ({"summary": " "}, "what is published"), ({"outcome": "burn"}, "Found the outcome 'burn'")]
)
def test_challenge_that_cannot_be_settled_so(told: dict[str, str], why: str) -> None:
    row = challenges.look(received().reference, version=1, by=AUDITOR, at=AT)
    given = {"outcome": "correct", "summary": "One day.", "because": "The page says so.", **told}
    with pytest.raises(CannotStep, match=why):
        challenges.settle(row.reference, version=row.version, by=AUDITOR, at=AT, **given)


def test_challenge_opened_again_says_why_and_has_no_reason_of_its_own() -> None:
    row = challenge_in("corrected")
    assert row is not None
    with pytest.raises(CannotStep, match="Nothing is written for reason"):
        challenges.look_again(row.reference, version=row.version, by=AUDITOR, at=AT, because="")
    again = challenges.look_again(row.reference, version=row.version, by=AUDITOR, at=AT, because="another page")
    assert (again.state, again.because, again.settled_at, again.steps.order_by("-pk")[0].because) == ("looking", "", None, "another page")


def test_second_who_opened_it_before_is_told() -> None:
    row = received()
    challenges.look(row.reference, version=row.version, by=AUDITOR, at=AT)
    with pytest.raises(ChangedMeanwhile):
        challenges.look(row.reference, version=row.version, by=CENTRAL, at=AT)


def test_trail_of_the_office_holds_nothing_somebody_wrote() -> None:
    settled(challenges.look(received().reference, version=1, by=AUDITOR, at=AT))
    assert [event.verb for event in Event.objects.order_by("sequence") if "zq-" in event.detail or "example.org" in event.detail] == []
    assert [event.verb for event in Event.objects.order_by("sequence")] == ["receive_challenge", "look_challenge", "correct_challenge"]


def test_names_show_what_they_are() -> None:
    row = received()
    assert (str(row), str(row.steps.get())) == (row.reference, "receive")
