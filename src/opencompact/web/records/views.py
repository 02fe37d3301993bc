"""Pages of consultations: the register and one consultation."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from opencompact.judgement import queries as judgement
from opencompact.records import queries
from opencompact.records.queries import Wanted
from opencompact.web.records import presenters
from opencompact.web.showing import Shown, choice, found, number, page
from opencompact.web.words import VERDICT_WORDS

REGISTER = ("/consultations/", "Consultations")
PAGE = 50
SHORT = {"under-84": "Under 12 weeks (84 days)", "under-42": "Under 6 weeks (42 days)", "84-or-more": "12 weeks or more", "unknown": "Length not known"}
KINDS = {"consultation": "Consultations", "call_for_evidence": "Calls for evidence", "other": "Other"}
MADE_BY = {"compact": "The Compact’s rule", "government": "The government’s rule"}
ORDERS = {
    "opened": "Latest first",
    "opened-first": "Earliest first",
    "shortest": "Shortest first",
    "longest": "Longest first",
    "title": "By title",
    "body": "By body",
}


@page
def consultations(shown: Shown) -> HttpResponseBase:
    """Did government give people time to answer?"""
    asked = _asked(shown.request)
    wanted = _wanted(asked)
    if shown.request.GET.get("format") == "csv":
        return shown.csv("consultations", queries.consultations_stream(shown.con, wanted=wanted))
    counts = queries.count_consultations(shown.con, wanted=wanted)
    pages = max(1, -(-counts["held"] // PAGE))
    at = min(number(shown.request, "page") or 1, pages)
    return shown.page(
        "records/consultations.html",
        asked=asked["q"],
        filter=asked,
        counts=counts,
        picture=presenters.weeks_picture(queries.consultations_by_weeks(shown.con, wanted=wanted)),
        consultations=queries.consultations(shown.con, wanted=wanted, order=asked["sort"] or "opened", limit=PAGE, offset=PAGE * (at - 1)),
        bodies=queries.consultation_bodies(shown.con),
        years=queries.consultation_years(shown.con),
        choices={"short": SHORT, "verdict": VERDICT_WORDS, "rule": MADE_BY, "kind": KINDS, "sort": ORDERS},
        at=at,
        pages=pages,
        csv=presenters.address(REGISTER[0], asked.items(), format="csv"),
        before=presenters.address(REGISTER[0], asked.items(), page=at - 1) if at > 1 else None,
        after=presenters.address(REGISTER[0], asked.items(), page=at + 1) if at < pages else None,
        sorts=[(words, presenters.address(REGISTER[0], asked.items(), sort=slug)) for slug, words in ORDERS.items()],
        is_filtered=any(given for name, given in asked.items() if name not in ("sort", "rule")),
    )


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "q": request.GET.get("q", "")[:200].replace("\x00", ""),
        "body": request.GET.get("body", "")[:200].replace("\x00", ""),
        "year": number(request, "year", least=1900, most=2999) or "",
        "short": choice(request, "short", SHORT),
        "verdict": choice(request, "verdict", VERDICT_WORDS),
        "rule": choice(request, "rule", MADE_BY),
        "kind": choice(request, "kind", KINDS),
        "sort": choice(request, "sort", ORDERS),
    }


def _wanted(asked: dict[str, Any]) -> Wanted:
    return Wanted(
        text=asked["q"],
        bodies=(asked["body"],) if asked["body"] else (),
        span=(date(asked["year"], 1, 1), date(asked["year"], 12, 31)) if asked["year"] else None,
        short=asked["short"],
        verdict=asked["verdict"],
        made_by=asked["rule"] or "compact",
        kind=asked["kind"],
    )


@page
def consultation(shown: Shown, consultation_id: str) -> HttpResponse:
    """Did this consultation give people time to answer?"""
    row = found(queries.consultation(shown.con, consultation_id), "No such consultation in this release.")
    return shown.page(
        "records/consultation.html",
        crumbs=[REGISTER, (f"/bodies/{row['body']}/", row["body_name"])],
        row=row,
        sum=presenters.sum_of(row),
        picture=presenters.time_bar(row),
        verdicts=judgement.consultation_verdicts(shown.con, consultation_id=consultation_id),
        softened=presenters.pieces(row["softened_by"], "|"),
        holidays=presenters.pieces(row["holidays"], ";"),
        others=[slug for slug in presenters.pieces(row["bodies"], ";") if slug != row["body"]],
        file=queries.file(shown.con, row["source_file"]),
        problems=queries.problems_of_row(shown.con, source_file=row["source_file"], source_row=row["source_row"]),
    )
