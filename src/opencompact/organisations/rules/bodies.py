"""Public bodies: the names they go by, what kind they are, and which body each became."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opencompact.organisations.rules.names import NameRules, Terms, spelled

CARRIES_ON = ("renamed", "merged")  # the whole of a body; `split` and `moved` take parts of it


@dataclass(frozen=True)
class Body:
    """A public body as a register or a published file names it; days as `2014-04-01`, empty where not known."""

    body: str
    name: str
    organisation_id: str = ""
    started_on: str = ""
    ended_on: str = ""


@dataclass(frozen=True)
class Turn:
    """One body becoming another on a day, month or year."""

    before: str
    after: str
    on: str
    how: str


def lookup(register: Iterable[tuple[str, str]], aliases: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The slug by name, of the register's (name, slug) pairs, then of the aliases, which outrank them. Names are small letters and digits alone, & is AND."""
    found: dict[str, str] = {}
    for name, slug in sorted(set(register)):
        found.setdefault(_key(name), slug)
    found.update({_key(name): slug for name, slug in aliases})
    return found


def turns(terms: Terms) -> tuple[Turn, ...]:
    """The turns from the terms of the vocabulary `body-history`, in order of time."""
    held = [Turn(str(term["from"]), str(term["to"]), str(term["on"]), str(term["how"])) for term in terms]
    return tuple(sorted(held, key=lambda turn: (turn.on, turn.before, turn.after)))


def present_body(body: str, history: Iterable[Turn]) -> str:
    """The body at the end of the chain of names and mergers; itself where none. Turns are taken in order of time, so an old name may come back."""
    present = body
    for turn in history:  # each later than the one before, so one pass is enough
        if turn.before == present and turn.how in CARRIES_ON:
            present = turn.after
    return present


def kind_of(body: Body, terms: Terms, rules: NameRules) -> str:
    """The first kind of `body-kinds` whose pattern fits the org-id (or the id of the body itself), else the name; `other` where none does."""
    org_id = body.organisation_id or body.body
    name = spelled(body.name, rules)
    for term in terms:
        by_id, by_name, unless = str(term["id_pattern"]), str(term["name_pattern"]), str(term["except_pattern"])
        if by_id and re.search(by_id, org_id):
            return str(term["kind"])
        if by_name and re.search(by_name, name) and not (unless and re.search(unless, org_id)):
            return str(term["kind"])
    return "other"


def with_history(held: Iterable[Body], history: tuple[Turn, ...], names: Mapping[str, str]) -> list[dict[str, str | None]]:
    """A row for each body held, each it came from and each it became, in order: ids, name, days, predecessors, successors and history.

    `names` gives the names of bodies that no register held names.
    """
    bodies = {body.body: body for body in held}
    waiting = set(bodies)
    while waiting:
        near = {turn.after for turn in history if turn.before in waiting} | {turn.before for turn in history if turn.after in waiting}
        waiting = near - bodies.keys()
        bodies.update({slug: Body(slug, names.get(slug) or readable(slug)) for slug in waiting})
    before, later = _neighbours(history)
    return [
        {
            "body": slug,
            "name": body.name,
            "organisation_id": body.organisation_id or None,
            "started_on": body.started_on or None,
            "ended_on": body.ended_on or None,
            "predecessors": ";".join(before[slug]) or None,
            "successors": ";".join(later[slug]) or None,
            "history": present_body(slug, history),
        }
        for slug, body in sorted(bodies.items())
    ]


def readable(slug: str) -> str:
    """A name made from a slug, where no register or file gives one."""
    text = slug.replace("-", " ")
    return text[:1].upper() + text[1:]


def _neighbours(history: Iterable[Turn]) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    before: dict[str, list[str]] = defaultdict(list)
    later: dict[str, list[str]] = defaultdict(list)
    for turn in history:
        before[turn.after].append(turn.before)
        later[turn.before].append(turn.after)
    return before, later


def _key(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower().replace("&", "and"))
