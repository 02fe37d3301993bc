"""One body's yearly return of spending: its figures with their range, target and history, sign-off, method and rows; as page, CSV and PDF."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse

from opencompact.judgement.queries.spend_returns import Set
from opencompact.judgement.rules.spend_returns import due_of, in_force
from opencompact.publication.queries import NoRelease
from opencompact.records import queries as records
from opencompact.registry.cards import SignStep
from opencompact.web.blocks import Block, Cell, Drawing, Facts, Filters, Links, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.judgement import spend_return_acts as acts
from opencompact.web.judgement.acting import acted, entries
from opencompact.web.judgement.returns_known import span_of, year_words
from opencompact.web.judgement.spend_return_facts import VCSE, Line, Return, found, method_words, range_of, share_words, target_words
from opencompact.web.judgement.spend_return_pdf import pdf
from opencompact.web.judgement.spend_returns import RETURNS, UNDERCOUNTED, card_of, provisional, state_words
from opencompact.web.office import Asked, office
from opencompact.web.pictures.money import IDENTIFIED, Sum, bars
from opencompact.web.showing import csv_lines, number
from opencompact.web.showing import in_force as release_in_force
from opencompact.web.templatetags.plain import origin
from opencompact.web.words import day, link_stage, money, percent, plural, pounds

MOST = 25
MOST_YEARS = 12


@office
def chosen(who: Asked, slug: str, body: str) -> HttpResponseBase:
    """To the year asked for, else to the one that ended last or the latest that is held."""
    year = number(who.request, "year", least=2000, most=2098)
    return HttpResponseRedirect(found(card_of(slug), body, year, today=who.today).address)


@office
def one(who: Asked, slug: str, body: str, year: int) -> HttpResponseBase:
    """What did one body spend with the sector, against the target it set, and who signed it?"""
    held = found(card_of(slug), body, year, today=who.today)
    asked = who.request.GET.get("format")
    if asked == "csv":
        return as_csv(_as_list(held), f"{slug}-{body}-{held.year}", is_sample=who.is_sample)
    if asked == "rows":
        return _rows_file(who, held)
    offered = acts.offered(who, held)
    went, written = acted(who, offered, back=held.address)
    if went:
        return went
    sheet = Sheet(_question(held), _answer(who, held), [*_blocks(held), *entries(offered, written)], [RETURNS, (f"/spend-returns/{slug}/", held.card.title)])
    return shown(who, sheet, status=422 if written else 200)


@office
def as_pdf(who: Asked, slug: str, body: str, year: int) -> HttpResponse:
    """The same as a file for paper and screen readers."""
    held = found(card_of(slug), body, year, today=who.today)
    response = HttpResponse(pdf(_facts(who, held)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{"INVENTED-SAMPLE-" if who.is_sample else ""}opencompact-{slug}-{body}-{held.year}.pdf"'
    return response


def _question(held: Return) -> str:
    return f"What did {held.name} spend with the voluntary sector in {year_words(held.year)}?"


def _answer(who: Asked, held: Return) -> list[str]:
    row, share = held.record.spent.get(held.year), range_of(held.record.spent.get(held.year))
    due = due_of(held.year, months=held.card.due_months)
    if row is None:
        first = f"Nothing of {year_words(held.year)} is held, so nobody can tell. That is no nought."
    elif share is None:
        first = f"{pounds(row['voluntary'])} of {pounds(row['total'])} went to identified voluntary organisations; credits make a share impossible."
    else:
        first = (
            f"{money(row['voluntary'])} of {money(row['total'])} went to identified voluntary organisations: at least {percent(share.least)}, and at most "
            f"{percent(share.most)} if every unidentified payee were one."
        )
    said = state_words(held.card, held.year, held.filed, who)
    owed = f" It is due on {day(due.on)}: {due.sum}." if held.year >= held.card.first_year else f" The first is of {year_words(held.card.first_year)}."
    return [first, f"{said}.{owed}", UNDERCOUNTED]


def _blocks(held: Return) -> list[Block]:
    picture = _picture(held)
    years = {str(year): year_words(year) for year in sorted({*held.record.spent, held.year, held.card.target_year}, reverse=True)}
    files = [
        (f"{held.address}return.pdf", "The same as PDF", "tagged for screen readers"),
        (f"{held.address}?format=csv", "The figures as CSV", ""),
        (f"{held.address}?format=rows", "Every row behind it as CSV", "with its file and row"),
    ]
    return [
        *provisional(held.card),
        Filters((("year", "Financial year", years, str(held.year)),), f"/spend-returns/{held.card.slug}/{held.body}/"),
        Links(files),
        *_figures(held),
        *([Drawing(picture)] if picture else []),
        _by_year(held),
        *[block for each in held.card.suppliers for block in _history(held, each.supplier, each.label)],
        *_signed(held),
        Words([held.filed[-1].row.method] if held.filed else method_words(held.card, held.record), "How it was made"),
        _rules(held),
        *_largest(held),
        Links([(f"/spend/{held.card.counts}/{held.body}/", "All of its payments", ""), (f"/bodies/{held.body}/", f"What the record shows of {held.name}", "")]),
    ]


def _figures(held: Return) -> list[Block]:
    """The lines of the form; where it was filed, as filed, and what the record says otherwise today."""
    if not held.filed:
        pairs: list[tuple[str, Value]] = [(line.field.label, _cell(line)) for line in held.lines]
        return [Facts(pairs, "The figures, as the record has them today"), Words([f"Not filed yet. From {held.record.release or 'no release'}."])]
    filed = held.filed[-1].row
    pairs = [(line.field.label, _beside(line, str(filed.figures[line.field.name]))) for line in held.lines if line.field.name in filed.figures]
    said = f"Filed on {day(filed.filed_at)} from {filed.release}."
    more = " The record has changed since: a correction can be filed, with its reason." if held.is_behind else ""
    return [Facts(pairs, "The figures, as filed"), Words([said + more])]


def _rules(held: Return) -> Table:
    rows: list[tuple[Value, ...]] = [(line.field.label, line.field.rule, line.field.wording) for line in held.lines]
    return Table("The rule of each line", ("Line", "Rule", "Wording of the rule"), rows, "The form has no line.", held.card.made_under)


def _beside(line: Line, value: str) -> Cell:
    """What was filed; what the record says otherwise today stands below it."""
    filed = _filed_cell(line, value)
    return filed if value == line.value else replace(filed, note=f"the record says today: {line.said}")


def _cell(line: Line) -> Cell:
    return Cell(line.said, note=line.note, is_missing=line.is_missing)


def _filed_cell(line: Line, value: str) -> Cell:
    if not value:
        return Cell("not held", is_missing=True)
    if value == line.value:
        return Cell(line.said)
    written = {"pounds": lambda: pounds(Decimal(value)), "share": lambda: share_words(float(value)), "count": lambda: f"{int(value):,}"}
    return Cell(written[line.field.unit]() if line.field.unit in written else value)


def _picture(held: Return) -> Any:
    years = sorted(year for year in held.record.spent)[-MOST_YEARS:]
    if not years:
        return None
    sums = []
    for year in years:
        row, share = held.record.spent[year], range_of(held.record.spent[year])
        said = f"{percent(share.least)} to {percent(share.most)}" if share else "no share"
        sums.append(Sum(year_words(year), (row["voluntary"], row["other"], row["unidentified"]), said))
    title = f"{held.name}: direct spend by financial year"
    return bars(sums, kinds=IDENTIFIED, key="spent", title=title, subtitle="Published payments. The share stands from the least to the most it can be.")


def _by_year(held: Return) -> Table:
    rows: list[tuple[Value, ...]] = []
    for year, row in sorted(held.record.spent.items()):
        share, months = range_of(row), held.record.months.get(year)
        rows.append(
            (
                Cell(year_words(year), f"/spend-returns/{held.card.slug}/{held.body}/{year}/"),
                Cell(str(months["held"]) if months else "0"),
                row["total"],
                row["voluntary"],
                row["unidentified"],
                f"{percent(share.least)} to {percent(share.most)}" if share else Cell("cannot tell", is_missing=True),
            )
        )
    heads = ("Year", "#Months held", "#All direct spend", "#Voluntary, identified", "#Unidentified", "#Share, least to most")
    return Table("Year by year", heads, rows, "No payment of it is held. A published file given to the build fills this.", UNDERCOUNTED)


def _history(held: Return, supplier: str, label: str) -> list[Block]:
    history = held.targets.get(supplier, [])
    standing = in_force(history, order=[step.step for step in held.card.target_steps])
    rows: list[tuple[Value, ...]] = [
        (Cell(f"{each.place}. {target_words(each)}"), _standing(each, standing, history), each.row.because) for each in reversed(history)
    ]
    caption = f"Targets and every change: {label[0].lower()}{label[1:]}"
    blocks: list[Block] = [Table(caption, ("Target", "Where it stands", "Why"), rows, f"No target is set. {held.card.target_rule}", held.card.change_rule)]
    if history:
        signed = [(str(each.place), each.signed) for each in reversed(history)]
        blocks.append(_sign_offs(f"Who signed which target: {label[0].lower()}{label[1:]}", signed, held.card.target_steps))
    return blocks


def _sign_offs(caption: str, signed: Sequence[tuple[str, Sequence[Any]]], steps: Sequence[SignStep]) -> Table:
    labels = {step.step: step.label for step in steps}
    rows: list[tuple[Value, ...]] = [
        (Cell(labels.get(each.step, each.step), note=f"number {number_of}"), f"{each.name}, {each.post}", each.on, each.note or "")
        for number_of, those in signed
        for each in those
    ]
    return Table(caption, ("Step", "By", "On", "Note"), rows, f"Nothing is signed yet. In order: {'; '.join(f'{step.label} ({step.post})' for step in steps)}.")


def _standing(each: Set, standing: Set | None, history: Sequence[Set]) -> Cell:
    if standing and each.place == standing.place:
        return Cell("in force", mark="good")
    if standing and each.place < standing.place:
        return Cell("replaced", mark="quiet")
    return Cell("proposed: not in force until its sign-off is whole" if each is history[-1] else "never in force", mark="quiet")


def _sign_words(signed: Sequence[Any], steps: Sequence[SignStep]) -> str:
    labels = {step.step: step.label for step in steps}
    return "; ".join(f"{labels.get(each.step, each.step)}: {each.name}, {each.post}, {day(each.on)}" for each in signed) or "nothing yet"


def _signed(held: Return) -> list[Block]:
    if not held.filed:
        return [Facts([(step.label, Cell(f"not yet ({step.post})", is_missing=True)) for step in held.card.return_steps], "Sign-off of this return")]
    rows: list[tuple[Value, ...]] = [
        (Cell(f"{each.place}. {day(each.row.filed_at)}"), each.row.release, each.row.because or "the first") for each in reversed(held.filed)
    ]
    signed = [(str(each.place), each.signed) for each in reversed(held.filed)]
    filed = Table("This return, as often as it was filed", ("Filed", "From", "Why"), rows, "")
    return [filed, _sign_offs("Who signed this return", signed, held.card.return_steps)]


def _largest(held: Return) -> list[Block]:
    if held.year not in held.record.spent:
        return []
    con = release_in_force().reader.con.cursor()
    rows = records.largest(con, record=held.card.counts, bodies=held.record.members, span=span_of(held.year), limit=MOST)
    shown_rows: list[tuple[Value, ...]] = [
        (
            Cell(row["name"] or "no name", origin(row["source_file"], row["source_row"])),
            row["day"],
            row["amount"],
            Cell(
                "voluntary" if row["is_voluntary"] else "other" if row["is_voluntary"] is not None else "unidentified", is_missing=row["is_voluntary"] is None
            ),
            link_stage(row["link_stage"]),
        )
        for row in rows
    ]
    heads = ("Payee as shown", "Day", "#Amount", "Counted as", "Stage")
    return [Table(f"The {len(rows)} largest rows", heads, shown_rows, "", "Each opens to its file and row. A name that may be a person’s is withheld.")]


def _as_list(held: Return) -> Table:
    filed = held.filed[-1].row.figures if held.filed else {}
    rows: list[tuple[Value, ...]] = [
        (
            held.body,
            year_words(held.year),
            line.field.name,
            line.field.label,
            line.field.unit,
            str(filed.get(line.field.name, "")),
            line.value,
            line.said if line.is_missing else "",
            line.note,
            line.field.rule,
            held.record.release,
            "yes" if held.card.is_provisional else "no",
        )
        for line in held.lines
    ]
    heads = ("body", "year", "field", "label", "unit", "value_filed", "value_today", "why_missing", "note", "rule", "from", "form_is_provisional")
    return Table("", heads, rows, "")


def _rows_file(who: Asked, held: Return) -> HttpResponseBase:
    try:
        con = release_in_force().reader.con.cursor()
    except NoRelease as refusal:
        raise Http404("There is no release, so there are no rows.") from refusal
    stream = records.money_stream(con, record=held.card.counts, bodies=held.record.members, span=span_of(held.year))
    response = StreamingHttpResponse(csv_lines(stream), content_type="text/csv; charset=utf-8")
    name = f"{'INVENTED-SAMPLE-' if who.is_sample else ''}opencompact-{held.card.slug}-{held.body}-{held.year}-rows.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _facts(who: Asked, held: Return) -> dict[str, Any]:
    """What the PDF says, in words alone: the lines as filed where they were, else as the record has them."""
    filed = held.filed[-1] if held.filed else None
    due = due_of(held.year, months=held.card.due_months)
    figures = filed.row.figures if filed else {line.field.name: line.value for line in held.lines}  # a form filed before had the lines it had
    cells = [(line, _filed_cell(line, str(figures[line.field.name])) if filed else _cell(line)) for line in held.lines if line.field.name in figures]
    history = held.targets.get(VCSE, [])
    standing = in_force(history, order=[step.step for step in held.card.target_steps])
    return {
        "title": f"{held.card.title}: {held.name}, {year_words(held.year)}",
        "question": _question(held),
        "is_sample": who.is_sample,
        "made_on": day(who.today),
        "release": filed.row.release if filed else held.record.release or "no release",
        "address": held.address,
        "provisional": held.card.provisional_because if held.card.is_provisional else "",
        "answer": _answer(who, held),
        "heading": f"As filed on {day(filed.row.filed_at)}" if filed else "As the record has it; not filed",
        "lines": [{"label": line.field.label, "rule": line.field.rule, "said": shown_cell.text, "note": shown_cell.note} for line, shown_cell in cells],
        "years": [
            [year_words(year), money(row["total"]), money(row["voluntary"]), money(row["unidentified"]), _share_words(row)]
            for year, row in sorted(held.record.spent.items())
        ],
        "history": [
            {
                "said": f"{each.place}. {target_words(each)}",
                "state": _standing(each, standing, history).text.capitalize() + ".",
                "because": each.row.because,
                "signed": f"Signed: {_sign_words(each.signed, held.card.target_steps)}.",
            }
            for each in history
        ],
        "change_rule": held.card.change_rule,
        "signed": [f"{each.place}. Filed on {day(each.row.filed_at)}. {_sign_words(each.signed, held.card.return_steps)}." for each in held.filed],
        "unsigned": "Not filed yet, so nobody signed it.",
        "method": [filed.row.method] if filed else method_words(held.card, held.record),
        "rows": plural(held.record.spent[held.year]["rows"], "payment line") if held.year in held.record.spent else "none held",
        "due": f"{held.card.due_rule} {due.sum}.",
    }


def _share_words(row: Any) -> str:
    share = range_of(row)
    return f"{percent(share.least)} to {percent(share.most)}" if share else "cannot tell"
