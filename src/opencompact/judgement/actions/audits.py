"""What is done in an audit: rounds opened, cells graded, findings sent to their body, answered, published; each step leaves its words in the trail."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from opencompact.accounts.actions import notify
from opencompact.accounts.queries import accounts_with
from opencompact.accounts.rules import Viewer, may, require
from opencompact.asking.actions import CannotStep, ask
from opencompact.audit.actions import record, unchanged
from opencompact.judgement.actions.trail import Evidence, acting, independent, needed, take_back, whole
from opencompact.judgement.models import Development, Finding, FindingEvidence, FindingStep, Recommendation, Round, RoundBody
from opencompact.judgement.rules.audits import KEPT, MAY_WORDS, STATES, STEPS, Grade, may_step, reply_is_finished
from opencompact.values.clocks import due

KIND = "finding_reply"
_UNSENT = {"sent_by": "", "sent_at": None, "reply_due_on": None, "how_counted": ""}
_UNANSWERED = {"reply": "", "held_reply": "", "replied_by": "", "replied_at": None}
_UNPUBLISHED = {"published_by": "", "published_at": None, "published_on": None}


@transaction.atomic
def open_round(
    key: str,
    *,
    title: str,
    text: str,
    bodies: Collection[str],
    cut_off_on: date,
    reply_working_days: int,
    by: Viewer,
    at: datetime,
    because: str,
    follows: str = "",
) -> Round:
    """Open a round; one that follows another takes up its recommendations. Raises NotAllowed, CannotStep."""
    require(by, "run_audit")
    needed(title=title)
    if not bodies or reply_working_days < 1:
        raise CannotStep(f"Found {len(bodies)} bodies and {reply_working_days} days to reply; expected at least one of each.")
    if Round.objects.filter(key=key).exists():
        raise CannotStep(f"There is a round {key} already; give this one another name.")
    before = Round.objects.get(key=follows) if follows else None
    made = Round.objects.create(
        key=key,
        title=title.strip(),
        text=text.strip(),
        follows=before,
        cut_off_on=cut_off_on,
        reply_working_days=reply_working_days,
        opened_by=by.account,
        opened_at=at,
    )
    RoundBody.objects.bulk_create([RoundBody(round=made, body=body) for body in sorted(set(bodies))])
    taken_up = before.recommendations.order_by("place") if before else ()
    Recommendation.objects.bulk_create(
        [Recommendation(round=made, key=row.key, place=row.place, title=row.title, text=row.text, commitment=row.commitment) for row in taken_up]
    )
    detail = {"title": made.title, "follows": follows, "cut_off_on": str(cut_off_on), "bodies": sorted(set(bodies))}
    record(verb="open_round", subject=f"audit/{key}", by=by.account, at=at, because=because, detail=detail)
    return made


@transaction.atomic
def recommend(round_key: str, *, key: str, title: str, text: str, by: Viewer, at: datetime, because: str, commitment: str = "") -> Recommendation:
    """Add a recommendation to a round; `commitment` is the ledger's key of what was promised in answer. Raises NotAllowed, CannotStep."""
    require(by, "run_audit")
    needed(title=title, text=text)
    held = Round.objects.select_for_update().get(key=round_key)
    if held.recommendations.filter(key=key).exists():
        raise CannotStep(f"There is a recommendation {key} in this round already; give this one another name.")
    place = held.recommendations.count() + 1
    made = Recommendation.objects.create(round=held, key=key, place=place, title=title.strip(), text=text.strip(), commitment=commitment)
    record(verb="recommend", subject=f"audit/{round_key}/{key}", by=by.account, at=at, because=because, detail={"title": made.title, "commitment": commitment})
    return made


@transaction.atomic
def grade(
    round_key: str,
    recommendation: str,
    body: str,
    *,
    grade: str,
    text: str,
    scale: Sequence[Grade],
    version: int | None,
    by: Viewer,
    at: datetime,
    because: str,
    held_text: str = "",
    evidence: Sequence[Evidence] = (),
    cut_off_on: date | None = None,
) -> Finding:
    """Draft the finding of a cell, its evidence dated up to the cut-off day. `version` is that of the finding that was opened, None where there was none.

    Raises NotAllowed, CannotStep, ChangedMeanwhile.
    """
    require(by, "grade", body=body)
    independent(by, body)
    needed(finding=text)
    held = Recommendation.objects.select_related("round").get(round__key=round_key, key=recommendation)
    cut_off = cut_off_on or held.round.cut_off_on
    _check_grade(grade, scale, held, body, cut_off, evidence)
    rows = Finding.objects.filter(recommendation=held, body=body)
    is_new = version is None and not rows.exists()
    row = Finding(recommendation=held, body=body, state="") if is_new else unchanged(rows, version=version or 0)
    row.grade, row.text, row.held_text, row.cut_off_on = grade, text.strip(), held_text.strip(), cut_off
    row.graded_by, row.graded_at = by.account, at
    _set(row, **_UNSENT, **_UNANSWERED, **_UNPUBLISHED)
    _step("grade", row, by=by, at=at, because=because)
    row.evidence.all().delete()
    FindingEvidence.objects.bulk_create([FindingEvidence(finding=row, **vars(each)) for each in evidence])
    return row


