"""The page behind a figure: the rows it rests on, the files they came from, and their checksums."""

import re
from typing import Any

from django.http import HttpResponseBase

from opencompact.records import queries as records
from opencompact.records.queries import MONEY, Row, Span, Wanted, sums
from opencompact.web.judgement import reads
from opencompact.web.series import said, span_of
from opencompact.web.showing import Shown, found, page

MOST = 50


@page
def figure(shown: Shown, indicator: str, body: str, period: str) -> HttpResponseBase:
    """Where one figure comes from."""
    row = found(reads.measure(shown.con, indicator=indicator, body=body, period=period), "No such figure in this release.")
    record, bodies, span = record_of(row["sql"]), () if body == "all" else (body,), span_of(period)
    asked = {"row": row, "said": said(period), "record": record, "crumbs": [("/methods/", "Methods"), (f"/methods/{indicator}/", row["title"])]}
    if record == "consultations":
        return _consultations(shown, asked, Wanted(bodies=bodies, span=span))
    if record in MONEY:
        return _money(shown, asked, record, bodies, span)
    return shown.page("judgement/figure.html", **asked)


def record_of(sql: str) -> str:
    """The kind of record a measure's SELECT reads first; empty where it reads none that has rows of its own."""
    read = re.findall(r"\bFROM\s+(\w+)", sql, re.IGNORECASE)
    return next((name for name in read if name == "consultations" or name in MONEY), "")


def _consultations(shown: Shown, asked: dict[str, Any], wanted: Wanted) -> HttpResponseBase:
    if shown.request.GET.get("format") == "csv":
        return shown.csv("consultations-behind-a-figure", records.consultations_stream(shown.con, wanted=wanted))
    held = records.consultations(shown.con, wanted=wanted, limit=MOST)
    return shown.page(
        "judgement/figure.html", **asked, consultations=held, counts=records.count_consultations(shown.con, wanted=wanted), files=_files(shown, held)
    )


def _money(shown: Shown, asked: dict[str, Any], record: str, bodies: tuple[str, ...], span: Span | None) -> HttpResponseBase:
    if shown.request.GET.get("format") == "csv":
        return shown.csv(f"{record}-behind-a-figure", records.money_stream(shown.con, record=record, bodies=bodies, span=span))
    held = records.largest(shown.con, record=record, bodies=bodies, span=span, limit=MOST)
    counts = records.count_money(shown.con, record=record, bodies=bodies, span=span)
    stages = sums.standing_on(shown.con, record=record, bodies=bodies, span=span)
    return shown.page("judgement/figure.html", **asked, money=held, counts=counts, files=_files(shown, held), stages=stages, could_be=sums.could_be(stages))


def _files(shown: Shown, held: list[Row]) -> list[Row]:
    return records.files_named(shown.con, sorted({row["source_file"] for row in held}))
