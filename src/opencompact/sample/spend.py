"""Payments of the sample country: each body's files month by month, with their dirt, written row by row."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from opencompact.sample import payees
from opencompact.sample.country import Country
from opencompact.sample.layouts import Layout, Line
from opencompact.sample.size import PAYMENTS_A_FILE, parts
from opencompact.sample.truth import Payee, Truth, pounds
from opencompact.sample.writing import TableFile

_PURPOSES = ("Sample programme delivery", "Invented training", "Path repairs", "Grants and subscriptions", "Lantern oil", "Children\u2019s holiday play")


@dataclass(frozen=True)
class SpendFile:
    """One file to write: its layout, the months it covers, the units that pay in turn and the bodies they are, and dirt by place.

    `rows` are those of scale 1, and `first` the place of the first, until it is cut `in_parts`.
    """

    path: str
    layout: Layout
    begins: date
    units: tuple[tuple[str, str], ...]
    rows: int
    months: int = 1
    effective: str = ""
    grows: bool = True
    large: bool = False
    dirt: Mapping[int, str] = field(default_factory=dict)
    cleaned_copy: str = ""
    cleaned_layout: Layout | None = None
    first: int = 0

    def in_parts(self, times: int) -> Iterator["SpendFile"]:
        """The file with so many times its rows if it grows, in as many files as they need; dirt and the cleaned copy are the first one's."""
        path = PurePosixPath(self.path)
        for name, first, rows in parts(path, self.rows * (times if self.grows else 1), most=PAYMENTS_A_FILE):
            only_first: dict[str, Any] = {} if first == 0 else {"dirt": {}, "cleaned_copy": "", "cleaned_layout": None}
            yield replace(self, path=str(path.with_name(name)), rows=rows, first=first, **only_first)


def write_spend_file(root: Path, plan: SpendFile, country: Country, *, rng: random.Random, truth: Truth) -> None:
    """Write one file, its dirt and, where planned, a cleaned copy that lacks its last row."""
    path, layout = root / plan.path, plan.layout
    with TableFile(path, layout.header, encoding=layout.encoding, line_end=layout.line_end) as table:
        hand = _Hand(table, path, plan, country, rng, truth)
        for place in range(plan.first, plan.first + plan.rows):
            hand.put(place)
        for dirt, mark in (("byte order mark", "utf-8-sig"), ("cp1252", "cp1252")):
            if layout.encoding == mark:
                truth.problem(path, None, dirt, reported=False)
        if layout.line_end == "\r\n":
            truth.problem(path, None, "CR-LF line ends", reported=False)
    hand.finish()


