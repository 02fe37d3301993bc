"""The sample country built whole: ten times the data, and again after one changed file."""

import shutil
from pathlib import Path

SMALL, LARGE = 5, 50
AT = "2034-07-01T09:00:00Z"
CASES = {
    f"the sample country, scale {SMALL} and {LARGE}, made": ["ours_sample_small", "ours_sample_large"],
    "the same, built from nothing": ["ours_build_small", "ours_build_large"],
    f"scale {LARGE}, built again after one changed file": ["ours_build_large", "ours_rebuild_large"],
}


def prepare(folder: Path) -> None:
    """Both countries; the same seed gives the same bytes."""
    for scale in (SMALL, LARGE):
        _make(folder / f"country-{scale}", scale)


def ours_sample_small(folder: Path) -> None:
    _make(folder / "country-made", SMALL)


def ours_sample_large(folder: Path) -> None:
    _make(folder / "country-made", LARGE)


def ours_build_small(folder: Path) -> None:
    _build_anew(folder, SMALL)


def ours_build_large(folder: Path) -> None:
    _build_anew(folder, LARGE)


def ours_rebuild_large(folder: Path) -> None:
    """One payment more at the end of one file, then the build; the workspace is the one that `ours_build_large` left."""
    changed = min((folder / f"country-{LARGE}" / "spend").rglob("2033-06.csv"))
    lines = changed.read_bytes().splitlines(keepends=True)
    changed.write_bytes(b"".join([*lines, lines[-1]]))
    _build(folder, LARGE)


def _make(target: Path, scale: int) -> None:
    from opencompact.sample.making import make_country

    make_country(target, scale=scale, seed=7)


def _build_anew(folder: Path, scale: int) -> None:
    shutil.rmtree(folder / f"workspace-{scale}", ignore_errors=True)
    _build(folder, scale)


def _build(folder: Path, scale: int) -> None:
    from opencompact.cli import run

    code, message = run(["build", "--workspace", str(folder / f"workspace-{scale}"), "--input", str(folder / f"country-{scale}"), "--at", AT])
    if code:
        raise SystemExit(message)
