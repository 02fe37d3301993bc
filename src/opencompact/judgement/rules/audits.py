"""How a finding of an audit passes from a draft to the body and to the public, when its reply is finished, and how a cell moved between rounds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# Verb → (states it starts from, state it ends in). Who may do each stands in accounts.rules.MAY under the word of MAY_WORDS.
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "grade": (frozenset({"", "drafted", "withdrawn", "retracted"}), "drafted"),
    "send_finding": (frozenset({"drafted"}), "with_body"),
    "reply": (frozenset({"with_body"}), "replied"),
    # A finding changed after the body saw it goes back to the body: it could not answer what it had not seen.
    "revise": (frozenset({"with_body", "replied"}), "drafted"),
    "publish": (frozenset({"with_body", "replied"}), "published"),
    "late_reply": (frozenset({"published"}), "published"),
    "withdraw": (frozenset({"drafted", "with_body", "replied"}), "withdrawn"),
    # What was published and turned out wrong stays in sight, with the reason it was taken back.
    "retract": (frozenset({"published"}), "retracted"),
}
MAY_WORDS: Mapping[str, str] = {
    "grade": "grade",
    "send_finding": "run_audit",
    "reply": "reply",
    "revise": "grade",
    "publish": "run_audit",
    "late_reply": "reply",
    "withdraw": "run_audit",
    "retract": "run_audit",
}
STATES = {
    "drafted": "Draft",
    "with_body": "With the body",
    "replied": "Replied",
    "published": "Published",
    "retracted": "Taken back",
    "withdrawn": "Withdrawn",
}
# Who sees a finding in each state: working papers, then the body too, then everybody.
KEPT = {"drafted": "audit", "with_body": "held", "replied": "held", "published": "public", "retracted": "public", "withdrawn": "audit"}
LATER, EARLIER, SAME, ONLY_NOW, ONLY_BEFORE, NEITHER = "up", "down", "same", "new", "gone", "none"
MOVEMENTS = {
    LATER: "better than the round before",
    EARLIER: "worse than the round before",
    SAME: "as the round before",
    ONLY_NOW: "no grade the round before to compare with",
    ONLY_BEFORE: "no grade now to compare with the round before",
    NEITHER: "graded in neither round",
}


@dataclass(frozen=True)
class Grade:
    """One grade of a scale, the lowest first: its word, its label, the pattern it is drawn with and when it is given. `ranks` is false for `cannot tell`."""

    grade: str
    label: str
    pattern: str
    rule: str
    ranks: bool


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state; a cell nobody has graded has the empty state."""
    return state in STEPS[verb][0]


def reply_is_finished(*, replied: bool, reply_due_on: date | None, today: date) -> bool:
    """Whether the body has replied, or the last day for it has passed: silence. The last day itself still counts."""
    return replied or (reply_due_on is not None and today > reply_due_on)


def movement(before: str, now: str, *, scale: Sequence[Grade]) -> str:
    """How a cell moved between two rounds; a grade that does not rank, such as `cannot tell`, counts as not graded."""
    order = [grade.grade for grade in scale if grade.ranks]
    then, here = (order.index(word) if word in order else None for word in (before, now))
    if then is None or here is None:
        return {(True, False): ONLY_NOW, (False, True): ONLY_BEFORE}.get((then is None, here is None), NEITHER)
    return SAME if then == here else LATER if here > then else EARLIER


def best(grades: Iterable[str], *, scale: Sequence[Grade]) -> str:
    """The best grade that any has (`at best, adequate`); empty where none is graded on the scale."""
    given = set(grades)
    return next((grade.grade for grade in reversed(scale) if grade.ranks and grade.grade in given), "")


def count_grades(grades: Iterable[str], *, scale: Sequence[Grade]) -> dict[str, int]:
    """How many have each grade of the scale, none left out."""
    counted = Counter(grades)
    return {grade.grade: counted[grade.grade] for grade in scale}
