"""Pages of data returns and campaigns: who answered what, how complete it is apart from what it says, and the forms of whoever runs them."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import may, require
from opencompact.asking.actions import ask
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.queries.returns import Addressee, Line, ReturnRound
from opencompact.judgement.rules.returns import FIVE, OUTCOMES, RESPONSES, change, completeness, cuts, disproportionate, figure, total_change
from opencompact.organisations.queries.office import office_bodies
from opencompact.values.clocks import NATIONS
from opencompact.web.blocks import Bars, Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.judgement.returns_asked import questions_of, sets
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day, percent, plural, pounds

RETURNS, CAMPAIGNS = ("/returns/", "Returns"), ("/campaigns/", "Campaigns")
_PLACES = {"return": RETURNS, "campaign": CAMPAIGNS}
OPEN_RETURN = (
    Question("title", "Title", "line", required=True),
    Question("year", "Financial year beginning in April of", "number", required=True),
    Question("due_on", "Due", "day", required=True),
)
UNCLEAR = (Question("on", "The day it asked what is meant", "day", required=True), Question("clarified_on", "The day it was told", "day"))


def _open_campaign() -> tuple[Question, ...]:
    return (
        Question("title", "Title", "line", required=True),
        Question("year", "Year it asks about", "number", required=True),
        Question("questions", "Questions", "choice", required=True, choices=tuple(sets().items())),
        Question("letter", "The letter", "text", required=True, help="The questions are put below it."),
        Question(
            "bodies",
            "Authorities, one a line",
            "text",
            required=True,
            help="Name, then after commas the nation and the e-mail address, as: Sample Council, scotland, foi@sample.example",
        ),
    )


@office
def returns(who: Asked) -> HttpResponseBase:
    """What do bodies return each year?"""
    return _rounds(who, "return", "What do bodies return each year?", "/returns/new/", "Open this year's return")


@office
def campaigns(who: Asked) -> HttpResponseBase:
    """What did authorities answer to the same questions?"""
    return _rounds(who, "campaign", "What did authorities answer to the same questions?", "/campaigns/new/", "Begin a campaign")


def _rounds(who: Asked, kind: str, question: str, new_address: str, words: str) -> HttpResponseBase:
    rows = list(queries.rounds(kind)[:100])
    table = Table(
        "The latest first",
        ("Round", "#Year", "Opened"),
        [(Cell(row.title, f"{_PLACES[kind][0]}{row.key}/"), str(row.year), row.opened_on) for row in rows],
        "None is held yet.",
    )
    new_link = [(new_address, words, "")] if may(who.viewer, "run_campaign") else []
    other = [CAMPAIGNS] if kind == "return" else [RETURNS]
    links = Links([*new_link, *((address, name, "") for address, name in other)])
    return shown(who, Sheet(question, [f"{plural(len(rows), 'round')} held. Missing answers are counted as missing, never as nought."], [table, links]))


@signed_in
def new_return(who: Asked) -> HttpResponseBase:
    """Open a year's standing return: every body in being is asked, and owes it by the day."""
    require(who.viewer, "run_campaign")
    require(who.viewer, "ask")
    form = blank(OPEN_RETURN)
    if who.request.method == "POST":
        answers, form = read(OPEN_RETURN, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/returns/{_begin_return(who, answers)}/")
            except actions.CannotReturn as refusal:
                form = refused(OPEN_RETURN, who.request.POST.dict(), [Refusal("title", answers["title"], str(refusal))])
    answer = ["Every department and council that takes part is asked; each answers by its page, a one-time link or the spreadsheet."]
    return shown(who, Sheet("Open a return", answer, [Entry(form, "Open it")], [RETURNS]), status=422 if form.refused else 200)


@transaction.atomic
def _begin_return(who: Asked, answers: Mapping[str, str]) -> str:
    key, year, due_on = f"return-{answers['year']}", int(answers["year"]), date.fromisoformat(answers["due_on"])
    bodies = [actions.Asked(body.body, body.name) for body in office_bodies(on=who.today) if body.kind != "sector"]
    actions.open_round(
        key, title=answers["title"], kind="return", questions="standing", year=year, letter="", bodies=bodies, due_on=due_on, by=who.viewer, at=who.at
    )
    for each in bodies:
        ask(each.body, kind="data_return", subject=key, title=answers["title"], due_on=due_on, by=who.viewer, at=who.at, because="the yearly return")
    return key


@signed_in
def new_campaign(who: Asked) -> HttpResponseBase:
    """Begin a campaign: one set of questions to many authorities, each with its own clock."""
    require(who.viewer, "run_campaign")
    questions = _open_campaign()
    form = blank(questions)
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/campaigns/{_begin_campaign(who, answers)}/")
            except actions.CannotReturn as refusal:
                form = refused(questions, who.request.POST.dict(), [Refusal("bodies", "", str(refusal))])
    answer = ["Each authority owes an answer on the 20th working day after it was asked; the sum stands beside each."]
    return shown(who, Sheet("Begin a campaign", answer, [Entry(form, "Begin it, and send the letters")], [CAMPAIGNS]), status=422 if form.refused else 200)


def _begin_campaign(who: Asked, answers: Mapping[str, str]) -> str:
    key = f"{slugify(answers['title'])[:50]}-{answers['year']}"
    row = actions.open_round(
        key, title=answers["title"], kind="campaign", questions=answers["questions"], year=int(answers["year"]), letter=answers["letter"],
        bodies=authorities(answers["bodies"]), due_on=None, by=who.viewer, at=who.at,
    )  # fmt: skip
    for line in queries.lines(who.viewer, row, asked=(), today=who.today):
        if line.row.email:
            send_mail(row.title, letter(row), settings.DEFAULT_FROM_EMAIL, [line.row.email])
    return key


def authorities(text: str) -> list[actions.Asked]:
    """Authorities from lines of name, nation and e-mail address; raises CannotReturn naming the line."""
    found = []
    for number, cells in enumerate(csv.reader(StringIO(text)), start=1):
        name, nation, email = (*(cell.strip() for cell in cells), "", "", "")[:3]
        if not name:
            continue
        if nation and nation not in NATIONS:
            raise actions.CannotReturn(f"Line {number}, {name}: found the nation {nation!r}; expected one of {', '.join(NATIONS)}, or nothing.")
        found.append(actions.Asked(slugify(name), name, nation or NATIONS[0], email))
    if len({each.body for each in found}) < len(found):
        raise actions.CannotReturn("An authority stands twice: each is asked once.")
    return found


def letter(row: ReturnRound) -> str:
    """The letter with its questions below."""
    asked = [f"{number}. {question.label}" for number, question in enumerate(questions_of(row.questions), start=1) if not question.held]
    return "\n".join([row.letter, "", *asked])


@office
def return_round(who: Asked, key: str) -> HttpResponseBase:
    """One round: its bodies, its completeness, and apart from that what it says."""
    row = queries.return_round(key)
    if row is None or not who.request.path.startswith(_PLACES[row.kind][0]):
        raise Http404("No such round.")
    questions = tuple(question for question in questions_of(row.questions) if not question.held)
    names = [question.name for question in questions]
    lines = queries.lines(who.viewer, row, asked=names, today=who.today)
    address = f"{_PLACES[row.kind][0]}{key}/"
    if who.request.GET.get("format") == "csv":
        return as_csv(_answers_table(lines, questions), key, is_sample=who.is_sample)
    blocks: list[Block] = [
        _completeness(lines),
        _bodies(lines, names, address),
        _figures(lines, questions),
        *_change(who, row, lines, names),
        Links([(f"{address}?format=csv", "Every answer as CSV", "")]),
        *([Words([letter(row)], "The letter")] if row.kind == "campaign" else []),
    ]
    done = completeness([line.response for line in lines])
    full = f", {percent(done.full_share)} in full" if done.full_share is not None else ""
    answer = f"{done.replied} of {plural(done.asked, 'body', 'bodies')} asked replied{full}. {done.counts.get('no_reply', 0)} did not reply by the day."
    return shown(who, Sheet(row.title, [answer], blocks, [_PLACES[row.kind]]))


def _completeness(lines: Sequence[Line]) -> Bars:
    done = completeness([line.response for line in lines])
    bars = [(RESPONSES[word], done.counts.get(word, 0), plural(done.counts.get(word, 0), "body", "bodies")) for word in (*FIVE, "waiting", "clarifying")]
    return Bars(bars, "How complete it is", "Apart from anything they answered: a body may answer all and do badly, or nothing and do well.")


def _bodies(lines: Sequence[Line], names: Sequence[str], address: str) -> Table:
    rows: list[tuple[Value, ...]] = []
    for line in sorted(lines, key=lambda line: (-_answered(line, names), line.row.name)):
        mark = "late" if line.response == "no_reply" else "good" if line.response == "full" else "quiet"
        due_on: Value = Cell(day(line.row.due_on), note=line.row.due_sum) if line.row.due_on else Cell("the clock does not run", is_missing=True)
        rows.append(
            (Cell(line.row.name, f"{address}{line.row.pk}/"), Cell(RESPONSES[line.response], mark=mark), f"{_answered(line, names)} of {len(names)}", due_on)
        )
    return Table("Body by body, the most complete first", ("Body", "Response", "#Questions answered", "Due"), rows, "Nobody is asked.")


def _answered(line: Line, names: Sequence[str]) -> int:
    return sum(name in line.answers and line.answers[name].outcome == "answered" for name in names)


def _figures(lines: Sequence[Line], questions: Sequence[Question]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for question in questions:
        if question.kind not in ("money", "number"):
            continue
        found = figure((line.number(question.name) for line in lines), asked=len(lines))
        write = pounds if question.kind == "money" else lambda value: f"{value:,.0f}" if value is not None else "not known"
        none = Cell("nobody answered", is_missing=True)
        values = (write(found.total), write(found.middle)) if found.answered else (none, none)
        rows.append((question.label, f"{found.answered} of {found.asked}", *values))
    return Table(
        "What they say",
        ("Question", "#Answered", "#Together", "#Middle"),
        rows,
        "No question of this round is one of numbers.",
        "Sums are of those that answered alone.",
    )


def _change(who: Asked, row: ReturnRound, lines: Sequence[Line], names: Sequence[str]) -> list[Block]:
    """Cuts beside each body's own money: from the questions of both years, or from last year's return."""
    pairs = _both_years(who, row, lines, names)
    if not pairs:
        return []
    found = cuts([(before, after, own_before, own) for _, before, after, own_before, own in pairs])
    rows: list[tuple[Value, ...]] = []
    for name, before, after, own_before, own in pairs:
        sector, mine = change(before, after), change(own_before, own)
        test = disproportionate(sector, mine)
        verdict = {True: Cell("cut by more than its own money", mark="late"), False: Cell("no", mark="good"), None: Cell("cannot tell", is_missing=True)}[test]
        rows.append((name, _share(sector), _share(mine), verdict))
    both, by = total_change([(line.number("contracts_before"), line.number("contracts")) for line in lines])
    facts: list[tuple[str, Value]] = [
        ("Cut grants", f"{found.cut} of {found.comparable} whose two years are known"),
        ("Cut them by more than their own money changed", f"{found.disproportionate} of {found.judged} whose own money is known too"),
    ]
    if both:
        facts.append(("Contracts, of those that gave both years", f"{pounds(by)} in {plural(both, 'body', 'bodies')}"))
    heads = ("Body", "#Grants changed by", "#Own money changed by", "Disproportionate")
    return [Facts(facts, "Cuts"), Table("Change, body by body", heads, rows, "", "Cannot tell without both years of both.")]


def _share(value: Decimal | None) -> Value:
    return Cell("cannot tell", is_missing=True) if value is None else f"{value * 100:+.1f} %".replace("-", "−")


def _both_years(
    who: Asked, row: ReturnRound, lines: Sequence[Line], names: Sequence[str]
) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None, Decimal | None]]:
    if "grants_before" in names:
        return [(line.row.name, *(line.number(name) for name in ("grants_before", "grants", "budget_before", "budget"))) for line in lines]  # type: ignore[misc]  # four
    earlier = queries.before(row)
    if earlier is None:
        return []
    last = {line.row.body: line for line in queries.lines(who.viewer, earlier, asked=names, today=who.today)}
    return [
        (line.row.name, last[line.row.body].number("grants"), line.number("grants"), last[line.row.body].number("budget"), line.number("budget"))
        for line in lines
        if line.row.body in last
    ]


