"""Tables that returns and campaigns share: how complete a round is, what it says with its coverage, and cuts beside each body's own money."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opencompact.asking.rules.questions import Question
from opencompact.judgement.queries.returns import Line
from opencompact.judgement.rules.returns import FIVE, OUTCOMES, RESPONSES, change, completeness, cuts, disproportionate, figure, refused_any, total_change
from opencompact.web.blocks import Bars, Block, Cell, Facts, Table, Value, cell
from opencompact.web.words import NBSP, day, percent, plural, pounds

MARKS = {"full": "good", "no_reply": "late"}
CANNOT_TELL = Cell("cannot tell", is_missing=True)


@dataclass(frozen=True)
class Pair:
    """A body's grants and own money before and now, and of which year `before` is; none where it is not known."""

    name: str
    before: Decimal | None
    now: Decimal | None
    own_before: Decimal | None
    own: Decimal | None
    since: str = ""


def completeness_bars(lines: Sequence[Line]) -> Bars:
    """How many bodies made each response."""
    done = completeness([line.response for line in lines])
    words = [*FIVE, *(word for word in ("waiting", "clarifying", "unsent") if done.counts.get(word))]
    bars = [(RESPONSES[word], done.counts.get(word, 0), plural(done.counts.get(word, 0), "body", "bodies")) for word in words]
    return Bars(bars, "How complete it is", "Apart from what they answered: a body may answer everything and do badly, or nothing and do well.")


def completeness_words(lines: Sequence[Line]) -> str:
    """The answer in a sentence."""
    done = completeness([line.response for line in lines])
    sent = done.asked - done.counts.get("unsent", 0)
    if not sent:
        return f"Nobody is asked yet: {plural(done.asked, 'body stands', 'bodies stand')} on the list."
    refused = refused_any([answer.outcome for answer in line.answers.values()] for line in lines)
    full, silent = done.counts.get("full", 0), done.counts.get("no_reply", 0)
    return (
        f"{done.replied} of {plural(sent, 'body', 'bodies')} asked replied; {done.direct} answered at least one question, {full} all of them "
        f"({percent(full / sent)}). {refused} refused one or more on cost. {silent} did not reply by the day."
    )


def response_cell(line: Line) -> Cell:
    """The response, marked where it is full or missing past its day."""
    return Cell(RESPONSES[line.response], mark=MARKS.get(line.response, "quiet"))


def due_cell(line: Line) -> Cell:
    """The last day with the sum by which it was counted, or why the clock does not run."""
    row = line.row
    return Cell(day(row.due_on), note=row.due_sum) if row.due_on else Cell(row.due_sum, is_missing=True)


def league(lines: Sequence[Line], names: Sequence[str], address: str, *, caption: str) -> Table:
    """Body by body, the most complete first: completeness alone."""
    ordered = sorted(lines, key=lambda line: (-line.answered(names), line.row.name.lower()))
    rows: list[tuple[Value, ...]] = [
        (
            Cell(line.row.name, f"{address}{line.row.body}/"),
            response_cell(line),
            f"{line.answered(names)} of {len(names)}",
            line.row.replied_on or Cell("no reply yet", is_missing=True),
            line.row.due_on or Cell(line.row.due_sum, is_missing=True),
        )
        for line in ordered
    ]
    return Table(caption, ("Body", "Response", "#Questions answered", "Replied", "Due"), rows, "Nobody is asked.")


def figures(lines: Sequence[Line], questions: Sequence[Question]) -> Table:
    """What each question of numbers came to, with its coverage, and how many said instead that it is not held or refused."""
    rows: list[tuple[Value, ...]] = []
    for question in questions:
        outcomes = [line.answers[question.name].outcome for line in lines if question.name in line.answers]
        others = (outcomes.count("not_held"), outcomes.count("refused_cost"))
        if question.kind not in ("money", "number"):
            rows.append((question.label, f"{outcomes.count('answered')} of {len(lines)}", *others, "in words", ""))
            continue
        found = figure((line.number(question.name) for line in lines), asked=len(lines))
        write = pounds if question.kind == "money" else _count
        values = (write(found.total), write(found.middle)) if found.answered else (Cell("nobody answered", is_missing=True), "")
        rows.append((question.label, f"{found.answered} of {found.asked}", *others, *values))
    heads = ("Question", "#Answered", "#Not held", "#Refused on cost", "#Together", "#Median")
    return Table("What they say", heads, rows, "This round asks nothing.", "Sums and medians are of those that answered alone; the others are not nought.")


