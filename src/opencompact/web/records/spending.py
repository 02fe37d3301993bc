"""Pages of one kind of money, of all public bodies or of one: by year, size of the year, length, recipient and stage, with a file beside each table."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

from opencompact.records.queries import spending as asked
from opencompact.records.queries import sums
from opencompact.web.records import presenters, spending_pictures, spending_words
from opencompact.web.showing import Shown, choice, found, number, page

Row = dict[str, Any]
SPEND = ("/spend/", "Spend")
MOST = 25
# The file of each table: what is asked for it, which is what the table shows, whole and unrounded.
FILES: dict[str, Callable[..., list[Row]]] = {
    "years": asked.years_with_medians,
    "sizes": asked.by_year_and_band,
    "bands": asked.by_band,
    "lengths": asked.by_length,
    "stages": sums.standing_on,
    "range": lambda con, **given: sums.could_be(sums.standing_on(con, **given)).steps,
    "recipients": lambda con, **given: asked.recipients(con, limit=10**6, **given),
    "concentration": asked.concentration,
    "months": asked.months_of,
}


@page
def spending(shown: Shown, record: str, body: str = "") -> HttpResponseBase:
    """How much of one kind of money goes to the voluntary sector, to whom, and how sure is it?"""
    one = found(asked.body_named(shown.con, body=body), "No such body in this release.") if body else None
    bodies = asked.members(shown.con, body=body) if body else []
    given: dict[str, Any] = {"record": record, "bodies": bodies}
    if shown.request.GET.get("format") == "csv":
        name = choice(shown.request, "table", FILES, otherwise="years")
        return shown.csv("-".join(filter(None, (record, name, body.replace("/", "-")))), _as_file(FILES[name](shown.con, **given)))
    years = presenters.money_years(sums.money_by_year(shown.con, **given))
    sizes = spending_words.sizes(asked.by_year_and_band(shown.con, **given))
    lengths = spending_words.lengths(asked.by_length(shown.con, **given)) if record != "payments" else []
    apart = {each: presenters.money_years(asked.years_with_medians(shown.con, record=each, bodies=bodies)) for each in ("grants", "contracts")}
    held = asked.recipients(shown.con, limit=MOST, **given)
    gathered = [{**row, "part": float(row["top_ten"] / row["amount"])} for row in asked.concentration(shown.con, **given)]
    stages = sums.standing_on(shown.con, **given)
    could_be = sums.could_be(stages)
    whose = one["name"] if one else "all public bodies"
    return shown.page(
        "records/spending.html",
        crumbs=[SPEND, *([(f"/spend/{record}/", presenters.RECORDS[record])] if one else [])],
        record=record,
        title=presenters.RECORDS[record],
        one=one,
        whose=whose,
        members=[each for each in bodies if each != body],
        totals=spending_words.totals(years),
        years=years,
        months=spending_words.coverage(asked.months_of(shown.con, **given)),
        sizes=sizes,
        bands=spending_words.bands(asked.by_band(shown.con, **given)),
        lengths=lengths,
        apart=spending_words.apart(apart),
        held=held,
        gathered=gathered,
        stages=stages,
        could_be=could_be,
        most=MOST,
        pictures=spending_pictures.drawn(record, whose=whose, years=years, sizes=sizes, lengths=lengths, apart=apart, held=held, stages=stages),
    )


@page
def compare(shown: Shown, record: str) -> HttpResponseBase:
    """Do public bodies differ in what they pay the voluntary sector, and how much of each one's record is held?"""
    year = number(shown.request, "year", least=1990, most=2098)
    rows = asked.compared(shown.con, record=record, began=year)
    if shown.request.GET.get("format") == "csv":
        return shown.csv(f"{record}-compared", _as_file(rows))
    years = [row["began"] for row in sums.money_by_year(shown.con, record=record) if row["began"] is not None]
    kinds = spending_words.kinds(rows)
    return shown.page(
        "records/compare.html",
        crumbs=[SPEND, (f"/spend/{record}/", presenters.RECORDS[record])],
        record=record,
        title=presenters.RECORDS[record],
        year=year,
        years={str(each): spending_words.year(each) for each in reversed(years)},
        when=spending_words.year(year) if year else "all years held",
        kinds=[(kind, held, spending_pictures.compared(kind, held, record=record)) for kind, held in kinds],
        all=len(rows),
        csv=presenters.address(f"/spend/{record}/compare/", [("year", year)], format="csv"),
    )


def _as_file(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [tuple(rows[0]), *(tuple(row.values()) for row in rows)] if rows else [("nothing is held",)]
