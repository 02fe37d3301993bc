"""Pages of verdicts that need judgement: the list by where each stands, a proposal, and one verdict with its evidence, reply, signature and acts."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.timezone import localdate

from opencompact.accounts.rules import may, require
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import verdicts as actions
from opencompact.judgement.queries import verdicts as queries
from opencompact.judgement.rules.audits import reply_is_finished
from opencompact.judgement.rules.verdicts import MAY_WORDS, STATES, STEPS
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.registry import load_catalogue
from opencompact.web.blocks import Block, Cell, Entry, Facts, Filters, Links, Sheet, Table, Value, Words, as_csv, paged, shown
from opencompact.web.forms import blank, read, refused
from opencompact.web.judgement.acting import WHY, Act, Refused, acted, entries, evidence_given, evidence_known, evidence_questions
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import VERDICT_MEANINGS, VERDICT_WORDS, VERDICTS, day, path

PAGE = ("/verdicts/", "Verdicts")
SIZE = 50
DAYS_TO_REPLY = "20"  # what the form begins with; whoever puts a verdict decides
_HEADS = ("Verdict", "Body", "#Year", "Grade", "State", "Reply")
VERBS = {
    "propose": "Proposed",
    "revise": "Proposed anew",
    "put": "Put to the body",
    "reply": "The body replied",
    "send_back": "Sent back",
    "sign": "Signed",
    "late_reply": "The body replied after it was signed",
    "retract": "Taken back after it was signed",
    "withdraw": "Withdrawn",
}


@cache
def undertakings() -> Mapping[str, str]:
    """Undertakings that need judgement, by `agreement/number`, each in our words; those of templates are left out."""
    agreements = load_catalogue().agreements.values()
    return {
        f"{card.slug}/{each.number}": f"{card.title}, {each.number}: {each.paraphrase}"
        for card in agreements
        if not card.template
        for each in card.undertakings
        if each.test in ("judgement", "both")
    }


def promise(undertaking: str) -> tuple[str, str]:
    """An undertaking as people name it, `The Compact (2010), 1.2`, and what it asks; the key itself where the catalogue has no such one."""
    named, _, asks = undertakings().get(undertaking, undertaking).partition(": ")
    return named, asks


@office
def verdicts(who: Asked) -> HttpResponseBase:
    """Which promises were judged, and what did the bodies say?"""
    asked = {name: who.request.GET.get(name, "")[:120].replace("\x00", "") for name in ("body", "state", "grade")}
    rows = queries.verdicts(who.viewer).filter(**{name: text for name, text in asked.items() if text})
    names = body_names()
    if who.request.GET.get("format") == "csv":
        return as_csv(_csv(rows, names), "verdicts", is_sample=who.is_sample)
    page, paging = paged(rows, at=who.page_asked, size=SIZE, address="/verdicts/?" + "".join(f"{name}={path(text)}&" for name, text in asked.items() if text))
    fields = (
        ("body", "Body", names, asked["body"]),
        ("grade", "Grade", VERDICT_WORDS, asked["grade"]),
        ("state", "State", STATES, asked["state"]),
    )
    empty = "No verdict is to be seen. An assessor proposes one, the body replies, and an auditor signs it; then it stands here."
    table = Table("Verdicts", _HEADS, [_row(row, names, who) for row in page], empty, csv="/verdicts/?format=csv")
    answer = "An assessor proposes, the body may reply, and an auditor who did not propose it signs. Only then is it public and taken into the release."
    cards = Links([("/scorecards/", "Scorecards", "each body beside others of its kind"), ("/challenges/", "Challenges", "and what became of them")])
    blocks = [cards, *_waiting(who, names), Filters(fields, "/verdicts/"), table, paging]
    return shown(who, Sheet("Which promises were judged, and what did the bodies say?", [answer], blocks))


def _waiting(who: Asked, names: Mapping[str, str]) -> list[Block]:
    if who.account is None:
        return []
    blocks: list[Block] = []
    if may(who.viewer, "propose_verdict"):
        blocks.append(Links([("/verdicts/new/", "Propose a verdict", "")]))
    if may(who.viewer, "sign_verdict"):
        rows = [_row(row, names, who) for row in queries.to_sign(who.viewer, today=who.today)[:SIZE]]
        blocks.append(Table("Ready to sign", _HEADS, rows, "No verdict is ready: a body still may reply, or nothing was put to one."))
    if any(may(who.viewer, "reply", body=body) for body in who.viewer.bodies):
        rows = [_row(row, names, who) for row in queries.to_reply(who.viewer)[:SIZE]]
        blocks.append(Table("Waiting for your reply", _HEADS, rows, "No proposed verdict waits for you."))
    return blocks


def _row(row: queries.Verdict, names: Mapping[str, str], who: Asked) -> tuple[Value, ...]:
    return (
        Cell(promise(row.undertaking)[0], f"/verdicts/{row.key}/", promise(row.undertaking)[1]),
        names.get(row.body, row.body),
        Cell(str(row.year)),
        VERDICT_WORDS[row.grade],
        STATES[row.state],
        _reply_cell(row, who),
    )


def _reply_cell(row: queries.Verdict, who: Asked) -> Cell:
    if row.replied_at:
        return Cell(f"replied on {day(localdate(row.replied_at))}")
    if row.state == "withdrawn":
        return Cell("no longer asked")
    if row.reply_due_on is None:
        return Cell("not yet put to the body", is_missing=True)
    if (row.signed_on or who.today) > row.reply_due_on:
        return Cell("silence", mark="late", note=f"no reply by {day(row.reply_due_on)}")
    return Cell(f"may reply until {day(row.reply_due_on)}", note=row.how_counted)


def _csv(rows: Any, names: Mapping[str, str]) -> Table:
    heads = ("verdict", "undertaking", "body", "name", "year", "grade", "state", "words", "reply_due_on", "reply", "replied_on", "signed_on")
    told = [
        (row.key, row.undertaking, row.body, names.get(row.body, row.body), str(row.year), row.grade, row.state, row.text, str(row.reply_due_on or ""),
         row.reply, str(localdate(row.replied_at)) if row.replied_at else "", str(row.signed_on or ""))
        for row in rows
    ]  # fmt: skip
    return Table("", heads, told, "")


def _questions(*, is_new: bool, who: Asked) -> tuple[Question, ...]:
    first = (
        Question("undertaking", "Which promise", "choice", required=True, choices=tuple(undertakings().items())),
        Question("body", "Which body", "choice", required=True, choices=tuple((row.body, row.name) for row in office_bodies(on=who.today))),
        Question("year", "Of which year", "number", required=True),
    )
    rest = (
        Question("grade", "Grade", "choice", required=True, choices=tuple((word, f"{VERDICT_WORDS[word]}: {VERDICT_MEANINGS[word]}") for word in VERDICTS)),
        Question("text", "What was found, and why it is graded so", "text", required=True),
        *evidence_questions(required=True),
        Question("held_text", "A note for the body, not published", "text", held=True),
    )
    return (*first, *rest) if is_new else rest


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Propose a verdict."""
    require(who.viewer, "propose_verdict")
    questions = _questions(is_new=True, who=who)
    form = blank(questions, {"year": str(who.today.year)}, says_visibility=True)
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict(), says_visibility=True)
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/verdicts/{_propose(who, answers)}/")
            except CannotStep as refusal:
                trouble = [Refused("undertaking", answers["undertaking"], str(refusal))]
                form = refused(questions, who.request.POST.dict(), trouble, says_visibility=True)
    note = "Nobody but assessors and auditors sees it until it is put to the body."
    return shown(who, Sheet("Propose a verdict", [note], [Entry(form, "Propose it")], [PAGE]), status=422 if form.refused else 200)


