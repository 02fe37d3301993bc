"""What is done about verdicts that need judgement: proposed by an assessor, put to the body, answered, signed by an auditor who did not propose it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from opencompact.accounts.actions import notify
from opencompact.accounts.queries import accounts_with
from opencompact.accounts.rules import NotAllowed, Viewer, require
from opencompact.asking.actions import CannotStep, ask
from opencompact.audit.actions import record, unchanged
from opencompact.judgement.actions.trail import Evidence, acting, independent, needed, take_back, whole
from opencompact.judgement.models import Verdict, VerdictEvidence, VerdictStep
from opencompact.judgement.rules.audits import reply_is_finished
from opencompact.judgement.rules.verdicts import KEPT, MAY_WORDS, STATES, STEPS, may_step
from opencompact.shapes.consultation_verdicts import VERDICTS
from opencompact.values.clocks import due

KIND = "verdict_reply"
_UNPUT = {"put_by": "", "put_at": None, "reply_due_on": None, "how_counted": ""}
_UNANSWERED = {"reply": "", "held_reply": "", "replied_by": "", "replied_at": None}


@transaction.atomic
def propose(
    undertaking: str,
    body: str,
    *,
    year: int,
    grade: str,
    text: str,
    evidence: Sequence[Evidence],
    by: Viewer,
    at: datetime,
    because: str = "",
    held_text: str = "",
) -> Verdict:
    """Propose a verdict on a body and an undertaking for a year, on evidence. `held_text` goes to the body alone. Raises NotAllowed, CannotStep."""
    require(by, "propose_verdict", body=body)
    independent(by, body)
    _check_words(grade, text, evidence)
    before = Verdict.objects.filter(undertaking=undertaking, body=body, year=year)
    if before.exclude(state__in=["withdrawn", "retracted"]).exists():
        raise CannotStep(f"There is a verdict on {undertaking} for {body} in {year} already. Open it, or withdraw it first.")
    number = before.count() + 1
    key = f"{slugify(undertaking.replace('/', '-').replace('.', '-'))}-{body}-{year}{f'-{number}' if number > 1 else ''}"
    row = Verdict(key=key, undertaking=undertaking, body=body, year=year, state="")
    return _write("propose", row, grade, text, held_text, evidence, by=by, at=at, because=because)


@transaction.atomic
def revise(
    key: str, *, grade: str, text: str, evidence: Sequence[Evidence], version: int, by: Viewer, at: datetime, because: str = "", held_text: str = ""
) -> Verdict:
    """Write a proposed or sent back verdict anew; whoever does proposes it. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("revise", key, version=version, by=by)
    independent(by, row.body)
    _check_words(grade, text, evidence)
    return _write("revise", row, grade, text, held_text, evidence, by=by, at=at, because=because)


@transaction.atomic
def put(key: str, *, working_days: int, version: int, by: Viewer, at: datetime, because: str = "") -> Verdict:
    """Put a verdict to its body, which has so many working days to reply on the record. Raises NotAllowed, CannotStep, BadClock, ChangedMeanwhile."""
    row = _row("put", key, version=version, by=by)
    counted = due(localdate(at), count=working_days, unit="working_days")
    row.puttings += 1
    _set(row, put_by=by.account, put_at=at, reply_due_on=counted.on, how_counted=counted.sum)
    _step("put", row, by=by, at=at, because=because)
    title = f"Reply to a proposed verdict on undertaking {row.undertaking}"
    ask(row.body, kind=KIND, subject=subject_of(row), title=title, due_on=counted.on, by=by, at=at, because=because)
    told = [account for role in ("lead", "sro") for account in accounts_with(role, body=row.body, on=localdate(at))]
    notify(told, text=f"A proposed verdict waits for your reply until {counted.on:%-d %B %Y}.", address=f"/verdicts/{key}/", at=at)
    return row


@transaction.atomic
def reply(key: str, *, putting: int, text: str, held_text: str, by: Viewer, at: datetime, because: str, subject: str = "") -> Verdict:
    """Put the body's reply on the record, also late. `subject` is the ask a one-time link was made for. Raises NotAllowed, CannotStep."""
    row = Verdict.objects.select_for_update().get(key=key)
    require(by, "reply", body=row.body, subject=subject)
    needed(reply=text)
    if row.puttings != putting or row.replied_at:
        raise CannotStep("The verdict was changed since it was put to you, or has its reply: this reply was not taken. A changed verdict is put again.")
    row.version += 1
    _set(row, reply=text.strip(), held_reply=held_text.strip(), replied_by=by.account, replied_at=at)
    _step("late_reply" if row.state == "signed" else "reply", row, by=by, at=at, because=because, said=row.reply, subject=subject)
    return row


