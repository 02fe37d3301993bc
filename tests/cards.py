"""Packages of catalogue cards installed for the length of a test, as pip would: a folder on the path and its entry point."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from opencompact import registry

Install = Callable[..., Path]


@contextmanager
def installing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Gives a function that writes a package (its name begins with `samplecards`) and registers it."""

    def install(name: str, files: Mapping[str, str], *, value: str = "") -> Path:
        told = {
            f"{name}-1.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
            f"{name}-1.dist-info/entry_points.txt": f"[{registry.GROUP}]\n{name} = {value or name}\n",
        }
        for path, content in {f"{name}/__init__.py": "", **{f"{name}/{path}": content for path, content in files.items()}, **told}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        importlib.invalidate_caches()
        registry.load_catalogue.cache_clear()
        return folder / name

    monkeypatch.syspath_prepend(folder)
    registry.load_catalogue.cache_clear()
    yield install
    registry.load_catalogue.cache_clear()
    for module in [module for module in sys.modules if module.startswith("samplecards")]:
        del sys.modules[module]
