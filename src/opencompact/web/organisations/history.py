"""The dated history of an organisation as its page shows it, and who it was on a day a reader asks for."""

from datetime import date
from itertools import groupby
from typing import Any

from opencompact.organisations import queries
from opencompact.registry import load_catalogue
from opencompact.web import labels, words
from opencompact.web.showing import Shown

MOST = 40
TITLES = {
    "name": "Names",
    "event": "What happened",
    "number": "Other numbers, parents and branches",
    "income": "Income and spending by year",
    "area": "Where it works",
    "class": "What it does",
}
STATUSES = {
    "registered": "It was on its register that day.",
    "removed": "It had left its register by that day.",
    "not_yet_registered": "It was not yet on its register that day.",
    "not_held": "No register held tells when it was registered.",
}
SCHEMES = {
    "icnptso": "International class (ICNP/TSO)",
    "ukcat": "UK charity class (UK-CAT)",
    "charity-commission": "Charity Commission class",
    "ccni": "Northern Ireland class",
    "oscr": "Scottish purpose",
    "sic2007": "Trade (SIC 2007)",
    "cio_twin": "CIO under its company number",
    "main": "Name",
}
PUBLIC = ("government_grants", "government_contracts")
CLASSES = ("icnptso", "ukcat-pointers")


def sections(shown: Shown, organisation_id: str) -> list[dict[str, Any]]:
    """The lines by kind, in the order of TITLES, each with its words; no more than MOST of a kind are shown."""
    lines = queries.history_of(shown.con, organisation_id=organisation_id)
    held = {kind: list(group) for kind, group in groupby(lines, key=lambda line: line["line"])}
    return [
        {
            "kind": kind,
            "title": title,
            "lines": [_said(line) for line in held[kind][:MOST]],
            "more": max(0, len(held[kind]) - MOST),
            "is_dated": any(line["from_on"] or line["to_on"] for line in held[kind]),
        }
        for kind, title in TITLES.items()
        if kind in held
    ]


def on_day(shown: Shown, organisation_id: str) -> dict[str, Any] | None:
    """Who it was on the day of the query string, as `2014-03-31`; None where none is asked for, or no such day."""
    try:
        on = date.fromisoformat(shown.request.GET.get("on", ""))
    except ValueError:
        return None
    bands = load_catalogue().vocabularies["size-bands"].terms
    found = queries.as_of(shown.con, organisation_id, on=on, bands=bands)
    found["said"] = STATUSES[found["status"]]
    for part in ("names", "undated_names", "parents", "twins", "successors"):
        found[part] = [_said(line) for line in found[part]]
    return found


def _said(line: dict[str, Any]) -> dict[str, Any]:
    """The line with `said`, what it is in words, and what it tells written for people."""
    said = SCHEMES.get(line["word"]) or words.label(line["word"] or line["line"])
    told = _class(line) if line["line"] == "class" else _income(line) if line["line"] == "income" else line["told"]
    return {**line, "said": said, "told": told}


def _class(line: dict[str, Any]) -> str:
    code, _, label = line["told"].partition(": ")
    known = next((found for slug in CLASSES if (found := labels.labels(slug, "code").get(code))), "")
    return f"{code}: {label or known}" if label or known else str(code)


def _income(line: dict[str, Any]) -> str:
    public = [f"{words.money(line[name])} of government {name.removeprefix('government_')}" for name in PUBLIC if line[name] is not None]
    return ", ".join([f"{words.money(line['income'])} in, {words.money(line['spending'])} out", *public])
