"""Where a meeting stands, who came to the last ones, whether enough come, and what its poll says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

STATES: Mapping[str, str] = {
    "planned": "Planned",
    "invited": "Invitations out",
    "agenda_published": "Agenda out",
    "held": "Held, minutes to write",
    "minutes_drafted": "Minutes in draft",
    "minutes_agreed": "Minutes agreed",
    "minutes_published": "Minutes published",
    "cancelled": "Cancelled",
}
# Verb → (states it starts from, state it ends in).
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "invite": (frozenset({"planned"}), "invited"),
    "publish_agenda": (frozenset({"invited"}), "agenda_published"),
    "hold": (frozenset({"invited", "agenda_published"}), "held"),
    "draft_minutes": (frozenset({"held", "minutes_drafted"}), "minutes_drafted"),
    "agree_minutes": (frozenset({"minutes_drafted"}), "minutes_agreed"),
    "publish_minutes": (frozenset({"minutes_agreed"}), "minutes_published"),
    "cancel": (frozenset({"planned", "invited", "agenda_published"}), "cancelled"),
}
# Verb of a step → what accounts.rules.MAY calls the right to it.
RIGHTS: Mapping[str, str] = {
    "invite": "plan_meeting",
    "publish_agenda": "plan_meeting",
    "hold": "plan_meeting",
    "draft_minutes": "write_minutes",
    "agree_minutes": "write_minutes",
    "publish_minutes": "publish_minutes",
    "cancel": "plan_meeting",
}
COMING = frozenset({"planned", "invited", "agenda_published"})
HELD = frozenset({"held", "minutes_drafted", "minutes_agreed", "minutes_published"})
WRITING = frozenset({"held", "minutes_drafted"})  # what happened may still be put right
ITEMS: Mapping[str, str] = {"item": "Item", "carried": "Carried forward", "insight": "Local insight"}
ATTENDANCE: Mapping[str, str] = {"attended": "Attends", "deputy": "Sends a deputy", "apologies": "Apologies", "absent": "Absent"}
CAME: Mapping[str, str] = {"attended": "Attended", "deputy": "Deputy came", "apologies": "Apologies", "absent": "Absent", "": "Not recorded"}
THERE = frozenset({"attended", "deputy"})
ACTIONS: Mapping[str, str] = {"meeting_action": "Action", "offer": "Offer"}
POLL: Mapping[str, str] = {"use": "Of use", "topical": "Topical"}
POLL_DAYS = 14  # the poll is open so long after the meeting; its marks are shown once it closed, so that no answer shows by the difference
LEAST_ANSWERS = 5  # below, a poll shows only how many answered: fewer would show who


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state."""
    return state in STEPS[verb][0]


def needs_them(came: Mapping[str, str], quorum: int | None) -> int | None:
    """How many more must come for a quorum, 0 where enough do; None where the series has none. `came` is body → word of ATTENDANCE or empty."""
    return None if quorum is None else max(0, quorum - sum(word in THERE for word in came.values()))


def waits_for(asked: Mapping[str, date], answered: Collection[str], *, today: date) -> list[str]:
    """Bodies asked of the minutes, body → day it is due, that may still answer: those past their day are silent, and silence is no veto."""
    return sorted(body for body, due_on in asked.items() if body not in answered and today <= due_on)


@dataclass(frozen=True)
class Record:
    """What a body did in the last meetings held: the words for each, the latest first, and how many it or a deputy came to."""

    body: str
    came: tuple[str, ...]

    @property
    def times(self) -> int:
        """How many it came to, in person or by deputy."""
        return sum(word in THERE for word in self.came)

    @property
    def recorded(self) -> int:
        """How many meetings it is recorded at, present or not."""
        return sum(bool(word) for word in self.came)

    @property
    def never(self) -> bool:
        """Whether it was recorded at some and came to none."""
        return self.recorded > 0 and self.times == 0


def attendance(bodies: Iterable[str], meetings: Sequence[Mapping[str, str]]) -> list[Record]:
    """The record of each body over these meetings, the latest first; a body without a place at one stands as not recorded."""
    return [Record(body, tuple(each.get(body, "") for each in meetings)) for body in bodies]


@dataclass(frozen=True)
class Poll:
    """How many bodies answered of how many that came; the means, from 1 to 5, only of enough answers and once the poll closed."""

    answers: int
    asked: int
    means: Mapping[str, float]
    is_open: bool


def poll_closes(held_on: date) -> date:
    """The last day on which a meeting's poll is answered."""
    return held_on + timedelta(days=POLL_DAYS)


def poll(marks: Mapping[tuple[str, int], int], *, answers: int, asked: int, held_on: date, today: date) -> Poll:
    """What a poll says: `marks` is (question, mark) → how many gave it. Means with one decimal; none while it is open or below LEAST_ANSWERS."""
    is_open = today <= poll_closes(held_on)
    if is_open or answers < LEAST_ANSWERS:
        return Poll(answers, asked, {}, is_open)
    sums = {question: sum(mark * given for (of, mark), given in marks.items() if of == question) for question in POLL}
    return Poll(answers, asked, {question: round(total / answers, 1) for question, total in sums.items()}, is_open)
