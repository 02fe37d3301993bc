"""What the build was given: names of files as people see them, and whether they are of the sample country."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Literal

MARKER = "sample-country.json"
OWN_ACCOUNT = (MARKER, "truth.json", "truth-links.jsonl")


class MixedStandings(ValueError):
    """Files of the invented sample country were given together with real ones."""


@dataclass(frozen=True)
class Input:
    """A file given: its full path, and its name from the folder that holds what was asked for. `body` only in the sample country.

    A file in a zip has the path of the zip, and its own in it as `member`. `size` is in bytes.
    """

    path: PurePath
    name: str
    is_sample: bool = False
    body: str = ""
    member: str = ""
    size: int = field(default=0, compare=False)


def named(paths: Iterable[tuple[PurePath, PurePath]]) -> list[Input]:
    """Inputs from (file, the path it was asked for by), each under a name no other has; sorted by name, each file once."""
    folders = {file: asked.parent for file, asked in sorted(paths, reverse=True)}
    while True:
        names = {file: _readable(file.relative_to(folder).as_posix()) for file, folder in folders.items()}
        twice = {name for name, count in Counter(names.values()).items() if count > 1}
        wider = {file: folder.parent for file, folder in folders.items() if names[file] in twice and folder != folder.parent}
        if not wider:
            return sorted((Input(file, name) for file, name in names.items()), key=lambda item: item.name)
        folders |= wider


def mark_sample(inputs: Iterable[Input], markers: Mapping[PurePath, Mapping[str, str]]) -> list[Input]:
    """The same inputs, those under a marker's folder marked, with the body the marker gives for their folder; raises MixedStandings."""
    marked = [_marked(item, markers) for item in inputs]
    real = [item.name for item in marked if not item.is_sample]
    sample = [item.name for item in marked if item.is_sample]
    if real and sample:
        raise MixedStandings(
            f"Found {len(sample)} files of the invented sample country (such as {sample[0]}) and {len(real)} others (such as {real[0]}); "
            "expected one or the other. Build them in two workspaces, so that nothing invented stands beside the real record."
        )
    return marked


def standings(inputs: Iterable[Input]) -> Literal["real", "sample"]:
    """The standing the public tables of this build have."""
    return "sample" if any(item.is_sample for item in inputs) else "real"


def _readable(name: str) -> str:
    """The name with its bytes that are no text written out, as files from old systems have them."""
    return name.encode("utf-8", errors="backslashreplace").decode()


def _marked(item: Input, markers: Mapping[PurePath, Mapping[str, str]]) -> Input:
    for folder, bodies in markers.items():
        if item.path.is_relative_to(folder):
            within = item.path.relative_to(folder)
            steps = [within, *within.parents]
            body = next((bodies[step.as_posix()] for step in steps if step.as_posix() in bodies), "")
            return replace(item, is_sample=True, body=body)
    return item
