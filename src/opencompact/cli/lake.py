"""`opencompact lake`: the tables behind everything, read only."""

from collections.abc import Iterator
from pathlib import Path

import click
import duckdb

from opencompact.cli import Refused
from opencompact.values.sql import quoted

WORKSPACE = click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder of the lake.")
JSON = click.option("--json", "as_json", is_flag=True, help="As a JSON array of objects.")


class NotUnderstood(Refused):
    """The SQL is not one SELECT the lake can answer."""

    exit_code = 2


@click.group()
def command() -> None:
    """The tables behind everything, read only."""


@command.command("tables")
@WORKSPACE
@JSON
def tables(workspace: Path, as_json: bool) -> None:
    """Every table, its rows and what it holds."""
    from opencompact.registry import load_shapes

    con, shapes = _connect(workspace), load_shapes()
    names = [name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()]
    told = ", ".join(f"""('{name}', (SELECT count(*) FROM "{name}"), '{shapes[name].visibility}', {quoted(shapes[name].description)})""" for name in names)
    _show(con, f'SELECT * FROM (VALUES {told}) AS t("table", "rows", visibility, holds)', as_json=as_json)


@command.command("sql")
@click.argument("select")
@WORKSPACE
@JSON
def sql(select: str, workspace: Path, as_json: bool) -> None:
    """The rows of one SELECT."""
    _show(_connect(workspace), select, as_json=as_json)


@command.command("shell")
@WORKSPACE
def shell(workspace: Path) -> None:
    """One SELECT after another, each ended by a semicolon; an empty line or the end of input leaves."""
    con = _connect(workspace)
    for select in _statements():
        try:
            _show(con, select, as_json=False)
        except NotUnderstood as refusal:
            click.echo(refusal.format_message(), err=True)


def _connect(workspace: Path) -> duckdb.DuckDBPyConnection:
    from opencompact.lake import Lake
    from opencompact.registry import load_shapes

    return Lake((workspace / "lake").absolute(), load_shapes()).connect()


def _statements() -> Iterator[str]:
    text = ""
    while line := _line("lake> " if not text else "  ... "):
        text = f"{text}\n{line}"
        if line.rstrip().endswith(";"):
            yield text
            text = ""


def _line(prompt: str) -> str:
    try:
        return str(click.prompt(prompt, prompt_suffix="", default="", show_default=False))
    except click.Abort:
        return ""


def _show(con: duckdb.DuckDBPyConnection, select: str, *, as_json: bool) -> None:
    """Print the rows as JSON objects, or as a table. Raises NotUnderstood."""
    select = one_select(con, select)
    try:
        # A SELECT inside brackets can only read: WITH may hold a COPY or an INSERT at the top of a statement alone.
        bracketed = f"(\n{select}\n) t"
        answer = con.sql(f"SELECT * FROM {bracketed}")
        rows = con.execute(_as_json(answer, bracketed) if as_json else f"SELECT COLUMNS(*)::VARCHAR FROM {bracketed}").fetchall()
    except duckdb.Error as error:
        raise NotUnderstood(f"The lake cannot answer that. {error}\n`opencompact lake tables` lists the tables.") from error
    if as_json:
        click.echo("[" + ",\n ".join(row[0] for row in rows) + "]")
    else:
        _print_table(answer.columns, rows)


def _as_json(answer: duckdb.DuckDBPyRelation, bracketed: str) -> str:
    """A SELECT of each row of the bracketed one as a JSON object; JSON has no infinity and no not-a-number, so they are null."""
    wild = [name for name, kind in zip(answer.columns, answer.types, strict=True) if str(kind) in ("DOUBLE", "FLOAT")]
    tamed = ", ".join(f"""CASE WHEN isfinite("{name}") THEN "{name}" END AS "{name}\"""" for name in (column.replace('"', '""') for column in wild))
    replaced = f"REPLACE ({tamed})" if tamed else ""
    return f"SELECT to_json(t) FROM (SELECT * {replaced} FROM {bracketed}) t"


def one_select(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """The one SELECT in the text, without its semicolon. Raises NotUnderstood for anything else."""
    try:
        statements = con.extract_statements(text)
    except duckdb.Error as error:
        raise NotUnderstood(f"That is not SQL the lake understands. {error}") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotUnderstood("The lake is read only here, one question at a time: expected one SELECT.")
    return statements[0].query.strip().rstrip(";")


def _print_table(columns: list[str], rows: list[tuple[str | None, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, header_style="dim")
    for row in rows:
        table.add_row(*(Text("" if cell is None else cell) for cell in row))
    Console().print(table)
