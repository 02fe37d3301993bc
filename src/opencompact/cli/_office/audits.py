"""The invented audits, verdicts and challenges: an audit and its follow-up with cells in every state, verdicts in every state, and challenges."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking import actions as asking
from opencompact.asking.queries import asks
from opencompact.asking.rules.questions import Question
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, VARROWMERE, WORKS
from opencompact.judgement.actions import audits, audits_letters, challenges, verdicts
from opencompact.judgement.actions.trail import Evidence
from opencompact.judgement.rules.audits import Grade
from opencompact.registry import load_catalogue

AUDITOR = Viewer("sample-auditor", (Grant("auditor"),), "Sample Auditor")
ASSESSOR = Viewer("sample-assessor", (Grant("assessor"),), "Sample Assessor")
FIRST, NEXT = "sample-audit", "sample-audit-follow-up"
BODIES = (AFFAIRS, EXAMPLES, LANTERNS, WORKS)
_RECOMMENDED = (
    ("leadership", "Name who leads", "Name one official who answers for keeping the agreement.", "sample-recommendation"),
    ("monitoring", "Watch how long consultations run", "Keep a list of consultations with their days open, and look at it each quarter.", ""),
    ("reasons", "Give reasons for funding decisions", "Write down and publish why each grant was made or ended.", ""),
    ("complaints", "Send complaints to the right team", "See that an issue about the agreement reaches the team that keeps it.", ""),
)
# What became of each cell of the follow-up: (recommendation, body) → grade, and how far it came.
_CELLS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("leadership", AFFAIRS): ("good", "published"),
    ("leadership", EXAMPLES): ("adequate", "published in silence"),
    ("leadership", LANTERNS): ("limited", "answered late"),
    ("leadership", WORKS): ("none", "replied"),
    ("monitoring", AFFAIRS): ("adequate", "published"),
    ("monitoring", EXAMPLES): ("limited", "with_body"),
    ("monitoring", LANTERNS): ("cannot_tell", "silent"),
    ("monitoring", WORKS): ("limited", "drafted"),
    ("reasons", AFFAIRS): ("limited", "revised"),
    ("reasons", EXAMPLES): ("none", "retracted"),
    ("reasons", LANTERNS): ("adequate", "withdrawn"),
    ("complaints", EXAMPLES): ("cannot_tell", "published in silence"),
}
_REPLY = (Question("reply", "Reply", required=True), Question("held_reply", "Held", held=True))
_ANSWER = (Question("answer", "Answer", required=True, held=True),)


def scale() -> tuple[Grade, ...]:
    """The grades of the catalogue."""
    return tuple(Grade(**term) for term in load_catalogue().vocabularies["audit-grades"].terms)


def lead(body: str, role: str = "lead") -> Viewer:
    """Somebody of a body."""
    return Viewer(f"sample-{role}-{body}", (Grant(role, body),), f"Sample {role}")


def plant(at: datetime) -> None:
    """Put the audit of two years ago, its follow-up, letters, verdicts in every state, and challenges."""
    _first_round(at - timedelta(days=760))
    _follow_up(at)
    _letters(at)
    _verdicts(at)
    _challenges(at)


def _evidence(on: date) -> list[Evidence]:
    copy = sha256(b"invented evidence").hexdigest()
    return [
        Evidence("An invented page of the department", on, "https://example.invalid/agreement", copy, "We keep a list."),
        Evidence("An invented minute of a meeting", on - timedelta(days=20)),
    ]


def _first_round(at: datetime) -> None:
    cut_off = at.date() - timedelta(days=60)
    audits.open_round(
        FIRST, title="Invented audit of how the agreement is kept", text="Invented: papers were read and leads were asked.", bodies=BODIES,
        cut_off_on=cut_off, reply_working_days=15, by=AUDITOR, at=at, because="invented",
    )  # fmt: skip
    for key, title, text, commitment in _RECOMMENDED:
        audits.recommend(FIRST, key=key, title=title, text=text, commitment=commitment, by=AUDITOR, at=at, because="invented")
        for place, body in enumerate(BODIES):
            _grade(FIRST, key, body, ("none", "limited", "adequate", "limited")[(place + len(key)) % 4], cut_off, at)
    audits.send_all(FIRST, by=AUDITOR, at=at + timedelta(days=1))
    audits.publish_all(FIRST, by=AUDITOR, at=at + timedelta(days=60))


def _grade(round_key: str, key: str, body: str, grade: str, cut_off: date, at: datetime) -> int:
    row = audits.grade(
        round_key, key, body, grade=grade, text=f"Invented: what the papers show of {body} up to the day.", held_text=f"To ask again: {SECRET}",
        scale=scale(), evidence=_evidence(cut_off - timedelta(days=3)), version=None, by=AUDITOR, at=at, because="first draft",
    )  # fmt: skip
    return int(row.version)


def _follow_up(at: datetime) -> None:
    began, cut_off = at - timedelta(days=90), at.date() - timedelta(days=120)
    audits.open_round(
        NEXT, title="Invented follow-up of the audit", text="Invented: the same questions two years on.", bodies=BODIES, cut_off_on=cut_off,
        reply_working_days=15, follows=FIRST, by=AUDITOR, at=began, because="invented",
    )  # fmt: skip
    for (key, body), (grade, became) in _CELLS.items():
        version = _grade(NEXT, key, body, grade, cut_off, began)
        if became == "drafted":
            continue
        sent = at - timedelta(days=5) if became in ("with_body", "replied") else at - timedelta(days=80)
        version = audits.send_finding(NEXT, key, body, version=version, by=AUDITOR, at=sent).version
        if became in ("published", "replied", "revised", "withdrawn", "retracted"):
            _answer(audits.KIND, f"{NEXT}/{key}/1", body, sent + timedelta(days=3))
            version += 1
        _end(key, body, became, version, at)
    for body, on in ((AFFAIRS, 40), (EXAMPLES, 30)):
        audits.record_development(
            NEXT, "leadership", body, on=at.date() - timedelta(days=on), text="Invented: a new official was named.",
            address="https://example.invalid/later", by=AUDITOR if body == AFFAIRS else lead(body), at=at,
        )  # fmt: skip


def _end(key: str, body: str, became: str, version: int, at: datetime) -> None:
    cell, done = (NEXT, key, body), at - timedelta(days=30)
    if became in ("published", "published in silence", "answered late", "retracted"):
        version = audits.publish(*cell, version=version, by=AUDITOR, at=done).version
    if became == "answered late":
        _answer(audits.KIND, f"{NEXT}/{key}/1", body, at - timedelta(days=2))
    elif became == "revised":
        audits.revise(*cell, version=version, by=AUDITOR, at=done, because="The reply named a paper that was not read.")
    elif became in ("withdrawn", "retracted"):
        audits.withdraw(*cell, version=version, by=AUDITOR, at=done + timedelta(days=1), because="Invented: the paper was of another department.")


def _letters(at: datetime) -> None:
    for body, days in ((WORKS, 60), (EXAMPLES, 10)):
        sent = at - timedelta(days=days)
        audits_letters.send_letter(
            NEXT, "monitoring", body, text=f"Invented letter. Please send the list you keep. {SECRET}", due_on=sent.date() + timedelta(days=28),
            how_counted="28 days after it was sent", by=AUDITOR, at=sent, because="invented",
        )  # fmt: skip
    _answer(audits_letters.KIND, f"{NEXT}/monitoring/1", EXAMPLES, at - timedelta(days=6))


def _answer(kind: str, subject: str, body: str, at: datetime) -> None:
    """What a body sends: drafted by its lead, cleared by its official, sent, and taken."""
    found = asks(AUDITOR).get(kind=kind, subject=subject, body=body)
    is_letter = kind == audits_letters.KIND
    words = f"Invented: we keep such a list. {SECRET}" if is_letter else "Invented: we agree with part of it, and have begun the rest."
    given = {"answer": words} if is_letter else {"reply": words, "held_reply": f"Not for publication: {SECRET}"}
    row = asking.draft(found, given=given, questions=_ANSWER if is_letter else _REPLY, version=None, by=lead(body), at=at)
    row = asking.clear(row, name="Sample Official", post="Deputy Director", version=row.version, by=lead(body, "official"), at=at)
    asking.send(row, version=row.version, by=lead(body), at=at)
    who: dict[str, Any] = {"by": lead(body), "at": at, "because": "cleared by Sample Official, Deputy Director"}
    parts = subject.rsplit("/", 2)
    if is_letter:
        audits_letters.answer_letter(parts[0], parts[1], body, number=int(parts[2]), text=words, address="", held_text="", **who)
    elif kind == audits.KIND:
        audits.reply(parts[0], parts[1], body, sending=int(parts[2]), text=given["reply"], held_text=given["held_reply"], **who)
    else:
        key, putting = subject.rsplit("/", 1)
        verdicts.reply(key, putting=int(putting), text=given["reply"], held_text=given["held_reply"], **who)


# Undertaking, body, year before this one, grade, and how far it came.
_VERDICTS = (
    ("compact-2010/3.3", EXAMPLES, 1, "unexplained", "signed"),
    ("compact-2010/3.3", EXAMPLES, 0, "explained", "signed in silence"),
    ("compact-2010/1.1", EXAMPLES, 0, "met", "signed"),
    ("compact-2010/1.1", AFFAIRS, 0, "cannot_tell", "with_body"),
    ("compact-2010/1.2", AFFAIRS, 0, "explained", "replied"),
    ("compact-2010/1.2", WORKS, 0, "unexplained", "silent"),
    ("compact-2010/1.3", WORKS, 0, "met", "proposed"),
    ("compact-2010/1.1", LANTERNS, 0, "not_applicable", "sent back"),
    ("compact-2010/1.2", LANTERNS, 0, "unexplained", "withdrawn"),
    ("compact-2010/1.1", VARROWMERE, 0, "met", "retracted"),
    ("compact-2010/1.2", VARROWMERE, 0, "explained", "answered late"),
)


def _verdicts(at: datetime) -> None:
    for undertaking, body, before, grade, became in _VERDICTS:
        began = at - timedelta(days=100 if before == 0 else 465)
        row = verdicts.propose(
            undertaking, body, year=at.year - before, grade=grade, text="Invented: what the evidence shows of this promise.",
            evidence=_evidence(began.date() - timedelta(days=10)), held_text=f"For the body alone: {SECRET}", by=ASSESSOR, at=began,
        )  # fmt: skip
        if became != "proposed":
            _follow(row.key, body, row.version, became, at if became == "with_body" else began + timedelta(days=2))


def _follow(key: str, body: str, version: int, became: str, at: datetime) -> None:
    put = verdicts.put(key, working_days=20, version=version, by=ASSESSOR, at=at)
    version = put.version
    if became in ("signed", "replied", "retracted", "sent back"):
        _answer(verdicts.KIND, f"{key}/1", body, at + timedelta(days=9))
        version += 1
    later = at + timedelta(days=60)
    if became in ("signed", "signed in silence", "retracted", "answered late"):
        version = verdicts.sign(key, version=version, by=AUDITOR, at=later, because="The evidence carries it.").version
    if became == "answered late":
        _answer(verdicts.KIND, f"{key}/1", body, later + timedelta(days=5))
    elif became == "retracted":
        verdicts.retract(key, version=version, by=AUDITOR, at=later + timedelta(days=9), because="Invented: the page read was of another council.")
    elif became == "sent back":
        verdicts.send_back(key, version=version, by=AUDITOR, at=later, because="The reply names a paper that was not weighed.")
    elif became == "withdrawn":
        verdicts.withdraw(key, version=version, by=ASSESSOR, at=at + timedelta(days=3), because="Invented: proposed for the wrong body.")


def _challenges(at: datetime) -> None:
    for place, (days, became) in enumerate(((70, "correct"), (50, "not_uphold"), (20, "look"), (3, "receive"), (90, "look_again"))):
        received = at - timedelta(days=days)
        row = challenges.receive(
            f"invented-form-{place}", place=challenges.Place("/consultations/", release="draft"), wrong=f"The closing day is another. {SECRET}",
            right=f"It closed a week later. {SECRET}", checking=f"See the page itself. {SECRET}", email=f"{SECRET}@sample.invalid", at=received,
        )  # fmt: skip
        if became == "receive":
            continue
        row = challenges.look(row.reference, version=row.version, by=AUDITOR, at=received + timedelta(days=1))
        if became == "look":
            continue
        outcome = "correct" if became == "look_again" else became
        summary, why = "The closing day of one consultation.", "Invented: the page was read again and its history shows the day."
        row = challenges.settle(row.reference, outcome=outcome, summary=summary, because=why, version=row.version, by=AUDITOR, at=received + timedelta(days=12))
        if became == "look_again":
            challenges.look_again(row.reference, version=row.version, by=AUDITOR, at=received + timedelta(days=14), because="A second page says otherwise.")
