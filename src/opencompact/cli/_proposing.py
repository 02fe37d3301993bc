"""What `opencompact sources propose` shows and writes."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from opencompact.cli import Refused
from opencompact.records.actions.decoding import CannotRead, read_bytes
from opencompact.records.actions.previewing import Preview, preview
from opencompact.records.rules.mapped_files import KINDS
from opencompact.records.rules.mapping import card_text
from opencompact.registry import load_catalogue


def propose(file: Path, *, table: str, out: Path | None) -> None:
    """Show the proposal; write its folder into `out` where given. Raises Refused for what is no table, and for a folder that is there."""
    tables = {kind.word: name for name, kind in KINDS.items()}
    try:
        tried = preview(read_bytes(file), file_name=f"{file.absolute().parent.name}/{file.name}", catalogue=load_catalogue(), table=tables.get(table, ""))
    except CannotRead as refusal:
        raise Refused(f"{file}: {refusal}.") from refusal
    show(Console(), tried)
    if out is None:
        click.echo(card_text(tried.proposal))
        click.echo("To write it: --out FOLDER.")
        return
    folder = out / tried.proposal.slug.replace("-", "_")
    if folder.exists():
        raise Refused(f"{folder} is there. Edit its source.yml, or give another folder with --out.")
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(card_text(tried.proposal), encoding="utf-8")
    click.echo(f"Written: {folder / 'source.yml'}\nEdit what stands in [square brackets]. Then: opencompact build --sources {out} --input {file}")


def show(console: Console, tried: Preview) -> None:
    """The columns and why, the rows as they would load, and the problems."""
    proposal = tried.proposal
    where = "it has no header" if proposal.place < 0 else f"its header is row {proposal.place + 1}"
    console.print(f"Read as [bold]{KINDS[proposal.table].word}[/]; {where}. {tried.loaded:,} of {tried.found:,} rows would load, {tried.refused:,} would not.")
    if proposal.wanting:
        words = " and the ".join(KINDS[proposal.table].fields[name] for name in proposal.wanting)
        console.print(f"[bold]No column was found for the {words}[/]: name it under `mapping`.")
    fields = Table(Column("field"), Column("column", overflow="fold"), Column("because", overflow="fold"), box=None, header_style="dim")
    for name, column in proposal.columns.items():
        fields.add_row(KINDS[proposal.table].fields[name], column.named, column.because)
    console.print(fields, *(f"{line[:1].upper()}{line[1:]}." for line in proposal.said))
    if tried.rows:
        rows = Table(*(Column(name, overflow="fold") for name in tried.fields), title="As they would load", title_justify="left", box=None, header_style="dim")
        for row in tried.rows:
            rows.add_row(*(row.get(name, "") for name in tried.fields))
        console.print(rows)
    if tried.problems:
        names = ("kind", "consequence", "field", "times", "first_row", "example", "expected")
        problems = Table(*(Column(name.replace("_", " "), overflow="fold") for name in names), title="Problems", title_justify="left", box=None)
        for problem in tried.problems:
            problems.add_row(*(str(problem[name] if problem[name] is not None else "") for name in names))
        console.print(problems)