class _Hand:
    """Writes the rows of one file, planting dirt on the way."""

    def __init__(self, table: TableFile, path: Path, plan: SpendFile, country: Country, rng: random.Random, truth: Truth) -> None:
        self.table, self.path, self.plan, self.country, self.rng, self.truth = table, path, plan, country, rng, truth
        self.layout = plan.layout
        self.copy = (
            None
            if plan.cleaned_layout is None
            else TableFile(path.parent.parent / plan.cleaned_copy, plan.cleaned_layout.header, line_end=plan.cleaned_layout.line_end)
        )
        self.waiting: Line | None = None

    def put(self, place: int) -> None:
        """Write the payment of that place with the dirt planned for it."""
        dirt = self.plan.dirt.get(place, "")
        line, pence = self._line(place, dirt)
        if dirt in _LOST:
            self._lose(line, dirt)
            return
        row = self._write(line, place, pence)
        if dirt:
            header = {"malformed charity number": self.layout.charity_header}.get(
                dirt, self.layout.payee_header if dirt in _NAMES else self.layout.amount_header
            )
            self.truth.problem(self.path, row, dirt, header="" if dirt == "repeated row" else header, reported=dirt == "malformed charity number")
        if dirt == "person as payee":
            self.truth.must_not_appear.append(line.payee.name)
        if dirt == "repeated row":
            self._write(line, place, pence)

    def finish(self) -> None:
        """Close the copy, its last row left out, and say what it repeats."""
        if self.copy is not None:
            with self.copy:
                self.truth.copies.append(
                    {"source_file": self.truth.named(self.path.parent.parent / self.plan.cleaned_copy), "copy_of": self.truth.named(self.path)}
                )

    def _line(self, place: int, dirt: str) -> tuple[Line, int]:
        plan, rng = self.plan, self.rng
        month = plan.begins.month - 1 + place % plan.months
        paid_on = date(plan.begins.year + month // 12, month % 12 + 1, rng.randint(1, 28))
        payee = _payee(dirt, self.country, rng, self.layout)
        pence = rng.randrange(25_000_00, 900_000_00) if plan.large else rng.randrange(501_00, 20_000_00)
        if rng.random() < 0.2:
            pence -= pence % 100
        pence = -pence if dirt == "brackets" or rng.random() < 0.03 else pence
        purpose = "Invented training\nfor lantern keepers" if dirt == "multi-line cell" else rng.choice(_PURPOSES)
        return Line(place + 1, plan.units[place % len(plan.units)][0], paid_on, payee, _written(pence, dirt), purpose, plan.effective), pence

    def _write(self, line: Line, place: int, pence: int) -> int:
        row = self.table.write(self.layout.cells(line))
        if self.copy is not None and self.plan.cleaned_layout is not None:
            if self.waiting is not None:
                self.copy.write(self.plan.cleaned_layout.cells(self.waiting))
            self.waiting = replace(line, amount=pounds(pence))
        body = self.plan.units[place % len(self.plan.units)][1]
        self.truth.row("payments", self.path, row, body=body, year=str(line.paid_on.year), pence=pence, payee=line.payee)
        if self.layout.naughts != "0" and line.payee.charity_number.isdigit() and "0" in line.payee.charity_number:
            self.truth.problem(self.path, row, "N/A for every 0", header=self.layout.charity_header, reported=True)
        if line.effective.endswith("-09-31"):
            self.truth.problem(self.path, row, "impossible date", header=self.layout.effective_header, reported=True)
        return row

    def _lose(self, line: Line, dirt: str) -> None:
        """A row that cannot count: empty, without an amount, or with its first cell gone so that all others stand one to the left."""
        cells = list(self.layout.cells(line))
        if dirt == "blank line":
            row = self.table.blank_line()
        else:
            row = self.table.write({"blank row": [""] * len(cells), "shifted row": [*cells[1:], ""]}.get(dirt, cells))
        header = {"shifted row": self.layout.date_header, "empty amount": self.layout.amount_header}.get(dirt, "")
        self.truth.problem(self.path, row, dirt, header=header, reported=bool(header), loads=False)


_LOST = {"empty amount", "shifted row", "blank row", "blank line"}
_NAMES = {"capitals", "Ltd for Limited", "without The", "and for &", "person as payee", "look-alike name"}


def _payee(dirt: str, country: Country, rng: random.Random, layout: Layout) -> Payee:
    if dirt == "malformed charity number":
        return payees.badly_numbered(country, rng=rng)
    if dirt == "person as payee":
        return payees.person(rng=rng)
    if dirt == "look-alike name":
        return payees.twin(country, rng=rng, by_number=False)
    if dirt in _NAMES:
        return payees.dressed(country, dirt, rng=rng)
    return payees.anyone(country, rng=rng, numbers=layout.numbers)


def _written(pence: int, dirt: str) -> str:
    """The amount as the file writes it."""
    plain = pounds(pence)
    if dirt == "empty amount":
        return ""
    if dirt == "commas":
        return f"{pence // 100:,}.{pence % 100:02}" if pence >= 0 else f"-{-pence // 100:,}.{-pence % 100:02}"
    if dirt == "pound sign":
        return f"\u00a3{plain}" if pence >= 0 else f"-\u00a3{plain[1:]}"
    if dirt == "brackets":
        return f"({plain[1:]})"
    return plain.removesuffix(".00")
