"""Invented audits, verdicts and challenges for tests, brought into any state through the room's own actions."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import Grant, Viewer
from opencompact.judgement.actions import audits, challenges, verdicts
from opencompact.judgement.actions.trail import Evidence
from opencompact.judgement.models import Challenge, Finding, Verdict
from opencompact.judgement.rules.audits import Grade

SCALE = (
    Grade("none", "None", "empty", "Nothing.", ranks=True),
    Grade("limited", "Limited", "sparse", "Begun.", ranks=True),
    Grade("adequate", "Adequate", "dense", "Mostly.", ranks=True),
    Grade("good", "Good", "full", "All.", ranks=True),
    Grade("cannot_tell", "Cannot tell", "hatched", "Not known.", ranks=False),
)
AUDITOR, ASSESSOR, LEAD, CENTRAL = viewer("auditor"), viewer("assessor"), viewer("lead"), viewer("central")
SECOND = Viewer("p-second-auditor", (Grant("auditor"),), "A second auditor")
CUT_OFF = date(2031, 3, 31)
EVIDENCE = (Evidence("An invented page", date(2031, 3, 1), "https://example.org/page", "a" * 64, "We keep a list."),)
# Fifteen working days after 6 May 2031, the late May bank holiday left out, end on 28 May.
SILENT = AT + timedelta(days=60)
CELL = ("audit", "lead", EXAMPLES)


def audit_round(key: str = "audit", *, follows: str = "", at: datetime = AT, bodies: tuple[str, ...] = (EXAMPLES, SAMPLES)) -> None:
    """A round of two bodies; with one recommendation where it follows none."""
    audits.open_round(
        key, title=f"Invented {key}", text="", bodies=bodies, cut_off_on=CUT_OFF, reply_working_days=15, follows=follows, by=AUDITOR, at=at, because=""
    )
    if not follows:
        audits.recommend(key, key="lead", title="Name who leads", text="Name one official.", by=AUDITOR, at=at, because="")


def graded(cell: tuple[str, str, str] = CELL, *, grade: str = "limited", version: int | None = None, at: datetime = AT, **more: Any) -> Finding:
    """A cell with a drafted finding."""
    told = {"text": "Some was done.", "held_text": "zq-held-words", "evidence": EVIDENCE, "because": ""} | more
    return audits.grade(*cell, grade=grade, scale=SCALE, version=version, by=AUDITOR, at=at, **told)


def sent(cell: tuple[str, str, str] = CELL, *, at: datetime = AT) -> Finding:
    """A cell whose finding is with its body."""
    return audits.send_finding(*cell, version=graded(cell, at=at).version, by=AUDITOR, at=at)


def replied(cell: tuple[str, str, str] = CELL, *, at: datetime = AT) -> Finding:
    """A cell whose body replied."""
    sent(cell, at=at)
    lead = viewer("lead", cell[2])
    return audits.reply(*cell, sending=1, text="We did more.", held_text="zq-held-words reply", by=lead, at=at + timedelta(days=1), because="cleared")


def finding_in(state: str) -> Finding | None:
    """A new round with its cell in that state; None for a cell nobody graded."""
    audit_round()
    if state == "":
        return None
    if state == "drafted":
        return graded()
    if state == "with_body":
        return sent()
    row = replied()
    if state == "replied":
        return row
    if state == "withdrawn":
        return audits.withdraw(*CELL, version=row.version, by=AUDITOR, at=AT, because="a mistake")
    row = audits.publish(*CELL, version=row.version, by=AUDITOR, at=AT + timedelta(days=2))
    return row if state == "published" else audits.withdraw(*CELL, version=row.version, by=AUDITOR, at=AT + timedelta(days=3), because="a mistake")


def proposed(*, undertaking: str = "compact-2010/3.3", body: str = EXAMPLES, year: int = 2031, grade: str = "unexplained", at: datetime = AT) -> Verdict:
    """A verdict an assessor proposed."""
    return verdicts.propose(
        undertaking, body, year=year, grade=grade, text="No reason was found.", held_text="zq-held-words", evidence=EVIDENCE, by=ASSESSOR, at=at
    )


def put(*, at: datetime = AT, **more: Any) -> Verdict:
    """A verdict with its body."""
    row = proposed(at=at, **more)
    return verdicts.put(row.key, working_days=10, version=row.version, by=ASSESSOR, at=at)


def signed(*, at: datetime = AT, **more: Any) -> Verdict:
    """A verdict whose body replied, signed a day later."""
    row = put(at=at, **more)
    row = verdicts.reply(row.key, putting=1, text="We gave one.", held_text="", by=viewer("lead", row.body), at=at + timedelta(days=1), because="cleared")
    return verdicts.sign(row.key, version=row.version, by=AUDITOR, at=at + timedelta(days=2))


def verdict_in(state: str) -> Verdict | None:
    """A verdict in that state; None for one not yet proposed."""
    if state == "":
        return None
    if state == "proposed":
        return proposed()
    if state in ("signed", "retracted"):
        row = signed()
        return row if state == "signed" else verdicts.retract(row.key, version=row.version, by=AUDITOR, at=AT + timedelta(days=3), because="a mistake")
    row = put()
    if state == "with_body":
        return row
    if state == "sent_back":
        return verdicts.send_back(row.key, version=row.version, by=AUDITOR, at=AT, because="weigh it again")
    if state == "withdrawn":
        return verdicts.withdraw(row.key, version=row.version, by=ASSESSOR, at=AT, because="wrong body")
    return verdicts.reply(row.key, putting=1, text="We gave one.", held_text="zq-held-words reply", by=LEAD, at=AT + timedelta(days=1), because="cleared")


def received(form: str = "form-1", *, at: datetime = AT, email: str = "somebody@example.org") -> Challenge:
    """A challenge somebody sent."""
    place = challenges.Place("/spend/", "lines.csv", 4, "draft")
    return challenges.receive(form, place=place, wrong="zq-held-words wrong", right="Another day.", checking="See the page.", email=email, at=at)


def settled(row: Challenge, outcome: str = "correct", *, at: datetime = AT) -> Challenge:
    """A challenge that was settled."""
    return challenges.settle(row.reference, outcome=outcome, summary="One day was wrong.", because="The page says so.", version=row.version, by=AUDITOR, at=at)


def challenge_in(state: str) -> Challenge | None:
    """A challenge in that state; None for one not yet received."""
    if state == "":
        return None
    row = received()
    if state == "received":
        return row
    row = challenges.look(row.reference, version=row.version, by=AUDITOR, at=AT)
    return row if state == "looking" else settled(row, {"corrected": "correct", "not_upheld": "not_uphold"}[state])
