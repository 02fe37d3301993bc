"""The registry: finds every card of the catalogue, ours and other packages', through one entry-point group."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module, resources
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeVar

import msgspec
import yaml

from opencompact import shapes
from opencompact.registry.cards import Agreement, Card, Example, Indicator, RuleSet, Source, SpendReturn, Vocabulary
from opencompact.shapes.shape import Shape

GROUP = "opencompact.catalogue"
C = TypeVar("C", bound=Card)


class BadCard(ValueError):
    """A card cannot be read; the message names the file, the key, what was found and what was expected."""


@dataclass(frozen=True)
class Catalogue:
    """Everything people have added, by slug."""

    agreements: dict[str, Agreement] = field(default_factory=dict)
    rule_sets: dict[str, RuleSet] = field(default_factory=dict)
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    tidies: dict[str, Callable[..., Any]] = field(default_factory=dict)
    feeds: dict[str, Callable[..., Any]] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    returns: dict[str, SpendReturn] = field(default_factory=dict)


@cache
def load_shapes() -> dict[str, Shape]:
    """Every table's shape by name."""
    found = {}
    for module in sorted(iter_modules(shapes.__path__), key=lambda entry: entry.name):
        shape = getattr(import_module(f"{shapes.__name__}.{module.name}"), "SHAPE", None)
        if shape is not None:
            found[shape.name] = shape
    return found


@cache
def load_catalogue() -> Catalogue:
    """Every card of every registered package; raises BadCard at the first that cannot be read."""
    catalogue = Catalogue()
    for entry in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        package = entry.load()
        if not isinstance(package, ModuleType):
            raise BadCard(f"Entry point {entry.name} of group {GROUP} is {entry.value}; expected a package whose folders are cards.")
        root = resources.files(package)
        _fill(catalogue.agreements, root, "agreements", "agreement.yml", Agreement)
        _fill(catalogue.rule_sets, root, "rulesets", "ruleset.yml", RuleSet)
        _fill(catalogue.vocabularies, root, "vocabularies", "vocabulary.yml", Vocabulary)
        _fill(catalogue.indicators, root, "indicators", "indicator.yml", Indicator)
        _fill(catalogue.returns, root, "returns", "return.yml", SpendReturn)
        for slug in _fill(catalogue.sources, root, "sources", "source.yml", Source):
            folder = slug.replace("-", "_")
            if not catalogue.sources[slug].mapping or (root / "sources" / folder / "tidy.py").is_file():
                catalogue.tidies[slug] = _function(f"{package.__name__}.sources.{folder}.tidy", "tidy", "returns a plan for the file")
            if (root / "sources" / folder / "fetch.py").is_file():
                catalogue.feeds[slug] = _function(f"{package.__name__}.sources.{folder}.fetch", "feed", "says how the source is asked")
    return catalogue


def with_sources(catalogue: Catalogue, folder: Traversable) -> Catalogue:
    """The catalogue with the source cards of a folder outside any package, a folder each: such cards have a `mapping`, no Python. Raises BadCard."""
    sources: dict[str, Source] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else ():
        if (entry / "source.yml").is_file():
            slug = entry.name.replace("_", "-")
            sources[slug] = read_card(entry, "source.yml", Source, slug=slug)
            if slug in catalogue.sources:
                raise BadCard(f"{entry}: the slug {slug} is taken by another source; give the folder a new name.")
            if not sources[slug].mapping:
                raise BadCard(f"{entry / 'source.yml'}: found no `mapping`; expected the header each field is read from, as `sources propose` writes it.")
    return replace(catalogue, sources={**catalogue.sources, **sources})


def read_card(folder: Traversable, name: str, kind: type[C], *, slug: str) -> C:
    """The card in `folder`; raises BadCard naming the file and what is wrong with it."""
    path = folder / name
    try:
        content = _loaded(path)
        card = msgspec.convert({**content, "slug": slug}, kind)
        if isinstance(card, Indicator):
            examples = msgspec.convert(_loaded(folder / "examples.yml"), tuple[Example, ...])
            card = msgspec.structs.replace(card, sql=(folder / "measure.sql").read_text(encoding="utf-8"), examples=examples)
    except (yaml.YAMLError, msgspec.ValidationError, TypeError, OSError, UnicodeDecodeError) as error:
        raise BadCard(f"{path}: {error}") from error
    return card


def _loaded(path: Traversable) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  a safe one: the same rules in C, eight times as fast


_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _function(module: str, name: str, does: str) -> Callable[..., Any]:
    source, _, file = module.rpartition(".")
    try:
        found: Callable[..., Any] = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise BadCard(f"{source}: found no function `{name}` in a module {file}.py ({error}); expected one that {does}.") from error
    return found


def _fill(cards: dict[str, C], root: Traversable, section: str, name: str, kind: type[C]) -> list[str]:
    added: list[str] = []
    folder = root / section
    if not folder.is_dir():
        return added
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if not (entry / name).is_file():
            continue
        slug = entry.name.replace("_", "-")
        if slug in cards:
            raise BadCard(f"{entry}: the slug {slug} is taken by another package; expected a new one.")
        cards[slug] = read_card(entry, name, kind, slug=slug)
        added.append(slug)
    return added
