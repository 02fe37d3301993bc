"""What an answer is, how complete a round is apart from how it performs, and whether a cut was disproportionate; missing is never zero."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

# What a question got; the words of the freedom-of-information rounds.
OUTCOMES: Mapping[str, str] = {"answered": "Answered", "not_held": "Not held", "refused_cost": "Refused on cost"}
# What a body's whole response came to.
RESPONSES: Mapping[str, str] = {
    "full": "Full",
    "partial": "Partial",
    "not_held": "Not held",
    "refused_cost": "Refused on cost",
    "no_reply": "No reply",
    "waiting": "Not yet due",
    "clarifying": "Waits for us",
    "unsent": "Not sent yet",
}
FIVE = ("full", "partial", "not_held", "refused_cost", "no_reply")


def response(asked: int, outcomes: Iterable[str], *, has_replied: bool, due_on: date | None, today: date, is_sent: bool = True) -> str:
    """What the response comes to: full where every question is answered, partial where one is; else what most of the refusals say.

    A reply that says neither is partial, with none answered. Without any word it is `no_reply` once the day has passed, `clarifying` while the clock does
    not run, `waiting` before, and `unsent` where nothing was asked yet.
    """
    held = Counter(outcomes)
    if held["answered"]:
        return "full" if held["answered"] >= asked else "partial"
    if held:
        return "refused_cost" if held["refused_cost"] >= held["not_held"] else "not_held"
    if has_replied:
        return "partial"
    if not is_sent:
        return "unsent"
    if due_on is None:
        return "clarifying"
    return "no_reply" if due_on < today else "waiting"


@dataclass(frozen=True)
class Completeness:
    """Of how many asked, how many made each response; apart from anything they answered."""

    asked: int
    counts: Mapping[str, int]

    @property
    def replied(self) -> int:
        """Those that replied in any way."""
        return sum(number for word, number in self.counts.items() if word in FIVE and word != "no_reply")

    @property
    def direct(self) -> int:
        """Those that answered at least one question."""
        return self.counts.get("full", 0) + self.counts.get("partial", 0)

    @property
    def full_share(self) -> float | None:
        """The share of full responses of those asked; none where nobody was."""
        return self.counts.get("full", 0) / self.asked if self.asked else None


def completeness(responses: Sequence[str]) -> Completeness:
    """How complete a round is."""
    return Completeness(len(responses), Counter(responses))


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """The change as a share of what it was; none where either is missing, or it was nothing."""
    return None if before is None or after is None or before == 0 else (after - before) / before


def disproportionate(sector: Decimal | None, own: Decimal | None) -> bool | None:
    """Whether the sector was cut by a larger share than the body's own money changed; none, cannot tell, without both."""
    return None if sector is None or own is None else sector < 0 and sector < own


@dataclass(frozen=True)
class Figure:
    """What a round says to one question: how many answered of how many asked, and sum and median of the answers; none where nobody answered."""

    answered: int
    asked: int
    total: Decimal | None
    middle: Decimal | None


def figure(answers: Iterable[Decimal | None], *, asked: int) -> Figure:
    """The figure of one question of numbers."""
    held = [answer for answer in answers if answer is not None]
    return Figure(len(held), asked, sum(held, Decimal(0)) if held else None, median(held) if held else None)


@dataclass(frozen=True)
class Cuts:
    """Of the bodies whose grants of both years are known: how many cut them; of those whose own income is known too, how many cut by more than that."""

    comparable: int
    cut: int
    judged: int
    disproportionate: int


def cuts(rows: Iterable[tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]]) -> Cuts:
    """From (grants before, grants, own income before, own income) of each body."""
    changes = [(change(before, after), change(own_before, own)) for before, after, own_before, own in rows]
    known = [sector for sector, _ in changes if sector is not None]
    tests = [disproportionate(sector, own) for sector, own in changes]
    return Cuts(len(known), sum(sector < 0 for sector in known), sum(test is not None for test in tests), sum(test is True for test in tests))


def total_change(rows: Iterable[tuple[Decimal | None, Decimal | None]]) -> tuple[int, Decimal | None]:
    """How many gave both years, and by how many pounds they changed together; none where nobody gave both."""
    both = [(before, after) for before, after in rows if before is not None and after is not None]
    return len(both), sum((after - before for before, after in both), Decimal(0)) if both else None


def refused_any(outcomes: Iterable[Iterable[str]]) -> int:
    """How many bodies refused at least one question on cost, whatever else they answered."""
    return sum("refused_cost" in set(each) for each in outcomes)


def in_kinds(rows: Iterable[tuple[str, str]]) -> dict[str, Completeness]:
    """How complete each kind of body is, from (kind, response): a league within a kind alone."""
    kinds: dict[str, list[str]] = {}
    for kind, word in rows:
        kinds.setdefault(kind, []).append(word)
    return {kind: completeness(words) for kind, words in sorted(kinds.items())}
