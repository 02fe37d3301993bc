"""What became of a commitment: the owner's claim and the independent finding, two axes folded from dated updates; overdue is derived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

KINDS: Mapping[str, str] = {
    "joint_action": "Joint action plan action",
    "business_plan": "Business-plan statement",
    "recommendation": "Audit recommendation",
    "announcement": "Announcement",
    "meeting_action": "Meeting action",
    "remedy": "Remedy from a case",
    "hundred_day_plan": "100-day plan",
    "ogp_commitment": "Open Government Partnership commitment",
    "offer": "Offer made in a meeting",
    "undertaking": "Undertaking of the sector",
}
ACCEPTANCE: Mapping[str, str] = {"proposed": "Proposed", "agreed": "Agreed", "not_agreed": "Not agreed"}
DELIVERY: Mapping[str, str] = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "partly_done": "Partly done, says the owner",
    "claimed_done": "Done, says the owner",
    "deferred": "Deferred",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
}
FINDINGS: Mapping[str, str] = {
    "not_assessed": "Not yet checked",
    "delivered": "Delivered",
    "delivered_in_part": "Delivered in part",
    "not_delivered": "Not delivered",
    "cannot_be_assessed": "Cannot be assessed",
}
MEASURABLE: Mapping[str, str] = {"yes": "Measurable", "partly": "Partly measurable", "no": "Not measurable by its wording", "": "Not yet judged"}
_LIVE = frozenset({"not_started", "in_progress", "partly_done", "deferred"})
# Claim → states it may follow. A claim given up, put aside or done may be opened again, which everybody sees.
STEPS: Mapping[str, frozenset[str]] = {
    "in_progress": _LIVE | {"claimed_done", "superseded", "withdrawn"},
    "partly_done": _LIVE,
    "claimed_done": _LIVE,
    "deferred": _LIVE,
    "superseded": _LIVE,
    "withdrawn": _LIVE,
}
# An owner's claim that ends the matter, unless a finding says otherwise.
ENDED = frozenset({"claimed_done", "superseded", "withdrawn"})
# A finding by which it is still owed.
OWED = frozenset({"not_delivered", "delivered_in_part"})


class CannotUpdate(ValueError):
    """The update does not follow from where the commitment stands, or says nothing; the message says what was found and expected."""


@dataclass(frozen=True)
class Told:
    """What one dated update says of the state: empty words and None where it says nothing of it."""

    on: date
    delivery: str = ""
    finding: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class State:
    """Where a commitment stands on a day; `opened_again` counts how often, `put_off` how often its day was moved."""

    delivery: str = "not_started"
    finding: str = "not_assessed"
    due_on: date | None = None
    moved_on: date | None = None
    opened_again: int = 0
    put_off: int = 0


def fold(due_on: date | None, told: Iterable[Told], *, on: date | None = None) -> State:
    """The state after the updates up to and with the day `on`, or after all; `told` comes in the order recorded, and is taken in the order of its days."""
    state = State(due_on=due_on)
    for each in sorted((each for each in told if on is None or each.on <= on), key=lambda each: each.on):
        state = _after(state, each)
    return state


def _after(state: State, told: Told) -> State:
    again = opens_again(state, told.delivery)
    later = told.due_on is not None and state.due_on is not None and told.due_on > state.due_on
    moves = bool(told.delivery or told.finding or told.due_on)
    return replace(
        state,
        delivery=told.delivery or state.delivery,
        finding=told.finding or ("not_assessed" if again else state.finding),
        due_on=told.due_on or state.due_on,
        moved_on=told.on if moves else state.moved_on,
        opened_again=state.opened_again + again,
        put_off=state.put_off + later,
    )


def opens_again(state: State, delivery: str) -> bool:
    """Whether the claim opens again what had ended: what was found before no longer holds."""
    return delivery == "in_progress" and state.delivery in ENDED


def check_update(state: State, told: Told, *, text: str) -> None:
    """Raise CannotUpdate where the claim does not follow, a deferral names no later day, it is told of a day before the last movement, or says nothing.

    So movements are recorded in the order of their days, and the latest recorded is the latest. Words alone may be of any day.
    """
    moves = bool(told.delivery or told.finding or told.due_on)
    if moves and state.moved_on and told.on < state.moved_on:
        raise CannotUpdate(f"It moved on {state.moved_on:%-d %B %Y} already; a change of an earlier day, {told.on:%-d %B %Y}, cannot be put before that.")
    if told.delivery and told.delivery not in STEPS:
        raise CannotUpdate(f"Found the claim {told.delivery!r}; expected one of {', '.join(STEPS)}.")
    if told.delivery and state.delivery not in STEPS[told.delivery]:
        raise CannotUpdate(f"It stands at “{DELIVERY[state.delivery]}”; “{DELIVERY[told.delivery]}” does not follow. Open it again first.")
    if told.finding and told.finding not in FINDINGS:
        raise CannotUpdate(f"Found the finding {told.finding!r}; expected one of {', '.join(FINDINGS)}.")
    if told.delivery == "deferred" and (told.due_on is None or (state.due_on is not None and told.due_on <= state.due_on)):
        raise CannotUpdate("A deferral names a later day: give the new day it is due.")
    if not text.strip():
        raise CannotUpdate("An update says in words what happened, or why nothing did.")


def is_closed(state: State) -> bool:
    """Whether it is no longer owed: found delivered, or ended by its owner's claim with no finding against it."""
    return state.finding == "delivered" or (state.delivery in ENDED and state.finding not in OWED)


