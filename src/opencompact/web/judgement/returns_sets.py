"""The sets of questions of returns and campaigns: vocabularies of the catalogue whose name begins with `return-questions-`."""

from functools import cache

from opencompact.asking.rules.questions import Question
from opencompact.judgement.rules.returns import OUTCOMES
from opencompact.registry import load_catalogue

PREFIX = "return-questions-"
STANDING = "standing"
# What may be written in the place of an answer: missing is never nought, and `not held` is an answer of its own.
WHY_NOT = tuple((word, label) for word, label in OUTCOMES.items() if word != "answered")
BEFORE = "_before"


@cache
def sets() -> dict[str, str]:
    """The title of each set by its name."""
    found = load_catalogue().vocabularies
    return {slug.removeprefix(PREFIX): card.title for slug, card in found.items() if slug.startswith(PREFIX)}


@cache
def questions_of(name: str) -> tuple[Question, ...]:
    """The questions of a set, in their order; each also takes the words `Not held` and `Refused on cost`."""
    return tuple(Question(**term, otherwise=() if term["held"] else WHY_NOT) for term in load_catalogue().vocabularies[PREFIX + name].terms)


def source_of(name: str) -> str:
    """Where the set comes from."""
    return load_catalogue().vocabularies[PREFIX + name].source


def asked_of(name: str) -> tuple[Question, ...]:
    """The questions that count towards completeness: those that are published."""
    return tuple(question for question in questions_of(name) if not question.held)


def names_of(name: str) -> tuple[str, ...]:
    """Their names."""
    return tuple(question.name for question in asked_of(name))
