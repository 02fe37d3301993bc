"""The facts of the quarter's brief: one set, public alone, that the page and the PDF both show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import posts
from opencompact.accounts.rules import PUBLIC
from opencompact.asking import queries as asking
from opencompact.judgement.queries import measures_of_body, verdicts
from opencompact.organisations.queries.office import office_bodies
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import DELIVERY, FINDINGS, State, fold, is_overdue
from opencompact.promises.rules.quarter import GIVEN_UP, KEPT, SLIPPED, changed, quarter_days
from opencompact.publication.queries import NoRelease
from opencompact.web.showing import in_force
from opencompact.web.words import VERDICT_WORDS, VERDICTS, percent, value

INDICATORS = ("consultations-under-12-weeks", "short-consultations-unexplained", "responses-overdue")
ALL = "all"


@dataclass(frozen=True)
class Item:
    """One commitment: its key in the ledger, title, owners, and where it stands, in words."""

    key: str
    title: str
    who: str
    said: str


@dataclass(frozen=True)
class MustAct:
    """A body that is behind: commitments overdue, questions without an answer past the day, and posts of a senior officer or lead that nobody holds."""

    body: str
    overdue: int
    silent: int
    vacant: int


@dataclass(frozen=True)
class Figure:
    """A figure of the record for the quarter, in words with its number of cases and its coverage."""

    title: str
    said: str


@dataclass(frozen=True)
class Facts:
    """Everything the brief says. `checked` of the `kept` were found delivered by somebody independent; `to_go` are days of the quarter still to come."""

    quarter: str
    span: str
    to_go: int
    held: int
    kept: int
    checked: int
    slipped: int
    given_up: int
    overdue: int
    overdue_before: int
    silent: int
    vacant: int
    kept_items: tuple[Item, ...]
    slipped_items: tuple[Item, ...]
    given_up_items: tuple[Item, ...]
    must_act: tuple[MustAct, ...]
    record: tuple[Figure, ...]
    verdicts: tuple[tuple[str, int], ...]
    release: str
    is_sample: bool
    made_on: str


@dataclass(frozen=True)
class _Line:
    item: Item
    owners: tuple[str, ...]
    became: str
    state: State
    late: bool
    was_late: bool


def facts(quarter: str, *, is_sample: bool, today: date) -> Facts:
    """The facts of a quarter as anybody may see them, on its last day, or today where it still runs. Raises BadQuarter."""
    first, end = quarter_days(quarter)
    last = max(min(end, today), first)
    bodies = {row.body: row for row in office_bodies()}
    names = {body: row.name for body, row in bodies.items()}
    lines = _lines(names, first, last)
    silent = [ask for ask in asking.silences(today=last + timedelta(days=1)) if ask.asked_on <= last]
    empty = _vacant(bodies, last)
    became = {word: [line for line in lines if line.became == word] for word in (KEPT, SLIPPED, GIVEN_UP)}
    record, release = _record(quarter)
    return Facts(
        quarter=quarter,
        span=f"{first:%-d %B %Y} to {last:%-d %B %Y}",
        to_go=(end - last).days,
        held=len(lines),
        kept=len(became[KEPT]),
        checked=sum(line.state.finding == "delivered" for line in became[KEPT]),
        slipped=len(became[SLIPPED]),
        given_up=len(became[GIVEN_UP]),
        overdue=sum(line.late for line in lines),
        overdue_before=sum(line.was_late for line in lines),
        silent=len(silent),
        vacant=sum(empty.values()),
        kept_items=_items(became[KEPT]),
        slipped_items=_items(became[SLIPPED]),
        given_up_items=_items(became[GIVEN_UP]),
        must_act=_must_act(names, Counter(body for line in lines if line.late for body in line.owners), Counter(ask.body for ask in silent), empty),
        record=record,
        verdicts=_verdicts(first, last),
        release=release,
        is_sample=is_sample,
        made_on=f"{today:%-d %B %Y}",
    )


def _lines(names: Mapping[str, str], first: date, last: date) -> list[_Line]:
    rows = list(ledger.commitments(PUBLIC, on=last).prefetch_related("owners").order_by("due_on", "key"))
    told, before = ledger.tellings(rows), first - timedelta(days=1)
    lines = []
    for row in rows:
        every = told.get(row.pk, [])
        state, then = fold(row.due_on, every, on=last), fold(row.due_on, every, on=before)
        owners = tuple(sorted(owner.body for owner in row.owners.all()))
        item = Item(row.key, row.title, ", ".join(names.get(body, body) for body in owners) or "nobody named", _said(state))
        late, was_late = is_overdue(state, today=last), row.recorded_at.date() <= before and is_overdue(then, today=before)
        lines.append(_Line(item, owners, changed(row.due_on, every, first=first, last=last), state, late, was_late))
    return lines


def _said(state: State) -> str:
    stands = f"{FINDINGS[state.finding]}, found independently" if state.finding != "not_assessed" else DELIVERY[state.delivery]
    return f"{stands}; due {state.due_on:%-d %B %Y}" if state.due_on else f"{stands}; no day was set"


def _items(lines: Sequence[_Line]) -> tuple[Item, ...]:
    """Those found by somebody independent first."""
    return tuple(line.item for line in sorted(lines, key=lambda line: line.state.finding == "not_assessed"))


def _vacant(bodies: Mapping[str, Any], day: date) -> Counter[str]:
    """Posts of a senior officer or a lead that nobody held on the day, by public body that was then in being."""
    there = {body: row.name for body, row in bodies.items() if row.kind != "sector" and not (row.until_on and row.until_on <= day)}
    held = accounts.posts_on(PUBLIC, day, bodies=there, posts=posts())
    return Counter(post.body for post in held if not post.holders and post.post in ("sro", "lead"))


def _must_act(names: Mapping[str, str], late: Counter[str], silent: Counter[str], empty: Counter[str]) -> tuple[MustAct, ...]:
    """Bodies that are behind with a promise or an answer, the furthest behind first; a vacant post alone does not put a body here."""
    behind = sorted({*late, *silent}, key=lambda body: (-late[body] - silent[body], names.get(body, body).lower()))
    return tuple(MustAct(names.get(body, body), late[body], silent[body], empty[body]) for body in behind)


def _verdicts(first: date, last: date) -> tuple[tuple[str, int], ...]:
    signed = Counter(verdicts.verdicts(PUBLIC).filter(state="signed", signed_on__range=(first, last)).order_by().values_list("grade", flat=True))
    return tuple((VERDICT_WORDS[word], signed[word]) for word in VERDICTS if signed[word])


def _record(quarter: str) -> tuple[tuple[Figure, ...], str]:
    """The record's figures for the quarter, of every body, and the release they are from; none where no release is made."""
    try:
        held = in_force()
    except NoRelease:
        return (), ""
    found = {row["indicator"]: row for row in measures_of_body(held.reader.con.cursor(), body=ALL, period=quarter)}
    made: datetime = held.reader.release.at
    return tuple(_figure(found[word]) for word in INDICATORS if word in found), f"release {held.reader.release.number}, as of {made:%-d %B %Y}"


def _figure(row: Mapping[str, Any]) -> Figure:
    said = row["why_missing"] if row["value"] is None else f"{value(row['value'], row['unit'])}, of {row['n']:,}"
    return Figure(row["title"], f"{said}; known for {percent(row['coverage'])}".replace("\u00a0", " "))
