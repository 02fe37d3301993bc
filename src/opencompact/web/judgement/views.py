"""Pages of bodies, one and all, and of the methods."""

from itertools import groupby

from django.http import HttpResponse

from opencompact.judgement import queries
from opencompact.records import queries as records
from opencompact.records.queries import Row, sums
from opencompact.registry import load_catalogue
from opencompact.web.judgement import presenters, reads
from opencompact.web.pictures.ink import Picture
from opencompact.web.pictures.lengths import strip
from opencompact.web.pictures.months import grid
from opencompact.web.records.presenters import money_picture, money_years
from opencompact.web.series import UNDER_12_WEEKS, by_quarter, by_year, figures, tally
from opencompact.web.showing import Shown, found, page
from opencompact.web.words import plural

BODIES = ("/bodies/", "Bodies")
METHODS = ("/methods/", "Methods")
# A charity that publishes its grants is no public body: no promise here binds it, and nothing about it is compared.
FUNDER = "funder"
# Fewer consultations in a year than this, and the sentence at the top speaks of all years together.
ENOUGH = 5
MOST_ROWS = 12


@page
def bodies(shown: Shown) -> HttpResponse:
    """Which bodies publish what, and what does it show?"""
    held = reads.bodies(shown.con, indicator=UNDER_12_WEEKS)
    card = reads.indicator(shown.con, UNDER_12_WEEKS)
    funders = [row for row in held if row["kind"] == FUNDER]
    kinds = presenters.kinds(row for row in held if row["kind"] != FUNDER)
    return shown.page(
        "judgement/bodies.html",
        kinds=kinds,
        all=len(held) - len(funders),
        funders=funders,
        told=sum(len(each.told) for each in kinds),
        silent=sum(len(each.silent) for each in kinds),
        least=card["not_enough_below"] if card else None,
    )


@page
def body(shown: Shown, body: str) -> HttpResponse:
    """What one body did, and what it has not published."""
    one = found(reads.body(shown.con, body), "No such body in this release.")
    family = reads.family(shown.con, one)
    members = [row["body"] for row in family if one["body"] == one["history"] and row["history"] == one["body"]] or [body]
    consultations = reads.consultations_of(shown.con, bodies=members)
    short = [row for row in consultations if row["days_open"] is not None and row["days_open"] < 84]
    unanswered = [row for row in consultations if row["response_state"] in ("overdue", "late")]
    # A month in which no consultation opened is no gap in the record, so only money has a calendar.
    months = [row for row in records.coverage_of(shown.con, bodies=members) if row["record"] in records.MONEY]
    verdicts = queries.verdicts_of_body(shown.con, body=body)
    money = [(record, money_years(sums.money_by_year(shown.con, record=record, bodies=members))) for record in records.MONEY]
    finding = presenters.finding(consultations, least=ENOUGH)
    return shown.page(
        "judgement/body.html",
        crumbs=[BODIES],
        body=one,
        before=[row for row in family if row["body"] in (one["predecessors"] or "").split(";")],
        after=[row for row in family if row["body"] in (one["successors"] or "").split(";")],
        members=[row for row in family if row["body"] in members and row["body"] != body],
        finding=finding,
        verdicts=verdicts,
        judged=reads.judged_of_body(shown.con, body=body),
        tally=tally(verdicts),
        consultations=consultations,
        calls=sum(row["kind"] == "call_for_evidence" for row in consultations),
        unknown=sum(row["days_open"] is None for row in consultations),
        lengths=_lengths(consultations, finding) if any(row["days_open"] is not None for row in consultations) else None,
        quarters=by_quarter(shown.con, indicator=UNDER_12_WEEKS, body=body, key="quarters", question="Under 12 weeks"),
        series=figures(shown.con, indicator=UNDER_12_WEEKS, body=body, kind="quarter"),
        short=short[:MOST_ROWS],
        short_all=len(short),
        unanswered=unanswered[:MOST_ROWS],
        unanswered_all=len(unanswered),
        money=[(record, years, money_picture(record, years, key=f"money-{record}")) for record, years in money if years],
        calendars=[
            (
                record,
                grid(
                    {row["month"]: row["state"] for row in group},
                    key=f"months-{record}",
                    title=f"Months of {record} held here",
                    subtitle="A box a month. Hatched: not held. Crossed: not published.",
                ),
            )
            for record, held in groupby(months, key=lambda row: row["record"])
            for group in (list(held),)
        ],
        gaps=presenters.gaps(months),
        measures=queries.measures_of_body(shown.con, body=body),
    )


def _lengths(consultations: list[Row], finding: presenters.Finding) -> Picture:
    dots = presenters.lengths(consultations)
    when = f"In {finding.year}" if finding.year else "In all years"
    title = f"{when}, {finding.short} of {finding.known} ran under 12 weeks"
    return strip(
        dots,
        key="lengths",
        title=title,
        subtitle=f"{plural(len(dots), 'dot')}, one a consultation, by days open. Filled orange: under 84 days. Hollow: a call for evidence.",
    )


@page
def methods(shown: Shown) -> HttpResponse:
    """How is each figure made?"""
    return shown.page("judgement/methods.html", indicators=reads.indicators(shown.con))


@page
def method(shown: Shown, indicator: str) -> HttpResponse:
    """One method: its rule, its SQL, its worked examples, its figures."""
    row = found(reads.indicator(shown.con, indicator), "No such method in this release.")
    measures = queries.measures_by_body(shown.con, indicator=indicator)
    return shown.page(
        "judgement/method.html",
        crumbs=[METHODS],
        row=row,
        card=load_catalogue().indicators.get(indicator),
        tests=[slug for slug in (row["tests"] or "").split(";") if slug],
        everybody=next((each for each in measures if each["body"] == "all"), None),
        measures=[each for each in measures if each["body"] != "all"],
        years=figures(shown.con, indicator=indicator, body="all", kind="year"),
        picture=by_year(shown.con, indicator=indicator, body="all", key="years", question=row["title"]) if row["unit"] == "share" else None,
    )
