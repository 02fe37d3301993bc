"""Pages of audits: the rounds, and one round as a matrix of recommendations and bodies with what its auditors may do."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import may, require
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import audits as actions
from opencompact.judgement.queries import audits as queries
from opencompact.judgement.rules.audits import MOVEMENTS, STATES, Grade, best, count_grades, reply_is_finished
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.web.blocks import Block, Cell, Facts, Links, Press, Sheet, Table, as_csv, shown
from opencompact.web.forms import blank, read, refused
from opencompact.web.judgement.acting import Act, Refused, acted, entries
from opencompact.web.judgement.audits_grades import UNGRADED, grade, scale
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day, plural

AUDITS = ("/audits/", "Audits")
ARROWS = {"up": "▲", "down": "▼", "same": "=", "new": "", "gone": "", "none": ""}
RECOMMENDATION = (
    Question("title", "A short title", "line", required=True),
    Question("text", "What is recommended", "text", required=True),
    Question("commitment", "The ledger's name of what was promised in answer", "line", help="The last part of its address in the ledger."),
)


@dataclass(frozen=True)
class Square:
    """One cell of the matrix: its grade, how it moved, where it stands and where it leads."""

    href: str
    grade: Grade
    note: str
    moved: str
    arrow: str


@office
def audits(who: Asked) -> HttpResponseBase:
    """Which audits were made, and how far are they?"""
    published = queries.count_published(who.viewer)
    rows = [
        (Cell(row.title, f"/audits/{row.key}/"), Cell(day(row.cut_off_on)), row.follows.title if row.follows else "a first round", published.get(row.pk, 0))
        for row in queries.rounds(who.viewer)
    ]
    heads = ("Audit", "Evidence up to", "Follows up", "#Findings published")
    empty = "No audit is published yet. An auditor opens one; it is seen here once its first finding has been answered and published."
    links = [("/audits/new/", "Open an audit or a follow-up round", "")] if who.account and may(who.viewer, "run_audit") else []
    answer = f"{plural(len(rows), 'audit round')} may be read here. A finding is published only after its body could reply."
    return shown(who, Sheet("What did the audits find?", [answer], [Table("Audit rounds", heads, rows, empty), Links(links)]))


@office
def audit_round(who: Asked, key: str) -> HttpResponseBase:
    """How far has each body come with what was recommended?"""
    held = queries.round_of(who.viewer, key)
    if held is None:
        raise Http404("No such audit that you may see.")
    matrix, names = queries.matrix(who.viewer, held), body_names()
    if who.request.GET.get("format") == "csv":
        return as_csv(_list(matrix, names), f"audit-{key}", is_sample=who.is_sample)
    acts = _acts(who, held, matrix)
    went, written = acted(who, acts, back=f"/audits/{key}/")
    if went:
        return went
    blocks: list[Block] = [_recommendations(matrix), _facts(matrix), *_links(who, held), *entries(acts, written), *_presses(who, matrix)]
    sheet = Sheet(f"How far has each body come? {held.title}", _answer(matrix), blocks, [AUDITS])
    status = 422 if written else 200
    context = {"heads": matrix.recommendations, "lines": _lines(matrix, names), "scale": (*scale(), UNGRADED)}
    return who.page("judgement/audits_round.html", status=status, sheet=sheet, crumbs=sheet.crumbs, **context)


def _answer(matrix: queries.Matrix) -> list[str]:
    cells = len(matrix.recommendations) * len(matrix.bodies)
    rows = [row for row in matrix.findings.values() if row.state == "published"]
    said = [f"{plural(len(rows), 'finding is', 'findings are')} published of {plural(cells, 'cell')}: {plural(len(matrix.bodies), 'body', 'bodies')} by "
            f"{plural(len(matrix.recommendations), 'recommendation')}. Evidence up to {day(matrix.round.cut_off_on)}."]  # fmt: skip
    top = best((row.grade for row in rows), scale=scale())
    if top:
        silent = sum(row.replied_at is None for row in rows)
        said.append(f"The best grade any body has is {grade(top).label.lower()}. In {plural(silent, 'cell')} the body was asked and said nothing.")
    if matrix.round.follows:
        moved = queries.movements(matrix, scale=scale())
        said.append(f"Since {matrix.round.follows.title}: {moved.get('up', 0)} better, {moved.get('down', 0)} worse, {moved.get('same', 0)} as before.")
    return said


def _square(matrix: queries.Matrix, recommendation: str, body: str) -> Square:
    row = matrix.findings.get((recommendation, body))
    moved = matrix.moved(recommendation, body, scale=scale()) if matrix.round.follows_id else ""
    note = "" if row is None or row.state == "published" else STATES[row.state]
    return Square(
        f"/audits/{matrix.round.key}/{recommendation}/{body}/",
        grade(matrix.grade_of(recommendation, body)),
        note,
        MOVEMENTS.get(moved, ""),
        ARROWS.get(moved, ""),
    )


def _lines(matrix: queries.Matrix, names: Mapping[str, str]) -> list[tuple[str, list[Square]]]:
    made = [(names.get(body, body), [_square(matrix, row.key, body) for row in matrix.recommendations]) for body in matrix.bodies]
    return sorted(made, key=lambda line: line[0].lower())


def _list(matrix: queries.Matrix, names: Mapping[str, str]) -> Table:
    """The matrix as a list, for the file: one line a cell, ungraded ones too."""
    heads = ("recommendation", "title", "body", "name", "state", "grade", "finding", "evidence_up_to", "reply_due_on", "reply", "published_on", "before")
    rows = []
    for each in matrix.recommendations:
        for body in matrix.bodies:
            row = matrix.findings.get((each.key, body))
            rows.append((each.key, each.title, body, names.get(body, body), *_told(row), matrix.before.get((each.key, body), "")))
    return Table("", heads, rows, "")


def _told(row: queries.Finding | None) -> tuple[str, ...]:
    if row is None:
        return ("",) * 7
    return (row.state, row.grade, row.text, str(row.cut_off_on), str(row.reply_due_on or ""), row.reply, str(row.published_on or ""))


def _recommendations(matrix: queries.Matrix) -> Table:
    rows = []
    for each in matrix.recommendations:
        grades = [row.grade for (key, _), row in matrix.findings.items() if key == each.key and row.state == "published"]
        counted = ", ".join(f"{number} {grade(word).label.lower()}" for word, number in count_grades(grades, scale=scale()).items() if number)
        top = best(grades, scale=scale())
        rows.append(
            (
                Cell(each.title, note=each.text),
                Cell(counted or "none published", is_missing=not counted),
                Cell(f"at best, {grade(top).label.lower()}" if top else "not graded", is_missing=not top),
                Cell(each.commitment, f"/ledger/{each.commitment}/") if each.commitment else Cell("none recorded", is_missing=True),
            )
        )
    empty = "Nothing is recommended yet. An auditor adds what is recommended; bodies are then graded on each."
    return Table("What was recommended", ("Recommendation", "Grades published", "At best", "What was promised in answer"), rows, empty)


def _facts(matrix: queries.Matrix) -> Facts:
    held = matrix.round
    return Facts(
        [
            ("About", held.text or None),
            ("Evidence up to", held.cut_off_on),
            ("Time to reply", plural(held.reply_working_days, "working day")),
            ("Follows up", Cell(held.follows.title, f"/audits/{held.follows.key}/") if held.follows else "no earlier round"),
            ("Where the cells stand", ", ".join(_states(matrix.findings.values())) or "no finding to be seen yet"),
        ],
        "How it is done",
    )


def _states(rows: Iterable[queries.Finding]) -> list[str]:
    counted = Counter(row.state for row in rows)
    return [f"{counted[state]} {words.lower()}" for state, words in STATES.items() if counted[state]]


def _links(who: Asked, held: queries.Round) -> list[Block]:
    links = [
        (f"/audits/{held.key}/?format=csv", "Every cell as CSV", "with replies, and the grade of the round before"),
        (f"/audits/{held.key}/figures/", "The round's figures on consultations", "computed from the rows of the release"),
    ]
    if who.account and may(who.viewer, "run_audit"):
        links.append((f"/audits/new/?follows={held.key}", "Open a follow-up of this round", "with the same recommendations and bodies"))
    return [Links(links)]


def _acts(who: Asked, held: queries.Round, matrix: queries.Matrix) -> list[Act]:
    if who.account is None or not may(who.viewer, "run_audit"):
        return []

    def add(answers: dict[str, str], _: int) -> None:
        key = slugify(answers["title"])[:50] or f"r-{secrets.token_hex(2)}"
        given = {"title": answers["title"], "text": answers["text"], "commitment": answers.get("commitment", "")}
        actions.recommend(held.key, key=key, **given, by=who.viewer, at=who.at, because="")

    def send(_: dict[str, str], __: int) -> None:
        actions.send_all(held.key, by=who.viewer, at=who.at)

    def publish(_: dict[str, str], __: int) -> None:
        actions.publish_all(held.key, by=who.viewer, at=who.at)

    found = [Act("recommend", "Add a recommendation", "Add it", RECOMMENDATION, add)]
    if _drafted(matrix):
        found.append(Act("send", "", "", (), send))
    if _finished(matrix, who.today):
        found.append(Act("publish", "", "", (), publish))
    return found


def _presses(who: Asked, matrix: queries.Matrix) -> list[Block]:
    if who.account is None or not may(who.viewer, "run_audit"):
        return []
    drafted, finished = len(_drafted(matrix)), len(_finished(matrix, who.today))
    buttons: list[tuple[str, Mapping[str, str]]] = []
    if drafted:
        buttons.append((f"Send {plural(drafted, 'drafted finding')} to their bodies", {"act": "send"}))
    if finished:
        buttons.append((f"Publish {plural(finished, 'finding')} whose reply is finished", {"act": "publish"}))
    note = f"Each body then has {plural(matrix.round.reply_working_days, 'working day')} to reply. The last day itself still counts."
    return [Press(buttons, "For the whole round", note)]


def _drafted(matrix: queries.Matrix) -> list[queries.Finding]:
    return [row for row in matrix.findings.values() if row.state == "drafted"]


def _finished(matrix: queries.Matrix, today: date) -> list[queries.Finding]:
    return [
        row
        for row in matrix.findings.values()
        if row.state in ("with_body", "replied") and reply_is_finished(replied=row.replied_at is not None, reply_due_on=row.reply_due_on, today=today)
    ]


def round_questions(follows: queries.Round | None) -> tuple[Question, ...]:
    """What is asked of a new round; a follow-up keeps the bodies of the one before unless others are named."""
    help_text = "Slugs or names, one a line." + (" Left empty: those of the round it follows." if follows else "")
    return (
        Question("title", "Its title", "line", required=True),
        Question("text", "What it looks at, and how", "text"),
        Question("cut_off_on", "Evidence up to", "day", required=True, help="What happened later stands beside a finding and does not alter it."),
        Question("reply_working_days", "Working days a body has to reply", "number", required=True),
        Question("bodies", "Which bodies it looks at", "text", required=follows is None, help=help_text),
    )


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Open an audit, or a follow-up of one."""
    require(who.viewer, "run_audit")
    follows = queries.round_of(who.viewer, who.request.GET.get("follows", ""))
    questions = round_questions(follows)
    known = {"title": f"{follows.title}: follow-up", "text": follows.text, "reply_working_days": str(follows.reply_working_days)} if follows else {}
    form = blank(questions, known)
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/audits/{_open(who, answers, follows)}/")
            except CannotStep as refusal:
                form = refused(questions, who.request.POST.dict(), [Refused("bodies", answers.get("bodies", ""), str(refusal))])
    heading = f"Follow up {follows.title}" if follows else "Open an audit"
    note = "Recommendations are added next. Nothing is seen outside the audit until a finding is sent to its body."
    context = {"form": form, "heading": heading, "note": note, "crumbs": [AUDITS], "bodies": list(office_bodies(on=who.today))}
    return who.page("judgement/audits_new.html", status=422 if form.refused else 200, **context)