def is_overdue(state: State, *, today: date) -> bool:
    """Whether its day has passed while it is owed. The due day itself still counts, and what has no day is never overdue."""
    return state.due_on is not None and state.due_on < today and not is_closed(state)


def days_overdue(state: State, *, today: date) -> int:
    """Days past the due day, 0 where it is not overdue."""
    return (today - state.due_on).days if state.due_on and is_overdue(state, today=today) else 0


def how_counted(state: State, *, today: date) -> str:
    """The sum behind an overdue count, as a sentence."""
    if state.due_on is None:
        return "It has no day by which it is due, so it is never overdue."
    if not is_overdue(state, today=today):
        return f"Due on {state.due_on:%-d %B %Y}."
    return f"{today:%-d %B %Y} − {state.due_on:%-d %B %Y} = {days_overdue(state, today=today):,} days; the due day itself still counts."


@dataclass(frozen=True)
class Counts:
    """Commitments under a parent, each counted once by what it is: no percentages."""

    all: int = 0
    closed: int = 0
    overdue: int = 0
    claimed: int = 0
    open: int = 0


def count(states: Iterable[State], *, today: date) -> Counts:
    """How many are found delivered or ended (`closed`), claimed done and unchecked (`claimed`), overdue, and open; the four add up to all."""
    held = list(states)
    late = sum(is_overdue(state, today=today) for state in held)
    claimed = sum(state.delivery == "claimed_done" and state.finding == "not_assessed" for state in held)
    closed = sum(is_closed(state) for state in held) - claimed
    return Counts(len(held), closed, late, claimed, len(held) - closed - late - claimed)


def acceptance(answers: Iterable[str]) -> str:
    """The acceptance of all owners together: agreed by all, partly agreed, not agreed, or still proposed."""
    held = set(answers)
    if held == {"agreed"}:
        return "agreed_by_all"
    if "agreed" in held:
        return "partly_agreed"
    return "not_agreed" if held == {"not_agreed"} else "proposed"


ACCEPTED_WORDS: Mapping[str, str] = {
    "agreed_by_all": "Agreed by all its owners",
    "partly_agreed": "Agreed by some of its owners",
    "not_agreed": "Not agreed",
    "proposed": "Proposed, not yet answered",
}
