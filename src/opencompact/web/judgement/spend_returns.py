"""Pages of yearly returns of spending: which there are, and one with every body it binds, its target and where its return stands, beside its coverage."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponseBase

from opencompact.judgement.queries import spend_returns as queries
from opencompact.judgement.queries.spend_returns import Filed, Set
from opencompact.judgement.rules.spend_returns import PUBLISHED, STATES, due_of, in_force, state
from opencompact.lake import Connection
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import spending
from opencompact.records.queries.sums import range_of, years_held
from opencompact.registry import load_catalogue
from opencompact.registry.cards import SpendReturn
from opencompact.values.shares import between
from opencompact.web.blocks import Block, Cell, Drawing, Filters, Links, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.judgement.returns_known import year_words
from opencompact.web.judgement.spend_return_facts import VCSE, target_words, year_shown
from opencompact.web.labels import body_kinds
from opencompact.web.office import Asked, office
from opencompact.web.records.spending_pictures import compared
from opencompact.web.showing import in_force as release_in_force
from opencompact.web.showing import number
from opencompact.web.words import day, percent, plural

Row = dict[str, Any]
RETURNS = ("/spend-returns/", "Returns of spending")
UNDERCOUNTED = "Payments under each body’s publication threshold are absent, so small charities are undercounted."
_HEADS = ("Body", "Return", "Target in force", "#Months held", "#Identified", "#Voluntary share, least to most", "#Payment lines")


def card_of(slug: str) -> SpendReturn:
    """The card; raises Http404."""
    card = load_catalogue().returns.get(slug)
    if card is None:
        raise Http404("There is no such return.")
    return card


@office
def spend_returns(who: Asked) -> HttpResponseBase:
    """Which yearly returns of spending are there?"""
    links = [(f"/spend-returns/{slug}/", card.title, card.made_under) for slug, card in sorted(load_catalogue().returns.items())]
    answer = [f"{plural(len(links), 'return is', 'returns are')} kept here: a target, what was spent, and who signed it.", UNDERCOUNTED]
    blocks: list[Block] = [Links(links), Links([("/returns/", "The yearly data return", "grants, contracts, cuts and consultations, as bodies answer")])]
    return shown(who, Sheet("Which yearly returns of spending are there?", answer, blocks))


@office
def one(who: Asked, slug: str) -> HttpResponseBase:
    """Which bodies set a target and published their return, and what does the record show of them?"""
    card = card_of(slug)
    held_years = _years_held(card)
    year = number(who.request, "year", least=1990, most=2098) or year_shown(held_years, today=max(who.today, _as_of()))
    rows = _rows(card, year)
    targets, filings = queries.targets(slug), queries.filings(slug)
    lines = [(row["kind"], _line(who, card, year, row, targets, filings)) for row in rows]
    if who.request.GET.get("format") == "csv":
        return as_csv(Table("", _HEADS, [line for _, line in lines], ""), f"{slug}-{year}", is_sample=who.is_sample)
    due, owed = due_of(year, months=card.due_months), year >= card.first_year
    published = sum(any(PUBLISHED in each.done for each in filings.get((row["body"], year), [])) for row in rows)
    held = [in_force(targets.get((row["body"], VCSE), []), order=_order(card)) for row in rows]
    answer = [
        f"{published} of {plural(len(rows), 'body', 'bodies')} published a return for {year_words(year)}; {sum(each is not None for each in held)} have a "
        f"target in force.",
        f"{card.due_rule} For {year_words(year)} that is {day(due.on)}."
        if owed
        else f"No return is owed for {year_words(year)}: the first is of {year_words(card.first_year)}.",
        UNDERCOUNTED,
    ]
    years = {str(each): year_words(each) for each in sorted({*_years(card), *held_years, year}, reverse=True)}
    blocks: list[Block] = [
        *provisional(card),
        Filters((("year", "Financial year", years, str(year)),), f"/spend-returns/{slug}/"),
        *_kinds(rows, lines, card, year),
        Links([(f"/spend-returns/{slug}/?year={year}&format=csv", "Every body as CSV", "")]),
        Words([card.target_rule, card.change_rule, card.not_bound, f"Made under: {card.made_under}."], "The rules"),
        Links([(card.source_url, "The policy as published", "")]),
    ]
    return shown(who, Sheet(f"{card.title}: who reports, and what does the record show?", answer, blocks, [RETURNS]))


def provisional(card: SpendReturn) -> list[Block]:
    """What is said where the form may still change."""
    return [Words([card.provisional_because], "This form is provisional")] if card.is_provisional else []


def state_words(card: SpendReturn, year: int, filed: list[Filed], who: Asked) -> str:
    """Where a body's return of a year stands; `No return is owed` before the first."""
    if year < card.first_year:
        return "No return is owed"
    published = next((each.done[PUBLISHED] for each in filed if PUBLISHED in each.done), None)
    return STATES[state(year, months=card.due_months, published_on=published, today=who.today)]


