"""The page of one cell of an audit: grade, evidence up to its cut-off day, the body's reply, what came later, the trail, and what may be done with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.timezone import localdate

from opencompact.accounts.rules import may
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import audits as actions
from opencompact.judgement.queries import audits as queries
from opencompact.judgement.rules.audits import MAY_WORDS, MOVEMENTS, STATES, STEPS, movement, reply_is_finished
from opencompact.organisations.queries.office import body_names
from opencompact.promises.actions import ledger
from opencompact.promises.queries import ledger as promises
from opencompact.promises.rules.commitments import FINDINGS, CannotUpdate
from opencompact.web.blocks import Block, Cell, Facts, Links, Sheet, Table, Value, Words, shown
from opencompact.web.judgement.acting import WHY, Act, acted, entries, evidence_given, evidence_known, evidence_questions
from opencompact.web.judgement.audits import AUDITS
from opencompact.web.judgement.audits_grades import grade, scale
from opencompact.web.office import Asked, office
from opencompact.web.words import day, plural

VERBS = {
    "grade": "Drafted",
    "send_finding": "Sent to the body",
    "reply": "The body replied",
    "revise": "Taken back to draft",
    "publish": "Published",
    "late_reply": "The body replied after publication",
    "withdraw": "Withdrawn",
    "retract": "Taken back after publication",
}
DEVELOPMENT = (
    Question("on", "The day it is of", "day", required=True, help="A day after the cut-off day of the evidence."),
    Question("text", "What happened", "text", required=True),
    Question("address", "Where it can be read", "address"),
)


@office
def cell(who: Asked, key: str, recommendation: str, body: str) -> HttpResponseBase:
    """What was found of this body and this recommendation?"""
    held = queries.cell(who.viewer, key, recommendation, body)
    if held is None:
        raise Http404("No such cell of an audit that you may see.")
    acts = _acts(who, held)
    address = f"/audits/{key}/{recommendation}/{body}/"
    went, written = acted(who, acts, back=address)
    if went:
        return went
    name = body_names().get(body, body)
    row = held.finding
    forms = entries(acts, written)
    blocks: list[Block] = [Words([held.recommendation.text], "What was recommended"), *(_finding(row, who.today) if row else []), *forms]
    blocks += [*(_rests(held, row) if row else []), *_earlier(held), *_letters(who, held, address), *_links(held, name)]
    crumbs = [AUDITS, (f"/audits/{key}/", held.recommendation.round.title)]
    return shown(who, Sheet(f"{name}: {held.recommendation.title}", _answer(held, who.today), blocks, crumbs), status=422 if written else 200)


def _answer(held: queries.Cell, today: date) -> list[str]:
    row = held.finding
    if row is None:
        return ["Nothing to be seen is found here yet. A finding is published once its body has replied, or its last day to reply has passed."]
    if row.state == "retracted":
        return ["This finding was published and then taken back. The reason stands in the trail below."]
    before = held.earlier[0].grade if held.earlier else ""
    said = [f"Grade: {grade(row.grade).label}. {grade(row.grade).rule} Evidence up to {day(row.cut_off_on)}."]
    if held.recommendation.round.follows:
        said.append(f"Movement: {MOVEMENTS[movement(before, row.grade, scale=scale())]}.")
    if row.state != "published":
        said.append(f"It is not published: {STATES[row.state].lower()}. {_reply_words(row, today)}")
    return said


def _reply_words(row: queries.Finding, today: date) -> str:
    if row.replied_at:
        return f"The body replied on {day(localdate(row.replied_at))}."
    if row.reply_due_on is None:
        return "It was not yet put to the body."
    if reply_is_finished(replied=False, reply_due_on=row.reply_due_on, today=row.published_on or today):
        return f"The body did not reply by {day(row.reply_due_on)} ({row.how_counted})."
    return f"The body may reply until {day(row.reply_due_on)} ({row.how_counted})."


def _finding(row: queries.Finding, today: date) -> list[Block]:
    facts: list[tuple[str, Value]] = [
        ("Grade", grade(row.grade).label),
        ("Evidence up to", row.cut_off_on),
        ("State", STATES[row.state]),
        ("Reply", _reply_words(row, today)),
        ("Published", row.published_on if row.published_on else Cell("not published", is_missing=True)),
    ]
    held = (("Working note of the audit, never published", row.held_text), ("What the body told the office, not published", row.held_reply))
    said = Words([row.reply or "Nothing is on the record from the body."], "What the body says")
    return [Words([row.text], "What was found"), Facts(facts), said, *(Words([text], heading) for heading, text in held if text)]


def _rests(held: queries.Cell, row: queries.Finding) -> list[Block]:
    evidence = [
        (Cell(each.title, each.address, each.quote), each.dated_on, Cell(each.sha256 or "not held", is_missing=not each.sha256)) for each in held.evidence
    ]
    later = [(each.on, Cell(each.text, note="put here by the body" if each.body else ""), _linked(each.address)) for each in held.developments]
    note = f"After {day(row.cut_off_on)}, the last day of the evidence. It stands beside the finding and alters nothing of it."
    return [
        Table("What it rests on", ("Evidence", "Of", "Checksum of the copy (SHA-256)"), evidence, "No evidence is named for this finding."),
        Table("What came later", ("Day", "What happened", "Where"), later, "Nothing later is recorded.", note),
        _trail(held),
    ]


def _trail(held: queries.Cell) -> Table:
    missing = Cell("not said", is_missing=True)
    rows = [(day(localdate(step.at)), VERBS[step.verb], grade(step.grade).label, step.text, step.because or missing) for step in held.steps]
    note = "From its first sending to the body: the words and the grade as they stood after each step."
    return Table("How it came to these words", ("Day", "Step", "Grade", "Words", "Why"), rows, "No step is to be seen.", note)


def _linked(address: str) -> Cell:
    return Cell(address, address) if address else Cell("no address given", is_missing=True)


def _earlier(held: queries.Cell) -> list[Block]:
    if held.recommendation.round.follows is None:
        return []
    rows = [(Cell(row.recommendation.round.title, actions.address_of(row)), grade(row.grade).label, row.cut_off_on, row.text) for row in held.earlier]
    empty = "No earlier round published a finding here."
    return [Table("In earlier rounds", ("Round", "Grade", "Evidence up to", "What was found"), rows, empty)]


def _letters(who: Asked, held: queries.Cell, address: str) -> list[Block]:
    if not (held.letters or (who.account and may(who.viewer, "run_audit"))):
        return []
    rows = [
        (
            Cell(f"Letter {each.number}", f"{address}letter/{each.number}/"),
            day(localdate(each.sent_at)),
            Cell(day(each.due_on), mark="late" if each.answered_at is None and each.due_on < who.today else "", note=each.how_counted),
            each.answer or Cell("no answer yet", is_missing=True),
        )
        for each in held.letters
    ]
    heads = ("Letter", "Sent", "Due", "Answer")
    blocks: list[Block] = [Table("Letters asking for evidence", heads, rows, "No letter was sent.", "Between the body and the office.")]
    if who.account and may(who.viewer, "run_audit"):
        blocks.append(Links([(f"{address}letter/", "Write the letter that asks for evidence", "ready to check and send")]))
    return blocks


def _links(held: queries.Cell, name: str) -> list[Block]:
    links = [(f"/scorecards/{held.body}/", f"Scorecard of {name}", "")]
    if held.recommendation.commitment:
        links.append((f"/ledger/{held.recommendation.commitment}/", "What was promised in answer", "in the ledger"))
    return [Links(links)]


def _acts(who: Asked, held: queries.Cell) -> list[Act]:
    if who.account is None:
        return []
    row = held.finding
    state = row.state if row else ""
    made = {"grade": _grade, "send_finding": _send, "publish": _publish, "revise": _revise, "withdraw": _withdraw, "retract": _withdraw}
    able = [verb for verb in made if state in STEPS[verb][0] and may(who.viewer, MAY_WORDS[verb], body=held.body) and held.body not in who.viewer.bodies]
    if "publish" in able and row and not reply_is_finished(replied=row.replied_at is not None, reply_due_on=row.reply_due_on, today=who.today):
        able.remove("publish")
    return [*(made[verb](who, held) for verb in able), *_development(who, held), *_to_ledger(who, held)]


def _cell_of(held: queries.Cell) -> tuple[str, str, str]:
    return held.recommendation.round.key, held.recommendation.key, held.body


def _by(who: Asked) -> dict[str, Any]:
    return {"by": who.viewer, "at": who.at}


def _grade(who: Asked, held: queries.Cell) -> Act:
    row = held.finding
    questions = (
        Question("grade", "Grade", "choice", required=True, choices=tuple((each.grade, f"{each.label}: {each.rule}") for each in scale())),
        Question("text", "What was found", "text", required=True),
        *evidence_questions(required=False),
        Question("cut_off_on", "Evidence up to", "day", required=True),
        Question("held_text", "Working note, for the audit alone", "text", held=True),
        Question("because", "Why it is written so now", "line"),
    )
    known = {"cut_off_on": str(held.recommendation.round.cut_off_on)}
    if row:
        known |= {"grade": row.grade, "text": row.text, "held_text": row.held_text, "cut_off_on": str(row.cut_off_on)} | evidence_known(held.evidence)

    def do(answers: dict[str, str], version: int) -> None:
        actions.grade(
            *_cell_of(held),
            grade=answers["grade"],
            text=answers["text"],
            held_text=answers.get("held_text", ""),
            scale=scale(),
            evidence=evidence_given(answers),
            cut_off_on=date.fromisoformat(answers["cut_off_on"]),
            version=version if row else None,
            because=answers.get("because", ""),
            **_by(who),
        )

    return Act("grade", "Draft the finding", "Save the draft", questions, do, known, version=row.version if row else None)


def _send(who: Asked, held: queries.Cell) -> Act:
    days = held.recommendation.round.reply_working_days

    def do(answers: dict[str, str], version: int) -> None:
        actions.send_finding(*_cell_of(held), version=version, because=answers.get("because", ""), **_by(who))

    why = (Question("because", "Anything to keep in the trail", "line"),)
    note = f"The body sees it then, and has {plural(days, 'working day')} to reply."
    return Act("send_finding", "Send it to the body", "Send it", why, do, note=note, version=_version(held))


def _publish(who: Asked, held: queries.Cell) -> Act:
    def do(answers: dict[str, str], version: int) -> None:
        actions.publish(*_cell_of(held), version=version, because=answers.get("because", ""), **_by(who))

    why = (Question("because", "Anything to keep in the trail", "line"),)
    return Act("publish", "Publish it", "Publish it", why, do, note="Everybody sees it then, with its reply or its silence.", version=_version(held))


def _revise(who: Asked, held: queries.Cell) -> Act:
    def do(answers: dict[str, str], version: int) -> None:
        actions.revise(*_cell_of(held), version=version, because=answers["because"], **_by(who))

    note = "A finding changed after the body saw it goes to the body anew. The reason is published with the trail."
    return Act("revise", "Take it back to draft", "Take it back", WHY, do, note=note, version=_version(held))


def _withdraw(who: Asked, held: queries.Cell) -> Act:
    was_public = held.finding is not None and held.finding.state == "published"

    def do(answers: dict[str, str], version: int) -> None:
        actions.withdraw(*_cell_of(held), version=version, because=answers["because"], **_by(who))

    note = "It stays in sight with the reason." if was_public else "It is then seen by auditors alone."
    return Act("retract" if was_public else "withdraw", "Withdraw it", "Withdraw it", WHY, do, note=note, version=_version(held))


def _development(who: Asked, held: queries.Cell) -> list[Act]:
    row = held.finding
    if row is None or row.state not in ("with_body", "replied", "published"):
        return []
    if not (may(who.viewer, "reply", body=held.body) or may(who.viewer, "grade", body=held.body)):
        return []

    def do(answers: dict[str, str], _: int) -> None:
        on, address = date.fromisoformat(answers["on"]), answers.get("address", "")
        actions.record_development(*_cell_of(held), on=on, text=answers["text"], address=address, **_by(who))

    return [Act("development", "Put something later beside it", "Put it beside", DEVELOPMENT, do, note="The finding stays as it is.")]


def _to_ledger(who: Asked, held: queries.Cell) -> list[Act]:
    row, key = held.finding, held.recommendation.commitment
    if row is None or row.state != "published" or not key or not may(who.viewer, "record_finding") or promises.commitment(who.viewer, key) is None:
        return []
    questions = (Question("finding", "What it means for the promise", "choice", required=True, choices=tuple(FINDINGS.items())[1:]),)

    def do(answers: Mapping[str, str], _: int) -> str:
        because = f"audit {held.recommendation.round.key}"
        resting = [ledger.Resting(f"Finding of {held.recommendation.round.title}", row.cut_off_on, who.request.build_absolute_uri(actions.address_of(row)))]
        try:
            ledger.record_update(key, body="", on=who.today, text=row.text, finding=answers["finding"], evidence=resting, because=because, **_by(who))
        except CannotUpdate as refusal:
            raise CannotStep(str(refusal)) from refusal
        return f"/ledger/{key}/"

    return [Act("ledger", "Put the finding on the promise in the ledger", "Put it there", questions, do)]


def _version(held: queries.Cell) -> int | None:
    return held.finding.version if held.finding else None
