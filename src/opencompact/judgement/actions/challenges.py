"""What is done about challenges: received from anybody, looked at, settled with a reason; the address somebody left is erased when it is settled."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import send_mail
from django.db import transaction

from opencompact.accounts.actions import notify
from opencompact.accounts.queries import accounts_with
from opencompact.accounts.rules import Viewer, require
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import record, unchanged
from opencompact.judgement.actions.trail import needed
from opencompact.judgement.models import Challenge, ChallengeStep
from opencompact.judgement.rules.challenges import LETTERS, MOST_IN_AN_HOUR, MOST_WRITTEN, STATES, STEPS, may_step


class TooMany(RuntimeError):
    """More challenges came in the last hour than are taken; nothing was kept, and the message says when to try again."""


@dataclass(frozen=True)
class Place:
    """What is challenged: the page, and where known the file, its row and the release shown."""

    page: str
    file: str = ""
    row: int | None = None
    release: str = ""


@transaction.atomic
def receive(form: str, *, place: Place, wrong: str, right: str, checking: str, email: str, at: datetime) -> Challenge:
    """Take a challenge from anybody; the same form sent again gives the one that was made. Raises CannotStep, TooMany."""
    held = Challenge.objects.filter(form=form).first()
    if held:
        return held
    needed(what_is_wrong=wrong)
    if max(len(wrong), len(right), len(checking)) > MOST_WRITTEN:
        raise CannotStep(f"One answer is longer than {MOST_WRITTEN:,} letters. Say it in fewer, or name an address where more can be read.")
    if Challenge.objects.filter(received_at__gt=at - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
        raise TooMany(f"We take {MOST_IN_AN_HOUR} challenges an hour, and that many came. Nothing was kept: please send yours again in an hour.")
    row = Challenge.objects.create(
        reference=_reference(),
        form=form,
        **vars(place),
        wrong=wrong.strip(),
        right=right.strip(),
        checking=checking.strip(),
        email=email,
        state="received",
        received_at=at,
    )
    _trail("receive", row, by="public", at=at, because="")
    told = [account for role in ("central", "auditor") for account in accounts_with(role, on=at.date())]
    notify(told, text=f"Challenge {row.reference} was received.", address=f"/challenges/{row.reference}/", at=at)
    return row


@transaction.atomic
def look(reference: str, *, version: int, by: Viewer, at: datetime) -> Challenge:
    """Begin to look at a challenge. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("look", reference, version=version, by=by)
    row.looked_by, row.looked_at = by.account, at
    _step("look", row, by=by, at=at, because="")
    return row


@transaction.atomic
def settle(reference: str, *, outcome: str, summary: str, because: str, version: int, by: Viewer, at: datetime) -> Challenge:
    """Settle a challenge as `correct` or `not_uphold`, with a reason and the words published of it; whoever left an address is told, and it is erased.

    Raises NotAllowed, CannotStep, ChangedMeanwhile.
    """
    if outcome not in ("correct", "not_uphold"):
        raise CannotStep(f"Found the outcome {outcome!r}; expected correct or not_uphold.")
    row = _row(outcome, reference, version=version, by=by)
    needed(reason=because, what_is_published=summary)
    row.summary, row.reviewed_by, row.reviewed_at = summary.strip(), by.account, at
    row.because, row.settled_by, row.settled_at = because.strip(), by.account, at
    email, row.email = row.email, ""
    _step(outcome, row, by=by, at=at, because=because)
    if email:
        transaction.on_commit(lambda: _tell(email, row))
    return row


@transaction.atomic
def look_again(reference: str, *, version: int, by: Viewer, at: datetime, because: str) -> Challenge:
    """Open a settled challenge again, with the reason. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _row("look_again", reference, version=version, by=by)
    needed(reason=because)
    row.because, row.settled_by, row.settled_at = "", "", None
    _step("look_again", row, by=by, at=at, because=because)
    return row


def _tell(email: str, row: Challenge) -> None:
    send_mail(
        f"Your challenge {row.reference}", f"It was settled: {STATES[row.state].lower()}. The reason stands at /challenges/{row.reference}/", None, [email]
    )


def _reference() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _row(verb: str, reference: str, *, version: int, by: Viewer) -> Challenge:
    require(by, "settle_challenge")
    row = unchanged(Challenge.objects.filter(reference=reference), version=version)
    if not may_step(verb, row.state):
        froms = " or ".join(sorted(STATES[state].lower() for state in STEPS[verb][0]))
        raise CannotStep(f"This challenge is {STATES[row.state].lower()}; that may be done only where it is {froms}.")
    return row


def _step(verb: str, row: Challenge, *, by: Viewer, at: datetime, because: str) -> None:
    row.state = STEPS[verb][1]
    row.save()
    _trail(verb, row, by=by.account, at=at, because=because)


def _trail(verb: str, row: Challenge, *, by: str, at: datetime, because: str) -> None:
    ChallengeStep.objects.create(challenge=row, verb=verb, state=row.state, because=because, by=by, at=at)
    record(verb=f"{verb}_challenge", subject=f"challenge/{row.reference}", by=by, at=at, because=because, detail={"state": row.state})
