import pytest
from tests.convening.tables import in_state, send
from tests.office import client

from opencompact.convening.models import PoolContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited():
    """A place and the address its holder was sent."""
    row = in_state("drawn")
    email, token = send(row)[0]
    return row.invitees.get(contact__email=email), f"/roundtables/place/{token}/"


def test_link_says_why_they_are_asked_and_asks_whether_they_come(invited) -> None:
    place, address = invited
    answer = client().get(address).content.decode()
    assert (place.reason in answer, "Do you come?" in answer, place.contact.name in answer) == (True, True, False)


@pytest.mark.parametrize(("act", "answer", "said"), [("accepted", "accepted", "You said that you come."), ("declined", "declined", "do not come.")])
def test_answer_stands_and_is_shown(invited, act, answer, said) -> None:
    place, address = invited
    assert client().post(address, {"act": act}).headers["Location"] == address
    place.refresh_from_db()
    assert (place.answer, said in client().get(address).content.decode()) == (answer, True)


def test_an_answer_that_is_none_changes_nothing(invited) -> None:
    place, address = invited
    client().post(address, {"act": "dance"})
    place.refresh_from_db()
    assert place.answer == ""


def test_erased_by_the_link_it_opens_no_longer(invited) -> None:
    place, address = invited
    assert "You are erased" in client().post(address, {"act": "erase"}).content.decode()
    assert (PoolContact.objects.filter(pk=place.contact_id).exists(), client().get(address).status_code) == (False, 410)


def test_no_such_link_opens_nothing() -> None:
    assert client().get("/roundtables/place/nothing/").status_code == 410