def _open(who: Asked, answers: Mapping[str, str], follows: queries.Round | None) -> str:
    key = f"{slugify(answers['title'])[:60] or 'audit'}-{answers['cut_off_on'][:4]}"
    made = actions.open_round(
        key,
        title=answers["title"],
        text=answers.get("text", ""),
        bodies=_bodies(answers.get("bodies", ""), follows),
        cut_off_on=date.fromisoformat(answers["cut_off_on"]),
        reply_working_days=int(answers["reply_working_days"]),
        follows=follows.key if follows else "",
        by=who.viewer,
        at=who.at,
        because="",
    )
    return str(made.key)


def _bodies(text: str, follows: queries.Round | None) -> Sequence[str]:
    """Bodies named by slug or name, one a line; raises CannotStep for one that takes no part."""
    names = body_names()
    slugs = {name.casefold(): body for body, name in names.items()} | {body: body for body in names}
    given = [line.strip() for line in text.splitlines() if line.strip()]
    unknown = [line for line in given if line.casefold() not in slugs]
    if unknown:
        raise CannotStep(f"Found {', '.join(unknown)}, which takes no part under that name. Expected names of the list below.")
    return [slugs[line.casefold()] for line in given] or (list(follows.bodies.values_list("body", flat=True)) if follows else [])
