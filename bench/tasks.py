"""One task of the benchmark, in a process of its own: `python -m bench.tasks TASK FOLDER`."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path


def ours_payments(folder: Path) -> None:
    _read(folder, "payments.csv")


def ours_grants(folder: Path) -> None:
    _read(folder, "grants.xlsx")


def _read(folder: Path, name: str) -> None:
    """Decode, know, tidy, report and keep with every row's origin."""
    from opencompact.lake import Lake
    from opencompact.records.actions import reading
    from opencompact.records.rules.inputs import Input
    from opencompact.registry import load_catalogue, load_shapes

    target = folder / f"lake-{name}"
    shutil.rmtree(target, ignore_errors=True)
    with Lake(target, load_shapes()).change() as change:
        reading.read(change, [Input((folder / name).absolute(), name, True, "sample-office")], catalogue=load_catalogue(), digest="bench")


def duckdb_bare(folder: Path) -> None:
    """DuckDB's own read of the same bytes as UTF-8, all text, to Parquet: no header search, dates, problems or origin."""
    import duckdb

    text = (folder / "payments.csv").read_bytes().decode("cp1252")
    (folder / "payments-utf8.csv").write_text(text, encoding="utf-8")
    duckdb.execute(f"COPY (SELECT * FROM read_csv('{folder / 'payments-utf8.csv'}', all_varchar = true)) TO '{folder / 'bare.parquet'}'")


def frictionless_validate(folder: Path) -> None:
    """The field's checker of table schemas on the same file."""
    from frictionless import Resource, Schema, system

    fields = [{"name": name, "type": "string"} for name in ("Departmental Family", "Entity")] + [{"name": "Date", "type": "date"}]
    fields += [{"name": name, "type": "string"} for name in ("Expense Type", "Expense Area", "Supplier", "Transaction number")]
    fields += [{"name": "Amount", "type": "number", "groupChar": ","}]
    with system.use_context(trusted=True):
        Resource(path=str(folder / "payments.csv"), encoding="cp1252", schema=Schema.from_descriptor({"fields": fields})).validate(limit_errors=1_000_000)


def openpyxl_read(folder: Path) -> None:
    """Read every cell of the workbook, and nothing else."""
    from openpyxl import load_workbook

    for row in load_workbook(folder / "grants.xlsx", read_only=True)["grants"].iter_rows(values_only=True):
        len(row)


def ours_build(folder: Path) -> None:
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    _build(folder)


def ours_rebuild(folder: Path) -> None:
    changed = sorted((folder / "country").rglob("*.csv"))[-1]
    changed.write_bytes(changed.read_bytes().rstrip(b"\r\n") + b"\r\n" * (2 + datetime.now(UTC).microsecond % 7))
    _build(folder)


def _build(folder: Path) -> None:
    from opencompact.cli import run

    code, message = run(["build", "--workspace", str(folder / "workspace"), "--input", str(folder / "country")])
    if code:
        raise SystemExit(message)


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]).absolute())
