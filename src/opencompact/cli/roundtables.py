"""`opencompact roundtables`: a draw made again by anybody who has its pool, to compare with what was published."""

import json
from pathlib import Path

import click

from opencompact.cli import Refused

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def command() -> None:
    """Balanced invitations to roundtables."""


@command.command("draw")
@click.argument("pool", type=_FILE)
@click.option("--wanted", type=_FILE, help="The file of what the places are drawn to, from the roundtable's page.")
@click.option("--profile", help="Instead of that file, a target profile of the catalogue, such as whole-country.")
@click.option("--seats", required=True, type=click.IntRange(1, 500), help="How many places.")
@click.option("--seed", required=True, type=click.IntRange(0), help="The seed as published.")
@click.option("--keep", multiple=True, help="A number that had a place before this draw; may be given many times.")
@click.option("--without", multiple=True, help="A number that had declined before this draw; may be given many times.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def draw(pool: Path, wanted: Path | None, profile: str | None, seats: int, seed: int, keep: tuple[str, ...], without: tuple[str, ...], as_json: bool) -> None:
    """Draw from POOL, the file of a draw's pool, and say which numbers have a place, what could not be met, and the file's checksum."""
    from opencompact.convening.queries.roundtables_profiles import labels, profiles
    from opencompact.convening.rules import draw as drawing
    from opencompact.convening.rules.draw_file import NotAPool, checksum, read_pool_file, read_wanted
    from opencompact.convening.rules.draw_words import missed_words, quotas_of
    from opencompact.convening.rules.roundtables import ATTRIBUTES

    if (wanted is None) == (profile is None):
        raise click.UsageError("Give either --wanted or --profile.")
    if profile and profile not in profiles():
        raise Refused(f"Found the profile {profile!r}; expected one of: {', '.join(profiles())}.")
    try:
        text = pool.read_bytes().decode()
        quotas = read_wanted(wanted.read_bytes().decode("utf-8-sig")) if wanted else quotas_of(profiles()[profile or ""], seats)
        drawn = drawing.draw(read_pool_file(text), quotas, seats=seats, seed=seed, keep=keep, without=without)
    except (NotAPool, UnicodeDecodeError, drawing.CannotDraw) as refusal:
        raise Refused(f"{pool}{f' and {wanted}' if wanted else ''}: {refusal}") from refusal
    missed = [missed_words(each, quotas, labels(), ATTRIBUTES) for each in drawn.missed]
    if as_json:
        click.echo(json.dumps({"sha256": checksum(text), "places": drawn.names, "missed": missed}, indent=1))
        return
    click.echo(f"SHA-256 of the pool: {checksum(text)}")
    click.echo("\n".join(f"{name}  number {drawn.order[name]} in the order" for name in drawn.names))
    click.echo("\n".join(missed) or "Everything that is wanted is met.")
