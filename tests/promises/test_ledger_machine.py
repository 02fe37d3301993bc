"""Whatever anybody does in whatever order, the ledger keeps its word: findings by nobody who owns, states that are the fold, nothing lost."""

from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import NotAllowed
from opencompact.promises.actions.ledger import record_commitment, record_update
from opencompact.promises.models import Commitment, Update
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import FINDINGS, STEPS, CannotUpdate, Told, fold, is_overdue

TODAY = AT.date()
DAYS = st.integers(-40, 0).map(lambda days: TODAY + timedelta(days=days))
CENTRAL = viewer("central")


class Ledger(RuleBasedStateMachine):
    """One commitment of two owners, told of by owners, strangers and auditors."""

    def __init__(self) -> None:
        super().__init__()
        Commitment.objects.all().delete()
        self.told: list[Told] = []
        record_commitment(
            key="c", kind="joint_action", title="T", text="T", owners=(EXAMPLES, SAMPLES), due_on=TODAY - timedelta(days=5), by=CENTRAL, at=AT, because=""
        )

    def tell(self, body: str, role: str, on: date, delivery: str, finding: str, due_on: date | None) -> None:
        try:
            record_update("c", body=body, on=on, text="Words.", delivery=delivery, finding=finding, due_on=due_on, by=viewer(role, body), at=AT, because="")
        except (NotAllowed, CannotUpdate):
            return
        self.told.append(Told(on, delivery, finding, due_on))

    @rule(body=st.sampled_from([EXAMPLES, SAMPLES, "stranger"]), on=DAYS, delivery=st.sampled_from(["", *STEPS]), due=st.none() | DAYS)
    def owner_tells(self, body, on, delivery, due) -> None:
        self.tell(body, "lead", on, delivery, "", due)

    @rule(body=st.sampled_from(["", EXAMPLES]), on=DAYS, finding=st.sampled_from(list(FINDINGS)))
    def auditor_finds(self, body, on, finding) -> None:
        self.tell(body, "auditor", on, "", finding, None)

    @rule(body=st.sampled_from([EXAMPLES, SAMPLES]), on=DAYS, finding=st.sampled_from(list(FINDINGS)))
    def owner_tries_to_find(self, body, on, finding) -> None:
        self.tell(body, "lead", on, "", finding, None)

    @precondition(lambda self: self.told)
    @rule(on=DAYS)
    def looks_at_a_past_day(self, on) -> None:
        shown = ledger.commitment(CENTRAL, "c")
        past = ledger.lines(list(ledger.commitments(CENTRAL).filter(key="c")), on=on)
        assert past[0].state == fold(shown.row.due_on, self.told, on=on)

    @invariant()
    def state_is_the_fold_of_what_was_told(self) -> None:
        shown = ledger.commitment(CENTRAL, "c")
        assert shown.state == fold(TODAY - timedelta(days=5), self.told)
        assert len(shown.updates) == len(self.told)

    @invariant()
    def findings_come_from_nobody_who_owns(self) -> None:
        assert set(Update.objects.exclude(finding="").values_list("body", flat=True)) <= {""}

    @invariant()
    def lists_say_what_the_page_says(self) -> None:
        state = ledger.commitment(CENTRAL, "c").state
        row = ledger.commitments(CENTRAL).get(key="c")
        assert (row.delivery_now, row.finding_now, row.due_now) == (state.delivery, state.finding, state.due_on)
        assert ledger.overdue(CENTRAL, today=TODAY).exists() is is_overdue(state, today=TODAY)


@pytest.mark.django_db
def test_ledger_keeps_its_word_whatever_is_done() -> None:
    run_state_machine_as_test(Ledger, settings=settings(max_examples=25, stateful_step_count=12, deadline=None))
