"""Grants in the 360Giving standard, read and checked: our checker beside python's `jsonschema` finding the same errors, and beside openpyxl's bare read."""

import csv
import json
import random
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

CASES = {
    "grants checked, 100,000 rows of JSON": ["ours_check_json", "jsonschema_errors"],
    "grants checked, 100,000 rows of CSV": ["ours_check_csv", "jsonschema_errors"],
    "grants, 20,000 rows of XLSX": ["ours_read_xlsx", "openpyxl_grants"],
    "grants, 100,000 rows of XLSX": ["ours_read_xlsx_100k", "openpyxl_grants_100k"],
}
FAULTY = 0.02
FAULTS = ("amount in words", "day first", "no title", "currency", "address", "no recipient")


def grants(rows: int, *, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Invented grants with 24 fields each, two in a hundred with a fault the schema names."""
    draw = random.Random(seed)
    for number in range(rows):
        grant = _grant(number, draw)
        if draw.random() < FAULTY:
            _spoil(grant, draw.choice(FAULTS))
        yield grant


def _grant(number: int, draw: random.Random) -> dict[str, Any]:
    awarded = date(2019, 1, 1) + timedelta(days=draw.randrange(2000))
    charity = str(1_000_000 + draw.randrange(200_000))
    return {
        "id": f"360G-samplebench-{number}",
        "title": f"Sample grant {number} for the work of the sample group",
        "description": f"Sample description {number}: " + "towards running costs of an invented group, " * draw.randrange(1, 5),
        "currency": "GBP",
        "amountAwarded": draw.randrange(500, 500_000),
        "amountDisbursed": draw.randrange(500, 500_000) + 0.5,
        "awardDate": awarded.isoformat(),
        "url": f"https://sample.example/grants/{number}",
        "plannedDates": [{"startDate": awarded.isoformat(), "endDate": (awarded + timedelta(days=364)).isoformat(), "duration": 12}],
        "recipientOrganization": [
            {
                "id": f"GB-CHC-{charity}",
                "name": f"Sample Group {charity}",
                "charityNumber": charity,
                "streetAddress": f"{number % 99} Sample Street",
                "addressLocality": "Sampleton",
                "postalCode": "ZZ1 1ZZ",
                "url": "https://sample.example/",
            }
        ],
        "beneficiaryLocation": [{"name": "Sampleshire", "geoCode": "E08000009", "geoCodeType": "MD"}],
        "fundingOrganization": [{"id": "GB-CHC-1000001", "name": "Sample Fund"}],
        "grantProgramme": [{"code": "SP1", "title": "Sample Programme"}],
        "fromOpenCall": "Yes",
        "dateModified": f"{awarded.isoformat()}T09:00:00Z",
        "dataSource": "https://sample.example/grants",
    }


def _spoil(grant: dict[str, Any], fault: str) -> None:
    if fault == "amount in words":
        grant["amountAwarded"] = "a thousand pounds"
    elif fault == "day first":
        grant["awardDate"] = "16/07/2031"
    elif fault == "no title":
        del grant["title"]
    elif fault == "currency":
        grant["currency"] = "pounds"
    elif fault == "address":
        grant["url"] = "not an address"
    else:
        del grant["recipientOrganization"]


def prepare(folder: Path) -> None:
    """The two files, and books of 20,000 and of 100,000 grants."""
    make_checked(folder)
    make_book(folder / "grants.xlsx", rows=20_000)
    make_book(folder / "grants-100k.xlsx", rows=100_000)


def make_book(path: Path, *, rows: int) -> None:
    """The same invented grants as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("grants")
    held = list(map(_flat, grants(rows)))
    columns = sorted(held[0])
    sheet.append(columns)
    for flat in held:
        sheet.append([flat.get(column) for column in columns])
    book.save(path)


def make_checked(folder: Path, *, rows: int = 100_000) -> None:
    """`checked.json` and `checked.csv`, the same grants."""
    (folder / "checked-errors.txt").unlink(missing_ok=True)
    held = list(grants(rows))
    (folder / "checked.json").write_text(json.dumps({"grants": held}), encoding="utf-8")
    columns = sorted({path for grant in held[:1000] for path in _flat(grant)})
    with (folder / "checked.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([flat.get(column, "") for column in columns] for flat in map(_flat, held))


def _flat(grant: dict[str, Any]) -> dict[str, Any]:
    """`recipientOrganization/0/name`: the standard's field names, as its flattened tables may have them."""
    flat = {name: value for name, value in grant.items() if not isinstance(value, list)}
    lists = {name: value for name, value in grant.items() if isinstance(value, list)}
    return flat | {f"{name}/{place}/{key}": value for name, items in lists.items() for place, item in enumerate(items) for key, value in item.items()}


def ours_check_json(folder: Path) -> None:
    _ours(folder / "checked.json")


def ours_check_csv(folder: Path) -> None:
    _ours(folder / "checked.csv")


def _ours(path: Path) -> None:
    """Read the file, find every error of the schema and make every check of the catalogue."""
    from opencompact.records.actions.checking import check_grants

    report = check_grants(path.read_bytes(), path.name, at=datetime(2031, 7, 16, tzinfo=UTC))
    _same_errors(path.parent, report.errors)


def ours_read_xlsx(folder: Path) -> None:
    _read_book(folder / "grants.xlsx", least=15_000)


def ours_read_xlsx_100k(folder: Path) -> None:
    _read_book(folder / "grants-100k.xlsx", least=75_000)


def _read_book(path: Path, *, least: int) -> None:
    """Read the book into the lake: days, amounts, identifiers, every row's origin, every problem."""
    from opencompact.lake import Lake
    from opencompact.records.actions import reading
    from opencompact.records.rules.inputs import Input
    from opencompact.registry import load_catalogue, load_shapes

    target = path.parent / "lake-grants"
    shutil.rmtree(target, ignore_errors=True)
    with Lake(target, load_shapes()).change() as change:
        reading.read(change, [Input(path, path.name, True, "sample-fund")], catalogue=load_catalogue(), digest="bench")
        if change.con.execute(f"SELECT count(*) > {least} FROM grant_lines").fetchall() != [(True,)]:
            raise SystemExit("the book was not read as grants")


def openpyxl_grants(folder: Path) -> None:
    _read_cells(folder / "grants.xlsx")


def openpyxl_grants_100k(folder: Path) -> None:
    _read_cells(folder / "grants-100k.xlsx")


def _read_cells(path: Path) -> None:
    """Read every cell of the same book, and nothing else."""
    from openpyxl import load_workbook

    for row in load_workbook(path, read_only=True)["grants"].iter_rows(values_only=True):
        len(row)


def jsonschema_errors(folder: Path) -> None:
    """The errors of the same schema by python's `jsonschema`, and nothing else: no further checks, no table un-flattened."""
    import jsonschema

    schema = json.loads(Path("src/opencompact/catalogue/standards/threesixtygiving/grant-schema.json").read_text(encoding="utf-8"))
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date-time")(lambda text: not isinstance(text, str) or bool(re.match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", text)))
    formats.checks("uri")(lambda text: not isinstance(text, str) or bool(re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$", text)))
    checker = jsonschema.Draft4Validator(schema, format_checker=formats)
    held = json.loads((folder / "checked.json").read_bytes())["grants"]
    _same_errors(folder, sum(1 for grant in held for _ in checker.iter_errors(grant)))


def _same_errors(folder: Path, errors: int) -> None:
    """Whoever comes first writes the number down; the others must find as many."""
    path = folder / "checked-errors.txt"
    if not path.exists():
        path.write_text(str(errors))
    if path.read_text() != str(errors) or not errors:
        raise SystemExit(f"found {errors} errors, where another found {path.read_text()}")
