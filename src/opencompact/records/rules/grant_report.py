"""The report of a file of grants: what was read, what breaks the schema, what could be better; as rows, and as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from opencompact.records.rules.grant_schema import FaultKind, Place

GROUPS = {
    "accuracy": ("Likely wrong", "Look at these first. Some may be right: you know the grants."),
    "people": ("About people", "What may let a reader find a living person."),
    "use": ("More useful with little work", "Nothing here is wrong. Each makes the data tell more."),
}
ROWS = ("part", "check", "field", "what", "grants", "of", "share", "why", "what_to_do", "row", "place", "found")
OF = {"grants": "grants", "organisations": "grants to organisations", "people": "grants to people"}


@dataclass(frozen=True)
class Finding:
    """One check of the catalogue: how many of the grants it can apply to it finds, and the first places."""

    slug: str
    group: str
    applies: str
    field: str
    says: str
    why: str
    fix: str
    good: str
    count: int
    of: int
    places: tuple[Place, ...]

    @property
    def share(self) -> float:
        """Found of those it can apply to, 0 to 1."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class Report:
    """What was read of a file and what was found: `errors` counts every breach of the schema, `faults` gathers them by kind."""

    name: str
    form: str
    grants: int
    to_people: int
    funders: int
    errors: int
    faulty_grants: int
    faults: tuple[FaultKind, ...]
    findings: tuple[Finding, ...]
    unknown_fields: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def found(self) -> tuple[Finding, ...]:
        """Checks that found something."""
        return tuple(finding for finding in self.findings if finding.count)

    @property
    def good(self) -> tuple[Finding, ...]:
        """Checks that apply to some grant and found nothing."""
        return tuple(finding for finding in self.findings if finding.of and not finding.count)

    @property
    def answer(self) -> str:
        """The first sentence of the report."""
        if not self.errors:
            return f"All {self.grants:,} grants fit the 360Giving standard." if self.grants > 1 else "The grant fits the 360Giving standard."
        fit = self.grants - self.faulty_grants
        return f"{fit:,} of {self.grants:,} grants fit the 360Giving standard; the other {self.faulty_grants:,} break its rules in {self.errors:,} places."


def report_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """The report as a table, header first: one row for each place shown."""
    yield ROWS
    for kind in report.faults:
        for place in kind.places:
            yield ("schema", kind.keyword, kind.field, kind.says, kind.count, report.grants, "", "", kind.fix, place.row, place.path, place.found)
    for finding in report.found:
        told = (finding.group, finding.slug, finding.field, finding.says, finding.count, finding.of, round(finding.share, 4), finding.why, finding.fix)
        for place in finding.places:
            yield (*told, place.row, place.path, "")


def report_html(report: Report) -> str:
    """The body of a page that shows the report; every text from the file is escaped."""
    parts = [_facts(report), _faults(report)]
    parts += [_findings(report, group, *words) for group, words in GROUPS.items()]
    return "\n".join(part for part in [*parts, _good(report)] if part)


def _facts(report: Report) -> str:
    facts = [("File", report.name), ("Read as", report.form), ("Grants", f"{report.grants:,}"), ("To people", f"{report.to_people:,}")]
    facts += [("Funders named", f"{report.funders:,}"), *(("Note", remark) for remark in report.remarks)]
    if report.unknown_fields:
        shown = ", ".join(report.unknown_fields[:20]) + (f" and {len(report.unknown_fields) - 20} more" if len(report.unknown_fields) > 20 else "")
        facts.append(("Fields that are yours, not the standard's", shown))
    return f'<h2>What was read</h2><dl class="facts">{"".join(f"<dt>{escape(name)}</dt><dd>{escape(told)}</dd>" for name, told in facts)}</dl>'


def _faults(report: Report) -> str:
    if not report.faults:
        return "<h2>Against the standard’s rules</h2><p>Nothing was found.</p>"
    row = "a table" if report.form != "JSON" else "the list"
    rows = [(kind.says[:1].upper() + kind.says[1:], f"{kind.count:,}", kind.fix, _places(kind.places, count=kind.count)) for kind in report.faults]
    return "<h2>Against the standard’s rules</h2>" + _table(
        "faults", f"{report.errors:,} errors by kind<span>Rows are numbered as in {row}.</span>", ("What", "Times", "What to do, and where first"), rows
    )


def _findings(report: Report, group: str, title: str, note: str) -> str:
    found = [finding for finding in report.found if finding.group == group]
    if not found:
        return ""
    rows = [
        (
            f"{_grants(finding)} {finding.says}",
            f"{finding.share:.0%}" if finding.share >= 0.005 else "under 1%",
            f"{finding.why} {finding.fix}",
            _places(finding.places, count=finding.count),
        )
        for finding in sorted(found, key=lambda each: -each.share)
    ]
    return f"<h2>{title}</h2>" + _table(
        group, f"{len(rows)} of our checks found something<span>{note}</span>", ("What", "Share", "Why, what to do, and where first"), rows
    )


def _grants(finding: Finding) -> str:
    return f"{finding.count:,} of {finding.of:,} {OF[finding.applies]}"


def _places(places: Sequence[Place], *, count: int) -> str:
    told = "; ".join(f"row {place.row}" + (f" “{place.found}”" if place.found else "") for place in places)
    return told + (" …" if count > len(places) else "")


def _table(key: str, caption: str, heads: tuple[str, str, str], rows: Sequence[tuple[str, str, str, str]]) -> str:
    what, number, do = heads
    head = f'<th scope="col">{what}</th><th scope="col" class="number">{number}</th><th scope="col">{do}</th>'
    body = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td class="number">{number}</td><td>{escape(do)} <span class="small quiet">{escape(places)}</span></td></tr>'
        for what, number, do, places in rows
    )
    return (
        f'<div class="scroller" role="region" aria-labelledby="{key}" tabindex="0"><table><caption id="{key}">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _good(report: Report) -> str:
    if not report.good:
        return ""
    listed = "".join(f"<li>{escape(finding.good)}</li>" for finding in report.good)
    return f"<h2>Done well</h2><p>{len(report.good)} checks found nothing.</p><details><summary>What is done well</summary><ul>{listed}</ul></details>"
