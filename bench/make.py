"""Makes the benchmark's files: invented, the same every time."""

import csv
import random
from pathlib import Path

from openpyxl import Workbook

HEADER = ["Departmental Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier", "Transaction number", "Amount"]
GRANTS = ["Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Planned Dates:Start Date", "Planned Dates:End Date"]
GRANTS += ["Planned Dates:Duration (months)", "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Recipient Org:Company Number"]
GRANTS += ["Recipient Org:Postal Code", "Funding Org:Identifier", "Funding Org:Name", "Grant Programme:Title", "From an open call?"]


def make_payments(path: Path, *, rows: int) -> None:
    """Payments in the Treasury's columns: two date styles, some empty and some impossible, Windows-1252."""
    chance = random.Random(7)
    with path.open("w", newline="", encoding="cp1252") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            day = f"2031-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" if number % 500 else "2031-09-31"
            amount = f"{chance.randint(100, 9_000_000) / 100:,.2f}" if number % 700 else ""
            writer.writerow(["SAM", "SAMPLE OFFICE", day, "EXP – SERVICES", "AREA", f"Sample Supplier {chance.randint(1, 9000)} Ltd", 10_000 + number, amount])


def make_grants(path: Path, *, rows: int) -> None:
    """Grants with the 360Giving standard's headings, one in fifty faulty."""
    chance = random.Random(7)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("grants")
    sheet.append(GRANTS)
    for number in range(rows):
        charity = 9_800_000 + chance.randint(0, 9_999)
        amount = chance.randint(1, 50) * 1000 if number % 50 else "ten thousand"
        row = [f"360G-sample-{number}", f"Grant {number}", "An invented grant", "GBP", amount, "2031-04-05", "2031-05-01", "2032-04-30", 12]
        row += [f"GB-CHC-{charity}", f"Sample Charity {charity}", str(charity), "", "ZZ1 1ZZ", "360G-sample", "The Sample Fund", "Small grants", "Yes"]
        sheet.append(row)
    book.save(path)
