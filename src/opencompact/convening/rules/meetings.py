"""Where a meeting stands, who came to the last ones, and what its poll says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
ITEMS: Mapping[str, str] = {"item": "Item", "carried": "Carried forward", "insight": "Local insight"}
ATTENDANCE: Mapping[str, str] = {"attended": "Attends", "deputy": "Sends a deputy", "apologies": "Apologies", "absent": "Absent"}
CAME: Mapping[str, str] = {"attended": "Attended", "deputy": "Deputy came", "apologies": "Apologies", "absent": "Absent", "": "Not recorded"}
ACTIONS: Mapping[str, str] = {"meeting_action": "Action", "offer": "Offer"}
HELD = frozenset({"held", "minutes_drafted", "minutes_agreed", "minutes_published"})
LEAST_ANSWERS = 5  # below, a poll shows only how many answered: fewer would show who


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state."""
    return state in STEPS[verb][0]


@dataclass(frozen=True)
class Record:
    """What a body did in the last meetings held: the words for each, the latest first, and how many it or a deputy came to."""

    body: str
    came: tuple[str, ...]

    @property
    def times(self) -> int:
        """How many it came to, in person or by deputy."""
        return sum(word in ("attended", "deputy") for word in self.came)

    @property
    def never(self) -> bool:
        """Whether it was recorded at each and came to none."""
        return bool(self.came) and all(word in ("apologies", "absent") for word in self.came)


def attendance(bodies: Iterable[str], meetings: Sequence[Mapping[str, str]]) -> list[Record]:
    """The record of each body over these meetings, the latest first; a body without a place at one stands as not recorded."""
    return [Record(body, tuple(each.get(body, "") for each in meetings)) for body in bodies]


@dataclass(frozen=True)
class Poll:
    """How many answered of how many who came; the means only of enough answers."""

    answers: int
    asked: int
    use: float | None
    topical: float | None


def poll(answers: Sequence[tuple[int, int]], *, asked: int) -> Poll:
    """The two marks, from 1 to 5, as means with one decimal; none below LEAST_ANSWERS."""
    if len(answers) < LEAST_ANSWERS:
        return Poll(len(answers), asked, None, None)
    use, topical = (round(sum(each[place] for each in answers) / len(answers), 1) for place in (0, 1))
    return Poll(len(answers), asked, use, topical)
