"""What is done in an audit: every state, verb and role tried; replies finished before anything is published."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests.judgement.invented import AUDITOR, CELL, CUT_OFF, EVIDENCE, LEAD, SCALE, SILENT, audit_round, finding_in, graded, replied, sent
from tests.office import AT, EXAMPLES, SAMPLES, account, viewer

from opencompact.accounts.models import Notification
from opencompact.accounts.rules import ANY, MAY, OF_A_BODY, ROLES, Grant, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.asking.models import Ask
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.audit.models import Event
from opencompact.judgement.actions import audits
from opencompact.judgement.actions.trail import Evidence
from opencompact.judgement.models import Finding, FindingStep, Round
from opencompact.judgement.rules.audits import KEPT, MAY_WORDS, STATES, STEPS

pytestmark = pytest.mark.django_db
VERBS = [verb for verb in STEPS if verb != "retract" and verb != "late_reply"]


def attempt(verb: str, row: Finding | None, by: Viewer) -> Any:
    version = row.version if row else None
    late = {"by": by, "at": SILENT, "because": "a reason"}
    if verb == "grade":
        return audits.grade(*CELL, grade="good", text="More was done.", scale=SCALE, version=version, **late)
    if verb == "reply":
        return audits.reply(*CELL, sending=row.sendings if row else 0, text="We did.", held_text="", **late)
    does = {"send_finding": audits.send_finding, "revise": audits.revise, "publish": audits.publish, "withdraw": audits.withdraw}
    return does[verb](*CELL, version=version or 0, **late)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["", *STATES])
def test_every_state_verb_and_role_follows_the_two_tables(state: str, verb: str, role: str) -> None:
    row = finding_in(state)
    by = viewer(role) if role != "public" else Viewer()
    # one act withdraws what is not published and takes back what is; one reply is late where it is published, and a finding has one reply
    froms = {"withdraw": STEPS["withdraw"][0] | STEPS["retract"][0]}.get(verb, STEPS[verb][0])
    if role not in MAY[MAY_WORDS[verb]]:
        with pytest.raises((NotAllowed, Finding.DoesNotExist, ChangedMeanwhile) if state == "" else NotAllowed):
            attempt(verb, row, by)
    elif state not in froms:
        with pytest.raises((Finding.DoesNotExist, ChangedMeanwhile, CannotStep) if state == "" else CannotStep):
            attempt(verb, row, by)
    else:
        to = "retracted" if (verb, state) == ("withdraw", "published") else STEPS[verb][1]
        assert (attempt(verb, row, by).state, Finding.objects.get().visibility) == (to, KEPT[to])


@pytest.mark.parametrize("role", [role for role in ROLES if MAY[MAY_WORDS["reply"]].get(role) != ANY and role in OF_A_BODY])
def test_another_bodys_people_do_not_reply(role: str) -> None:
    audit_round()
    row = sent()
    with pytest.raises(NotAllowed):
        attempt("reply", row, viewer(role, SAMPLES))


def test_late_reply_stands_beside_what_was_published_in_silence() -> None:
    audit_round()
    row = audits.publish(*CELL, version=sent().version, by=AUDITOR, at=SILENT)
    late = audits.reply(*CELL, sending=1, text="We did more.", held_text="", by=LEAD, at=SILENT + timedelta(days=1), because="")
    assert (row.state, late.state, late.reply, [step.verb for step in FindingStep.objects.order_by("pk")][-1]) == (
        "published",
        "published",
        "We did more.",
        "late_reply",
    )


def test_last_day_to_reply_still_counts() -> None:
    audit_round()
    row = sent()
    assert (row.reply_due_on, row.how_counted) == (date(2031, 5, 28), "15 working days after 6 May 2031, without 26 May 2031 = 28 May 2031")
    with pytest.raises(CannotStep, match=r"may still reply: its last day is 28 May 2031"):
        audits.publish(*CELL, version=row.version, by=AUDITOR, at=AT.replace(day=28, hour=22))
    assert audits.publish(*CELL, version=row.version, by=AUDITOR, at=AT.replace(day=29)).published_on == date(2031, 5, 29)


def test_database_refuses_a_finding_published_before_its_reply_is_finished() -> None:
    audit_round()
    sent()
    with pytest.raises(IntegrityError, match="finding_published_implies_reply_finished"), transaction.atomic():
        Finding.objects.update(state="published", visibility="public", published_on=date(2031, 5, 28), published_at=AT, published_by="x")


def test_database_refuses_a_draft_that_everybody_sees() -> None:
    audit_round()
    graded()
    with pytest.raises(IntegrityError, match="finding_seen_as_its_state"), transaction.atomic():
        Finding.objects.update(visibility="public")


def test_sending_asks_the_body_tells_its_people_and_opens_the_round_to_those_who_work_on_it() -> None:
    account("lead")
    audit_round()
    sent()
    ask = Ask.objects.get()
    assert (ask.body, ask.kind, ask.subject, ask.due_on, Round.objects.get().visibility) == (EXAMPLES, audits.KIND, "audit/lead/1", date(2031, 5, 28), "shared")
    assert [(note.text, note.address) for note in Notification.objects.all()] == [
        ("A finding of the audit waits for your reply until 28 May 2031.", f"/audits/audit/lead/{EXAMPLES}/")
    ]
    assert mail.outbox == []


def test_finding_changed_after_it_was_sent_goes_to_the_body_anew() -> None:
    audit_round()
    row = replied()
    row = audits.revise(*CELL, version=row.version, by=AUDITOR, at=AT + timedelta(days=2), because="a paper was missed")
    assert (row.reply, row.sent_at, Ask.objects.get().withdrawn_by) == ("", None, AUDITOR.account)
    row = graded(version=row.version, grade="good", at=AT + timedelta(days=3))
    row = audits.send_finding(*CELL, version=row.version, by=AUDITOR, at=AT + timedelta(days=4))
    assert (row.sendings, sorted(Ask.objects.values_list("subject", flat=True))) == (2, ["audit/lead/1", "audit/lead/2"])
    with pytest.raises(CannotStep, match="changed since it was sent"):
        audits.reply(*CELL, sending=1, text="An old reply.", held_text="", by=LEAD, at=AT + timedelta(days=5), because="")
    trail = [(step.verb, step.grade, step.text) for step in FindingStep.objects.order_by("pk")]
    assert trail == [
        ("grade", "limited", "Some was done."),
        ("send_finding", "limited", "Some was done."),
        ("reply", "limited", "We did more."),
        ("revise", "limited", "Some was done."),
        ("grade", "good", "Some was done."),
        ("send_finding", "good", "Some was done."),
    ]


def test_trail_of_the_office_holds_no_words_of_a_working_paper() -> None:
    audit_round()
    graded(text="zq-draft-words")
    assert [event.verb for event in Event.objects.order_by("sequence") if "zq-" in event.detail + event.because] == []


def test_second_auditor_who_opened_it_before_is_told() -> None:
    audit_round()
    row = graded()
    graded(version=row.version)
    with pytest.raises(ChangedMeanwhile):
        graded(version=row.version, text="Lost words.")


def test_auditor_who_acts_for_the_body_never_grades_it() -> None:
    audit_round()
    both = Viewer("p-both", (Grant("auditor"), Grant("lead", EXAMPLES)))
    with pytest.raises(NotAllowed, match="never judges it"):
        audits.grade(*CELL, grade="good", text="We are good.", scale=SCALE, version=None, by=both, at=AT, because="")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"grade": "splendid"}, "Found the grade 'splendid'"),
        ({"text": " "}, "Nothing is written for finding"),
        ({"evidence": (Evidence("Later page", date(2031, 4, 1)),)}, "later than the cut-off day 31 March 2031"),
        ({"evidence": (Evidence("", date(2031, 3, 1)),)}, "Nothing is written for evidence"),
        ({"evidence": (Evidence("Page", date(2031, 3, 1), sha256="abc"),)}, "Found the checksum 'abc'"),
    ],
)
def test_finding_that_cannot_be_drafted_so(told: dict[str, Any], why: str) -> None:
    audit_round()
    with pytest.raises(CannotStep, match=why):
        graded(**told)
    assert Finding.objects.count() == 0


def test_body_the_round_does_not_look_at_is_not_graded() -> None:
    audit_round(bodies=(SAMPLES,))
    with pytest.raises(CannotStep, match="does not look at"):
        graded()


def test_evidence_is_kept_with_its_words_and_replaced_with_a_new_draft() -> None:
    audit_round()
    row = graded()
    assert [(each.title, each.address, each.sha256, each.quote) for each in row.evidence.all()] == [
        ("An invented page", "https://example.org/page", "a" * 64, "We keep a list.")
    ]
    row = graded(version=row.version, evidence=(Evidence("Another page", CUT_OFF),))
    assert [each.title for each in row.evidence.all()] == ["Another page"]


def test_later_development_stands_beside_and_alters_nothing() -> None:
    audit_round()
    row = sent()
    before = Finding.objects.values().get()
    for by, owner in ((AUDITOR, ""), (LEAD, EXAMPLES)):
        made = audits.record_development(*CELL, on=date(2031, 4, 1), text="A new official.", by=by, at=AT)
        assert made.body == owner
    assert (Finding.objects.values().get(), row.evidence.count(), row.developments.count()) == (before, 1, 2)


@pytest.mark.parametrize("on", [CUT_OFF, date(2031, 5, 7)])
def test_development_is_after_the_cut_off_day_and_not_still_to_come(on: date) -> None:
    audit_round()
    sent()
    with pytest.raises(CannotStep, match="expected a day after 31 March 2031"):
        audits.record_development(*CELL, on=on, text="A new official.", by=AUDITOR, at=AT)


@pytest.mark.parametrize("by", [viewer("central"), viewer("lead", SAMPLES)])
def test_development_is_put_by_auditors_or_the_body_alone(by: Viewer) -> None:
    audit_round()
    sent()
    with pytest.raises(NotAllowed):
        audits.record_development(*CELL, on=date(2031, 4, 1), text="A new official.", by=by, at=AT)


def test_body_puts_nothing_beside_a_draft_it_has_not_seen() -> None:
    audit_round()
    graded()
    with pytest.raises(NotAllowed):
        audits.record_development(*CELL, on=date(2031, 4, 1), text="A new official.", by=LEAD, at=AT)


def test_whole_round_is_sent_and_then_published_as_far_as_replies_are_finished() -> None:
    audit_round()
    other = ("audit", "lead", SAMPLES)
    graded()
    graded(other)
    assert (audits.send_all("audit", by=AUDITOR, at=AT), audits.publish_all("audit", by=AUDITOR, at=AT + timedelta(days=1))) == (2, 0)
    audits.reply(*CELL, sending=1, text="We did more.", held_text="", by=LEAD, at=AT + timedelta(days=2), because="")
    assert audits.publish_all("audit", by=AUDITOR, at=AT + timedelta(days=3)) == 1
    assert (audits.publish_all("audit", by=AUDITOR, at=SILENT), Round.objects.get().visibility) == (1, "public")


@pytest.mark.parametrize("act", [audits.send_all, audits.publish_all])
def test_only_auditors_act_on_a_whole_round(act: Any) -> None:
    audit_round()
    with pytest.raises(NotAllowed):
        act("audit", by=viewer("central"), at=AT)


def test_follow_up_takes_up_the_recommendations() -> None:
    audit_round()
    audit_round("next", follows="audit")
    row = Round.objects.get(key="next")
    assert (row.follows and row.follows.key, [(each.key, each.title) for each in row.recommendations.all()]) == ("audit", [("lead", "Name who leads")])


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"key": "audit"}, "There is a round audit already"),
        ({"title": ""}, "Nothing is written for title"),
        ({"bodies": ()}, "Found 0 bodies and 15 days"),
        ({"reply_working_days": 0}, "Found 1 bodies and 0 days"),
    ],
)
def test_round_that_cannot_be_opened_so(told: dict[str, Any], why: str) -> None:
    audit_round()
    given: dict[str, Any] = {"key": "new", "title": "New", "bodies": (EXAMPLES,), "reply_working_days": 15, **told}
    with pytest.raises(CannotStep, match=why):
        audits.open_round(given.pop("key"), text="", cut_off_on=CUT_OFF, by=AUDITOR, at=AT, because="", **given)


def test_recommendation_stands_once_in_a_round() -> None:
    audit_round()
    with pytest.raises(CannotStep, match="There is a recommendation lead"):
        audits.recommend("audit", key="lead", title="Again", text="Again.", by=AUDITOR, at=AT, because="")


@pytest.mark.parametrize("verb", ["revise", "withdraw"])
def test_nothing_is_taken_back_without_a_reason(verb: str) -> None:
    audit_round()
    row = sent()
    with pytest.raises(CannotStep, match="Nothing is written for reason"):
        getattr(audits, verb)(*CELL, version=row.version, by=AUDITOR, at=AT, because=" ")


def test_names_show_what_they_are() -> None:
    audit_round()
    row = sent()
    assert (str(row), str(row.recommendation), str(row.recommendation.round), str(row.evidence.get()), str(row.steps.first())) == (
        f"{EXAMPLES}: with_body",
        "Name who leads",
        "Invented audit",
        "An invented page",
        "grade",
    )
    assert [str(each) for each in row.recommendation.round.bodies.order_by("body")] == [EXAMPLES, SAMPLES]
    assert str(audits.record_development(*CELL, on=date(2031, 4, 1), text="A new official.", by=AUDITOR, at=AT)) == "2031-04-01: A new official."
    assert EVIDENCE[0].title == "An invented page"
