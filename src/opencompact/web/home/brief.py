"""The quarter's brief for a minister: what is kept, what slipped, who must act; one set of facts for the page and the PDF."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib import resources

import typst
from django.http import Http404, HttpResponse, HttpResponseBase

from opencompact.accounts.rules import PUBLIC, Viewer
from opencompact.organisations.queries.office import body_names
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import DELIVERY, FINDINGS, is_overdue
from opencompact.promises.rules.quarter import BadQuarter, changed, quarter_days, quarter_of
from opencompact.web.blocks import Block, Cell, Filters, Links, Sheet, Table, shown
from opencompact.web.office import Asked, office
from opencompact.web.words import plural

FEW = 8  # rows of each list on the one page; the rest is counted


@dataclass(frozen=True)
class Item:
    """One line of the brief."""

    key: str
    title: str
    who: str
    said: str


@dataclass(frozen=True)
class Facts:
    """Everything the brief says, in words and numbers; the page and the PDF show these and nothing else."""

    quarter: str
    span: str
    held: int
    kept: int
    slipped: int
    overdue: int
    kept_items: tuple[Item, ...]
    slipped_items: tuple[Item, ...]
    must_act: tuple[tuple[str, int], ...]
    is_sample: bool
    made_on: str


def facts(viewer: Viewer, quarter: str, *, is_sample: bool, today: date) -> Facts:
    """The facts of a quarter, of public commitments as of its last day, or of today where it still runs. Raises BadQuarter."""
    first, end = quarter_days(quarter)
    last = min(end, today)
    names = body_names()
    rows = list(ledger.commitments(viewer, on=last).filter(visibility="public").order_by("key"))
    told = ledger.tellings(rows)
    kept, slipped, late = [], [], {}
    overdue = 0
    for line in ledger.lines(rows, on=last):
        what = changed(line.row.due_on, told.get(line.row.pk, ()), first=first, last=last)
        who = ", ".join(names.get(owner.body, owner.body) for owner in line.owners)
        finding = f"found: {FINDINGS[line.state.finding].lower()}" if line.state.finding != "not_assessed" else DELIVERY[line.state.delivery].lower()
        item = Item(line.row.key, line.row.title, who, f"{finding}{f'; due {line.state.due_on:%-d %B %Y}' if line.state.due_on else ''}")
        if what:
            (kept if what == "kept" else slipped).append(item)
        if is_overdue(line.state, today=last):
            overdue += 1
            for owner in line.owners:
                late[names.get(owner.body, owner.body)] = late.get(names.get(owner.body, owner.body), 0) + 1
    must_act = tuple(sorted(late.items(), key=lambda each: (-each[1], each[0])))
    span = f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    return Facts(quarter, span, len(rows), len(kept), len(slipped), overdue, tuple(kept), tuple(slipped), must_act, is_sample, f"{today:%-d %B %Y}")


def pdf(found: Facts) -> bytes:
    """The brief as PDF/UA-1: tagged, titled, in English."""
    source = resources.files("opencompact.web.home") / "brief.typ"
    held = asdict(found) | {"few": FEW}
    return bytes(typst.compile(source.read_bytes(), format="pdf", sys_inputs={"facts": json.dumps(held)}, pdf_standards=["ua-1"]))


def _quarter(who: Asked) -> str:
    return who.request.GET.get("quarter", "") or quarter_of(who.today)


@office
def brief(who: Asked) -> HttpResponseBase:
    """What is kept, what slipped, who must act?"""
    try:
        found = facts(PUBLIC, _quarter(who), is_sample=who.is_sample, today=who.today)
    except BadQuarter as refusal:
        raise Http404(str(refusal)) from refusal
    heads = ("Commitment", "Who", "Where it stands")
    blocks: list[Block] = [
        Filters((("quarter", "Quarter", {}, found.quarter),), "/office/brief/"),
        Table("Kept in the quarter", heads, _rows(found.kept_items), "Nothing ended or was found delivered in it."),
        Table("Slipped in the quarter", heads, _rows(found.slipped_items), "Nothing became overdue or was put off in it."),
        Table("Who must act", ("Body", "#Overdue"), list(found.must_act), "Nobody is late."),
        Links([(f"/office/brief.pdf?quarter={found.quarter}", "The same as PDF", "")]),
    ]
    answer = (
        f"{found.span}: of {plural(found.held, 'public commitment')}, {found.kept} were kept and {found.slipped} slipped in the quarter; "
        f"{found.overdue} are overdue at its end."
    )
    return shown(who, Sheet("What is kept, what slipped, who must act?", [answer], blocks, [("/office/", "My first page")]))


def _rows(items: tuple[Item, ...]) -> list[tuple[Cell, str, str]]:
    return [(Cell(item.title, f"/ledger/{item.key}/"), item.who, item.said) for item in items]


@office
def brief_pdf(who: Asked) -> HttpResponseBase:
    """The brief as a file."""
    try:
        found = facts(PUBLIC, _quarter(who), is_sample=who.is_sample, today=who.today)
    except BadQuarter as refusal:
        raise Http404(str(refusal)) from refusal
    response = HttpResponse(pdf(found), content_type="application/pdf")
    name = f"{'INVENTED-SAMPLE-' if found.is_sample else ''}opencompact-brief-{found.quarter}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
