"""The page of spend with the sector: payments, grants and contracts apart, each beside its coverage."""

from collections import Counter
from typing import Any

from django.http import HttpResponse

from opencompact.records import queries
from opencompact.records.queries import spending, sums
from opencompact.web.records import presenters, spending_words
from opencompact.web.showing import Shown, page

Row = dict[str, Any]


@page
def spend(shown: Shown) -> HttpResponse:
    """How much public money goes to the voluntary sector?"""
    coverage = {row["record"]: row for row in queries.coverage_by_record(shown.con)}
    bodies = sums.money_bodies(shown.con)
    public = Counter(row["record"] for row in bodies if row["is_public"])
    bands = spending.bands_held(shown.con)
    parts = [_part(shown, record, coverage.get(record), public[record], bands[record]) for record in queries.MONEY]
    funders = [row for row in bodies if not row["is_public"]]
    return shown.page("records/spend.html", parts=parts, held=[part for part in parts if part["years"]], funders=funders)


def _part(shown: Shown, record: str, coverage: Row | None, bodies: int, bands: list[Row]) -> Row:
    years = presenters.money_years(sums.money_by_year(shown.con, record=record))
    stages = sums.standing_on(shown.con, record=record) if years else []
    return {
        "stages": stages,
        "could_be": sums.could_be(stages),
        "record": record,
        "title": presenters.RECORDS[record],
        "years": years,
        "totals": spending_words.totals(years),
        "coverage": coverage,
        "bodies": bodies,
        "picture": presenters.money_picture(record, years, key=f"spend-{record}"),
        "bands": spending_words.bands(bands),
    }