def _propose(who: Asked, answers: Mapping[str, str]) -> str:
    made = actions.propose(
        answers["undertaking"],
        answers["body"],
        year=_year(answers["year"]),
        grade=answers["grade"],
        text=answers["text"],
        evidence=evidence_given(answers),
        held_text=answers.get("held_text", ""),
        by=who.viewer,
        at=who.at,
    )
    return str(made.key)


def _year(text: str) -> int:
    if not 1998 <= int(text) <= 2199:
        raise CannotStep(f"Found the year {text}; expected one since 1998, when there was first an agreement to keep.")
    return int(text)


@office
def verdict(who: Asked, key: str) -> HttpResponseBase:
    """What was judged of this body and this promise, on what evidence, and what does the body say?"""
    held = queries.verdict(who.viewer, key)
    if held is None:
        raise Http404("No such verdict that you may see.")
    acts = _acts(who, held)
    went, written = acted(who, acts, back=f"/verdicts/{key}/")
    if went:
        return went
    row, name = held.row, body_names().get(held.row.body, held.row.body)
    blocks: list[Block] = [*_words(held), _facts(held, who), *entries(acts, written), _evidence(held), _trail(held)]
    blocks.append(Links([(f"/scorecards/{row.body}/", f"Scorecard of {name}", ""), (f"/agreements/{path(row.undertaking)}/", "The promise", row.undertaking)]))
    sheet = Sheet(f"Did {name} keep {promise(row.undertaking)[0]} in {row.year}?", _answer(row, who), blocks, [PAGE])
    status = 422 if written else 200
    return who.page("judgement/verdicts_verdict.html", status=status, sheet=sheet, crumbs=sheet.crumbs, grade=row.grade, is_back=row.state == "retracted")


