"""`opencompact grants`: check a file of grants against the 360Giving standard."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Column, Table

from opencompact.cli import FOUND_WRONG, Refused

if TYPE_CHECKING:
    from opencompact.records.rules.grant_report import Report

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;border-bottom:1px solid #bbb;padding:.4rem}.scroller{overflow-x:auto}caption{text-align:left;font-weight:bold}"
    "caption span{display:block;font-weight:normal}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0}.number{text-align:right}"
)


@click.group()
def command() -> None:
    """Files of grants in the 360Giving standard."""


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to a file: report.html or report.csv.")
@click.pass_context
def check(ctx: click.Context, file: Path, as_json: bool, out: Path | None) -> None:
    """What of FILE (CSV, XLSX, ODS or JSON) breaks the standard, what could be better, and what is done well. Exit 1 where its schema is broken."""
    from opencompact.records.actions.checking import MOST_BYTES, check_grants
    from opencompact.records.actions.decoding import CannotRead

    if out is not None and out.suffix.lower() not in (".html", ".csv"):
        raise click.UsageError(f"--out {out}: found the ending {out.suffix or '(none)'}; expected .html or .csv.")
    if file.stat().st_size > MOST_BYTES:
        raise Refused(f"{file}: found {file.stat().st_size:,} bytes; expected {MOST_BYTES:,} or fewer. Give the file in parts.")
    try:
        report = check_grants(file.read_bytes(), file.name, at=datetime.now(UTC))
    except CannotRead as refusal:
        raise Refused(f"{file}: {refusal}.") from refusal
    if out is not None:
        _write(report, out)
    if as_json:
        click.echo(json.dumps({"answer": report.answer, **asdict(report)}, ensure_ascii=False, indent=1))
    else:
        _show(Console(), report, out)
    if report.errors:
        ctx.exit(FOUND_WRONG)


def _write(report: "Report", out: Path) -> None:
    from html import escape

    from opencompact.records.rules.grant_report import report_html, report_rows

    if out.suffix.lower() == ".csv":
        with out.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(_plain(row) for row in report_rows(report))
        return
    title = f"Grants checked: {escape(report.name)}"
    head = f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
    out.write_text(f"{head}<body><h1>{title}</h1><p><strong>{escape(report.answer)}</strong></p>{report_html(report)}</body></html>\n", encoding="utf-8")


def _plain(row: tuple[object, ...]) -> list[object]:
    """A cell a spreadsheet would run as a formula is kept as text."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row]


def _show(console: Console, report: "Report", out: Path | None) -> None:
    from opencompact.records.rules.grant_report import GROUPS, OF

    console.print(f"[bold]{report.answer}[/]")
    for remark in report.remarks:
        console.print(remark, markup=False)
    if report.faults:
        faults = [(kind.says, f"{kind.count:,}", ", ".join(str(place.row) for place in kind.places), kind.fix) for kind in report.faults]
        _table(console, "Against the standard's rules", ("what", "times", "rows", "what to do"), faults)
    for group, (title, _) in GROUPS.items():
        found = sorted((finding for finding in report.found if finding.group == group), key=lambda finding: -finding.share)
        rows = [
            (f"{each.count:,} of {each.of:,} {OF[each.applies]} {each.says}", ", ".join(str(place.row) for place in each.places), each.fix) for each in found
        ]
        _table(console, title, ("what", "rows", "what to do"), rows)
    console.print(f"{len(report.good)} checks found nothing." + (f" The report is in {out}." if out else ""), markup=False)


def _table(console: Console, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        table = Table(*(Column(head, overflow="fold") for head in heads), title=title, title_justify="left", box=None, header_style="dim")
        for row in rows:
            table.add_row(*(cell.replace("[", "\\[") for cell in row))
        console.print(table)
