"""The figures of a round on consultations, computed from the rows of the release: short ones, those not explained, by body and by half-year."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponseBase

from opencompact.judgement.queries import audits as queries
from opencompact.judgement.rules.audits_figures import Case, Share, at_the_boundary, by_body, by_period, over_twelve_weeks, short, unexplained
from opencompact.organisations.queries.office import body_names
from opencompact.publication.queries import NoRelease
from opencompact.web.blocks import Bars, Block, Cell, Sheet, Table, Value, as_csv, shown
from opencompact.web.judgement import reads
from opencompact.web.judgement.audits import AUDITS
from opencompact.web.office import Asked, office
from opencompact.web.showing import in_force
from opencompact.web.words import day, path, percent, plural

_FOUND = {"given": True, "none_found": False}


@office
def figures(who: Asked, key: str) -> HttpResponseBase:
    """How many of the consultations of these bodies were short, and how many of those went unexplained?"""
    held = queries.round_of(who.viewer, key)
    if held is None:
        raise Http404("No such audit that you may see.")
    cases = cases_of(list(held.bodies.values_list("body", flat=True)), until=held.cut_off_on)
    names = body_names()
    table = _by_body(cases, names)
    if who.request.GET.get("format") == "csv":
        return as_csv(table, f"audit-{key}-figures", is_sample=who.is_sample)
    blocks: list[Block] = [table, *_by_half_year(cases), _boundary(cases)]
    sheet = Sheet(f"How long were the consultations? {held.title}", _answer(cases, held.cut_off_on), blocks, [AUDITS, (f"/audits/{key}/", held.title)])
    return shown(who, sheet)


def cases_of(bodies: Sequence[str], *, until: date) -> list[Case]:
    """The bodies' consultations in the release that opened up to that day; none where there is no release. Calls for evidence are left out."""
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return []
    rows = reads.consultations_of(con, bodies=list(bodies))
    return [
        Case(row["body"], row["opened_on"], row["days_open"], _FOUND.get(row["explanation"]))
        for row in rows
        if row["kind"] != "call_for_evidence" and row["opened_on"] and row["opened_on"] <= until
    ]


def _answer(cases: Sequence[Case], until: date) -> list[str]:
    if not cases:
        return [f"The release in force holds no consultation of these bodies opened up to {day(until)}. It is filled by `opencompact build`."]
    few, silent = short(cases), unexplained(cases)
    return [
        f"Of {plural(few.of, 'consultation')} whose length is known, {few.hits} ({percent(few.value)}) ran under 12 weeks. "
        f"Of {plural(silent.of, 'short one')} searched for a reason, {silent.hits} ({percent(silent.value)}) gave none that was found.",
        f"Opened up to {day(until)}, the last day of the audit's evidence. Not known: {plural(few.missing, 'length')}.",
    ]


def _cell(share: Share) -> Cell:
    if share.value is None:
        return Cell("none to tell by", is_missing=True)
    return Cell(f"{share.hits} of {share.of}", note=percent(share.value))


def _by_body(cases: Sequence[Case], names: dict[str, str]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (Cell(names.get(body, body), f"/bodies/{path(body)}/"), _cell(few), _cell(silent), few.missing) for body, (few, silent) in by_body(cases).items()
    ]
    heads = ("Body", "#Under 12 weeks", "#Short, no reason found", "#Length not known")
    empty = "The release in force holds no consultation of these bodies up to the cut-off day."
    return Table("By body", heads, rows, empty, "Under 12 weeks is under 84 days, closing day less opening day.", "?format=csv")


def _by_half_year(cases: Sequence[Case]) -> list[Block]:
    days = [case.opened_on for case in cases if case.opened_on]
    if not days:
        return []
    shares = by_period(cases, half_years(min(days), max(days)))
    bars = [(name, share.percent or 0, f"{share.hits} of {share.of}, {percent(share.value)}") for name, share in shares.items() if share.of]
    return [Bars(bars, "Share under 12 weeks, by half-year of opening", "A half-year with no consultation of known length is left out.")]


def half_years(first: date, last: date) -> dict[str, tuple[date, date]]:
    """The half-years from one day to another, by name, each with its first and last day."""
    made: dict[str, tuple[date, date]] = {}
    for year in range(first.year, last.year + 1):
        for name, begins, ends in (("January to June", date(year, 1, 1), date(year, 6, 30)), ("July to December", date(year, 7, 1), date(year, 12, 31))):
            if ends >= first and begins <= last:
                made[f"{name} {year}"] = begins, ends
    return made


def _boundary(cases: Sequence[Case]) -> Table:
    rows: list[tuple[Value, ...]] = [
        ("Under 12 weeks (fewer than 84 days)", _cell(short(cases))),
        ("Exactly 12 weeks (84 days)", Cell(str(at_the_boundary(cases)))),
        ("More than 12 weeks (85 days or more)", _cell(over_twelve_weeks(cases))),
    ]
    note = "Some counts ask for more than 12 weeks, others for at least 12. They differ by the second line."
    return Table("Where the line is drawn", ("Length", "#Consultations"), rows, "", note)
