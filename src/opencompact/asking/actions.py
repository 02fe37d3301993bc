"""What is done about asks; each step in the audit trail, drafted → cleared → sent, by an account or a one-time link alike."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import Grant, NotAllowed, Viewer, require
from opencompact.asking.models import Ask, OneTimeLink, Submission
from opencompact.asking.rules.questions import Question, Refusal, read_answers
from opencompact.asking.rules.steps import STEPS, is_reminder_due, may_step
from opencompact.audit.actions import record, unchanged

LINK_DAYS_AFTER_DUE = 30  # a late answer is still an answer


class CannotStep(ValueError):
    """The step does not follow from where the answer stands; the message says where it stands."""


class NotAnswers(ValueError):
    """Answers that cannot be read; `refusals` says which and what was expected."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(" ".join(f"{refusal.name}: {refusal}" for refusal in refusals))
        self.refusals = refusals


@transaction.atomic
def ask(body: str, *, kind: str, subject: str, title: str, due_on: date, by: Viewer, at: datetime, because: str) -> Ask:
    """Ask a body for something by a day; the same ask again is the one that stands, due on the later day. Raises NotAllowed."""
    require(by, "ask", body=body)
    found, made = Ask.objects.get_or_create(
        body=body,
        kind=kind,
        subject=subject,
        defaults={"title": title, "asked_on": at.date(), "due_on": due_on, "asked_by": by.account, "asked_at": at},
    )
    if made or due_on > found.due_on or found.withdrawn_at:
        found.due_on, found.withdrawn_at, found.withdrawn_by = max(due_on, found.due_on), None, ""
        found.save()
        record(verb="ask", subject=named(found), by=by.account, at=at, because=because, detail={"due_on": str(found.due_on)})
    return found


@transaction.atomic
def withdraw_ask(found: Ask, *, by: Viewer, at: datetime, because: str) -> None:
    """Take an ask back, so that no silence is published. Raises NotAllowed."""
    require(by, "ask", body=found.body)
    found.withdrawn_at, found.withdrawn_by = at, by.account
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(verb="withdraw_ask", subject=named(found), by=by.account, at=at, because=because, detail={})


@transaction.atomic
def make_link(found: Ask, *, email: str, role: str, by: Viewer, at: datetime) -> str:
    """A one-time link for somebody of the body without an account: `lead` drafts, `official` also clears and sends. Gives its token."""
    require(by, "ask", body=found.body)
    if role not in ("lead", "official", "sector"):
        raise NotAllowed(f"A one-time link is for a lead, an official or a sector body; found {role}.")
    token = secrets.token_urlsafe(32)
    expires = datetime.combine(max(found.due_on, at.date()) + timedelta(days=LINK_DAYS_AFTER_DUE), time(23, 59), tzinfo=at.tzinfo)
    link = OneTimeLink.objects.create(
        ask=found,
        public_id=f"link-{secrets.token_hex(5)}",
        email=email,
        role=role,
        token_hash=token_hash(token),
        made_by=by.account,
        made_at=at,
        expires_at=expires,
    )
    record(verb="make_link", subject=named(found), by=by.account, at=at, because="", detail={"link": link.public_id, "role": role})
    return token


@transaction.atomic
def take_reminders(*, today: date, by: Viewer, at: datetime) -> list[Ask]:
    """The asks a body is to be reminded of today, each once for each of the days it is reminded on. Raises NotAllowed."""
    found = []
    for row in Ask.objects.select_for_update().filter(withdrawn_at=None).exclude(submissions__state="sent").order_by("due_on", "pk"):
        require(by, "ask", body=row.body)
        if is_reminder_due(row.due_on, reminded_on=row.reminded_on, today=today):
            row.reminded_on = today
            row.save(update_fields=["reminded_on"])
            record(verb="remind", subject=named(row), by=by.account, at=at, because="", detail={"due_on": str(row.due_on)})
            found.append(row)
    return found


