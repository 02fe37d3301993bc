"""The invented ledger: last year's plan and this year's, and commitments of every kind in every state."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from opencompact.accounts.rules import Grant, Viewer
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, VARROWMERE, VOICE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.promises.actions.ledger import Resting, Wording, answer_commitment, record_commitment, record_feedback, record_update
from opencompact.promises.actions.tracker import carry_over
from opencompact.promises.rules.commitments import KINDS

AUDITOR = Viewer("sample-auditor", (Grant("auditor"),), "Sample Auditor")
SECTOR = Viewer("sample-sector", (Grant("sector", VOICE),), "Sample Sector Officer")
LAST, THIS = "joint-action-plan-2033", "joint-action-plan-2034"
# key, objective, title, owners, days until due, what is then claimed, what is then found
_PLAN = (
    ("meetings", "Meet regularly", "Hold four meetings of the council in the year", (AFFAIRS, VOICE), -200, "claimed_done", "delivered"),
    ("case-studies", "Share good practice", "Publish six case studies and count their readers", (VOICE,), -190, "claimed_done", ""),
    ("breaches", "Look into what goes wrong", "Answer each issue raised within two months", (AFFAIRS,), -150, "in_progress", "not_delivered"),
    ("spend", "Make spending plain", "Publish grants with the recipients' numbers", (AFFAIRS, EXAMPLES), -120, "partly_done", "delivered_in_part"),
    ("training", "Raise awareness", "Train a lead in every department", (EXAMPLES,), -100, "withdrawn", ""),
    ("guide", "Raise awareness", "Write a guide for small bodies", (WORKS,), -90, "", ""),
)


def lead(body: str) -> Viewer:
    """The invented lead of a body."""
    return Viewer(f"sample-lead-{body}", (Grant("lead", body),), "Sample Lead")


def plant(at: datetime) -> None:
    """Put last year's plan, carry part of it on, and put one commitment of every kind."""
    today = at.date()
    long_ago = at - timedelta(days=400)
    for key, objective, title, owners, days, _, _ in _PLAN:
        wording = Wording(plan=LAST, objective=objective, place="page 3", has_owner=True, has_date=True, is_specific=True, measurable="yes")
        record_commitment(
            key=f"{LAST}-{key}", kind="joint_action", title=title, text=f"{title}.", owners=owners, due_on=today + timedelta(days=days), wording=wording,
            by=BY, at=long_ago, because="invented",
        )  # fmt: skip
    for key, _, _, owners, days, claim, found in _PLAN:
        _tell(f"{LAST}-{key}", owners[0], today + timedelta(days=days - 20), claim, found, at)
    carry_over(LAST, keys=[f"{LAST}-breaches", f"{LAST}-spend"], to=THIS, due_on=today + timedelta(days=120), by=BY, at=at, because="still owed")
    _every_kind(today, at)


def _tell(key: str, body: str, on: date, claim: str, found: str, at: datetime) -> None:
    who = SECTOR if body == VOICE else lead(body)
    answer_commitment(key, body=body, acceptance="agreed", on=on - timedelta(days=30), because="", by=who, at=at)
    if claim:
        record_update(key, body=body, on=on - timedelta(days=10), text="Begun.", delivery="in_progress", by=who, at=at, because="")
        words = f"Kept back for the office: {SECRET}"
        if claim != "in_progress":
            record_update(key, body=body, on=on, text="As told by its owner.", held_text=words, delivery=claim, by=who, at=at, because="")
    if found:
        resting = (Resting("Invented minutes of the council", on, "https://example.invalid/minutes"), Resting("A copy", on, copy=b"invented evidence"))
        record_update(key, body="", on=on + timedelta(days=15), text="As checked.", finding=found, evidence=resting, by=AUDITOR, at=at, because="")


def _every_kind(today: date, at: datetime) -> None:
    owners = (EXAMPLES, WORKS, LANTERNS, VARROWMERE, AFFAIRS)
    for place, (kind, words) in enumerate(KINDS.items()):
        body = VOICE if kind == "undertaking" else owners[place % len(owners)]
        wording = Wording(
            plan="business-plan-2034" if kind == "business_plan" else "", place="Annex B, page 41" if kind == "business_plan" else "",
            is_specific=place % 2 == 0, has_owner=True, has_date=place % 3 > 0, measurable=("yes", "partly", "no")[place % 3],
            money_promised=Decimal("2500000.00") if kind == "announcement" else None, stage="Open for applications" if kind == "announcement" else "",
            said_on=today - timedelta(days=300),
        )  # fmt: skip
        record_commitment(
            key=f"sample-{kind.replace('_', '-')}", kind=kind, title=f"Invented: {words.lower()}", text=f"An invented {words.lower()}, in its own words.",
            owners=(body,), due_on=today + timedelta(days=40 * (place - 4)) if place % 3 else None, wording=wording,
            by=SECTOR if body == VOICE else BY, at=at - timedelta(days=300), because="invented",
        )  # fmt: skip
    key = "sample-announcement"
    record_update(key, body=owners[3], on=today - timedelta(days=250), text="Opened.", delivery="in_progress",
                  by=lead(owners[3]), at=at, because="")  # fmt: skip
    record_feedback(
        key, body=VOICE, on=today - timedelta(days=100), text="Members find the form long.", held_text=f"Told by one member: {SECRET}", by=SECTOR, at=at
    )
    record_commitment(
        key="sample-shared-offer", kind="offer", title="Visit the sample charities of the north", text="We will visit.", owners=(AFFAIRS,), due_on=None,
        visibility="shared", by=BY, at=at, because="invented",
    )  # fmt: skip
    part = {"kind": "meeting_action", "owners": (EXAMPLES,), "due_on": today - timedelta(days=3), "by": BY, "at": at, "because": "invented"}
    record_commitment(key="sample-part", title="Invented: a first part", text="A part of the action.", parent="sample-meeting-action", **part)  # type: ignore[arg-type]  # named above
