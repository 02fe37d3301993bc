"""The queue of names that wait for a person: the largest sums first, with how much of the money would be settled down to each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.timezone import localdate

from opencompact.accounts.rules import NotAllowed, bodies_seen, require
from opencompact.lake import Connection, Lake, NoLake
from opencompact.organisations.queries import decisions, review
from opencompact.registry import load_shapes
from opencompact.web.blocks import Bars, Block, Cell, Facts, Filters, Links, Paging, Sheet, Table, Value, Words, shown
from opencompact.web.office import Asked, signed_in
from opencompact.web.showing import choice
from opencompact.web.words import count, day, money, percent, plural

QUEUE = ("/review/", "Names")
SIZE = 50
STATES = {"review": "With candidates", "probable": "Linked, only likely", "unknown": "Like nothing on a register"}


@dataclass(frozen=True)
class Reviewing:
    """One reviewer's view of the lake: `bodies` None for every body's payees; `settled` names decided since, `disputed` names somebody objects to."""

    con: Connection
    bodies: frozenset[str] | None
    settled: list[str]
    disputed: list[str]
    built_at: datetime

    @property
    def wanted(self) -> list[str] | None:
        """The bodies as the queries take them."""
        return None if self.bodies is None else sorted(self.bodies)


def reviewing(who: Asked) -> Reviewing | None:
    """The lake as this person may see it; None where none is built that has a queue. Raises NotAllowed."""
    bodies = bodies_seen(who.viewer, "names")
    if bodies is not None and not bodies:
        require(who.viewer, "settle_name")
    con = as_built()
    if con is None:
        return None
    built = datetime.fromtimestamp((_lake().folder / "manifest.json").stat().st_mtime, tz=UTC)
    return Reviewing(con, bodies, decisions.names_decided(bodies), [row.normalised_name for row in decisions.open_disputes()], built)


def as_built() -> Connection | None:
    """The lake as last built; None where none is built that has a queue."""
    try:
        con = _lake().connect()
    except NoLake:
        return None
    return con if review.has_queue(con) else None


def _lake() -> Lake:
    return Lake(Path(settings.OPENCOMPACT_WORKSPACE) / "lake", load_shapes())


def nothing_built(who: Asked) -> HttpResponseBase:
    """The page that says why there is no queue, and what would fill it."""
    said = "No lake with names to review is built yet. Run `opencompact build` over payments, grants or contracts and a register; what is left over comes here."
    return shown(who, Sheet("Whose name is this?", [said], [Links([("/review/decisions/", "Decisions so far", "")])]))


@signed_in
def queue(who: Asked) -> HttpResponseBase:
    """Which payees wait for a person, and how much money waits with them?"""
    seen = reviewing(who)
    if seen is None:
        return nothing_built(who)
    state = choice(who.request, "state", STATES, "review")
    names = review.body_names(seen.con)
    body = choice(who.request, "body", names) if seen.bodies is None else choice(who.request, "body", seen.bodies)
    bodies = [body] if body else seen.wanted
    total, pounds = review.count_queue(seen.con, states=[state], bodies=bodies, settled=seen.settled)
    pages = max(1, -(-total // SIZE))
    at = min(max(who.page_asked, 1), pages)
    rows = review.queue(seen.con, states=[state], bodies=bodies, settled=seen.settled, first=seen.disputed, limit=SIZE, offset=SIZE * (at - 1))
    address = f"/review/?state={state}&{f'body={body}&' if body else ''}page="
    paging = Paging(at, pages, f"{address}{at - 1}" if at > 1 else "", f"{address}{at + 1}" if at < pages else "")
    choices = names if seen.bodies is None else {each: names.get(each, each) for each in sorted(seen.bodies)}
    blocks: list[Block] = [
        *_first(rows),
        Filters([("state", "What is known", STATES, state), ("body", "Paid by", dict(sorted(choices.items(), key=lambda each: each[1])), body)], "/review/"),
        _table(rows, pounds, state),
        paging,
        *_stakes(seen),
        Links(
            [
                ("/review/decisions/", "Decisions so far", "and their file, to share with other bodies"),
                ("/review/vendors/", "Vendor lists", "by a body’s own vendor numbers: match it once, then look only at what is new"),
                ("/review/disputes/", "Disputed links", "what organisations say is not them"),
            ]
        ),
    ]
    return shown(who, Sheet("Whose name is this?", _answer(seen, rows, total, pounds, state), blocks))


def _answer(seen: Reviewing, rows: list[dict[str, Any]], total: int, pounds: Any, state: str) -> list[str]:
    if not total:
        return [f"Nothing waits here. As of {day(localdate(seen.built_at))}, when the record was last built."]
    said = f"{plural(total, 'payee')} ({STATES[state].lower()}) with {money(pounds)} {'waits' if total == 1 else 'wait'} for a person."
    if rows and pounds and len(rows) < total:
        said += f" Down to the last of this page it is {percent(float(rows[-1]['running'] / pounds))} of that money."
    decided = f"Each decision holds for every file the payee stands in, from the next build. Built {day(localdate(seen.built_at))}."
    return [said, decided]


def _first(rows: list[dict[str, Any]]) -> list[Block]:
    return [Links([(f"/review/payee/{rows[0]['payee']}/", "Begin with the first", "decide, and the next one comes")])] if rows else []


def _table(rows: list[dict[str, Any]], pounds: Any, state: str) -> Table:
    lines: list[tuple[Value, ...]] = [
        (
            Cell(row["published_name"], f"/review/payee/{row['payee']}/", _spelled(row), mark="late" if row["is_disputed"] else ""),
            Cell(row["register_name"], note=f"{row['organisation_id']}, {row['probability']:.3f}") if row["register_name"] else None,
            row["rows"],
            Cell(money(row["amount"])),
            Cell(percent(float(row["running"] / pounds)) if pounds else "0 %"),
        )
        for row in rows
    ]
    empty = f"No payee waits here. Those “{STATES[state].lower()}” come with the next build of the record."
    note = "The largest sum first; disputed names before all. Names are as published, and some may be of people: they are shown to reviewers alone."
    return Table("Names to review", ("Payee", "Likeliest on a register", "#Rows", "#Sum", "#Of the money waiting, down to here"), lines, empty, note)


def _spelled(row: dict[str, Any]) -> str:
    said = [f"{count(row['spellings'])} spellings"] if row["spellings"] > 1 else []
    return ", ".join(["Disputed", *said] if row["is_disputed"] else said)


def _stakes(seen: Reviewing) -> list[Block]:
    if seen.bodies is not None:
        return [Words([f"You see the payees of {plural(len(seen.bodies), 'body')} you act for."])]
    held = review.standing(seen.con)
    waiting = held["waiting"]
    told = [(STATES[state], *waiting.get(state, (0, 0))) for state in STATES]
    pairs: list[tuple[str, Value]] = [
        ("All money on record", Cell(money(held["total"]))),
        ("Identified", Cell(money(held["identified"]), note=percent(float(held["identified"] / held["total"])) if held["total"] else "")),
    ]
    bars = [(words, int(pounds), f"{money(pounds)} in {plural(payees, 'payee')}") for words, payees, pounds in told]
    return [
        Bars(bars, "What is at stake", "Pounds by what is known of the payee. Names that may be of people and are like nothing on a register stay out."),
        Facts(pairs),
    ]


@signed_in
def following(who: Asked) -> HttpResponseBase:
    """The next payee that waits after one that was skipped or decided."""
    seen = reviewing(who)
    if seen is None:
        return nothing_built(who)
    after, done = who.request.GET.get("after", ""), who.request.GET.get("done", "")
    state = choice(who.request, "state", STATES, "review")
    left = review.payee(seen.con, after)
    settled = [name for name in seen.settled if left is None or name != left["normalised_name"]]  # the one just decided still has its place
    keys = review.queue_keys(seen.con, states=[state], bodies=seen.wanted, settled=settled, first=seen.disputed)
    place = keys.index(after) + 1 if after in keys else 0
    if place >= len(keys):
        return HttpResponseRedirect("/review/")
    return HttpResponseRedirect(f"/review/payee/{keys[place]}/{f'?done={done}' if decisions.decision(done) else ''}")


def seen_or_refused(who: Asked) -> Reviewing:
    """The lake as this person may see it. Raises NotAllowed, also where nothing is built to decide about."""
    seen = reviewing(who)
    if seen is None:
        raise NotAllowed("No lake with names to review is built yet, so there is nothing to decide. Run `opencompact build` first.")
    return seen
