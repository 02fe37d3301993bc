"""The acts a page of judgement offers: the form of each, what it does when it is sent, and what was refused said beside its fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.rules import NotAllowed
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.judgement.actions.trail import Evidence
from opencompact.web.blocks import Block, Entry
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked

WHY = (Question("because", "Why", "text", required=True, help="Kept in the trail with your role and the day."),)
EVIDENCE_SLOTS = (1, 2, 3)


@dataclass(frozen=True)
class Act:
    """One form of a page: `do` is given the answers and the version that was opened, and gives where to go next."""

    act: str
    heading: str
    button: str
    questions: Sequence[Question]
    do: Callable[[dict[str, str], int], Any]
    known: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    version: int | None = None


def acted(who: Asked, acts: Sequence[Act], *, back: str) -> tuple[HttpResponseBase | None, dict[str, Form]]:
    """Do what was sent and go `back`, or to the address `do` gave; else the form as written. Raises NotAllowed for what this page does not offer."""
    if who.request.method != "POST":
        return None, {}
    word = who.request.POST.get("act", "")
    act = next((each for each in acts if each.act == word), None)
    if act is None:
        raise NotAllowed("You may not do that here, or it does not follow from where this stands now. Open the page again.")
    answers, form = read(act.questions, who.request.POST.dict(), says_visibility=_mixed(act))
    if not form.refused:
        try:
            went = act.do(answers, _version(who))
            return HttpResponseRedirect(went if isinstance(went, str) else back), {}
        except CannotStep as refusal:
            if not act.questions:
                raise
            first = act.questions[0].name
            form = refused(act.questions, who.request.POST.dict(), [Refused(first, answers.get(first, ""), str(refusal))], says_visibility=_mixed(act))
    return None, {word: form}


def entries(acts: Sequence[Act], written: Mapping[str, Form], *, is_closed: bool = True) -> list[Block]:
    """The forms of the page, closed until somebody opens one or its answers were refused."""
    return [
        Entry(
            written.get(act.act) or blank(act.questions, act.known, says_visibility=_mixed(act)),
            act.button,
            act.act,
            act.heading,
            act.note,
            act.version,
            is_closed=is_closed,
        )
        for act in acts
        if act.heading or act.questions
    ]


class Refused(Refusal):
    """What an action refused, in its own words."""

    def __str__(self) -> str:
        """The action's sentence."""
        return self.expected


def evidence_questions(*, required: bool) -> tuple[Question, ...]:
    """Three things a judgement rests on; the first is needed where `required`."""
    asked: list[Question] = []
    for slot in EVIDENCE_SLOTS:
        must = required and slot == 1
        asked += [
            Question(f"evidence_{slot}", f"Evidence {slot}: what it is", "line", required=must),
            Question(f"dated_{slot}", f"Evidence {slot}: the day it speaks of", "day", required=must),
            Question(f"address_{slot}", f"Evidence {slot}: its address", "address"),
            Question(f"quote_{slot}", f"Evidence {slot}: the words relied on", "text"),
            Question(f"sha256_{slot}", f"Evidence {slot}: checksum (SHA-256) of the copy kept", "line"),
        ]
    return tuple(asked)


def evidence_given(answers: Mapping[str, str]) -> list[Evidence]:
    """The evidence as written; raises CannotStep where a slot has some of it without a title and a day."""
    given = []
    for slot in EVIDENCE_SLOTS:
        title, dated = answers.get(f"evidence_{slot}", ""), answers.get(f"dated_{slot}", "")
        rest = {name: answers.get(f"{name}_{slot}", "") for name in ("address", "quote", "sha256")}
        if title and dated:
            given.append(Evidence(title, date.fromisoformat(dated), **rest))
        elif title or dated or any(rest.values()):
            raise CannotStep(f"Evidence {slot} needs both what it is and the day it speaks of.")
    return given


def evidence_known(rows: Sequence[Any]) -> dict[str, str]:
    """The evidence that stands, as answers of the form."""
    known: dict[str, str] = {}
    for slot, row in zip(EVIDENCE_SLOTS, rows, strict=False):
        known |= {f"evidence_{slot}": row.title, f"dated_{slot}": str(row.dated_on), f"address_{slot}": row.address}
        known |= {f"quote_{slot}": row.quote, f"sha256_{slot}": row.sha256}
    return known


def _mixed(act: Act) -> bool:
    return any(question.held for question in act.questions)


def _version(who: Asked) -> int:
    text = who.request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
