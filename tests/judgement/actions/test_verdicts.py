"""What is done about verdicts: every state, verb and role tried; a state machine keeps that nothing is public its body could not answer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.judgement.invented import ASSESSOR, AUDITOR, EVIDENCE, LEAD, SECOND, SILENT, proposed, put, signed, verdict_in
from tests.office import AT, EXAMPLES, SAMPLES, account, viewer

from opencompact.accounts.models import Notification
from opencompact.accounts.rules import MAY, PUBLIC, ROLES, Grant, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.asking.models import Ask
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.judgement.actions import verdicts
from opencompact.judgement.actions.trail import Evidence
from opencompact.judgement.models import Verdict, VerdictStep
from opencompact.judgement.queries import verdicts as queries
from opencompact.judgement.rules.verdicts import KEPT, MAY_WORDS, STATES, STEPS
from opencompact.values.clocks import BadClock

pytestmark = pytest.mark.django_db
BOTH = Viewer("p-both", (Grant("assessor"), Grant("auditor")))
KEY = f"compact-2010-3-3-{EXAMPLES}-2031"


def attempt(verb: str, row: Verdict | None, by: Viewer) -> Verdict:
    version = row.version if row else 0
    if verb == "propose":
        given = {"year": 2031, "grade": "met", "text": "A reason was found.", "evidence": EVIDENCE}
        return verdicts.propose("compact-2010/3.3", EXAMPLES, by=by, at=SILENT, **given)
    if verb in ("reply", "late_reply"):
        return verdicts.reply(KEY, putting=row.puttings if row else 0, text="We did.", held_text="", by=by, at=SILENT, because="")
    if verb == "revise":
        return verdicts.revise(KEY, grade="met", text="A reason was found.", evidence=EVIDENCE, version=version, by=by, at=SILENT)
    if verb == "put":
        return verdicts.put(KEY, working_days=10, version=version, by=by, at=SILENT)
    return getattr(verdicts, verb)(KEY, version=version, by=by, at=SILENT, because="a reason")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", [verb for verb in STEPS if verb != "late_reply"])
@pytest.mark.parametrize("state", ["", *STATES])
def test_every_state_verb_and_role_follows_the_two_tables(state: str, verb: str, role: str) -> None:
    row = verdict_in(state)
    by = viewer(role) if role != "public" else Viewer()
    # a verdict that was withdrawn or taken back leaves the place to another
    froms = STEPS[verb][0] | ({"withdrawn", "retracted"} if verb == "propose" else frozenset())
    if role not in MAY[MAY_WORDS[verb]]:
        with pytest.raises((NotAllowed, Verdict.DoesNotExist, ChangedMeanwhile) if state == "" else NotAllowed):
            attempt(verb, row, by)
    elif state not in froms:
        with pytest.raises((Verdict.DoesNotExist, ChangedMeanwhile, CannotStep) if state == "" else CannotStep):
            attempt(verb, row, by)
    else:
        to = STEPS[verb][1]
        made = attempt(verb, row, by)
        assert (made.state, Verdict.objects.get(pk=made.pk).visibility) == (to, KEPT[to])


def test_late_reply_stands_beside_what_was_signed_in_silence() -> None:
    row = put()
    row = verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    row = verdicts.reply(row.key, putting=1, text="We gave one.", held_text="", by=LEAD, at=SILENT + timedelta(days=1), because="")
    assert (row.state, row.reply, [step.verb for step in VerdictStep.objects.order_by("pk")]) == (
        "signed",
        "We gave one.",
        ["propose", "put", "sign", "late_reply"],
    )


def test_second_reply_is_not_taken() -> None:
    row = signed()
    with pytest.raises(CannotStep, match="has its reply"):
        verdicts.reply(row.key, putting=1, text="Another.", held_text="", by=LEAD, at=SILENT, because="")


def test_last_day_to_reply_still_counts() -> None:
    row = put()
    assert (row.reply_due_on, row.how_counted) == (date(2031, 5, 20), "10 working days after 6 May 2031 = 20 May 2031")
    with pytest.raises(CannotStep, match="may still reply: its last day is 20 May 2031"):
        verdicts.sign(row.key, version=row.version, by=AUDITOR, at=AT.replace(day=20, hour=22))
    assert verdicts.sign(row.key, version=row.version, by=AUDITOR, at=AT.replace(day=21)).signed_on == date(2031, 5, 21)


def test_who_proposed_never_signs() -> None:
    row = verdicts.propose("compact-2010/3.3", EXAMPLES, year=2031, grade="met", text="A reason.", evidence=EVIDENCE, by=BOTH, at=AT)
    row = verdicts.put(row.key, working_days=10, version=row.version, by=BOTH, at=AT)
    with pytest.raises(NotAllowed, match="never signs it"):
        verdicts.sign(row.key, version=row.version, by=BOTH, at=SILENT)
    with pytest.raises(IntegrityError, match="verdict_signed_pair"), transaction.atomic():
        Verdict.objects.update(signed_by=BOTH.account, signed_at=SILENT, signed_on=SILENT.date())


@pytest.mark.parametrize("role", ["assessor", "auditor"])
def test_who_acts_for_the_body_neither_proposes_nor_signs(role: str) -> None:
    both = Viewer("p-both", (Grant(role), Grant("lead", EXAMPLES)))
    with pytest.raises(NotAllowed, match="never judges it"):
        if role == "assessor":
            attempt("propose", None, both)
        else:
            attempt("sign", put(), both)


def test_database_refuses_a_verdict_signed_before_its_reply_is_finished() -> None:
    put()
    with pytest.raises(IntegrityError, match="verdict_published_implies_reply_finished"), transaction.atomic():
        Verdict.objects.update(state="signed", visibility="public", signed_on=date(2031, 5, 20), signed_at=AT, signed_by="x")


def test_putting_asks_the_body_and_tells_its_people() -> None:
    account("lead")
    row = put()
    ask = Ask.objects.get()
    assert (ask.body, ask.kind, ask.subject, ask.due_on) == (EXAMPLES, verdicts.KIND, f"{row.key}/1", date(2031, 5, 20))
    assert [(note.text, note.address) for note in Notification.objects.all()] == [
        ("A proposed verdict waits for your reply until 20 May 2031.", f"/verdicts/{row.key}/")
    ]


def test_sent_back_verdict_is_put_anew_and_an_old_reply_is_not_taken() -> None:
    row = verdict_in("sent_back")
    assert row is not None
    row = verdicts.revise(row.key, grade="explained", text="A reason was found.", evidence=EVIDENCE, version=row.version, by=ASSESSOR, at=AT)
    row = verdicts.put(row.key, working_days=10, version=row.version, by=ASSESSOR, at=AT)
    assert (row.puttings, sorted(Ask.objects.values_list("subject", "withdrawn_by"))) == (2, [(f"{KEY}/1", AUDITOR.account), (f"{KEY}/2", "")])
    with pytest.raises(CannotStep, match="changed since it was put to you"):
        verdicts.reply(row.key, putting=1, text="An old reply.", held_text="", by=LEAD, at=AT, because="")


def test_second_verdict_on_the_same_thing_is_refused_until_the_first_is_withdrawn() -> None:
    row = proposed()
    with pytest.raises(CannotStep, match="in 2031 already"):
        proposed()
    verdicts.withdraw(row.key, version=row.version, by=ASSESSOR, at=AT, because="wrong year")
    assert proposed().key == f"{KEY}-2"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"grade": "splendid"}, "Found the grade 'splendid'"),
        ({"text": ""}, "Nothing is written for verdict"),
        ({"evidence": ()}, "No evidence is named"),
        ({"evidence": (Evidence("Page", date(2031, 3, 1), sha256="abc"),)}, "Found the checksum 'abc'"),
    ],
)
def test_verdict_that_cannot_be_proposed_so(told: dict[str, Any], why: str) -> None:
    given = {"year": 2031, "grade": "met", "text": "A reason.", "evidence": EVIDENCE, **told}
    with pytest.raises(CannotStep, match=why):
        verdicts.propose("compact-2010/3.3", EXAMPLES, by=ASSESSOR, at=AT, **given)
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("verb", ["send_back", "withdraw", "retract"])
def test_nothing_is_taken_back_without_a_reason(verb: str) -> None:
    row = signed() if verb == "retract" else put()
    with pytest.raises(CannotStep, match="Nothing is written for reason"):
        getattr(verdicts, verb)(row.key, version=row.version, by=ASSESSOR if verb == "withdraw" else AUDITOR, at=AT, because="")


def test_no_days_to_reply_is_no_clock() -> None:
    row = proposed()
    with pytest.raises(BadClock, match="Found a clock of 0"):
        verdicts.put(row.key, working_days=0, version=row.version, by=ASSESSOR, at=AT)


def test_second_who_opened_it_before_is_told() -> None:
    row = put()
    verdicts.send_back(row.key, version=row.version, by=AUDITOR, at=AT, because="weigh it again")
    with pytest.raises(ChangedMeanwhile):
        verdicts.send_back(row.key, version=row.version, by=SECOND, at=AT, because="weigh it again")


def test_trail_of_the_office_holds_no_words_of_a_working_paper() -> None:
    put()
    assert [event.verb for event in Event.objects.order_by("sequence") if "No reason was found" in event.detail] == []


def test_names_show_what_they_are() -> None:
    row = proposed()
    assert (str(row), str(row.evidence.get()), str(row.steps.get())) == (KEY, "An invented page", "propose")


class Verdicts(RuleBasedStateMachine):
    """Anybody does anything to a verdict, in any order, as days pass; `reached` are the states that were seen, so that nothing is proved of none."""

    reached: ClassVar[set[str]] = set()

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at: datetime = AT
        self.row = proposed()

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def do(self, act: Callable[[], Verdict]) -> None:
        try:
            with transaction.atomic():
                self.row = act()
        except (CannotStep, NotAllowed):
            self.row = Verdict.objects.get(pk=self.row.pk)
        self.reached.add(self.row.state)

    @rule(days=st.integers(0, 40))
    def days_pass(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(by=st.sampled_from([AUDITOR, SECOND, BOTH, ASSESSOR, LEAD, viewer("central")]))
    def sign_it(self, by: Viewer) -> None:
        self.do(lambda: verdicts.sign(self.row.key, version=self.row.version, by=by, at=self.at))

    @rule(verb=st.sampled_from(["send_back", "withdraw", "retract"]), by=st.sampled_from([AUDITOR, ASSESSOR, LEAD]))
    def take_it_back(self, verb: str, by: Viewer) -> None:
        self.do(lambda: getattr(verdicts, verb)(self.row.key, version=self.row.version, by=by, at=self.at, because="a reason"))

    @rule(by=st.sampled_from([ASSESSOR, BOTH, LEAD]), days=st.integers(1, 8))
    def put_it(self, by: Viewer, days: int) -> None:
        self.do(lambda: verdicts.put(self.row.key, working_days=days, version=self.row.version, by=by, at=self.at))

    @rule(by=st.sampled_from([ASSESSOR, BOTH]), grade=st.sampled_from(["met", "unexplained"]))
    def write_it_anew(self, by: Viewer, grade: str) -> None:
        told = {"grade": grade, "text": f"Anew, {grade}.", "evidence": EVIDENCE, "by": by, "at": self.at}
        if self.row.state in ("withdrawn", "retracted"):
            self.do(lambda: verdicts.propose("compact-2010/3.3", EXAMPLES, year=2031, **told))
        self.do(lambda: verdicts.revise(self.row.key, version=self.row.version, **told))

    @rule(by=st.sampled_from([LEAD, viewer("sro"), viewer("lead", SAMPLES), AUDITOR]), late=st.booleans())
    def reply_to_it(self, by: Viewer, late: bool) -> None:
        putting = self.row.puttings - late
        self.do(lambda: verdicts.reply(self.row.key, putting=putting, text="We did.", held_text="", by=by, at=self.at, because=""))

    @invariant()
    def public_implies_that_its_body_could_answer(self) -> None:
        if hasattr(self, "row"):
            for row in queries.verdicts(PUBLIC):
                signed_on, due = row.signed_on, row.reply_due_on
                assert signed_on is not None
                assert due is not None
                assert row.put_at is not None
                assert row.signed_at is not None
                assert (row.replied_at is not None and row.replied_at <= row.signed_at) or signed_on > due
                words = [step.text for step in row.steps.order_by("pk") if step.verb == "put"]
                assert words[-1] == row.text  # the very words that are public were put to the body

    @invariant()
    def who_proposed_never_signed(self) -> None:
        if hasattr(self, "row"):
            assert Verdict.objects.exclude(signed_by="").filter(signed_by=F("proposed_by")).count() == 0

    @invariant()
    def state_is_that_of_the_last_step(self) -> None:
        if hasattr(self, "row"):
            last = self.row.steps.order_by("-pk")[0]
            assert (last.state, STEPS[last.verb][1]) == (self.row.state, self.row.state)

    @invariant()
    def release_takes_what_is_signed_and_nothing_else(self) -> None:
        if hasattr(self, "row"):
            taken = [row["verdict_id"] for row in queries.for_release(at=self.at)]
            assert taken == ([self.row.key] if self.row.state == "signed" else [])


def test_whatever_is_done_in_whatever_order_nothing_is_public_that_its_body_could_not_answer() -> None:
    run_state_machine_as_test(Verdicts, settings=settings(max_examples=60, stateful_step_count=25))  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
    assert {"proposed", "with_body", "replied", "sent_back", "signed", "withdrawn"} - Verdicts.reached == set()
