"""The lines of a yearly return of spending: one set, from the release and from what the body stated, that the page, the file and the PDF all show."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404

from opencompact.judgement.queries import spend_returns as queries
from opencompact.judgement.queries.spend_returns import Filed, Set
from opencompact.judgement.rules.spend_returns import AGAINST, Spent, against, in_force, last_ended
from opencompact.lake import Connection
from opencompact.organisations.queries.office import office_body
from opencompact.publication.queries import NoRelease
from opencompact.publication.rules.release import DRAFT
from opencompact.records.queries import spending, sums
from opencompact.registry.cards import ReturnField, SpendReturn
from opencompact.values.shares import Between
from opencompact.web.judgement.returns_known import year_words
from opencompact.web.showing import in_force as release_in_force
from opencompact.web.words import day, plural, pounds

Row = Mapping[str, Any]
NOT_HELD = "not held"
VCSE = "vcse"


# A value in its one written form, what it says in words, and a note.
Filled = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """One line: its field on the card, what it says in words, and its value in one written form; empty where it is missing."""

    field: ReturnField
    said: str
    value: str = ""
    note: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether nothing is held for it; that is no nought."""
        return not self.value


@dataclass(frozen=True)
class Record:
    """What the release in force holds of a body, by the year in which each financial year begins; nothing without a release."""

    spent: Mapping[int, Row] = field(default_factory=dict)
    outside: Mapping[int, Row] = field(default_factory=dict)
    months: Mapping[int, Row] = field(default_factory=dict)
    members: Sequence[str] = ()
    release: str = ""
    at: date = date.min


def record_of(card: SpendReturn, body: str) -> Record:
    """What the release says of the body, and of those whose record it carries on."""
    try:
        held = release_in_force().reader
    except NoRelease:
        return Record()
    con: Connection = held.con.cursor()
    members = spending.members(con, body=body) or [body]
    return Record(
        _by_year(spending.spent_by_year(con, record=card.counts, bodies=members)),
        _by_year(spending.spent_by_year(con, record=card.outside, bodies=members)),
        _by_year(spending.months_of(con, record=card.counts, bodies=members)),
        members,
        f"{'the draft release' if held.release.state == DRAFT else f'release {held.release.number}'} as of {held.release.at:%-d %B %Y}",
        held.release.at.date(),
    )


def _by_year(rows: Sequence[Row]) -> dict[int, Row]:
    return {row["began"]: row for row in rows if row["began"] is not None}


def spent_of(row: Row | None) -> Spent | None:
    """The three sums of a year; none where nothing is held of it."""
    return Spent(row["voluntary"], row["other"], row["unidentified"], row["likely"]) if row else None


def range_of(row: Row | None) -> Between | None:
    """The least and the most that the voluntary share of a year can be."""
    return sums.range_of(row) if row else None


@dataclass(frozen=True)
class Case:
    """Everything a line is made from."""

    year: int
    record: Record
    target: Set | None
    history: Sequence[Set]

    @property
    def row(self) -> Row | None:
        """What was spent in the year."""
        return self.record.spent.get(self.year)


def lines(card: SpendReturn, *, year: int, record: Record, history: Sequence[Set]) -> list[Line]:
    """The fields of the card in their order, filled in for the year; `history` are the body's targets for voluntary and social enterprises."""
    case = Case(year, record, in_force(list(history), order=[each.step for each in card.target_steps]), history)
    return [_line(each, FILLED[each.name](case)) for each in card.fields]


def _line(asked: ReturnField, filled: Filled) -> Line:
    value, said, note = filled
    return Line(asked, said, value, note)


def _money(name: str) -> Callable[[Case], Filled]:
    def filled(case: Case) -> Filled:
        amount = case.row[name] if case.row else None
        return ("", NOT_HELD, "") if amount is None else (str(amount), pounds(amount), "")

    return filled


def share_words(share: float) -> str:
    """`4.5 %`: targets are set in parts of a per cent."""
    return f"{share * 100:.1f}\u00a0%"


def _share(pick: Callable[[Row, Between], float | None]) -> Callable[[Case], Filled]:
    def filled(case: Case) -> Filled:
        row, found = case.row, range_of(case.row)
        if row is None:
            return "", NOT_HELD, ""
        if found is None:
            return "", "cannot tell: credits outweigh payments in a part of it", ""
        share = pick(row, found)
        return ("", NOT_HELD, "") if share is None else (f"{share:.6f}", share_words(share), "")

    return filled


def _declared(name: str) -> Callable[[Case], Filled]:
    def filled(case: Case) -> Filled:
        if case.row is None or case.row[name] is None:
            return "", NOT_HELD, "no notice held declares any payee of the year to be one"
        return str(case.row[name]), pounds(case.row[name]), ""

    return filled


def _baseline(case: Case) -> Filled:
    if not case.history:
        return "", NOT_HELD, "the body has stated none"
    stated = (case.target or case.history[-1]).row
    words, shown = year_words(stated.baseline_year), case.record.spent.get(stated.baseline_year)
    beside = f"the record shows {pounds(shown['voluntary'])} for {words}" if shown else f"the record holds nothing of {words}"
    if stated.baseline_amount is None:
        return "", f"{words}: the body states no figure", beside
    return str(stated.baseline_amount), f"{pounds(stated.baseline_amount)} in {words}, as the body states", beside


