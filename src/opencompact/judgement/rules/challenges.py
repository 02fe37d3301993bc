"""How somebody's challenge of a row is followed until it is settled."""

from collections.abc import Mapping
from datetime import date

# Verb → (states it starts from, state it ends in); `receive` needs no account, the others the verb `settle_challenge`.
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "receive": (frozenset({""}), "received"),
    "look": (frozenset({"received"}), "looking"),
    "correct": (frozenset({"looking"}), "corrected"),
    "not_uphold": (frozenset({"looking"}), "not_upheld"),
    "look_again": (frozenset({"corrected", "not_upheld"}), "looking"),
}
STATES = {"received": "Received", "looking": "Being looked at", "corrected": "Corrected", "not_upheld": "Not upheld"}
SETTLED = frozenset({"corrected", "not_upheld"})
MOST_WRITTEN = 2000  # characters of each answer: enough for a page of words, too little to be used as a store
MOST_IN_AN_HOUR = 60  # challenges taken from everybody together; no address of a machine is kept, so none can be counted apart
# No spaces, and none of the letters and figures that are read as one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state; a challenge not yet received has the empty state."""
    return state in STEPS[verb][0]


def days_open(received_on: date, settled_on: date | None, *, today: date) -> int:
    """Whole days from receipt until it was settled, or until today."""
    return ((settled_on or today) - received_on).days
