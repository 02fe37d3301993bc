"""What is asked of decisions: for pages, for the file and for the build."""

from datetime import timedelta

import pytest
from tests.office import AT, EXAMPLES, viewer

from opencompact.accounts.rules import PUBLIC
from opencompact.organisations.actions.decisions import object_to_link, settle_name, undo_decision
from opencompact.organisations.queries import decisions as queries
from opencompact.organisations.rules.decisions import COLUMNS, Settlement

pytestmark = pytest.mark.django_db
REVIEWER = viewer("reviewer")


def settle(name, *, at=AT, **more):
    told = {"outcome": "organisation", "because": "Letter.", "organisation_id": "GB-CHC-1900001", **more}
    return settle_name(Settlement(name, **told), seen=(), by=REVIEWER, at=at)


def test_names_decided_are_those_for_all_and_for_the_bodies_one_acts_for():
    settle("Lamp Trust")
    settle("Wick Trust", body=EXAMPLES)
    settle("Oil Trust", body="another")
    settle("Any", body=EXAMPLES, vendor_number="V1")
    assert queries.names_decided(None) == ["LAMP TRUST"]
    assert queries.names_decided({EXAMPLES}) == ["LAMP TRUST", "WICK TRUST"]


def test_build_takes_what_stood_at_the_instant():
    held = settle("Lamp Trust")
    settle("Late Trust", at=AT + timedelta(days=1))
    undo_decision(settle("Gone Trust").key, because="A slip.", by=REVIEWER, at=AT)
    assert queries.for_build(at=AT) == [
        {
            "decision": held.key, "payee_name": "Lamp Trust", "published_org_id": "", "body": "", "vendor_number": "", "outcome": "organisation",
            "organisation_id": "GB-CHC-1900001", "because": "Letter.", "decided_on": AT.date(),
        }
    ]  # fmt: skip


def test_disputes_for_the_build_are_those_open_at_the_instant_without_words_or_address():
    told = {"organisation_id": "GB-CHC-1900001", "payee_name": "Lamp Trust", "words": "Not us.", "email": "a@sample.invalid"}
    held = object_to_link("one", at=AT, **told)
    object_to_link("two", at=AT + timedelta(days=1), **told)
    row = {"reference": held.reference, "organisation_id": "GB-CHC-1900001", "normalised_name": held.normalised_name, "received_on": AT.date()}
    assert queries.disputes_for_build(at=AT) == [row]
    settle("Lamp Trust", at=AT + timedelta(days=2))
    assert queries.disputes_for_build(at=AT) == [row]
    assert queries.disputes_for_build(at=AT + timedelta(days=2)) == []


def test_file_has_every_column_and_may_be_of_one_body():
    settle("Lamp Trust")
    settle("Wick Trust", body=EXAMPLES)
    settle("Oil Trust", body="another")
    assert {tuple(sorted(row)) for row in queries.for_file()} == {tuple(sorted(COLUMNS))}
    assert [row["payee_name"] for row in queries.for_file(EXAMPLES)] == ["Lamp Trust", "Wick Trust"]


def test_history_of_a_payee_is_the_latest_first():
    first = settle("Lamp Trust")
    undone = undo_decision(first.key, because="A slip.", by=REVIEWER, at=AT + timedelta(hours=1))
    assert [row.key for row in queries.decisions_about("LAMP TRUST", "")] == [undone.key, first.key]
    assert queries.decision(first.key) == first
    assert queries.decision("none") is None


def test_words_of_a_dispute_are_for_reviewers_alone():
    row = object_to_link("f", organisation_id="GB-CHC-1", payee_name="Lamp", words="We are another.", email="a@sample.invalid", at=AT)
    seen, hidden = queries.dispute(REVIEWER, row.reference.lower()), queries.dispute(PUBLIC, row.reference)
    assert (seen.words, seen.email, seen.payee_name) == ("We are another.", "a@sample.invalid", "Lamp")
    assert (hidden.words, hidden.email, hidden.payee_name, hidden.organisation_id) == ("", "", "", "GB-CHC-1")
    assert queries.dispute(PUBLIC, "NONE-0000") is None
