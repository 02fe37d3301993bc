"""Pages of campaigns: those there are, one begun, and one with its completeness apart from what the authorities said."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import may, require
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import campaigns as actions
from opencompact.judgement.actions.returns import Asked as Authority
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.queries.returns import Line, ReturnRound
from opencompact.judgement.rules.campaigns import STATES
from opencompact.organisations.queries.office import office_bodies
from opencompact.web.blocks import Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.given_rows import CannotReadRows
from opencompact.web.judgement import returns_tables as tables
from opencompact.web.judgement.acting import Refused
from opencompact.web.judgement.campaigns_sheet import Taken, authorities, read_list, take
from opencompact.web.judgement.returns import CAMPAIGNS, RETURNS
from opencompact.web.judgement.returns_sets import BEFORE, asked_of, names_of, sets, source_of
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day, plural

FILE = (("sheet", "A spreadsheet of authorities (.xlsx or .csv)"),)
COLUMNS = "Columns: name, nation, email, replied on, and one for each question, by its name or label. Only the name is needed."


def questions() -> tuple[Question, ...]:
    """What is asked of a new campaign."""
    kinds = tuple(sorted({(row.kind, row.kind) for row in office_bodies()}))
    return (
        Question("title", "Its title", "line", required=True),
        Question("year", "The year it asks about", "number", required=True),
        Question("questions", "Which questions", "choice", required=True, choices=tuple(sets().items())),
        Question("letter", "The letter", "text", required=True, help="The questions are put below it, numbered."),
        Question("bodies", "Whom to ask, one a line", "text", help="Names; a file below may name them instead, or further ones."),
        Question("kind", "Or every body of a kind that takes part", "choice", choices=kinds),
    )


@office
def campaigns(who: Asked) -> HttpResponseBase:
    """What did authorities answer to the same questions?"""
    rows = list(queries.rounds("campaign")[:100])
    lines: list[tuple[Value, ...]] = [
        (Cell(row.title, f"/campaigns/{row.key}/"), str(row.year), sets().get(row.questions, row.questions), row.opened_on, f"{row.replied} of {row.asked}")
        for row in rows
    ]
    empty = "No campaign is held yet. The central team, an auditor or a sector body begins one: one set of questions to many authorities."
    table = Table("The latest first", ("Campaign", "#Year", "Questions", "Opened", "#Replied"), lines, empty)
    links = [("/campaigns/new/", "Begin a campaign", "")] if who.account and may(who.viewer, "run_campaign") else []
    answer = [f"{plural(len(rows), 'campaign')} of freedom-of-information requests held. An authority owes its answer on the 20th working day."]
    return shown(who, Sheet("What did authorities answer to the same questions?", answer, [table, Links([*links, (RETURNS[0], "The yearly data return", "")])]))


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Begin a campaign: one set of questions, a letter, and the list of authorities."""
    require(who.viewer, "run_campaign")
    asked = questions()
    form = blank(asked)
    if who.request.method == "POST":
        answers, form = read(asked, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/campaigns/{_open(who, answers)}/")
            except (CannotStep, CannotReadRows) as refusal:
                form = refused(asked, who.request.POST.dict(), [Refused("bodies", "", str(refusal))])
    answer = ["Nothing goes out yet: the letters are sent from the campaign's own page, and each authority's days are counted from there."]
    entry = Entry(form, "Begin it", note=COLUMNS, enctype="multipart/form-data", files=FILE)
    return shown(who, Sheet("Begin a campaign", answer, [entry, *_sets()], [CAMPAIGNS]), status=422 if form.refused else 200)


def _sets() -> list[Block]:
    return [Table(title, ("Question",), [(question.label,) for question in asked_of(name)], "", source_of(name)) for name, title in sets().items()]


def _open(who: Asked, answers: dict[str, str]) -> str:
    key = f"{slugify(answers['title'])[:60] or 'campaign'}-{answers['year']}"
    bodies = [Authority(slugify(name)[:120], name) for name in filter(None, map(str.strip, answers.get("bodies", "").splitlines()))]
    if "kind" in answers:
        bodies += [Authority(row.body, row.name) for row in office_bodies(answers["kind"], on=who.today)]
    file = who.request.FILES.get("sheet")
    if file:
        rows, troubles = read_list(file.read(), file.name or "the file", questions=answers["questions"])
        if troubles:
            first = troubles[0]
            raise CannotReadRows(f"{file.name}, row {first.row}, {first.field}: found {first.found!r}; expected {first.expected}. {len(troubles)} such in all.")
        bodies += authorities(rows)
    year = int(answers["year"])
    row = actions.open_campaign(
        key, title=answers["title"], questions=answers["questions"], year=year, letter=answers["letter"], bodies=bodies, by=who.viewer, at=who.at
    )
    return str(row.key)


def letter(row: ReturnRound) -> str:
    """The letter with its questions below."""
    asked = [f"{number}. {question.label}" for number, question in enumerate(asked_of(row.questions), start=1)]
    return "\n".join([row.letter, "", *asked])


@office
def one(who: Asked, key: str) -> HttpResponseBase:
    """One campaign: its completeness, its authorities, and apart from that what they said."""
    row = queries.return_round(key, kind="campaign")
    if row is None:
        raise Http404("No such campaign.")
    names = names_of(row.questions)
    lines = queries.lines(who.viewer, row, asked=names, today=who.today)
    if who.request.method == "POST":
        return _act(who, row, lines)
    if who.request.GET.get("format") == "csv":
        return as_csv(tables.as_list(lines, asked_of(row.questions)), key, is_sample=who.is_sample)
    return _page(who, row, lines)


def _page(who: Asked, row: ReturnRound, lines: Sequence[Line], *, taken: Taken | None = None, form: Form | None = None, status: int = 200) -> HttpResponse:
    names, asked = names_of(row.questions), asked_of(row.questions)
    runs = who.account is not None and may(who.viewer, "run_campaign")
    blocks: list[Block] = [
        *(_taken(taken) if taken else []),
        *(_presses(who, lines) if runs else []),
        tables.completeness_bars(lines),
        tables.league(lines, names, f"/campaigns/{row.key}/", caption="How complete: the most complete first"),
        tables.figures(lines, asked),
        *_changes(lines, names),
        Links([(f"/campaigns/{row.key}/?format=csv", "Every answer as CSV", "a line an authority, a column a question")]),
        Facts(
            [("Questions", sets().get(row.questions, row.questions)), ("Year", str(row.year)), ("Opened", row.opened_on), ("From", source_of(row.questions))]
        ),
        Words(letter(row).splitlines(), "The letter"),
    ]
    if runs:
        blocks.append(
            Entry(
                form or blank(()), "Read it", "sheet", "Add authorities, or read answers in", COLUMNS, enctype="multipart/form-data", files=FILE, is_closed=True
            )
        )
    return shown(who, Sheet(f"What did authorities answer? {row.title}", [tables.completeness_words(lines)], blocks, [CAMPAIGNS]), status=status)


def _changes(lines: Sequence[Line], names: Sequence[str]) -> list[Block]:
    """Cuts, where the questions ask for both years."""
    if f"grants{BEFORE}" not in names:
        return []
    return tables.change_blocks(tables.in_both_years(lines, "grants"), tables.in_both_years(lines, "contracts"))


def _presses(who: Asked, lines: Sequence[Line]) -> list[Block]:
    unsent, late = _unsent(lines), _late(who, lines)
    buttons = []
    if unsent:
        buttons.append((f"Send the request to {plural(len(unsent), 'authority', 'authorities')}", {"act": "send"}))
    if late:
        buttons.append((f"Remind {plural(len(late), 'authority', 'authorities')} past the day", {"act": "remind"}))
    without = sum(not line.row.email for line in (*unsent, *late))
    note = f"A mail goes where an address is held; {without} of these have none, and need the letter below by another way." if without else ""
    return [Press(buttons, "Next", note)]


def _unsent(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.row.state == "unsent"]


def _late(who: Asked, lines: Sequence[Line]) -> list[Line]:
    """Those without a word past their day that were not reminded today."""
    return [line for line in lines if line.response == "no_reply" and line.row.state == "sent" and line.row.reminded_on != who.today]


def _act(who: Asked, row: ReturnRound, lines: Sequence[Line]) -> HttpResponseBase:
    require(who.viewer, "run_campaign")
    act = who.request.POST.get("act", "")
    if act == "sheet":
        return _read(who, row, lines)
    for line in _unsent(lines) if act == "send" else _late(who, lines) if act == "remind" else ():
        its = line.row
        if act == "send":
            actions.send_request(row.key, its.body, on=who.today, version=its.version, by=who.viewer, at=who.at)
            mail(row.title, letter(row), its.email)
        else:
            actions.remind(row.key, its.body, version=its.version, by=who.viewer, at=who.at)
            mail(f"{row.title}: a reminder", f"We asked on {day(its.sent_on)}, and an answer was due on {day(its.due_on)}.\n\n{letter(row)}", its.email)
    return HttpResponseRedirect(f"/campaigns/{row.key}/")


def mail(subject: str, text: str, address: str) -> None:
    """Write to an authority where its address is held."""
    if address:
        send_mail(subject, text.replace("\u00a0", " "), settings.DEFAULT_FROM_EMAIL, [address])


def _read(who: Asked, row: ReturnRound, lines: Sequence[Line]) -> HttpResponse:
    file = who.request.FILES.get("sheet")
    try:
        if file is None:
            raise CannotReadRows("No file was given; expected a spreadsheet, .xlsx or .csv.")
        taken = take(who, row, file.read(), file.name or "the file")
    except CannotReadRows as refusal:
        return _page(who, row, lines, form=refused((), {}, [Refused("The file", "", str(refusal))]), status=422)
    now = queries.lines(who.viewer, row, asked=names_of(row.questions), today=who.today)
    return _page(who, row, now, taken=taken, status=422 if taken.troubles and not (taken.new or taken.replies) else 200)


def _taken(taken: Taken) -> list[Block]:
    said = f"{plural(taken.new, 'authority', 'authorities')} put on the list, {plural(taken.replies, 'reply', 'replies')} recorded."
    rows: list[tuple[Value, ...]] = [(each.row, each.field, each.found, each.expected) for each in taken.troubles]
    troubles: list[Block] = [Table("Not read", ("#Row", "Field", "Found", "Expected"), rows, "")] if rows else []
    return [Words([said], "What the file brought"), *troubles]


def state_words(row: queries.Addressee) -> str:
    """Where an authority's request stands."""
    return STATES[row.state]
