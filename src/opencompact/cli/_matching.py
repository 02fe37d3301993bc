"""The files of `opencompact organisations match`: names and a register read, and the matched file written as it was given, with columns added."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opencompact.cli import Refused
from opencompact.lake import Lake
from opencompact.organisations.actions.learning import settled, taught_by
from opencompact.organisations.actions.matching import Match, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.actions.offering import offered
from opencompact.organisations.actions.spreading import Workers, match_over
from opencompact.organisations.queries.finding import bodies_called, by_ids, by_numbers
from opencompact.organisations.rules.decided import Known, decisions_of, in_force
from opencompact.organisations.rules.decisions import Settlement, missing_columns, read_rows
from opencompact.organisations.rules.learned import UNLEARNED, Learned, told
from opencompact.organisations.rules.names import name_rules, normalised
from opencompact.organisations.rules.numbers import entries_of, one_of
from opencompact.publication.queries import NoRelease, open_release
from opencompact.registry import load_catalogue, load_shapes
from opencompact.values.collector import without_collector

ADDED = ("match_org_id", "match_name", "match_probability", "match_decision", "match_stage", "match_why")
_MORE = ("postcode", "same_as", "parent", "kind", "status")  # of a register, where it has them


@dataclass(frozen=True)
class Columns:
    """Which columns of the file say what."""

    name: str
    postcode: str | None = None
    context: tuple[str, ...] = ()
    identifier: str | None = None
    vendor: str | None = None

    @property
    def all(self) -> list[str]:
        """Every column that is asked for."""
        return [each for each in (self.name, self.postcode, self.identifier, self.vendor, *self.context) if each]


@dataclass(frozen=True)
class Table:
    """A file as given: its header, and its rows, each as long as the header."""

    file: Path
    header: list[str]
    rows: list[list[str]]

    def column(self, name: str | None) -> list[str]:
        """The values of a column; empty ones where none is meant or the file has none such."""
        if name is None or name not in self.header:
            return [""] * len(self.rows)
        place = self.header.index(name)
        return [row[place].strip() for row in self.rows]


@dataclass(frozen=True)
class Done:
    """What came of a file: how many rows of each decision, and what decisions had taught."""

    counts: dict[str, int]
    learned: Learned = UNLEARNED

    @property
    def taught(self) -> str:
        """What the decisions taught, in words."""
        return f"Learned from {told(self.learned.decisions)}: where the scorer says {self.learned.became()}."


@without_collector()
def match_file(file: Path, *, columns: Columns, register: Path, out: Path, cluster: Workers | None = None, decided: Path | None = None, body: str = "") -> Done:
    """Match every row of FILE in order, over the cluster if one is given, and write it to OUT with ADDED columns.

    DECIDED is a file of decisions, which settle their names, for BODY alone too, and teach. Raises Refused.
    """
    given = _given(file, columns, out, register, *([decided] if decided else []))
    entries = _entries(register)
    payees = _payees(given, columns)
    held = matcher(entries) if decided or not cluster else None
    standing = _decided(decided) if decided else []
    if held and standing:
        held = taught_by(held, standing, payees=payees)
    learned = held.learned if held else UNLEARNED
    matches = match_over(cluster, entries=entries, payees=payees, learned=learned) if cluster else held.match(payees) if held else []
    if held and decided:
        matches = settled(held, matches, payees, decisions_of(standing, file=decided.name), known=_known(given, columns, body))
    return Done(_write(out, given, matches), learned)


def match_file_by_splink(file: Path, *, columns: Columns, register: Path, out: Path) -> Done:
    """The same by Splink, from the names and the numbers alone. Raises Refused, also where Splink is not installed."""
    try:
        from opencompact.organisations.actions.by_splink import match_by_splink
    except ImportError as fault:
        raise Refused(f"--by splink: the Python package {fault.name} is missing. Install the extra: pip install 'opencompact[splink]'.") from fault
    given = _given(file, columns, out, register)
    return Done(_write(out, given, match_by_splink(_entries(register), _payees(given, columns))))


def match_to_release(file: Path, *, columns: Columns, body: str, workspace: Path, out: Path) -> Done:
    """The same against the organisations of a workspace's release, what people decided about names before all else; `body` is who pays. Raises Refused."""
    given = _given(file, columns, out)
    try:
        reader = open_release(workspace / "releases", None)
    except NoRelease as refusal:
        raise Refused(str(refusal)) from refusal
    slug = bodies_called(reader.con, [body]).get(body, "")
    if body and not slug:
        raise Refused(f"{workspace}: found no body called {body!r} in its release; expected one as its pages name it, such as department-for-transport.")
    offer = offered(reader.con, release=reader.release.number, standing=reader.release.standing, lake=Lake(workspace / "lake", load_shapes()))
    numbers = [entries_of(number) for number in given.column(columns.identifier)]
    owners = by_numbers(reader.con, [number for each in numbers for number in each])
    vendors = given.column(columns.vendor)
    known = [Known(one_of(owners, each), each, slug, vendor) for each, vendor in zip(numbers, vendors, strict=True)]
    payees = [replace(payee, identifier="") for payee in _payees(given, columns)]
    matches = offer.match(payees, known=known)
    names = {each: row["name"] for each, row in by_ids(reader.con, [match.organisation for match in matches]).items()}
    return Done(_write(out, given, [replace(match, name=names.get(match.organisation, "")) for match in matches]), offer.matcher.learned)


