"""`opencompact sample`: an invented country to try the program on."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from opencompact.sample.size import LARGEST, NATIONAL


class Scale(click.ParamType[int | str]):
    """A number of times, or the word `national`."""

    name = f"1 to {LARGEST}, or {NATIONAL}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """The number, or the word; refuses anything else."""
        if value == NATIONAL:
            return NATIONAL
        scale = click.INT.convert(value, param, ctx)
        return scale if 1 <= scale <= LARGEST else self.fail(f"{scale} is not 1 to {LARGEST}; a nation's size is `{NATIONAL}`.", param, ctx)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to make it in; an older sample country there is replaced.")
@click.option("--scale", type=Scale(), default="1", show_default=True, help="How many times everything that grows, or `national` for a nation's.")
@click.option("--seed", type=int, default=2031, show_default=True, help="Another number, another country; the same number, the same bytes.")
@click.option("--with-broken-files", is_flag=True, help="Also write files that cannot be read, to see how the build tells of them.")
def command(out: Path, scale: int | str, seed: int, with_broken_files: bool) -> None:
    """Make an invented country: files in the true shapes, with the true kinds of dirt, and the truth beside them."""
    from opencompact.sample.making import NotOurs, make_country

    console = Console(stderr=True)
    try:
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
        ) as progress:
            task = progress.add_task("The sample country")
            made = make_country(
                out,
                scale=scale,
                seed=seed,
                with_broken_files=with_broken_files,
                told=lambda part, place, total: progress.update(task, completed=place, total=total, description=f"Writing {part}"),
            )
    except NotOurs as refusal:
        raise click.UsageError(str(refusal)) from refusal
    console.print(
        f"Made an invented country in [bold]{made.folder}[/]: {made.files:,} files. "
        f"{made.payments:,} payments, {made.grants:,} grants and {made.contracts:,} contract awards must count."
    )
    console.print("The truth about it stands in truth.json and truth-links.jsonl there.")
    console.print(f"Next: [bold]opencompact build --workspace workspace --input {out}[/]")
