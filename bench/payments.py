"""Payments read with every row's origin and problem, beside DuckDB's bare read of the same rows; a workbook beside openpyxl's."""

import csv
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

CASES = {
    "payments, 1,000,000 rows of CSV": ["ours_payments_1m", "duckdb_bare_1m"],
    "payments, 300 small files": ["ours_payments_small", "duckdb_bare_small"],
    "payments, 100,000 rows of XLSX": ["ours_payments_xlsx", "openpyxl_payments"],
}
HEADER = ["Departmental Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier", "Transaction number", "Amount"]
# (encoding, how days are written): four files of a quarter million rows each
DRESSES = [("utf-8", "%Y-%m-%d"), ("cp1252", "%d/%m/%Y"), ("utf-8-sig", "%d-%b-%y"), ("utf-16", "%d/%m/%Y")]
WIDE = 25  # columns of the workbook


def prepare(folder: Path) -> None:
    """The files, the same every time; and for DuckDB's bare read the same rows as UTF-8."""
    if (folder / "wide.xlsx").exists():
        return
    for name in ("large", "large-utf8", "small"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, (encoding, day) in enumerate(DRESSES):
        make_payments(folder / "large" / f"payments-{number}.csv", rows=250_000, encoding=encoding, day=day, seed=number)
        text = (folder / "large" / f"payments-{number}.csv").read_text(encoding=encoding)
        (folder / "large-utf8" / f"payments-{number}.csv").write_text(text, encoding="utf-8")
    for number in range(300):
        make_payments(folder / "small" / f"{number:04}.csv", rows=40, seed=number)
    make_book(folder / "wide.xlsx", rows=100_000)


def make_payments(path: Path, *, rows: int, encoding: str = "utf-8", day: str = "%Y-%m-%d", seed: int = 7) -> None:
    """Payments in the Treasury's columns, invented: one day in 500 impossible, one amount in 700 empty, quoted names with commas."""
    draw = random.Random(seed)
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(payment(draw, number, day) for number in range(rows))


def payment(draw: random.Random, number: int, day: str) -> list[str]:
    """One invented payment."""
    paid = (date(2031, 1, 1) + timedelta(days=draw.randrange(365))).strftime(day) if number % 500 else "2031-09-31"
    amount = f"{draw.randint(100, 9_000_000) / 100:,.2f}" if number % 700 else ""
    supplier = f"Sample Supplier {draw.randint(1, 9000)}{', of £mple Town' if number % 9 == 0 else ''} Ltd"
    return ["SAM", "SAMPLE OFFICE", paid, "EXP – SERVICES", "AREA", supplier, str(10_000_000 + number), amount]


def make_book(path: Path, *, rows: int) -> None:
    """The same as a workbook, with further columns of words and numbers."""
    from openpyxl import Workbook

    draw, book = random.Random(7), Workbook(write_only=True)
    sheet = book.create_sheet("payments")
    sheet.append([*HEADER, *(f"Note {place}" for place in range(WIDE - len(HEADER)))])
    for number in range(rows):
        row = payment(draw, number, "%Y-%m-%d")
        amount = [float(row[-1].replace(",", ""))] if row[-1] else [None]
        sheet.append([*row[:-1], *amount, *(f"note {draw.randrange(500)}" if place % 2 else draw.randrange(10**6) for place in range(WIDE - len(HEADER)))])
    book.save(path)


def ours_payments_1m(folder: Path) -> None:
    _ours(folder / "large", folder)


def ours_payments_small(folder: Path) -> None:
    _ours(folder / "small", folder)


def ours_payments_xlsx(folder: Path) -> None:
    _ours(folder / "wide.xlsx", folder)


def _ours(given: Path, folder: Path) -> None:
    """Decode, know, tidy, report, and keep with every row's origin."""
    from opencompact.lake import Lake
    from opencompact.records.actions import reading
    from opencompact.registry import load_catalogue, load_shapes

    lake = folder / f"lake-{given.stem}"
    shutil.rmtree(lake, ignore_errors=True)
    with Lake(lake, load_shapes()).change() as change:
        reading.read(change, reading.find_inputs([given]), catalogue=load_catalogue(), digest="bench")


def duckdb_bare_1m(folder: Path) -> None:
    """DuckDB's own read of the same rows as UTF-8, all text, to Parquet: no encoding, header search, dates, problems or origin."""
    _bare(folder, folder / "large-utf8")


def duckdb_bare_small(folder: Path) -> None:
    """The same of the small files, as one table."""
    _bare(folder, folder / "small")


def _bare(folder: Path, given: Path) -> None:
    import duckdb

    duckdb.execute(f"COPY (SELECT * FROM read_csv('{given}/*.csv', all_varchar = true)) TO '{folder / 'bare.parquet'}'")


def openpyxl_payments(folder: Path) -> None:
    """Read every cell of the workbook, and nothing else."""
    from openpyxl import load_workbook

    for row in load_workbook(folder / "wide.xlsx", read_only=True)["payments"].iter_rows(values_only=True):
        len(row)