def _decided(file: Path) -> list[tuple[str, Settlement]]:
    """The decisions of a file that stand, each with its payee's name as compared. Raises Refused at the first cell that cannot be taken."""
    held = _read(file)
    if lacking := missing_columns(held.header):
        raise Refused(f"{file}: found the columns {', '.join(filter(None, held.header)) or '(none)'}; expected {', '.join(lacking)} too.")
    rows = [(number, dict(zip(held.header, row, strict=True))) for number, row in enumerate(held.rows, start=2)]
    read, troubles = read_rows(rows, file=str(file))
    if troubles:
        raise Refused(f"{troubles[0]} {f'{len(troubles):,} cells cannot be taken; this is the first. ' if len(troubles) > 1 else ''}Mend the file.")
    rules = name_rules(load_catalogue().vocabularies["name-rules"].terms)
    return in_force((normalised(settlement.payee_name, rules), settlement) for _, settlement in read)


def _known(given: Table, columns: Columns, body: str) -> list[Known]:
    """What each row tells beside the name."""
    numbers, vendors = given.column(columns.identifier), given.column(columns.vendor)
    return [Known("", entries_of(number), body, vendor) for number, vendor in zip(numbers, vendors, strict=True)]


def _given(file: Path, columns: Columns, out: Path, *others: Path) -> Table:
    if out.resolve() in (each.resolve() for each in (file, *others)):
        raise Refused(f"{out}: is a file that is read. Give --out another name, so that what was given stays as it is.")
    if not out.absolute().parent.is_dir():
        raise Refused(f"{out}: found no folder {out.absolute().parent}; make it first.")
    given = _read(file)
    _check(given, columns.all)
    return given


def _payees(given: Table, columns: Columns) -> list[Payee]:
    context = [" ".join(values) for values in zip(*map(given.column, columns.context), strict=True)] if columns.context else [""] * len(given.rows)
    asked = zip(given.column(columns.name), given.column(columns.postcode), context, given.column(columns.identifier), strict=True)
    return [Payee(*each) for each in asked]


def _entries(register: Path) -> list[Entry]:
    held = _read(register)
    _check(held, ["org_id", "name"])
    more = [held.column(name) for name in _MORE]
    found = [Entry(org_id, name, *rest) for org_id, name, *rest in zip(held.column("org_id"), held.column("name"), *more, strict=True) if org_id and name]
    if not found:
        raise Refused(f"{register}: found no row with both org_id and name; expected at least one. Is it the register that was meant?")
    return found


def _read(file: Path) -> Table:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with file.open(encoding="utf-16" if _is_utf16(file) else encoding, newline="") as held:
                rows = list(csv.reader(held))
            return _squared(file, rows)
        except UnicodeError:
            continue
        except csv.Error as fault:
            raise Refused(f"{file}: found a row that is no CSV ({fault}); expected comma-separated values with a header.") from fault
    raise Refused(f"{file}: found text that is neither UTF-8 nor Windows-1252; expected a CSV file. Save it as CSV in UTF-8.")


def _is_utf16(file: Path) -> bool:
    with file.open("rb") as held:
        return held.read(2) in (b"\xff\xfe", b"\xfe\xff")


def _squared(file: Path, rows: list[list[str]]) -> Table:
    """Short rows filled up; what a row has over its header is kept in columns of its own."""
    if not rows:
        raise Refused(f"{file}: is empty; expected a header and a row for each name.")
    header = [each.strip() for each in rows[0]]
    long = max(len(row) for row in rows)
    header += [f"extra_{number}" for number in range(1, long - len(header) + 1)]
    return Table(file, header, [row + [""] * (long - len(row)) for row in rows[1:] if row])


def _check(held: Table, wanted: Sequence[str]) -> None:
    if missing := [each for each in wanted if each not in held.header]:
        raise Refused(
            f"{held.file}: found the columns {', '.join(filter(None, held.header)) or '(none)'}; expected {', '.join(missing)} too. "
            "Name the column as the file writes it, and save the file with commas between the cells."
        )
    if twice := [each for each in wanted if held.header.count(each) > 1]:
        raise Refused(f"{held.file}: found {held.header.count(twice[0])} columns called {twice[0]}; expected one. Rename the other in the first row.")


def _write(out: Path, given: Table, matches: Sequence[Match]) -> dict[str, int]:
    """Write it whole; gives how many of each decision."""
    kept = [place for place, name in enumerate(given.header) if name not in ADDED]  # a file matched before is matched anew
    part = out.with_name(f".{out.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(given.header[place] for place in kept), *ADDED])
        for row, match in zip(given.rows, matches, strict=True):
            told = (match.organisation, match.name, f"{match.probability:.4f}", match.decision, match.stage, match.why)
            writer.writerow([*(row[place] for place in kept), *told])
    part.replace(out)
    return {word: sum(match.decision == word for match in matches) for word in ("accepted", "review", "none")}
