"""A tracker taken from its spreadsheet, row by row, and a plan's actions carried into the next."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests.office import AT, EXAMPLES, SAMPLES, VOICE, viewer

from opencompact.accounts.rules import ROLES, NotAllowed
from opencompact.promises.actions import tracker
from opencompact.promises.actions.ledger import CannotRecord, Wording, record_commitment
from opencompact.promises.actions.tracker import MOST_BYTES, CannotReadTracker, Tracked, carry_over, read_tracker
from opencompact.promises.models import Commitment
from opencompact.promises.queries import ledger

pytestmark = pytest.mark.django_db
CENTRAL, LEAD = viewer("central"), viewer("lead")
TODAY = AT.date()
NAMES = {EXAMPLES: "Department of Examples", SAMPLES: "Ministry of Samples", VOICE: "Sample Sector Voice"}


def made(key: str = "c", *, kind: str = "joint_action", owners=(EXAMPLES,), due_on: date | None = TODAY, by=CENTRAL, **more):
    return record_commitment(key=key, kind=kind, title=f"Title of {key}", text="Its words.", owners=owners, due_on=due_on, by=by, at=AT, because="", **more)


def book(*rows: tuple[object, ...]) -> bytes:
    made_book, content = Workbook(), BytesIO()
    made_book.active.title = "Plan"
    for row in rows:
        made_book.active.append(row)
    made_book.save(content)
    return content.getvalue()


HEAD = ("Ref", "Objective", "Action", "Owner", "Due", "Status", "Progress", "Page")


def read(content: bytes, by=CENTRAL) -> Tracked:
    return read_tracker(content, file="plan.xlsx", plan="plan-2030", year_ends_on=TODAY, bodies=NAMES, by=by, at=AT)


def test_tracker_is_read_with_its_states_and_its_troubles_and_twice_is_once() -> None:
    content = book(
        ("The plan",),
        HEAD,
        ("1.1", "Meet", "Hold four meetings", "Department of Examples and Sample Sector Voice", date(2031, 3, 31), "Complete", "All four held.", "p. 3"),
        ("1.2", "Meet", "A longer action. " + "x" * 120, "Ministry of Samples", "soon", "Green", "", ""),
        ("1.3", "Share", "Nobody's action", "Somebody", None, "", "", ""),
        (),
    )
    assert read(content) == Tracked(2, 0, 2)
    first, second = (ledger.commitment(CENTRAL, key) for key in ("plan-2030-11", "plan-2030-12"))
    assert [owner.body for owner in first.owners] == [EXAMPLES, VOICE]
    assert (first.state.delivery, first.row.objective, first.row.place, first.row.plan) == ("claimed_done", "Meet", "p. 3", "plan-2030")
    assert (second.state.delivery, second.row.due_on, second.row.title[-1], second.row.place) == ("in_progress", None, "…", "Plan, row 4")
    problems = [(row.row, row.field, row.found) for row in ledger.import_problems("plan-2030")]
    assert problems == [(4, "due_on", "soon"), (5, "owner", "Somebody")]
    assert read(content) == Tracked(0, 2, 2)


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook", b"x" * (MOST_BYTES + 1)])
def test_file_that_is_no_workbook_says_so(content: bytes) -> None:
    with pytest.raises(CannotReadTracker, match=r"plan.xlsx: found"):
        read(content)


def test_workbook_without_a_header_says_what_it_needs() -> None:
    with pytest.raises(CannotReadTracker, match="found no row of headers in Plan; expected one with columns for action"):
        read(book(("a", "b"), (1, 2)))


def test_tracker_with_too_many_rows_is_refused_whole_and_blank_ones_below_are_none(monkeypatch) -> None:
    monkeypatch.setattr(tracker, "MOST_ROWS", 2)
    action = ("1.1", "Meet", "Hold four meetings", "Ministry of Samples")
    assert read(book(HEAD, action, (), ("",))).recorded == 1
    with pytest.raises(CannotReadTracker, match=r"plan.xlsx, sheet Plan: found more than 2 rows; expected at most so many\. Give them in several files\."):
        read(book(HEAD, action, ("1.2", "Meet", "Hold a fifth", "Ministry of Samples")))


def test_only_the_centre_reads_a_tracker_or_carries_a_plan_on() -> None:
    with pytest.raises(NotAllowed):
        read(b"", by=LEAD)
    with pytest.raises(NotAllowed):
        carry_over("plan-2030", keys=[], to="plan-2031", due_on=None, by=LEAD, at=AT, because="")


def test_carried_action_names_the_one_it_continues_and_is_carried_once() -> None:
    made("plan-2030-a", wording=Wording(plan="plan-2030", objective="Meet", money_promised=Decimal("5.00")))
    for _ in range(2):
        (row,) = carry_over("plan-2030", keys=["plan-2030-a"], to="plan-2031", due_on=None, by=CENTRAL, at=AT, because="owed")
    assert (row.key, row.objective, row.carried_from.key) == ("plan-2031-a", "Meet", "plan-2030-a")
    assert ledger.carried_on(CENTRAL, "plan-2030") == {row.carried_from_id: row}
    assert ledger.plans(CENTRAL) == ["plan-2030", "plan-2031"]


@pytest.mark.parametrize(("status", "progress", "said"), [("Complete", "", "The tracker says: claimed done."), ("", "In hand.", "In hand."),
                                                          ("Not started", "", "The tracker says: not started.")])  # fmt: skip
def test_state_is_told_in_words_on_the_day_the_tracker_speaks_of(status: str, progress: str, said: str) -> None:
    read(book(HEAD, ("1", "", "Meet", "Ministry of Samples", "", status, progress, "")))
    (update,) = ledger.commitment(CENTRAL, "plan-2030-1").updates
    assert (update.text, update.on, update.body, update.delivery) == (said, TODAY, SAMPLES, "claimed_done" if status == "Complete" else "")


def test_row_that_says_nothing_of_its_state_is_told_of_nothing() -> None:
    read(book(HEAD, ("1", "", "Meet", "Ministry of Samples")))
    assert ledger.commitment(CENTRAL, "plan-2030-1").updates == ()


def test_tracker_of_a_year_to_come_is_told_today() -> None:
    content = book(HEAD, ("1", "", "Meet", "Ministry of Samples", "", "Complete"))
    read_tracker(content, file="plan.xlsx", plan="plan-2030", year_ends_on=TODAY + timedelta(days=99), bodies=NAMES, by=CENTRAL, at=AT)
    assert ledger.commitment(CENTRAL, "plan-2030-1").updates[0].on == TODAY


def test_rows_without_a_number_and_of_two_sheets_keep_keys_of_their_own() -> None:
    made("plan-2030-1")
    assert read(book(HEAD, ("1", "", "Meet", "Ministry of Samples"), ("", "Meet", "Train", "Ministry of Samples"))) == Tracked(2, 0, 0)
    keys = sorted(Commitment.objects.exclude(key="plan-2030-1").values_list("key", flat=True))
    assert (keys[0], len(keys[1])) == ("plan-2030-1-2", len("plan-2030-") + 10)


def test_evidence_of_a_row_is_its_address_only_where_it_is_one() -> None:
    heads = (*HEAD, "Evidence")
    read(
        book(
            heads,
            ("1", "", "A", "Ministry of Samples", "", "", "", "", "https://sample.example/x"),
            ("2", "", "B", "Ministry of Samples", *[""] * 4, "in a drawer"),
        )
    )
    assert sorted(Commitment.objects.values_list("address", flat=True)) == ["", "https://sample.example/x"]


def test_carried_over_keeps_owners_and_who_sees_it_and_takes_the_new_day() -> None:
    made("plan-2030-a", owners=(EXAMPLES, VOICE), wording=Wording(plan="plan-2030"), visibility="shared")
    made("other-a", wording=Wording(plan="other"))
    (row,) = carry_over("plan-2030", keys=["plan-2030-a", "other-a"], to="plan-2031", due_on=TODAY, by=CENTRAL, at=AT, because="owed")
    assert ([owner.body for owner in row.owners.order_by("body")], row.visibility, row.due_on, row.has_date) == ([EXAMPLES, VOICE], "shared", TODAY, True)


def test_carrying_onto_a_key_that_stands_changes_nothing() -> None:
    for key in ("plan-2030-a", "plan-2030-b"):
        made(key, wording=Wording(plan="plan-2030"))
    made("plan-2031-b")
    with pytest.raises(CannotRecord, match="plan-2031-b already"):
        carry_over("plan-2030", keys=["plan-2030-a", "plan-2030-b"], to="plan-2031", due_on=None, by=CENTRAL, at=AT, because="owed")
    assert Commitment.objects.count() == 3


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"public"}))
def test_each_role_carries_over_what_its_table_says(role: str) -> None:
    if role == "central":
        assert carry_over("p", keys=[], to="q", due_on=None, by=viewer(role), at=AT, because="") == []
    else:
        with pytest.raises(NotAllowed):
            carry_over("p", keys=[], to="q", due_on=None, by=viewer(role), at=AT, because="")
