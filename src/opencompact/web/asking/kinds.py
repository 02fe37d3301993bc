"""The kinds of ask: each room's folder lists its own in `asked.KINDS`, and is found by its name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from opencompact import web
from opencompact.accounts.rules import Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question


@dataclass(frozen=True)
class Kind:
    """How one kind of ask is answered: its questions, what is known already, what its room does with what was sent, and what to read first.

    `read_first` is for who answers by a link and sees no other page: paragraphs that the body asked may see. `take` is called in the
    transaction of the sending, so that either both stand or neither.
    """

    title: str
    questions: Callable[[Ask], tuple[Question, ...]]
    known: Callable[[Ask], Mapping[str, str]]
    take: Callable[[Submission, Viewer, datetime], None]
    read_first: Callable[[Ask], Sequence[str]] = lambda _: ()


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its word, of every room that has any."""
    found: dict[str, Kind] = {}
    for room in sorted(each.name for each in iter_modules(web.__path__) if each.ispkg):
        name = f"{web.__name__}.{room}.asked"
        if find_spec(name):
            found |= import_module(name).KINDS
    return found