def target_words(target: Set) -> str:
    """`£2,000,000.00 in 2027/28`, or a share of direct spend."""
    row = target.row
    amount = pounds(row.amount) if row.unit == "pounds" else f"{row.amount.normalize():f}\u00a0% of direct spend"
    return f"{amount} in the financial year {year_words(row.year)}"


def _target(case: Case) -> Filled:
    if case.target is None:
        why = "one is set, and its sign-off is not whole" if case.history else "the body has set none"
        return "", "none in force", why
    published = max(case.target.done.values())
    later = "; a change is proposed and not in force" if case.history[-1].place > case.target.place else ""
    return str(case.target.row.amount), target_words(case.target), f"in force since {day(published)}{later}"


def _grants(case: Case) -> Filled:
    row = case.record.outside.get(case.year)
    if row is None:
        return "", NOT_HELD, ""
    return str(row["voluntary"]), pounds(row["voluntary"]), f"of {pounds(row['total'])}; {pounds(row['unidentified'])} to recipients nobody can identify"


def _months(case: Case) -> Filled:
    row = case.record.months.get(case.year)
    held = row["held"] if row else 0
    return (
        (str(held), f"{held} of 12", "")
        if row and len(case.record.members) == 1
        else (str(held), plural(held, "month"), "of bodies together")
        if row
        else ("", NOT_HELD, "")
    )


def _rows(case: Case) -> Filled:
    return (str(case.row["rows"]), f"{case.row['rows']:,}", "") if case.row else ("", NOT_HELD, "")


def verdict_of(case: Case) -> str:
    """Whether the target is met: a word of AGAINST."""
    if case.target is None:
        return "none"
    if case.year != case.target.row.year:
        return "not_yet"
    found = range_of(case.row)
    bounds = (found.least, found.most) if found else (None, None)
    return against(spent_of(case.row), unit=case.target.row.unit, amount=case.target.row.amount, least=bounds[0], most=bounds[1])


def _against(case: Case) -> Filled:
    word = verdict_of(case)
    why = {
        "cannot_tell": "the unidentified payees decide it" if case.row else "nothing of the year is held",
        "not_yet": f"the target is of {year_words(case.target.row.year)}" if case.target else "",
    }.get(word, "")
    return word, AGAINST[word], why


# How each field a card may name is filled in.
FILLED: Mapping[str, Callable[[Case], Filled]] = {
    "baseline": _baseline,
    "target": _target,
    "total": _money("total"),
    "vcse": _money("voluntary"),
    "share": _share(lambda _, found: found.least),
    "by_number": _money("by_number"),
    "by_name": _money("by_name"),
    "by_person": _money("by_person"),
    "unidentified": _money("unidentified"),
    "unidentified_share": _share(lambda row, _: float(row["unidentified"] / row["total"]) if row["total"] else None),
    "most": _share(lambda _, found: found.most),
    "probable": _money("likely"),
    "review": _money("review"),
    "declared": _declared("declared"),
    "sme": _declared("sme"),
    "grants": _grants,
    "months": _months,
    "rows": _rows,
    "against": _against,
}


def method_words(card: SpendReturn, record: Record) -> list[str]:
    """How the figures were made, in sentences."""
    return [
        f"Counted are the published {card.counts} of the financial year, as {record.release or 'no release'} holds them.",
        "A payee is identified by a number the publisher gave, by its exact name on a register, by probability, or by a person’s decision.",
        "The lines say how much stands on each.",
        "Identified payees that are charities, charitable or community companies, or societies are counted. What a notice merely declares is not.",
        "Payments under the publication threshold are absent, so small charities are undercounted.",
    ]


@dataclass(frozen=True)
class Return:
    """Everything a body's return of a year is shown from."""

    card: SpendReturn
    body: str
    name: str
    year: int
    record: Record
    targets: dict[str, list[Set]]
    filed: list[Filed]
    lines: list[Line]

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/spend-returns/{self.card.slug}/{self.body}/{self.year}/"

    @property
    def is_behind(self) -> bool:
        """Whether the record says something else today than what was filed last, on the lines that the form had then."""
        figures = self.filed[-1].row.figures if self.filed else {}
        return any(figures.get(line.field.name, line.value) != line.value for line in self.lines)


def found(card: SpendReturn, body: str, year: int | None, *, today: date) -> Return:
    """The return of a body that takes part or is in the record; raises Http404."""
    ours, record = office_body(body), record_of(card, body)
    name = ours.name if ours else _name_on_record(body)
    if not name:
        raise Http404("No such body takes part or is in the record.")
    told = year if year is not None else year_shown(record.spent, today=max(today, record.at))
    targets = {supplier: held for (_, supplier), held in queries.targets(card.slug, bodies=[body]).items()}
    filed = queries.filings(card.slug, bodies=[body]).get((body, told), [])
    return Return(card, body, name, told, record, targets, filed, lines(card, year=told, record=record, history=targets.get(VCSE, [])))


def _name_on_record(body: str) -> str:
    try:
        row = spending.body_named(release_in_force().reader.con.cursor(), body=body)
    except NoRelease:
        return ""
    return row["name"] if row else ""


def year_shown(held: Collection[int], *, today: date) -> int:
    """The financial year that ended last, else the latest before it that the record holds, else the latest it holds at all."""
    ended = last_ended(today)
    return ended if ended in held or not held else max((year for year in held if year <= ended), default=max(held))
