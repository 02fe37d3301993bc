"""What the bodies of the invented office are asked: in every state, one of them silent."""

from datetime import datetime, timedelta

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import ask, clear, draft, send, send_back, withdraw_ask
from opencompact.asking.rules.questions import SIGN_OFF
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, VARROWMERE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.cli._office.ledger import lead


def plant(at: datetime) -> None:
    """Ask for updates and sign-offs, and answer some of them as far as each state."""
    today = at.date()
    for place, body in enumerate((EXAMPLES, AFFAIRS, WORKS, LANTERNS, VARROWMERE)):
        since = at - timedelta(days=40)
        found = ask(body, kind="sign_off", subject="figures-2033", title="Are your figures of 2033 right?", due_on=today + timedelta(days=9 * place - 20),
                    by=BY, at=since, because="invented")  # fmt: skip
        official = Viewer(f"sample-official-{body}", (Grant("official", body),), "Sample Official")
        if place < 4:
            words = "One line is missing." if place else ""
            given = {"agrees": "no" if place else "yes", "text": words, "held_text": f"Between us: {SECRET}"}
            row = draft(found, given=given, questions=SIGN_OFF, version=None, by=lead(body), at=since)
        if place in (0, 1):
            row = clear(row, name="Sample Director", post="Director", version=row.version, by=official, at=since)
        if place == 0:
            send(row, version=row.version, by=official, at=since)
        if place == 2:
            send_back(row, note=f"Say which line. {SECRET}", version=row.version, by=official, at=since)
    for body, key, title, days, ago in (
        (EXAMPLES, "sample-joint-action", "joint action plan action", 12, 0),
        (WORKS, "sample-business-plan", "business-plan statement", -8, 30),
    ):
        due_on = today + timedelta(days=days)
        asked_at = at - timedelta(days=ago)
        ask(body, kind="update", subject=f"{key}/{due_on}", title=f"An update of: Invented: {title}", due_on=due_on, by=BY, at=asked_at, because="invented")
    gone = ask(VARROWMERE, kind="sign_off", subject="taken-back", title="A question taken back", due_on=today, by=BY, at=at, because="invented")
    withdraw_ask(gone, by=BY, at=at, because="asked in error")
