"""What the rows of roundtables are called, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from tests.convening.tables import ON, in_state

from opencompact.convening.models import Draw, Invitee, Point, PoolContact, Roundtable

pytestmark = pytest.mark.django_db


def test_rows_are_called_by_what_names_nobody() -> None:
    row = in_state("held")
    contact, place, draw, point = PoolContact.objects.first(), Invitee.objects.first(), Draw.objects.get(), Point.objects.get()
    said = ("What grants need", f"contact {contact.pk}", f"place {place.pk}", "draw 1 by 7", "The forms ask twice.")
    assert tuple(map(str, (row, contact, place, draw, point))) == said


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Roundtable, {"seats": 0}),
        (Roundtable, {"replies_due_on": ON}),
        (Point, {"reply": "", "replied_on": ON}),
        (Point, {"changed": "A change.", "changed_on": None}),
    ],
)
def test_the_database_refuses_what_no_action_writes(model, wrong) -> None:
    in_state("held")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**wrong)


def test_the_database_refuses_a_name_without_agreement() -> None:
    row = in_state("held")
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.update(speaker=row.invitees.first())