def _count(number: Decimal | None) -> str:
    return "" if number is None else f"{number:,.1f}".removesuffix(".0")


def in_both_years(lines: Sequence[Line], question: str) -> list[Pair]:
    """Pairs from questions that ask for both years at once (`grants_before` and `grants`)."""
    return [
        Pair(line.row.name, line.number(f"{question}_before"), line.number(question), line.number("budget_before"), line.number("budget"), "the year before")
        for line in lines
    ]


def against_last(lines: Sequence[Line], last: Mapping[str, tuple[int, Line]], question: str, year_words: Callable[[int], str]) -> list[Pair]:
    """Pairs from each body's own last return."""
    found = []
    for line in lines:
        year, then = last.get(line.row.body, (0, None))
        before, own_before = (then.number(question), then.number("budget")) if then else (None, None)
        found.append(Pair(line.row.name, before, line.number(question), own_before, line.number("budget"), year_words(year) if then else ""))
    return found


def change_blocks(pairs: Sequence[Pair], contracts: Sequence[Pair]) -> list[Block]:
    """How many cut, how many by more than their own money changed, and body by body; `cannot tell` without both numbers of both."""
    found = cuts((pair.before, pair.now, pair.own_before, pair.own) for pair in pairs)
    both, by = total_change((pair.before, pair.now) for pair in contracts)
    facts: list[tuple[str, Value]] = [
        ("Cut grants", _of(found.cut, found.comparable, "whose grants of both years are known")),
        ("Cut them by more than their own money changed", _of(found.disproportionate, found.judged, "whose own money of both years is known too")),
        ("Contracts of those that gave both years", f"{_signed(by)} in {plural(both, 'body', 'bodies')}" if by is not None else CANNOT_TELL),
    ]
    rows = [_change_row(pair) for pair in pairs]
    heads = ("Body", "#Grants before", "#Grants now", "#Changed by", "#Own money changed by", "Cut by more than its own money?")
    note = "A cut is disproportionate where grants fell by a larger share than the body's own money changed. Without all four numbers nobody can tell."
    return [Facts(facts, "Cuts"), Table("Change, body by body", heads, rows, "Nobody is asked.", note)]


def _change_row(pair: Pair) -> tuple[Value, ...]:
    sector, own = change(pair.before, pair.now), change(pair.own_before, pair.own)
    before = Cell(pounds(pair.before), note=pair.since) if pair.before is not None else None
    return pair.name, before, pair.now, share(sector), share(own), verdict(sector, own)


def verdict(sector: Decimal | None, own: Decimal | None) -> Cell:
    """Whether a cut was disproportionate."""
    return {True: Cell("yes", mark="late"), False: Cell("no", mark="good"), None: CANNOT_TELL}[disproportionate(sector, own)]


def share(value: Decimal | None) -> Cell:
    """A change as a share: `−12.5 %`."""
    if value is None:
        return CANNOT_TELL
    return Cell(f"{value * 100:+.1f}{NBSP}%".replace("-", "−") if value else "no change")


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else ''}{pounds(value)}"


def _of(number: int, among: int, which: str) -> Value:
    return Cell(f"{number} of {among} {which}", note=percent(number / among)) if among else Cell(f"cannot tell: there is none {which}", is_missing=True)


def said(line: Line, question: Question) -> Value:
    """One answer in words; what is missing says so."""
    held = line.answers.get(question.name)
    if held is None:
        return Cell("not answered", is_missing=True)
    if held.outcome != "answered":
        return Cell(OUTCOMES[held.outcome], is_missing=True)
    return Decimal(held.text) if question.kind == "money" else int(held.text) if question.kind == "number" else held.text


def plain(line: Line, question: Question) -> str:
    """The same as plain words."""
    return cell(said(line, question)).text


def as_list(lines: Sequence[Line], questions: Sequence[Question]) -> Table:
    """Every answer, for the file: a line a body, a column a question; words where there is no number, empty where nothing was answered."""
    heads = ("name", "authority", "nation", "response", "sent_on", "due_on", "how_counted", "replied_on", *(question.name for question in questions))
    rows: list[tuple[Value, ...]] = []
    for line in lines:
        row, held = line.row, line.answers
        texts = [_text(held[question.name].outcome, held[question.name].text) if question.name in held else "" for question in questions]
        days = (str(each or "") for each in (row.sent_on, row.due_on, row.due_sum, row.replied_on))
        rows.append((row.name, row.body, row.nation, line.response, *days, *texts))
    return Table("", heads, rows, "")


def _text(outcome: str, text: str) -> str:
    return text if outcome == "answered" else OUTCOMES[outcome]
