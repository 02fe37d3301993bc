"""Pages of voluntary organisations: the list, and one with the public money found for it."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse

from opencompact.web import labels, words
from opencompact.web.organisations import history, reads
from opencompact.web.records.presenters import organisation_picture
from opencompact.web.showing import Shown, choice, found, number, page

LIST = ("/organisations/", "Organisations")
PAGE = 50
MOST = 100


@page
def organisations(shown: Shown) -> HttpResponse:
    """Which voluntary organisations does the record name?"""
    text = shown.request.GET.get("q", "")[:200].replace("\x00", "")
    bands = {**labels.labels(*labels.SIZE_BANDS), "not_held": "Income not held"}
    band = choice(shown.request, "band", bands)
    total = reads.count(shown.con, text=text, band=band)
    pages = max(1, -(-total // PAGE))
    at = min(number(shown.request, "page") or 1, pages)
    held = reads.organisations(shown.con, text=text, band=band, limit=PAGE, offset=PAGE * (at - 1))
    return shown.page("organisations/organisations.html", held=held, total=total, text=text, band=band, bands=bands, at=at, pages=pages)


@page
def organisation(shown: Shown, organisation_id: str) -> HttpResponse:
    """What public money was found for one organisation?"""
    one = found(reads.organisation(shown.con, organisation_id), "No such voluntary organisation in this release. Other payees have no page.")
    money = reads.money(shown.con, organisation_id)
    public = [row for row in money if row["is_public"]]
    years, total = _years(public), sum(row["amount"] or 0 for row in public)
    disputed = reads.disputed(shown.con, organisation_id)
    latest = reads.latest(shown.con, organisation_id, limit=MOST)
    rows = [{**row, "dispute": disputed.get((row["record"], row["source_file"], row["source_row"]))} for row in latest]
    return shown.page(
        "organisations/organisation.html",
        crumbs=[LIST],
        one=one,
        total=total,
        rows_all=sum(row["rows"] for row in money),
        rows_public=sum(row["rows"] for row in public),
        bodies=len({row["body"] for row in public}),
        years=years,
        picture=organisation_picture(years, title=f"{words.money(total)} of public money found") if len(years) > 1 else None,
        others=_years([row for row in money if not row["is_public"]]),
        rows=rows,
        disputed=len(disputed),
        declared=reads.declared(shown.con, organisation_id),
        disputes=sorted(set(disputed.values())),
        probable=reads.count_probable(shown.con, organisation_id),
        history=history.sections(shown, organisation_id),
        then=history.on_day(shown, organisation_id),
    )


def _years(money: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        ("day not held" if began is None else f"{began}/{(began + 1) % 100:02}", list(group)) for began, group in groupby(money, key=lambda row: row["began"])
    ]
