"""What the table of events refuses."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from opencompact.audit.models import Event

pytestmark = pytest.mark.django_db

WHOLE = {
    "sequence": 1,
    "at": datetime(2031, 11, 22, tzinfo=UTC),
    "by": "sample-officer",
    "verb": "freeze release",
    "subject": "2031-11",
    "because": "",
    "detail": "{}",
    "previous_hash": "0" * 64,
    "hash": "1" * 64,
}


def test_event_names_itself_by_place_verb_and_subject():
    assert str(Event.objects.create(**WHOLE)) == "1: freeze release 2031-11"


@pytest.mark.parametrize("wrong", [{"by": ""}, {"verb": ""}, {"subject": ""}, {"at": None}, {"sequence": 0}])
def test_event_that_does_not_say_who_did_what_when_is_refused(wrong):
    with pytest.raises(IntegrityError):
        Event.objects.create(**{**WHOLE, **wrong})


@pytest.mark.parametrize("same", ["sequence", "previous_hash", "hash"])
def test_second_event_in_the_same_place_is_refused(same):
    Event.objects.create(**WHOLE)
    with pytest.raises(IntegrityError):
        Event.objects.create(**{**WHOLE, "sequence": 2, "previous_hash": "2" * 64, "hash": "3" * 64, same: WHOLE[same]})


def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
