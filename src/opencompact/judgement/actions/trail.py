"""What every step of a finding or a verdict shares: the state it must start from, who may, and the row it leaves in the trail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opencompact.accounts.rules import MAY, NotAllowed, Viewer, require
from opencompact.asking.actions import CannotStep, withdraw_ask
from opencompact.asking.queries import asks


@dataclass(frozen=True)
class Evidence:
    """What a judgement rests on: a title, the day it speaks of, and as far as they are held its address, the words relied on, the checksum of a copy."""

    title: str
    dated_on: date
    address: str = ""
    sha256: str = ""
    quote: str = ""


def needed(**texts: str) -> None:
    """Raise CannotStep for each text that is not written."""
    empty = [name.replace("_", " ") for name, text in texts.items() if not text.strip()]
    if empty:
        raise CannotStep(f"Nothing is written for {', '.join(empty)}; expected words.")


def whole(evidence: Sequence[Evidence]) -> None:
    """Raise CannotStep for evidence without a title, or with a checksum that is none."""
    for each in evidence:
        needed(evidence=each.title)
        if each.sha256 and not re.fullmatch(r"[0-9a-f]{64}", each.sha256):
            raise CannotStep(f"Found the checksum {each.sha256!r}; expected 64 hexadecimal digits, as `sha256sum` writes them, or nothing.")


def independent(by: Viewer, body: str) -> None:
    """Raise NotAllowed for somebody who acts for the body that is judged."""
    if body in by.bodies:
        raise NotAllowed(f"Whoever acts for {body} never judges it: an auditor or assessor who does not act for it does.")


def acting(by: Viewer, word: str, *, body: str, subject: str = "") -> str:
    """The role by which the viewer may do `word`; raises NotAllowed where there is none."""
    require(by, word, body=body, subject=subject)
    return next(grant.role for grant in by.grants if grant.role in MAY[word] and (not grant.body or grant.body == body))


def take_back(kind: str, subject: str, *, body: str, by: Viewer, at: datetime, because: str) -> None:
    """Withdraw the ask that waits for the body's words, so that its silence means nothing."""
    for held in asks(by).filter(kind=kind, subject=subject, body=body, withdrawn_at=None):
        withdraw_ask(held, by=by, at=at, because=because)
