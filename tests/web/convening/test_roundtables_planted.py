"""The invented roundtables, walked as a stranger: nobody of the pool is named but who agreed to be, and nothing held is said."""

import pytest
from django.core import mail
from tests.office import AT, client

from opencompact.cli._office import SECRET, SHARED, bodies, roundtables
from opencompact.convening.models import Point, PoolContact, Roundtable

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted() -> None:
    bodies.plant(AT)
    roundtables.plant(AT)


def test_planted_pages_show_every_state_but_closed(planted) -> None:
    assert set(Roundtable.objects.values_list("state", flat=True)) == {"planned", "drawn", "invited", "held", "cancelled"}
    assert PoolContact.objects.count() == 120


@pytest.mark.parametrize("role", ["public", "charity", "lead"])
def test_planted_pages_name_nobody_but_the_speaker_who_agreed(planted, role) -> None:
    browser = client(role)
    addresses = [f"/roundtables/{key}/{query}" for key in Roundtable.objects.values_list("key", flat=True) for query in ("", "?csv=points")]
    said = " ".join(_text(browser.get(address)) for address in ("/roundtables/", "/roundtables/profiles/", *addresses))
    agreed = Point.objects.exclude(speaker=None).get().speaker.contact
    said = said.replace(f"{agreed.name}, {agreed.organisation}", "")
    assert ("Sample Person" in said, "Sample Charity" in said, "@sample.invalid" in said) == (False, False, False)
    assert (SECRET in said, SHARED in said) == (False, role == "lead")
    assert mail.outbox == []


def _text(response) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def test_planted_page_of_the_held_one_takes_few_queries_for_the_central_team(planted, django_assert_num_queries) -> None:
    browser = client("central")
    with django_assert_num_queries(12):
        browser.get("/roundtables/sample-held/")
