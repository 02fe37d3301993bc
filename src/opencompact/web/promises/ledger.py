"""Pages of the ledger: every commitment with its two states, as of any day; what moved since a day; plans as their own table."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase

from opencompact.accounts.rules import may
from opencompact.organisations.queries.office import body_names, lineage
from opencompact.promises.queries import ledger as queries
from opencompact.promises.rules.commitments import DELIVERY, FINDINGS, KINDS, State, count, how_counted, is_closed, is_overdue
from opencompact.web.atom import Entry as News
from opencompact.web.atom import feed
from opencompact.web.blocks import Block, Cell, Filters, Links, Sheet, Table, Value, Words, as_csv, paged, shown
from opencompact.web.office import Asked, office
from opencompact.web.words import day, plural

LEDGER = ("/ledger/", "Ledger")
SIZE = 50
_HEADS = ("Commitment", "Kind", "Who", "Due", "The owner says", "Found independently")


def asked_day(who: Asked, name: str = "on") -> date | None:
    """A day of the query string; none where it is none, so that a mistyped address still answers."""
    try:
        return date.fromisoformat(who.request.GET.get(name, ""))
    except ValueError:
        return None


def wanted(who: Asked) -> Mapping[str, str]:
    """What of the list is asked for; words that are none of the choices are left out."""
    given = {name: who.request.GET.get(name, "")[:200].replace("\x00", "") for name in ("q", "body", "plan", "kind", "delivery", "finding", "overdue", "on")}
    choices = {"kind": KINDS, "delivery": DELIVERY, "finding": FINDINGS, "overdue": {"yes": ""}}
    return {name: text for name, text in given.items() if text and (name not in choices or text in choices[name])}


def narrowed(who: Asked, asked: Mapping[str, str], *, on: date | None) -> QuerySet[Any]:
    """The commitments the viewer sees that fit, the most urgent first."""
    rows = queries.commitments(who.viewer, on=on)
    if "overdue" in asked:
        rows = queries.overdue(who.viewer, today=on or who.today, rows=rows)
    if "q" in asked:
        rows = rows.filter(Q(title__icontains=asked["q"]) | Q(text__icontains=asked["q"]) | Q(key__icontains=asked["q"]))
    exact = {"plan": "plan", "kind": "kind", "delivery": "delivery_now", "finding": "finding_now"}
    rows = rows.filter(**{field: asked[name] for name, field in exact.items() if name in asked})
    if "body" in asked:
        rows = queries.owned_by(rows, lineage(asked["body"], on=on or who.today))
    return queries.by_urgency(rows, today=on or who.today)


@office
def ledger(who: Asked) -> HttpResponseBase:
    """Who promised what, by when, and what became of it?"""
    asked, on = wanted(who), asked_day(who)
    rows, today, names = narrowed(who, asked, on=on), on or who.today, body_names()
    if who.request.GET.get("format") == "csv":
        return as_csv(_list(queries.lines(list(rows), on=on), names, today, plain=True), "ledger", is_sample=who.is_sample)
    address = f"/ledger/?{urlencode([*asked.items(), ('', '')])}".removesuffix("=")
    page, paging = paged(rows, at=who.page_asked, size=SIZE, address=address)
    late = queries.overdue(who.viewer, today=today, rows=queries.commitments(who.viewer, on=on)).count()
    return shown(
        who,
        Sheet(
            "Who promised what, and what became of it?",
            [
                f"{plural(rows.count(), 'commitment')} {'fit what you asked' if asked else 'stand in the ledger'}"
                f"{f', as it stood on {day(on)}' if on else ''}. "
                f"{plural(late, 'is', 'are') if late else 'None is'} past the day and still owed."
            ],
            [*_ways(who, asked, names, on), _list(queries.lines(page, on=on), names, today, csv=f"{address}format=csv"), paging],
        ),
    )


def _ways(who: Asked, asked: Mapping[str, str], names: Mapping[str, str], on: date | None) -> list[Block]:
    fields: tuple[tuple[str, str, Mapping[str, str], str], ...] = (
        ("q", "Words", {}, asked.get("q", "")),
        ("body", "Who", names, asked.get("body", "")),
        ("kind", "Kind", KINDS, asked.get("kind", "")),
        ("delivery", "The owner says", DELIVERY, asked.get("delivery", "")),
        ("finding", "Found", FINDINGS, asked.get("finding", "")),
        ("overdue", "Overdue", {"yes": "Overdue only"}, asked.get("overdue", "")),
        ("on", "As it stood on", {}, str(on or "")),
    )
    new = [("/ledger/new/", "Record a commitment", "")] if who.account and _may_record(who) else []
    links = [
        ("/ledger/plans/", "Plans as their own tables", "and what became of last year's"),
        (f"/ledger/since/{who.today.replace(day=1)}/", "What moved this month", "also as a feed"),
        *new,
    ]
    return [Links(links), Filters(fields, "/ledger/")]


def _may_record(who: Asked) -> bool:
    return may(who.viewer, "record_commitment") or any(may(who.viewer, "record_commitment", body=body) for body in who.viewer.bodies)


def _list(lines: Iterable[queries.Line], names: Mapping[str, str], today: date, *, csv: str = "", plain: bool = False) -> Table:
    rows = [_row(line, names, today, plain=plain) for line in lines]
    heads = ("Key", *_HEADS, "In its own words") if plain else _HEADS
    note = "What the owner says and what was found independently are kept apart. The due day itself still counts."
    return Table("Commitments", heads, rows, "Nothing fits. A commitment is recorded here by whoever made it, by the centre or by an auditor.", note, csv)


def _row(line: queries.Line, names: Mapping[str, str], today: date, *, plain: bool) -> tuple[Any, ...]:
    row, state = line.row, line.state
    owners = ", ".join(names.get(owner.body, owner.body) for owner in line.owners)
    if plain:
        return (row.key, row.title, KINDS[row.kind], owners, state.due_on, DELIVERY[state.delivery], FINDINGS[state.finding], row.text)
    return Cell(row.title, f"/ledger/{row.key}/"), KINDS[row.kind], owners, due_cell(state, today), claim_cell(state), finding_cell(state)


def due_cell(state: State, today: date) -> Cell:
    """The due day, marked where it has passed, with the sum."""
    if state.due_on is None:
        return Cell("no day given", is_missing=True)
    if is_overdue(state, today=today):
        return Cell(f"Overdue: {day(state.due_on)}", mark="late", note=how_counted(state, today=today))
    return Cell(day(state.due_on), note=f"put off {plural(state.put_off, 'time')}" if state.put_off else "")


def claim_cell(state: State) -> Cell:
    """What the owner says."""
    again = f"opened again {plural(state.opened_again, 'time')}" if state.opened_again else ""
    return Cell(DELIVERY[state.delivery], mark="claim" if state.delivery == "claimed_done" else "quiet", note=again)


def finding_cell(state: State) -> Cell:
    """What was found by somebody who owns none of it."""
    mark = {"delivered": "good", "not_delivered": "late", "delivered_in_part": "late"}.get(state.finding, "quiet")
    return Cell(FINDINGS[state.finding], mark=mark)


@office
def since(who: Asked, day_text: str) -> HttpResponseBase:
    """What moved since a day?"""
    first = date.fromisoformat(day_text)
    rows, names = queries.updates_since(who.viewer, first), body_names()
    if who.request.GET.get("format") == "atom":
        news = [News(f"/ledger/{row.commitment.key}/", f"{row.commitment.title}: {_moved(row)}", row.text, row.at, str(row.pk)) for row in rows[:100]]
        return feed(who.request, "What moved in the ledger", news)
    page, paging = paged(rows, at=who.page_asked, size=SIZE, address=f"/ledger/since/{first}/?")
    table = Table(
        "Updates, the latest first",
        ("Commitment", "Day", "Who says so", "What moved", "In words"),
        [
            (Cell(row.commitment.title, f"/ledger/{row.commitment.key}/"), row.on, names.get(row.body, row.body or "an auditor"), _moved(row), row.text)
            for row in page
        ],
        "Nothing was told since that day.",
    )
    kinds = Counter(_moved(row) for row in rows)
    answer = f"{plural(sum(kinds.values()), 'update')} since {day(first)}" + ("".join(f"; {words.lower()}: {n}" for words, n in kinds.most_common(4)) + ".")
    feeds = Links([(f"/ledger/since/{first}/?format=atom", "Follow this as an Atom feed", "")])
    return shown(who, Sheet("What moved since then?", [answer], [table, paging, feeds], [LEDGER]))


def _moved(update: Any) -> str:
    if update.finding:
        return f"Found: {FINDINGS[update.finding]}"
    if update.delivery:
        return DELIVERY[update.delivery]
    return "Due day moved" if update.due_on else "Words only"


@office
def plans(who: Asked) -> HttpResponse:
    """Which plans are there?"""
    rows: list[tuple[Value, ...]] = []
    for plan, held in queries.states_by_plan(who.viewer).items():
        counted = count(held, today=who.today)
        rows.append((Cell(plan_title(plan), f"/ledger/plans/{plan}/"), counted.all, counted.closed, counted.claimed, counted.overdue, counted.open))
    heads = ("Plan", "#All", "#Ended or found delivered", "#Done, says the owner", "#Overdue", "#Open")
    table = Table(
        "Plans", heads, rows, "No plan is held. A plan comes from last year's tracker or from commitments recorded under it.", "Each action is counted once."
    )
    links = Links([("/ledger/plans/read/", "Read a plan's tracker from a spreadsheet", "")]) if may(who.viewer, "roll_over") else Links([])
    return shown(who, Sheet("What do the plans say?", [f"{plural(len(rows), 'plan')} held."], [table, links], [LEDGER]))


def plan_title(plan: str) -> str:
    """`joint-action-plan-2031` as words."""
    return plan.replace("-", " ").capitalize()


@office
def plan(who: Asked, plan: str) -> HttpResponseBase:
    """One plan as its own table: a row for each objective, a column for each party."""
    lines, names = queries.lines(list(queries.commitments(who.viewer).filter(plan=plan).order_by("objective", "key"))), body_names()
    parties = sorted({owner.body for line in lines for owner in line.owners})
    objectives: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        row = objectives.setdefault(line.row.objective or "No objective named", {})
        for owner in line.owners:
            row.setdefault(owner.body, []).append(f"{line.row.title} ({state_words(line.state, who.today)})")
    heads = ("Objective", *(names.get(party, party) for party in parties))
    cells: list[tuple[Value, ...]] = [(objective, *(_cell_of(held.get(party)) for party in parties)) for objective, held in objectives.items()]
    table = Table(
        plan_title(plan),
        heads,
        cells,
        "Nothing is recorded under this plan.",
        "As the plan is published: objectives by parties.",
        f"/ledger/plans/{plan}/?format=csv",
    )
    if who.request.GET.get("format") == "csv":
        return as_csv(table, plan, is_sample=who.is_sample)
    counted = count((line.state for line in lines), today=who.today)
    answer = (
        f"{plural(counted.all, 'action')}: {counted.closed} ended or found delivered, {counted.claimed} done as their owners say, "
        f"{counted.overdue} overdue, {counted.open} open."
    )
    listed = _list(lines, names, who.today)
    asks = [(f"/ledger/plans/{plan}/ask/", "Ask every owner for an update", "answered on a page, by a one-time link or in a spreadsheet")]
    links = [(f"/ledger/plans/{plan}/became/", "What became of it the year after", "completed, carried on, dropped, or silently gone")]
    links += asks if may(who.viewer, "ask") else []
    links += [(f"/ledger/plans/{plan}/roll-over/", "Carry what is still owed into the next plan", "")] if may(who.viewer, "roll_over") else []
    return shown(
        who,
        Sheet(f"Is the {plan_title(plan)} on track?", [answer], [Links(links), table, listed, *_problems(who, plan)], [LEDGER, ("/ledger/plans/", "Plans")]),
    )


def _cell_of(actions: list[str] | None) -> Cell:
    return Cell("\n".join(actions)) if actions else Cell("nothing", is_missing=True)


def _problems(who: Asked, plan: str) -> list[Block]:
    if not may(who.viewer, "roll_over"):
        return []
    rows = [(row.file, row.sheet, row.row, row.field, row.found, row.expected) for row in queries.import_problems(plan)]
    heads = ("File", "Sheet", "#Row", "Field", "Found", "Expected")
    return [Table("Rows of its tracker that could not be read", heads, rows, "Every row of its tracker was read, or none was given.")] if rows else []


def state_words(state: State, today: date) -> str:
    """Both axes in a few words."""
    late = ", overdue" if is_overdue(state, today=today) else ""
    found = "" if state.finding == "not_assessed" else f"; found: {FINDINGS[state.finding].lower()}"
    return f"{DELIVERY[state.delivery].lower()}{found}{late}"


@office
def became(who: Asked, plan: str) -> HttpResponseBase:
    """What became of each action of a plan in the year after: none may vanish without a word."""
    lines = queries.lines(list(queries.commitments(who.viewer).filter(plan=plan).order_by("objective", "key")))
    after = queries.carried_on(who.viewer, plan)
    rows = [(Cell(line.row.title, f"/ledger/{line.row.key}/"), *_fate(line, after.get(line.row.pk))) for line in lines]
    fates = Counter(row[1] for row in rows)
    table = Table(
        "Each action",
        ("Action", "What became of it", "Where it says so"),
        rows,
        "Nothing is recorded under this plan.",
        csv=f"/ledger/plans/{plan}/became/?format=csv",
    )
    if who.request.GET.get("format") == "csv":
        return as_csv(table, f"{plan}-became", is_sample=who.is_sample)
    answer = "; ".join(f"{fate.lower()}: {n}" for fate, n in fates.most_common()) or "nothing to say"
    note = Words(["Silently gone: not said to be done, dropped or put off, and not in a later plan."])
    crumbs = [LEDGER, ("/ledger/plans/", "Plans"), (f"/ledger/plans/{plan}/", plan_title(plan))]
    return shown(who, Sheet(f"What became of the {plan_title(plan)}?", [f"Of {plural(len(rows), 'action')}: {answer}."], [table, note], crumbs))


def _fate(line: queries.Line, later: Any) -> tuple[str, Any]:
    if later is not None:
        return "Carried on", Cell(later.title, f"/ledger/{later.key}/", note=plan_title(later.plan) if later.plan else "")
    if line.state.delivery in ("withdrawn", "superseded"):
        return "Dropped, with a reason", DELIVERY[line.state.delivery]
    if is_closed(line.state):
        return "Completed", FINDINGS[line.state.finding] if line.state.finding != "not_assessed" else DELIVERY[line.state.delivery]
    if line.state.delivery == "claimed_done":
        return "Said to be done, found otherwise", FINDINGS[line.state.finding]
    if line.state.delivery == "deferred":
        return "Put off", line.state.due_on
    return "Silently gone", Cell("nowhere", is_missing=True)
