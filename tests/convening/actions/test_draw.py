import json

import pytest
from tests.convening.tables import CENTRAL, QUOTAS, drawn, fill_pool, in_state, now, plan, send
from tests.office import AT

from opencompact.audit.models import Event
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.draw import draw_places
from opencompact.convening.actions.roundtables import CannotConvene
from opencompact.convening.actions.roundtables_pool import erase_contact
from opencompact.convening.models import Draw, PoolContact
from opencompact.convening.queries.roundtables import candidates, number
from opencompact.convening.rules.draw import draw
from opencompact.convening.rules.draw_file import checksum, read_pool_file

pytestmark = pytest.mark.django_db


def numbers(row) -> list[str]:
    return [number(place.contact_id) for place in row.invitees.exclude(answer="declined").order_by("contact_id")]


def test_draw_fills_the_seats_says_what_is_missed_and_why_each_has_a_place() -> None:
    row = in_state("drawn")
    kept = Draw.objects.get()
    assert (row.invitees.count(), kept.missed) == (6, [{"attribute": "region", "value": "scotland", "by": 1, "pool": 0}])
    assert [place.reason for place in row.invitees.all() if "never invited before; number" not in place.reason] == []


def test_draw_can_be_made_again_from_what_is_kept_of_it() -> None:
    row = in_state("drawn")
    kept = Draw.objects.get()
    again = draw(read_pool_file(kept.pool), QUOTAS, seats=6, seed=kept.seed)
    assert (list(again.names), kept.pool_sha256, kept.pool_size) == (numbers(row), checksum(kept.pool), 12)


def test_draw_before_anybody_is_invited_replaces_the_one_before_and_both_stay_listed() -> None:
    row = in_state("drawn")
    drawn(row, seed=8)
    assert (numbers(row), [kept.seed for kept in row.draws.order_by("number")]) == (list(draw(candidates(), QUOTAS, seats=6, seed=8).names), [7, 8])


def test_draw_anew_keeps_accepted_and_unanswered_and_fills_what_was_declined() -> None:
    row = in_state("invited")
    first, second, *others = row.invitees.order_by("pk")
    actions.put_answer(row.key, first.pk, answer="declined", by=CENTRAL, at=AT)
    actions.put_answer(row.key, second.pk, answer="accepted", by=CENTRAL, at=AT)
    drawn(row, seed=9)
    held = numbers(row)
    assert {number(place.contact_id) for place in (second, *others)} < set(held)
    assert (len(held), number(first.contact_id) in held, row.invitees.count()) == (6, False, 7)
    kept = row.draws.get(number=2)
    assert (len(kept.kept), kept.without) == (5, [number(first.contact_id)])
    assert [email for email, _ in send(row)] == [place.contact.email for place in row.invitees.order_by("pk")][6:]


def test_draw_anew_leaves_the_seat_of_somebody_erased_who_had_accepted() -> None:
    row = in_state("invited")
    first, second, *_ = row.invitees.order_by("pk")
    actions.put_answer(row.key, first.pk, answer="accepted", by=CENTRAL, at=AT)
    erase_contact(first.contact_id, by=CENTRAL, at=AT)
    actions.put_answer(row.key, second.pk, answer="declined", by=CENTRAL, at=AT)
    drawn(row, seed=9)
    assert row.invitees.exclude(answer="declined").count() == 6
    assert f"place-{first.pk:08}" in row.draws.get(number=2).kept


def test_draw_of_a_seed_too_long_to_keep_is_refused() -> None:
    row = plan()
    with pytest.raises(CannotConvene, match="at most 18 figures"):
        draw_places(row.key, seed=10**18, words={}, version=row.version, by=CENTRAL, at=AT)


def test_draw_of_an_empty_pool_leaves_every_seat_empty_and_says_so() -> None:
    row = drawn(plan())
    assert (row.state, [missed["value"] or missed["attribute"] for missed in Draw.objects.get().missed]) == (
        "drawn",
        ["wales", "user-led", "scotland", "seats"],
    )


def test_draw_is_in_the_trail_with_seed_and_checksum_and_nobodys_number() -> None:
    row = in_state("drawn")
    detail = json.loads(Event.objects.get(verb="draw").detail)
    kept = Draw.objects.get()
    assert detail == {"number": 1, "seed": 7, "pool": kept.pool_sha256, "kept": 0, "declined": 0, "missed": kept.missed}
    assert now(row).version == row.version


def test_the_pool_that_grew_is_another_pool() -> None:
    row = in_state("drawn")
    fill_pool(13)
    drawn(row)
    assert (PoolContact.objects.count(), len({kept.pool_sha256 for kept in row.draws.all()})) == (13, 2)
