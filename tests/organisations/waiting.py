"""A small invented lake with names that wait for a person: three hundred charities, and payees that are like some of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from opencompact.lake import Change, Lake
from opencompact.organisations.actions.identifying import identify, put_decisions
from opencompact.registry import load_catalogue, load_shapes
from opencompact.sample import names

Rows = list[dict[str, Any]]
COUNCIL, OFFICE = "sample-borough-of-varrowmere", "sample-office-for-lamps"
CATALOGUE, SHAPES = load_catalogue(), load_shapes()
ORIGIN = {"source": "sample", "standing": "sample"}
NAMES = [names.charity(number) for number in range(300)]
TWIN = names.charity(301)  # two charities bear it
PUBLIC = ("payments", "grants", "contracts")


def org_id(place: int) -> str:
    return f"GB-CHC-{1_900_000 + place}"


TWINS = (org_id(900), org_id(901))
CUT, CUT_FROM = NAMES[13][:35], org_id(13)  # cut off after 35 letters, as accounts systems do: likely enough to be linked
ALIKE = f"{NAMES[7]} School"  # likely, and held back
FIRM = "Torvex Onyx Bay Haulage Ltd"
PERSON = "Mrs T Okkelby"


def register() -> Rows:
    entry = {**ORIGIN, "register": "charity-commission", "kind": "charity", "source_file": "register.csv", "name_kind": "main"}
    held = [(org_id(place), name) for place, name in enumerate(NAMES)] + [(each, TWIN) for each in TWINS]
    rows = [{**entry, "organisation_id": organisation, "name": name, "source_row": row} for row, (organisation, name) in enumerate(held, start=2)]
    return [*rows, {**entry, "organisation_id": CUT_FROM, "name": "Lamp Friends", "name_kind": "former", "source_row": 999}]


def payment(name: str | None, amount: str, row: int, **more: Any) -> dict[str, Any]:
    held = {"body": COUNCIL, "payee_name": name, "amount": Decimal(amount), "paid_on": date(2031, 7, 4), "source_file": "spend.csv", "source_row": row}
    return {**ORIGIN, **held, **more}


def payments() -> Rows:
    return [
        payment(CUT.upper(), "500.00", 2, payee_code="V1"),
        payment(TWIN, "9000.00", 3, payee_code="V2", purpose="Lamps"),
        payment(f"The {TWIN}", "1000.00", 4, body=OFFICE),
        payment(FIRM, "700.00", 5, payee_code="V3"),
        payment(PERSON, "99999.00", 6),
        payment(NAMES[5], "60.00", 7, payee_code="V4"),
        payment("Whoever they are", "10.00", 8, payee_code="V5", payee_org_id=org_id(9)),
        payment(None, "5.00", 9),
    ]


def tables(more: Rows | None = None) -> dict[str, Rows]:
    lines = {"payment_lines": [*payments(), *(more or [])], "grant_lines": [], "contract_lines": [], "consultation_lines": []}
    return {"register_names": register(), **lines}


def fill(change: Change, more: Rows | None = None, decided: Rows | None = None, entries: Rows | None = None) -> Change:
    for table, rows in {**tables(more), "register_names": [*register(), *(entries or [])]}.items():
        change.put_rows(table, rows)
    put_decisions(change, decided or [])
    identify(change, catalogue=CATALOGUE)
    for table in PUBLIC:
        change.put_parts(table, [])
    return change


def build(folder: Path, more: Rows | None = None, decided: Rows | None = None, entries: Rows | None = None) -> Lake:
    lake = Lake(folder, SHAPES)
    with lake.change() as change:
        fill(change, more, decided, entries)
    return lake


def decided(name: str, **more: Any) -> dict[str, Any]:
    held = {"decision": f"n-{name[:4]}", "payee_name": name, "published_org_id": "", "body": "", "vendor_number": "", "outcome": "organisation"}
    return {**held, "organisation_id": TWINS[0], "because": "Their letter says so.", "decided_on": date(2031, 8, 1), **more}
