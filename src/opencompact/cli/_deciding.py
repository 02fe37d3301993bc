"""The files of decisions about names and of vendor lists, at the machine."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from opencompact.cli import Refused
from opencompact.cli._opening import open_office


def write_decisions(workspace: Path, *, body: str | None, out: Path) -> int:
    """Write the decisions in force; gives how many. Raises Refused."""
    open_office(workspace)
    from opencompact.organisations.queries.decisions import for_file
    from opencompact.organisations.rules.decisions import COLUMNS

    return _write(out, COLUMNS, ([row[name] for name in COLUMNS] for row in for_file(body)))


def read_decisions(workspace: Path, file: Path, *, at: datetime) -> Any:
    """Take the decisions of a file; gives what came of it. Raises Refused."""
    open_office(workspace)
    from opencompact.accounts.rules import Grant, Viewer
    from opencompact.organisations.actions.decisions import CannotSettle, import_decisions

    try:
        text = file.read_text(encoding="utf-8-sig")
        return import_decisions(text, file=file.name, by=Viewer("at the machine", (Grant("reviewer"),)), at=at)
    except UnicodeDecodeError as fault:
        raise Refused(f"{file}: found bytes that are no UTF-8; expected a CSV file saved as UTF-8.") from fault
    except CannotSettle as refusal:
        raise Refused(str(refusal)) from refusal


def write_vendors(workspace: Path, *, body: str, out: Path) -> tuple[int, int]:
    """Write a body's vendor numbers that are not settled; gives how many, and how many it has. Raises Refused."""
    open_office(workspace)
    from opencompact.lake import Lake, NoLake
    from opencompact.organisations.queries.decisions import vendors_of
    from opencompact.organisations.queries.review import vendor_lines
    from opencompact.organisations.rules.decisions import VENDOR_COLUMNS, vendor_row
    from opencompact.registry import load_shapes

    try:
        lines = vendor_lines(Lake(workspace / "lake", load_shapes()).connect(), body=body)
    except NoLake as refusal:
        raise Refused(str(refusal)) from refusal
    if not lines:
        raise Refused(f"No payment of {body} in {workspace} carries a vendor number. Name the body as its pages do, such as department-for-transport.")
    settled = vendors_of(body)
    return _write(out, VENDOR_COLUMNS, (vendor_row(body, row) for row in lines if row["vendor_number"] not in settled)), len(lines)


def _write(out: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    part, count = out.with_name(f".{out.name}.part"), 0
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow(["" if value is None else value for value in row])
            count += 1
    part.replace(out)
    return count
