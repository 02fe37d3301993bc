"""Pages of publishers: what share of their files and rows tell what a reader needs, and a file of problems to act on."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse, HttpResponseBase

from opencompact.records.rules.quality import RECORDS
from opencompact.web.pictures.ranges import mark
from opencompact.web.records import quality_reads as reads
from opencompact.web.showing import Shown, found, page

Row = dict[str, Any]
PUBLISHERS = ("/publishers/", "Publishers")
MOST_FILES = 200
COMPARED = tuple(record.name for record in RECORDS)  # of registers and reference data there is one publisher each: nothing to compare
# Heads of columns, where the whole title would not fit; a slug without one is shown as it is.
HEADS = {
    "files-read": "Files read",
    "files-once": "No repeat",
    "rows-used": "Rows used",
    "rows-without-problem": "Rows without problem",
    "with-identifier": "Identifier",
    "with-name": "Name",
    "with-day": "Day",
    "with-amount": "Amount",
    "with-title": "Purpose or title",
    "with-reference": "Reference",
    "with-location": "Location",
    "with-duration": "Duration",
    "with-summary": "Description",
    "with-address": "Address",
    "months-held": "Months held",
    "with-both-days": "Day published",
}


@page
def publishers(shown: Shown) -> HttpResponse:
    """How well is the record published?"""
    shares = [row for row in reads.shares(shown.con) if row["record"] in COMPARED]
    records = [_record(record, list(rows)) for record, rows in groupby(shares, key=lambda row: row["record"])]
    all_of_them = {each["publisher"] for record in records for each in record["publishers"]}
    return shown.page("records/quality_publishers.html", crumbs=[], records=records, total=len(all_of_them))


def _record(record: str, rows: list[Row]) -> Row:
    by_publisher = [list(own) for _, own in groupby(rows, key=lambda row: row["publisher"])]
    return {
        "record": record,
        "heads": [(HEADS.get(row["measure"], row["measure"]), row["title"]) for row in by_publisher[0]],
        "middle": [row["middle"] for row in by_publisher[0]],
        "publishers": [{"publisher": own[0]["publisher"], "name": own[0]["name"], "shares": own} for own in by_publisher],
    }


@page
def publisher(shown: Shown, publisher: str) -> HttpResponse:
    """How well does one publisher publish?"""
    name = found(reads.name(shown.con, publisher=publisher), "No file of such a publisher was given to this build.")
    shares = reads.shares(shown.con, publisher=publisher)
    files = reads.files(shown.con, publisher=publisher)
    kinds = reads.problems_by_kind(shown.con, publisher=publisher)
    return shown.page(
        "records/quality_publisher.html",
        crumbs=[PUBLISHERS],
        name=name,
        publisher=publisher,
        records=[(record, [_drawn(row) for row in own]) for record, own in groupby(shares, key=lambda row: row["record"])],
        files=files[:MOST_FILES],
        files_all=len(files),
        rows=sum(row["rows_loaded"] or 0 for row in files if row["state"] == "read"),
        refused=sum(row["state"] == "refused" for row in files),
        kinds=kinds,
        problems=sum(row["times"] for row in kinds),
    )


def _drawn(row: Row) -> Row:
    """A share with its mark; the dashed line is the middle publisher's, where there are others."""
    share, whole = row["share"], row["middle"] if row["publishers"] > 1 else None
    return {**row, "mark": "" if share is None else mark(share, 0, share, whole=whole), "whole": whole}


@page
def problems(shown: Shown, publisher: str) -> HttpResponseBase:
    """Every problem of one publisher's files, as a file to work through."""
    found(reads.name(shown.con, publisher=publisher), "No file of such a publisher was given to this build.")
    return shown.csv("problems", reads.problems_stream(shown.con, publisher=publisher))