def _order(card: SpendReturn) -> list[str]:
    return [each.step for each in card.target_steps]


def _years(card: SpendReturn) -> range:
    return range(card.first_year - 1, card.target_year + 1)


def _years_held(card: SpendReturn) -> list[int]:
    con = _record()
    return years_held(con, record=card.counts, kinds=card.binds) if con else []


def _as_of() -> date:
    """The day of the release in force; long ago where none is made yet."""
    try:
        return release_in_force().reader.release.at.date()
    except NoRelease:
        return date.min


def _record() -> Connection | None:
    """The release in force; none where none is made yet."""
    try:
        return release_in_force().reader.con.cursor()
    except NoRelease:
        return None


def _rows(card: SpendReturn, year: int) -> list[Row]:
    """Every body the return binds: those that take part, and those of the record; with the year's sums where the record has them."""
    names = body_names()
    kinds = {row.body: row.kind for row in office_bodies() if row.kind in card.binds}
    con = _record()
    spent = spending.spent_by_body(con, record=card.counts, began=year) if con else {}
    found = {body: {"body": body, "kind": kind, "name": names[body]} for body, kind in kinds.items()}
    for body, row in spent.items():
        if body in found or row["kind"] in card.binds:
            found[body] = {**row, **found.get(body, {})}
    return sorted(found.values(), key=lambda row: (row["kind"], row["name"].lower(), row["body"]))


def _line(
    who: Asked, card: SpendReturn, year: int, row: Row, targets: Mapping[tuple[str, str], list[Set]], filings: Mapping[tuple[str, int], list[Filed]]
) -> tuple[Value, ...]:
    said = state_words(card, year, filings.get((row["body"], year), []), who)
    target = in_force(targets.get((row["body"], VCSE), []), order=_order(card))
    first = (
        Cell(row["name"], f"/spend-returns/{card.slug}/{row['body']}/{year}/"),
        Cell(said, mark={"Overdue": "late", "Published": "good"}.get(said, "quiet")),
        target_words(target) if target else Cell("none in force", is_missing=True),
    )
    if "rows" not in row:
        return (*first, *(Cell("nothing held of the year", is_missing=True) if place == 0 else Cell("", is_missing=True) for place in range(4)))
    found = range_of(row)
    known = between(row["voluntary"] + row["other"], row["other"] * 0, row["unidentified"])
    return (
        *first,
        f"{row['months']} of 12",
        percent(known.least) if known else Cell("cannot tell", is_missing=True),
        f"{percent(found.least)} to {percent(found.most)}" if found else Cell("cannot tell", is_missing=True),
        row["rows"],
    )


def _kinds(rows: list[Row], lines: list[tuple[str, tuple[Value, ...]]], card: SpendReturn, year: int) -> list[Block]:
    blocks: list[Block] = []
    if not rows:
        return [Table("Bodies", _HEADS, [], "No body that this return binds takes part or is in the record.")]
    for kind, group in groupby(rows, key=lambda row: str(row["kind"])):
        held = [{**row, "range": range_of(row), "between": 12} for row in group if "rows" in row]
        picture = compared(kind, held, record=card.counts)
        blocks += [Drawing(picture)] if picture else []
        caption = f"{body_kinds(kind)}, {year_words(year)}"
        blocks.append(Table(caption, _HEADS, [line for each, line in lines if each == kind], "", "In the order of the alphabet: this is no ranking."))
    return blocks
