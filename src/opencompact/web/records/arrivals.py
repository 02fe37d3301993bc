"""The page of completeness: whether everything that live sources offer arrived, day by day."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpResponseBase

from opencompact.records import queries
from opencompact.registry import load_catalogue
from opencompact.web.pictures.arrivals import STATES, last_days, sign, strips
from opencompact.web.records.origins import FILES
from opencompact.web.showing import Shown, page

MOST_DAYS = 60
MOST_LISTED = 200
SHORT = ("Complete", "With gaps", "Not proved", "Not asked")
# What the lines a source goes to become on these pages.
RECORDS = {
    "consultation_lines": "Consultations",
    "contract_lines": "Contracts",
    "release_lines": "Contracts",
    "grant_lines": "Grants",
    "payment_lines": "Payments",
    "register_names": "Organisations",
}
Row = dict[str, Any]


@page
def completeness(shown: Shown) -> HttpResponseBase:
    """Did everything that live sources offer arrive?"""
    rows = queries.arrivals(shown.con)
    if shown.request.GET.get("format") == "csv" and rows:
        return shown.csv("arrivals", [tuple(rows[0]), *(tuple(row.values()) for row in rows)])
    rows = [{**row, "words": STATES[row["state"]]} for row in rows]
    sources = [_source(list(group)) for _, group in groupby(rows, key=lambda row: row["source"])]
    wanting = [row for row in sorted(rows, key=lambda row: row["day"], reverse=True) if row["state"] != "complete"]
    days = last_days([row["day"] for row in rows], MOST_DAYS)
    return shown.page(
        "records/arrivals.html",
        crumbs=[FILES],
        sources=sources,
        counts=Counter(row["state"] for row in rows),
        days=len(rows),
        missing=sum(row["missing"] or 0 for row in rows),
        unknown=sum(row["state"] == "gaps" and row["missing"] is None for row in rows),
        wanting=wanting[:MOST_LISTED],
        left_out=max(0, len(wanting) - MOST_LISTED),
        signs=[(sign(state), words) for state, words in STATES.items()],
        states=SHORT,
        picture=strips(
            {source["title"]: {row["day"]: row["state"] for row in source["rows"]} for source in sources},
            days,
            key="arrivals",
            title=_title(rows),
            subtitle=f"Each box is one day of one source, the last {len(days)} days",
        )
        if rows
        else None,
        not_asked=_not_asked({row["source"] for row in rows}),
    )


def _source(rows: Sequence[Row]) -> Row:
    counts = Counter(row["state"] for row in rows)
    card = load_catalogue().sources.get(rows[0]["source"])
    sums = {name: sum(row[name] or 0 for row in rows) for name in ("arrived", "missing", "differing", "repeated", "faults")}
    known = [row for row in rows if row["offered"] is not None]
    return {
        "source": rows[0]["source"],
        "title": rows[0]["title"],
        "record": RECORDS.get(card.table, "Other") if card else "Other",
        "rows": rows,
        "days": len(rows),
        "first": rows[0]["day"],
        "last": rows[-1]["day"],
        "counts": [counts[state] for state in STATES],
        "offered": sum(row["offered"] for row in known) if len(known) == len(rows) else None,
        "is_known": not any(row["state"] == "gaps" and row["missing"] is None for row in rows),
        "asked": max((row["last_asked_at"] for row in rows if row["last_asked_at"]), default=None),
        **sums,
    }


def _title(rows: Sequence[Row]) -> str:
    gaps = sum(row["state"] == "gaps" for row in rows)
    return f"{gaps} of {len(rows)} days have gaps" if gaps else "No day is known to have gaps"


def _not_asked(asked: set[str]) -> list[str]:
    """Titles of live sources this release holds nothing of."""
    catalogue = load_catalogue()
    return sorted(catalogue.sources[slug].title for slug in catalogue.feeds if slug not in asked)