@transaction.atomic
def sign(key: str, *, version: int, by: Viewer, at: datetime, because: str = "") -> Verdict:
    """Sign a verdict whose reply is finished; from here it is public. Never by who proposed it. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("sign", key, version=version, by=by)
    independent(by, row.body)
    if by.account == row.proposed_by:
        raise NotAllowed("Whoever proposed a verdict never signs it: another auditor does.")
    _check("sign", row)
    if not reply_is_finished(replied=row.replied_at is not None, reply_due_on=row.reply_due_on, today=localdate(at)):
        raise CannotStep(f"The body may still reply: its last day is {row.reply_due_on:%-d %B %Y} ({row.how_counted}). Nothing was signed.")
    _set(row, signed_by=by.account, signed_at=at, signed_on=localdate(at))
    _step("sign", row, by=by, at=at, because=because)
    return row


@transaction.atomic
def send_back(key: str, *, version: int, by: Viewer, at: datetime, because: str) -> Verdict:
    """Give a verdict back to be proposed anew, with the reason; its reply so far stays in the trail. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("send_back", key, version=version, by=by)
    needed(reason=because)
    _set(row, **_UNPUT, **_UNANSWERED)
    _step("send_back", row, by=by, at=at, because=because)
    take_back(KIND, subject_of(row), body=row.body, by=by, at=at, because=because)
    return row


@transaction.atomic
def withdraw(key: str, *, version: int, by: Viewer, at: datetime, because: str) -> Verdict:
    """Give up a verdict that is not signed, with the reason. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("withdraw", key, version=version, by=by)
    needed(reason=because)
    _step("withdraw", row, by=by, at=at, because=because)
    take_back(KIND, subject_of(row), body=row.body, by=by, at=at, because=because)
    return row


@transaction.atomic
def retract(key: str, *, version: int, by: Viewer, at: datetime, because: str) -> Verdict:
    """Take a signed verdict back; it stays in sight with the reason, and leaves the next release. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("retract", key, version=version, by=by)
    needed(reason=because)
    _step("retract", row, by=by, at=at, because=because)
    return row


def subject_of(row: Verdict) -> str:
    """What the ask for the body's reply is about: each putting is an ask of its own."""
    return f"{row.key}/{row.puttings}"


def _write(verb: str, row: Verdict, grade: str, text: str, held: str, evidence: Sequence[Evidence], *, by: Viewer, at: datetime, because: str) -> Verdict:
    _set(row, grade=grade, text=text.strip(), held_text=held.strip(), proposed_by=by.account, proposed_at=at)
    _step(verb, row, by=by, at=at, because=because)
    row.evidence.all().delete()
    VerdictEvidence.objects.bulk_create([VerdictEvidence(verdict=row, **vars(each)) for each in evidence])
    return row


def _row(verb: str, key: str, *, version: int, by: Viewer) -> Verdict:
    require(by, MAY_WORDS[verb])
    return unchanged(Verdict.objects.filter(key=key), version=version)


def _set(row: Verdict, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _check(verb: str, row: Verdict) -> None:
    if not may_step(verb, row.state):
        froms = " or ".join(sorted(STATES[state].lower() for state in STEPS[verb][0] if state))
        raise CannotStep(f"This verdict is {STATES[row.state].lower()}; that may be done only where it is {froms}.")


def _step(verb: str, row: Verdict, *, by: Viewer, at: datetime, because: str, said: str = "", subject: str = "") -> None:
    role = acting(by, MAY_WORDS[verb], body=row.body, subject=subject)
    _check(verb, row)
    row.state = STEPS[verb][1]
    row.visibility = KEPT[row.state]
    row.save()
    text = said or row.text
    VerdictStep.objects.create(verdict=row, verb=verb, state=row.state, grade=row.grade, text=text, because=because, role=role, by=by.account, at=at)
    # The trail is read by more people than a working paper: it holds a checksum of the words.
    detail = {"state": row.state, "words_sha256": sha256(f"{row.grade}\n{text}".encode()).hexdigest()}
    record(verb=f"{verb}_verdict", subject=f"verdict/{row.key}", by=by.account, at=at, because=because, detail=detail)


def _check_words(grade: str, text: str, evidence: Sequence[Evidence]) -> None:
    needed(verdict=text)
    if grade not in VERDICTS:
        raise CannotStep(f"Found the grade {grade!r}; expected one of {', '.join(VERDICTS)}.")
    if not evidence:
        raise CannotStep("No evidence is named. A promise that needs judgement is judged on evidence: name at least one thing it rests on.")
    whole(evidence)
