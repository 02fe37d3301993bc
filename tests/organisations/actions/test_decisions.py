"""What is done about names: settled, taken back, brought from a file, remembered by vendor number, and objected to."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.office import AT, EXAMPLES, SAMPLES, account, viewer

from opencompact.accounts.rules import MAY, OWN, PUBLIC, ROLES, NotAllowed
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.organisations.actions import decisions as actions
from opencompact.organisations.models import Dispute, NameDecision
from opencompact.organisations.queries import decisions as queries
from opencompact.organisations.rules.decisions import COLUMNS, Settlement

pytestmark = pytest.mark.django_db
REVIEWER = viewer("reviewer")
LAMP = Settlement("The Lamp Trust Ltd", "organisation", "Their letter says so.", "GB-CHC-1900001")


def settle(settlement=LAMP, *, seen=(), by=REVIEWER, at=AT):
    return actions.settle_name(settlement, seen=seen, by=by, at=at)


def test_a_decision_is_kept_with_author_time_and_reason_and_is_on_the_trail():
    row = settle()
    assert (row.normalised_name, row.decided_by, row.decided_at, row.because, row.is_in_force) == ("LAMP TRUST", REVIEWER.account, AT, LAMP.because, True)
    event = Event.objects.get()
    assert (event.verb, event.subject, event.by, event.because) == ("settle_name", f"name-decision/{row.key}", REVIEWER.account, LAMP.because)


@pytest.mark.parametrize("role", ROLES)
def test_only_those_in_the_table_settle(role):
    who = PUBLIC if role == "public" else viewer(role)
    reach = MAY["settle_name"].get(role)
    for body, allowed in (("", reach == "any"), (EXAMPLES, reach in ("any", OWN)), (SAMPLES, reach == "any")):
        settlement = Settlement(f"Lamp {body}", "not_voluntary", "A shop.", body=body)
        if allowed:
            key = settle(settlement, by=who).key
            actions.undo_decision(key, because="A slip.", by=who, at=AT)
        else:
            with pytest.raises(NotAllowed):
                settle(settlement, by=who)
            with pytest.raises(NotAllowed):
                actions.undo_decision(settle(settlement).key, because="A slip.", by=who, at=AT)


def test_the_same_payee_in_another_spelling_is_the_same_and_a_later_decision_follows_the_first():
    first = settle()
    later = settle(Settlement("LAMP  TRUST", "none_of_these", "It closed."), seen=[first.key])
    first.refresh_from_db()
    assert (first.is_in_force, first.superseded_by, first.outcome) == (False, later, "organisation")
    assert [row.key for row in queries.in_force()] == [later.key]


def test_a_second_person_deciding_meanwhile_is_told_and_nothing_is_kept():
    first = settle()
    with pytest.raises(ChangedMeanwhile, match="Somebody decided about The Lamp Trust Ltd"):
        settle()
    assert list(NameDecision.objects.values_list("key", flat=True)) == [first.key]


def test_for_one_body_and_for_all_are_two_decisions():
    settle()
    settle(Settlement(**{**vars(LAMP), "body": EXAMPLES}))
    assert queries.in_force().count() == 2


@pytest.mark.parametrize("wrong", [{"outcome": "maybe"}, {"organisation_id": "x"}, {"because": ""}, {"payee_name": "!"}])
def test_what_cannot_stand_is_refused_in_words(wrong):
    with pytest.raises(actions.CannotSettle, match="expected"):
        settle(Settlement(**{**vars(LAMP), **wrong}))


def test_a_decision_taken_back_leaves_the_payee_to_be_decided_anew():
    row = settle()
    undone = actions.undo_decision(row.key, because="A slip.", by=REVIEWER, at=AT)
    assert list(queries.in_force()) == []
    assert Event.objects.filter(verb="undo_decision", because="A slip.").count() == 1
    with pytest.raises(ChangedMeanwhile):
        actions.undo_decision(row.key, because="Again.", by=REVIEWER, at=AT)
    with pytest.raises(ChangedMeanwhile):
        actions.undo_decision(undone.key, because="Again.", by=REVIEWER, at=AT)
    assert settle(seen=[undone.key]).is_in_force


def test_taking_back_needs_a_decision_and_a_reason():
    with pytest.raises(actions.CannotSettle, match="There is no decision n-none"):
        actions.undo_decision("n-none", because="x", by=REVIEWER, at=AT)
    with pytest.raises(actions.CannotSettle, match="because: found nothing"):
        actions.undo_decision(settle().key, because=" ", by=REVIEWER, at=AT)


def written(rows):
    lines = [",".join(COLUMNS)]
    return "\n".join([*lines, *(",".join(f'"{row.get(name, "")}"' for name in COLUMNS) for row in rows)])


def test_a_file_of_decisions_goes_from_one_office_to_another():
    settle()
    settle(Settlement("Lamp Shop", "not_voluntary", "A shop.", body=EXAMPLES, vendor_number="V1"))
    text = written(queries.for_file())
    NameDecision.objects.all().delete()
    came = actions.import_decisions(f"\ufeff{text}", file="theirs.csv", by=REVIEWER, at=AT + timedelta(days=1))
    assert (came.made, came.known, came.troubles) == (2, 0, ())
    held = queries.in_force().get(normalised_name="LAMP TRUST")
    assert (held.because, held.origin.startswith("theirs.csv, row 2 (n-"), REVIEWER.account in held.origin) == (LAMP.because, True, True)
    again = actions.import_decisions(text, file="theirs.csv", by=REVIEWER, at=AT)
    assert (again.made, again.known) == (0, 2)


def test_cells_that_cannot_be_taken_are_named_and_the_other_rows_stand():
    rows = [
        {"payee_name": "Lamp Hall", "outcome": "organisation", "organisation_id": "1900001", "because": "Letter."},
        {"payee_name": "!!", "outcome": "none_of_these", "because": "Nothing."},
        {"payee_name": "Lamp Shop", "outcome": "not_voluntary", "because": "A shop."},
    ]
    came = actions.import_decisions(written(rows), file="f.csv", by=REVIEWER, at=AT)
    assert (came.made, came.known, [(each.row, each.field) for each in came.troubles]) == (1, 0, [(2, "organisation_id"), (3, "payee_name")])
    event = Event.objects.get(verb="import_decisions")
    assert event.subject == "decisions/f.csv"


def test_a_file_without_the_columns_is_refused_and_one_for_a_body_not_ones_own_takes_nothing():
    with pytest.raises(actions.CannotSettle, match=r"found the columns a, b; expected payee_name, outcome, organisation_id, because too"):
        actions.import_decisions("a,b\n1,2\n", file="f.csv", by=REVIEWER, at=AT)
    rows = [{"payee_name": "Lamp", "outcome": "not_voluntary", "because": "x", "body": body} for body in (EXAMPLES, SAMPLES)]
    with pytest.raises(NotAllowed):
        actions.import_decisions(written(rows), file="f.csv", by=viewer("analyst"), at=AT)
    assert NameDecision.objects.count() == 0


def test_vendors_are_remembered_once():
    vendors = [Settlement("Lamp", "organisation", "By its name.", "GB-CHC-1", "", EXAMPLES, number) for number in ("V1", "V2")]
    assert actions.remember_vendors(vendors, by=viewer("analyst"), at=AT) == 2
    assert actions.remember_vendors(vendors, by=viewer("analyst"), at=AT) == 0
    assert (set(queries.vendors_of(EXAMPLES)), queries.count_vendors()) == ({"V1", "V2"}, {EXAMPLES: 2})
    with pytest.raises(NotAllowed):
        actions.remember_vendors([Settlement(**{**vars(vendors[0]), "body": SAMPLES})], by=viewer("analyst"), at=AT)
    with pytest.raises(actions.CannotSettle, match="Vendor V3, because"):
        actions.remember_vendors([Settlement(**{**vars(vendors[0]), "vendor_number": "V3", "because": ""})], by=REVIEWER, at=AT)


def object_to(form="f1", **more):
    told = {"organisation_id": "GB-CHC-1900001", "payee_name": "LAMP TRUST", "words": "We are another.", "email": "a@sample.invalid", **more}
    return actions.object_to_link(form, at=AT, **told)


def test_anybody_may_object_once_a_form_and_reviewers_are_told_without_the_words():
    account("reviewer")
    row = object_to()
    assert object_to() == row
    assert Dispute.objects.count() == 1
    assert Event.objects.filter(verb="object_to_link").count() == 1
    assert [each.subject for each in mail.outbox if "We are another" in each.body] == []


def test_deciding_settles_the_dispute_with_the_reason_and_erases_the_address():
    row = object_to()
    settle()
    row.refresh_from_db()
    assert (row.email, row.settled_by, row.because) == ("", REVIEWER.account, "It is this organisation. Their letter says so.")
    assert list(queries.open_disputes()) == []


def test_taking_back_settles_no_dispute():
    held = settle()
    object_to()
    actions.undo_decision(held.key, because="A slip.", by=REVIEWER, at=AT)
    assert queries.open_disputes().count() == 1


@pytest.mark.parametrize("words", [" ", "x" * 2001])
def test_an_objection_says_what_is_wrong_in_so_many_letters(words):
    with pytest.raises(actions.CannotSettle):
        object_to(words=words)


def test_more_objections_in_an_hour_than_are_taken_are_refused():
    for number in range(actions.MOST_IN_AN_HOUR):
        object_to(f"f{number}")
    with pytest.raises(actions.TooMany):
        object_to("one-more")
