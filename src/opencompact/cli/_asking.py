"""Runs live sources for `opencompact sources fetch` and `harvest`: one process a workspace, progress on the way, and what came of it."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from opencompact import __version__
from opencompact.cli import Refused
from opencompact.fetching.addresses import files
from opencompact.fetching.asking import Asker, Clock
from opencompact.fetching.feed import CannotAsk, Feed
from opencompact.fetching.harvesting import Harvest
from opencompact.fetching.ledger import BadLedger
from opencompact.fetching.proof import Proof
from opencompact.records.rules.arrivals import arrival_rows
from opencompact.registry import load_catalogue

STATES = {"complete": "complete", "gaps": "gaps", "not_offered_a_count": "not proved", "not_yet_asked": "not asked"}
NOT_WHOLE = ("gaps", "not_yet_asked")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Run:
    """A run over a workspace, with what it is called by and told to."""

    workspace: Path
    asker: Asker
    tell: Callable[[str], None]

    def harvest_of(self, slug: str, feed: Feed) -> Harvest:
        """The harvest of one source in this workspace."""
        return Harvest(slug, feed, self.workspace / "raw" / slug, self.asker, lambda words: self.tell(f"{slug} {words}"))


def live_sources() -> list[str]:
    """Slugs of the sources that can be asked."""
    catalogue = load_catalogue()
    return sorted({*catalogue.feeds, *(slug for slug, card in catalogue.sources.items() if card.urls)})


def feed_of(slug: str, *, root: str, only: tuple[str, ...]) -> Feed:
    """How a source is asked; raises Refused where it cannot be, or not so."""
    catalogue = load_catalogue()
    if slug not in live_sources():
        raise Refused(f"Found {slug!r}; expected a source that can be asked: {', '.join(live_sources())}.")
    make = catalogue.feeds.get(slug)
    if make is None:
        return files(catalogue.sources[slug].urls)
    try:
        feed: Feed = make(**({"root": root.rstrip("/")} if root else {}))
        if only and not feed.chooses:
            raise Refused(f"The source {slug} is asked whole; it takes no --only.")
        if feed.must_choose and not only:
            raise Refused(f"The source {slug} cannot be asked whole. Say --only with an {feed.chooses}; several may follow.")
        return make(**({"root": root.rstrip("/")} if root else {}), only=only) if only else feed
    except CannotAsk as refusal:
        raise Refused(str(refusal)) from refusal


def feeds_to_harvest() -> list[tuple[str, Feed]]:
    """Every live source that can be asked without being told for what."""
    feeds = [(slug, make()) for slug, make in sorted(load_catalogue().feeds.items())]
    plain = [(slug, files(card.urls)) for slug, card in sorted(load_catalogue().sources.items()) if card.urls and slug not in load_catalogue().feeds]
    return [(slug, feed) for slug, feed in (*feeds, *plain) if not feed.must_choose]


@contextmanager
def running(workspace: Path, console: Console) -> Iterator[Run]:
    """A run that no other of this workspace meets: two would ask one host at once and write one ledger."""
    workspace.mkdir(parents=True, exist_ok=True)
    contact = " ".join(os.environ.get("OPENCOMPACT_CONTACT", "").split())
    if not contact:
        console.print("No contact is set. Sources like to know whom to write to: set OPENCOMPACT_CONTACT to an address.", style="yellow", soft_wrap=True)
    agent = f"OpenCompact/{__version__} ({f'+{contact}' if contact else 'no contact given'})"
    with (workspace / ".fetching").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"Another run is fetching into {workspace}. Wait until it has ended.") from error
        with Asker(agent=agent, clock=Clock(lambda: datetime.now(UTC), time.sleep)) as asker, console.status("Asking") as status:
            yield Run(workspace, asker, status.update)


def fetch(run: Run, slug: str, feed: Feed, *, first: date, last: date) -> list[Row]:
    """Ask for the days; rows of `arrivals` for them."""
    return _rows(slug, lambda: run.harvest_of(slug, feed).fetch(first, last))


def harvest(run: Run, slug: str, feed: Feed) -> list[Row]:
    """Ask for what is due; rows of `arrivals` for it."""
    return _rows(slug, lambda: run.harvest_of(slug, feed).harvest())


def _rows(slug: str, ask: Callable[[], list[Proof]]) -> list[Row]:
    try:
        return arrival_rows(slug, title=load_catalogue().sources[slug].title, proofs=ask())
    except (BadLedger, CannotAsk) as refusal:
        raise Refused(str(refusal)) from refusal


def show(console: Console, rows: list[Row], *, workspace: Path) -> None:
    """A line a source, then the days that are not whole, and what to type next."""
    if not rows:
        console.print("Nothing was due.")
        return
    table = Table(
        Column("source", no_wrap=True),
        *(Column(words, justify="right") for words in ("days", *STATES.values(), "arrived", "missing")),
        box=None,
        header_style="dim",
    )
    for slug in dict.fromkeys(row["source"] for row in rows):
        own = [row for row in rows if row["source"] == slug]
        states = [sum(row["state"] == state for row in own) for state in STATES]
        sums = [sum(row[name] or 0 for row in own) for name in ("arrived", "missing")]
        table.add_row(slug, *(f"{number:,}" for number in (len(own), *states, *sums)))
    console.print(table)
    for row in [row for row in rows if row["state"] in NOT_WHOLE][:20]:
        console.print(
            f"{row['source']} {row['day']}: {row['because']}" + (f" Faults: {row['fault_kinds']}." if row["fault_kinds"] else ""),
            highlight=False,
            soft_wrap=True,
        )
    console.print(f"Next: [bold]opencompact build --workspace {workspace} --input {workspace / 'raw'}[/]", highlight=False, soft_wrap=True)
