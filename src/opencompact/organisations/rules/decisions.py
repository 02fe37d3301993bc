"""Decisions about names: what may be decided, which payee one is about, and how one is read from a file that bodies share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ORGANISATION, NONE_OF_THESE, NOT_VOLUNTARY, UNDONE = "organisation", "none_of_these", "not_voluntary", "undone"
OUTCOMES: Mapping[str, str] = {
    ORGANISATION: "It is this organisation",
    NONE_OF_THESE: "It is none of the organisations on the registers held",
    NOT_VOLUNTARY: "It is no voluntary organisation",
    UNDONE: "The decision before was taken back",
}
# In the file's order; the last four say where a decision comes from and are written, and read only to be kept as its origin.
READ = ("payee_name", "published_org_id", "body", "vendor_number", "outcome", "organisation_id", "because")
COLUMNS = (*READ, "decision", "decided_by", "decided_at", "origin")
VENDOR_COLUMNS = (*READ, "candidate", "probability", "rows", "amount")
MOST_WRITTEN = 2000
_ORG_ID = re.compile(r"[A-Z]{2}(-[A-Z0-9]+)+-\S+|360G-\S+")


@dataclass(frozen=True)
class Settlement:
    """One decision as somebody makes it or a file tells it: the payee, what it is, and why."""

    payee_name: str
    outcome: str
    because: str
    organisation_id: str = ""
    published_org_id: str = ""
    body: str = ""
    vendor_number: str = ""


@dataclass(frozen=True)
class Trouble:
    """A cell of a file that cannot be taken: where, what was found, what was expected."""

    file: str
    row: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        """The sentence a person reads."""
        return f"{self.file}, row {self.row}, {self.field}: found {self.found!r}; expected {self.expected}."


def payee_key(settlement: Settlement, normalised_name: str) -> str:
    """What a decision is about, in one line: a vendor number of a body, or a name with its number, of one body or of all."""
    if settlement.vendor_number:
        return f"vendor|{settlement.body}|{settlement.vendor_number}"
    return f"name|{settlement.body}|{settlement.published_org_id}|{normalised_name}"


def faults(settlement: Settlement, *, normalised_name: str) -> list[tuple[str, str, str]]:
    """Why it cannot stand: (field, found, expected) for each fault; none where it can."""
    told = settlement
    found = []
    if not normalised_name and not told.vendor_number:
        found.append(("payee_name", told.payee_name, "a payee's name of at least one letter or figure, or a vendor_number"))
    if told.vendor_number and not told.body:
        found.append(("body", "", "the body whose vendor number it is"))
    if told.outcome not in OUTCOMES:
        found.append(("outcome", told.outcome, "one of " + ", ".join(OUTCOMES)))
    if told.outcome == ORGANISATION and not _ORG_ID.fullmatch(told.organisation_id):
        found.append(("organisation_id", told.organisation_id, "an org-id such as GB-CHC-1234567"))
    if told.outcome in (NONE_OF_THESE, NOT_VOLUNTARY, UNDONE) and told.organisation_id:
        found.append(("organisation_id", told.organisation_id, f"nothing beside {told.outcome}"))
    if not told.because.strip():
        found.append(("because", "", "the reason, in a few words"))
    if len(told.because) > MOST_WRITTEN:
        found.append(("because", f"{len(told.because):,} letters", f"at most {MOST_WRITTEN:,}"))
    return found


def read_rows(rows: Iterable[tuple[int, Mapping[str, str]]], *, file: str) -> tuple[list[tuple[int, Settlement]], list[Trouble]]:
    """The decisions of a file, and its cells that cannot be taken. A row without an outcome waits to be decided and is left out."""
    read, troubles = [], []
    for number, row in rows:
        told = {name: (row.get(name) or "").strip().removeprefix("'") for name in READ}
        if not told["outcome"]:
            continue
        settlement = Settlement(**told)
        wrong = faults(settlement, normalised_name=told["payee_name"])
        troubles += [Trouble(file, number, field, found, expected) for field, found, expected in wrong]
        if not wrong:
            read.append((number, settlement))
    return read, troubles


def missing_columns(header: Sequence[str]) -> list[str]:
    """The columns a file must have and has not; the others may be left out."""
    return [name for name in ("payee_name", "outcome", "organisation_id", "because") if name not in header]


def vendor_row(body: str, row: Mapping[str, object]) -> tuple[object, ...]:
    """One vendor number of a body that is not settled, as the file to fill in has it: what is known stands there, the outcome is for a person."""
    known = (row["payee_name"], "", body, row["vendor_number"], "", row["organisation_id"], "")
    return (*known, row["candidate"], row["probability"], row["rows"], row["amount"])
