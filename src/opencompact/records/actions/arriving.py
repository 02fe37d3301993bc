"""Takes fetched files in: which of them are read, and the ledgers' account of what arrived as a table."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from opencompact.fetching.ledger import LEDGER, BadLedger, Entry, read_ledger, standing
from opencompact.fetching.proof import prove
from opencompact.lake import Change
from opencompact.records.actions.reading import NoInput
from opencompact.records.rules.arrivals import arrival_rows
from opencompact.records.rules.inputs import Input
from opencompact.registry import Catalogue


def readable(given: Sequence[Input]) -> list[Input]:
    """The inputs without what stands beside fetched files and is no publication: ledgers, evidence, lists, and what later answers have replaced."""
    folders = {ledger.parent: standing(entries) for ledger, entries in _ledgers(given).items()}
    return [item for item in given if (folder := _fetched_into(item, folders)) is None or _named(item, folder) in folders[folder]]


def put_arrivals(change: Change, given: Sequence[Input], *, catalogue: Catalogue, at: datetime) -> None:
    """Put arrivals from the ledgers among the inputs, as of `at`; no row where nothing was fetched."""
    rows = []
    for entries in _ledgers(given).values():
        source = entries[0].source if entries else ""
        card = catalogue.sources.get(source)
        rows.extend(arrival_rows(source, title=card.title if card else source, proofs=prove(entries, at=at)))
    change.put_rows("arrivals", sorted(rows, key=lambda row: (row["source"], row["day"])))


def _ledgers(given: Sequence[Input]) -> dict[Path, list[Entry]]:
    try:
        return {Path(item.path): read_ledger(Path(item.path)) for item in given if item.path.name == LEDGER}
    except BadLedger as refusal:
        raise NoInput(str(refusal)) from refusal


def _fetched_into(item: Input, folders: Mapping[Path, set[str]]) -> Path | None:
    """The folder of the ledger that tells of a file; None where none does."""
    return next((Path(parent) for parent in item.path.parents if Path(parent) in folders), None)


def _named(item: Input, folder: Path) -> str:
    return item.path.relative_to(folder).as_posix()
