"""Grants of the sample country: a government awards workbook, a trust's workbook, one publication as CSV and as JSON, and another trust's JSON."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from opencompact.sample import names, payees
from opencompact.sample.country import AFFAIRS, EXAMPLES, WORKS, Country, england
from opencompact.sample.grant_headers import AWARDS_HEADER, CSV_HEADER, TRUST_HEADER
from opencompact.sample.size import GRANTS_A_FILE, parts
from opencompact.sample.truth import Payee, Truth, pounds
from opencompact.sample.writing import ListFile, TableFile
from opencompact.sample.xlsx import Cell, Workbook

# The funders' own numbers stand outside the range charities are given.
TRUST, TRUST_NAME = england(590_000), "The Lanternfold Foundation"
BROOK, BROOK_NAME = "360G-sample-quillbrook", "Quillbrook Hall Trust"
HALDEN, HALDEN_NAME = "360G-sample-haldenmarsh", "Haldenmarsh Trust"
AWARDS, COMMUNITY, PAIR, HALDENMARSH = 300, 120, 100, 80
_PROGRAMMES = ("Lanterns for All", "Riverside Renewal", "Sample Communities", "Invented Skills")


@dataclass(frozen=True)
class Grant:
    """One grant: who made it to whom, in pence, with its days."""

    place: int
    funder_id: str
    funder_name: str
    body: str
    payee: Payee
    pence: int
    awarded_on: date
    months: int
    programme: str

    @property
    def ends_on(self) -> date:
        """Last day of the planned time, months of 30 days."""
        return self.awarded_on + timedelta(days=30 * self.months)

    @property
    def pounds(self) -> Decimal:
        """The amount in pounds."""
        return Decimal(pounds(self.pence))


def write_grants(folder: Path, country: Country, *, rng: random.Random, times: int, truth: Truth) -> None:
    """Write five publications, each in as many files as it needs; of the CSV and the JSON of one the one named later is the copy."""
    folder.mkdir(parents=True)
    departments = [(body.key, body.name, body.slug) for body in map(country.body, (EXAMPLES, AFFAIRS, WORKS))]
    for name, write, rows, funders in (
        ("government-grant-awards-2033-34.xlsx", _write_awards, AWARDS, departments),
        ("lanternfold-foundation.xlsx", _write_trust, COMMUNITY, [(TRUST, TRUST_NAME, TRUST)]),
        ("quillbrook.csv", _write_pair, PAIR, [(BROOK, BROOK_NAME, BROOK)]),
        ("haldenmarsh.json", _write_haldenmarsh, HALDENMARSH, [(HALDEN, HALDEN_NAME, HALDEN)]),
    ):
        grants = _grants(country, rows * times, funders, rng)
        for part, _, most in parts(Path(name), rows * times, most=GRANTS_A_FILE):
            write(folder / part, islice(grants, most), truth)


def _grants(country: Country, count: int, funders: list[tuple[str, str, str]], rng: random.Random) -> Iterator[Grant]:
    for place in range(1, count + 1):
        identifier, name, body = rng.choice(funders)
        payee = payees.badly_numbered(country, rng=rng) if place == 12 else _recipient(country, rng)
        pence = 0 if place == 20 else rng.randrange(500_00, 250_000_00)
        awarded = date(2031, 1, 1) + timedelta(days=rng.randrange(3 * 365))
        yield Grant(place, identifier, name, body, payee, pence, awarded, rng.choice((6, 12, 12, 24, 36)), rng.choice(_PROGRAMMES))


def _recipient(country: Country, rng: random.Random) -> Payee:
    chance = rng.random()
    if chance < 0.7:
        return payees.charity(country, rng=rng, by_number=rng.random() < 0.7)
    if chance < 0.8:
        return payees.firm(country, rng=rng)
    if chance < 0.9:
        return Payee(names.unregistered_group(rng))
    return payees.public_body(country, rng=rng) if chance < 0.96 else payees.twin(country, rng=rng, by_number=False)


def _write_awards(path: Path, grants: Iterator[Grant], truth: Truth) -> None:
    """The government's layout: days as days, one as text, one grant in another currency, and empty rows at the end."""
    with Workbook(path, sheet="Sample_Grant_Awards") as book:
        book.write(AWARDS_HEADER)
        for grant in grants:
            foreign, shape = grant.place == 7, "dd/mm/yyyy as text" if grant.place == 9 else ""
            row = book.write(_fill(AWARDS_HEADER, _award_cells(grant, currency="EUR" if foreign else "GBP", as_text=bool(shape))))
            if foreign:
                truth.problem(path, row, "another currency", header="Currency", reported=True, loads=False)
            else:
                _take_down(truth, path, row, grant, header="Recipient Org:Charity Number", amount="Amount Awarded")
            if shape:
                truth.problem(path, row, shape, header="Award Date", reported=False)
            if grant.place == 30:
                truth.problem(path, book.write([None] * len(AWARDS_HEADER)), "blank row", reported=False, loads=False)
        for _ in range(50):
            book.write([None] * len(AWARDS_HEADER))


