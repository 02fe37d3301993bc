"""What is done in a campaign: authorities put on its list, asked, reminded, answered, and asked for a review; each step in the audit trail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import record, unchanged
from opencompact.judgement.actions.returns import Asked, addressee_of, named, put_answers, put_round
from opencompact.judgement.actions.trail import needed
from opencompact.judgement.models import Addressee, ReturnRound
from opencompact.judgement.rules.campaigns import STATES, STEPS, Days, clock_words, foi_due, may_step, review_due

MAY_WORD = "run_campaign"


@transaction.atomic
def open_campaign(
    key: str, *, title: str, questions: str, year: int, letter: str, bodies: Collection[Asked], by: Viewer, at: datetime, because: str = ""
) -> ReturnRound:
    """Open a campaign; nobody is asked before `send_request`. Raises NotAllowed, CannotStep."""
    require(by, MAY_WORD)
    needed(title=title, letter=letter)
    return put_round(key, title=title, kind="campaign", questions=questions, year=year, letter=letter.strip(), bodies=bodies, by=by, at=at, because=because)


@transaction.atomic
def add_authorities(key: str, bodies: Sequence[Asked], *, by: Viewer, at: datetime) -> int:
    """Put further authorities on a campaign's list; those on it stay as they are. Gives how many were new. Raises NotAllowed."""
    require(by, MAY_WORD)
    row = ReturnRound.objects.select_for_update().get(key=key, kind="campaign")
    there = set(row.addressees.values_list("body", flat=True))
    new = {each.body: each for each in bodies if each.body not in there}
    Addressee.objects.bulk_create([addressee_of(row, each) for each in new.values()])
    if new:
        record(verb="add_authorities", subject=named(row), by=by.account, at=at, because="", detail={"bodies": sorted(new)})
    return len(new)


@transaction.atomic
def send_request(key: str, body: str, *, on: date, version: int, by: Viewer, at: datetime) -> Addressee:
    """Put that an authority was asked on a day, from which its working days are counted. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    return _step("send_request", key, body, on=on, version=version, by=by, at=at, sent_on=on)


@transaction.atomic
def remind(key: str, body: str, *, version: int, by: Viewer, at: datetime) -> Addressee:
    """Put that an authority was reminded. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row(key, body, version=version, by=by)
    return _put("remind", row, on=localdate(at), by=by, at=at, reminded_on=localdate(at), reminders=row.reminders + 1)


@transaction.atomic
def record_unclear(key: str, body: str, *, on: date, version: int, by: Viewer, at: datetime) -> Addressee:
    """The authority asked what is meant: its clock stands still. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    return _step("record_unclear", key, body, on=on, version=version, by=by, at=at, unclear_on=on, clarified_on=None)


@transaction.atomic
def make_clear(key: str, body: str, *, on: date, version: int, by: Viewer, at: datetime) -> Addressee:
    """It was told what is meant: its days are counted anew from that day. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    return _step(
        "make_clear", key, body, on=on, version=version, by=by, at=at, clarified_on=on, fee_asked_on=None, fee_paid_on=None, extended_to=None, extended_on=None
    )


@transaction.atomic
def record_fee(key: str, body: str, *, on: date, version: int, by: Viewer, at: datetime) -> Addressee:
    """The authority asked for a fee: its clock stands still until it is paid. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    return _step("record_fee", key, body, on=on, version=version, by=by, at=at, fee_asked_on=on, fee_paid_on=None)


@transaction.atomic
def pay_fee(key: str, body: str, *, on: date, version: int, by: Viewer, at: datetime) -> Addressee:
    """The fee was paid: the working days from the notice to the payment do not count. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    return _step("pay_fee", key, body, on=on, version=version, by=by, at=at, fee_paid_on=on)