def _answers_table(lines: Sequence[Line], questions: Sequence[Question]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for line in lines:
        said = [line.answers.get(question.name) for question in questions]
        texts = [each.text if each and each.outcome == "answered" else OUTCOMES[each.outcome] if each else "" for each in said]
        rows.append((line.row.body, line.row.name, RESPONSES[line.response], str(line.row.due_on or ""), *texts))
    return Table("", ("Body", "Name", "Response", "Due", *(question.label for question in questions)), rows, "")


@office
def addressee(who: Asked, key: str, pk: int) -> HttpResponseBase:
    """One body's answers, with what whoever runs the round may do."""
    row = queries.addressee(pk)
    if row is None or row.round.key != key:
        raise Http404("This round asks no such body.")
    questions = questions_of(row.round.questions)
    if who.request.method != "POST":
        return _addressee_page(who, row, questions, {})
    act = who.request.POST.get("act", "")
    version = int(who.request.POST.get("version", "0") or 0)
    form: Form | None = None
    if act == "answers":
        form = _record(who, row, questions, version)
    elif act == "unclear":
        answers, form = read(UNCLEAR, who.request.POST.dict())
        if not form.refused:
            told = date.fromisoformat(answers["clarified_on"]) if "clarified_on" in answers else None
            actions.record_unclear(pk, on=date.fromisoformat(answers["on"]), clarified_on=told, version=version, by=who.viewer, at=who.at)
            form = None
    elif act in ("remind", "review"):
        actions.remind(pk, asks_review=act == "review", by=who.viewer, at=who.at)
        if row.email:
            words = "an internal review of how this request was handled" if act == "review" else "an answer"
            send_mail(f"{row.round.title}: {words}", f"We ask for {words}.\n\n{letter(row.round)}", settings.DEFAULT_FROM_EMAIL, [row.email])
    if form is not None and form.refused:
        return _addressee_page(who, row, questions, {act: form}, status=422)
    return HttpResponseRedirect(f"{_PLACES[row.round.kind][0]}{key}/{pk}/")


def _recording(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Each question with a second field for why it was not answered."""
    refusals = tuple((word, title) for word, title in OUTCOMES.items() if word != "answered")
    pairs = [(question, Question(f"{question.name}-not", f"Or, to “{question.label}”", "choice", choices=refusals)) for question in questions]
    return tuple(each for pair in pairs for each in pair)


def _record(who: Asked, row: Addressee, questions: Sequence[Question], version: int) -> Form | None:
    asked = _recording(questions)
    answers, form = read(asked, who.request.POST.dict())
    if form.refused:
        return form
    told = {
        question.name: ("answered", answers[question.name]) if question.name in answers else (answers[f"{question.name}-not"], "")
        for question in questions
        if question.name in answers or f"{question.name}-not" in answers
    }
    held = [question.name for question in questions if question.held]
    actions.record_answers(row.pk, answers=told, held=held, on=who.today, version=version, by=who.viewer, at=who.at)
    return None


def _addressee_page(who: Asked, row: Addressee, questions: Sequence[Question], written: Mapping[str, Form], *, status: int = 200) -> HttpResponseBase:
    names = [question.name for question in questions if not question.held]
    line = next(each for each in queries.lines(who.viewer, row.round, asked=names, today=who.today) if each.row.pk == row.pk)
    said = [(question.label, _said(line, question)) for question in questions if not question.held or question.name in line.answers]
    facts: list[tuple[str, Value]] = [
        ("Asked on", row.sent_on),
        ("Due", Cell(day(row.due_on), note=row.due_sum) if row.due_on else Cell(row.due_sum, is_missing=True)),
        ("Response", RESPONSES[line.response]),
        ("Reminded", row.reminded_on or "never"),
        ("Internal review asked for", row.review_on or "never"),
    ]
    blocks: list[Block] = [Facts(facts), Facts(said, "Its answers")]
    if may(who.viewer, "run_campaign") and row.round.kind == "campaign":
        known = {name: answer.text for name, answer in line.answers.items() if answer.outcome == "answered"}
        known |= {f"{name}-not": answer.outcome for name, answer in line.answers.items() if answer.outcome != "answered"}
        blocks += [
            Entry(
                written.get("answers") or blank(_recording(questions), known),
                "Put them down",
                "answers",
                "Put down what it answered",
                version=row.version,
                is_closed=True,
            ),
            Entry(written.get("unclear") or blank(UNCLEAR), "Put it down", "unclear", "It asked what is meant", version=row.version, is_closed=True),
            Press([("Remind it", {"act": "remind"}), ("Ask for an internal review", {"act": "review"})], note="A mail goes out where an address is held."),
        ]
    crumbs = [_PLACES[row.round.kind], (f"{_PLACES[row.round.kind][0]}{row.round.key}/", row.round.title)]
    return shown(who, Sheet(f"What did {row.name} answer?", [f"{RESPONSES[line.response]}."], blocks, crumbs), status=status)


def _said(line: Line, question: Question) -> Value:
    held = line.answers.get(question.name)
    if held is None:
        return Cell("no answer", is_missing=True)
    if held.outcome != "answered":
        return Cell(OUTCOMES[held.outcome], is_missing=True)
    return pounds(Decimal(held.text)) if question.kind == "money" else held.text
