import pytest
from django.apps import apps
from tests.convening.tables import AFTER, CENTRAL, HEAD, fill_pool, in_state, send
from tests.office import AT, EXAMPLES, viewer

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import NotAllowed
from opencompact.audit.models import Event
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.roundtables_pool import erase_contact, erase_oneself, import_pool
from opencompact.convening.models import PoolContact
from opencompact.convening.queries.roundtables import invitation_of, number
from opencompact.convening.rules.draw_file import checksum

pytestmark = pytest.mark.django_db


def everything() -> str:
    """Every value of every table of convening and of the trail."""
    models = [*apps.get_app_config("convening").get_models(), Event]
    return " ".join(str(value) for model in models for row in model.objects.values_list() for value in row)


def test_import_reads_good_rows_and_says_what_was_not_kept() -> None:
    rows = [
        (*HEAD, "opinion"),
        ("A Person", "A Charity", "a@sample.invalid", "Wales", "Micro", "Social services", "Frontline", "2030-01-02", "cross"),
        ("", "", "b"),
    ]
    number_read, troubles = import_pool(rows, by=CENTRAL, at=AT)
    row = PoolContact.objects.get()
    assert (number_read, [(trouble.row, trouble.field) for trouble in troubles]) == (1, [(1, "opinion"), (3, "name"), (3, "organisation"), (3, "email")])
    assert (row.region, row.size_band, row.sub_sector, row.role, str(row.last_invited_on)) == ("wales", "micro", "d", "frontline", "2030-01-02")
    assert "cross" not in everything()


@pytest.mark.parametrize(("second", "stands"), [("2029-01-02", "2030-01-02"), ("2031-01-02", "2031-01-02"), (None, "2030-01-02")])
def test_import_again_keeps_one_of_an_address_and_the_latest_invitation(second, stands) -> None:
    for name, last in (("A Person", "2030-01-02"), ("B Person", second)):
        import_pool([HEAD, (name, "A Charity", "A@sample.invalid", "", "", "", "", last)], by=CENTRAL, at=AT)
    row = PoolContact.objects.get()
    assert (row.name, str(row.last_invited_on)) == ("B Person", stands)


@pytest.mark.parametrize("role", ["lead", "sector", "auditor", "public"])
def test_pool_is_the_central_teams_alone(role) -> None:
    with pytest.raises(NotAllowed):
        import_pool([HEAD], by=viewer(role), at=AT)
    with pytest.raises(NotAllowed):
        erase_contact(1, by=viewer(role), at=AT)


def test_erase_leaves_the_counts_and_nothing_of_the_person_anywhere() -> None:
    row = in_state("held")
    place = row.invitees.filter(came=True).select_related("contact").first()
    name, contact, email = place.contact.name, place.contact_id, place.contact.email
    actions.make_point(row.key, text="A point.", body=EXAMPLES, agreed=True, speaker=place.pk, by=CENTRAL, at=AFTER)
    erase_contact(contact, by=CENTRAL, at=AFTER)
    held = everything().replace(f"{name}0", "").replace(f"{name}1", "")  # Person 1 is not Person 10
    assert [word for word in (f"'{name}'", f" {name} ", email, number(contact)) if word in held] == []
    place.refresh_from_db()
    assert (place.came, place.contact_id, row.invitees.count()) == (True, None, 6)
    draw = row.draws.get()
    assert (draw.erased, checksum(draw.pool) == draw.pool_sha256, draw.pool_size) == (1, False, 12)
    trail = Event.objects.get(verb="erase_contact")
    assert (trail.subject, trail.detail, trail.by) == ("pool", "{}", CENTRAL.account)


def test_erase_twice_does_nothing_more() -> None:
    fill_pool(1)
    pk = PoolContact.objects.get().pk
    erase_contact(pk, by=CENTRAL, at=AT)
    erase_contact(pk, by=CENTRAL, at=AT)
    assert Event.objects.filter(verb="erase_contact").count() == 1


def test_erase_oneself_by_the_link_ends_the_link() -> None:
    row = in_state("drawn")
    _, token = send(row)[0]
    place = invitation_of(token_hash(token))
    erase_oneself(place, at=AT)
    assert (invitation_of(token_hash(token)), PoolContact.objects.filter(pk=place.contact_id).exists()) == (None, False)
    assert Event.objects.get(verb="erase_contact").by == "link"
    place.refresh_from_db()
    erase_oneself(place, at=AT)
    assert Event.objects.filter(verb="erase_contact").count() == 1
