"""Vendor lists: which of a body's own vendor numbers are settled, which follow from their name or number, and which are new."""

from typing import Any

from django.http import HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse

from opencompact.accounts.rules import may, require
from opencompact.organisations.actions import decisions as actions
from opencompact.organisations.queries import decisions, review
from opencompact.organisations.rules.decisions import ORGANISATION, VENDOR_COLUMNS, Settlement, vendor_row
from opencompact.web.blocks import Block, Cell, Links, Press, Sheet, Table, Value, shown
from opencompact.web.office import Asked, signed_in
from opencompact.web.organisations.names import QUEUE, nothing_built, reviewing
from opencompact.web.showing import csv_lines
from opencompact.web.words import count, money, plural

VENDORS = ("/review/vendors/", "Vendor lists")
MOST = 200
SURE = ("identifier", "exact")


@signed_in
def vendors(who: Asked) -> HttpResponseBase:
    """Whose vendor list is settled?"""
    seen = reviewing(who)
    if seen is None:
        return nothing_built(who)
    names, settled = review.body_names(seen.con), decisions.count_vendors()
    held = [row for row in review.bodies_with_vendors(seen.con) if seen.bodies is None or row["body"] in seen.bodies]
    rows: list[tuple[Value, ...]] = [
        (Cell(str(names.get(row["body"], row["body"])), f"/review/vendors/{row['body']}/"), row["vendors"], settled.get(row["body"], 0)) for row in held
    ]
    empty = "No file of payments read so far has a column of vendor numbers. Files with one (Supplier number, Vendor ID) fill this."
    answer = [f"{plural(len(rows), 'body publishes', 'bodies publish')} vendor numbers. A number that was settled once needs no second look."]
    return shown(who, Sheet("Whose vendor list is settled?", answer, [Table("Vendor lists", ("Body", "#Vendor numbers", "#Settled"), rows, empty)], [QUEUE]))


@signed_in
def vendor_list(who: Asked, body: str) -> HttpResponseBase:
    """Which vendors of this body are new?"""
    require(who.viewer, "settle_name", body=body)
    seen = reviewing(who)
    if seen is None:
        return nothing_built(who)
    lines, settled = review.vendor_lines(seen.con, body=body), decisions.vendors_of(body)
    new = [row for row in lines if row["vendor_number"] not in settled]
    sure = [row for row in new if row["link_stage"] in SURE]
    if who.request.method == "POST":
        made = actions.remember_vendors([_settlement(body, row) for row in sure], by=who.viewer, at=who.at)
        return HttpResponseRedirect(f"/review/vendors/{body}/?remembered={made}")
    if who.request.GET.get("format") == "csv":
        return _file(who, body, new)
    name = review.body_names(seen.con).get(body, body)
    said = [f"{name} has {plural(len(lines), 'vendor number')}: {count(len(lines) - len(new))} settled, {count(len(new))} not yet."]
    if who.request.GET.get("remembered", "").isdigit():
        said.append(f"{plural(int(who.request.GET['remembered'][:9]), 'vendor')} remembered.")
    blocks: list[Block] = [
        *(
            [Press([(f"Remember {plural(len(sure), 'vendor')} found by number or exact name", {})], note=_NOTE)]
            if sure and may(who.viewer, "settle_name", body=body)
            else []
        ),
        _table(new),
        Links(
            [
                (f"/review/vendors/{body}/?format=csv", "The vendors that are not settled as CSV", "fill in outcome, organisation_id and because"),
                ("/review/decisions/", "Bring the filled-in file", "rows without an outcome are left out"),
            ]
        ),
    ]
    return shown(who, Sheet(f"Which vendors of {name} are new?", said, blocks, [QUEUE, VENDORS]))


_NOTE = "Next month their payments follow by vendor number, whatever the name says. You can take each back under Decisions."


def _settlement(body: str, row: dict[str, Any]) -> Settlement:
    because = (
        f"In the vendor list the name {row['payee_name']} was found by {'the number published' if row['link_stage'] == 'identifier' else 'its exact name'}."
    )
    return Settlement(row["payee_name"] or "", ORGANISATION, because, row["organisation_id"], "", body, row["vendor_number"])


def _table(new: list[dict[str, Any]]) -> Table:
    said = {"identifier": "by number", "exact": "by exact name", "probable": "only likely", "reviewed": "by a person, for its name"}
    rows: list[tuple[Value, ...]] = [
        (
            row["vendor_number"],
            Cell(row["payee_name"] or "no name", f"/review/payee/{row['payee']}/"),
            Cell(row["organisation_id"] or row["candidate"], note=said.get(row["link_stage"], f"candidate, {row['probability'] or 0:.3f}"))
            if row["organisation_id"] or row["candidate"]
            else None,
            row["rows"],
            Cell(money(row["amount"])),
        )
        for row in new[:MOST]
    ]
    note = f"The largest sum first{f'; the first {MOST} of {len(new):,}, the file has all' if len(new) > MOST else ''}."
    return Table("Not settled yet", ("Vendor number", "Name", "Organisation", "#Rows", "#Sum"), rows, "Every vendor number is settled.", note)


def _file(who: Asked, body: str, new: list[dict[str, Any]]) -> StreamingHttpResponse:
    lines = [VENDOR_COLUMNS, *(vendor_row(body, row) for row in new)]
    response = StreamingHttpResponse(csv_lines(lines), content_type="text/csv; charset=utf-8")
    name = f"{'INVENTED-SAMPLE-' if who.is_sample else ''}opencompact-vendors-{body}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
