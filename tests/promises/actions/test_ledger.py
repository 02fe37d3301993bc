"""What is done in the ledger by every role, in order and out of order."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, bodies, viewer

from opencompact.accounts.rules import MAY, OF_A_BODY, PUBLIC, ROLES, NotAllowed
from opencompact.organisations.actions.office import record_succession
from opencompact.promises.actions.ledger import (
    CannotRecord,
    Resting,
    answer_commitment,
    publish_commitments,
    record_commitment,
    record_feedback,
    record_update,
)
from opencompact.promises.models import Commitment, Update
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import KINDS, CannotUpdate, count

pytestmark = pytest.mark.django_db
CENTRAL, LEAD, AUDITOR = viewer("central"), viewer("lead"), viewer("auditor")
TODAY = AT.date()
NAMES = {EXAMPLES: "Department of Examples", SAMPLES: "Ministry of Samples", VOICE: "Sample Sector Voice"}


def made(key: str = "c", *, kind: str = "joint_action", owners=(EXAMPLES,), due_on: date | None = TODAY, by=CENTRAL, **more):
    return record_commitment(key=key, kind=kind, title=f"Title of {key}", text="Its words.", owners=owners, due_on=due_on, by=by, at=AT, because="", **more)


def told(key: str = "c", *, body: str = EXAMPLES, by=LEAD, on: date = TODAY, **more) -> Update:
    return record_update(key, body=body, on=on, text="Words.", by=by, at=AT, because="", **more)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["record_commitment", "accept_commitment", "record_update", "record_finding", "give_feedback"])
def test_each_role_does_in_the_ledger_what_its_table_says(verb: str, role: str) -> None:
    made(kind="announcement", owners=(EXAMPLES, SAMPLES))
    by = PUBLIC if role == "public" else viewer(role)
    doing = {
        "record_commitment": lambda: made("d", by=by),
        "accept_commitment": lambda: answer_commitment("c", body=EXAMPLES, acceptance="agreed", on=TODAY, because="", by=by, at=AT),
        "record_update": lambda: told(by=by, delivery="in_progress"),
        "record_finding": lambda: told(body="", by=by, finding="delivered"),
        "give_feedback": lambda: record_feedback("c", body=EXAMPLES, on=TODAY, text="Long form.", by=by, at=AT),
    }
    reach = MAY[verb].get(role)
    if reach == "any" or (reach == "own" and role in OF_A_BODY):
        doing[verb]()
    else:
        with pytest.raises(NotAllowed):
            doing[verb]()


def test_nobody_acts_for_a_body_that_is_not_theirs() -> None:
    made(owners=(SAMPLES,))
    with pytest.raises(NotAllowed):
        told(body=SAMPLES, delivery="in_progress")
    with pytest.raises(NotAllowed, match="is no owner"):
        told(delivery="in_progress")
    with pytest.raises(NotAllowed):
        made("d", owners=(SAMPLES,), by=LEAD)


def test_finding_comes_from_nobody_who_owns() -> None:
    made()
    both = viewer("auditor")
    owner_too = type(both)(both.account, (*both.grants, *LEAD.grants))
    with pytest.raises(NotAllowed, match="never finds on it"):
        told(body="", by=owner_too, finding="delivered")
    with pytest.raises(NotAllowed, match="never finds on it"):
        told(by=AUDITOR, finding="delivered")
    told(body="", by=AUDITOR, finding="delivered")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "wish"}, "expected one of"),
        ({"owners": ()}, "at least one owner"),
        ({"parent": "none"}, "There is no commitment none"),
        ({"key": "c"}, "already"),
    ],
)
def test_commitment_that_cannot_be_recorded_says_why(more, words) -> None:
    made()
    with pytest.raises(CannotRecord, match=words):
        made(**({"key": "d"} | more))


def test_origin_makes_one_commitment_however_often_it_is_sent() -> None:
    first = made(origin="meeting/x/action/1")
    assert made("d", origin="meeting/x/action/1").pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(key="e", kind="offer", title="t", text="t", visibility="public", origin="meeting/x/action/1", recorded_by="x", recorded_at=AT)


@pytest.mark.parametrize("answer", ["maybe", "not_agreed"])
def test_answer_that_says_too_little_is_refused(answer: str) -> None:
    made()
    with pytest.raises(CannotRecord, match="expected agreed"):
        answer_commitment("c", body=EXAMPLES, acceptance=answer, on=TODAY, because="", by=LEAD, at=AT)


def test_answer_of_no_owner_is_refused() -> None:
    made(owners=(SAMPLES,))
    with pytest.raises(CannotRecord, match="is no owner"):
        answer_commitment("c", body=EXAMPLES, acceptance="agreed", on=TODAY, because="", by=LEAD, at=AT)


def test_update_of_a_day_to_come_is_refused() -> None:
    made()
    with pytest.raises(CannotUpdate, match="still to come"):
        told(on=TODAY + timedelta(days=1))


def test_evidence_is_kept_under_its_checksum_for_those_who_see_the_commitment(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    made()
    made("shared", visibility="shared")
    told(evidence=[Resting("Minutes", TODAY, "https://sample.example/m", b"a copy"), Resting("Seen", TODAY)])
    told("shared", evidence=[Resting("Held back", TODAY, copy=b"another copy")])
    (update,) = ledger.commitment(PUBLIC, "c").updates
    copy, seen = ledger.commitment(PUBLIC, "c").evidence[update.pk]
    assert (tmp_path / "evidence" / copy.sha256).read_bytes() == b"a copy"
    assert (copy.address, seen.sha256) == ("https://sample.example/m", "")
    assert ledger.evidence_file(PUBLIC, copy.sha256) == tmp_path / "evidence" / copy.sha256
    hidden = next(iter(ledger.commitment(LEAD, "shared").evidence.values()))[0]
    assert ledger.evidence_file(PUBLIC, hidden.sha256) is None
    assert ledger.evidence_file(LEAD, hidden.sha256) is not None
    assert ledger.evidence_file(LEAD, "0" * 64) is None


def test_rows_are_seen_as_they_are_kept() -> None:
    for word in ("public", "shared", "held", "own", "audit", "central"):
        made(f"c-{word}", visibility=word, owners=(EXAMPLES, SAMPLES))
    seen = {role: {row.visibility for row in ledger.commitments(PUBLIC if role == "public" else viewer(role))} for role in ROLES}
    assert seen["public"] == seen["charity"] == seen["analyst"] == {"public"}
    assert seen["lead"] == {"public", "shared", "held", "own"}
    assert seen["central"] == {"public", "shared", "held", "central"}
    assert seen["auditor"] == {"public", "shared", "held", "audit"}
    assert {row.visibility for row in ledger.commitments(viewer("lead", SAMPLES))} == {"public", "shared", "held", "own"}
    assert {row.visibility for row in ledger.commitments(viewer("lead", "another"))} == {"public", "shared"}


def test_held_words_are_emptied_for_those_who_do_not_see_them() -> None:
    made(kind="announcement")
    told(held_text="kept back")
    record_feedback("c", body=VOICE, on=TODAY, text="Long.", held_text="kept too", by=viewer("sector", VOICE), at=AT)
    texts = {}
    for who in (PUBLIC, LEAD, CENTRAL, viewer("sector", VOICE)):
        shown = ledger.commitment(who, "c")
        texts[who.account] = (shown.updates[0].held_text, shown.feedback[0].held_text)
    assert list(texts.values()) == [("", ""), ("kept back", ""), ("kept back", "kept too"), ("", "kept too")]


def test_list_takes_the_same_queries_for_one_and_for_three(django_assert_num_queries) -> None:
    for number in range(3):
        made(f"c{number}")
        told(f"c{number}", delivery="in_progress")
    for rows in (1, 3):
        with django_assert_num_queries(3):
            assert len(ledger.lines(list(ledger.by_urgency(ledger.commitments(CENTRAL), today=TODAY)[:rows]))) == rows


def test_children_are_counted_without_percentages() -> None:
    made()
    for number, delivery in enumerate(("claimed_done", "withdrawn", "")):
        made(f"part{number}", parent="c", due_on=TODAY - timedelta(days=9))
        if delivery:
            told(f"part{number}", on=TODAY - timedelta(days=1), delivery=delivery)
    counts = count((line.state for line in ledger.commitment(CENTRAL, "c").children), today=TODAY)
    assert (counts.all, counts.claimed, counts.closed, counts.overdue, counts.open) == (3, 1, 1, 1, 0)


def test_every_kind_can_be_recorded() -> None:
    for kind in KINDS:
        made(f"c-{kind.replace('_', '-')}", kind=kind)
    assert ledger.commitments(PUBLIC).count() == len(KINDS)


def test_updates_since_a_day_are_those_of_that_day_and_later() -> None:
    made()
    told(on=TODAY - timedelta(days=3))
    told(on=TODAY - timedelta(days=1))
    assert [row.on for row in ledger.updates_since(PUBLIC, TODAY - timedelta(days=1))] == [TODAY - timedelta(days=1)]


def test_what_came_of_one_meeting_becomes_public_with_its_minutes_and_nothing_else_does():
    for key, origin, visibility in (("a", "meeting/x/1/action/1", "shared"), ("b", "meeting/x/1/action/2", "held"), ("c", "meeting/x/11/action/3", "shared")):
        made(key, origin=origin, visibility=visibility)
    with pytest.raises(NotAllowed):
        publish_commitments("meeting/x/1/", by=LEAD, at=AT, because="minutes")
    assert [publish_commitments("meeting/x/1/", by=CENTRAL, at=AT, because="minutes") for _ in range(2)] == [1, 0]
    assert dict(Commitment.objects.values_list("key", "visibility")) == {"a": "public", "b": "held", "c": "shared"}


@pytest.mark.parametrize(("days", "may"), [(1, False), (0, True), (-9, True)])
def test_successor_claims_for_what_it_inherited_from_that_day_on_and_never_finds_on_it(days: int, may: bool) -> None:
    bodies()
    made(owners=(SAMPLES,))
    record_succession(SAMPLES, successor=EXAMPLES, on=TODAY + timedelta(days=days), how="merged", by=CENTRAL, at=AT, because="a test")
    heir_too = type(AUDITOR)(AUDITOR.account, (*AUDITOR.grants, *LEAD.grants))
    if may:
        assert told(delivery="in_progress").body == EXAMPLES
        with pytest.raises(NotAllowed, match="never finds on it"):
            told(body="", by=heir_too, finding="delivered")
    else:
        with pytest.raises(NotAllowed, match="is no owner"):
            told(delivery="in_progress")
        told(body="", by=heir_too, finding="delivered")


def test_body_out_of_which_a_duty_moved_still_answers_beside_the_other() -> None:
    bodies()
    made(owners=(SAMPLES,))
    record_succession(SAMPLES, successor=EXAMPLES, on=TODAY, how="moved", by=CENTRAL, at=AT, because="a test")
    told(body=SAMPLES, by=viewer("lead", SAMPLES), delivery="in_progress")
    told(delivery="claimed_done")
    assert [update.body for update in ledger.commitment(PUBLIC, "c").updates] == [EXAMPLES, SAMPLES]
