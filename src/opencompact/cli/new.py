"""`opencompact new`: the folder of a new source, indicator or agreement, from a template."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from opencompact.cli import Refused

SECTIONS = {"source": "sources", "indicator": "indicators", "agreement": "agreements"}
NEXT = {
    "source": (
        "source.yml: title, publisher, licence, url, body, how its days are written, and the columns a file of it is known by.",
        "tidy.py: the plan that fits its table; the one written fits payments.",
        "sample: a few rows true to the publisher's own headings and dirt, with invented names alone; expect.yml: what they give.",
    ),
    "indicator": (
        "indicator.yml: what stands in [square brackets], the undertakings it tests, the tables it needs.",
        "measure.sql: the SELECT; its columns are body, period, value, n and population.",
        "examples.yml: the smallest rows that show what counts and what does not.",
    ),
    "agreement": (
        "agreement.yml: what stands in [square brackets]; then delete the line `template: true`, which keeps it out of every table.",
        "Set `wording` to confirmed, with the address, for each promise whose signed text you have seen.",
    ),
}


@click.command()
@click.argument("kind", type=click.Choice(list(SECTIONS)))
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of a catalogue; the package's own, where it is not given and this is its repository.",
)
def command(kind: str, name: str, into: Path | None) -> None:
    """Write the folder of a new source, indicator or agreement."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise click.UsageError(f"Found the name {name}; expected small letters, digits and single hyphens, such as leeds-payments-2031.")
    folder = _folder(kind, name, into or _own_catalogue())
    today = datetime.now(UTC).date()
    words = {"[slug]": name, "[today]": today.isoformat(), "[next year]": (today + timedelta(days=365)).isoformat()}
    for path, text in _templates(kind):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text), encoding="utf-8")
    if kind == "source":
        (folder.parent / "__init__.py").touch()  # a tidy.py is imported, so the folders above it are packages
    click.echo("\n".join([f"Written: {folder}", "Edit next:", *(f"  {step}" for step in NEXT[kind]), "Then: opencompact check"]))


def _own_catalogue() -> Path:
    """The catalogue of this repository. Raises UsageError where this is not run in it: an installed package is not for editing."""
    own = Path(str(resources.files("opencompact.catalogue")))
    if not own.is_relative_to(Path.cwd()):
        raise click.UsageError("Say where the catalogue is: --into FOLDER. How to make one of your own: docs/how-to/add-a-source.md.")
    return own


def _folder(kind: str, name: str, catalogue: Path) -> Path:
    from opencompact.registry import load_catalogue

    folder = catalogue / SECTIONS[kind] / (name.replace("-", "_") if kind == "source" else name)
    taken: dict[str, object] = getattr(load_catalogue(), SECTIONS[kind])
    if folder.exists() or name in taken:
        raise Refused(f"The name {name} is taken by another {kind}. Take a new name, or edit the one there is.")
    return folder


def _templates(kind: str) -> Iterator[tuple[str, str]]:
    """Paths and texts of the files to write; an agreement begins as the catalogue's own template of a local compact."""
    if kind == "agreement":
        yield (
            "agreement.yml",
            (resources.files("opencompact.catalogue") / "agreements" / "local-compact-template" / "agreement.yml").read_text(encoding="utf-8"),
        )
        return
    yield from _files(resources.files("opencompact.cli") / "new_templates" / kind, "")


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name.removesuffix('.template')}", entry.read_text(encoding="utf-8")
