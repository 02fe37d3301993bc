"""Decisions about names: those in force, as a page and as the file that bodies share; a file brought in; one decision, and taking it back."""

from typing import Any

from django.http import Http404, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.timezone import localdate

from opencompact.accounts.rules import bodies_seen, may, require
from opencompact.asking.rules.questions import Question
from opencompact.organisations.actions import decisions as actions
from opencompact.organisations.queries import decisions as queries
from opencompact.organisations.queries import review
from opencompact.organisations.rules.decisions import COLUMNS, OUTCOMES, UNDONE, Trouble
from opencompact.organisations.rules.learned import learned_of
from opencompact.web.blocks import Block, Cell, Entry, Facts, Links, Sheet, Table, Value, paged, shown
from opencompact.web.forms import blank
from opencompact.web.office import Asked, signed_in
from opencompact.web.organisations.names import QUEUE, as_built
from opencompact.web.showing import csv_lines
from opencompact.web.words import day, percent, plural

DECISIONS = ("/review/decisions/", "Decisions")
SIZE = 50
MOST_BYTES = 20 * 2**20
WHY = (Question("because", "Why it is taken back", "text", required=True),)


@signed_in
def decisions(who: Asked) -> HttpResponseBase:
    """What did people decide about names?"""
    bodies = _bodies(who)
    if who.request.GET.get("format") == "csv":
        return _file(who)
    came: actions.Imported | None = None
    refusal = ""
    if who.request.method == "POST":
        try:
            came = _import(who)
        except actions.CannotSettle as fault:
            refusal = str(fault)
    rows = queries.in_force() if bodies is None else queries.in_force().filter(body__in=sorted(bodies))
    held, paging = paged(rows, at=who.page_asked, size=SIZE, address="/review/decisions/?")
    blocks: list[Block] = [
        *(_came(came) if came else []),
        *_upload(refusal),
        _table(held),
        paging,
        *_taught(),
        Links([("/review/decisions/?format=csv", "All of them as CSV", "to keep, or to give to another body")]),
    ]
    answer = [f"{plural(rows.count(), 'decision stands', 'decisions stand')}. Each holds for every file the payee stands in, from the build after it."]
    return shown(who, Sheet("What did people decide about names?", answer, blocks, [QUEUE]), status=422 if refusal or (came and came.troubles) else 200)


def _taught() -> list[Block]:
    """What the decisions taught the matcher at the last build; nothing where no lake is built."""
    con = as_built()
    if con is None:
        return []
    rows = review.learning(con)
    lines: list[tuple[Value, ...]] = [
        (
            f"{row['probability_from']:.2f} to {row['probability_to']:.2f}",
            row["decisions"],
            row["right"],
            Cell(percent(row["right"] / row["decisions"])) if row["decisions"] else None,
            Cell(percent(row["scored"])) if row["decisions"] else None,
            Cell(percent(row["heeded"])) if row["decisions"] else None,
        )
        for row in rows
    ]
    taught = "Only names compared by likeness, that nothing else speaks against, teach and are taught."
    note = f"Where the scorer says {learned_of(rows).became()}. {taught}" if rows else ""
    heads = ("The scorer said", "#Names decided", "#The person chose it", "#Right", "#Said", "#Heeded now")
    empty = "Nothing yet: at the last build no name that was compared by likeness alone had been decided, so the scorer’s probabilities are heeded as they are."
    return [Table("What the decisions taught", heads, lines, empty, note)]


def _bodies(who: Asked) -> frozenset[str] | None:
    bodies = bodies_seen(who.viewer, "names")
    if bodies is not None and not bodies:
        require(who.viewer, "settle_name")
    return bodies


def _file(who: Asked) -> StreamingHttpResponse:
    bodies = _bodies(who)
    rows = ((row[name] for name in COLUMNS) for row in queries.for_file() if bodies is None or row["body"] in bodies)
    response = StreamingHttpResponse(csv_lines([COLUMNS, *(tuple(row) for row in rows)]), content_type="text/csv; charset=utf-8")
    name = f"{'INVENTED-SAMPLE-' if who.is_sample else ''}opencompact-name-decisions.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _import(who: Asked) -> actions.Imported:
    file: Any = who.request.FILES.get("decisions")
    if file is None or file.size > MOST_BYTES:
        raise actions.CannotSettle(
            f"The file: found {'none' if file is None else f'{file.size:,} bytes'}; expected a CSV file of at most {MOST_BYTES:,} bytes."
        )
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise actions.CannotSettle(f"{file.name}: found bytes that are no UTF-8; expected a CSV file saved as UTF-8.") from fault
    return actions.import_decisions(text, file=str(file.name), by=who.viewer, at=who.at)


