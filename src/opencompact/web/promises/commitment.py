"""The page of one commitment: its words, its two states kept apart, what was told of it with the evidence, and the forms of whoever may add to it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.queries import follows
from opencompact.accounts.rules import NotAllowed, may
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries import office as organisations
from opencompact.promises.actions import ledger as actions
from opencompact.promises.queries import ledger as queries
from opencompact.promises.rules.commitments import (
    ACCEPTANCE,
    ACCEPTED_WORDS,
    DELIVERY,
    FINDINGS,
    KINDS,
    MEASURABLE,
    STEPS,
    CannotUpdate,
    acceptance,
    count,
    how_counted,
    is_closed,
)
from opencompact.web.audit.history import history
from opencompact.web.blocks import Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Words, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office
from opencompact.web.promises import seen_paid
from opencompact.web.promises.asked import ASKING, ask_owners, too_soon
from opencompact.web.promises.ledger import LEDGER, claim_cell, due_cell, finding_cell, plan_title
from opencompact.web.words import day, plural

MOST_EVIDENCE = 20 * 2**20  # bytes of a copy kept as evidence
_DAY = Question("on", "The day it is of", "day", required=True)
_WORDS = Question("text", "What happened", "text", required=True)
_HELD = Question("held_text", "Anything the office should know that is not published", "text", held=True)
_EVIDENCE = (Question("evidence_title", "Evidence: what it is", "line"), Question("evidence_address", "Evidence: its address", "address"))
CLAIM = (
    _DAY,
    Question("delivery", "Where it stands", "choice", choices=tuple((word, DELIVERY[word]) for word in STEPS)),
    _WORDS,
    Question("due_on", "New day it is due, if that moves", "day", help="A deferral names a later day."),
    *_EVIDENCE,
    _HELD,
)
STAGE = Question("stage", "Stage the money has reached", "line", help="Such as: announced, fund open, awards made, paid.")
FINDING = (_DAY, Question("finding", "What you found", "choice", required=True, choices=tuple(FINDINGS.items())[1:]), _WORDS, *_EVIDENCE, _HELD)
ANSWER = (
    Question("acceptance", "Do you take it on?", "choice", required=True, choices=tuple(ACCEPTANCE.items())[1:]),
    Question("because", "Why", "text", help="Needed where you do not."),
)
FEEDBACK = (Question("text", "What the sector says of it", "text", required=True), _HELD)


@office
def commitment(who: Asked, key: str) -> HttpResponseBase:
    """What was promised here, and was it kept?"""
    held = _found(who, key)
    forms = _forms(who, held)
    if who.request.method == "POST":
        return _take(who, held, forms)
    return _page(who, held, forms)


def _found(who: Asked, key: str) -> queries.Shown:
    held = queries.commitment(who.viewer, key)
    if held is None:
        raise Http404("No such commitment that you may see.")
    return held


def _body_of(who: Asked, held: queries.Shown) -> str:
    """The body the viewer acts for here: one that owns it, or answers for one that does."""
    for owner in held.owners:
        if owner.body in who.viewer.bodies:
            return str(owner.body)
    heirs = {heir for owner in held.owners for heir in organisations.successors_on(owner.body, on=who.today)} if who.viewer.bodies else set()
    return min(heirs & who.viewer.bodies, default="")


def _forms(who: Asked, held: queries.Shown) -> dict[str, tuple[str, tuple[Question, ...], str]]:
    """What the viewer may add: by act, the heading, the questions and the body it is done for."""
    if who.account is None:
        return {}
    body = _body_of(who, held)
    found: dict[str, tuple[str, tuple[Question, ...], str]] = {}
    claim = (*CLAIM, STAGE) if held.row.kind == "announcement" else CLAIM
    if body and may(who.viewer, "record_update", body=body):
        found["claim"] = ("Tell what became of it", claim, body)
        if any(owner.body == body and owner.acceptance == "proposed" for owner in held.owners):
            found["answer"] = ("Say whether you take it on", ANSWER, body)
    elif may(who.viewer, "record_update", body="") and held.owners:
        found["claim"] = ("Put down what an owner tells", claim, held.owners[0].body)
    if may(who.viewer, "ask") and held.owners and not is_closed(held.state):
        found["ask"] = ("Ask its owners for an update", ASKING, "")
    if may(who.viewer, "record_finding"):
        found["finding"] = ("Put down what you found", FINDING, "")
    sector = next((each for each in sorted(who.viewer.bodies) if may(who.viewer, "give_feedback", body=each)), "")
    if held.row.kind == "announcement" and sector:
        found["feedback"] = ("Say what the sector makes of it", FEEDBACK, sector)
    return found


def _take(who: Asked, held: queries.Shown, forms: Mapping[str, tuple[str, tuple[Question, ...], str]]) -> HttpResponseBase:
    act = who.request.POST.get("act", "")
    if act not in forms:
        raise NotAllowed("You may not add that to this commitment.")
    _, questions, body = forms[act]
    answers, form = read(questions, who.request.POST.dict())
    if act == "ask" and not form.refused:
        form = refused(questions, who.request.POST.dict(), too_soon(answers, today=who.today))
    if not form.refused:
        try:
            _do(who, held, act, body, answers)
            return HttpResponseRedirect(f"/ledger/{held.row.key}/")
        except (CannotUpdate, actions.CannotRecord) as refusal:
            field = "delivery" if act == "claim" else questions[0].name
            form = refused(questions, who.request.POST.dict(), [Refusal(field, who.request.POST.get(field, ""), str(refusal))])
    return _page(who, held, forms, {act: form}, status=422)


def _do(who: Asked, held: queries.Shown, act: str, body: str, answers: Mapping[str, str]) -> None:
    key = held.row.key
    if act == "ask":
        ask_owners(who, held, due_on=date.fromisoformat(answers["due_on"]))
        return
    if act == "answer":
        because = answers.get("because", "")
        actions.answer_commitment(key, body=body, acceptance=answers["acceptance"], on=who.today, because=because, by=who.viewer, at=who.at)
        return
    if act == "feedback":
        actions.record_feedback(key, body=body, on=who.today, text=answers["text"], held_text=answers.get("held_text", ""), by=who.viewer, at=who.at)
        return
    actions.record_update(
        key,
        body=body,
        on=date.fromisoformat(answers["on"]),
        text=answers["text"],
        held_text=answers.get("held_text", ""),
        delivery=answers.get("delivery", ""),
        finding=answers.get("finding", ""),
        due_on=date.fromisoformat(answers["due_on"]) if "due_on" in answers else None,
        stage=answers.get("stage", ""),
        evidence=_evidence(who, answers),
        by=who.viewer,
        at=who.at,
        because=f"told on its page by {who.viewer.name}",
    )


def _evidence(who: Asked, answers: Mapping[str, str]) -> list[actions.Resting]:
    copy = who.request.FILES.get("copy")
    if copy is not None and (copy.size or 0) > MOST_EVIDENCE:
        raise CannotUpdate(f"Found a copy of {(copy.size or 0) / 2**20:.1f} MB; expected at most {MOST_EVIDENCE // 2**20} MB. Give its address instead.")
    title = answers.get("evidence_title") or (str(copy.name)[:200] if copy else "") or answers.get("evidence_address", "")
    if not title:
        return []
    return [actions.Resting(title, who.today, answers.get("evidence_address", ""), copy.read() if copy else b"")]


def _page(
    who: Asked, held: queries.Shown, forms: Mapping[str, tuple[str, tuple[Question, ...], str]], written: Mapping[str, Form] | None = None, *, status: int = 200
) -> HttpResponse:
    names = organisations.body_names()
    entries = [_entry(act, form, names, (written or {}).get(act), today=who.today) for act, form in forms.items()]
    blocks: list[Block] = [Words([held.row.text] if held.row.text else ["Its wording is not held."], "In its own words"), _facts(who, held)]
    blocks += [
        _owners(held, names, who.today),
        _updates(held, names),
        *_family(held, who.today),
        *_feedback(held, names),
        *_money(held),
        *entries,
        *_following(who, held),
        history(f"commitment/{held.row.key}"),
    ]
    crumbs = [LEDGER, *([(f"/ledger/plans/{held.row.plan}/", plan_title(held.row.plan))] if held.row.plan else [])]
    state = held.state
    answer = (
        f"The owner says: {DELIVERY[state.delivery].lower()}. Found independently: {FINDINGS[state.finding].lower()}. {how_counted(state, today=who.today)}"
    )
    return shown(who, Sheet(held.row.title, [answer], blocks, crumbs), status=status)


def _entry(act: str, offered: tuple[str, tuple[Question, ...], str], names: Mapping[str, str], written: Form | None, *, today: date) -> Entry:
    heading, questions, body = offered
    tells = act in ("claim", "finding")
    return Entry(
        written or blank(questions, {"on": str(today)} if tells else {}, says_visibility=act != "ask"),
        "Ask" if act == "ask" else "Put it on the record",
        act,
        heading,
        f"For {names.get(body, body)}." if body else "",
        enctype="multipart/form-data" if tells else "",
        files=(("copy", "A copy of the evidence, kept under its checksum"),) if tells else (),
        is_closed=True,
    )


def _facts(who: Asked, held: queries.Shown) -> Facts:
    row, state = held.row, held.state
    words = {True: "yes", False: "no", None: None}
    quality = [
        ("Says who", words[row.has_owner]),
        ("Says by when", words[row.has_date]),
        ("Specific", words[row.is_specific]),
        ("Measurable", MEASURABLE[row.measurable]),
    ]
    moved = f"{day(state.moved_on)}, {plural((who.today - state.moved_on).days, 'day')} ago" if state.moved_on else "never"
    pairs: list[tuple[str, Any]] = [
        ("Kind", KINDS[row.kind]),
        ("Due", due_cell(state, who.today)),
        ("The owner says", claim_cell(state)),
        ("Found independently", finding_cell(state)),
        ("Taken on", ACCEPTED_WORDS[acceptance(owner.acceptance for owner in held.owners)]),
        ("Last movement", moved),
        ("Where it stands in the plan", row.place or None),
        ("Published at", Cell(row.address, row.address) if row.address.startswith("http") else row.address or None),
        ("Came from", row.origin or "recorded here"),
        ("Promised on", row.said_on),
        *(quality if row.kind in ("business_plan", "joint_action", "hundred_day_plan") else []),
        ("Continues", Cell(row.carried_from.title, f"/ledger/{row.carried_from.key}/") if row.carried_from else "no earlier one"),
        ("Seen by", {"public": "everybody"}.get(row.visibility, f"kept: {row.visibility}")),
        ("Its name in the ledger", row.key),
    ]
    return Facts(pairs, "What is known of it")


def _owners(held: queries.Shown, names: Mapping[str, str], today: date) -> Table:
    rows = []
    for owner in held.owners:
        now = organisations.successors_on(owner.body, on=today)
        heirs = ", ".join(names.get(body, body) for body in now if body != owner.body)
        rows.append(
            (
                Cell(names.get(owner.body, owner.body), note=f"now answered for by {heirs}" if heirs else ""),
                ACCEPTANCE[owner.acceptance],
                owner.answered_on,
                owner.because,
            )
        )
    return Table("Who owns it", ("Body", "Taken on", "Answered on", "Why"), rows, "Nobody owns it.")


def _updates(held: queries.Shown, names: Mapping[str, str]) -> Table:
    rows = []
    for update in held.updates:
        said = FINDINGS.get(update.finding, "") or DELIVERY.get(update.delivery, "") or ("Due day moved" if update.due_on else "Words only")
        text = update.text + (f"\nHeld: {update.held_text}" if update.held_text else "")
        rests = "; ".join(
            f"{each.title}{f' ({each.address})' if each.address else ''}{f', copy {each.sha256[:12]}…' if each.sha256 else ''}"
            for each in held.evidence.get(update.pk, ())
        )
        again = "opened again" if update.opens_again else ""
        link = next((f"/ledger/evidence/{each.sha256}/" for each in held.evidence.get(update.pk, ()) if each.sha256), "") or next(
            (each.address for each in held.evidence.get(update.pk, ()) if each.address), ""
        )
        who_says = names.get(update.body, "an auditor or assessor" if not update.body else update.body)
        rows.append((update.on, who_says, Cell(said, note=again), text, Cell(rests, link) if rests else Cell("none given", is_missing=True)))
    return Table(
        "What was told of it, the latest first",
        ("Day", "Who says so", "What moved", "In words", "On what evidence"),
        rows,
        "Nobody has told anything of it yet.",
    )


def _family(held: queries.Shown, today: date) -> list[Block]:
    blocks: list[Block] = []
    if held.row.parent:
        blocks.append(Links([(f"/ledger/{held.row.parent.key}/", held.row.parent.title, "")], "It is part of"))
    if held.children:
        counted = count((line.state for line in held.children), today=today)
        said = f"{counted.claimed} done as their owners say, {counted.overdue} overdue, {counted.open} open."
        note = f"{counted.all} in all: {counted.closed} ended or found delivered, {said}"
        rows = [
            (Cell(line.row.title, f"/ledger/{line.row.key}/"), due_cell(line.state, today), claim_cell(line.state), finding_cell(line.state))
            for line in held.children
        ]
        blocks.append(Table("Its parts", ("Part", "Due", "The owner says", "Found independently"), rows, "", note))
    return blocks


def _feedback(held: queries.Shown, names: Mapping[str, str]) -> list[Block]:
    if held.row.kind != "announcement":
        return []
    rows = [(said.on, names.get(said.body, said.body), said.text + (f"\nHeld: {said.held_text}" if said.held_text else "")) for said in held.feedback]
    return [Table("What the sector says of it", ("Day", "Who", "In words"), rows, "No sector body has said anything of it yet.")]


def _money(held: queries.Shown) -> list[Block]:
    if held.row.kind != "announcement" and held.row.money_promised is None:
        return []
    seen = seen_paid.of([owner.body for owner in held.owners], since=held.row.said_on)
    stage = next((told.stage for told in held.updates if told.stage), held.row.stage)
    pairs: list[tuple[str, Any]] = [("Promised", held.row.money_promised), ("Stage", stage or None)]
    pairs += [("Seen paid by its owners to voluntary organisations since", Cell(seen.words, seen.address, seen.coverage) if seen else None)]
    return [Facts(pairs, "Money promised, and money seen paid")]


def _following(who: Asked, held: queries.Shown) -> list[Block]:
    if who.account is None:
        return []
    address = f"/ledger/{held.row.key}/"
    word = "Stop following it" if follows(who.account, address) else "Follow it"
    return [Press([(word, {"subject": address, "back": address})], note="You are told when something is added.", action="/notices/follow/")]


def evidence(request: Any, sha256: str) -> HttpResponseBase:
    """The copy kept as evidence, to those who see the update it rests under; never run or shown in the page."""
    return _evidence_file(request, sha256=sha256)


@office
def _evidence_file(who: Asked, sha256: str) -> HttpResponseBase:
    path = queries.evidence_file(who.viewer, sha256)
    if path is None:
        raise Http404("No such evidence that you may see.")
    answer = FileResponse(path.open("rb"), content_type="application/octet-stream", as_attachment=True, filename=f"evidence-{sha256[:12]}")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
