"""Pages of the data return: the years, one year's return with its completeness apart from what it says, and one body's answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.http import Http404, HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.rules import may, require
from opencompact.asking.actions import CannotStep, ask
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.queries.returns import Line
from opencompact.judgement.rules.returns import change
from opencompact.organisations.queries.office import office_bodies
from opencompact.web.audit.history import history
from opencompact.web.blocks import Block, Cell, Entry, Facts, Links, Sheet, Table, Value, as_csv, shown
from opencompact.web.forms import blank, read, refused
from opencompact.web.judgement import returns_tables as tables
from opencompact.web.judgement.acting import Refused
from opencompact.web.judgement.returns_known import Filled, filled, year_words
from opencompact.web.judgement.returns_sets import STANDING, asked_of, names_of, questions_of, source_of
from opencompact.web.labels import body_kinds
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import path, plural, pounds

RETURNS, CAMPAIGNS = ("/returns/", "Returns"), ("/campaigns/", "Campaigns")
SECTOR = "sector"
OPEN = (
    Question("title", "Its title", "line", required=True),
    Question("year", "The financial year begins in April of", "number", required=True, help="Such as 2033 for 2033/34."),
    Question("due_on", "Due", "day", required=True),
)


@office
def returns(who: Asked) -> HttpResponseBase:
    """What did bodies return, year by year?"""
    rows = list(queries.rounds("return")[:100])
    lines: list[tuple[Value, ...]] = [
        (Cell(row.title, f"/returns/{row.key}/"), year_words(row.year), row.opened_on, row.last_due_on, f"{row.replied} of {row.asked}") for row in rows
    ]
    empty = "No return is opened yet. The central team opens one for a year; each body then answers by page, link or spreadsheet."
    table = Table("The latest first", ("Return", "Year", "Opened", "Due", "#Sent"), lines, empty)
    links = [("/returns/new/", "Open a year's return", "")] if who.account and may(who.viewer, "open_return") else []
    answer = [
        f"{plural(len(rows), 'return is', 'returns are')} held. Each body is asked the same once a year, so that nobody needs to send a request.",
        "An answer that is missing is counted as missing, never as nought.",
    ]
    spent = ("/spend-returns/", "Returns of spending", "targets, what was spent with the sector, and who signed it")
    blocks: list[Block] = [table, Links([*links, spent, (CAMPAIGNS[0], "Campaigns of requests", "the same questions to authorities that return nothing")])]
    return shown(who, Sheet("What do bodies return each year?", answer, blocks))


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Open a year's standing return: every public body in being is asked, and owes it by the day."""
    require(who.viewer, "open_return")
    form = blank(OPEN, {"year": str(who.today.year - 1), "title": f"Data return {year_words(who.today.year - 1)}"})
    if who.request.method == "POST":
        answers, form = read(OPEN, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/returns/{_open(who, answers)}/")
            except CannotStep as refusal:
                form = refused(OPEN, who.request.POST.dict(), [Refused("year", answers["year"], str(refusal))])
    asked = [row for row in office_bodies(on=who.today) if row.kind != SECTOR]
    answer = [f"{plural(len(asked), 'public body is', 'public bodies are')} asked; each answers by its page, a one-time link or the spreadsheet."]
    questions = Table("What is asked", ("Question", "Kept"), [(each.label, "held" if each.held else "published") for each in questions_of(STANDING)], "")
    sheet = Sheet("Open a year's return", answer, [Entry(form, "Open it and ask everybody"), questions], [RETURNS])
    return shown(who, sheet, status=422 if form.refused else 200)


@transaction.atomic
def _open(who: Asked, answers: Mapping[str, str]) -> str:
    year, due_on = int(answers["year"]), date.fromisoformat(answers["due_on"])
    if not who.today.year - 20 < year <= who.today.year:
        raise CannotStep(f"Found {year}; expected a year from {who.today.year - 19} to {who.today.year}.")
    key = f"return-{year}"
    bodies = [actions.Asked(row.body, row.name) for row in office_bodies(on=who.today) if row.kind != SECTOR]
    actions.open_return(key, title=answers["title"], questions=STANDING, year=year, bodies=bodies, due_on=due_on, by=who.viewer, at=who.at)
    for each in bodies:
        ask(each.body, kind=actions.KIND, subject=key, title=answers["title"], due_on=due_on, by=who.viewer, at=who.at, because="the yearly return")
    return key


@office
def one(who: Asked, key: str) -> HttpResponseBase:
    """Who sent the return, how complete is it, and apart from that what does it say?"""
    row = queries.return_round(key)
    if row is None:
        raise Http404("No such return.")
    questions, names = asked_of(row.questions), names_of(row.questions)
    lines = queries.lines(who.viewer, row, asked=names, today=who.today)
    if who.request.GET.get("format") == "csv":
        return as_csv(tables.as_list(lines, questions), key, is_sample=who.is_sample)
    last = queries.last_numbers(who.viewer, row, asked=names, today=who.today)
    pairs = {word: tables.against_last(lines, last, word, year_words) for word in ("grants", "contracts")}
    blocks: list[Block] = [
        tables.completeness_bars(lines),
        *_leagues(lines, names, f"/returns/{key}/"),
        tables.figures(lines, questions),
        *tables.change_blocks(pairs["grants"], pairs["contracts"]),
        Links([(f"/returns/{key}/?format=csv", "Every answer as CSV", "a line a body, a column a question")]),
        history(actions.named(row)),
    ]
    answer = [tables.completeness_words(lines), f"Of the financial year {year_words(row.year)}. Each body answers for itself; its held answers are not here."]
    return shown(who, Sheet(f"What did bodies return? {row.title}", answer, blocks, [RETURNS]))


def _leagues(lines: Sequence[Line], names: Sequence[str], address: str) -> list[Table]:
    """A league within each kind of body: unlike bodies are not set beside one another."""
    kinds = {row.body: row.kind for row in office_bodies()}
    ordered = sorted(lines, key=lambda line: kinds.get(line.row.body, ""))
    return [
        tables.league(list(held), names, address, caption=f"{body_kinds(kind) if kind else 'Bodies'}: how complete, the most complete first")
        for kind, held in groupby(ordered, key=lambda line: kinds.get(line.row.body, ""))
    ]


@office
def body(who: Asked, key: str, slug: str) -> HttpResponseBase:
    """What did one body return, beside its own last return?"""
    row = queries.return_round(key)
    line = queries.line(who.viewer, row, slug, asked=names_of(row.questions), today=who.today) if row else None
    if row is None or line is None:
        raise Http404("This return asks no such body.")
    questions = questions_of(row.questions)
    year, then = queries.last_numbers(who.viewer, row, asked=names_of(row.questions), today=who.today).get(slug, (0, None))
    known = filled(slug, row.year)
    shown_questions = [question for question in questions if not question.held or question.name in line.answers]
    if who.request.GET.get("format") == "csv":
        return as_csv(_one_as_list(line, then, shown_questions, known), f"{key}-{slug}", is_sample=who.is_sample)
    rows = [(*_beside(line, then, question), _recorded(known, question)) for question in shown_questions]
    heads = ("Question", "Answer", f"Its last return, {year_words(year)}" if then else "Its last return", "#Changed by", "What the record shows")
    pair = tables.against_last([line], {slug: (year, then)} if then else {}, "grants", year_words)[0]
    sector, own = change(pair.before, pair.now), change(pair.own_before, pair.own)
    blocks: list[Block] = [
        Facts(_days(who, line)),
        Table("Its answers", heads, rows, "Nothing is asked.", f"Asked because: {source_of(row.questions)}", f"/returns/{key}/{path(slug)}/?format=csv"),
        Facts(
            [
                ("Grants changed by", tables.share(sector)),
                ("Its own money changed by", tables.share(own)),
                ("Cut by more than its own money?", tables.verdict(sector, own)),
            ],
            "Was there a disproportionate cut?",
        ),
        Links([(f"/bodies/{path(slug)}/", f"What the record shows of {line.row.name}", ""), (f"/scorecards/{path(slug)}/", "Its scorecard", "")]),
    ]
    names = names_of(row.questions)
    answer = [f"{line.row.name} answered {line.answered(names)} of {plural(len(names), 'question')}: {tables.response_cell(line).text.lower()}."]
    crumbs = [RETURNS, (f"/returns/{key}/", row.title)]
    return shown(who, Sheet(f"What did {line.row.name} return for {year_words(row.year)}?", answer, blocks, crumbs))


def _recorded(known: Filled, question: Question) -> Value:
    """What the release in force says to a question, and from where; the body's answer stands whatever it says."""
    if question.name not in known.answers:
        return Cell("not held", is_missing=True)
    text = known.answers[question.name]
    said = pounds(Decimal(text)) if question.kind == "money" else f"{int(text):,}"
    return Cell(said, note=known.origins[question.name])


def _one_as_list(line: Line, then: Line | None, questions: Sequence[Question], known: Filled) -> Table:
    """A body's answers for the file, a line a question: as answered, in its last return, and what the record shows with where it is from."""
    rows: list[tuple[Value, ...]] = [
        (
            line.row.body,
            question.name,
            question.label,
            tables.plain(line, question),
            tables.plain(then, question) if then else "",
            known.answers.get(question.name, ""),
            known.origins.get(question.name, ""),
        )
        for question in questions
    ]
    return Table("", ("body", "question", "label", "answer", "last_answer", "record_says", "record_from"), rows, "")


def _days(who: Asked, line: Line) -> list[tuple[str, Value]]:
    late = line.response == "no_reply" and line.row.due_on
    return [
        ("Asked on", line.row.sent_on),
        ("Due", tables.due_cell(line)),
        ("Sent on", line.row.replied_on or Cell(f"nothing was sent, {plural((who.today - late).days, 'day')} past it" if late else "not yet", is_missing=True)),
    ]


def _beside(line: Line, then: Line | None, question: Question) -> tuple[Value, ...]:
    """An answer, the same of its last return, and the change where both are numbers."""
    is_number = question.kind in ("money", "number")
    moved = change(then.number(question.name), line.number(question.name)) if is_number and then else None
    label = Cell(question.label, note="held: seen by those who may" if question.held else "")
    return label, tables.said(line, question), tables.said(then, question) if then else Cell("none", is_missing=True), tables.share(moved) if is_number else ""
