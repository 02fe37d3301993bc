"""`opencompact check`: every catalogue card reads, points at things that exist, and its worked examples hold."""

import click

from opencompact.cli import BAD_CATALOGUE


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Check every card of the catalogue, ours and other packages'."""
    from opencompact.registry import load_catalogue, load_shapes
    from opencompact.registry.checking import faults

    catalogue = load_catalogue()
    found = faults(catalogue, load_shapes())
    for fault in found:
        click.echo(fault, err=True)
    if found:
        ctx.exit(BAD_CATALOGUE)
    click.echo(
        f"{len(catalogue.agreements)} agreements, {len(catalogue.rule_sets)} rule sets, {len(catalogue.vocabularies)} vocabularies, "
        f"{len(catalogue.sources)} sources and {len(catalogue.indicators)} indicators: nothing wrong."
    )
