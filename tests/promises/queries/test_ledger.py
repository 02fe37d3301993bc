"""The ledger's lists say the same as the fold of what was told, as of any day, to whoever may see it."""

from datetime import date, timedelta

import pytest
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, viewer

from opencompact.accounts.rules import ANY, OF_A_BODY, PUBLIC, ROLES, SEES, VISIBILITIES
from opencompact.promises.actions.ledger import Resting, Wording, record_commitment, record_feedback, record_update
from opencompact.promises.actions.tracker import carry_over
from opencompact.promises.models import Commitment, ImportProblem
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import Told, fold, is_overdue

pytestmark = pytest.mark.django_db
CENTRAL, AUDITOR = viewer("central"), viewer("auditor")
TODAY = AT.date()
CLAIMS = ("", "in_progress", "partly_done", "claimed_done", "deferred", "superseded", "withdrawn")
FOUND = ("", "delivered", "delivered_in_part", "not_delivered", "cannot_be_assessed")


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def made(key: str = "c", *owners: str, days: int | None = -1, ago: int = 90, plan: str = "", **more) -> Commitment:
    return record_commitment(key=key, kind="offer", title=key, text="x", owners=owners or (EXAMPLES,), due_on=None if days is None else on(days), by=CENTRAL,
                             at=AT - timedelta(days=ago), because="", wording=Wording(plan=plan), **more)  # fmt: skip


def told(key: str = "c", *, delivery: str = "", finding: str = "", days: int = -9, body: str = EXAMPLES, **more) -> None:
    by = AUDITOR if finding else viewer("lead", body)
    record_update(key, body="" if finding else body, on=on(days), text="x", delivery=delivery, finding=finding, by=by, at=AT, because="", **more)


@pytest.mark.parametrize("finding", FOUND)
@pytest.mark.parametrize("delivery", CLAIMS)
def test_list_and_fold_and_overdue_agree_for_every_claim_and_finding(delivery: str, finding: str) -> None:
    made()
    if delivery:
        told(delivery=delivery, due_on=on(3) if delivery == "deferred" else None)
    if finding:
        told(finding=finding, days=-8)
    row = ledger.commitments(PUBLIC).get()
    (line,) = ledger.lines([row])
    assert (row.delivery_now, row.finding_now, row.due_now) == (line.state.delivery, line.state.finding, line.state.due_on)
    for days in (0, 1, 9):
        assert ledger.overdue(PUBLIC, today=on(days)).exists() == is_overdue(line.state, today=on(days))


def test_past_day_forgets_what_was_told_later_and_what_was_recorded_later() -> None:
    made()
    made("new", ago=3)
    told(delivery="claimed_done", days=-9)
    told(finding="delivered", days=-7)
    told(delivery="in_progress", days=-5)
    lists = {days: ledger.commitments(PUBLIC, on=on(days)).order_by("key") for days in (-10, -8, -6, -4)}
    assert {days: [(row.key, row.delivery_now, row.finding_now) for row in rows] for days, rows in lists.items()} == {
        -10: [("c", "not_started", "not_assessed")],
        -8: [("c", "claimed_done", "not_assessed")],
        -6: [("c", "claimed_done", "delivered")],
        -4: [("c", "in_progress", "not_assessed")],
    }
    assert ledger.lines(list(ledger.commitments(PUBLIC, on=on(-6)).filter(key="c")), on=on(-6))[0].state.finding == "delivered"
    assert (ledger.commitment(PUBLIC, "c", on=on(-6)).state.finding, ledger.commitment(PUBLIC, "new", on=on(-6))) == ("delivered", None)


def test_urgency_is_late_first_then_by_day_then_none() -> None:
    for key, days in (("free", None), ("soon", 1), ("late", -1), ("later", 9), ("longest", -5), ("done", -9)):
        made(key, days=days)
    told("done", delivery="claimed_done", days=-9)
    assert [row.key for row in ledger.by_urgency(ledger.commitments(PUBLIC), today=TODAY)] == ["longest", "late", "done", "soon", "later", "free"]
    assert [row.key for row in ledger.overdue(PUBLIC, today=TODAY)] == ["longest", "late"]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_the_rows_its_table_says_for_any_joint_owner(role: str) -> None:
    who = PUBLIC if role == "public" else viewer(role, EXAMPLES if role in OF_A_BODY else "")
    expected = set()
    for kept, reach in ((kept, SEES[kept]) for kept in VISIBILITIES):
        made(f"{kept}-joint", SAMPLES, EXAMPLES, visibility=kept)
        made(f"{kept}-other", SAMPLES, visibility=kept)
        if kept == "public" or reach.get(role) == ANY:
            expected |= {f"{kept}-joint", f"{kept}-other"}
        elif role in reach and role in OF_A_BODY:
            expected.add(f"{kept}-joint")
    assert {row.key for row in ledger.commitments(who)} == expected
    assert {key for key in Commitment.objects.values_list("key", flat=True) if ledger.commitment(who, key)} == expected
    for key in Commitment.objects.values_list("key", flat=True):
        told(key, delivery="in_progress", body=SAMPLES)
    assert {row.commitment.key for row in ledger.updates_since(who, on(-30))} == expected