def _came(came: actions.Imported) -> list[Block]:
    said: list[tuple[str, Value]] = [("Decisions made", came.made), ("Stood already", came.known), ("Cells not taken", len(came.troubles))]
    return [Facts(said, "What the file brought"), *([_troubles(came.troubles)] if came.troubles else [])]


def _troubles(troubles: tuple[Trouble, ...]) -> Table:
    rows = [(each.row, each.field, each.found or Cell("nothing", is_missing=True), each.expected) for each in troubles]
    return Table(
        "What could not be taken",
        ("#Row", "Column", "Found", "Expected"),
        rows,
        "",
        "Put these right and give the file again; what was taken is not taken twice.",
    )


def _upload(refusal: str) -> list[Block]:
    note = f"Columns: {', '.join(COLUMNS[:7])}. A row without an outcome is left out. Outcomes: {', '.join(word for word in OUTCOMES if word != UNDONE)}."
    heading = "Nothing was taken" if refusal else "Bring a file of decisions"
    return [
        Entry(blank(()), "Take its decisions", heading=heading, note=refusal or note, enctype="multipart/form-data", files=(("decisions", "The file (CSV)"),))
    ]


def _table(rows: list[queries.NameDecision]) -> Table:
    lines: list[tuple[Value, ...]] = [
        (
            Cell(row.payee_name or f"vendor {row.vendor_number}", f"/review/decisions/{row.key}/", f"paid by {_payer(row)}"),
            Cell(row.organisation_id, note=OUTCOMES[row.outcome]) if row.organisation_id else OUTCOMES[row.outcome],
            Cell(row.because, note=day(localdate(row.decided_at))),
        )
        for row in rows
    ]
    return Table("Decisions in force, the latest first", ("Payee", "Decided", "Why, and when"), lines, "Nobody has decided about a name yet.")


def _payer(row: queries.NameDecision) -> str:
    return (row.body or "every body") + (f", vendor {row.vendor_number}" if row.vendor_number and row.payee_name else "")


@signed_in
def decision(who: Asked, key: str) -> HttpResponseBase:
    """What was decided about this name, and what came after?"""
    bodies, row = _bodies(who), queries.decision(key)
    if row is None or (bodies is not None and row.body not in bodies):
        raise Http404("No such decision that you may see.")
    if who.request.method == "POST":
        actions.undo_decision(key, because=who.request.POST.get("because", ""), by=who.viewer, at=who.at)
        return HttpResponseRedirect(f"/review/decisions/{key}/")
    pairs: list[tuple[str, Value]] = [
        ("Payee as written", row.payee_name),
        *([("Number published beside it", row.published_org_id)] if row.published_org_id else []),
        ("Paid by", row.body or "every body"),
        *([("Vendor number", row.vendor_number)] if row.vendor_number else []),
        ("Decided", OUTCOMES[row.outcome]),
        *([("Organisation", row.organisation_id)] if row.organisation_id else []),
        ("Why", row.because),
        ("By", row.decided_by),
        *([("From a file", row.origin)] if row.origin else []),
    ]
    stands = row.is_in_force and row.outcome != UNDONE
    answer = f"Decided on {day(localdate(row.decided_at))}. " + ("It stands." if stands else "It no longer stands.")
    blocks: list[Block] = [Facts(pairs)]
    if row.superseded_by_id and row.superseded_by:
        blocks.append(Links([(f"/review/decisions/{row.superseded_by.key}/", "What was decided after it", "")]))
    if stands and may(who.viewer, "settle_name", body=row.body):
        blocks.append(Entry(blank(WHY), "Take it back", heading="Take it back", note="The payee then waits again."))
    return shown(who, Sheet("What was decided about this name?", [answer], blocks, [QUEUE, DECISIONS]))