@transaction.atomic
def send_finding(round_key: str, recommendation: str, body: str, *, version: int, by: Viewer, at: datetime, because: str = "") -> Finding:
    """Put a drafted finding to its body, which has the round's working days to reply. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _cell(by, "send_finding", round_key, recommendation, body, version=version)
    held = row.recommendation
    counted = due(localdate(at), count=held.round.reply_working_days, unit="working_days")
    row.sendings += 1
    _set(row, sent_by=by.account, sent_at=at, reply_due_on=counted.on, how_counted=counted.sum)
    _step("send_finding", row, by=by, at=at, because=because)
    open_to(held.round, "shared")
    title = f"Reply to a finding of the audit: {held.title}"
    ask(body, kind=KIND, subject=subject_of(row), title=title, due_on=counted.on, by=by, at=at, because=because)
    told = [account for role in ("lead", "sro") for account in accounts_with(role, body=body, on=localdate(at))]
    notify(told, text=f"A finding of the audit waits for your reply until {counted.on:%-d %B %Y}.", address=address_of(row), at=at)
    return row


@transaction.atomic
def reply(
    round_key: str, recommendation: str, body: str, *, sending: int, text: str, held_text: str, by: Viewer, at: datetime, because: str, subject: str = ""
) -> Finding:
    """Put the body's reply beside the finding it was sent, also late. `subject` is the ask a one-time link was made for. Raises NotAllowed, CannotStep."""
    row = Finding.objects.select_for_update().select_related("recommendation__round").get(**_names(round_key, recommendation), body=body)
    require(by, "reply", body=body, subject=subject)
    needed(reply=text)
    if row.sendings != sending or row.replied_at:
        raise CannotStep("The finding was changed since it was sent, or has its reply: this reply was not taken. A changed finding is sent again.")
    verb = "late_reply" if row.state == "published" else "reply"
    row.version += 1
    _set(row, reply=text.strip(), held_reply=held_text.strip(), replied_by=by.account, replied_at=at)
    _step(verb, row, by=by, at=at, because=because, said=row.reply, subject=subject)
    return row


@transaction.atomic
def revise(round_key: str, recommendation: str, body: str, *, version: int, by: Viewer, at: datetime, because: str) -> Finding:
    """Take a finding back to draft; it goes to the body anew. Its reply so far stays in the trail. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _cell(by, "revise", round_key, recommendation, body, version=version)
    needed(reason=because)
    independent(by, body)
    _set(row, **_UNSENT, **_UNANSWERED)
    _step("revise", row, by=by, at=at, because=because)
    take_back(KIND, subject_of(row), body=body, by=by, at=at, because=because)
    return row


@transaction.atomic
def publish(round_key: str, recommendation: str, body: str, *, version: int, by: Viewer, at: datetime, because: str = "") -> Finding:
    """Publish a finding whose reply is finished: made, or its last day passed in silence. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _cell(by, "publish", round_key, recommendation, body, version=version)
    _check("publish", row)
    if not reply_is_finished(replied=row.replied_at is not None, reply_due_on=row.reply_due_on, today=localdate(at)):
        raise CannotStep(f"The body may still reply: its last day is {row.reply_due_on:%-d %B %Y} ({row.how_counted}). Nothing was published.")
    _set(row, published_by=by.account, published_at=at, published_on=localdate(at))
    _step("publish", row, by=by, at=at, because=because)
    open_to(row.recommendation.round, "public")
    return row


@transaction.atomic
def withdraw(round_key: str, recommendation: str, body: str, *, version: int, by: Viewer, at: datetime, because: str) -> Finding:
    """Withdraw a finding not yet published, or take back one that is; with the reason. Raises NotAllowed, CannotStep, ChangedMeanwhile."""
    row = _cell(by, "withdraw", round_key, recommendation, body, version=version)
    needed(reason=because)
    was_public = row.state == "published"
    _step("retract" if was_public else "withdraw", row, by=by, at=at, because=because)
    if not was_public:
        take_back(KIND, subject_of(row), body=body, by=by, at=at, because=because)
    return row