def _answer(row: queries.Verdict, who: Asked) -> list[str]:
    if row.state == "retracted":
        return ["This verdict was signed and then taken back. The reason stands in the trail below."]
    said = [f"{VERDICT_WORDS[row.grade]}. {VERDICT_MEANINGS[row.grade]}"]
    if row.state == "signed":
        said.append(
            f"Signed by an auditor on {day(row.signed_on)}, after {'the body replied' if _in_time(row) else 'its last day to reply passed in silence'}."
        )
        return said
    return [*said, f"It is not public: {STATES[row.state].lower()}. Reply: {_reply_cell(row, who).text}."]


def _in_time(row: queries.Verdict) -> bool:
    return row.replied_at is not None and row.signed_at is not None and row.replied_at <= row.signed_at


def _words(held: queries.Shown) -> list[Block]:
    row = held.row
    blocks: list[Block] = [Words([undertakings().get(row.undertaking, row.undertaking)], "What was promised"), Words([row.text], "What was found")]
    if row.held_text:
        blocks.append(Words([row.held_text], "A note for the body, not published"))
    blocks.append(Words([row.reply or "Nothing is on the record from the body."], "What the body says"))
    if row.held_reply:
        blocks.append(Words([row.held_reply], "What the body told the office, not published"))
    return blocks


def _facts(held: queries.Shown, who: Asked) -> Facts:
    row = held.row
    return Facts(
        [
            ("State", STATES[row.state]),
            ("Put to the body", localdate(row.put_at) if row.put_at else Cell("not yet", is_missing=True)),
            ("Last day to reply", Cell(day(row.reply_due_on), note=row.how_counted) if row.reply_due_on else Cell("not yet counted", is_missing=True)),
            ("Reply", _reply_cell(row, who)),
            ("Signed", row.signed_on if row.signed_on else Cell("not signed", is_missing=True)),
        ],
        "Where it stands",
    )


def _evidence(held: queries.Shown) -> Table:
    rows = [(Cell(each.title, each.address, each.quote), each.dated_on, Cell(each.sha256 or "not held", is_missing=not each.sha256)) for each in held.evidence]
    return Table("What it rests on", ("Evidence", "Of", "Checksum of the copy (SHA-256)"), rows, "No evidence is named.")