def test_owned_by_names_each_once_whatever_its_owners() -> None:
    made("joint", EXAMPLES, SAMPLES)
    made("other", VOICE)
    assert [row.key for row in ledger.owned_by(ledger.commitments(PUBLIC), [EXAMPLES, SAMPLES])] == ["joint"]
    assert list(ledger.owned_by(ledger.commitments(PUBLIC), [])) == []


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_as_many_queries_whatever_the_rows(number: int, django_assert_num_queries) -> None:
    for place in range(number):
        made(f"c-{place}", EXAMPLES, SAMPLES)
        told(f"c-{place}", delivery="in_progress")
    with django_assert_num_queries(3):
        lines = ledger.lines(list(ledger.commitments(PUBLIC)))
    assert [(len(line.owners), line.state.delivery) for line in lines] == [(2, "in_progress")] * number
    with django_assert_num_queries(1):
        assert {len(each) for each in ledger.tellings([line.row for line in lines]).values()} == {1}


def test_tellings_are_what_the_fold_needs() -> None:
    row = made()
    told(delivery="in_progress")
    told(delivery="deferred", days=-5, due_on=on(9))
    held = ledger.tellings([row])[row.pk]
    assert held == [Told(on(-9), "in_progress"), Told(on(-5), "deferred", due_on=on(9))]
    assert fold(row.due_on, held).put_off == 1
    assert ledger.tellings([]) == {}


def test_one_whole_has_its_updates_latest_first_with_evidence_feedback_and_family() -> None:
    made("parent")
    made(parent="parent")
    told(delivery="in_progress", days=-9, evidence=[Resting("A", on(-9)), Resting("B", on(-9))])
    told(delivery="partly_done", days=-5)
    for days in (-3, -2):
        record_feedback("c", body=VOICE, on=on(days), text=str(days), held_text="held", by=viewer("sector", VOICE), at=AT)
    held = ledger.commitment(PUBLIC, "c")
    assert [update.delivery for update in held.updates] == ["partly_done", "in_progress"]
    assert [[each.title for each in held.evidence.get(update.pk, [])] for update in held.updates] == [[], ["A", "B"]]
    assert [(said.text, said.held_text) for said in held.feedback] == [("-2", ""), ("-3", "")]
    assert (held.row.parent.key, [line.row.key for line in ledger.commitment(PUBLIC, "parent").children]) == ("parent", ["c"])
    assert ledger.commitment(viewer("sector", VOICE), "c").feedback[0].held_text == "held"


def test_child_that_is_not_seen_is_not_counted() -> None:
    made("parent")
    made("hidden", parent="parent", visibility="shared")
    assert [len(ledger.commitment(who, "parent").children) for who in (PUBLIC, CENTRAL)] == [0, 1]


def test_plans_and_what_was_carried_on_are_those_one_sees() -> None:
    made("plan-2030-a", plan="plan-2030")
    made("plan-2030-b", plan="plan-2030", visibility="shared")
    carry_over("plan-2030", keys=["plan-2030-a", "plan-2030-b"], to="plan-2031", due_on=None, by=CENTRAL, at=AT, because="")
    made("secret-a", plan="secret", visibility="shared")
    assert (ledger.plans(PUBLIC), ledger.plans(CENTRAL)) == (["plan-2030", "plan-2031"], ["plan-2030", "plan-2031", "secret"])
    assert [[row.key for row in ledger.carried_on(who, "plan-2030").values()] for who in (PUBLIC, CENTRAL)] == [["plan-2031-a"], ["plan-2031-a", "plan-2031-b"]]


def test_carried_on_twice_is_the_latest() -> None:
    made("plan-2030-a", plan="plan-2030")
    for days, to in ((1, "plan-2031"), (0, "plan-2032")):
        carry_over("plan-2030", keys=["plan-2030-a"], to=to, due_on=None, by=CENTRAL, at=AT - timedelta(days=-days), because="")
    assert [row.key for row in ledger.carried_on(PUBLIC, "plan-2030").values()] == ["plan-2031-a"]


def test_troubles_of_a_tracker_are_in_the_order_of_its_rows() -> None:
    for plan, sheet, row in (("p", "B", 2), ("p", "A", 9), ("p", "A", 4), ("q", "A", 1)):
        ImportProblem.objects.create(plan=plan, file="f", sha256="0", sheet=sheet, row=row, field="owner", found="", expected="", at=AT)
    assert [(row.sheet, row.row) for row in ledger.import_problems("p")] == [("A", 4), ("A", 9), ("B", 2)]


def test_states_by_plan_are_those_the_updates_fold_to() -> None:
    made("a", SAMPLES, plan="first")
    made("b", SAMPLES, plan="second")
    made("c", SAMPLES)
    told("a", delivery="in_progress", body=SAMPLES)
    told("a", delivery="claimed_done", body=SAMPLES)
    folded = {line.row.plan: [(line.state.delivery, line.state.finding, line.state.due_on)] for line in ledger.lines(list(ledger.commitments(PUBLIC)))}
    found = ledger.states_by_plan(PUBLIC)
    assert {plan: [(state.delivery, state.finding, state.due_on) for state in states] for plan, states in found.items()} == {
        plan: folded[plan] for plan in ("first", "second")
    }
    assert found["first"][0].delivery == "claimed_done"
