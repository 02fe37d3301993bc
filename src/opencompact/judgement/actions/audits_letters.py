"""Letters that ask a body for evidence on one recommendation of a round, and what it sends in answer."""

from datetime import date, datetime

from django.db import transaction

from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep, ask
from opencompact.audit.actions import record
from opencompact.judgement.actions.audits import open_to
from opencompact.judgement.actions.trail import needed
from opencompact.judgement.models import Letter, Recommendation

KIND = "audit_evidence"


@transaction.atomic
def send_letter(round_key: str, recommendation: str, body: str, *, text: str, due_on: date, how_counted: str, by: Viewer, at: datetime, because: str) -> Letter:
    """Send a letter the auditor has checked, as an ask the body answers. Raises NotAllowed, CannotStep."""
    require(by, "run_audit", body=body)
    needed(letter=text)
    held = Recommendation.objects.select_for_update().select_related("round").get(round__key=round_key, key=recommendation)
    if not held.round.bodies.filter(body=body).exists():
        raise CannotStep(f"This round does not look at {body}.")
    number = held.letters.filter(body=body).count() + 1
    made = Letter.objects.create(
        recommendation=held, body=body, number=number, text=text.strip(), due_on=due_on, how_counted=how_counted, sent_by=by.account, sent_at=at
    )
    open_to(held.round, "shared")  # the body sees what the letter is about
    subject = f"{round_key}/{recommendation}/{number}"
    ask(body, kind=KIND, subject=subject, title=f"Send evidence to the audit: {held.title}", due_on=due_on, by=by, at=at, because=because)
    record(verb="send_letter", subject=f"letter/{subject}/{body}", by=by.account, at=at, because=because, detail={"due_on": str(due_on)})
    return made


@transaction.atomic
def answer_letter(
    round_key: str,
    recommendation: str,
    body: str,
    *,
    number: int,
    text: str,
    address: str,
    held_text: str,
    by: Viewer,
    at: datetime,
    because: str,
    subject: str = "",
) -> Letter:
    """Put what the body sent in answer beside the letter. `subject` is the ask a one-time link was made for. Raises NotAllowed, CannotStep."""
    require(by, "reply", body=body, subject=subject)
    needed(answer=text)
    row = Letter.objects.select_for_update().get(recommendation__round__key=round_key, recommendation__key=recommendation, body=body, number=number)
    if row.answered_at:
        raise CannotStep("This letter has its answer already. Put what is new in the reply to the finding.")
    row.answer, row.address, row.held_answer, row.answered_by, row.answered_at = text.strip(), address, held_text.strip(), by.account, at
    row.save()
    named = f"letter/{round_key}/{recommendation}/{number}/{body}"
    record(verb="answer_letter", subject=named, by=by.account, at=at, because=because, detail={"address": address})
    return row