@transaction.atomic
def extend(key: str, body: str, *, on: date, until: date, version: int, by: Viewer, at: datetime) -> Addressee:
    """The authority named, on a day, a later day to weigh the public interest. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row(key, body, version=version, by=by)
    if row.due_on is None or until <= row.due_on:
        raise CannotStep(f"Found {until:%-d %B %Y}; expected a day after the one it owes the answer by{f', {row.due_on:%-d %B %Y}' if row.due_on else ''}.")
    return _put("extend", row, on=on, by=by, at=at, extended_on=on, extended_to=until)


@transaction.atomic
def record_reply(
    key: str, body: str, *, answers: Mapping[str, tuple[str, str]], held: Iterable[str], on: date, version: int, by: Viewer, at: datetime
) -> Addressee:
    """Put what an authority answered on a day: by question (outcome, text). Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row(key, body, version=version, by=by)
    if not answers:
        raise CannotStep("Nothing is written of what it answered; expected an answer, `not held` or `refused on cost` to at least one question.")
    _put("record_reply", row, on=on, by=by, at=at, detail={question: outcome for question, (outcome, _) in answers.items()}, replied_on=row.replied_on or on)
    put_answers(row, answers=answers, held=held, on=on, by=by, at=at)
    return row


@transaction.atomic
def ask_review(key: str, body: str, *, version: int, by: Viewer, at: datetime) -> Addressee:
    """Put that an internal review was asked for: of a reply, or of silence once its day has passed. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row, today = _row(key, body, version=version, by=by), localdate(at)
    if row.state == "sent" and (row.due_on is None or today <= row.due_on):
        raise CannotStep(
            f"The authority may still answer: its last day is {row.due_on:%-d %B %Y} ({row.due_sum})." if row.due_on else "Its clock does not run."
        )
    counted = review_due(today, nation=row.nation)
    return _put("ask_review", row, on=today, by=by, at=at, review_on=today, review_due_on=counted.on, reviewed_on=None, review_text="")


@transaction.atomic
def answer_review(key: str, body: str, *, on: date, text: str, version: int, by: Viewer, at: datetime) -> Addressee:
    """Put what an internal review came to. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    needed(outcome=text)
    return _step("answer_review", key, body, on=on, version=version, by=by, at=at, reviewed_on=on, review_text=text.strip())


def _step(verb: str, key: str, body: str, *, on: date, version: int, by: Viewer, at: datetime, **fields: Any) -> Addressee:
    return _put(verb, _row(key, body, version=version, by=by), on=on, by=by, at=at, **fields)


def _row(key: str, body: str, *, version: int, by: Viewer) -> Addressee:
    require(by, MAY_WORD)
    return unchanged(Addressee.objects.filter(round__key=key, round__kind="campaign", body=body).select_related("round"), version=version)


def _put(verb: str, row: Addressee, *, on: date, by: Viewer, at: datetime, detail: Mapping[str, str] | None = None, **fields: Any) -> Addressee:
    """One step, its state checked, its days in their order, and the clock counted anew."""
    if not may_step(verb, row.state):
        froms = " or ".join(sorted(STATES[state].lower() for state in STEPS[verb][0]))
        raise CannotStep(f"{row.name} stands at “{STATES[row.state].lower()}”; that may be done only where it stands at “{froms}”.")
    least = row.sent_on if verb != "make_clear" else row.unclear_on
    least = row.fee_asked_on if verb == "pay_fee" else least
    if on > localdate(at) or (least and on < least):
        since = f" from {least:%-d %B %Y}" if least else ""
        raise CannotStep(f"Found {on:%-d %B %Y}; expected a day{since} up to today.")
    for name, value in fields.items():
        setattr(row, name, value)
    row.state = STEPS[verb][1]
    _count(row)
    row.save()
    record(verb=verb, subject=f"{named(row.round)}/{row.body}", by=by.account, at=at, because="", detail={"on": str(on), **(detail or {})})
    return row


def _count(row: Addressee) -> None:
    days = Days(row.sent_on, row.unclear_on, row.clarified_on, row.fee_asked_on, row.fee_paid_on, row.extended_to)
    counted = foi_due(days, nation=row.nation)
    row.due_on, row.due_sum = (counted.on, counted.sum) if counted else (None, clock_words(days))