def open_link(token: str, *, at: datetime) -> tuple[Ask, Viewer]:
    """The ask of a link and who opens it: a viewer of that body who may act on that ask alone. Raises NotAllowed where it is spent or too old."""
    link = OneTimeLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=at, ask__withdrawn_at=None).select_related("ask").first()
    if link is None:
        raise NotAllowed("This link does not open: it was used, is too old, or the question was taken back. Ask the central team for a new one.")
    return link.ask, Viewer(link.public_id, (Grant(link.role, link.ask.body),), link.email, only=named(link.ask))


@transaction.atomic
def draft(found: Ask, *, given: Mapping[str, str], questions: Iterable[Question], version: int | None, by: Viewer, at: datetime) -> Submission:
    """Save an answer as drafted; `version` is that of the answer on its way that was opened, None where none was.

    Raises NotAllowed, NotAnswers, CannotStep, ChangedMeanwhile.
    """
    require(by, "draft", body=found.body, subject=named(found))
    answers, refusals = read_answers(questions, given)
    if refusals:
        raise NotAnswers(refusals)
    rows = Submission.objects.filter(ask=found, state__in=["drafted", "cleared", "returned"])
    if version is None and not rows.exists():
        made = Submission.objects.create(ask=found, state="drafted", answers=answers, drafted_by=by.account, drafted_at=at)
    else:
        made = unchanged(rows, version=version or 0)
        _check("draft", made)
        made.state, made.answers, made.drafted_by, made.drafted_at = "drafted", answers, by.account, at
        made.save()
    record(verb="draft", subject=named(found), by=by.account, at=at, because="", detail={"fields": sorted(answers)})
    return made


@transaction.atomic
def clear(submission: Submission, *, name: str, post: str, version: int, by: Viewer, at: datetime) -> Submission:
    """A named official lets the answer go out as it stands. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    found = submission.ask
    require(by, "clear", body=found.body, subject=named(found))
    if not name.strip():
        raise CannotStep("Nothing is cleared without the name of the official who clears it: give the name.")
    row = _step("clear", submission, version=version)
    row.cleared_by, row.cleared_by_name, row.cleared_by_post, row.cleared_at = by.account, name.strip(), post.strip(), at
    row.save()
    record(verb="clear", subject=named(found), by=by.account, at=at, because="", detail={"post": post.strip()})
    return row


@transaction.atomic
def send_back(submission: Submission, *, note: str, version: int, by: Viewer, at: datetime) -> Submission:
    """Give a draft back to who wrote it, with a note for them. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    require(by, "clear", body=submission.ask.body, subject=named(submission.ask))
    row = _step("return", submission, version=version)
    row.note, row.cleared_by, row.cleared_by_name, row.cleared_by_post, row.cleared_at = note, "", "", "", None
    row.save()
    record(verb="return", subject=named(submission.ask), by=by.account, at=at, because="", detail={})
    return row


@transaction.atomic
def send(submission: Submission, *, version: int, by: Viewer, at: datetime) -> Submission:
    """Send what was cleared; links made for the ask are spent. The door then lets the room take it, in the same transaction.

    Raises NotAllowed, CannotStep, ChangedMeanwhile.
    """
    found = submission.ask
    require(by, "send", body=found.body, subject=named(found))
    row = _step("send", submission, version=version)
    row.sent_by, row.sent_at = by.account, at
    row.save()
    OneTimeLink.objects.filter(ask=found, used_at=None).update(used_at=at)
    record(verb="send", subject=named(found), by=by.account, at=at, because="", detail={"cleared_by_post": row.cleared_by_post})
    return row


def named(found: Ask) -> str:
    """What the audit trail calls an ask: `ask/update/joint-plan-2031/1.2/department-of-examples`."""
    return f"ask/{found.kind}/{found.subject}/{found.body}"


def _step(verb: str, submission: Submission, *, version: int) -> Submission:
    row = unchanged(Submission.objects.filter(pk=submission.pk).select_related("ask"), version=version)
    _check(verb, row)
    row.state = STEPS[verb][1]
    return row


def _check(verb: str, row: Submission) -> None:
    if not may_step(verb, row.state):
        raise CannotStep(f"This answer is {row.state}; it can be made {STEPS[verb][1]} only where it is {' or '.join(sorted(filter(None, STEPS[verb][0])))}.")