def _trail(held: queries.Shown) -> Table:
    missing = Cell("not said", is_missing=True)
    rows = [
        (day(localdate(step.at)), VERBS[step.verb], f"by the {step.role}", VERDICT_WORDS[step.grade], step.text, step.because or missing) for step in held.steps
    ]
    note = "By role, not by name. From the day it was put to the body, with the words and grade as they stood after each step."
    return Table("How it came to these words", ("Day", "Step", "Who", "Grade", "Words", "Why"), rows, "No step is to be seen.", note)


def _acts(who: Asked, held: queries.Shown) -> list[Act]:
    if who.account is None or held.row.body in who.viewer.bodies:
        return []
    made = {"revise": _revise, "put": _put, "sign": _sign, "send_back": _send_back, "withdraw": _withdraw, "retract": _retract}
    able = [verb for verb in made if held.row.state in STEPS[verb][0] and may(who.viewer, MAY_WORDS[verb])]
    return [act for verb in able for act in made[verb](who, held)]


def _by(who: Asked, version: int) -> dict[str, Any]:
    return {"by": who.viewer, "at": who.at, "version": version}


def _revise(who: Asked, held: queries.Shown) -> list[Act]:
    row = held.row
    known = {"grade": row.grade, "text": row.text, "held_text": row.held_text} | evidence_known(held.evidence)

    def do(answers: dict[str, str], version: int) -> None:
        held_text = answers.get("held_text", "")
        actions.revise(row.key, grade=answers["grade"], text=answers["text"], held_text=held_text, evidence=evidence_given(answers), **_by(who, version))

    return [Act("revise", "Write it anew", "Propose it anew", _questions(is_new=False, who=who), do, known, version=row.version)]


def _put(who: Asked, held: queries.Shown) -> list[Act]:
    questions = (Question("days", "Working days the body has to reply", "number", required=True),)

    def do(answers: dict[str, str], version: int) -> None:
        if not 0 < int(answers["days"]) <= 250:
            raise CannotStep(f"Found {answers['days']} working days; expected from 1 to 250.")
        actions.put(held.row.key, working_days=int(answers["days"]), **_by(who, version))

    note = "The body sees it then. Without a reply by the last day, its silence is on the record."
    return [Act("put", "Put it to the body", "Put it to the body", questions, do, {"days": DAYS_TO_REPLY}, note, held.row.version)]


def _sign(who: Asked, held: queries.Shown) -> list[Act]:
    row = held.row
    if row.proposed_by == who.viewer.account:
        return []
    if not reply_is_finished(replied=row.replied_at is not None, reply_due_on=row.reply_due_on, today=who.today):
        return []

    def do(answers: dict[str, str], version: int) -> None:
        actions.sign(row.key, because=answers.get("because", ""), **_by(who, version))

    why = (Question("because", "What convinced you", "text"),)
    return [Act("sign", "Sign it", "Sign it", why, do, note="It is public then, with the body's reply or its silence.", version=row.version)]


def _send_back(who: Asked, held: queries.Shown) -> list[Act]:
    def do(answers: dict[str, str], version: int) -> None:
        actions.send_back(held.row.key, because=answers["because"], **_by(who, version))

    note = "It is proposed anew and put to the body again."
    return [Act("send_back", "Send it back to be proposed anew", "Send it back", WHY, do, note=note, version=held.row.version)]


def _withdraw(who: Asked, held: queries.Shown) -> list[Act]:
    def do(answers: dict[str, str], version: int) -> None:
        actions.withdraw(held.row.key, because=answers["because"], **_by(who, version))

    return [Act("withdraw", "Withdraw it", "Withdraw it", WHY, do, version=held.row.version)]


def _retract(who: Asked, held: queries.Shown) -> list[Act]:
    def do(answers: dict[str, str], version: int) -> None:
        actions.retract(held.row.key, because=answers["because"], **_by(who, version))

    note = "It stays in sight with the reason, and leaves the next release."
    return [Act("retract", "Take it back", "Take it back", WHY, do, note=note, version=held.row.version)]