def _award_cells(grant: Grant, *, currency: str, as_text: bool) -> dict[str, Cell]:
    return {
        **_common_cells(grant, f"360G-sample-GA-{grant.place:06}"),
        "Currency": currency,
        "Award Date": f"{grant.awarded_on:%d/%m/%Y}" if as_text else grant.awarded_on,
        "Recipient Org:Street Address": "1 Sample Street\nSampleton",
        "Recipient Org:Country": "United Kingdom",
        "Grant Programme:Code": "SCH-980000001",
        "From an open call?": "Yes",
        "Last modified": "2034-06-30T00:00:00Z",
    }


def _write_trust(path: Path, grants: Iterator[Grant], truth: Truth) -> None:
    with Workbook(path, sheet="grants") as book:
        book.write(TRUST_HEADER)
        for grant in grants:
            known: dict[str, Cell] = {"Currency": "GBP", "Recipient Org:Identifier": _identifier(grant, "360G-sample-lanternfold")}
            cells = _fill(TRUST_HEADER, _common_cells(grant, f"360G-sample-LF-{grant.place:06}") | known)
            if grant.place == 15:  # an empty cell too many, so that all that follow stand one to the right
                row = book.write([*cells[:3], None, *cells[3:-1]])
                truth.problem(path, row, "shifted row", header="Amount Awarded", reported=True, loads=False)
            else:
                _take_down(truth, path, book.write(cells), grant, header="Recipient Org:Charity Number", amount="Amount Awarded")


def _common_cells(grant: Grant, identifier: str) -> dict[str, Cell]:
    return {
        "Identifier": identifier,
        "Title": f"Grant for {grant.programme}",
        "Description": "An invented grant",
        "Amount Awarded": grant.pounds,
        "Award Date": grant.awarded_on,
        "Planned Dates:Start Date": grant.awarded_on,
        "Planned Dates:End Date": grant.ends_on,
        "Planned Dates:Duration (months)": grant.months,
        "Recipient Org:Name": grant.payee.name,
        "Recipient Org:Charity Number": grant.payee.charity_number,
        "Recipient Org:Company Number": grant.payee.company_number,
        "Recipient Org:Postal Code": "ZZ99 9ZZ",
        "Funding Org:Identifier": grant.funder_id,
        "Funding Org:Name": grant.funder_name,
        "Grant Programme:Title": grant.programme,
    }


def _write_pair(csv_path: Path, grants: Iterator[Grant], truth: Truth) -> None:
    """One publication twice, grant for grant."""
    json_path = csv_path.with_suffix(".json")
    with TableFile(csv_path, CSV_HEADER, encoding="utf-8-sig", line_end="\r\n") as table, ListFile(json_path, "grants") as items:
        for grant in grants:
            cells = ["" if cell is None else str(cell) for cell in _fill(CSV_HEADER, _csv_cells(grant))]
            items.write(_json_grant(grant))
            _take_down(truth, csv_path, table.write(cells), grant, header="Recipient Org:Charity Number", amount="Amount Awarded")
    truth.problem(csv_path, None, "byte order mark", reported=False)
    truth.copies.append({"source_file": truth.named(json_path), "copy_of": truth.named(csv_path)})