@transaction.atomic
def record_development(
    round_key: str, recommendation: str, body: str, *, on: date, text: str, by: Viewer, at: datetime, address: str = "", sha256: str = ""
) -> Development:
    """Put what happened after the cut-off day beside a finding, which stays as it is. Raises NotAllowed, CannotStep."""
    row = Finding.objects.get(**_names(round_key, recommendation), body=body)
    owner = body if may(by, "reply", body=body) and row.state in ("with_body", "replied", "published") else ""
    if not owner:
        require(by, "grade", body=body)
    needed(development=text)
    if not row.cut_off_on < on <= localdate(at):
        raise CannotStep(f"Found {on:%-d %B %Y}; expected a day after {row.cut_off_on:%-d %B %Y}, the last day of its evidence, and not one still to come.")
    made = Development.objects.create(finding=row, on=on, text=text.strip(), address=address, sha256=sha256, body=owner, by=by.account, at=at)
    record(verb="record_development", subject=named(row), by=by.account, at=at, because="", detail={"on": str(on), "address": address})
    return made


@transaction.atomic
def send_all(round_key: str, *, by: Viewer, at: datetime) -> int:
    """Send every drafted finding of a round; gives how many. Raises NotAllowed."""
    require(by, "run_audit")
    rows = list(_of_round(round_key).filter(state="drafted"))
    for row in rows:
        send_finding(round_key, row.recommendation.key, row.body, version=row.version, by=by, at=at)
    return len(rows)


@transaction.atomic
def publish_all(round_key: str, *, by: Viewer, at: datetime) -> int:
    """Publish every finding of a round whose reply is finished; gives how many. Raises NotAllowed."""
    require(by, "run_audit")
    rows = list(_of_round(round_key).filter(state__in=["with_body", "replied"]).exclude(replied_at=None, reply_due_on__gte=localdate(at)))
    for row in rows:
        publish(round_key, row.recommendation.key, row.body, version=row.version, by=by, at=at)
    return len(rows)


def _of_round(round_key: str) -> QuerySet[Finding]:
    return Finding.objects.filter(recommendation__round__key=round_key).select_related("recommendation").order_by("pk")


def subject_of(row: Finding) -> str:
    """What the ask for the body's reply is about: each sending is an ask of its own."""
    return f"{row.recommendation.round.key}/{row.recommendation.key}/{row.sendings}"


def address_of(row: Finding) -> str:
    """The page of the cell."""
    return f"/audits/{row.recommendation.round.key}/{row.recommendation.key}/{row.body}/"


def named(row: Finding) -> str:
    """What the audit trail calls a finding."""
    return f"finding/{row.recommendation.round.key}/{row.recommendation.key}/{row.body}"


def _names(round_key: str, recommendation: str) -> dict[str, str]:
    return {"recommendation__round__key": round_key, "recommendation__key": recommendation}


def _cell(by: Viewer, verb: str, round_key: str, recommendation: str, body: str, *, version: int) -> Finding:
    require(by, MAY_WORDS[verb], body=body)
    rows = Finding.objects.filter(**_names(round_key, recommendation), body=body).select_related("recommendation__round")
    return unchanged(rows, version=version)


def _set(row: Finding, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _check(verb: str, row: Finding) -> None:
    if not may_step(verb, row.state):
        froms = " or ".join(sorted(STATES[state].lower() for state in STEPS[verb][0] if state)) or "not begun"
        raise CannotStep(f"This finding is {STATES.get(row.state, 'not begun').lower()}; that may be done only where it is {froms}.")


def _step(verb: str, row: Finding, *, by: Viewer, at: datetime, because: str, said: str = "", subject: str = "") -> None:
    role = acting(by, MAY_WORDS[verb], body=row.body, subject=subject)
    _check(verb, row)
    row.state = STEPS[verb][1]
    row.visibility = KEPT[row.state]
    row.save()
    text = said or row.text
    FindingStep.objects.create(finding=row, verb=verb, state=row.state, grade=row.grade, text=text, because=because, role=role, by=by.account, at=at)
    # The trail is read by more people than a working paper: it holds a checksum of the words.
    detail = {"state": row.state, "words_sha256": sha256(f"{row.grade}\n{text}".encode()).hexdigest()}
    record(verb=verb if "reply" not in verb else f"{verb}_to_finding", subject=named(row), by=by.account, at=at, because=because, detail=detail)


def _check_grade(grade: str, scale: Sequence[Grade], held: Recommendation, body: str, cut_off: date, evidence: Sequence[Evidence]) -> None:
    words = [each.grade for each in scale]
    if grade not in words:
        raise CannotStep(f"Found the grade {grade!r}; expected one of {', '.join(words)}.")
    if not held.round.bodies.filter(body=body).exists():
        raise CannotStep(f"This round does not look at {body}.")
    whole(evidence)
    late = [each for each in evidence if each.dated_on > cut_off]
    if late:
        found = "; ".join(f"{each.title} of {each.dated_on:%-d %B %Y}" for each in late)
        raise CannotStep(f"Found {found}, later than the cut-off day {cut_off:%-d %B %Y}. Put it beside the finding as a later development instead.")


def open_to(row: Round, to: str) -> None:
    """Let a round be seen by more people than before, never by fewer; inside a transaction."""
    order = ("audit", "shared", "public")
    if order.index(to) > order.index(row.visibility):
        row.visibility = to
        row.save(update_fields=["visibility"])
