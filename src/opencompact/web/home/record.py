"""What the first pages show from the release in force: figures of a body, consultations, tenders, and what can be recomputed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opencompact.judgement.queries import measures_of_body
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import rows
from opencompact.web.blocks import Cell, Table, Value
from opencompact.web.showing import InForce, in_force
from opencompact.web.words import path, percent, plural, value

MOST = 12
_NO_RELEASE = "No release is made yet. These figures come from one."


@dataclass(frozen=True)
class Record:
    """A table from the release, and how many rows it has in all; `counted` is none where there is no release to count in."""

    table: Table
    counted: int | None


def _held() -> InForce | None:
    try:
        return in_force()
    except NoRelease:
        return None


def release_day() -> date | None:
    """The day of the release in force; none where there is none."""
    held = _held()
    return held.reader.release.at.date() if held else None


def figures(caption: str, body: str, indicators: Sequence[str]) -> Table:
    """Figures of a body over all periods, or of everybody (`all`), each with its coverage and where its rows are."""
    heads = ("Figure", "#Value", "#Of how many", "Coverage")
    held = _held()
    if held is None:
        return Table(caption, heads, (), _NO_RELEASE)
    found = {row["indicator"]: row for row in measures_of_body(held.reader.con.cursor(), body=body)}
    lines = [_figure(found[word], body) for word in indicators if word in found]
    return Table(caption, heads, lines, "The release in force holds no such figure of this body.", "Coverage: how many of its cases are known.")


def _figure(row: dict[str, Any], body: str) -> tuple[Value, ...]:
    missing = row["value"] is None
    return (
        Cell(row["title"], f"/figures/{row['indicator']}/{path(body)}/all/"),
        Cell(row["why_missing"] if missing else value(row["value"], row["unit"]), is_missing=missing),
        row["n"],
        Cell(percent(row["coverage"]), is_missing=row["coverage"] is None),
    )


_CONSULTATIONS = """SELECT c.consultation_id, coalesce(c.title, c.consultation_id) AS title, coalesce(b.name, c.body) AS body, c.opened_on, c.closed_on,
    c.days_open, c.explanation, c.responded_on, c.response_due_on FROM consultations c LEFT JOIN bodies b USING (body) WHERE """


def short_or_unanswered(bodies: Sequence[str]) -> Record:
    """Consultations of the bodies, opened in the year before the release, that ran under 84 days or whose answer is overdue on its day."""
    heads = ("Consultation", "Opened", "#Days open", "What the record lacks")
    caption, day = "Consultations under 12 weeks, or not answered in time", release_day()
    held = _held()
    if held is None or day is None:
        return Record(Table(caption, heads, (), _NO_RELEASE), None)
    where = """list_contains(?, c.body) AND c.opened_on > CAST(? AS DATE) - INTERVAL 1 YEAR
      AND (c.days_open < 84 OR (c.responded_on IS NULL AND c.response_due_on < CAST(? AS DATE))) ORDER BY c.opened_on DESC, c.consultation_id"""
    found = rows(held.reader.con.cursor(), _CONSULTATIONS + where, [list(bodies), day, day])
    lines = [(_consultation(row), row["opened_on"], row["days_open"], _lacks(row)) for row in found[:MOST]]
    note = f"Opened in the year before {day:%-d %B %Y}, the day of the release. Showing {len(lines)} of {len(found):,}."
    return Record(Table(caption, heads, lines, "The release holds none such of this body in the last year.", note), len(found))


def _consultation(row: dict[str, Any]) -> Cell:
    return Cell(row["title"], f"/consultations/{path(row['consultation_id'])}/")


def _lacks(row: dict[str, Any]) -> str:
    short = row["days_open"] is not None and row["days_open"] < 84
    said = [words for words, holds in (("no reason found", short and row["explanation"] != "given"), ("no answer found", _is_late(row))) if holds]
    return " and ".join(said) or "nothing: a reason was given"


def _is_late(row: dict[str, Any]) -> bool:
    day = release_day()
    return row["responded_on"] is None and row["response_due_on"] is not None and day is not None and row["response_due_on"] < day


def open_consultations() -> Record:
    """Consultations open on the day of the release, those whose words concern the sector first, the next to close first."""
    heads = ("Consultation", "Body", "Closes", "#Days open")
    caption, day = "Consultations open", release_day()
    held = _held()
    if held is None or day is None:
        return Record(Table(caption, heads, (), _NO_RELEASE), None)
    where = "c.opened_on <= CAST(? AS DATE) AND c.closed_on >= CAST(? AS DATE) ORDER BY c.sector_relevance <> 'yes', c.closed_on, c.consultation_id"
    found = rows(held.reader.con.cursor(), _CONSULTATIONS + where, [day, day])
    lines = [(_consultation(row), row["body"], row["closed_on"], row["days_open"]) for row in found[:MOST]]
    note = f"On {day:%-d %B %Y}, the day of the release; those that speak of the voluntary sector first. Showing {len(lines)} of {len(found):,}."
    return Record(Table(caption, heads, lines, "The release holds none that was open on its day.", note), len(found))


def tenders(*, bodies: Sequence[str] = (), suits: bool) -> Record:
    """Tenders still open on the day of the release: those said to suit charities where `suits`, or those of the bodies."""
    heads = ("Tender", "Buyer", "Closes", "#Days open", "Said to suit charities")
    caption, day = "Tenders open", release_day()
    held = _held()
    if held is None or day is None:
        return Record(Table(caption, heads, (), _NO_RELEASE), None)
    found = rows(
        held.reader.con.cursor(),
        """SELECT ocid, coalesce(title, ocid) AS title, coalesce(buyer_name, body) AS buyer, closes_on, days_open, suitable_for_vcse FROM processes
        WHERE closes_on >= CAST(? AS DATE) AND cancelled_on IS NULL AND (NOT ? OR suitable_for_vcse) AND (len(?::VARCHAR[]) = 0 OR list_contains(?, body))
        ORDER BY closes_on, ocid""",
        [day, suits, list(bodies), list(bodies)],
    )
    lines = [_tender(row) for row in found[:MOST]]
    note = f"On {day:%-d %B %Y}, the day of the release. Showing {len(lines)} of {len(found):,}."
    return Record(Table(caption, heads, lines, "The release holds none that was open on its day.", note), len(found))


def _tender(row: dict[str, Any]) -> tuple[Value, ...]:
    suits = {True: "yes", False: "no"}.get(row["suitable_for_vcse"])
    return Cell(row["title"], f"/contracts/processes/{path(row['ocid'])}/"), row["buyer"], row["closes_on"], row["days_open"], suits


def recomputing() -> tuple[str, list[tuple[str, str, str]]]:
    """What of the release can be recomputed, in a sentence, and where its parts are."""
    held = _held()
    if held is None:
        return _NO_RELEASE, []
    release = held.reader.release
    found = held.reader.con.cursor().execute("SELECT count(*), count(value) FROM measures").fetchall()[0]
    said = (
        f"Release {release.number} holds {plural(found[0], 'figure')}, {found[1]:,} of them with a value. Each opens to its rows, its SQL and its files; "
        f"the list of checksums has itself the checksum {held.checksum[:12]}…"
    )
    links = [
        ("/releases/", "Releases and downloads", "every table as a file, with its checksum"),
        ("/methods/", "Methods", "what each figure counts, and its SQL"),
        ("/files/", "Files read", "with their addresses and checksums"),
    ]
    return said, links
