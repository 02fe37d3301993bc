"""A harvest of a feed into a folder, on a clock that does not wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tests.fakes.moods import Time

from opencompact.fetching.asking import Asker
from opencompact.fetching.feed import Feed
from opencompact.fetching.harvesting import Harvest


def feed_of(source: str, root: str, **given) -> Feed:
    """The feed of a source of our catalogue, aimed at another server."""
    return import_module(f"opencompact.catalogue.sources.{source.replace('-', '_')}.fetch").feed(root, **given)


@contextmanager
def harvesting(folder: Path, feed: Feed, time: Time, *, source: str = "sample") -> Iterator[Harvest]:
    """The harvest, its connections closed at the end."""
    with Asker(agent="OpenCompact/test (+office@example.org)", clock=time.clock) as asker:
        yield Harvest(source, feed, folder / "raw" / source, asker)


def told(harvest: Harvest) -> list[tuple[str, str]]:
    """The faults of a ledger in order: kind, and whether the answer counts."""
    return [(entry.fault.kind, "usable" if entry.is_usable else "unusable") for entry in harvest.ledger.entries if entry.fault is not None]


def states(proofs) -> dict[str, tuple]:
    """What is proved of each day: state, offered, arrived, missing."""
    return {proof.day.isoformat(): (proof.state, proof.offered, proof.arrived, proof.missing) for proof in proofs}