def _csv_cells(grant: Grant) -> dict[str, Cell]:
    return {
        **_common_cells(grant, f"360G-sample-quillbrook:Q{grant.place}"),
        "Currency": "GBP",
        "Award Date": f"{grant.awarded_on:%d/%m/%Y} 00:00",
        "Planned Dates:Start Date": "",
        "Planned Dates:End Date": "",
        "Planned Dates:Duration (months)": f"{grant.months} months",
        "Recipient Org:Street Address": "1 Sample Street\nUpper Sampleton",
        "Recipient Org:Identifier": _identifier(grant, BROOK),
        "Last modified": "30/06/2034 12:10",
    }


def _json_grant(grant: Grant) -> dict[str, Any]:
    recipient = {
        "id": _identifier(grant, BROOK),
        "charityNumber": grant.payee.charity_number,
        "addressCountry": "UK",
        "postalCode": "ZZ99 9ZZ",
        "name": grant.payee.name,
    }
    return {
        "id": f"360G-sample-quillbrook:Q{grant.place}",
        "recipientOrganization": [{name: value for name, value in recipient.items() if value}],
        "amountAwarded": float(grant.pounds),
        "fundingOrganization": [{"id": BROOK, "name": BROOK_NAME}],
        "currency": "GBP",
        "awardDate": f"{grant.awarded_on:%d/%m/%Y} 00:00",
        "dateModified": "30/06/2034 12:10",
        "title": f"Grant for {grant.programme}",
        "plannedDates": [{"duration": f"{grant.months} months"}],
        "description": "An invented grant",
    }


def _write_haldenmarsh(path: Path, grants: Iterator[Grant], truth: Truth) -> None:
    with ListFile(path, "grants") as items:
        for grant in grants:
            recipient = {"id": _identifier(grant, HALDEN), "addressCountry": "Invented", "name": grant.payee.name, "charityNumber": grant.payee.charity_number}
            item = {
                "id": f"360G-sample-haldenmarsh-{grant.place:08}",
                "recipientOrganization": [{name: value for name, value in recipient.items() if value}],
                "title": f"Towards {grant.programme}",
                "Project End Date": f"{grant.ends_on:%d/%m/%Y}",
                "fundingOrganization": [{"id": HALDEN, "name": HALDEN_NAME}],
                "amountAwarded": float(grant.pounds),
                "description": "An invented grant",
                "currency": "GBP",
                "awardDate": f"{grant.awarded_on:%d/%m/%Y}",
                "Project Start Date": f"{grant.awarded_on:%d/%m/%Y}",
            }
            _take_down(truth, path, items.write(item), grant, header="recipientOrganization.charityNumber", amount="amountAwarded")


def _identifier(grant: Grant, publisher: str) -> str:
    """The recipient's identifier: its org-id where the publisher knew a number, else one of the publisher's own."""
    return grant.payee.organisation_id if grant.payee.stage == "identifier" else f"{publisher}:org-{grant.place}"


def _fill(header: tuple[str, ...], cells: dict[str, Cell]) -> list[Cell]:
    return [cells.get(name) for name in header]


def _take_down(truth: Truth, path: Path, row: int, grant: Grant, *, header: str, amount: str) -> None:
    truth.row("grants", path, row, body=grant.body, year=str(grant.awarded_on.year), pence=grant.pence, payee=grant.payee)
    if grant.pence == 0:
        truth.problem(path, row, "amount of nought", header=amount, reported=True)
    if grant.payee.charity_number and grant.payee.stage == "exact":
        truth.problem(path, row, "malformed charity number", header=header, reported=True)
