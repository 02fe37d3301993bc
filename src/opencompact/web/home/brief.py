"""The quarter's brief for a minister: what is kept, what slipped, who must act; a page, and the same as one PDF."""

import json
from dataclasses import asdict
from datetime import date
from importlib import resources

import typst
from django.http import Http404, HttpResponse, HttpResponseBase

from opencompact.promises.rules.quarter import BadQuarter, quarter_of
from opencompact.web.blocks import Block, Cell, Facts, Filters, Links, Sheet, Table, Value, shown
from opencompact.web.home.brief_facts import Facts as Brief
from opencompact.web.home.brief_facts import Item, facts
from opencompact.web.office import Asked, office
from opencompact.web.words import plural

FEW = 7  # lines of each list in the PDF, so that it stays within two pages; the rest is counted


def pdf(found: Brief, *, few: int = FEW) -> bytes:
    """The brief as PDF/UA-1: tagged, titled, in English; at most `few` lines of each list."""
    source = resources.files("opencompact.web.home") / "brief.typ"
    held = asdict(found) | {"few": few, "answer": answer(found)}
    return bytes(typst.compile(source.read_bytes(), format="pdf", sys_inputs={"facts": json.dumps(held)}, pdf_standards=["ua-1"]))


def answer(found: Brief) -> list[str]:
    """The answer in sentences, the same on the page and in the PDF."""
    still = f" The quarter runs for {plural(found.to_go, 'more day')}." if found.to_go else ""
    said = (
        f"Of {plural(found.held, 'public commitment')}, {found.kept} were kept in the quarter ({found.checked} of them found delivered independently), "
        f"{found.slipped} slipped and {found.given_up} were given up.{still}",
        f"{found.overdue} are overdue at its end, where {found.overdue_before} were when it began. {plural(found.silent, 'question')} to bodies stand without "
        f"an answer past the day, and {plural(found.vacant, 'post')} of a senior officer or lead {'is' if found.vacant == 1 else 'are'} vacant.",
    )
    return [line.replace("\u00a0", " ") for line in said]


@office
def brief(who: Asked) -> HttpResponseBase:
    """What is kept, what slipped, who must act?"""
    found = _found(who)
    heads = ("Commitment", "Who", "Where it stands")
    rows: list[tuple[Value, ...]] = [(each.body, each.overdue, each.silent, each.vacant) for each in found.must_act]
    behind = ("Body", "#Commitments overdue", "#Questions unanswered", "#Posts vacant")
    blocks: list[Block] = [
        Links([(f"/office/brief.pdf?quarter={found.quarter}", "The same as PDF", "two pages at most, tagged for screen readers")]),
        Table("Who must act", behind, rows, "Nobody is behind with a promise or an answer."),
        Table("Slipped: became overdue, or was put off", heads, _rows(found.slipped_items), "Nothing became overdue or was put off in the quarter."),
        Table("Kept: found delivered, or done by its owner's word", heads, _rows(found.kept_items), "Nothing was found delivered or said to be done in it."),
        Table("Given up: withdrawn or superseded", heads, _rows(found.given_up_items), "Nothing was withdrawn or superseded in the quarter."),
        _record(found),
        Facts([(word, number) for word, number in found.verdicts] or [("Signed in the quarter", "none")], "Verdicts signed"),
        Filters((("quarter", "Another quarter, such as 2031-Q2", {}, found.quarter),), "/office/brief/"),
    ]
    sheet = Sheet("What is kept, what slipped, who must act?", [f"{found.span}.", *answer(found)], blocks, [("/office/", "My first page")])
    return shown(who, sheet)


def _rows(items: tuple[Item, ...]) -> list[tuple[Value, ...]]:
    return [(Cell(item.title, f"/ledger/{item.key}/"), item.who, item.said) for item in items]


def _record(found: Brief) -> Table:
    empty = "The release holds no figure for this quarter." if found.release else "No release is made yet. The figures come from one."
    return Table("What the record shows of the quarter", ("Figure", "Of every body"), [(each.title, each.said) for each in found.record], empty, found.release)


@office
def brief_pdf(who: Asked) -> HttpResponseBase:
    """The brief as a file."""
    found = _found(who)
    response = HttpResponse(pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return response


def file_name(found: Brief) -> str:
    """`opencompact-brief-2031-Q2.pdf`; on invented data the name says so."""
    return f"{'INVENTED-SAMPLE-' if found.is_sample else ''}opencompact-brief-{found.quarter}.pdf"


def _found(who: Asked) -> Brief:
    """The facts of the quarter asked for, else of the one that runs."""
    try:
        return facts(who.request.GET.get("quarter", "") or this_quarter(who.today), is_sample=who.is_sample, today=who.today)
    except BadQuarter as refusal:
        raise Http404(str(refusal)) from refusal


def this_quarter(today: date) -> str:
    """The quarter of today."""
    return quarter_of(today)
