"""Pages of procurement processes: the list, and one process from its first notice to its last."""

from typing import Any

from django.http import HttpResponse

from opencompact.registry import load_catalogue
from opencompact.web.pictures.ink import Picture
from opencompact.web.pictures.process import Story, Told, line
from opencompact.web.records import presenters, process_reads
from opencompact.web.records.process_reads import Wanted
from opencompact.web.showing import Shown, choice, found, number, page
from opencompact.web.words import plural

LIST = ("/contracts/processes/", "Procurement")
KINDS = {"contract": "One contract", "framework": "Framework", "call_off": "Call-off from a framework", "dynamic_market": "Dynamic market"}
ENDINGS = {
    "running": "Its contracts run still.",
    "ended_with_notice": "A notice says that a contract has ended.",
    "ended_without_notice": "Its contracts are past their last day. No notice that they ended is held; only the Procurement Act 2023 asks for one.",
}
PAGE = 50
Row = dict[str, Any]


@page
def processes(shown: Shown) -> HttpResponse:
    """How do public bodies buy?"""
    asked = {name: shown.request.GET.get(name, "")[:200].replace("\x00", "") for name in ("q", "body")}
    asked["kind"] = choice(shown.request, "kind", KINDS)
    wanted = Wanted(text=asked["q"], body=asked["body"], kind=asked["kind"])
    counts = process_reads.counts(shown.con, wanted=wanted)
    pages = max(1, -(-counts["held"] // PAGE))
    at = min(number(shown.request, "page") or 1, pages)
    return shown.page(
        "records/processes.html",
        filter=asked,
        counts=counts,
        kinds=KINDS,
        processes=process_reads.processes(shown.con, wanted=wanted, limit=PAGE, offset=PAGE * (at - 1)),
        at=at,
        pages=pages,
        before=presenters.address(LIST[0], asked.items(), page=at - 1) if at > 1 else None,
        after=presenters.address(LIST[0], asked.items(), page=at + 1) if at < pages else None,
    )


@page
def process(shown: Shown, ocid: str) -> HttpResponse:
    """What was bought, and how?"""
    row = found(process_reads.process(shown.con, ocid), "No such process in this release.")
    notices = _named(process_reads.notices(shown.con, ocid))
    awards = process_reads.awards(shown.con, ocid)
    return shown.page(
        "records/process.html",
        crumbs=[LIST],
        row=row,
        kind=KINDS[row["kind"]],
        ending=ENDINGS.get(row["ending"] or ""),
        others=presenters.pieces(row["bodies"], ";")[1:],
        notices=notices,
        picture=picture_of(row, notices),
        lots=process_reads.lots(shown.con, ocid),
        awards=awards,
        awarded=sum(award["amount"] or 0 for award in awards),
        is_early=bool(row["early_on"] and row["opens_on"] and row["early_on"] < row["opens_on"]),
    )


def _named(notices: list[Row]) -> list[Row]:
    """The notices with the titles of their kinds."""
    titles = {term["kind"]: term["title"] for term in load_catalogue().vocabularies["notice-kinds"].terms}
    return [{**notice, "title": titles.get(notice["kind"] or "", notice["kind"])} for notice in notices]


def picture_of(row: Row, notices: list[Row]) -> Picture | None:
    """The line of days of a process."""
    told = [Told(notice["place"], notice["published_on"], notice["does"] == "early") for notice in notices if notice["published_on"]]
    tender = (row["opens_on"], row["closes_on"]) if row["days_open"] is not None else None
    starts, ends = row["starts_on"], row["contract_ends_on"]
    contract = (starts, ends) if starts and ends and starts <= ends else None
    window = f", open for tenders for {plural(row['days_open'], 'day')}" if tender else ""
    title = f"{plural(len(notices), 'notice')}{window}"
    return line(Story(told, tender, contract), key="process", title=title, subtitle="Dots: notices, by their numbers in the table. Hollow: before the tender.")
