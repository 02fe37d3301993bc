"""What bodies were asked around a meeting, who has not replied, and what they returned before it."""

from collections.abc import Mapping, Sequence
from typing import Any

from opencompact.accounts.rules import Viewer, sees
from opencompact.asking import queries as asking
from opencompact.asking.rules.questions import Question
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.registry import load_catalogue
from opencompact.web.blocks import Cell, Table, Value
from opencompact.web.office import Asked
from opencompact.web.words import day, plural

# What is asked around a meeting → its column.
AROUND = {"attendance": "Whether it comes", "meeting_return": "Return", "minutes_agreement": "Minutes"}


def return_questions() -> tuple[Question, ...]:
    """The questions of the return before a meeting, of the vocabulary `meeting-return-questions`."""
    return tuple(Question(**term) for term in load_catalogue().vocabularies["meeting-return-questions"].terms)


def asked_around(who: Asked, row: Meeting) -> list[Any]:
    """What is asked of bodies around the meeting and not taken back, each with `answered`; of those who work on the agreement alone."""
    rows = asking.asks(who.viewer).filter(kind__in=list(AROUND), withdrawn_at=None)
    return list(rows.filter(subject=row.key) | rows.filter(subject__startswith=f"{row.key}/"))


def is_round_open(who: Asked, row: Meeting) -> bool:
    """Whether every body with a place is asked for its return."""
    places = {place.body for place in queries.places(who.viewer, row)}
    asked = asking.asks(who.viewer).filter(kind="meeting_return", subject=row.key, withdrawn_at=None).values_list("body", flat=True)
    return places <= set(asked)


def chase(who: Asked, asks: Sequence[Any], names: Mapping[str, str], *, caption: str = "Asked around this meeting", empty: str = "") -> Table:
    """Who was asked what by when, a row a body, those with most unanswered first."""
    kinds = [kind for kind in AROUND if any(ask.kind == kind for ask in asks)]
    by_body: dict[str, dict[str, Any]] = {}
    for ask in sorted(asks, key=lambda ask: ask.pk):
        by_body.setdefault(ask.body, {})[ask.kind] = ask
    order = sorted(by_body, key=lambda body: (-sum(not ask.answered for ask in by_body[body].values()), names.get(body, body)))
    rows: list[tuple[Value, ...]] = [(names.get(body, body), *(_state(who, by_body[body].get(kind)) for kind in kinds)) for body in order]
    heads = ("Body", *(AROUND[kind] for kind in kinds))
    return Table(caption, heads, rows, empty or "Nothing is asked yet: it begins with the invitations.", "The due day itself still counts.")


def _state(who: Asked, ask: Any) -> Cell:
    if ask is None:
        return Cell("not asked", is_missing=True)
    address = f"/asks/{ask.pk}/"
    if ask.answered:
        return Cell("answered", address)
    late = (who.today - ask.due_on).days
    if late > 0:
        return Cell("silent", address, note=f"{day(who.today)} − {day(ask.due_on)} = {plural(late, 'day')}")
    return Cell("owed", address, note=f"due {day(ask.due_on)}: {plural(-late, 'day')} left")


def returned(viewer: Viewer, row: Meeting, names: Mapping[str, str]) -> Table:
    """What bodies returned, question by question: public fields once sent, held ones for those who see what is held of that body."""
    sent = list(asking.sent(kind="meeting_return", subjects=[row.key]))
    shown_rows: list[tuple[Value, ...]] = [
        (f"{question.label}{' (held)' if question.held else ''}", names.get(each.ask.body, each.ask.body), each.answers[question.name], each.sent_at)
        for question in return_questions()
        for each in sent
        if question.name in each.answers and (not question.held or sees(viewer, "held", bodies={each.ask.body}))
    ]
    empty = "No body has sent its return. The round is opened a few days before the meeting."
    return Table("What bodies returned before it", ("Question", "Body", "Answer", "Sent"), shown_rows, empty, csv=f"/meetings/{row.key}/?format=csv")
